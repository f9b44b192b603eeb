"""What must hold of the content, by subject.

In: a Ledger, or the rendered site. Out: findings, and for every check how many items it looked at. Each record is
checked by itself; what only the whole shows is checked apart from that.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from ledger.bugs import CHECK_FAILED
from ledger.checks import (
    authors,
    boards,
    bodies,
    challenges,
    charts,
    content,
    dates,
    evidence,
    looks,
    positions,
    proponents,
    quotes,
    references,
    rendered,
    sources,
    standards,
    texts,
)
from ledger.checks.checking import Check, look
from ledger.checks.rendered import RenderedSite
from ledger.diagnostics import Diagnostic, Level, as_row, did_you_mean, from_row
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.modelling import CheckException, Common

SUBJECTS = (
    content, looks, texts, references, positions, boards, evidence, charts, challenges, sources, standards, proponents,
    authors, dates, quotes, bodies, rendered,
)  # fmt: skip
"""In the order of the report."""
_ALL: list[Check[Any]] = [one for subject in SUBJECTS for one in vars(subject).values() if isinstance(one, Check)]
CHECKS = tuple(check for check in _ALL if check.of != "site")
"""The checks of the content."""
SITE_CHECKS = tuple(check for check in _ALL if check.of == "site")
"""The checks of the rendered site, before it is published."""
ID = "unused-exception"
"""An exception in a record names a check that exists, is in force, and excuses something: only the others tell."""
IDS = (*(check.id for check in CHECKS), ID)
"""What can be found in the content, in the order of the report."""
SITE_IDS = tuple(check.id for check in SITE_CHECKS)
EXCUSABLE = {check.id: check for check in CHECKS if check.excusable}
"""The checks from which a record's exceptions may excuse it."""
_OF_RECORDS = tuple(check for check in CHECKS if check.of == "record")
_OF_LEDGER = {check.id: check for check in CHECKS if check.of == "ledger"}


def run(ledger: Ledger) -> list[Diagnostic]:
    """What all checks of the content find."""
    parts = [*(of_record(ledger, id_) for id_ in ledger.records), of_ledger(ledger)]
    return [*map(from_row, problems_of(parts))]


def errors(ledger: Ledger, ids: Iterable[str]) -> Iterator[Diagnostic]:
    """What the checks for errors find in some records, and between all of them."""
    found = [problem for id_ in ids for problem in _errors_of(ledger, ledger.records[id_])]
    for id_, check in _OF_LEDGER.items():
        if check.level == Level.ERROR and not check.waits(ledger):
            found += _looked(ledger, id_)[0]
    yield from _without_excused(ledger, found, lambda problem: _record_at(ledger, problem.span.path))[0]


def _errors_of(ledger: Ledger, record: Record[Any]) -> Iterator[Diagnostic]:
    for check in _checks_of(record.kind.model, withdrawn=record.fields.withdrawn is not None):
        if check.level == Level.ERROR and not check.waits(ledger):
            problems, _ = look(check, ledger, record)
            yield from (problem for problem in problems if problem.level == Level.ERROR)


@cache
def _checks_of(kind: type[Common], *, withdrawn: bool) -> tuple[Check[Any], ...]:
    """The checks of the records of a kind that were withdrawn, or of those that were not."""
    return tuple(check for check in _OF_RECORDS if not check.kinds or (kind in check.kinds and not withdrawn))


# As plain values: `problems`, `examined` (how many items, by check) and `excused`


def of_record(ledger: Ledger, id_: str) -> dict[str, Any]:
    """What is wrong with one record."""
    record = ledger.records[id_]
    problems: list[Diagnostic] = []
    examined: dict[str, int | None] = {}
    for check in _checks_of(record.kind.model, withdrawn=record.fields.withdrawn is not None):
        found, count = look(check, ledger, record)
        problems += found
        if count:
            examined[check.id] = count
    _note_places(ledger, problems)
    left, excused = _without_excused(ledger, problems, lambda _: record)
    if exceptions := len(record.fields.exceptions):
        examined[ID] = exceptions
    return _plain([*left, *_unused(ledger, record, problems)], examined, excused)


def of_ledger(ledger: Ledger) -> dict[str, Any]:
    """What only the whole shows, and what is wrong with the settings and with records whose fields have errors."""
    looks = {check.id: _looked(ledger, check.id) for check in CHECKS}
    problems = [problem for found, _ in looks.values() for problem in found]
    examined: dict[str, int | None] = {id_: count for id_, (_, count) in looks.items()}
    examined |= {check.id: None for check in CHECKS if check.waits(ledger)}
    left, excused = _without_excused(ledger, problems, lambda problem: _record_at(ledger, problem.span.path))
    return _plain(left, examined, excused)


def of_site(site: RenderedSite) -> dict[str, Any]:
    """What is wrong with the rendered site."""
    looks = {check.id: look(check, site) for check in SITE_CHECKS}
    problems = [problem for found, _ in looks.values() for problem in found]
    return _plain(problems, {id_: count for id_, (_, count) in looks.items()}, [])


