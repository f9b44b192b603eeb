"""What became of every quote: whether it is in the text that was read, and where.

In: a Ledger with its snapshots. Out: a Verdict for each quote of evidence, attestations and changes of mind, by key:
`claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`. A quote of a text that is no longer kept is
`recorded` if it was found while the text was here.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from ledger.analysis.passages import LEAST, Found, Haystack, locate, nearest, parts_of, weight
from ledger.analysis.text_fragments import address_of_words
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
QuoteVerdict = Annotated[str, one_of("exact", "normalised", "ambiguous", "not-found", "no-snapshot", "recorded")]
Quoting = Evidence | Attestation | MindChange
"""A part of a record that may quote a source."""
FOUND = ("exact", "normalised")
"""The verdicts on words that are in a text, at one place."""


@dataclass(frozen=True, slots=True)
class Quote:
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

    verdict: QuoteVerdict = described("the verdict")
    key: str = internal()
    record: str = internal()
    path: FieldPath = internal()
    source: RecordId = described("the source that is quoted")
    quote: str = internal()
    foldings: tuple[Folding, ...] = described("what was set aside to find it", default=())
    start: int | None = described(
        "where the words begin in the text, in characters from 0; `null` if not found in it", default=None
    )
    end: int | None = described("where they end", default=None)
    line: int | None = described("the line in which they begin, from 1", default=None)
    before: str = described("some characters before them", default="")
    passage: str = described("the words as they stand there", default="")
    after: str = described("some characters after them", default="")
    captured: str | None = described("the day on which the text was read; not there without one", default=None)
    sha256: Hash | None = described("the hash of the text", default=None)
    recorded: str | None = described("the day of the verdict, where the text is no longer kept", default=None)
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
    verdict = judge(*text, words, *beside) if text else _from_record(ledger, quote)
    parts = tuple(verdict.passage.split(CUT)) if text else tuple(parts_of(words))
    source, snapshot = ledger.core_of(quote.source), snapshot_of(ledger, quote.source)
    url = source.fields.url if source and is_a(source, Source) and verdict.verdict != "not-found" else None
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


def _from_record(ledger: Ledger, quote: Quote) -> Verdict:
    entry = recorded(ledger, quote.source, quote.words, quote.prefix, quote.suffix)
    verdict = Verdict(verdict_recorded(entry), "", "", (), "", quote.words, too_short=is_too_short(quote.words))
    return replace(verdict, foldings=entry.foldings, recorded=str(entry.date)) if entry else verdict


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
        yield from (
            (f"{record.id}/{item.id}", ("evidence", at), item) for at, item in enumerate(record.fields.evidence)
        )
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


def is_too_short(words: str) -> bool:
    """Whether a quote, or one of its parts, says too little to be looked for."""
    return weight(words) < LEAST or any(weight(part) < LEAST for part in parts_of(words))


def judge(hay: Haystack, lines: Lines, words: str, prefix: str = "", suffix: str = "") -> Verdict:
    """The verdict on some words in a text, without what a ledger knows of them."""
    found = locate(hay, words, prefix, suffix)
    short = is_too_short(words)
    base = Verdict(found.verdict, "", "", (), "", words, too_short=short, prefix=prefix, suffix=suffix)
    if not found.places:
        return replace(base, nearest=nearest(hay, words))
    start, end = found.places[0][0], found.places[-1][1]
    return replace(
        base,
        foldings=found.foldings,
        start=start,
        end=end,
        line=lines.position(start)[0],
        before=hay.text[max(0, start - AROUND) : start],
        passage=CUT.join(hay.text[slice(*place)] for place in found.places),
        after=hay.text[end : end + AROUND],
        other_line=_other_line(found, lines),
        cuts_word=found.cuts_word,
    )


def _other_line(found: Found, lines: Lines) -> int | None:
    differing = (there for here, there in zip(found.places, found.others, strict=False) if here != there)
    return next((lines.position(start)[0] for start, _ in differing), None)


def recorded(ledger: Ledger, source: str, words: str, prefix: str = "", suffix: str = "") -> SnapshotVerdict | None:
    """What was found of a quote while the text of its source was here; of several verdicts the last."""
    snapshot = snapshot_of(ledger, source)
    return last_of(snapshot.verdicts if snapshot else (), hash_of(words, prefix, suffix))


def last_of(entries: Sequence[SnapshotVerdict], hash_: str) -> SnapshotVerdict | None:
    """The last of some recorded verdicts on a quote."""
    return next((entry for entry in reversed(entries) if entry.quote == hash_), None)


def verdict_recorded(entry: SnapshotVerdict | None) -> str:
    """The verdict on a quote whose text is not here, from what was recorded of it."""
    return "no-snapshot" if entry is None else "recorded" if entry.verdict in FOUND else entry.verdict


def snapshot_of(ledger: Ledger, source: str) -> Snapshot | None:
    """What is known of the text that was read of a source."""
    record = ledger.snapshot(source)
    return record.fields if record else None
