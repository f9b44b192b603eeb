"""The page of the method shows what the code does: its tables are made from it."""

import re

import pytest
from making import ROOT, TEMPLATES, Reader, ledger_of, seen_from
from rating_ledgers import SITE, ledger

from ledger import pages, render, texts
from ledger.analysis.grades import Choices, every_reason
from ledger.analysis.strip import ALTERNATIVES, alternatives
from ledger.analysis.verdicts import LEVELS
from ledger.graph import Ledger
from ledger.rating_words import reason_words
from ledger.views import View
from ledger.views.method import NOTED, view_method

WIDEST = Choices(preprint=1)
"""The choices with which everything steps down that ever does."""


def method(found: Ledger) -> View:
    return view_method(seen_from(found, "method.html"))


def page(found: Ledger) -> str:
    place = next(place for place in pages.site_map(found) if place.url == "method.html")
    return " ".join(Reader(render.render_page(place.make(), TEMPLATES).data.decode()).text.split())


def test_every_reason_for_a_step_down_is_on_the_page_with_its_steps():
    rows = {row.why: (row.steps, row.unless) for _, several in method(ledger({}, [])).reasons for row in several}
    assert set(rows) == {reason_words(*key) for key in every_reason(Choices())}
    assert rows["it argues by analogy"] == ("two", "")
    assert rows["it is a calculation from published figures"] == ("one", "none for a prediction")
    assert rows["it is a statement, not a finding"] == ("two", "one for a claim about who said or did what")
    assert rows["it is commentary"][0] == "one or two"
    assert rows["the editor read it only through reporting"] == ("one", "")


def test_every_reason_has_words_and_all_words_are_of_a_reason():
    families = texts.Group("family")
    reasons = {(family, why) for family in families for why in texts.Group(f"grade_{family}")}
    assert set(every_reason(WIDEST)) == reasons
    assert NOTED.keys() <= reasons


def test_the_verdict_follows_from_two_levels():
    view = method(ledger({}, []))
    assert view.others == ("none, or weak evidence only", "limited evidence", "medium evidence", "robust evidence")
    assert dict(view.verdicts) == {
        "robust evidence": ("probably true", "perhaps true", "open", "open"),
        "medium evidence": ("probably true", "perhaps true", "open", ""),
        "limited evidence": ("perhaps true", "open", "", ""),
        "weak evidence only": ("open", "", "", ""),
    }


def test_every_level_says_what_it_takes():
    assert set(texts.Group("level_takes")) == set(texts.Group("level")) == set(LEVELS)
    assert "Weak sources, however many" in page(ledger({}, []))


def test_the_choices_are_those_of_the_strip_and_of_the_site():
    added = {"strip": [{"id": "strict", "says": "five works make medium evidence", "medium": 5}]}
    found = ledger({}, [], site=added)
    shown = method(found).alternatives
    assert shown[: len(ALTERNATIVES)] == tuple(texts.say(f"alternative.{name}") for name, _ in ALTERNATIVES)
    assert shown[-1] == "five works make medium evidence"
    assert len(shown) == len(alternatives(found.settings.strip)) + 1
    assert "five works make medium evidence" in page(found)


@pytest.mark.parametrize(("days", "said"), [(180, ["for 360 days"]), (None, [])])
def test_how_long_a_search_counts_is_said_if_it_lapses(days: int | None, said: list[str]):
    site = SITE if days else {**SITE, "review_every_days": None}
    found = ledger_of({"site.yml": "\n".join(f"{key}: {value}" for key, value in site.items() if value)})
    assert re.findall(r"for \d+ days", page(found)) == said


def test_the_page_leads_to_how_the_ledger_is_made_if_it_says_so():
    told = ledger_of({"pages/method.md": "---\ntitle: How we work\n---\nWe read.\n"})
    assert (method(told).page, method(ledger({}, [])).page) == ("method", "")
    assert "How we work" in page(told)


def test_the_page_can_be_read_in_a_few_minutes():
    assert len(page(ledger({}, [])).split()) < 1200


def test_the_document_of_the_method_says_the_same():
    text = (ROOT / "docs/method.md").read_text(encoding="utf-8")
    assert all(f"| {level} |" in text for level in LEVELS)