def summed(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The findings on records and on their ledger, together.

    It has every check of the content, in order, and nothing that was found by one that waits for missing files.
    """
    every = list(parts)
    counts: dict[str, int | None] = dict.fromkeys(IDS, 0)
    for name, count in (pair for part in every for pair in part["examined"].items()):
        before = counts[name]
        counts[name] = None if count is None or before is None else before + count
    excused = [one for part in every for one in part["excused"] if counts[from_row(one[0]).check] is not None]
    return {"problems": problems_of(every), "examined": counts, "excused": excused}


def problems_of(parts: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What is wrong with records and with their ledger, without findings of a check that waits for missing files."""
    counts = [part["examined"] for part in parts]
    waiting = {name for found in counts if None in found.values() for name, count in found.items() if count is None}
    return [row for part in parts for row in part["problems"] if from_row(row).check not in waiting]


Excused = list[tuple[Diagnostic, str, str]]


def _plain(problems: Iterable[Diagnostic], examined: Mapping[str, int | None], excused: Excused) -> dict[str, Any]:
    rows = [as_row(problem) for problem in problems]
    return {"problems": rows, "examined": dict(examined), "excused": [[as_row(one), *rest] for one, *rest in excused]}


@compared
def _looked(ledger: Ledger, check_id: str) -> tuple[list[Diagnostic], int]:
    """What a check finds apart from single records, and how many items it looked at there."""
    if check := _OF_LEDGER.get(check_id):
        looks = [look(check, ledger)]
    else:
        check = next(check for check in _OF_RECORDS if check.id == check_id)
        others = check.others(ledger)
        looks = [look(check, ledger, record) for record in others]
    problems = [problem for found, _ in looks for problem in found]
    _note_places(ledger, problems)
    return problems, sum(count for _, count in looks)


def _note_places(ledger: Ledger, problems: Iterable[Diagnostic]) -> None:
    """Note the files: findings have places in them, which a comment or an empty line moves though records stay."""
    for path in {problem.span.path for problem in problems}:
        ledger.note(f"text:{path.rpartition('/')[2].rpartition('.')[0]}")


# What is excused


def _without_excused(
    ledger: Ledger, problems: Iterable[Diagnostic], record_of: Callable[[Diagnostic], Record[Any] | None]
) -> tuple[list[Diagnostic], Excused]:
    left: list[Diagnostic] = []
    excused: Excused = []
    for problem in problems:
        record = record_of(problem) if problem.check in EXCUSABLE else None
        excuse = _excuse(ledger, record, problem.check) if record else None
        if excuse:
            excused.append((problem, excuse.why, str(excuse.until or "")))
        else:
            left.append(problem)
    return left, excused


def _in_force(ledger: Ledger, excuse: CheckException) -> bool:
    """Whether the exception has not run out on the ledger's own date."""
    return excuse.until is None or ledger.as_of is None or excuse.until.latest >= ledger.as_of


def _excuse(ledger: Ledger, record: Record[Any], check: str) -> CheckException | None:
    """The record's exception from a check, if it is in force."""
    exceptions: tuple[CheckException, ...] = record.fields.exceptions
    return next((one for one in exceptions if one.check == check and _in_force(ledger, one)), None)


def _unused(ledger: Ledger, record: Record[Any], problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The record's exceptions that excuse nothing, given what its own checks found."""
    broken = {problem.check for problem in problems}
    for at, excuse in enumerate(record.fields.exceptions):
        check = excuse.check
        if _cannot_tell(ledger, check, broken):
            continue
        beyond = _looked(ledger, check)[0] if check in EXCUSABLE and check in _OF_LEDGER else ()
        is_broken = check in broken or any(problem.span.path == record.path for problem in beyond)
        if not (check in EXCUSABLE and is_broken and _excuse(ledger, record, check)):
            yield Diagnostic(record.span("exceptions", at, "check"), Level.WARNING, ID, *_why(ledger, excuse))


def _cannot_tell(ledger: Ledger, check: str, broken: Collection[str]) -> bool:
    """Whether nobody can tell if a record breaks a check: a check of it has failed, or that one waits."""
    known = EXCUSABLE.get(check)
    return known is not None and (CHECK_FAILED in broken or (known.needs_structure and bool(ledger.unsound)))


def _why(ledger: Ledger, excuse: CheckException) -> tuple[str, str]:
    if excuse.check not in EXCUSABLE:
        hint = did_you_mean(excuse.check, EXCUSABLE) or f"checks that can be excused: {', '.join(sorted(EXCUSABLE))}"
        return f"'{excuse.check}' is not a check that can be excused", hint
    if not _in_force(ledger, excuse):
        return f"the exception from '{excuse.check}' ended {excuse.until}", "renew it or solve the problem"
    return f"the record does not break '{excuse.check}'", "remove the exception"


def _record_at(ledger: Ledger, path: str) -> Record[Any] | None:
    record = ledger.records.get(path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return record if record and record.path == path else None
