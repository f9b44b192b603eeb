"""What became of every quote: whether it is in the text that was read, and where.

In: a Ledger with its snapshots. Out: a Verdict for each quote of evidence, attestations and changes of mind, by key:
`claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`. A quote of a text that is no longer kept is
`recorded` if it was found while the text was here, and `drifted` if it is only in an earlier text of the source.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote as percent_encoded

from ledger.analysis.passages import Haystack, haystack, is_light, locate, nearest, parts_of
from ledger.describing import Hash, RecordId, described, internal, one_of
from ledger.diagnostics import Lines
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.records import (
    Attestation,
    Claim,
    Evidence,
    MindChange,
    Position,
    Proponent,
    Snapshot,
    SnapshotVerdict,
    Source,
)
from ledger.vocabulary import Folding
from ledger.yamlnodes import FieldPath

AROUND = 150
"""So many characters of a text are shown on either side of a quote: 300 in all."""
CUT = " […] "
_VERDICTS = ("exact", "normalised", "ambiguous", "not-found", "drifted", "no-snapshot", "recorded")
QuoteVerdict = Annotated[str, one_of(*_VERDICTS)]
Quoting = Evidence | Attestation | MindChange
"""A part of a record that may quote a source."""
FOUND = ("exact", "normalised")
"""The verdicts on words that are in a text, at one place."""
MOST_TEXTS = 5
"""So many texts of other sources are searched for a quote that is not in its own."""
_PIECE = re.compile(r"\w{1,12}")
LOST = ("not-found", "drifted")
"""The verdicts on words that are not in the text."""
_NOT_ON_A_PAGE = frozenset(("soft-hyphens", "invisible", "hyphenation", "markup"))
"""What a text that was saved may have, and the page that a browser shows has not."""


class Quote(NamedTuple):
    """A quote as written: its key, the record and field that hold it, the source, the words and those beside them."""

    key: str
    record: str
    path: FieldPath
    source: str
    words: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a quote."""

    verdict: QuoteVerdict = described("whether the quote was found")
    key: str = internal()
    record: str = internal()
    path: FieldPath = internal()
    source: RecordId = described("the source that is quoted")
    quote: str = internal()
    foldings: tuple[Folding, ...] = described("which differences were set aside to find it", default=())
    start: int | None = described(
        "where the words begin in the text, in characters from 0; missing if not found", default=None
    )
    end: int | None = described("where they end", default=None)
    line: int | None = described("the line in which they begin, from 1", default=None)
    before: str = described("up to 150 characters before them", default="")
    passage: str = described("the words as they are there", default="")
    after: str = described("up to 150 characters after them", default="")
    captured: str | None = described("the day on which the text was read; missing without a text", default=None)
    sha256: Hash | None = described("the hash of the text", default=None)
    recorded: str | None = described("the day of the verdict, if the text is no longer kept", default=None)
    link: str | None = described("an address that opens the live page at the words", default=None)
    nearest: str = internal(default="")
    other_line: int | None = internal(default=None)
    """If ambiguous: the line of the last place that will do as well."""
    cuts_word: bool = internal(default=False)
    too_short: bool = internal(default=False)
    prefix: str = internal(default="")
    suffix: str = internal(default="")
    """The words that the quote was looked for between."""

    @property
    def is_verified(self) -> bool:
        """Whether anyone who has the ledger can check it again."""
        return self.verdict in FOUND


def quotes_in(ledger: Ledger, record: Record[Any]) -> Iterator[Quote]:
    """The quotes of a record, with the present ids of their sources."""
    found = (quote_of(ledger, record, *place) for place in _quoting(record))
    return (quote for quote in found if quote)


def quotes(ledger: Ledger) -> Iterator[Quote]:
    """Every quote."""
    return (quote for record in ledger.records.values() for quote in quotes_in(ledger, record))


