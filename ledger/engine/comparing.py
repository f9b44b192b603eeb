"""What is other in one state of the content than in another: records, verdicts, pages, findings.

In: two content folders. Out: a Comparison, in which all that is written in records is as it was written. Of the later
one only the pages are made that a change may have reached.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal, NamedTuple

from ledger import texts, urls
from ledger.analysis import Analysis, analyse
from ledger.analysis.as_of import newest_day
from ledger.analysis.differences import FieldChange, differences
from ledger.diagnostics import Diagnostic, in_order
from ledger.engine.live import LiveSite, look_of
from ledger.engine.report import Options
from ledger.engine.state import FileRead, State, read_state
from ledger.engine.tasks import PAGES
from ledger.graph import Ledger
from ledger.rating_words import verdict_words
from ledger.records import BESIDE

What = Literal["added", "changed", "renamed", "removed", "unreadable"]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A file whose record came, went or says something else."""

    what: What
    kind: str
    id: str
    title: str
    former: str = ""
    """The id that it had, if it has another now."""
    fields: tuple[FieldChange, ...] = ()


class VerdictChange(NamedTuple):
    """A claim's verdict before and after, in words; None where the claim was not shown. And what may be the reason."""

    claim: str
    title: str
    before: str | None
    after: str | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is other."""

    records: tuple[RecordChange, ...]
    verdicts: tuple[VerdictChange, ...]
    new_pages: tuple[str, ...]
    changed_pages: tuple[str, ...]
    gone_pages: tuple[str, ...]
    new_findings: tuple[Diagnostic, ...]
    gone_findings: tuple[Diagnostic, ...]


class _Side(NamedTuple):
    """One of the two, made whole."""

    state: State
    ledger: Ledger
    pages: Mapping[str, bytes]
    ratings: Mapping[str, str]
    """Claim → its verdict in words."""
    findings: list[Diagnostic]


def compare(before: Path, after: Path) -> Comparison:
    """Compare two content folders, both as on the newest day of either: every page is made, and every check runs."""
    options = [Options(folder, Path(), cache=False) for folder in (before, after)]
    states = [read_state(one, {}) for one in options]
    newest = max((day for state in states if (day := newest_day(state.loaded))), default=None)
    options = [one._replace(as_of=newest) for one in options]
    states = [read_state(one, state.files) for one, state in zip(options, states, strict=True)]
    look = look_of(options[1])
    site = LiveSite(options[0], states[0], look)
    old = _side(site)
    new = _side(LiveSite(options[1], states[1], look, site))
    records = tuple(_records(old.state.files, new.state.files))
    both = old.pages.keys() & new.pages.keys()
    return Comparison(
        records=records,
        verdicts=tuple(_verdicts(old, new, records)),
        new_pages=tuple(sorted(new.pages.keys() - both)),
        changed_pages=tuple(sorted(page for page in both if old.pages[page] != new.pages[page])),
        gone_pages=tuple(sorted(old.pages.keys() - both)),
        new_findings=tuple(_other(new.findings, old.findings)),
        gone_findings=tuple(_other(old.findings, new.findings)),
    )


def _side(site: LiveSite) -> _Side:
    unmade = site.complete(Event())
    every = (key.removeprefix(PAGES) for key in site.site.tasks if key.startswith(PAGES))
    keys = [page for page in every if not urls.is_apart(page)]
    pages = {page: (site.get(page) or b"") for page in keys} if not unmade else dict(_made(site, keys))
    ledger = site.site.shown
    with texts.spoken(texts.english()):
        ratings = {id_: verdict_words(rating) for id_, rating in analyse(ledger).ratings.items()}
    return _Side(site.state, ledger, pages, ratings, in_order([*site.problems(), *site.findings]))


def _made(site: LiveSite, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The pages, without the bytes of those that cannot be made; why they cannot is for a build to say."""
    for page in pages:
        try:
            yield page, site.get(page) or b""
        except Exception:
            yield page, b""


# Records


def _records(before: Mapping[str, FileRead], after: Mapping[str, FileRead]) -> Iterator[RecordChange]:
    old, new = ({path.rpartition(".")[0]: one for path, one in files.items()} for files in (before, after))
    former = dict(_renamed(old, new))
    for place in sorted(old.keys() | new.keys()):
        one, other = old.get(former.get(place, place)), new.get(place)
        if place in former.values() and other is None:
            continue
        is_same = one and other and one.digest == other.digest and place not in former
        if not is_same and (change := _record(place, one, other, former.get(place, ""))):
            yield change


def _renamed(old: Mapping[str, FileRead], new: Mapping[str, FileRead]) -> Iterator[tuple[str, str]]:
    """The place of each record that has another id than before, and its former place."""
    for place, one in new.items():
        record = one.record
        if place not in old and record and record.is_valid and record.kind not in BESIDE:
            formers = (f"{place.rpartition('/')[0]}/{id_}" for id_ in record.former_ids)
            yield from ((place, former) for former in formers if former in old and former not in new)


def _record(place: str, old: FileRead | None, new: FileRead | None, former: str) -> RecordChange | None:
    folder, _, id_ = place.rpartition("/")
    data, data_now = (one.record.document.data if one and one.record else {} for one in (old, new))
    what: What = "added" if old is None else "removed" if new is None else "renamed" if former else "changed"
    what = "unreadable" if new and not new.record else what
    fields = tuple(differences(data, data_now)) if old and new and new.record else ()
    if what == "changed" and not fields and all(one and one.record for one in (old, new)):
        return None  # comments or layout alone
    record = (new and new.record) or (old and old.record)
    title = record.title if record and record.is_valid and record.kind not in BESIDE else ""
    return RecordChange(what, record.kind.name if record else folder, id_, title, former.rpartition("/")[2], fields)


# Verdicts


def _verdicts(old: _Side, new: _Side, records: Iterable[RecordChange]) -> Iterator[VerdictChange]:
    changes = {change.id: change for change in records}
    former = {change.id: change.former for change in records if change.former}
    for claim in sorted({*old.ratings, *new.ratings} - {*former.values()}):
        before, after = old.ratings.get(former.get(claim, claim)), new.ratings.get(claim)
        if before != after:
            card = (new if after else old).ledger.card(claim)
            why = tuple(_why(analyse(new.ledger), claim, changes)) if before and after else ()
            yield VerdictChange(claim, card.title if card else "", before, after, why)


def _why(analysis: Analysis, claim: str, changes: Mapping[str, RecordChange]) -> Iterator[str]:
    """The changed records that a verdict depends on, with the fields that are others."""
    for id_ in (claim, *analysis.chains_behind(claim).lineages):
        if change := changes.get(id_):
            fields = dict.fromkeys(_of_verdict(one.field) for one in change.fields)
            yield f"{id_} ({', '.join(fields)})" if fields else f"{id_} ({change.what})"


def _of_verdict(field: str) -> str:
    """A field, and the part of it by its id."""
    return " ".join(field.split()[:2])


# Findings


def _other(found: Iterable[Diagnostic], others: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that are not among others, wherever in its file each is."""
    known = Counter((one.span.path, one.check, one.message) for one in others)
    for one in found:
        key = one.span.path, one.check, one.message
        known[key] -= 1
        if known[key] < 0:
            yield one
