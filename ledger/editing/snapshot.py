"""Snapshots: the text of a source as it was read, kept or only remembered, for its quotes to be verified.

In: the content folder, a source, the file that holds what was read. Out: `snapshots/<source>.yml` and, where the text
may be kept, `<source>.txt`: both or neither; or where some words stand in the text, and what to write so that a quote
stands at one place. What cannot be done for the editor's reasons is a ValueError. `take` needs `lock_content`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ledger import files, graph, loading
from ledger.analysis.passages import Haystack, haystack, locate
from ledger.analysis.quotes import (
    AROUND,
    FOUND,
    Verdict,
    elsewhere,
    entries_on,
    found_earlier,
    hash_of,
    judge,
    last_of,
    quotes,
    snapshot_of,
    verdict_recorded,
)
from ledger.decoding import without_controls
from ledger.diagnostics import Lines, in_words, with_nearest
from ledger.editing import installing
from ledger.editing.pdf import FileText, is_pdf, read_pdf
from ledger.editing.replacing import exchange
from ledger.editing.rewriting import read_content
from ledger.editing.yamltext import record_text
from ledger.files import MAX_TEXT_BYTES, KeptText, TextFile
from ledger.graph import Ledger
from ledger.importers.drafts import ForeignFile
from ledger.importers.formats import no_text
from ledger.importers.front_matter import body_of
from ledger.importers.html import main_text
from ledger.records import SNAPSHOT, SnapshotVerdict

_WORST_LAST = (*FOUND, "ambiguous", "drifted", "not-found")
MOST_WORDS = 8
"""How many words beside a quote are tried to tell its places apart."""
Found = tuple[list[str], bool]
"""What to tell the editor, and whether the words stand in the text."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an editor says about a snapshot; empty where it is left open."""

    judged: str
    """The day of the verdicts, and of the reading where that is left open."""
    captured: str = ""
    url: str = ""
    how: str = ""
    pages: tuple[int, ...] = ()
    """The line on which each page begins."""
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
    """Add a snapshot from a file of text, Markdown, HTML or PDF; without a file, forget a text that is kept."""
    ledger, id_ = _load_source(content, source)
    kept = ledger.kept_texts.get(id_)
    if file:
        text, how, pages = text_of(file)
        details = replace(details, how=details.how or how, pages=pages)
        kept = files.kept_text(f"{SNAPSHOT.folder}/{id_}.txt", _checked(text, file))
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
    loaded = read_content(content)[1]
    ledger = graph.build_graph(loaded)
    id_ = ledger.present_id(source)
    if id_ in ledger.members("source"):
        return ledger, id_
    if broken := next((path for path in sorted(loaded.failed) if PurePosixPath(path).stem == source), ""):
        raise ValueError(f"{broken} has errors: `ledger check` shows them")
    raise ValueError(with_nearest(f"there is no source '{source}'", source, ledger.members("source")))


def _checked(text: str, file: Path) -> bytes:
    data = without_controls(text).encode("utf-8")
    if not data.strip():
        raise ValueError(f"there is no text in {file}")
    _check_size(file, len(data))
    return data


def text_of(file: Path) -> FileText:
    """The text that a file holds.

    PDF page by page, HTML without what surrounds it, Markdown without front matter, all else as it is.
    """
    with file.open("rb") as opened:
        if is_pdf(opened.read(1024)):
            return read_pdf(file)
    _check_size(file, file.stat().st_size)
    data, ending = file.read_bytes(), file.suffix.lower()
    if what := no_text(ForeignFile(file.name, data)):
        raise ValueError(f"{file} is {what.name}: {what.hint}")
    if ending in (".html", ".htm", ".xhtml"):
        return FileText(_main_text(data, file))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ValueError(f"{file} is not UTF-8, at offset {problem.start}: save it as UTF-8") from None
    return FileText(body_of(text) if ending in (".md", ".markdown") else text)


def _check_size(file: Path, size: int) -> None:
    if size > MAX_TEXT_BYTES:
        raise ValueError(f"{file} has {size:,} bytes; {MAX_TEXT_BYTES:,} are the limit: give the part that is quoted")


def _main_text(data: bytes, file: Path) -> str:
    try:
        text = main_text(data)
    except ImportError:
        command = installing.missing("html")
        raise ValueError(f"reading HTML needs trafilatura, so give its text, or install it with: {command}") from None
    if not text:
        raise ValueError(f"no main text was found in {file}: copy the text into a .txt file and give that")
    return text.strip() + "\n"


def _written(content: Path, ledger: Ledger, id_: str, kept: KeptText, details: Details) -> Taken:
    hay, lines = haystack(kept.text), Lines(kept.text)
    mine = [quote for quote in quotes(ledger) if quote.source == id_]
    verdicts = tuple(judge(hay, lines, quote.words, quote.prefix, quote.suffix) for quote in mine)
    before = tuple(_found_before(ledger, id_, kept, verdicts))
    lost = {entry["quote"] for entry in before}
    drifted = tuple(replace(one, verdict="drifted") if _hash(one) in lost else one for one in verdicts)
    entries = [*(_entry(one, details.judged) for one in (verdicts if details.forget else ())), *before]
    record = record_text(_fields(ledger, id_, kept, details, entries))
    path = f"{SNAPSHOT.folder}/{id_}.yml"
    _, problems = loading.load_record(TextFile(path, record))
    if problems:
        raise ValueError(in_words(problems[0]))
    there = {name: (content / name).read_bytes() for name in (kept.path, path) if (content / name).is_file()}
    text = {} if details.forget else {kept.path: kept.text.encode("utf-8")}
    exchange(content, there if details.force else {}, {**text, path: record.encode("utf-8")})
    return Taken(content / path, kept.sha256, not details.forget, drifted)


