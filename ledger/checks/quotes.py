"""Checks of quotes and of the texts that they are looked for in."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.analysis import results
from ledger.analysis.passages import LEAST
from ledger.analysis.quotes import Verdict, elsewhere
from ledger.checks.checking import Finding, check
from ledger.checks.references import failed_ids
from ledger.diagnostics import Level, Span, did_you_mean
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import Common
from ledger.records import Attestation, Claim, Evidence, MindChange, Position, Proponent

QUOTING = (Claim, Proponent, Position)


def _kept(ledger: Ledger) -> Iterable[tuple[str, str]]:
    """Every snapshot's record and every text, as the source's id and the path."""
    records = [(id_, record.path) for id_, record in ledger.snapshots.items()]
    return sorted([*records, *((id_, kept.path) for id_, kept in ledger.kept_texts.items())])


@check("stray-snapshot", Level.ERROR, items=_kept, of="ledger", excusable=False)
def stray_snapshot(ledger: Ledger, item: tuple[str, str]) -> Iterator[Finding]:
    """A snapshot is of a source that there is, and its text has a record that says when it was read."""
    id_, path = item
    if id_ in failed_ids(ledger):
        return
    kind = ledger.node_kind(id_)
    if path.endswith(".txt"):
        if id_ not in ledger.snapshots:
            hint = f"take it again with `ledger snapshot {id_} FILE`, or remove it"
            yield Finding(Span(path), f"there is no snapshots/{id_}.yml that says what this text is", hint)
    elif kind != "source":
        message = f"there is no source '{id_}'" if kind is None else f"'{id_}' is a {kind}, not a source"
        yield Finding(Span(path), message, _hint(ledger, id_))


def _hint(ledger: Ledger, id_: str) -> str:
    now = ledger.present_id(id_)
    near = f"it is called '{now}' now" if now in ledger.records and now != id_ else ""
    near = near or did_you_mean(id_, ledger.members("source"))
    return near or "a snapshot's file has the id of its source as its name"


def _texts(ledger: Ledger) -> Iterable[str]:
    """Every source with a snapshot whose text is kept."""
    return sorted(ledger.kept_texts.keys() & ledger.snapshots.keys())


@check("snapshot-hash", Level.ERROR, items=_texts, of="ledger", excusable=False)
def snapshot_hash(ledger: Ledger, item: str) -> Iterator[Finding]:
    """The text of a snapshot has the hash that its record gives; in another text, no quote is looked for."""
    kept, snapshot = ledger.kept_texts[item], ledger.snapshots[item]
    if kept.sha256 != snapshot.fields.sha256:
        message = f"{kept.path} is not the text that was read: its SHA-256 hash is {kept.sha256}"
        hint = f"bring the text back, or take it again with `ledger snapshot {item} FILE --force`"
        yield Finding(snapshot.span("sha256"), message, hint)


def _verdicts(ledger: Ledger, record: Record[Any]) -> Iterable[Verdict]:
    """The verdict on every quote of a record."""
    quoting = any(one.quote for one in _may_quote(record.fields))
    return results.quotes_of(ledger, record.id).values() if quoting else ()


def _may_quote(fields: Common) -> Iterable[Evidence | MindChange | Attestation]:
    if isinstance(fields, Claim):
        return fields.evidence
    if isinstance(fields, Position):
        return fields.would_change_mind
    return (one for stance in fields.stances for one in stance.attested) if isinstance(fields, Proponent) else ()


def _span(ledger: Ledger, verdict: Verdict) -> Span:
    return ledger.records[verdict.record].span(*verdict.path)


@check("quote-not-found", Level.ERROR, items=_verdicts, kinds=QUOTING)
def quote_not_found(ledger: Ledger, item: Verdict) -> Iterator[Finding]:
    """A quote stands in the text that was read of its source, word for word."""
    if item.verdict == "not-found":
        message = f"this quote is not in the text that was read of '{item.source}'"
        yield Finding(_span(ledger, item), message, _instead(ledger, item))


@check("quote-drifted", Level.WARNING, items=_verdicts, kinds=QUOTING)
def quote_drifted(ledger: Ledger, item: Verdict) -> Iterator[Finding]:
    """A quote that was found in an earlier text of its source is in the newest one, too."""
    if item.verdict == "drifted":
        message = (
            f"on {item.recorded} this quote was in the text of '{item.source}'; in that of {item.captured} it is not"
        )
        yield Finding(_span(ledger, item), message, _instead(ledger, item))


def _instead(ledger: Ledger, item: Verdict) -> str:
    if other := elsewhere(ledger, item.quote, item.source):
        return f"these words are in the text of '{other[0]}', line {other[1]}: is that the source?"
    if item.nearest:
        return f"the nearest passage is: {item.nearest}"
    if item.verdict == "drifted":
        return "quote what is there now, or give the address of an archived copy and take its text"
    if item.recorded:
        return f"the text is no longer kept; this was found on {item.recorded}: correct the quote and look again"
    return "nothing there is like it; does the quote belong to another source?"


@check("quote-ambiguous", Level.ERROR, items=_verdicts, kinds=QUOTING)
def quote_ambiguous(ledger: Ledger, item: Verdict) -> Iterator[Finding]:
    """A quote stands at one place of its source, or the words beside it say which place is meant."""
    if item.verdict == "ambiguous":
        where = f", in lines {item.line} and {item.other_line} among others" if item.line else ""
        message = f"this quote is at more than one place of '{item.source}'{where}"
        hint = "quote more words"
        if item.path[0] == "evidence":
            hint += ", or give the words just before or after it as `quote_prefix` or `quote_suffix`"
        yield Finding(_span(ledger, item), message, hint)


@check("quote-too-short", Level.WARNING, items=_verdicts, kinds=QUOTING)
def quote_too_short(ledger: Ledger, item: Verdict) -> Iterator[Finding]:
    """A quote, and each part of one with an ellipsis, is long enough to say something."""
    if item.too_short:
        message = f"this quote, or a part of it, has fewer than {LEAST} characters"
        yield Finding(_span(ledger, item), message, "quote more words: so few are found in many texts and show little")


@check("quote-cuts-word", Level.WARNING, items=_verdicts, kinds=QUOTING)
def quote_cuts_word(ledger: Ledger, item: Verdict) -> Iterator[Finding]:
    """A quote begins and ends where words do: `can` is not what `cannot` says."""
    if item.cuts_word:
        message = f"this quote begins or ends inside a word of '{item.source}', line {item.line}"
        yield Finding(_span(ledger, item), message, "quote whole words: the missing part may reverse their meaning")
