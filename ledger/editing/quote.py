"""Where some words stand in the text of a source, and what to write so that a quote stands at one place.

In: the content folder, a source, the words. Out: lines for the editor, and whether the words were found.
"""

from pathlib import Path

from ledger.analysis.passages import Haystack, haystack, locate
from ledger.analysis.quotes import AROUND, FOUND, Verdict, judge, recorded, snapshot_of
from ledger.diagnostics import Lines
from ledger.editing.snapshot import opened
from ledger.graph import Ledger
from ledger.records import SnapshotVerdict

MOST_WORDS = 8
"""So many words beside a quote are tried to tell its places apart."""


Answer = tuple[list[str], bool]
"""What to tell the editor, and whether the words stand in the text."""


def find_words(content: Path, source: str, words: str, prefix: str = "", suffix: str = "") -> Answer:
    """Say where the words stand. ValueError when there is no such source."""
    ledger, id_ = opened(content, source)
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


def _without_text(ledger: Ledger, id_: str, entry: SnapshotVerdict | None) -> Answer:
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
