"""An exception in a record names a check that exists, is still in force, and excuses something."""

from collections.abc import Set as AbstractSet

from ledger.diagnostics import Diagnostic, Level, did_you_mean
from ledger.graph import Ledger
from ledger.records import CheckException

ID = "unused-exception"
LEVEL = Level.WARNING


def in_force(ledger: Ledger, excuse: CheckException) -> bool:
    """Whether the exception has not run out on the ledger's own date."""
    return excuse.until is None or ledger.as_of is None or excuse.until.latest >= ledger.as_of


def find(ledger: Ledger, used: AbstractSet[tuple[str, str]], known: AbstractSet[str]) -> tuple[list[Diagnostic], int]:
    """Exceptions that excuse nothing, given those that did by path and check; and how many there are in all.

    It runs after the other checks, since only they tell what was excused.
    """
    found, count = [], 0
    for record in ledger.records.values():
        for at, excuse in enumerate(record.fields.exceptions):
            count += 1
            if (record.path, excuse.check) not in used:
                message, hint = _why(ledger, excuse, known)
                span = record.document.span(("exceptions", at, "check"))
                found.append(Diagnostic(span, LEVEL, ID, message, hint))
    return found, count


def _why(ledger: Ledger, excuse: CheckException, known: AbstractSet[str]) -> tuple[str, str]:
    if excuse.check not in known:
        hint = did_you_mean(excuse.check, known) or f"checks that can be excused: {', '.join(sorted(known))}"
        return f"'{excuse.check}' is not a check that can be excused", hint
    if not in_force(ledger, excuse):
        return f"the exception from '{excuse.check}' ended {excuse.until}", "renew it or solve the problem"
    return f"the record does not break '{excuse.check}'", "remove the exception"
