"""The page on the method says what the program does: its computed parts are current, its arithmetic right."""

import re
import sys
from decimal import Decimal
from functools import cache

import pytest
from making import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import calibrate

from ledger.graph import Ledger
from ledger.records import Profile

TEXT = calibrate.PAGE.read_text(encoding="utf-8")


@cache
def flagship() -> Ledger:
    return calibrate.flagship()


@pytest.mark.content
def test_the_computed_parts_of_the_page_are_current():
    assert calibrate.with_blocks(TEXT, flagship()) == TEXT


@pytest.mark.content
def test_every_choice_rates_every_claim():
    rows = [re.findall(r"\d+", row.partition("|")[2]) for row in calibrate.distribution(flagship()).split("\n| ")[1:]]
    claims = sum(claim.fields.withdrawn is None for claim in flagship().of_kind("claim"))
    assert {sum(map(int, row[:-1])) for row in (row[-9:] for row in rows)} == {claims}
    assert len(rows) == len(calibrate.CHOICES)


def test_the_worked_example_adds_up():
    """Multiplied and added here again, from the text of the page."""
    [part] = re.findall(r"<!-- calibrated: example -->(.*?)<!-- end -->", TEXT, re.DOTALL)
    sums = {"for": Decimal(0), "against": Decimal(0)}
    for side, product, weight in re.findall(r"\| (for|against) \| [^|]*?: ([0-9. ×]+) = ([0-9.]+) \|", part):
        result = Decimal(1)
        for factor in product.split(" × "):
            result *= Decimal(factor)
        assert result == Decimal(weight)
        sums[side] += result
    assert f"For it: {sums['for'].normalize():f}. Against it: {sums['against'].normalize():f}." in part
    assert sums["for"] >= 5 * sums["against"] > 0
    assert sum(sums.values()) >= 2
    assert "Evidence: robust. Agreement: high. Computed: **very high**, for the claim." in part


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("*medium* from {} and {} origins", ("evidence.medium_sum", "evidence.medium_origins")),
        ("*robust* from {} and {} origins", ("evidence.robust_sum", "evidence.robust_origins")),
        ("What rests on one origin is rated *{}* at most.", ("one_origin_at_most",)),
    ],
)
def test_the_thresholds_in_the_text_are_the_defaults(sentence: str, values: tuple[str, ...]):
    words = {"evidence.medium_origins": {"2": "two"}, "evidence.robust_origins": {"3": "three"}}
    found = []
    for name in values:
        value: object = Profile()
        for step in name.split("."):
            value = getattr(value, step)
        found.append(words.get(name, {}).get(str(value), str(value)))
    assert sentence.format(*found) in TEXT


def test_the_times_in_the_text_are_the_defaults():
    agreement = Profile().agreement
    assert (agreement.medium_times, agreement.high_times, agreement.search_periods) == (2, 5, 2)
    assert "*medium* from twice, *high* from five times" in TEXT
    assert "within two review periods" in TEXT
