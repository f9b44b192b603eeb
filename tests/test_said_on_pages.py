"""What readers are told where they read: that a review is due, and that a person's stances do not go together."""

import pytest
from making import SITE, SOURCE, ledger_of, seen_from

from ledger import urls
from ledger.records import Controversy, Proponent
from ledger.views.controversy import view_controversy
from ledger.views.others import view_proponent

DISPUTE = "title: C\nquestion: So?\nstatus: active\nadded: 2025-01-01\n"


def controversy(more: str, *, site: str = SITE, as_of: str = "2026-01-01") -> str:
    """What its page says of a review, in a ledger whose newest date is a given one."""
    ledger = ledger_of({
        "site.yml": site,
        "sources/s.yml": SOURCE + f"added: {as_of}\n",
        "controversies/c.yml": DISPUTE + more,
    })  # fmt: skip
    record = ledger.record(Controversy, "c")
    return view_controversy(seen_from(ledger, urls.of_record(record)), record).overdue


EVERY = "review_every_days: 90\n"
LATE = "review: {last: 2025-06-01, every_days: 100}\n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (controversy(LATE), "1 June 2025. A review has been due since 10 September 2025."),
        (controversy("review: {last: 2025-06-01}\n"), "due since 29 November 2025"),
        (controversy("review: {last: 2025-06-01}\n", site=SITE + EVERY), "due since 31 August 2025"),
        (controversy("", site=SITE + EVERY), "Nobody has reviewed it as a whole yet."),
        (controversy("review: {last: 2025-12-01, every_days: 100}\n"), ""),
        (controversy(LATE, as_of="2025-09-09"), ""),
        (controversy(LATE, as_of="2025-09-10"), "10 September"),
        (controversy(""), ""),
    ],
)  # fmt: skip
def test_a_review_is_due_by_the_ledgers_own_date(said, expected):
    assert expected in said
    assert bool(said) == bool(expected)


def opposed(*stances: tuple[str, str, str], polarity: str = "multi-axis", relation: str = "") -> tuple[str, ...]:
    """What a proponent's page says of stances: position, stance, date."""
    rows = "".join(
        f"  - {{id: s{at}, position: c-{letter}, stance: {stance}, attested: [{{date: {day}, source: s}}]}}\n"
        for at, (letter, stance, day) in enumerate(stances)
    )
    positions = {
        f"positions/c-{letter}.yml": f"controversy: c\nletter: {letter.upper()}\nlabel: Side {letter}\nstatement: So.\n"
        for letter in "ab"
    }
    positions["positions/c-a.yml"] += relation
    ledger = ledger_of({
        "sources/s.yml": SOURCE,
        "controversies/c.yml": DISPUTE + f"polarity: {polarity}\n",
        "proponents/p.yml": f"name: P\ntype: person\nstances:\n{rows}",
        **positions,
    })  # fmt: skip
    record = ledger.record(Proponent, "p")
    return view_proponent(seen_from(ledger, urls.of_record(record)), record).opposed


A, B = ("a", "holds", "2020-01-01"), ("b", "leans", "2021-01-01")
EXCLUDES = "relations: [{position: c-b, type: excludes}]\n"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            opposed(A, B, polarity="binary"),
            "They hold two positions that exclude each other: “A: Side a” and “B: Side b”.",
        ),
        (
            opposed(A, B, relation=EXCLUDES),
            "They hold two positions that exclude each other: “A: Side a” and “B: Side b”.",
        ),
        (
            opposed(A, ("a", "rejects", "2020-01-01")),
            "They are on record both for “A: Side a” and against it (1 January 2020).",
        ),
        (opposed(A, B), ""),
        (opposed(A, ("a", "rejects", "2021-01-01")), ""),
        (opposed(A, ("a", "left", "2020-06-01"), B, polarity="binary"), ""),
    ],
)
def test_stances_that_do_not_go_together_are_said(said, words):
    assert said == ((words,) if words else ())
