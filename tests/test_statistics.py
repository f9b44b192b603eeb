"""The statistics: what the verdicts are, how far to trust them, where they part from the editors, what is thin."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from making import CLAIM, SMALL, SOURCE, TEMPLATES, Reader, ledger_at, ledger_of, seen_from
from rating_ledgers import LOOKED, item, ledger, source

from ledger import pages, render, texts, urls
from ledger.analysis import analyse
from ledger.analysis.agreement import Agreement, kappa
from ledger.analysis.ratings import ShortRating
from ledger.analysis.strip import ChoiceEffects, Effect, Group, Mark, steadiness_in
from ledger.graph import Ledger
from ledger.views import View
from ledger.views.statistics import view_statistics

RATED = (
    "assessments: [{rating: low, by: ann, date: 2020-05-02, why: W.}, {rating: high, by: ann, date: 2021, why: W.}]\n"
)
P3 = {id_: source() for id_ in ("p0", "p1", "p2")}


def claim(*cited: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    evidence = [{"id": f"e{at}", **one} for at, one in enumerate(cited, 1)]
    return {"statement": "It.", "type": "empirical", "evidence": evidence, **fields}


def rated(rating: str, **more: str) -> list[dict[str, str]]:
    return [{"rating": rating, "by": "ed", "date": "2026-01-11", "why": "W.", **more}]


def with_claims(**claims: Mapping[str, Any]) -> Ledger:
    """A ledger of these claims and of `k`, which has no evidence."""
    return ledger(P3, [], more={f"claims/{id_}.yml": fields for id_, fields in claims.items()})


def statistics(found: Ledger) -> View:
    return view_statistics(seen_from(found, urls.STATISTICS))


def page(found: Ledger, address: str) -> Reader:
    place = next(place for place in pages.site_map(found) if place.url == address)
    return Reader(render.render_page(place.make(), TEMPLATES).data.decode())


# What is in the ledger


def figures(files: dict[str, str]) -> dict[str, dict[str, str]]:
    view = statistics(ledger_of(files))
    return {chart.id: {row[0]: row[-1] for row in chart.table.rows if row[-1] != "0"} for chart in view.charts}


def test_exact_words_and_searches_are_counted():
    searches = [{**LOOKED, "side": "for"}, LOOKED]
    quoted = {**item("p0"), "quote": "It moves by a foot every year"}
    found = statistics(with_claims(a=claim(item("p0"), quoted, searches=searches), b=claim(searches=[LOOKED])))
    counted = {chart.id: {row[0]: row[-1] for row in chart.table.rows if row[-1] != "0"} for chart in found.charts}
    assert counted["words"] == {"quoted, but not compared with a text": "1", "no exact words": "1"}
    assert counted["searches"] == {"for and against it": "1", "only evidence against it": "1", "neither side": "1"}


def test_sources_are_counted_by_tier_and_by_year():
    files = {f"sources/s{n}.yml": SOURCE.replace("1999", day) for n, day in enumerate(("1999", "1999-05", "../2001"))}
    found = figures(files)
    assert found["tiers"] == {"reporting": "3"}
    assert found["years"] == {"1999": "2", "2001": "1"}


def test_the_oldest_years_share_a_bar():
    files = {f"sources/s{year}.yml": SOURCE.replace("1999", str(year)) for year in range(1950, 1975)}
    rows = list(figures(files)["years"].items())
    assert rows[0] == ("1974", "1")
    assert rows[-1] == ("1954 and before", "5")
    assert sum(int(count) for _, count in rows) == 25


def test_every_chart_has_its_figures_in_a_table_and_says_what_it_shows():
    view = statistics(ledger_at(SMALL))
    for chart in (*view.verdicts, *view.charts):
        drawn = [int(count) for count in re.findall(r'chart-count">(\d+)<', chart.drawing)]
        assert drawn == [sum(int(cell) for cell in row[1:]) for row in chart.table.rows]
        assert texts.say(f"chart_note.{chart.id}")


# The verdicts


def chart(view: View, id_: str) -> dict[str, tuple[str, ...]]:
    """The rows of a chart's table that are not all zeros."""
    table = next(one.table for one in view.verdicts if one.id == id_)
    return {row[0]: row[1:] for row in table.rows if set(row[1:]) != {"0"}}


VERDICTS = with_claims(
    searched=claim(*map(item, P3), searches=[LOOKED]),
    unsearched=claim(*map(item, P3)),
    forecast=claim(*map(item, P3), type="predictive", searches=[LOOKED]),
    word=claim(item("p0"), type="definitional"),
)


