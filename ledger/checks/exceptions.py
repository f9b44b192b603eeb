"""A record's exceptions: which findings they excuse, and which of them excuse nothing.

In: the Ledger, a record and what was found wrong with it. Out: the exception that excuses a finding; findings.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from ledger.diagnostics import Diagnostic, Level, did_you_mean
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import CheckException

ID = "unused-exception"
"""An exception in a record names a check that exists, is still in force, and excuses something."""


def in_force(ledger: Ledger, excuse: CheckException) -> bool:
    """Whether the exception has not run out on the ledger's own date."""
    return excuse.until is None or ledger.as_of is None or excuse.until.latest >= ledger.as_of


def excuse_from(ledger: Ledger, record: Record[Any], check: str) -> CheckException | None:
    """The record's exception from a check, if it is in force."""
    exceptions: tuple[CheckException, ...] = record.fields.exceptions
    return next((one for one in exceptions if one.check == check and in_force(ledger, one)), None)


def unused(
    ledger: Ledger, record: Record[Any], used: AbstractSet[str], known: AbstractSet[str]
) -> tuple[Diagnostic, ...]:
    """The record's exceptions that excuse nothing, given the checks that they do excuse from and those that can be.

    It comes after the other checks, since only they tell what was excused.
    """
    found = []
    for at, excuse in enumerate(record.fields.exceptions):
        if excuse.check not in used:
            message, hint = _why(ledger, excuse, known)
            span = record.span("exceptions", at, "check")
            found.append(Diagnostic(span, Level.WARNING, ID, message, hint))
    return tuple(found)


def _why(ledger: Ledger, excuse: CheckException, known: AbstractSet[str]) -> tuple[str, str]:
    if excuse.check not in known:
        hint = did_you_mean(excuse.check, known) or f"checks that can be excused: {', '.join(sorted(known))}"
        return f"'{excuse.check}' is not a check that can be excused", hint
    if not in_force(ledger, excuse):
        return f"the exception from '{excuse.check}' ended {excuse.until}", "renew it or solve the problem"
    return f"the record does not break '{excuse.check}'", "remove the exception"
