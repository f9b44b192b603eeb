"""Verdicts in words: what a reader is told of a computed rating."""

from typing import get_args

import pytest
from rating_ledgers import LOOKED, item, ledger, rating, second_hand, source

from ledger import texts
from ledger.analysis import grades, strip
from ledger.analysis.ratings import Rating, ShortRating
from ledger.analysis.verdicts import LEVELS
from ledger.rating_words import chip_class, counts_words, remarks, strip_words, verdict_words
from ledger.records import Evidence

P3 = {id_: source() for id_ in ("p0", "p1", "p2")}


def of(sources: dict[str, object], *items: dict[str, object], **claim: object) -> Rating:
    return rating(ledger(sources, list(items), **claim))


def said(found: Rating, claim_type: str = "empirical") -> str:
    return " ".join((verdict_words(found) + ".", *remarks(found, claim_type)))


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("probably true.", of(P3, *(item(id_) for id_ in P3), searches=[LOOKED])),
        ("perhaps true or probably true. Nobody has looked for evidence against it.", of(P3, *map(item, P3))),
        (
            "probably false or perhaps false. Nobody has looked for evidence for it.",
            of(P3, *(item(id_, relation="disputes") for id_ in P3)),
        ),
        (
            "open. There is a little solid evidence on each side.",
            of(P3, item("p0"), item("p1", relation="disputes")),
        ),
        ("not rated. No evidence that counts is recorded.", of({})),
    ],
)
def test_a_verdict_in_words(expected: str, found: Rating):
    assert said(found) == expected


def test_a_contested_claim_says_so():
    both = {f"p{n}": source() for n in range(4)}
    items = [item(f"p{n}", relation="supports" if n < 2 else "disputes") for n in range(4)]
    assert said(of(both, *items)) == "open. There is solid evidence on both sides."


def test_what_holds_in_part_is_open_for_that_reason_alone():
    found = of(P3, item("p0"), item("p1", relation="qualifies"), searches=[LOOKED])
    assert said(found) == "open. It holds only in part: some of the evidence limits it."


def test_opinions_alone_are_nothing_solid():
    found = of({"t": source(tier="social")}, item("t", basis="opinion"), searches=[LOOKED])
    assert said(found) == "open. The evidence is too weak to decide anything."


def test_a_weak_side_alone_is_open_even_if_nobody_looked():
    for relation, missing in (("supports", "against it"), ("disputes", "for it")):
        found = of({"t": source(tier="social")}, item("t", relation=relation, basis="opinion"))
        remark = f"Nobody has looked for evidence {missing}."
        assert said(found) == f"open. The evidence is too weak to decide anything. {remark}"


def test_predictions_definitions_and_values_say_why_there_is_no_more():
    held = of(P3, item("p0"), type="predictive", resolution={"condition": "C.", "outcome": "held"})
    assert said(held, "predictive") == "probably true. The prediction came true."
    leans = of(P3, *map(item, P3), type="predictive", searches=[LOOKED])
    assert (
        said(leans, "predictive")
        == "perhaps true. Until its outcome is known, a prediction gets no stronger verdict than “perhaps”."
    )
    meaning = of(P3, item("p0"), type="definitional")
    assert said(meaning, "definitional").startswith("not rated. The question is what a word means")


def test_counts_are_said_in_one_line():
    sources = {"p": source(), "n": second_hand(("reports", "p"), tier="reporting"), "q": source()}
    found = of(sources, item("p"), item("n", basis="reporting"), item("q", relation="qualifies"))
    assert counts_words(found.counts) == (
        "3 sources · 2 separate studies (1 for it, none against, 1 limits it) · 2 independent teams"
    )


def test_the_strip_is_summed_up():
    found = of(P3, *map(item, P3), searches=[LOOKED])
    keeps = strip.Mark("only-seen", None, "probably-true", None, "keeps")
    opens = strip.Mark("without", "p0", "open", None, "opens")
    assert strip_words(found, [keeps, keeps]) == "The verdict stays on this side under all 2 other choices."
    assert strip_words(found, [keeps, keeps, opens]) == (
        "The verdict was computed with 3 other choices: two keep it on its side and one makes it open."
    )


def test_the_small_scale_of_a_range_reaches_from_one_end_to_the_other():
    assert chip_class(of(P3, *map(item, P3))) == "perhaps-true to-probably-true"
    assert chip_class(of(P3, *(item(id_, relation="disputes") for id_ in P3))) == "perhaps-false to-probably-false"
    assert chip_class(of(P3, item("p0"), item("p1", relation="disputes"))) == "open"
    assert chip_class(of({})) == "none"


def test_every_word_that_the_rating_may_use_has_words_for_readers():
    assert tuple(texts.Group("level")) == LEVELS
    assert {*texts.Group("grade")} == set(grades.GRADES)
    assert {*texts.Group("alternative")} == {name for name, _ in strip.ALTERNATIVES}
    assert {*texts.Group("strip")} >= set(get_args(strip.Effect))
    bases = {name for name, steps in grades.BASIS.items() if steps} | {"reporting", "calculation"}
    closeness = {name for name, steps in grades.CLOSENESS.items() if steps}
    needed = {("basis", name) for name in bases} | {("directness", name) for name in closeness}
    needed |= {("reading", name) for name in grades.READING}
    assert all(why in texts.Group(f"grade_{family}") for family, why in needed)


def test_the_words_for_reasons_are_of_families_that_exist():
    assert [*texts.Group("family")] == [*grades.FAMILIES]
    assert set(get_args(Evidence.model_fields["consulted"].annotation)) >= grades.READING.keys()


def test_a_verdict_between_words_that_are_far_apart_names_both_ends():
    wide = ShortRating(None, ("open", "probably-true"), None, None)
    assert verdict_words(wide) == "anything from open to probably true"