def _found_before(ledger: Ledger, id_: str, kept: KeptText, verdicts: Iterable[Verdict]) -> Iterator[dict[str, Any]]:
    """What is remembered about quotes that an earlier text held and this one does not."""
    former, text = snapshot_of(ledger, id_), ledger.snapshot_text(id_)
    if former is None:
        return
    look = (haystack(text), Lines(text)) if text is not None else None
    for one in {_hash(one): one for one in verdicts if one.verdict == "not-found"}.values():
        entries = entries_on(former, one.quote, one.prefix, one.suffix)
        if earlier := found_earlier(entries):
            yield _plain(earlier)
        if former.sha256 == kept.sha256:
            continue
        was, last = judge(*look, one.quote, one.prefix, one.suffix) if look else None, last_of(entries)
        if was and was.verdict in FOUND:
            yield _entry(was, str(former.captured)) | {"sha256": former.sha256}
        elif last and last.verdict in FOUND:
            yield _plain(last) | {"sha256": former.sha256}


def _plain(entry: SnapshotVerdict) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_defaults=True)


def _hash(verdict: Verdict) -> str:
    return hash_of(verdict.quote, verdict.prefix, verdict.suffix)


def _entry(verdict: Verdict, day: str) -> dict[str, Any]:
    foldings = {"foldings": list(verdict.foldings)} if verdict.foldings else {}
    return {"quote": _hash(verdict), "verdict": verdict.verdict, **foldings, "date": day}


def _fields(
    ledger: Ledger, id_: str, kept: KeptText, details: Details, entries: list[dict[str, Any]]
) -> dict[str, Any]:
    """A snapshot's record; what is left open is taken from the present snapshot, if that has the same text."""
    former = snapshot_of(ledger, id_)
    same = former if former and former.sha256 == kept.sha256 else None
    written = {
        "sha256": kept.sha256,
        "captured": details.captured or (str(same.captured) if same else details.judged),
        "url": details.url or (same and same.url),
        "how": details.how or (same and same.how),
        "pages": [*map(str, details.pages or (same.pages if same else ()))],
    }
    worst_last = sorted(entries, key=lambda entry: _WORST_LAST.index(entry["verdict"]))
    by_text = {(entry["quote"], entry.get("sha256", "")): entry for entry in worst_last}
    listed = {"verdicts": [entry for _, entry in sorted(by_text.items())]} if by_text else {}
    return {**{name: value for name, value in written.items() if value}, **listed}


# Where some words stand


def find_words(content: Path, source: str, words: str, prefix: str = "", suffix: str = "") -> Found:
    """Say where the words stand. ValueError when there is no such source."""
    ledger, id_ = _load_source(content, source)
    text, entries = ledger.snapshot_text(id_), entries_on(snapshot_of(ledger, id_), words, prefix, suffix)
    if text is None:
        return _without_text(ledger, id_, entries)
    hay, lines = haystack(text), Lines(text)
    verdict = judge(hay, lines, words, prefix, suffix)
    if verdict.verdict == "not-found":
        return _not_there(ledger, id_, verdict, found_earlier(entries)), False
    shown = " ".join(f"{verdict.before[-AROUND:]}»{verdict.passage}«{verdict.after[:AROUND]}".split())
    is_one = verdict.verdict != "ambiguous"
    return [
        verdict.verdict + (f", after folding: {', '.join(verdict.foldings)}" if verdict.foldings else ""),
        *([f"{_place(ledger, id_, verdict)}: {shown}"] if is_one else _choices(hay, lines, words)),
        *(["warning: it begins or ends inside a word"] if verdict.cuts_word else []),
        *(["warning: it is very short"] if verdict.too_short else []),
    ], True


def _not_there(ledger: Ledger, id_: str, verdict: Verdict, earlier: SnapshotVerdict | None) -> list[str]:
    near = f"nearest passage: {verdict.nearest}" if verdict.nearest else "nothing there is like it"
    other = elsewhere(ledger, verdict.quote, id_)
    said = [f"they are in the text of '{other[0]}', line {other[1]}"] if other else []
    if earlier:
        return [f"drifted: on {earlier.date} they were in an earlier text of it", near, *said]
    return ["not-found", near, *said]


def _without_text(ledger: Ledger, id_: str, entries: list[SnapshotVerdict]) -> Found:
    if snapshot_of(ledger, id_) is None:
        return ["no-snapshot", f"add one: ledger snapshot {id_} FILE"], False
    entry, verdict = last_of(entries), verdict_recorded(entries)
    if entry is None:
        return ["no-snapshot", "the text is not kept here, and nothing was recorded of these words"], False
    return [verdict, f"{entry.verdict} on {entry.date}; the text is no longer kept"], verdict == "recorded"


def _place(ledger: Ledger, id_: str, verdict: Verdict) -> str:
    """The line, and the page where there are any."""
    snapshot = snapshot_of(ledger, id_)
    page = bisect_right(snapshot.pages, verdict.line or 0) if snapshot else 0
    return f"line {verdict.line}" + (f", page {page}" if page else "")


def _choices(hay: Haystack, lines: Lines, words: str) -> list[str]:
    """The first and the last place, each with words that would single it out."""
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
