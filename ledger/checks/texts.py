"""Checks of the texts of one's own: each stands for one of the site's, in every form, with the same places."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from ledger import texts
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import OwnTexts
from ledger.texts import own


class Text(NamedTuple):
    """A text of the site's own, or a group that is none."""

    record: Record[OwnTexts]
    group: str
    name: str
    value: Any


MOST = 2_000
"""How many texts are looked at: more than the site has, so that one of them is wrong."""


def _texts(ledger: Ledger) -> Iterable[Text]:
    return islice(_every_text(ledger), MOST)


def _every_text(ledger: Ledger) -> Iterator[Text]:
    if (record := ledger.own_texts) is None:
        return
    for group, named in (record.fields.model_extra or {}).items():
        if isinstance(named, dict) and own.is_group(group):
            yield from (Text(record, group, name, value) for name, value in named.items())
        else:
            yield Text(record, group, "", named)


def _found(ledger: Ledger, item: Text, check_id: str) -> Iterator[Finding]:
    for fault in _faults(ledger, item):
        if fault.check == check_id:
            yield Finding(_place(item.record, fault), fault.message, fault.hint)


def _place(record: Record[OwnTexts], fault: own.Fault) -> Span:
    document = record.document
    if fault.check == own.UNKNOWN:
        return document.key_span(fault.path)
    return document.inner_span(fault.path, fault.words) if fault.words else document.span(fault.path)


def _faults(ledger: Ledger, item: Text) -> Iterable[own.Fault]:
    if item.name:
        return own.faults(ledger.settings.language or texts.ENGLISH, item.group, item.name, item.value)
    return [own.not_a_group(item.group)]


@check("unknown-text", Level.ERROR, items=_texts, of="ledger", excusable=False)
def unknown_text(ledger: Ledger, item: Text) -> Iterator[Finding]:
    """Every text of one's own stands for one that the site has."""
    yield from _found(ledger, item, own.UNKNOWN)


@check("bad-text", Level.ERROR, items=_texts, of="ledger", excusable=False)
def bad_text(ledger: Ledger, item: Text) -> Iterator[Finding]:
    """It is text, or has every plural form of the language, and no place that the site's text does not have."""
    yield from _found(ledger, item, own.BAD)


@check("place-left-out", Level.WARNING, items=_texts, of="ledger", excusable=False)
def place_left_out(ledger: Ledger, item: Text) -> Iterator[Finding]:
    """It has every place of the site's text, in the form that stands for most numbers."""
    yield from _found(ledger, item, own.LEFT_OUT)
