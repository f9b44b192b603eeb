"""What must hold of the content, one check a file.

In: a Ledger, or the rendered site. Out: findings, and for every check how many items it looked at. A check names what
it looks at (`items`) and what is wrong with one of them (`check`), so that the count is not its own to state.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from ledger.checks import (
    arxiv_after_issued,
    bad_identifier,
    broken_link,
    chain_without_origin,
    claim_without_evidence,
    dates_out_of_order,
    derivation_loop,
    duplicate_anchor,
    duplicate_letter,
    duplicate_part,
    duplicate_source,
    empty_ledger,
    former_id,
    group_without_members,
    home_page_source,
    markup_limit,
    missing_site,
    orphan,
    position_name,
    question_mark,
    quote_ambiguous,
    quote_cuts_word,
    quote_not_found,
    quote_too_short,
    rating_divergence,
    raw_html,
    reference_to_draft,
    reference_to_withdrawn,
    self_reference,
    snapshot_hash,
    stance_without_source,
    stray_snapshot,
    too_few_positions,
    unknown_editor,
    unknown_id,
    unnamed_author,
    unsafe_link,
    unsupported_markup,
    unsupported_position,
    unused_exception,
    wrong_kind,
)
from ledger.checks.rendered import RenderedSite
from ledger.diagnostics import Diagnostic, Level, as_row
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import CheckException


class Check(Protocol):
    """What a check's module offers."""

    ID: str
    LEVEL: Level

    def items(self, ledger: Any, /) -> Iterable[Any]:
        """Everything it looks at."""

    def check(self, ledger: Any, item: Any, /) -> Iterator[Diagnostic]:
        """What is wrong with one item."""


CHECKS: tuple[Check, ...] = (
    missing_site,
    empty_ledger,
    unknown_id,
    wrong_kind,
    self_reference,
    former_id,
    reference_to_draft,
    reference_to_withdrawn,
    duplicate_part,
    unknown_editor,
    position_name,
    duplicate_letter,
    too_few_positions,
    unsupported_position,
    question_mark,
    claim_without_evidence,
    orphan,
    derivation_loop,
    chain_without_origin,
    rating_divergence,
    bad_identifier,
    arxiv_after_issued,
    duplicate_source,
    home_page_source,
    unnamed_author,
    group_without_members,
    stance_without_source,
    dates_out_of_order,
    stray_snapshot,
    snapshot_hash,
    quote_not_found,
    quote_ambiguous,
    quote_too_short,
    quote_cuts_word,
    unsafe_link,
    markup_limit,
    raw_html,
    unsupported_markup,
)
"""The checks of the content, in the order of the report."""
SITE_CHECKS: tuple[Check, ...] = (broken_link, duplicate_anchor)
"""The checks of the rendered site, before it is published."""
NEVER_EXCUSED = frozenset(
    check.ID
    for check in (
        missing_site,
        empty_ledger,
        unknown_id,
        wrong_kind,
        reference_to_draft,
        duplicate_part,
        position_name,
        duplicate_letter,
        unnamed_author,
        stray_snapshot,
        snapshot_hash,
        unsafe_link,
        markup_limit,
        broken_link,
        duplicate_anchor,
    )
)
"""Checks that the pages rely on: no exception excuses a record from them."""


@dataclass(frozen=True, slots=True)
class Examined:
    """How many items a check looked at; None when it did not run, since files were missing from the picture."""

    check: str
    items: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks found, what each looked at, and what was excused by a record's own `exceptions`."""

    problems: tuple[Diagnostic, ...]
    examined: tuple[Examined, ...]
    excused: tuple[tuple[Diagnostic, CheckException], ...] = ()


def run(ledger: Ledger) -> Findings:
    """Run every check of the content and take out what a record's exceptions excuse."""
    found = _run(CHECKS, ledger, whole=not ledger.failed)
    excused = [(d, excuse) for d in found.problems if (excuse := _excuse(ledger, d))]
    taken = {id(d) for d, _ in excused}
    left = [d for d in found.problems if id(d) not in taken]
    known = {check.ID for check in CHECKS} - NEVER_EXCUSED
    used = {(d.span.path, excuse.check) for d, excuse in excused}
    unused, count = unused_exception.find(ledger, used, known)
    return Findings((*left, *unused), (*found.examined, Examined(unused_exception.ID, count)), tuple(excused))


def run_on_site(site: RenderedSite) -> Findings:
    """Run every check of the rendered site."""
    return _run(SITE_CHECKS, site, whole=True)


def of_ledger(ledger: Ledger) -> dict[str, Any]:
    """What `run` finds, as plain values."""
    return _plain(run(ledger))


def of_site(site: RenderedSite) -> dict[str, Any]:
    """What `run_on_site` finds, as plain values."""
    return _plain(run_on_site(site))


def _plain(found: Findings) -> dict[str, Any]:
    return {
        "problems": [as_row(problem) for problem in found.problems],
        "examined": {one.check: one.items for one in found.examined},
        "excused": [[as_row(d), excuse.why, str(excuse.until or "")] for d, excuse in found.excused],
    }


def _run(checks: tuple[Check, ...], subject: Ledger | RenderedSite, *, whole: bool) -> Findings:
    problems: list[Diagnostic] = []
    examined = []
    for check in checks:
        if not whole and getattr(check, "NEEDS_EVERY_FILE", False):
            examined.append(Examined(check.ID, None))
            continue
        items = list(check.items(subject))
        examined.append(Examined(check.ID, len(items)))
        for item in items:
            problems += check.check(subject, item)
    return Findings(tuple(problems), tuple(examined))


def _excuse(ledger: Ledger, problem: Diagnostic) -> CheckException | None:
    record = _record_at(ledger, problem.span.path)
    excuses: tuple[CheckException, ...] = record.fields.exceptions if record else ()
    fitting = (
        e for e in excuses if e.check == problem.check not in NEVER_EXCUSED and unused_exception.in_force(ledger, e)
    )
    return next(fitting, None)


def _record_at(ledger: Ledger, path: str) -> Record | None:
    record = ledger.records.get(path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return record if record and record.path == path else None
