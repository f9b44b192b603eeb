"""Links from authors of sources to the records of the people they are.

In: the content folder, and which links to make. Out: the changes to the files, in which everything else stays byte for
byte; `replacing.exchange` carries them out. ValueError says which file is written in a way that cannot be edited.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from ledger.analysis.authors import Unlinked, is_excused, unlinked_authors
from ledger.diagnostics import with_nearest
from ledger.documents import Document
from ledger.editing.rewriting import Changes, Edit, leaves, rewritten
from ledger.graph import Ledger
from ledger.records import Source


def proposals(ledger: Ledger, sources: Iterable[str] = (), proponent: str = "") -> list[Unlinked]:
    """The authors who look like a proponent: of all sources that are not excused, or of those that are named.

    With a proponent, only the authors who may be that one and nobody else. ValueError for an unknown id.
    """
    wanted = {_checked(ledger, "source", id_) for id_ in sources}
    meant = _checked(ledger, "proponent", proponent) if proponent else ""
    found = [one for one in unlinked_authors(ledger)
             if one.source in wanted or (not wanted and not is_excused(ledger, one.source))]  # fmt: skip
    found = [one for one in found if not meant or meant in one.proponents]
    if not meant or not wanted:
        return found
    alone = Counter(one.source for one in found)
    return [Unlinked(one.source, one.at, one.name, (meant,)) if alone[one.source] == 1 else one for one in found]


def _checked(ledger: Ledger, kind: str, id_: str) -> str:
    present = ledger.present_id(id_)
    if ledger.node_kind(present) != kind:
        raise ValueError(with_nearest(f"there is no {kind} '{id_}'", id_, ledger.members(kind)))
    return present


def planned(content: Path, ledger: Ledger, links: Iterable[Unlinked]) -> Changes:
    """The files as they will be when each author is linked to the one possible proponent. Nothing is written."""
    made = Changes({}, {})
    for id_, found in groupby(sorted(links), key=lambda link: link.source):
        document, mine = ledger.record(Source, id_).document, list(found)
        ends, before = _ends(document), (content / document.path).read_bytes()
        edits = [_edit(document, link, *ends[link.at]) for link in mine]
        wanted = dict(leaves(document.data)) | {("authors", one.at, "proponent"): one.proponents[0] for one in mine}
        made.before[document.path] = before
        made.after[document.path] = rewritten(document, before, edits, wanted)
    return made


def _ends(document: Document) -> dict[str | int, tuple[int, int]]:
    """For each author, where the first field begins and the last value ends."""
    found: dict[str | int, tuple[int, int]] = {}
    for path, (start, end) in (*document.nodes.keys.items(), *document.nodes.values.items()):
        if path[:1] == ("authors",) and len(path) == len(("authors", 0, "family")):
            first, last = found.get(path[1], (start, end))
            found[path[1]] = min(first, start), max(last, end)
    return found


def _edit(document: Document, link: Unlinked, first: int, last: int) -> Edit:
    """A line below the author's last one with the same indent; in braces, an entry after the last value."""
    text, field = document.lines.text, f"proponent: {link.proponents[0]}"
    end = first + len(text[first:last].rstrip())
    if text[document.nodes.values["authors", link.at][0]] == "{":
        return end, end, f", {field}"
    margin = " " * (first - text.rfind("\n", 0, first) - 1)
    end = text.find("\n", end) if "\n" in text[end:] else len(text)
    return end, end, f"\n{margin}{field}"
