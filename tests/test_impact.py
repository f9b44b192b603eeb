"""The impact of a retraction: what changes with a source, single points of failure, what a status has changed."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from making import SITE, ledger_of

from ledger.analysis import Analysis, analyse
from ledger.analysis.impact import ClaimChangedBy, RetractionImpact
from ledger.analysis.matching import Matching, Weighed
from ledger.analysis.ratings import ShortRating

SEARCH = "searches:\n  - {date: 2024-05-01, by: ann, for: the other side, where: [the archive], found: 0}\n"
FULL = "shows: It., consulted: full-text, directness: direct"


def source(*earlier: str, status: str = "") -> str:
    """A reviewed source; first-hand unless it reviews others."""
    derived = "[" + ", ".join(f"{{source: {id_}, how: reviews}}" for id_ in earlier) + "]"
    head = f"type: report\ntitle: S\nauthors: unknown\nissued: 1999\ntier: peer-reviewed\nderived_from: {derived}\n"
    return head + ("" if earlier else "first_hand: true\n") + (f"status: {status}\n" if status else "")


def claim(*supporting: str, disputing: tuple[str, ...] = ()) -> str:
    """A claim with items that weigh in full, and a logged search."""
    items = [*((id_, "supports") for id_ in supporting), *((id_, "disputes") for id_ in disputing)]
    written = "".join(
        f"  - {{id: e{at}, source: {id_}, relation: {relation}, {FULL}}}\n"
        for at, (id_, relation) in enumerate(items, 1)
    )
    return "statement: It moves.\ntype: empirical\n" + (f"evidence:\n{written}" if items else "") + SEARCH


def analysed(sources: dict[str, str], claims: dict[str, str], rests_on: str = "", site: str = SITE) -> Analysis:
    files = {
        **{f"sources/{id_}.yml": text for id_, text in sources.items()},
        **{f"claims/{id_}.yml": text for id_, text in claims.items()},
    }
    if rests_on:
        files["positions/c-a.yml"] = f"controversy: c\nletter: A\nstatement: It moves.\nrests_on: [{rests_on}]\n"
    return analyse(ledger_of({"site.yml": site, **files}))


def changes(found: Analysis, source_id: str) -> list[tuple[str, str, str]]:
    return [(c.claim, c.before.computed, c.after.computed) for c in found.if_retracted(source_id).claims]


PAPERS = {f"p{n}": source() for n in range(3)}


def test_the_claims_that_change_if_a_source_falls():
    found = analysed(PAPERS, {"x": claim("p0", "p1", "p2"), "y": claim("p0", "p1")})
    assert changes(found, "p0") == [("x", "very high", "high"), ("y", "high", "low")]
    assert changes(found, "p2") == [("x", "very high", "high")]


def test_what_a_review_or_report_rests_on_carries_it():
    sources = {**PAPERS, "report": source("p0"), "review": source("p1", "p2")}
    found = analysed(sources, {"x": claim("report", "review")})
    unrated = ("x", "high", "low")
    assert changes(found, "p0") == changes(found, "report") == [unrated]
    assert changes(found, "review") == [unrated]
    assert changes(found, "p1") == changes(found, "p2") == []


def test_a_single_point_of_failure_carries_everything_on_its_side():
    sources = {"p0": source(), "a": source("p0"), "b": source("p0"), "q": source()}
    found = analysed(sources, {"x": claim("a", "b"), "y": claim("a", "q"), "z": claim("q", "p0", disputing=("b",))})
    assert found.single_points == {"x": ("p0",)}


def test_two_sides_of_the_same_weight_have_no_single_point():
    assert analysed(PAPERS, {"x": claim("p0", disputing=("p1",))}).single_points == {}


def test_a_position_changes_with_its_claims():
    found = analysed(PAPERS, {"x": claim("p0", "p1", "p2"), "y": claim("p1", "p2")}, "x, y")
    [moved] = found.if_retracted("p0").positions
    assert [(c.computed, c.claims) for c in moved.before.bands] == [("very high", ("x",)), ("high", ("y",))]
    assert [(c.computed, c.claims) for c in moved.after.bands] == [("high", ("x", "y"))]
    assert (moved.before.weakest, moved.after.weakest) == (("y",), ("x", "y"))


def test_what_a_status_has_changed_already():
    sources = {**PAPERS, "p0": source(status="retracted")}
    found = analysed(sources, {"x": claim("p0", "p1", "p2"), "y": claim("p1", "p2")}, "x, y")
    now = {"x": found.ratings["x"].short, "y": found.ratings["y"].short}
    assert found.claims_changed == {"x": ClaimChangedBy(("p0",), ShortRating("very high", "for"))}
    assert now == {"x": ShortRating("high", "for"), "y": ShortRating("high", "for")}
    [(position, changed)] = found.positions_changed.items()
    assert (position, changed.sources) == ("c-a", ("p0",))
    assert [(count.computed, count.claims) for count in changed.before.bands] == [
        ("very high", ("x",)),
        ("high", ("y",)),
    ]


def test_the_profile_says_which_statuses_drop_a_source():
    site = f"{SITE}profile:\n  dropped: [superseded]\n"
    sources = {**PAPERS, "p0": source(status="retracted"), "p1": source(status="superseded")}
    found = analysed(sources, {"x": claim("p0", "p1", "p2")}, site=site)
    assert [of.sources for of in found.claims_changed.values()] == [("p1",)]


def test_a_withdrawn_claim_has_nothing_to_lose():
    found = analysed(PAPERS, {"x": claim("p0") + "withdrawn: {date: 2024, why: A double.}\n"})
    assert (found.if_retracted("p0"), found.single_points) == (RetractionImpact((), ()), {})


GRAPHS = st.lists(st.lists(st.integers(0, 6), max_size=3, unique=True), min_size=7, max_size=7)
CITED = st.lists(st.integers(0, 6), min_size=1, max_size=4)


@given(GRAPHS, CITED, CITED, st.integers(0, 6), st.integers(0, 6))
def test_a_fall_is_what_the_status_would_do(
    graph: list[list[int]], supporting: list[int], disputing: list[int], gone: int, falls: int
):
    """Loops, reviews and all: the shortcut gives what marking the source and computing anew gives."""
    ids = [[f"s{n}" for n in earlier if n != at] for at, earlier in enumerate(graph)]
    text = claim(*(f"s{n}" for n in supporting), disputing=tuple(f"s{n}" for n in disputing))

    def with_fallen(*fallen: int) -> Analysis:
        sources = {f"s{at}": source(*e, status="retracted" if at in fallen else "") for at, e in enumerate(ids)}
        return analysed(sources, {"x": text})

    before, after = with_fallen(gone), with_fallen(gone, falls)
    expected = [("x", before.ratings["x"].computed, after.ratings["x"].computed)]
    told = changes(before, f"s{falls}")
    same = [(r.computed, r.direction) for r in (before.ratings["x"], after.ratings["x"])]
    assert told == ([] if same[0] == same[1] else expected)


ITEMS = st.lists(st.tuples(st.integers(1, 3), st.frozensets(st.sampled_from("abcde"), min_size=1)), max_size=9)


@given(ITEMS, st.data())
def test_a_few_changed_items_are_matched_as_if_all_were_matched_anew(items, data: st.DataObject):
    """Any of the items may lose origins or weight, or be gone altogether."""
    weighed = [Weighed(f"e{at}", "for", Decimal(w), tuple(sorted(of))) for at, (w, of) in enumerate(items)]
    old = [item for item in weighed if data.draw(st.booleans())]
    new = []
    for item in old:
        origins = tuple(origin for origin in item.origins if data.draw(st.booleans()))
        if origins:
            new.append(Weighed(item.item, "for", item.weight / data.draw(st.sampled_from([1, 2])), origins))
    counting = Counter(weighed_that_count(weighed))
    for change, item in Matching(weighed).changed(old, new):
        counting[item.item, item.weight] += change
    anew = weighed_that_count([*(item for item in weighed if item not in old), *new])
    assert +counting == Counter(anew)
    assert sum(counting.values()) == len(anew)


def weighed_that_count(items: list[Weighed]) -> list[tuple[str, Decimal]]:
    kept = Matching(items).origins()
    return [(item.item, item.weight) for item in items if item.item in kept]