def test_claims_count_by_verdict_the_ranges_by_name_and_what_has_none_by_why():
    assert chart(statistics(VERDICTS), "verdicts") == {
        "probably true": ("1", "0", "0", "0", "0"),
        "perhaps true": ("0", "1", "0", "0", "0"),
        "perhaps true or probably true": ("1", "0", "0", "0", "0"),
        "not rated: no evidence": ("1", "0", "0", "0", "0"),
        "not rated: words or values": ("0", "0", "1", "0", "0"),
    }


def test_how_much_there_is_to_weigh_is_told_apart_by_verdict():
    thin = with_claims(thin=claim(item("p0"), searches=[LOOKED]), solid=claim(*map(item, P3), searches=[LOOKED]))
    assert chart(statistics(thin), "solidity") == {
        "strong evidence": ("1", "0", "0", "0", "0"),
        "little evidence": ("0", "1", "0", "0", "0"),
    }


def test_claims_count_by_their_newest_rating_and_records_that_stand():
    gone = "withdrawn: {date: 2021-03-01, why: Wrong.}\n"
    files = {"claims/x.yml": CLAIM + RATED, "claims/y.yml": CLAIM, "claims/z.yml": CLAIM + gone}
    view = statistics(ledger_of(files))
    assert chart(view, "ratings") == {"perhaps true": ("1", "0", "0", "0", "0"), "not rated": ("1", "0", "0", "0", "0")}
    assert view.withdrawn == 1


def test_both_charts_of_verdicts_have_one_scale():
    computed, editors, _ = statistics(
        with_claims(
            **{name: claim(item("p0"), searches=[LOOKED], assessments=rated("medium")) for name in "ab"},
            c=claim(*map(item, P3), searches=[LOOKED], assessments=rated("medium")),
        )
    ).verdicts
    widest = [
        max(re.findall(r'chart-bar"[^>]* width="([\d.]+)', one.drawing), key=float) for one in (computed, editors)
    ]
    assert widest == ["66.7", "100.0"]


def test_a_claim_waits_until_the_other_side_has_something_solid_or_somebody_looked():
    found = with_claims(
        one=claim(item("p0")),
        both=claim(item("p0"), item("p1", relation="disputes")),
        looked=claim(item("p0"), searches=[LOOKED]),
    )
    gap = next(gap for gap in statistics(found).gaps if gap.id == "one-sided")
    assert (gap.records, gap.many, gap.of) == (("one",), 1, 3)
    shown = page(found, "statistics.html")
    assert "1 of 3 claims with a verdict waits for a search" in shown.text
    assert "claims/one.html" in shown.links


# How much they depend on choices


def mark(alternative: str, effect: Effect, without: str | None = None) -> Mark:
    return Mark(alternative, without, None, None, effect)


FOR, AGAINST, OPEN = (
    ShortRating("perhaps-true", None, "for", None),
    ShortRating("perhaps-false", None, "against", None),
    ShortRating("open", None, "open", None),
)


def test_the_strips_of_all_claims_together():
    found = steadiness_in(
        [
            (
                FOR,
                [mark("x", "keeps"), mark("y", "opens"), mark("without", "keeps", "p"), mark("without", "opens", "q")],
            ),
            (AGAINST, [mark("x", "flips"), mark("y", "keeps")]),
            (AGAINST, [mark("x", "keeps"), mark("y", "keeps")]),
            (OPEN, [mark("x", "tips"), mark("y", "keeps")]),
            (OPEN, []),
        ]
    )
    assert found.on_a_side == Group(claims=3, steady=1, effects={"flips": 1, "opens": 2, "keeps": 5})
    assert found.on_a_side.alternatives == 8
    assert found.open == Group(claims=1, steady=0, effects={"tips": 1, "keeps": 1})
    assert found.choices == (
        ChoiceEffects("x", {"flips": 1, "tips": 1}),
        ChoiceEffects("without", {"opens": 1}),
        ChoiceEffects("y", {"opens": 1}),
    )


def test_leaving_out_one_work_counts_once_a_claim_by_the_work_that_matters_most():
    marks = [mark("without", effect, "p") for effect in ("opens", "flips", "keeps")]
    assert steadiness_in([(FOR, marks)]).choices == (ChoiceEffects("without", {"flips": 1}),)


def test_the_page_says_how_many_claims_keep_their_side_and_which_choices_do_not():
    found = statistics(with_claims(x=claim(item("p0"), searches=[LOOKED])))
    # one claim that perhaps true by one work: without that work, or without the search, it is open; by thirteen choices
    # and one work left out
    assert found.choices.said == (
        "One claim has a verdict on one side. Under every other choice, none stays there.",
        ("Of the 14 verdicts under other choices, 86% keep the side and 14% leave the claim open."),
    )
    assert found.choices.table
    assert found.choices.table.rows == (
        ("searches are ignored", "0", "1", "0"),
        ("one source is left out, with all that is tied to it", "0", "1", "0"),
    )