def verdict_on(ledger: Ledger, quote: Quote, text: tuple[Haystack, Lines] | None) -> Verdict:
    """The verdict on a quote in the text that is kept of its source; without one, what was recorded of it before."""
    words, beside = quote.words, (quote.prefix, quote.suffix)
    source, snapshot = ledger.core_of(quote.source), snapshot_of(ledger, quote.source)
    entries = entries_on(snapshot, words, *beside)
    verdict = _drifted(judge(*text, words, *beside), entries) if text else _from_record(words, entries)
    parts = tuple(verdict.passage.split(CUT)) if text else tuple(parts_of(words))
    # the passage may have what the live page lacks; spaces count where they part it into other words
    is_parted = "spaces" in verdict.foldings and len(verdict.passage.split()) != len(words.split())
    if text and (is_parted or not _NOT_ON_A_PAGE.isdisjoint(verdict.foldings)):
        parts = tuple(parts_of(words)) if len(parts) > 1 else (words,)
    url = source.fields.url if source and is_a(source, Source) and verdict.verdict not in LOST else None
    return replace(
        verdict,
        key=quote.key,
        record=quote.record,
        path=quote.path,
        source=quote.source,
        captured=str(snapshot.captured) if snapshot else None,
        sha256=snapshot.sha256 if snapshot else None,
        link=address_of_words(url, parts, *beside) if url and any(parts) else None,
    )


def _from_record(words: str, entries: Sequence[SnapshotVerdict]) -> Verdict:
    """What was recorded of a quote whose text is not here."""
    entry, verdict = last_of(entries), verdict_recorded(entries)
    found = Verdict(verdict, "", "", (), "", words, too_short=is_too_short(words, found=verdict == "recorded"))
    if verdict == "drifted":
        return _drifted(replace(found, verdict="not-found"), entries)
    return replace(found, foldings=entry.foldings, recorded=str(entry.date)) if entry else found


def _drifted(verdict: Verdict, entries: Sequence[SnapshotVerdict]) -> Verdict:
    """A verdict, where the words are gone from the text and were found in an earlier one."""
    earlier = found_earlier(entries)
    if verdict.verdict != "not-found" or earlier is None:
        return verdict
    return replace(verdict, verdict="drifted", recorded=str(earlier.date))


def quote_of(ledger: Ledger, record: Record[Any], key: str, path: FieldPath, item: Quoting) -> Quote | None:
    """The quote of a part of a record, if it has one."""
    if not item.quote:
        return None
    prefix, suffix = (item.quote_prefix, item.quote_suffix) if isinstance(item, Evidence) else ("", "")
    source = ledger.present_id(item.source)
    return Quote(key, record.id, (*path, "quote"), source, item.quote.strip(), prefix or "", suffix or "")


def _quoting(record: Record[Any]) -> Iterator[tuple[str, FieldPath, Quoting]]:
    """The parts of a record that may quote a source, with their keys and field paths."""
    if is_a(record, Claim):
        for at, item in enumerate(record.fields.evidence):
            yield f"{record.id}/{item.id}", ("evidence", at), item
    if is_a(record, Proponent):
        for at, stance in enumerate(record.fields.stances):
            for nth, attestation in enumerate(stance.attested):
                yield f"{record.id}/{stance.id}/attested/{nth}", ("stances", at, "attested", nth), attestation
    if is_a(record, Position):
        for at, change in enumerate(record.fields.would_change_mind):
            yield f"{record.id}/would_change_mind/{at}", ("would_change_mind", at), change


def hash_of(words: str, prefix: str = "", suffix: str = "") -> str:
    """The hash by which a snapshot remembers a quote: of its words, and of those beside them where some are given."""
    parts = (prefix, words, suffix) if prefix or suffix else (words,)
    return hashlib.sha256("\0".join(part.strip() for part in parts).encode("utf-8")).hexdigest()


def is_too_short(words: str, *, found: bool = False) -> bool:
    """Whether a quote says too little to be looked for, or a part of one that was not found as a whole."""
    return is_light(words) or (not found and any(map(is_light, parts_of(words))))


