"""Where what is cited comes from: chains, loops, dead ends, what falls, and how it scales."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis import results
from ledger.analysis.lineages import Chains, chains_behind, view_of
from ledger.analysis.origins import Trace
from ledger.analysis.ratings import Counted
from ledger.graph import Ledger

HEAD = "type: report\ntitle: {0}\nauthors: unknown\nissued: 1999\ntier: reporting\n"


def source(name: str, derived: str = "[]", more: str = "") -> str:
    """A source that takes from others: `a b` (reports them), `a:replicates`, or `unknown`; `[]` is first-hand."""
    if derived in ("unknown", "[]"):
        told = f"derived_from: {derived}\n"
    else:
        pairs = (pair.partition(":") for pair in derived.split())
        told = "derived_from:\n" + "".join(f"  - {{source: {a}, how: {how or 'reports'}}}\n" for a, _, how in pairs)
    return HEAD.format(name) + told + more


FIRST = "first_hand: true\n"


def ledger(sources: dict[str, str], cited: str = "") -> Ledger:
    """Sources by id, and a claim `x` with one item for each cited source."""
    items = "".join(
        f"  - {{id: e{at}, source: {id_}, relation: supports, shows: It., consulted: full-text}}\n"
        for at, id_ in enumerate(cited.split(), 1)
    )
    files = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    return ledger_of({**files, "claims/x.yml": CLAIM + (f"evidence:\n{items}" if items else "")})


def chains(made: Ledger, *cited: str) -> Chains:
    """The chains behind some sources, or behind all."""
    return chains_behind(view_of(made), cited or made.members("source"))


def ends(sources: dict[str, str], cited: str) -> dict[str, str]:
    """The ends of the chains behind what is cited, and how each ends."""
    found = chains(ledger(sources), *cited.split()).whole
    return {end: found.ends[end] for end in sorted({end for id_ in cited.split() for end in found.origins[id_]})}


def loops(sources: dict[str, str], cited: str) -> tuple[tuple[str, ...], ...]:
    return tuple(chains(ledger(sources), *cited.split()).whole.loops.values())


def counted(sources: dict[str, str], cited: str) -> Counted:
    return results.rating(ledger(sources, cited), "x").counts


def works(sources: dict[str, str], cited: str) -> tuple[int, int]:
    """How many sources count, and how many separate works they come to."""
    found = counted(sources, cited)
    return found.sources, found.works


PAPER = {"paper": source("Paper", more=FIRST)}


def test_three_articles_on_one_paper_are_three_items_of_one_work():
    articles = {name: source(name, "paper") for name in ("a", "b", "c")}
    assert works({**PAPER, **articles}, "a b c") == (3, 1)


def test_a_chain_is_followed_through_those_who_report_reports():
    chain = {"a": source("A", "b"), "b": source("B", "c"), "c": source("C", "paper")}
    assert ends({**PAPER, **chain}, "a") == {"paper": "first-hand"}


@pytest.mark.parametrize("how", ["replicates", "replies"])
def test_a_work_that_replicates_or_replies_is_an_end_beside_those_that_its_chains_lead_to(how: str):
    data = {"data": source("Data", more=FIRST), "again": source("Again", f"paper:{how} data:uses-data")}
    assert ends({**PAPER, **data, "about": source("About", "again")}, "about") == {
        "again": "first-hand",
        "data": "first-hand",
        "paper": "first-hand",
    }


def test_it_is_the_only_end_where_it_is_marked_as_first_hand():
    assert ends({**PAPER, "again": source("Again", "paper:replicates", FIRST)}, "again") == {"again": "first-hand"}


@pytest.mark.parametrize("how", ["reports", "reviews", "uses-data", "syndicates", "copies", "summarises", "unknown"])
def test_in_every_other_way_a_work_has_the_end_of_what_it_takes_from(how: str):
    taken = {"taken": source("Taken", f"paper:{how}")}
    assert ends({**PAPER, **taken}, "taken") == {"paper": "first-hand"}
    assert works({**PAPER, **taken}, "paper taken") == (2, 1)


@pytest.mark.parametrize("how", ["reports", "syndicates", "copies", "summarises"])
def test_a_chain_goes_on_through_a_first_hand_source_that_says_what_others_said(how: str):
    own = {"own": source("Own", f"paper:{how}", FIRST), "about": source("About", "own")}
    assert ends({**PAPER, **own}, "about") == {"paper": "first-hand"}


@pytest.mark.parametrize("how", ["reviews", "uses-data", "replicates", "replies", "unknown"])
def test_a_chain_stops_at_a_first_hand_source_that_has_a_finding_of_its_own(how: str):
    own = {"own": source("Own", f"paper:{how}", FIRST), "about": source("About", "own")}
    assert ends({**PAPER, **own}, "about") == {"own": "first-hand"}


def test_unknown_is_not_nothing():
    sources = {"u": source("U", "unknown"), "n": source("N", "[]"), "v": source("V", "unknown", FIRST)}
    assert ends(sources, "u n v") == {"n": "dead-end", "u": "untraced", "v": "first-hand"}


GONE = source("Gone", more="first_hand: true\nwithdrawn: {date: 2024, why: It was a double.}\n")


def test_a_chain_whose_next_source_was_withdrawn_from_the_ledger_is_untraced():
    made = ledger({"a": source("A", "gone"), "gone": GONE})
    assert chains(made, "a", "gone").whole.ends == {"a": "untraced"}


def test_reviews_of_works_that_overlap_are_one_work_less():
    """A review of 1 and 2, and one of 2 and 3, share 2; what p4 says is a second work."""
    papers = {f"p{n}": source(f"P{n}", more=FIRST) for n in range(1, 5)}
    reviews = {"r": source("R", "p1:reviews p2:reviews"), "s": source("S", "p2:reviews p3:reviews")}
    assert works({**papers, **reviews}, "r s p4") == (3, 2)


# Loops


LOOP = {"a": source("A", "c"), "b": source("B", "a"), "c": source("C", "b")}


def test_a_loop_without_a_way_out_is_one_end_under_its_first_id():
    assert ends(LOOP, "b c") == {"a": "circular"}
    assert loops(LOOP, "b c") == (("a", "b", "c"),)
    assert works(LOOP, "b c") == (2, 1)


def test_the_ways_out_of_a_loop_are_its_ends():
    out = {**LOOP, "c": source("C", "b paper"), **PAPER}
    assert ends(out, "a") == {"paper": "first-hand"}
    assert loops(out, "a") == (("a", "b", "c"),)


def test_a_loop_in_which_a_work_says_something_of_its_own_has_that_work_for_an_end():
    again = {**PAPER, **LOOP, "b": source("B", "a:reviews paper:replicates")}
    assert ends(again, "a c") == {"b": "first-hand", "paper": "first-hand"}


def test_a_loop_behind_a_first_hand_source_is_of_no_matter():
    assert loops({**LOOP, "own": source("Own", "a:reviews", FIRST)}, "own") == ()


# What falls


def fallen(sources: dict[str, str], *ids: str) -> Trace:
    """The chains that are left when some sources are retracted."""
    retracted = {id_: text + "status: retracted\n" for id_, text in sources.items() if id_ in ids}
    return chains(ledger(sources | retracted)).live


def test_what_rests_on_a_fallen_source_alone_falls_with_it():
    sources = {**PAPER, "other": source("Other", more=FIRST), "a": source("A", "paper"), "r": source("R", "a other")}
    found = fallen(sources, "paper").origins
    assert found == {"a": (), "other": ("other",), "paper": (), "r": ("other",)}


def test_a_chain_is_broken_in_its_middle_too():
    found = fallen({**PAPER, "a": source("A", "b"), "b": source("B", "paper")}, "b").origins
    assert found == {"a": (), "b": (), "paper": ("paper",)}


def test_what_a_replication_says_itself_stands_when_what_it_repeats_falls():
    sources = {**PAPER, "again": source("Again", "paper:replicates")}
    assert fallen(sources, "paper").origins["again"] == ("again",)
    assert fallen(sources, "again").origins["again"] == ()


def test_what_stands_on_data_falls_with_the_last_of_them_first_hand_or_not():
    data = {id_: source(id_, more=FIRST) for id_ in ("c", "d")}
    sources = {
        **data,
        "one": source("One", "d:uses-data", FIRST),
        "both": source("Both", "c:uses-data d:uses-data", FIRST),
        "second": source("Second", "d:uses-data"),
        "told": source("Told", "one"),
    }
    left = fallen(sources, "d").origins
    assert {id_: bool(left[id_]) for id_ in sources} == {
        "c": True,
        "d": False,
        "one": False,
        "both": True,
        "second": False,
        "told": False,
    }
    assert not any(fallen(sources, "c", "d").origins.values())


def test_data_that_only_copy_fallen_data_carry_nothing_either():
    sources = {
        "raw": source("Raw", more=FIRST),
        "copy": source("Copy", "raw:copies"),
        "study": source("Study", "copy:uses-data", FIRST),
        "table": source("Table", "study:uses-data", FIRST),
    }
    assert not any(fallen(sources, "raw").origins.values())


def test_a_loop_that_is_an_end_falls_with_any_of_its_sources():
    assert set(fallen(LOOP, "b").origins.values()) == {()}


def test_a_loop_that_lost_its_way_out_does_not_become_an_end():
    found = fallen({**PAPER, "a": source("A", "b"), "b": source("B", "a paper")}, "paper").origins
    assert found == {"a": (), "b": (), "paper": ()}


@pytest.mark.parametrize(
    ("status", "falls"),
    [("retracted", True), ("withdrawn", True), ("corrected", False), ("concern", False), ("superseded", False)],
)
def test_the_status_of_a_source_says_whether_it_has_fallen(status: str, falls: bool):  # noqa: FBT001
    made = ledger({**PAPER, "r": source("R", more=f"{FIRST}status: {status}\n")})
    assert chains(made).live.dropped == ({"r"} if falls else set())


# What is no tie


def test_neither_a_publisher_nor_an_employer_in_common_ties_two_works():
    """Both were printed by one press, and their authors work at one lab, as far as anybody knows at the same time."""
    made = {
        name: source(name, more=f"{FIRST}publisher: Elm Press\n").replace(
            "unknown", f"[{{family: {name}, proponent: by-{name}}}]"
        )
        for name in "pq"
    }
    person = "name: N\ntype: person\naffiliations: [{id: lab, role: fellow}]\n"
    people = {f"proponents/by-{name}.yml": person for name in "pq"}
    people["proponents/lab.yml"] = "name: Lab\ntype: organisation\nfounded: 2021\n"
    texts = {record.path: record.document.lines.text for record in ledger(made, "p q").records.values()}
    found = results.rating(ledger_of(texts | people), "x")
    assert (found.counts.works, found.counts.teams, found.ties) == (2, 2, ())


def test_the_chains_of_a_source_have_every_step_behind_it_once():
    sources = {**PAPER, "a": source("A", "paper"), "b": source("B", "a paper"), "z": source("Z", "paper")}
    assert chains(ledger(sources), "b").whole.earlier == {"a": ("paper",), "b": ("a", "paper"), "paper": ()}


@pytest.mark.parametrize("how", ["reports", "uses-data"])
def test_three_thousand_links_are_followed(how: str):
    own = FIRST if how == "uses-data" else ""
    chain = {f"s{n}": source("S", f"s{n + 1}:{how}", own) for n in range(2_999)}
    last = source("S", more=f"{FIRST}status: retracted\n")
    made = chains(ledger({**chain, "s2999": last}, "s0"), "s0")
    assert made.whole.origins["s0"] == (("s0",) if own else ("s2999",))
    assert len(made.lineages) == 3_000
    assert not any(made.live.origins.values())


@settings(max_examples=5 * settings().max_examples, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), max_size=3, unique=True), min_size=6, max_size=6),
    st.sets(st.integers(0, 5)),
    st.sets(st.integers(0, 5), min_size=1),
    st.sampled_from(["reports", "reviews", "uses-data"]),
    st.sets(st.integers(0, 5)),
)
def test_the_chains_of_some_sources_alone_are_those_of_the_whole(
    graph: list[list[int]], retracted: set[int], cited: set[int], how: str, own: set[int]
):
    def written(at: int) -> str:
        more = ("status: retracted\n" if at in retracted else "") + (FIRST if at in own else "")
        return source(f"S{at}", " ".join(f"s{n}:{how}" for n in graph[at]) or "[]", more=more)

    made = ledger({f"s{at}": written(at) for at in range(6)}, "")
    whole, alone = chains(made), chains(made, *(f"s{at}" for at in cited))
    assert {f"s{at}" for at in cited} <= alone.lineages.keys()
    for part, of in ((alone.whole, whole.whole), (alone.live, whole.live)):
        for id_, found in part.origins.items():
            assert (found, id_ in part.dropped) == (of.origins[id_], id_ in of.dropped)
            assert [part.ends[end] for end in found] == [of.ends[end] for end in found]
        assert part.loops.items() <= of.loops.items()
