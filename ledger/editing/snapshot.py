"""Snapshots: the text of a source as it was read, kept or only remembered, for its quotes to be verified.

In: the content folder, a source, the file that holds what was read. Out: `snapshots/<source>.yml` and, where the text
may be kept, `<source>.txt`: both or neither; or where some words stand in the text, and what to write so that a quote
stands at one place. What cannot be done for the editor's reasons is a ValueError. `take` needs `lock_content`.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ledger import files, graph, loading
from ledger.analysis.passages import Haystack, haystack, locate
from ledger.analysis.quotes import AROUND, FOUND, Verdict, hash_of, judge, quotes, recorded, snapshot_of
from ledger.diagnostics import Lines, did_you_mean
from ledger.editing.replacing import exchange
from ledger.editing.yamltext import record_text
from ledger.files import MAX_TEXT_BYTES, KeptText, TextFile
from ledger.graph import Ledger
from ledger.importers.front_matter import body_of
from ledger.importers.html import main_text
from ledger.records import SNAPSHOT, SnapshotVerdict

_WORST_LAST = (*FOUND, "ambiguous", "not-found")
MOST_WORDS = 8
"""So many words beside a quote are tried to tell its places apart."""
Found = tuple[list[str], bool]
"""What to tell the editor, and whether the words stand in the text."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an editor says of a snapshot; empty where it is left open."""

    judged: str
    """The day of the verdicts, and of the reading where that is left open."""
    captured: str = ""
    url: str = ""
    how: str = ""
    force: bool = False
    """Take the place of the snapshot that is there."""
    forget: bool = False
    """Record the verdict of every quote and leave out the text."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot that was written: its record's path, its hash, whether the text is kept, what became of the quotes."""

    path: Path
    sha256: str
    text_kept: bool
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many quotes have each verdict, the best first."""
        found = Counter(verdict.verdict for verdict in self.verdicts)
        return {name: found[name] for name in _WORST_LAST if found[name]}


def take(content: Path, source: str, file: Path | None, details: Details) -> Taken:
    """Add a snapshot from a file of text, Markdown or HTML; without a file, forget a text that is kept."""
    ledger, id_ = _load_source(content, source)
    kept = ledger.kept_texts.get(id_)
    if file:
        kept = files.kept_text(f"{SNAPSHOT.folder}/{id_}.txt", _read(file))
        there = [path for path in (content / f"{SNAPSHOT.folder}/{id_}.yml", content / kept.path) if path.exists()]
        if there and not details.force:
            raise ValueError(f"{there[0]} is there already: --force takes the snapshot anew")
    elif kept is None or ledger.snapshot_text(id_) is None:
        raise ValueError(f"no text is kept of '{id_}', or not the one that was read: name the file that holds it")
    else:
        details = replace(details, force=True, forget=True)
    return _written(content, ledger, id_, kept, details)


def _load_source(content: Path, source: str) -> tuple[Ledger, str]:
    """The ledger of a content folder, drafts included, and the present id of a source in it."""
    reading = files.read(content)
    ledger = graph.build_graph(loading.load_records(reading.files, reading.failed, reading.kept))
    id_ = ledger.present_id(source)
    if id_ not in ledger.members("source"):
        hint = did_you_mean(source, ledger.members("source")) or "the ids are the files' names"
        raise ValueError(f"there is no source '{source}': {hint}")
    return ledger, id_


def _read(file: Path) -> bytes:
    data = text_of(file).encode("utf-8")
    if not data.strip():
        raise ValueError(f"there is no text in {file}")
    _check_size(file, len(data))
    return data


def text_of(file: Path) -> str:
    """The text that a file holds: HTML without what surrounds it, Markdown without front matter, all else as it is."""
    _check_size(file, file.stat().st_size)
    data, ending = file.read_bytes(), file.suffix.lower()
    if ending in (".html", ".htm", ".xhtml"):
        return _main_text(data, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ValueError(f"{file} is not UTF-8, at offset {problem.start}: save it as UTF-8") from None
    return body_of(text) if ending in (".md", ".markdown") else text


def _check_size(file: Path, size: int) -> None:
    if size > MAX_TEXT_BYTES:
        raise ValueError(f"{file} has {size:,} bytes; {MAX_TEXT_BYTES:,} are the limit: give the part that is quoted")


def _main_text(data: bytes, file: Path) -> str:
    try:
        text = main_text(data)
    except ImportError:
        raise ValueError("reading HTML needs trafilatura: pip install 'ledger-kb[html]', or give the text") from None
    if not text:
        raise ValueError(f"no main text was found in {file}: copy the text into a .txt file and give that")
    return text.strip() + "\n"


def _written(content: Path, ledger: Ledger, id_: str, kept: KeptText, details: Details) -> Taken:
    hay, lines = haystack(kept.text), Lines(kept.text)
    mine = [quote for quote in quotes(ledger) if quote.source == id_]
    verdicts = tuple(judge(hay, lines, quote.words, quote.prefix, quote.suffix) for quote in mine)
    record = record_text(_fields(ledger, id_, kept, details, verdicts if details.forget else ()))
    path = f"{SNAPSHOT.folder}/{id_}.yml"
    _, problems = loading.load_record(TextFile(path, record))
    if problems:
        raise ValueError(f"{problems[0].message}: {problems[0].hint}")
    before = {name: (content / name).read_bytes() for name in (kept.path, path) if (content / name).is_file()}
    text = {} if details.forget else {kept.path: kept.text.encode("utf-8")}
    exchange(content, before if details.force else {}, {**text, path: record.encode("utf-8")})
    return Taken(content / path, kept.sha256, not details.forget, verdicts)


def _fields(
    ledger: Ledger, id_: str, kept: KeptText, details: Details, verdicts: tuple[Verdict, ...]
) -> dict[str, Any]:
    """A snapshot's record; what is left open is as in the snapshot that is there, if that is of the same text."""
    former = snapshot_of(ledger, id_)
    same = former if former and former.sha256 == kept.sha256 else None
    written = {
        "sha256": kept.sha256,
        "captured": details.captured or (str(same.captured) if same else details.judged),
        "url": details.url or (same and same.url),
        "how": details.how or (same and same.how),
    }
    by_hash: dict[str, dict[str, Any]] = {}
    for verdict in sorted(verdicts, key=lambda verdict: _WORST_LAST.index(verdict.verdict)):
        foldings = {"foldings": list(verdict.foldings)} if verdict.foldings else {}
        quote = hash_of(verdict.quote, verdict.prefix, verdict.suffix)
        by_hash[quote] = {"quote": quote, "verdict": verdict.verdict, **foldings, "date": details.judged}
    listed = {"verdicts": [entry for _, entry in sorted(by_hash.items())]} if by_hash else {}
    return {**{name: value for name, value in written.items() if value}, **listed}