def judge(hay: Haystack, lines: Lines, words: str, prefix: str = "", suffix: str = "") -> Verdict:
    """The verdict on some words in a text, without what a ledger knows of them."""
    found = locate(hay, words, prefix, suffix)
    short = is_too_short(words, found=bool(found.places))
    base = Verdict(found.verdict, "", "", (), "", words, too_short=short, prefix=prefix, suffix=suffix)
    if not found.places:
        return replace(base, nearest=nearest(hay, words))
    start, end = found.places[0][0], found.places[-1][1]
    differing = (there for here, there in zip(found.places, found.others, strict=False) if here != there)
    return replace(
        base,
        foldings=found.foldings,
        start=start,
        end=end,
        line=lines.position(start)[0],
        before=hay.text[max(0, start - AROUND) : start],
        passage=CUT.join(hay.text[slice(*place)] for place in found.places),
        after=hay.text[end : end + AROUND],
        other_line=next((lines.position(start)[0] for start, _ in differing), None),
        cuts_word=found.cuts_word,
    )


def elsewhere(ledger: Ledger, words: str, but: str) -> tuple[str, int] | None:
    """The first other source whose text holds the words of a quote, once, and the line; for messages only.

    Only texts that hold the longest words of the quote as they are are searched, and only a few of them.
    """
    longest = sorted(_PIECE.findall(words), key=len)[-3:]
    others = ((id_, ledger.snapshot_text(id_)) for id_ in sorted(ledger.kept_texts) if id_ != but)
    near = ((id_, text) for id_, text in others if text is not None and all(piece in text for piece in longest))
    for id_, text in islice(near, MOST_TEXTS):
        found = locate(haystack(text), words)
        if found.verdict in FOUND:
            return id_, Lines(text).position(found.places[0][0])[0]
    return None


def entries_on(snapshot: Snapshot | None, words: str, prefix: str = "", suffix: str = "") -> list[SnapshotVerdict]:
    """What a snapshot's record says of a quote: of its own text, and of earlier ones."""
    hash_ = hash_of(words, prefix, suffix)
    return [entry for entry in (snapshot.verdicts if snapshot else ()) if entry.quote == hash_]


def last_of(entries: Sequence[SnapshotVerdict]) -> SnapshotVerdict | None:
    """The last verdict that was recorded on a quote in the snapshot's own text."""
    return next((entry for entry in reversed(entries) if not entry.sha256), None)


def found_earlier(entries: Sequence[SnapshotVerdict]) -> SnapshotVerdict | None:
    """The last time that a quote was found in an earlier text."""
    return next((entry for entry in reversed(entries) if entry.sha256 and entry.verdict in FOUND), None)


def verdict_recorded(entries: Sequence[SnapshotVerdict]) -> str:
    """The verdict on a quote whose text is not here, from what was recorded of it."""
    entry = last_of(entries)
    if entry is None:
        return "no-snapshot"
    if entry.verdict == "not-found" and found_earlier(entries):
        return "drifted"
    return "recorded" if entry.verdict in FOUND else entry.verdict


def snapshot_of(ledger: Ledger, source: str) -> Snapshot | None:
    """What is known of the text that was read of a source."""
    record = ledger.snapshot(source)
    return record.fields if record else None


# Addresses that open a page at some words: `#:~:text=`, as browsers read it

FRAGMENT_WORDS = 8
"""A longer quote is named by so many words at each end; the browser finds the rest."""


def address_of_words(url: str, parts: tuple[str, ...], prefix: str = "", suffix: str = "") -> str:
    """The address of the words, which may be in several parts; `prefix` and `suffix` are the words before and after.

    Words are percent-encoded, and so are the hyphen, comma and ampersand, which have a meaning in the fragment itself.
    """
    first, last = parts[0].split(), parts[-1].split()
    if len(parts) > 1 or len(first) > 2 * FRAGMENT_WORDS:
        text = [" ".join(first[:FRAGMENT_WORDS]), " ".join(last[-FRAGMENT_WORDS:])]
    else:
        text = [" ".join(first)]
    before = [_encoded(prefix) + "-"] if prefix.strip() else []
    after = ["-" + _encoded(suffix)] if suffix.strip() else []
    shown = ",".join([*before, *map(_encoded, text), *after])
    url = url.partition(":~:")[0].removesuffix("#")
    return f"{url}{'' if '#' in url else '#'}:~:text={shown}"


def _encoded(words: str) -> str:
    return percent_encoded(" ".join(words.split()), safe="").replace("-", "%2D")
