"""Figures that sources give, and which of them cannot both be right: the rule of `docs/authoring.md` by its points."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from making import CLAIM, SOURCE, data_of, ledger_of, seen_from

from ledger.analysis import analyse, figures
from ledger.analysis.figures import Figure
from ledger.figure_words import figure_said, in_full, number, times
from ledger.graph import Ledger
from ledger.records import Claim
from ledger.views.numbers import view_numbers

METRES = {"measure": "shift of the bend", "unit": "metres"}


def ledger_with(quantities: Iterable[Mapping[str, Any]], **more: str) -> Ledger:
    """A claim for each quantity, each with a source of its own."""
    records = {}
    for at, quantity in enumerate(quantities):
        item = {"id": "e1", "source": f"s{at}", "relation": "supports", "shows": "A gap.", "consulted": "memory"}
        records[f"claims/k{at}.yml"] = json.dumps(
            {"statement": f"It moves {at}.", "type": "empirical", "evidence": [{**item, "quantity": quantity}]}
        )
        records[f"sources/s{at}.yml"] = SOURCE
    return ledger_of({**records, **more})


def disagree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    ledger = ledger_with(({**METRES, **one}, {**METRES, **other}))
    [*found] = analyse(ledger).conflicts
    assert len(found) <= 1
    return bool(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": 589}, {"value": 593.7}, True),  # 588.5 to 589.5 against 593.65 to 593.75
        ({"value": 589}, {"value": 589.4}, False),  # 589.4 is rounded to 589
        ({"value": "5.10"}, {"value": 5.11}, False),  # 5.095 to 5.105 and 5.105 to 5.115 share 5.105
        ({"value": "5.10"}, {"value": 5.12}, True),
        ({"value": 19, "low": 2, "high": 39}, {"value": -18, "low": -38, "high": 9}, False),  # both allow 2 to 9
        ({"value": 19, "low": 10, "high": 39}, {"value": -18, "low": -38, "high": 9}, True),
        ({"low": 207, "high": 212}, {"value": 131}, True),
        ({"low": 207, "high": 212}, {"value": 212.4}, True),  # the ends of a range are not rounded
        ({"low": 11}, {"value": 4}, True),  # 11 and more
        ({"low": 11}, {"value": 4000}, False),
        ({"high": 7.7}, {"low": 8}, True),  # up to 7.7 against 8 and more
        ({"high": 7.7}, {"value": 3}, False),
        ({"value": 3.7, "low": 3}, {"value": 3.9}, True),  # a value with one end: 3 to 3.7
        ({"value": "2e29"}, {"value": "2.4e29"}, False),  # 1.5e29 to 2.5e29
    ],
)
def test_figures_disagree_where_what_they_allow_does_not_overlap(one: Any, other: Any, expected: Any):
    assert disagree(one, other) is expected
    assert disagree(other, one) is expected


FAR = ({"value": 40}, {"value": 90})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (({}, {"measure": "Shift  of the BEND"}), True),
        (({}, {"measure": "width of the bend"}), False),
        (({}, {"unit": "miles"}), False),
        (({"scope": "the upper bend"}, {"scope": "The upper bend"}), True),
        (({"scope": "the upper bend"}, {"scope": "the lower bend"}), False),
        (({"scope": "the upper bend"}, {}), False),  # what is left out is the same only as what is left out
        (({"as_of": 1998}, {"as_of": 1999}), False),
        (({"as_of": "1998/2001"}, {"as_of": "2001-05"}), True),
        (({"as_of": "1998"}, {}), True),  # a figure without a date holds at any time
        (({"as_of": "../1998"}, {"as_of": "1998-12/.."}), True),
    ],
)
def test_figures_are_compared_only_where_they_are_of_one_thing_at_one_time(more: Any, expected: Any):
    one, other = ({**figure, **own} for figure, own in zip(FAR, more, strict=True))
    assert disagree(one, other) is expected


def test_one_source_does_not_contradict_itself():
    ledger = ledger_of({
        "claims/k.yml": CLAIM + "evidence:\n" + "".join(
            f"  - {{id: e{n}, source: s, relation: supports, shows: A gap., consulted: memory, "
            f"quantity: {{measure: shift, value: {value}}}}}\n"
            for n, value in ((1, 40), (2, 90))
        ),
        "sources/s.yml": SOURCE,
    })  # fmt: skip
    assert analyse(ledger).conflicts == ()


def test_only_the_figures_that_are_contradicted_are_shown_the_lowest_first():
    """40 to 60 fits everything; 41 and 59 do not fit each other."""
    ledger = ledger_with([{**METRES, **one} for one in ({"value": 59}, {"low": 40, "high": 60}, {"value": 41})])
    [conflict] = analyse(ledger).conflicts
    assert [one.item for one in conflict.figures] == ["k2/e1", "k0/e1"]
    assert analyse(ledger).conflicts_of("k1") == ()
    assert analyse(ledger).conflicts_of("k0") == analyse(ledger).conflicts == analyse(ledger).conflicts_of("k2")


@pytest.mark.parametrize("status", ["retracted", "withdrawn"])
def test_a_source_that_fell_contradicts_nobody(status: str):
    quantities = [{**METRES, **one} for one in FAR]
    more = {"sources/s1.yml": SOURCE + f"status: {status}\n"}
    assert analyse(ledger_with(quantities, **more)).conflicts == ()


def test_no_more_than_so_many_figures_of_one_measure_are_compared():
    """Of 300 values that all differ, the first hundred are: 4,950 pairs and no more."""
    found = [
        Figure(f"k{at:03}/e1", f"s{at}", "shift", Decimal(at), None, None, "metres", "", "")
        for at in range(3 * figures.MOST)
    ]
    [conflict] = figures.conflicts_among(found)
    assert len(conflict.figures) == figures.MOST


def test_the_page_and_the_data_say_who_gives_which_number():
    ledger = ledger_with([{**METRES, **one} for one in FAR])
    [shown] = view_numbers(seen_from(ledger, "numbers-in-conflict.html")).conflicts
    assert shown.says == "Shift of the bend: sources give 40 and 90 metres."
    assert [(side.value, side.item.id) for side in shown.sides] == [("40 metres", "k0"), ("90 metres", "k1")]
    [data] = data_of(ledger, "claims/k0.json").values()
    [conflict] = json.loads(data)["conflicts"]
    assert [one["value"] for one in conflict["figures"]] == [40, 90]


def test_further_quantities_of_an_item_are_figures_too():
    item = {"id": "e1", "source": "s", "relation": "supports", "shows": "A gap.", "consulted": "memory"}
    two = {"quantity": {**METRES, "value": 40}, "quantities": [{**METRES, "scope": "upstream", "low": 3}, METRES]}
    claim = {"statement": "It moves.", "type": "empirical", "evidence": [{**item, **two}]}
    ledger = ledger_of({"claims/k.yml": json.dumps(claim), "sources/s.yml": SOURCE})
    fields = ledger.records["k"].fields
    assert [figure_said(one) for one in figures.figures_in("k", fields)] == ["40 metres", "at least 3 metres"]


def test_figures_of_one_measure_name_it_once():
    cost = {"measure": "cost of a task", "unit": "US dollars", "as_of": "2026-09"}
    three = {
        "quantity": {**cost, "value": 3.69, "scope": "A"},
        "quantities": [{**cost, "value": 1.2}, {"measure": "tasks", "value": 20}],
    }
    item = {"id": "e1", "source": "s", "relation": "supports", "shows": "A gap.", "consulted": "memory"}
    claim = {"statement": "It moves.", "type": "empirical", "evidence": [{**item, **three}]}
    ledger = ledger_of({"claims/k.yml": json.dumps(claim), "sources/s.yml": SOURCE})
    [found] = ledger.record(Claim, "k").fields.evidence
    said = "cost of a task: $3.69, September 2026, A; $1.2, September 2026; tasks: 20"
    assert in_full(figures.quantities_of(found)) == said


# In words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("300", "300"),
        ("1000", "1,000"),
        ("-18", "−18"),
        ("5.10", "5.10"),
        ("2e29", "2 × 10²⁹"),
        ("1e20", "10²⁰"),
        ("-2.5e29", "−2.5 × 10²⁹"),
        ("0.05", "0.05"),
        ("0.00000012", "1.2 × 10⁻⁷"),
        ("0", "0"),
    ],
)
def test_numbers_are_written_as_readers_write_them(written: str, words: str):
    assert number(Decimal(written)) == words


@pytest.mark.parametrize(
    ("larger", "smaller", "words"),
    [
        ("300", "36", "8.3"),  # 8.333
        ("593.7", "589", "1.01"),  # 1.00798
        ("192", "20", "9.6"),
        ("500", "0.294", "1,701"),  # 1700.68
        ("36", "0.3", "120"),
        ("2e29", "1", "2 × 10²⁹"),
    ],
)
def test_how_many_times_is_said_the_more_exactly_the_closer_it_is(larger: str, smaller: str, words: str):
    assert times(Decimal(larger), Decimal(smaller)) == words