# Where some words stand


def find_words(content: Path, source: str, words: str, prefix: str = "", suffix: str = "") -> Found:
    """Say where the words stand. ValueError when there is no such source."""
    ledger, id_ = _load_source(content, source)
    text = ledger.snapshot_text(id_)
    if text is None:
        return _without_text(ledger, id_, recorded(ledger, id_, words, prefix, suffix))
    hay, lines = haystack(text), Lines(text)
    verdict = judge(hay, lines, words, prefix, suffix)
    if verdict.verdict == "not-found":
        near = f"nearest passage: {verdict.nearest}" if verdict.nearest else "nothing there is like it"
        return ["not-found", near], False
    is_one = verdict.verdict != "ambiguous"
    return [
        verdict.verdict + (f", after folding: {', '.join(verdict.foldings)}" if verdict.foldings else ""),
        *([f"line {verdict.line}: {_excerpt(verdict)}"] if is_one else _choices(hay, lines, words)),
        *(["warning: it begins or ends inside a word"] if verdict.cuts_word else []),
        *(["warning: it is very short"] if verdict.too_short else []),
    ], True


def _without_text(ledger: Ledger, id_: str, entry: SnapshotVerdict | None) -> Found:
    if snapshot_of(ledger, id_) is None:
        return ["no-snapshot", f"add one: ledger snapshot {id_} FILE"], False
    if entry is None:
        return ["no-snapshot", "the text is not kept here, and nothing was recorded of these words"], False
    found = entry.verdict in FOUND
    when = f"{entry.verdict} on {entry.date}; the text is no longer kept"
    return ["recorded" if found else entry.verdict, when], found


def _excerpt(verdict: Verdict) -> str:
    before, after = verdict.before[-AROUND:], verdict.after[:AROUND]
    return " ".join(f"{before}»{verdict.passage}«{after}".split())


def _choices(hay: Haystack, lines: Lines, words: str) -> list[str]:
    """The first and the last place, each with what would single it out."""
    found = locate(hay, words)
    shown = []
    for (start, _), (_, end) in dict.fromkeys((p[0], p[-1]) for p in (found.places, found.others)):
        near = " ".join(hay.text[max(0, start - 60) : end + 60].split())
        shown.append(f"line {lines.position(start)[0]}: {near}")
        shown.append(f"  {_context(hay, words, start, end) or 'quote more words to mean this place'}")
    return shown


def _context(hay: Haystack, words: str, start: int, end: int) -> str:
    """The fewest words before or after a place that single it out, as a line of a record."""
    before = hay.text[max(0, start - 200) : start].split()
    after = hay.text[end : end + 200].split()
    for count in range(1, MOST_WORDS + 1):
        for name, beside in (("quote_prefix", before[-count:]), ("quote_suffix", after[:count])):
            context = " ".join(beside)
            prefix, suffix = (context, "") if name == "quote_prefix" else ("", context)
            single = locate(hay, words, prefix, suffix)
            if single.verdict in FOUND and single.places[0][0] == start:
                return f"{name}: {context}"
    return ""
