"""The computed rating, rule by rule: what docs/method.md says is what a small ledger gets."""

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from typing import Any, get_args

import pytest
from making import ROOT
from rating_ledgers import LOOKED, SEARCH, item, ledger, rating, retold, said, second_hand, source

from ledger import vocabulary
from ledger.analysis import results, verdicts
from ledger.analysis.grades import MODERATE, STRONG, WEAK, Choices
from ledger.analysis.ratings import Item, Rating
from ledger.analysis.strip import ALTERNATIVES, Mark
from ledger.analysis.verdicts import LEVELS, WORDS, Looked, strength_of
from ledger.analysis.works import EXACT_TO, Work, largest_choice

METHOD = (ROOT / "docs/method.md").read_text(encoding="utf-8")
P = {f"p{n}": source() for n in range(8)}
FALLEN = {"status": "retracted", "status_date": "2026-01-05"}
QUOTE = "a long enough quotation here"


def supported(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    """An item for the claim on each source."""
    return [item(id_, **fields) for id_ in ids]


def disputed(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    return supported(*ids, relation="disputes", **fields)


def qualified(*ids: str, **fields: Any) -> list[dict[str, Any]]:
    return supported(*ids, relation="qualifies", **fields)


def rated(items: list[dict[str, Any]], sources: Any = None, **claim: Any) -> Rating:
    return rating(ledger(sources or P, items, **claim))


def both_sides(**fields: Any) -> dict[str, Any]:
    return {"searches": [LOOKED, {**LOOKED, "side": "for"}], **fields}


# How good an item is: the table of reasons

Example = tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]
"""Sources, items, fields of the claim; the grade is that of the first item."""


def one(source_fields: Any = None, claim: str = "empirical", **fields: Any) -> Example:
    """A claim with one item that steps down for nothing but what the fields say."""
    made = {name: value for name, value in item("s", **fields).items() if value is not None}
    return {"s": source(**(source_fields or {}))}, [made], {"type": claim}


def reviewing(*fallen: str) -> Example:
    """A review of three works, of which some have fallen."""
    works = {id_: source(**(FALLEN if id_ in fallen else {})) for id_ in ("x", "y", "z")}
    review = second_hand(*(("reviews", id_) for id_ in works), tier="synthesis")
    return {**works, "s": review}, [item("s")], {}


UNTRACED = {"first_hand": False, "derived_from": "unknown"}
WITH_INTEREST = {"interests": [{"note": "Sells it."}]}
WORST = {
    "opinion": [one(basis="opinion")],
    "anecdote": [one(basis="anecdote")],
    "any other commentary": [
        one({"tier": "commentary"}, basis="reporting"),
        one({"tier": "commentary"}, basis="opinion"),
    ],
    "social media": [one({"tier": "social"})],
    "not said": [one(basis=None)],
}
REASONS: dict[tuple[str, int], dict[str, list[Example]]] = {
    ("How close is it?", 1): {"indirect": [one(directness="indirect")]},
    ("How close is it?", 2): {"analogy": [one(directness="analogy")], "not said": [one(directness=None)]},
    ("What is it based on?", 1): {
        "a calculation from published figures, except for a prediction": [one(basis="calculation")],
        "reporting": [
            one(basis="reporting"),
            one({"tier": "reporting"}),
            one({"tier": "reporting"}, basis="reporting"),
        ],
        "commentary with a measurement, proof or calculation of its own": [
            one({"tier": "commentary"}, basis=basis) for basis in ("empirical", "theoretical", "calculation")
        ],
    },
    ("What is it based on?", 2): {**WORST, "a statement": [one(basis="statement")]},
    ("… for a claim about who said or did what", 1): {
        "reporting": [one(claim="historical", basis="reporting"), one({"tier": "reporting"}, "historical")],
        "a statement by others": [one(claim="historical", basis="statement")],
    },
    ("… for a claim about who said or did what", 2): {
        "the same": [(sources, items, {"type": "historical"}) for of in WORST.values() for sources, items, _ in of],
    },
    ("Whose voice is it?", 1): {
        "an official statement": [one({"tier": "official-statement"})],
        "somebody with a declared interest": [one(WITH_INTEREST)],
    },
    ("How did the editor read it?", 1): {"reporting about it": [one(consulted="coverage")]},
    ("How did the editor read it?", 2): {"from memory": [one(consulted="memory")]},
    ("Where does it come from?", 1): {
        "not traced to a first source": [one(UNTRACED), one({**UNTRACED, "derived_from": []})]
    },
    ("What became of the work?", 1): {
        "an expression of concern": [one({"status": "concern", "status_date": "2026-01-05"})],
        "a correction, unless the item is not affected": [
            one({"status": "corrected", "status_date": "2026-01-05"}),
            one({"status": "corrected", "status_date": "2026-01-05"}, correction="affected"),
        ],
        "a review of works most of which have fallen": [reviewing("x", "y")],
    },
}
"""The rows of the table and their columns: how many steps down, and ledgers in which the first item has each reason."""


def table_of_reasons() -> Iterator[tuple[tuple[str, int], set[str]]]:
    """The entries of the table in docs/method.md, by family and steps."""
    text = re.search(r"<!-- reasons -->\n(.*?)<!-- end -->", METHOD, re.DOTALL)
    assert text
    for line in text[1].splitlines()[2:]:
        family, *columns = (cell.strip() for cell in line.strip("|").split("|"))
        for steps, cell in enumerate(columns, 1):
            if cell:
                yield (re.sub(r" \(.*?\)", "", family), steps), {entry.strip() for entry in cell.split(";")}


def test_the_table_of_reasons_has_these_entries_and_no_others() -> None:
    assert dict(table_of_reasons()) == {key: set(entries) for key, entries in REASONS.items()}


@pytest.mark.parametrize(
    ("steps", "example"),
    [
        pytest.param(steps, example, id=f"{family} {entry} {at}")
        for (family, steps), entries in REASONS.items()
        for entry, examples in entries.items()
        for at, example in enumerate(examples)
    ],
)
def test_each_reason_of_the_table_steps_down_as_the_table_says(steps: int, example: Example) -> None:
    sources, items, claim = example
    [found] = rating(ledger(sources, items, **claim)).items
    assert [reason.steps for reason in found.reasons] == [steps]
    assert found.grade == ("moderate" if steps == 1 else "weak")


def unnamed() -> Iterator[Example]:
    """Everything that the table does not name."""
    yield from (
        one({"tier": tier}) for tier in ("peer-reviewed", "preprint", "dataset", "primary-document", "synthesis")
    )
    yield from (one(consulted=how) for how in ("full-text", "abstract", "excerpt", "notes"))
    yield from (one({"status": status, "status_date": "2026-01-05"}) for status in ("current", "superseded"))
    yield one(basis="theoretical")
    yield one(claim="predictive", basis="calculation")
    yield one({"status": "corrected", "status_date": "2026-01-05"}, correction="unaffected")
    yield one(quote=QUOTE)
    yield reviewing("x")


@pytest.mark.parametrize("example", tuple(unnamed()))
def test_what_the_table_does_not_name_steps_down_for_nothing(example: Example) -> None:
    sources, items, claim = example
    [found] = rating(ledger(sources, items, **claim)).items
    assert (found.grade, found.reasons) == ("strong", ())


def test_every_word_of_the_closed_lists_is_named_or_steps_down_for_nothing() -> None:
    """So a word that a list gets later is not forgotten here."""
    examples = [*unnamed(), *(example for of in REASONS.values() for found in of.values() for example in found)]
    seen: dict[str, set[str]] = {}
    for sources, items, claim in examples:
        for name, value in {**sources["s"], **items[0], **claim}.items():
            seen.setdefault(name, set()).add(str(value))
    for name, words in {
        "tier": vocabulary.Tier,
        "status": vocabulary.SourceStatus,
        "basis": vocabulary.Basis,
        "consulted": vocabulary.Consulted,
    }.items():
        assert seen[name] >= set(get_args(words)) - {"retracted", "withdrawn"}


def test_a_family_counts_once_with_its_largest_reason() -> None:
    """An opinion on social media is two steps down for what it stands on, not four; read as an abstract, no more."""
    [found] = rating(ledger(*one({"tier": "social"}, basis="opinion")[:2])).items
    assert [(reason.family, reason.why, reason.steps) for reason in found.reasons] == [("basis", "opinion", 2)]


def test_no_item_steps_below_weak_and_every_reason_is_named() -> None:
    sources, items, claim = one(
        {"tier": "social", **UNTRACED}, directness="indirect", consulted="memory", basis="opinion"
    )
    [found] = rating(ledger(sources, items, **claim)).items
    assert found.grade == "weak"
    assert [(reason.family, reason.steps) for reason in found.reasons] == [
        ("directness", 1),
        ("basis", 2),
        ("reading", 2),
        ("tracing", 1),
    ]


def test_an_interest_of_an_author_is_one_of_the_source() -> None:
    maker = {"proponents/maker.yml": {"name": "Maker", "type": "organisation", **WITH_INTEREST}}
    by_maker = {"s": source(authors=[{"literal": "Maker", "proponent": "maker"}])}
    [found] = rating(ledger(by_maker, [item("s")], more=maker)).items
    assert [(reason.family, reason.why, reason.steps) for reason in found.reasons] == [("voice", "own interest", 1)]


OWN = {"proponents/who.yml": {"name": "Who", "type": "person", **WITH_INTEREST}}
BY_WHO = {"authors": [{"literal": "Who", "proponent": "who"}]}


@pytest.mark.parametrize(
    ("consulted", "grade"), [("full-text", "strong"), ("coverage", "moderate"), ("memory", "weak")]
)
@pytest.mark.parametrize("tier", ["social", "official-statement", "commentary", "primary-document"])
def test_ones_own_words_on_oneself_step_down_for_how_they_were_read_alone(
    tier: str, consulted: str, grade: str
) -> None:
    items = supported("s", basis="statement", consulted=consulted)
    found = rating(ledger({"s": source(tier=tier, **BY_WHO)}, items, more=OWN, type="historical", about=["who"]))
    assert found.items[0].grade == grade


@pytest.mark.parametrize(
    "claim",
    [{"type": "historical"}, {"type": "historical", "about": ["other"]}, {"type": "empirical", "about": ["who"]}],
)
def test_others_words_and_words_on_the_world_are_no_own_words(claim: dict[str, Any]) -> None:
    """A post is social media: two steps down, whoever else the claim is about."""
    other = {"proponents/other.yml": {"name": "Other", "type": "person"}}
    found = rating(
        ledger(
            {"s": source(tier="social", **BY_WHO)}, supported("s", basis="statement"), more={**OWN, **other}, **claim
        )
    )
    assert found.items[0].grade == "weak"


# What counts for nothing


@pytest.mark.parametrize("status", ["retracted", "withdrawn"])
def test_a_fallen_work_and_a_report_of_it_count_for_nothing(status: str) -> None:
    sources = {"p": source(status=status, status_date="2026-01-05"), "n": retold(("reports", "p"))}
    found = rated([*supported("p"), *supported("n", basis="reporting")], sources)
    assert [(one.counts, one.grade) for one in found.items] == [("fallen", None)] * 2
    assert found.not_rated == "no evidence"


def test_what_mentions_has_no_side_and_what_is_about_a_rival_acts_on_the_rival_alone() -> None:
    rival = {"claims/r.yml": {"statement": "R.", "type": "empirical", "evidence": [{"id": "e1", **item("p1")}]}}
    found = ledger(P, [item("p0", relation="mentions"), item("p2", about_rival="r")], more=rival)
    assert [(one.id, one.counts, one.side) for one in rating(found).items] == [
        ("e1", "no side", None),
        ("e2", "about a rival", "for"),
    ]
    assert results.rating(found, "r").evidence == {"for": "limited", "against": "limited"}


def snapshot(text: str, verdict: str | None) -> dict[str, Any]:
    """A record of a text that is not kept, with the verdict on the quote while it was."""
    quote = sha256(QUOTE.encode()).hexdigest()
    made = [{"quote": quote, "verdict": verdict, "date": "2026-01-10"}] if verdict else []
    return {"sha256": sha256(text.encode()).hexdigest(), "captured": "2026-01-10", "verdicts": made}


@pytest.mark.parametrize(
    ("text", "kept", "verdict", "counts"),
    [
        ("", False, None, "counts"),
        (f"It has {QUOTE}.\n", True, None, "counts"),
        ("It has other words.\n", True, None, "quote not found"),
        ("", False, "exact", "counts"),
        ("", False, "normalised", "counts"),
        ("", False, "not-found", "quote not found"),
    ],
)
def test_a_quote_costs_nothing_unless_it_is_not_in_the_text_that_is_or_was_kept(
    text: str,
    kept: bool,  # noqa: FBT001
    verdict: str | None,
    counts: str,
) -> None:
    more = {"snapshots/p0.yml": snapshot(text, verdict)} if text or verdict else {}
    texts = {"snapshots/p0.txt": text} if kept else {}
    [found] = rating(ledger(P, supported("p0", quote=QUOTE), more=more, texts=texts)).items
    assert (found.counts, found.grade) == (counts, "strong" if counts == "counts" else None)


# Seen


@pytest.mark.parametrize(
    ("consulted", "role", "verdict", "seen"),
    [
        ("full-text", None, None, True),
        ("abstract", None, None, False),
        ("abstract", "result", "exact", True),
        ("excerpt", "result", "exact", True),
        ("excerpt", "background", "exact", False),
        ("excerpt", "result", None, False),
        ("notes", "result", "exact", False),
        ("coverage", "result", "exact", False),
    ],
)
def test_an_editor_has_seen_a_work_that_was_read_or_whose_result_is_quoted_from_what_was_read(
    consulted: str,
    role: str | None,
    verdict: str | None,
    seen: bool,  # noqa: FBT001
) -> None:
    more = {"snapshots/p0.yml": snapshot("Text.\n", verdict)} if verdict else {}
    quoted = {"quote": QUOTE, "quote_role": role} if role else {}
    [found] = rating(ledger(P, supported("p0", consulted=consulted, **quoted), more=more)).items
    assert found.seen == seen


def test_who_read_a_report_in_full_has_not_seen_the_work() -> None:
    found = rated(supported("n", basis="reporting"), {"p": source(), "n": retold(("reports", "p"))})
    assert not found.items[0].seen


# How much evidence a side has


def work(name: str, grade: int, *marks: str, seen: bool = True, decides: bool = False) -> Work:
    return Work(name, frozenset((name,)), frozenset((name,)), frozenset(marks), grade, seen, decides, (name,))


def works(grades: str, **fields: Any) -> list[Work]:
    """`"SSM"` is two strong works and a moderate one, none tied."""
    steps = {"S": STRONG, "M": MODERATE, "W": WEAK}
    return [work(f"w{at}", steps[letter], **fields) for at, letter in enumerate(grades)]


@pytest.mark.parametrize(
    ("grades", "level"),
    [
        ("", "none"),
        ("W", "weak"),
        ("W" * 40, "weak"),
        ("M", "limited"),
        ("S", "limited"),
        ("MM", "limited"),
        ("MMWWWW", "limited"),
        ("SW", "limited"),
        ("SM", "medium"),
        ("SS", "medium"),
        ("MMM", "medium"),
        ("SMW", "medium"),
        ("M" * 40, "medium"),
        ("SMMMMM", "medium"),
        ("SSM", "medium"),
        ("SSS", "robust"),
        ("SSMM", "robust"),
    ],
)
def test_what_each_level_takes(grades: str, level: str) -> None:
    assert LEVELS[strength_of(works(grades), Choices()).level] == level


@pytest.mark.parametrize(
    ("grades", "level"), [("SSS", "medium"), ("SSMM", "medium"), ("SS", "medium"), ("S", "limited")]
)
def test_robust_evidence_has_a_strong_work_that_was_seen(grades: str, level: str) -> None:
    assert LEVELS[strength_of(works(grades, seen=False), Choices()).level] == level


def test_a_seen_work_that_is_no_strong_one_makes_nothing_robust() -> None:
    found = [*works("SS", seen=False), work("m1", MODERATE), work("m2", MODERATE)]
    assert LEVELS[strength_of(found, Choices()).level] == "medium"


@pytest.mark.parametrize(
    ("found", "level"),
    [
        ([work("a", STRONG, "x"), work("b", STRONG, "x"), work("c", STRONG, "x")], "limited"),
        ([work("a", STRONG, "x"), work("b", STRONG, "x"), work("c", STRONG)], "medium"),
        ([work("a", STRONG, "x"), work("b", MODERATE, "x"), work("c", MODERATE)], "medium"),
        ([work("a", STRONG, "x", "y"), work("b", STRONG, "x"), work("c", STRONG, "y"), work("d", STRONG)], "robust"),
        (
            [work("a", STRONG, "x"), work("b", STRONG, "x", "y"), work("c", STRONG, "y", "z"), work("d", STRONG, "z")],
            "medium",
        ),
        ([work("a", MODERATE, "x"), work("b", MODERATE, "x"), work("c", MODERATE)], "limited"),
    ],
)
def test_works_that_are_tied_are_no_independent_witnesses(found: list[Work], level: str) -> None:
    assert LEVELS[strength_of(found, Choices()).level] == level
    assert LEVELS[strength_of(found[::-1], Choices()).level] == level


REPLICA = {"p": source(), "r": second_hand(("replicates", "p"))}


@pytest.mark.parametrize(
    ("sources", "items", "claim", "level"),
    [
        ({"p": source(tier="synthesis")}, supported("p"), {}, "medium"),
        ({"p": source(tier="synthesis")}, supported("p", consulted="notes"), {}, "limited"),
        ({"p": source(tier="synthesis")}, supported("p", directness="indirect"), {}, "limited"),
        (P, supported("p0", basis="theoretical"), {}, "medium"),
        (P, supported("p0"), {}, "limited"),
        (REPLICA, supported("p", "r"), {}, "medium"),
        # A failed replication stands on the other side: the work is not repeated on its own.
        (REPLICA, [*supported("p"), *disputed("r")], {}, "limited"),
        # By the same team it is no second witness, and repeats nothing.
        (
            {id_: {**one, "authors": [{"literal": "A"}]} for id_, one in REPLICA.items()},
            supported("p", "r"),
            {},
            "limited",
        ),
        # Moderate, and by another team: the strong one was repeated.
        (REPLICA, [*supported("p"), *supported("r", directness="analogy")], {}, "medium"),
        ({"p": source(tier="primary-document")}, supported("p"), {"type": "historical"}, "medium"),
        ({"p": source(tier="primary-document")}, supported("p"), {}, "limited"),
    ],
)
def test_one_strong_work_makes_medium_evidence_if_it_decides(sources: Any, items: Any, claim: Any, level: str) -> None:
    assert rated(items, sources, **claim).evidence["for"] == level


def test_ones_own_words_decide_what_one_said() -> None:
    sources = {"s": source(tier="social", **BY_WHO)}
    found = rating(ledger(sources, supported("s", basis="statement"), more=OWN, type="historical", about=["who"]))
    assert found.evidence["for"] == "medium"


# What counts once


def test_teams_are_the_largest_number_of_works_of_which_no_two_are_tied() -> None:
    """b is tied to a and to c, which are not tied to each other."""
    assert largest_choice([work("a", STRONG, "x"), work("b", STRONG, "x", "y"), work("c", STRONG, "y")]) == 2


def test_a_chain_of_ties_is_counted_exactly_up_to_the_limit_and_never_too_many_beyond() -> None:
    for length in (EXACT_TO, EXACT_TO + 1, 200):
        chain = [work(f"w{at:03}", STRONG, f"t{at}", f"t{at + 1}") for at in range(length)]
        assert largest_choice(chain) == (length + 1) // 2
    ring = [work(f"w{at:03}", STRONG, f"t{at}", f"t{(at + 1) % 41}") for at in range(41)]
    assert largest_choice(ring) <= 20


@pytest.mark.parametrize(
    ("one_by", "other_by", "teams"),
    [
        ([{"literal": "A"}], [{"literal": "B"}], 2),
        ([{"literal": "A"}], [{"literal": "A"}, {"literal": "B"}], 1),
        ([{"family": "Hook", "given": "R."}], [{"family": "Hook", "given": "T."}], 2),
        ([{"literal": "OpenAI"}], [{"literal": "OpenAI"}], 1),
        ([{"literal": "One", "proponent": "one"}], [{"literal": "Two", "proponent": "two"}], 2),
        ("unknown", "unknown", 2),
    ],
)
def test_an_author_in_common_is_a_tie_and_an_employer_is_none(one_by: Any, other_by: Any, teams: int) -> None:
    """One and Two both work at the firm, since nobody knows when."""
    at_firm = {"type": "person", "affiliations": [{"id": "firm"}]}
    people = {
        "proponents/firm.yml": {"name": "Firm", "type": "organisation", "founded": "2021"},
        "proponents/one.yml": {"name": "One", **at_firm},
        "proponents/two.yml": {"name": "Two", **at_firm},
    }
    sources = {"p": source(authors=one_by), "q": source(authors=other_by)}
    found = rating(ledger(sources, supported("p", "q"), more=people))
    assert found.counts.teams == teams
    assert len(found.ties) == 2 - teams
    assert {one.shared for one in found.ties} <= {"author"}


def test_data_in_common_are_a_tie_and_a_data_set_is_tied_to_its_users() -> None:
    using = [{"source": "d", "how": "uses-data"}]
    sources = {"d": source(tier="dataset"), "m": source(derived_from=using), "n": source(derived_from=using)}
    found = rated(supported("m", "n", "d"), sources)
    assert (found.counts.sources, found.counts.works, found.counts.teams, found.counts.datasets) == (3, 3, 1, 1)
    assert [(one.shared, one.by, one.works) for one in found.ties] == [("data", "d", ("d", "m", "n"))]


def test_versions_of_a_work_are_one() -> None:
    sources = {"a1": source(version_of="a2"), "a2": source(version_of="a3"), "a3": source()}
    found = rated(supported("a1", "a2", "a3"), sources)
    assert (found.counts.sources, found.counts.works) == (3, 1)
    assert {one.work for one in found.items} == {"a3"}


@pytest.mark.parametrize("fallen", ["a2", "a3"])
def test_what_an_earlier_version_says_falls_with_any_later_one(fallen: str) -> None:
    sources = {"a1": source(version_of="a2"), "a2": source(version_of="a3"), "a3": source()}
    sources[fallen] |= FALLEN
    assert rated(supported("a1"), sources).items[0].counts == "fallen"


def test_a_later_version_stands_though_an_earlier_one_was_withdrawn() -> None:
    sources = {"a1": source(version_of="a2", status="withdrawn", status_date="2026-01-05"), "a2": source()}
    assert [one.counts for one in rated(supported("a1", "a2"), sources).items] == ["fallen", "counts"]


def test_via_says_where_the_content_of_an_item_comes_from() -> None:
    """The article reports p and measured something of its own: what it says of its own is a second work."""
    sources = {"p": source(), "n": retold(("reports", "p"))}
    own = rated([item("p"), item("n", via="own")], sources)
    assert (own.counts.works, [one.work for one in own.items]) == (2, ["p", "n"])
    told = rated([item("p"), item("n")], sources)
    assert (told.counts.works, [one.work for one in told.items]) == (1, ["p", "p"])


def test_via_names_a_source_that_its_own_source_does_not_derive_from() -> None:
    sources = {"p": source(), "q": source(), "s": source()}
    found = rated([item("p"), item("s", via="q"), item("s", via="p")], sources)
    assert [one.work for one in found.items] == ["p", "q", "p"]


@pytest.mark.parametrize(
    ("how", "basis", "works"),
    [
        *((how, "empirical", 1) for how in ("reports", "summarises", "copies", "syndicates", "reviews", "uses-data")),
        ("replicates", "empirical", 2),
        ("replicates", "opinion", 1),
        ("replies", "empirical", 2),
        ("replies", "theoretical", 2),
        ("replies", "opinion", 1),
    ],
)
def test_a_work_that_is_not_first_hand_speaks_for_itself_where_it_has_a_finding_of_its_own(
    how: str, basis: str, works: int
) -> None:
    found = rated([item("p"), item("n", basis=basis)], {"p": source(), "n": second_hand((how, "p"))})
    assert found.counts.works == works


def test_what_nobody_has_traced_is_one_work_that_is_not_traced() -> None:
    sources = {"u": source(**UNTRACED), "a": retold(("reports", "u")), "b": retold(("reports", "u"))}
    found = rated([item("a", basis="reporting"), item("b", basis="reporting")], sources)
    assert (found.counts.works, [one.work for one in found.items]) == (1, ["u", "u"])
    assert [[reason.family for reason in one.reasons] for one in found.items] == [["basis", "tracing"]] * 2


# The verdict: every cell of the table, by hand

N, LW, OPEN, LR, R, W = None, "perhaps-false", "open", "perhaps-true", "probably-true", "probably-false"
EVERY_CELL = tuple(product(range(5), repeat=2))
SEARCHED = [
    [N, OPEN, LW, W, W],
    [OPEN, OPEN, LW, W, W],
    [LR, LR, OPEN, LW, LW],
    [R, R, LR, OPEN, OPEN],
    [R, R, LR, OPEN, OPEN],
]
"""By level for the claim, then against it; both sides were looked for."""
OPEN_TO_RIGHT, TO_OPEN, LIKELY, NOT_LIKELY = f"{OPEN} {LR}", f"{LW} {OPEN}", f"{LR} {R}", f"{W} {LW}"
NOT_SEARCHED = [
    [N, OPEN, TO_OPEN, NOT_LIKELY, NOT_LIKELY],
    [OPEN, OPEN, TO_OPEN, NOT_LIKELY, NOT_LIKELY],
    [OPEN_TO_RIGHT, OPEN_TO_RIGHT, OPEN, LW, LW],
    [LIKELY, LIKELY, LR, OPEN, OPEN],
    [LIKELY, LIKELY, LR, OPEN, OPEN],
]
"""The same where nobody looked."""


@pytest.mark.parametrize(("support", "dispute"), EVERY_CELL)
@pytest.mark.parametrize(("looked", "cells"), [(True, SEARCHED), (False, NOT_SEARCHED)])
def test_every_cell_of_the_table_of_verdicts(support: int, dispute: int, looked: bool, cells: Any) -> None:  # noqa: FBT001
    found, _ = verdicts.range_of(support, dispute, Looked(looked, looked))
    words = found and " ".join(dict.fromkeys(WORDS[one] for one in found))
    assert words == cells[support][dispute]


SIDES = {
    "none": lambda _: [],
    "weak": lambda side: supported(f"{side}0", basis="opinion"),
    "limited": lambda side: supported(f"{side}0"),
    "medium": lambda side: supported(f"{side}0", f"{side}1"),
    "robust": lambda side: supported(f"{side}0", f"{side}1", f"{side}2"),
}


@pytest.mark.parametrize(("support", "dispute"), EVERY_CELL)
def test_every_cell_with_records(support: int, dispute: int) -> None:
    sources = {f"{side}{n}": source() for side in "fa" for n in range(3)}
    against = [{**one, "relation": "disputes"} for one in SIDES[LEVELS[dispute]]("a")]
    items = [*SIDES[LEVELS[support]]("f"), *against]
    found = rated(items, sources, **both_sides())
    assert found.evidence == {"for": LEVELS[support], "against": LEVELS[dispute]}
    assert found.verdict == SEARCHED[support][dispute]
    assert found.solidity == (None, "little", "little", "some", "strong")[max(support, dispute)]
    sides = {R: "for", LR: "for", W: "against", LW: "against", N: None}
    contested = "contested" if min(support, dispute) >= 3 else "open"
    assert found.direction == sides.get(found.verdict, contested)


@pytest.mark.parametrize("claim", ["definitional", "normative"])
def test_words_and_values_are_no_questions_of_evidence(claim: str) -> None:
    found = rated(supported("p0", "p1", "p2"), type=claim, **both_sides())
    assert (said(found), found.direction, found.not_rated) == ("", None, "no question of evidence")


def test_nothing_that_counts_is_not_rated_and_has_no_strip() -> None:
    found = ledger(P, [item("p0", relation="mentions")])
    assert (said(rating(found)), rating(found).not_rated, rating(found).solidity) == ("", "no evidence", None)
    assert results.strip(found, "k") == ()


# Whether the other side was looked for


@pytest.mark.parametrize(
    ("searches", "expected"),
    [
        ([], LIKELY),
        ([LOOKED], R),
        ([SEARCH], LIKELY),
        ([{**SEARCH, "side": "for"}], LIKELY),
        ([{**LOOKED, "found": 2}], LIKELY),
        ([{**LOOKED, "found": 2, "hits": [{"source": "p5", "became": "dropped"}]}], LIKELY),
        ([{**LOOKED, "found": 1, "hits": [{"source": "p5", "became": "dropped", "why": "Another measure."}]}], R),
        ([{**LOOKED, "found": 1, "hits": [{"source": "p0", "became": "k/e1"}]}], R),
        ([{**LOOKED, "found": 2}, LOOKED], R),
    ],
)
def test_only_a_search_for_the_other_side_that_accounts_for_its_hits_answers(searches: Any, expected: str) -> None:
    found = rated(supported("p0", "p1"), searches=searches)
    assert (said(found), found.looked_for) == (expected, expected == R)


@pytest.mark.parametrize(("side", "expected"), [("against", NOT_LIKELY), ("for", W)])
def test_where_what_there_is_speaks_against_the_other_side_is_for(side: str, expected: str) -> None:
    assert said(rated(disputed("p0", "p1"), searches=[{**SEARCH, "side": side}])) == expected


def test_a_search_of_a_controversy_counts_for_no_claim() -> None:
    fields = f"title: Z\nquestion: Q?\nstatus: active\nopened: 2026-01-10\nsearches: [{LOOKED!r}]"
    texts = {"controversies/z.md": f"---\n{fields}\n---\n"}
    assert said(rating(ledger(P, supported("p0", "p1"), texts=texts))) == LIKELY


@pytest.mark.parametrize(
    ("grade", "expected"), [({}, LR), ({"directness": "indirect"}, LR), ({"basis": "opinion"}, LIKELY)]
)
def test_something_solid_on_the_other_side_answers_too_and_something_weak_does_not(grade: Any, expected: str) -> None:
    found = rated([*supported("p0", "p1"), *disputed("p2", **grade)])
    assert (said(found), found.looked_for) == (expected, expected == LR)


@pytest.mark.parametrize(
    ("today", "site", "expected"),
    [
        # 180 days twice are 360: a search of 10 January 2026 stands to the end of 5 January 2027.
        ("2027-01-05", {}, R),
        ("2027-01-06", {}, LIKELY),
        ("2026-07-09", {"search_periods": "1"}, R),
        ("2026-07-10", {"search_periods": "1"}, LIKELY),
        ("2030-01-01", {"review_every_days": None}, R),
    ],
)
def test_a_search_lapses_after_two_review_periods(today: str, site: Any, expected: str) -> None:
    """Today is the newest date in the ledger."""
    kept = {name: value for name, value in {"review_every_days": 180, **site}.items() if value}
    new = {"terms/t.yml": {"term": "T", "definition": "It.", "added": today}}
    bare = ledger(P, supported("p0", "p1"), more=new, searches=[LOOKED])
    if "review_every_days" not in kept:
        bare = ledger(P, supported("p0", "p1"), more={**new, "site.yml": NO_REVIEW}, searches=[LOOKED])
    elif site:
        bare = ledger(P, supported("p0", "p1"), more=new, site=kept, searches=[LOOKED])
    assert said(rating(bare)) == expected


NO_REVIEW = {"format": "1", "title": "T", "editors": [{"id": "ed", "name": "Ed"}]}

# Holds in part


@pytest.mark.parametrize(
    ("items", "expected", "in_part"),
    [
        # One that qualifies for three that support are a third, and no more.
        ([*supported("p0", "p1", "p2"), *qualified("p3")], R, False),
        ([*supported("p0", "p1"), *qualified("p3")], LR, True),
        # Two for six are a third too, but make medium evidence of their own.
        ([*supported("p0", "p1", "p2", "p3", "p4", "p5"), *qualified("p6", "p7")], LR, True),
        ([*supported("p0", "p1", "p2", "p3", "p4", "p5"), *qualified("p6", "p7", directness="indirect")], R, False),
        # Leans steps to open, and open no further.
        ([*supported("p0"), *qualified("p3")], OPEN, True),
        ([*supported("p0"), *disputed("p1"), *qualified("p3")], OPEN, False),
        # Opinions that qualify are no moderate works.
        ([*supported("p0", "p1"), *qualified("p3", "p4", "p5", basis="opinion")], R, False),
        # A verdict against is never changed.
        ([*disputed("p0", "p1"), *qualified("p3", "p4")], W, False),
        # Nothing but what qualifies is no evidence for or against.
        (qualified("p0", "p1"), "", False),
    ],
)
def test_what_qualifies_takes_a_step_where_there_is_much_of_it(items: Any, expected: str, in_part: bool) -> None:  # noqa: FBT001
    found = rated(items, **both_sides())
    assert (said(found), found.holds_in_part) == (expected, in_part)


def test_both_ends_of_a_range_step() -> None:
    assert said(rated([*supported("p0", "p1"), *qualified("p3")])) == OPEN_TO_RIGHT


# Predictions


@pytest.mark.parametrize(
    ("items", "claim", "expected"),
    [
        (supported("p0", "p1", "p2"), both_sides(), LR),
        (disputed("p0", "p1", "p2"), both_sides(), LW),
        (supported("p0", "p1", "p2"), {}, LR),
        (supported("p0"), {}, OPEN_TO_RIGHT),
        (supported("p0", "p1"), {"resolution": {"condition": "It.", "resolves_by": "2026"}}, LR),
        (disputed("p0", "p1"), {"resolution": {"condition": "It.", "outcome": "held"}}, R),
        (supported("p0", "p1"), {"resolution": {"condition": "It.", "outcome": "failed"}}, W),
    ],
)
def test_predictions_lean_at_most_until_their_outcome_decides(items: Any, claim: Any, expected: str) -> None:
    found = rated(items, type="predictive", **claim)
    assert said(found) == expected
    assert found.decided == ("outcome" in claim.get("resolution", {}))


# The editors' rating


def editors(rating: str, because: str | None = None) -> dict[str, Any]:
    made = {"rating": rating, "by": "ed", "date": "2026-01-10", "why": "So."}
    return {"assessments": [made | ({"diverges_because": because} if because else {})]}


@pytest.mark.parametrize(
    ("items", "steps"),
    [
        # probably true, perhaps true, open, perhaps false and probably false against each of the editors' five words
        (supported("p0", "p1"), (4, 3, 2, None, None)),
        (supported("p0"), (3, 2, None, None, None)),
        ([*supported("p0", "p1"), *disputed("p2", "p3")], (2, None, None, None, 2)),
        (disputed("p0"), (None, None, None, 2, 3)),
        (disputed("p0", "p1"), (None, None, 2, 3, 4)),
    ],
)
def test_two_words_apart_are_a_divergence(items: Any, steps: Any) -> None:
    for word, apart in zip(get_args(vocabulary.Rating), steps, strict=True):
        found = rated(items, **both_sides(), **editors(word, "We were there.")).divergence
        assert (found and (found.steps, found.because)) == (apart and (apart, "We were there."))


@pytest.mark.parametrize(("word", "apart"), [("very-low", 3), ("low", 2), ("medium", None), ("very-high", None)])
def test_a_range_is_compared_by_its_nearer_end(word: str, apart: int | None) -> None:
    """Nobody looked: from perhaps true or probably true."""
    found = rated(supported("p0", "p1"), **editors(word)).divergence
    assert (found and found.steps) == apart


def test_what_has_no_verdict_has_no_divergence_and_the_editors_word_stands() -> None:
    found = rated(supported("p0"), type="normative", **editors("very-low"))
    assert found.divergence is None
    assert found.editor
    assert (found.editor.verdict, found.editor.rating, found.editor.by) == ("probably-false", "very-low", "Ed")


# The strip


def strip(items: list[dict[str, Any]], sources: Any = None, **fields: Any) -> dict[str, Mark]:
    """The marks by alternative, and those without a work as `without p0`."""
    found = results.strip(ledger(sources or P, items, **fields), "k")
    return {" ".join(filter(None, (mark.alternative, mark.without))): mark for mark in found}


TEN = {f"t{n}": source(tier="social") for n in range(10)}
TWO_X = {"x": source(), "y": source(), "a": retold(("reports", "x")), "b": retold(("reports", "y"))}
INTERESTED = {id_: source(**WITH_INTEREST) for id_ in ("p0", "p1")}
PREPRINTS = {id_: source(tier="preprint") for id_ in ("p0", "p1")}


@pytest.mark.parametrize(
    ("name", "items", "sources", "before", "after", "effect"),
    [
        # One report: moderate, then weak. Two of different works: two moderate, then two strong.
        ("reporting-two-steps", supported("a", basis="reporting"), TWO_X, LR, OPEN, "opens"),
        ("reporting-no-step", supported("a", "b", basis="reporting"), TWO_X, LR, R, "keeps"),
        ("without-opinions", supported("t0", basis="opinion"), TEN, OPEN, "", "keeps"),
        ("only-seen", supported("p0", "p1", consulted="abstract"), P, R, "", "opens"),
        # A synthesis that was seen is medium evidence alone.
        ("abstracts-as-seen", supported("s", consulted="abstract"), {"s": source(tier="synthesis")}, LR, R, "keeps"),
        ("calculations-as-measurements", supported("p0", "p1", basis="calculation"), P, LR, R, "keeps"),
        ("interests-ignored", supported("p0", "p1"), INTERESTED, LR, R, "keeps"),
        ("preprints-one-step", supported("p0", "p1"), PREPRINTS, R, LR, "keeps"),
        ("qualifies-ignored", [*supported("p0"), *qualified("p1")], P, OPEN, LR, "tips"),
        ("qualifies-as-disputes", [*supported("p0"), *qualified("p1", "p2")], P, OPEN, LW, "tips"),
        ("searches-ignored", supported("p0"), P, LR, OPEN_TO_RIGHT, "opens"),
        ("one-for-medium", supported("p0"), P, LR, R, "keeps"),
        ("three-for-medium", supported("p0", "p1"), P, R, LR, "keeps"),
        ("without p1", supported("p0", "p1"), P, R, LR, "keeps"),
        ("without p0", supported("p0"), P, LR, "", "opens"),
        ("without p2", [*supported("p0"), *disputed("p2")], P, OPEN, LR, "tips"),
    ],
)
def test_each_choice_of_the_strip(  # noqa: PLR0917 - one line a choice
    name: str, items: Any, sources: Any, before: str, after: str, effect: str
) -> None:
    assert said(rated(items, sources, **both_sides())) == before
    mark = strip(items, sources, **both_sides())[name]
    assert (" ".join(mark.range or filter(None, (mark.verdict,))), mark.effect) == (after, effect)


def test_leaving_out_a_work_leaves_out_all_that_is_tied_to_it() -> None:
    """x is by both authors of what supports; without it and them, what disputes is alone: the verdict flips."""
    sources = {
        "p0": source(authors=[{"literal": "A"}]),
        "p1": source(authors=[{"literal": "B"}]),
        "x": source(authors=[{"literal": "A"}, {"literal": "B"}]),
        "d": source(),
    }
    marks = strip([*supported("p0", "p1", "x"), *disputed("d")], sources, **both_sides())
    assert {name: (mark.verdict, mark.effect) for name, mark in marks.items() if mark.without} == {
        "without d": (R, "keeps"),
        "without p0": (OPEN, "opens"),
        "without p1": (OPEN, "opens"),
        "without x": (LW, "flips"),
    }


def test_the_strip_has_every_choice_and_each_work_once() -> None:
    marks = strip([*supported("p0", "p1"), item("p0", relation="disputes")])
    assert list(marks) == [*(name for name, _ in ALTERNATIVES), "without p0", "without p1"]
    assert len(ALTERNATIVES) > 12
    assert len({choices for _, choices in ALTERNATIVES} | {Choices()}) == len(ALTERNATIVES) + 1


def test_a_site_adds_alternatives_of_its_own() -> None:
    """Only what was seen counts, and reporting steps down twice: both at once, as one mark."""
    site = {"strip": [{"id": "strict", "says": "Strictly", "only_seen": True, "preprint": 2}]}
    marks = strip(supported("p0", "p1"), PREPRINTS, site=site, **both_sides())
    assert list(marks)[len(ALTERNATIVES)] == "strict"
    assert (marks["strict"].verdict, marks["strict"].effect) == (OPEN, "opens")


def test_an_outcome_that_decides_leaves_nothing_to_the_choices() -> None:
    marks = strip(supported("p0"), type="predictive", resolution={"condition": "It.", "outcome": "held"})
    assert {(mark.verdict, mark.effect) for mark in marks.values()} == {(R, "keeps")}


def place(found: Item) -> tuple[str | None, str | None]:
    return found.work, found.team


def test_an_item_says_for_which_work_and_team_it_counts() -> None:
    sources = {
        "b": source(authors=[{"literal": "A"}]),
        "a": source(authors=[{"literal": "A"}]),
        "n": retold(("reports", "b")),
    }
    found = rated([item("b"), item("a", relation="disputes"), item("n", basis="reporting")], sources)
    assert [place(one) for one in found.items] == [("b", "a"), ("a", "a"), ("b", "a")]