def test_without_a_verdict_there_is_nothing_to_choose():
    found = statistics(with_claims())
    assert (found.choices.said, found.choices.table) == (("No claim has a verdict yet.",), None)
    assert (found.agreement.said, found.agreement.table) == (("No claim has both ratings yet.",), None)


# How far rules and editors agree


def kappa_of(pairs):
    return kappa(pairs, lambda one, other: (one - other) ** 2)


def test_kappa_worked_out_by_hand():
    pairs = {(4, 4): 2, (3, 4): 1, (2, 2): 1, (1, 3): 1}
    # found: 0 + 1 + 0 + 2² = 5, over 5 claims. By chance, each of the editors' (4, 4, 3, 2, 1) against each of the
    # computed (4, 4, 4, 2, 3): for 4 twice 0+0+0+4+1, for 3 1+1+1+1+0, for 2 4+4+4+0+1, for 1 9+9+9+1+4; 59 over 25
    assert kappa_of(pairs) == 1 - Fraction(5, 5) / Fraction(59, 25) == Fraction(34, 59)


def test_kappa_is_one_where_all_agree_nought_by_chance_and_below_where_they_contradict():
    assert kappa_of({(0, 0): 3, (4, 4): 1}) == 1
    assert kappa_of({(0, 0): 1, (0, 4): 1, (4, 0): 1, (4, 4): 1}) == 0
    assert kappa_of({(0, 4): 1, (4, 0): 1}) == -1
    assert kappa_of({(3, 3): 7}) is None
    assert kappa_of({}) is None


def test_of_values_in_no_order_counts_whether_they_are_the_same():
    # 8 of 10 are the same; by chance 6·8 + 4·2 of 100 would be
    pairs = {("direct", "direct"): 6, ("indirect", "indirect"): 2, ("indirect", "direct"): 2}
    assert kappa(pairs) == (Fraction(80, 100) - Fraction(56, 100)) / (1 - Fraction(56, 100))


def test_two_readings_of_a_sample_stand_on_the_page_with_their_kappa():
    pairs = [
        {"first": "direct", "second": "direct", "items": 6},
        {"first": "indirect", "second": "indirect", "items": 2},
    ]
    apart = {"first": "indirect", "second": "direct", "items": 2}
    fields = [
        {"field": "directness", "pairs": [*pairs, apart], "both_differ": 1},
        {"field": "relation", "pairs": pairs[:1]},
    ]
    readings = [{"date": "2001-02-03", "drawn": "Ten at random.", "fields": fields}]
    said = " ".join(page(ledger(P3, [], site={"readings": readings}), urls.STATISTICS).text.split())
    assert "3 February 2001 Ten at random. How directly it says it: the two readings agree on 8 of 10 items" in said
    assert "10 items (kappa 0.55). On 1, both differed from the record." in said
    assert "What the item says of the claim: the two readings agree on 6 of 6 items. On 0, both" in said


def test_of_a_range_counts_the_verdict_nearest_to_the_editors():
    found = analyse(
        with_claims(
            within=claim(*map(item, P3), assessments=rated("very-high")),
            below=claim(*map(item, P3), assessments=rated("low")),
            one=claim(*map(item, P3), searches=[LOOKED], assessments=rated("medium")),
            unrated=claim(*map(item, P3)),
            bare=claim(assessments=rated("high")),
        )
    ).agreement
    assert found == Agreement(((1, 3, 1), (2, 4, 1), (4, 4, 1)), kappa_of({(1, 3): 1, (2, 4): 1, (4, 4): 1}))
    assert [found.apart(steps) for steps in range(4)] == [1, 0, 2, 0]


def test_the_page_says_how_often_they_agree_and_shows_which_verdicts_met():
    found = statistics(
        with_claims(
            same=claim(*map(item, P3), searches=[LOOKED], assessments=rated("very-high")),
            near=claim(*map(item, P3), searches=[LOOKED], assessments=rated("high")),
        )
    ).agreement
    assert found.said[0].startswith("2 claims have both a verdict and a rating by the editors. On 1 (50")
    assert found.table
    assert found.table.rows[:2] == (
        ("probably true", "1", "0", "0", "0", "0"),
        ("perhaps true", "1", "0", "0", "0", "0"),
    )


# The way on


def test_the_statistics_lead_to_the_method():
    assert "method.html" in page(with_claims(), "statistics.html").links
