"""The computed rating: fixtures computed by hand, to the last digit, and what must hold of every rating."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT, SITE, ledger_of, load

from ledger.analysis import analyse
from ledger.analysis.ratings import (
    BANDS,
    NO_EVIDENCE_QUESTION,
    NOT_SEARCHED,
    UNRATED,
    Rating,
    Weighed,
    agreement_axis,
    combine,
    evidence_axis,
    match,
    plain,
)
from ledger.loading import site_fields
from ledger.records import Profile

Fields = dict[str, str]
SEARCH = "searches:\n  - {date: 2024-05-01, by: ann, for: the other side, where: [the archive], found: 0}\n"


def source(derived: str = "[]", **fields: str) -> str:
    """A source; first-hand unless it takes from others or the fields say otherwise."""
    given = {"tier": "peer-reviewed", "first_hand": "true" if derived == "[]" else "false", **fields}
    lines = "".join(f"{name}: {value}\n" for name, value in given.items())
    return f"type: report\ntitle: S\nauthors: unknown\nissued: 1999\nderived_from: {derived}\n{lines}"


def takes_from(*sources: str) -> str:
    return "[" + ", ".join(f"{{source: {id_}, how: reviews}}" for id_ in sources) + "]"


def item(cited: str, relation: str = "supports", **fields: str) -> Fields:
    """An item that weighs in full unless the fields take something from it."""
    full = {"consulted": "full-text", "directness": "direct", "basis": "empirical"}
    return {"source": cited, "relation": relation, "shows": "It.", **full, **fields}


def rated(
    sources: dict[str, str], items: list[Fields], more: str = SEARCH, *, claim: str = "empirical", site: str = SITE
) -> Rating:
    """The rating of a claim with these items, searched against unless `more` says otherwise."""
    written = "".join(
        "  - " + "\n    ".join(f"{name}: {value}" for name, value in {"id": f"e{at}", **fields}.items()) + "\n"
        for at, fields in enumerate(items, 1)
    )
    evidence = f"evidence:\n{written}" if items else ""
    files = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    ledger = ledger_of(
        {
            "site.yml": site,
            **files,
            "claims/x.yml": f"statement: It moves.\ntype: {claim}\nadded: 2024-05-01\n{evidence}{more}",
        }
    )
    return analyse(ledger).ratings["x"]


ONE, TWO, THREE = ({f"s{n}": source() for n in range(1, most + 1)} for most in (1, 2, 3))


def all_of(sources: dict[str, str], **fields: str) -> list[Fields]:
    return [item(id_, **fields) for id_ in sources]


# What an item weighs


@pytest.mark.parametrize(
    ("tier", "fields", "weight"),
    [
        ("peer-reviewed", {}, "1"),
        ("preprint", {"consulted": "abstract"}, "0.56"),
        ("preprint", {"consulted": "notes", "directness": "indirect"}, "0.28"),
        ("dataset", {"consulted": "excerpt", "directness": "analogy"}, "0.18"),
        ("commentary", {"basis": "opinion", "consulted": "coverage"}, "0.15"),
        ("peer-reviewed", {"basis": "opinion"}, "0.25"),
        ("commentary", {"basis": "empirical"}, "0.25"),
        ("social", {"basis": "statement", "consulted": "memory"}, "0.03"),
        ("synthesis", {"quote": "Ten words"}, "0.64"),
        ("reporting", {"about_rival": "x"}, "0.25"),
    ],
)
def test_the_weight_is_the_product_of_its_factors(tier: str, fields: Fields, weight: str):
    [step] = rated({"s": source(tier=tier)}, [item("s", **fields)]).steps
    assert plain(step.weight) == weight


def test_what_nobody_said_lies_between_direct_and_indirect():
    bare = {"source": "s", "relation": "supports", "shows": "It.", "consulted": "full-text"}
    assert plain(rated({"s": source()}, [bare]).weight_for) == "0.75"


def test_an_item_without_a_first_hand_origin_weighs_half():
    [step] = rated({"s": source("unknown")}, [item("s")]).steps
    assert [(factor.name, plain(factor.weight)) for factor in step.factors] == [
        ("tier", "1"),
        ("directness", "1"),
        ("consulted", "1"),
        ("untraced", "0.5"),
    ]
    assert plain(step.weight) == "0.5"


def test_a_first_hand_statement_proves_what_was_said():
    said = source(tier="social")
    assert plain(rated({"s": said}, [item("s", basis="statement")], claim="historical").weight_for) == "1"
    assert plain(rated({"s": said}, [item("s", basis="statement")], claim="empirical").weight_for) == "0.1"


def test_what_qualifies_or_mentions_weighs_nothing_and_is_shown():
    steps = rated(TWO, [item("s1", "qualifies"), item("s2", "mentions")]).steps
    assert [(step.item, step.side, step.weight, step.reason) for step in steps] == [
        ("e1", None, 0, "no side"),
        ("e2", None, 0, "no side"),
    ]


# What counts


def test_a_second_report_of_the_same_origin_does_not_count():
    sources = {"paper": source(), "news": source(takes_from("paper"), tier="reporting")}
    found = rated(sources, [item("news"), item("paper")])
    assert [(step.item, step.reason, step.origin) for step in found.steps] == [
        ("e1", "origin counted already", None),
        ("e2", "counts", "paper"),
    ]
    assert (plain(found.weight_for), found.origins, found.computed) == ("1", 1, "low")


def test_one_origin_may_count_on_both_sides():
    found = rated(ONE, [item("s1"), item("s1", "disputes", directness="indirect")])
    assert (plain(found.weight_for), plain(found.weight_against), found.origins) == ("1", "0.5", 1)


def test_a_review_moves_aside_for_a_paper_that_it_reviews():
    """The review weighs more and comes first; with two papers behind it there is room for one of them as well."""
    sources = {**TWO, "review": source(takes_from("s1", "s2"))}
    found = rated(sources, [item("review"), item("s1", consulted="abstract"), item("s2", consulted="memory")])
    assert [(step.item, step.origin) for step in found.steps] == [("e1", "s2"), ("e2", "s1"), ("e3", None)]
    assert (plain(found.weight_for), found.origins) == ("1.8", 2)


def test_a_review_that_is_reported_twice_is_one_voice():
    """Two papers stand behind all three items, but the reports bring nothing that the review does not."""
    sources = {**TWO, "review": source(takes_from("s1", "s2")), "a": source(takes_from("review"))}
    found = rated({**sources, "b": source(takes_from("review"))}, [item("review"), item("a"), item("b")])
    assert [step.reason for step in found.steps] == ["counts", *["origin counted already"] * 2]
    assert (plain(found.weight_for), found.origins) == ("1", 1)


def test_a_dropped_source_and_what_rests_on_it_alone_do_not_count():
    sources = {"bad": source(status="retracted"), "news": source(takes_from("bad")), "good": source()}
    found = rated(sources, [item("bad"), item("news"), item("good")])
    assert [step.reason for step in found.steps] == ["source dropped", "origin dropped", "counts"]
    assert plain(found.total) == "1"


# From weights to words, by hand


def test_three_papers_and_a_search_against_them_are_very_high():
    found = rated(THREE, all_of(THREE))
    assert (plain(found.weight_for), found.origins, found.evidence, found.agreement) == ("3", 3, "robust", "high")
    assert (found.computed, found.direction) == ("very high", "for")


def test_without_the_search_nobody_looked():
    found = rated(THREE, all_of(THREE), "")
    assert (found.computed, found.band) == (NOT_SEARCHED, None)
    assert (found.evidence, found.agreement, found.direction) == ("robust", "not assessed", "for")


@pytest.mark.parametrize(("day", "computed"), [("2023-11-03", "very high"), ("2023-11-02", NOT_SEARCHED)])
def test_a_search_stands_for_two_review_periods(day: str, computed: str):
    """The newest date of the content is 2024-05-01; 180 days before it is 2023-11-03."""
    site = f"{SITE}review_every_days: 90\n"
    found = rated(THREE, all_of(THREE), SEARCH.replace("2024-05-01", day), site=site)
    assert found.computed == computed


def test_two_sides():
    """For: 0.7 × 1 × 0.8 = 0.56. Against: 1 × 1 × 0.8 + 0.5 × 0.5 × 0.6 = 0.95, less than twice 0.56: they agree
    little. Together 1.51 from three origins: medium evidence. Medium and low meet at low."""
    sources = {"a": source(tier="preprint"), "b": source(), "c": source(tier="reporting")}
    items = [
        item("a", consulted="abstract"),
        item("b", "disputes", consulted="notes"),
        item("c", "disputes", directness="indirect", consulted="coverage"),
    ]
    found = rated(sources, items, "")
    assert (plain(found.weight_for), plain(found.weight_against), plain(found.total)) == ("0.56", "0.95", "1.51")
    assert (found.origins, found.evidence, found.agreement) == (3, "medium", "low")
    assert (found.computed, found.direction) == ("low", "split")


def test_what_counts_may_speak_against_the_claim():
    found = rated(THREE, all_of(THREE, relation="disputes"))
    assert (found.computed, found.direction) == ("very high", "against")


def test_one_origin_is_capped():
    found = rated(ONE, all_of(ONE))
    assert (found.evidence, found.agreement, found.uncapped, found.computed) == ("limited", "high", "medium", "low")


@pytest.mark.parametrize("claim", ["definitional", "normative"])
def test_what_evidence_does_not_settle_has_axes_and_no_band(claim: str):
    found = rated(THREE, all_of(THREE), claim=claim)
    assert (found.computed, found.band, found.evidence) == (NO_EVIDENCE_QUESTION, None, "robust")


def test_no_items_are_unrated():
    found = rated({}, [])
    assert (found.computed, found.band, found.evidence, found.agreement, found.direction) == (UNRATED, *[None] * 4)


@pytest.mark.parametrize(
    ("total", "origins", "axis"),
    [
        ("0.99", 9, "limited"),
        ("1", 1, "limited"),
        ("1", 2, "medium"),
        ("2", 2, "medium"),
        ("1.99", 3, "medium"),
        ("2", 3, "robust"),
    ],
)
def test_where_the_evidence_axis_turns(total: str, origins: int, axis: str):
    assert evidence_axis(Profile(), Decimal(total), origins) == axis


@pytest.mark.parametrize(
    ("one", "other", "axis"),
    [("1", "1", "low"), ("1.99", "1", "low"), ("2", "1", "medium"), ("1", "4.99", "medium"), ("1", "5", "high")],
)
def test_where_the_agreement_axis_turns(one: str, other: str, axis: str):
    assert agreement_axis(Profile(), Decimal(one), Decimal(other), searched=False) == axis


def test_the_axes_meet_as_in_the_guidance_note():
    assert [[combine(e, a) for a in ("low", "medium", "high")] for e in ("limited", "medium", "robust")] == [
        list(BANDS[at : at + 3]) for at in range(3)
    ]


# Divergence


def editors(rating: str, because: str = "") -> str:
    reason = f"    diverges_because: {because}\n" if because else ""
    return f"{SEARCH}assessments:\n  - rating: {rating}\n    by: ann\n    date: 2024-05-01\n    why: So.\n{reason}"


@pytest.mark.parametrize(
    ("rating", "steps"), [("very-high", None), ("high", None), ("medium", 2), ("low", 3), ("very-low", 4)]
)
def test_two_bands_apart_are_a_divergence(rating: str, steps: int | None):
    found = rated(THREE, all_of(THREE), editors(rating)).divergence
    assert (found.steps if found else None) == steps


@pytest.mark.parametrize(("rating", "found"), [("very-low", None), ("low", None), ("medium", (0, "We were there."))])
def test_against_the_claim_an_editor_diverges_from_medium_on(rating: str, found: tuple[int, str] | None):
    apart = rated(THREE, all_of(THREE, relation="disputes"), editors(rating, "We were there.")).divergence
    assert ((apart.steps, apart.because) if apart else None) == found


def test_without_a_band_nothing_diverges():
    assert rated(THREE, all_of(THREE), editors("very-low").removeprefix(SEARCH)).divergence is None


# What holds of every rating


WORDS: dict[str, tuple[str, ...]] = {
    "relation": ("supports", "disputes", "qualifies"),
    "consulted": ("full-text", "abstract", "coverage", "memory"),
    "directness": ("direct", "indirect", "analogy"),
    "basis": ("empirical", "reporting", "opinion", "anecdote"),
}
PAPERS = {
    **{f"p{n}": source(tier=tier) for n, tier in enumerate(("peer-reviewed", "preprint", "social"))},
    "r": source(takes_from("p0", "p1"), tier="synthesis"),
    "t": source(takes_from("p1", "p2"), tier="commentary"),
    "news": source(takes_from("p0"), tier="reporting"),
    "u": source("unknown", tier="reporting"),
}
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"source": st.sampled_from(sorted(PAPERS)), **{name: st.sampled_from(words) for name, words in WORDS.items()}}
    ).map(lambda fields: item(fields.pop("source"), **fields)),
    max_size=6,
)
PROPERTY = settings(deadline=None)


def outcome(rating: Rating) -> tuple[Any, ...]:
    return rating.computed, rating.direction, rating.weight_for, rating.weight_against, rating.origins


@PROPERTY
@given(ITEMS, st.data())
def test_another_report_of_an_item_that_counts_changes_nothing(items: list[Fields], data: st.DataObject):
    before = rated(PAPERS, items)
    counting = [step for step in before.steps if step.reason == "counts"]
    if counting:
        step = data.draw(st.sampled_from(counting))
        sources = {**PAPERS, "copy": source(takes_from(step.source), tier="social")}
        side = "supports" if step.side == "for" else "disputes"
        weak = item("copy", side, directness="analogy", consulted="memory", basis="anecdote")
        after = rated(sources, [*items, weak])
        assert (after.weight_for, after.weight_against) == (before.weight_for, before.weight_against)
        assert after.computed == before.computed


@PROPERTY
@given(ITEMS)
def test_an_item_without_weight_changes_nothing(items: list[Fields]):
    site = f"{SITE}profile:\n  basis:\n    anecdote: 0\n"
    new = {**PAPERS, "new": source()}
    zero = item("new", basis="anecdote")
    assert outcome(rated(new, [*items, zero], site=site)) == outcome(rated(new, items, site=site))


@PROPERTY
@given(ITEMS, st.data())
def test_a_stronger_item_never_lowers_its_side(items: list[Fields], data: st.DataObject):
    if items:
        at = data.draw(st.integers(0, len(items) - 1))
        strong = {**items[at], "consulted": "full-text", "directness": "direct", "basis": "empirical"}
        before, after = rated(PAPERS, items), rated(PAPERS, [*items[:at], strong, *items[at + 1 :]])
        if strong["relation"] == "supports":
            assert after.weight_for >= before.weight_for
            assert after.weight_against == before.weight_against
        else:
            assert after.weight_against >= before.weight_against


@PROPERTY
@given(ITEMS, st.sampled_from(sorted(PAPERS)))
def test_a_further_item_never_lowers_its_side(items: list[Fields], cited: str):
    before, after = rated(PAPERS, items), rated(PAPERS, [*items, item(cited)])
    assert after.weight_for >= before.weight_for
    assert after.origins >= before.origins


@PROPERTY
@given(ITEMS, st.randoms(use_true_random=False))
def test_the_order_of_sources_and_items_is_of_no_matter(items: list[Fields], chance: Any):
    shuffled = [*items]
    chance.shuffle(shuffled)
    assert outcome(rated(PAPERS, shuffled)) == outcome(rated(PAPERS, items))


@given(
    st.lists(st.tuples(st.integers(1, 9), st.frozensets(st.sampled_from("abcd"), min_size=1)), max_size=6),
)
def test_the_matching_weighs_as_much_as_the_best_of_all(items: list[tuple[int, frozenset[str]]]):
    weighed = [Weighed(f"e{at}", "for", Decimal(w), tuple(sorted(origins))) for at, (w, origins) in enumerate(items)]
    kept = match(weighed)
    assert len(set(kept.values())) == len(kept)
    voices: dict[tuple[str, ...], Decimal] = {}
    for one in weighed:
        voices[tuple(one.origins)] = max(one.weight, voices.get(tuple(one.origins), Decimal(0)))
    assert sum(one.weight for one in weighed if one.item in kept) == best(list(voices.items()), frozenset())


def best(voices: list[tuple[tuple[str, ...], Decimal]], taken: frozenset[str]) -> Decimal:
    """The most that voices can weigh, one origin each, by trying everything."""
    if not voices:
        return Decimal(0)
    (origins, weight), *rest = voices
    ways = [weight + best(rest, taken | {origin}) for origin in origins if origin not in taken]
    return max([best(rest, taken), *ways])


def test_a_thousand_items_that_all_want_the_same_origins_are_matched():
    weighed = [Weighed(f"e{at:03}", "for", Decimal(1), tuple(f"o{n}" for n in range(at + 1))) for at in range(300)]
    assert len(match(weighed)) == 300


# The profile


def profile_problems(text: str) -> list[tuple[str, str, str]]:
    loaded = load({"site.yml": f"{SITE}profile:\n{text}"})
    return [(problem.check, problem.message, problem.hint) for problem in loaded.problems]


def test_the_profile_of_the_flagship_is_the_default_written_out():
    text = (ROOT / "content/site.yml").read_text(encoding="utf-8")
    written = site_fields(load({"site.yml": text}).site).profile
    assert written == Profile()
    assert written.model_dump(exclude_unset=True) == Profile().model_dump()


def test_what_is_left_out_of_the_profile_has_its_default():
    found = site_fields(load({"site.yml": f"{SITE}profile:\n  tier:\n    social: 0.2\n"}).site).profile
    assert found == Profile.model_validate({"tier": {"social": "0.2"}})
    assert found.tier.preprint == Profile().tier.preprint


def test_a_slip_in_a_key_of_the_profile_is_an_error_with_a_hint():
    assert profile_problems("  tier:\n    peer-reveiwed: 1\n") == [
        ("unknown-field", "there is no field `peer-reveiwed` here", "did you mean 'peer-reviewed'?")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "  rival: 1.01\n",
        "  rival: -0.1\n",
        "  rival: 0.125\n",
        "  evidence:\n    medium_origins: 1.5\n",
        "  evidence:\n    robust_origins: 0\n",
        "  evidence:\n    robust_sum: 0.5\n",
        "  evidence:\n    medium_origins: 4\n",
        "  agreement:\n    high_times: 1.5\n",
    ],
)
def test_a_value_out_of_range_is_an_error(text: str):
    assert [check for check, _, _ in profile_problems(text)] == ["bad-number"]
