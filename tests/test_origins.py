"""Where what is cited comes from: chains, loops, dead ends, what is shared, and how it scales."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis.origins import Origins, Tie, Trace, origins_of, trace_behind
from ledger.graph import Ledger
from ledger.records import Claim

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


def traced(made: Ledger, *dropped: str) -> Trace:
    """The chains of every source."""
    return trace_behind(made, made.members("source"), dropped)


def origins_of_x(made: Ledger) -> Origins:
    return origins_of(made, traced(made), made.record(Claim, "x"))


def origins(sources: dict[str, str], cited: str) -> Origins:
    return origins_of_x(ledger(sources, cited))


def counts(found: Origins) -> tuple[int, int, int, int]:
    return found.cited, found.origins, found.disjoint, found.untraced


PAPER = {"paper": source("Paper", more=FIRST)}


def ending(found: Origins, end: str) -> tuple[str, ...]:
    """The origins of which the chains end in one way."""
    ids = tuple(origin for origin, how in found.ends.items() if how == end)
    counts = {"untraced": found.untraced, "dead-end": found.dead_ends, "circular": found.circular}
    assert (len(ids), len(found.ends)) == (counts[end], found.origins)
    return ids


def test_three_articles_on_one_paper_are_three_items_of_one_origin():
    articles = {name: source(name, "paper") for name in ("a", "b", "c")}
    assert counts(origins({**PAPER, **articles}, "a b c")) == (3, 1, 1, 0)


def test_a_chain_is_followed_through_those_who_report_reports():
    chain = {"a": source("A", "b"), "b": source("B", "c"), "c": source("C", "paper")}
    assert tuple(origins({**PAPER, **chain}, "a").ends) == ("paper",)


@pytest.mark.parametrize("how", ["replicates", "replies"])
def test_a_work_that_replicates_or_replies_is_an_origin_of_its_own(how: str):
    again = {"again": source("Again", f"paper:{how}", FIRST)}
    assert counts(origins({**PAPER, **again}, "paper again")) == (2, 2, 2, 0)


@pytest.mark.parametrize("how", ["replicates", "replies"])
def test_it_is_one_beside_those_that_its_chains_lead_to(how: str):
    data = {"data": source("Data", more=FIRST), "again": source("Again", f"paper:{how} data:uses-data")}
    found = origins({**PAPER, **data, "about": source("About", "again")}, "about")
    assert (tuple(found.ends), ending(found, "untraced"), ending(found, "dead-end")) == (("again", "data"), (), ())


def test_it_is_first_hand_although_nothing_is_behind_it():
    made = ledger({**PAPER, "again": source("Again", "paper:replicates")}, "again")
    assert traced(made).ends == {"again": "first-hand", "paper": "first-hand"}


@pytest.mark.parametrize("how", ["reports", "reviews", "uses-data", "syndicates", "copies", "summarises", "unknown"])
def test_in_every_other_way_a_work_has_the_origin_of_what_it_takes_from(how: str):
    taken = {"taken": source("Taken", f"paper:{how}")}
    assert counts(origins({**PAPER, **taken}, "paper taken")) == (2, 1, 1, 0)


def test_a_chain_stops_at_a_first_hand_source_that_takes_from_others_too():
    own = {"own": source("Own", "paper", FIRST), "about": source("About", "own")}
    assert tuple(origins({**PAPER, **own}, "about").ends) == ("own",)


def test_unknown_is_not_nothing():
    sources = {"u": source("U", "unknown"), "n": source("N", "[]"), "v": source("V", "unknown", FIRST)}
    found = origins(sources, "u n v")
    assert (tuple(found.ends), ending(found, "untraced"), ending(found, "dead-end")) == (
        ("n", "u", "v"),
        ("u",),
        ("n",),
    )


def test_a_chain_whose_next_source_was_withdrawn_from_the_ledger_is_untraced():
    gone = source("Gone", more="first_hand: true\nwithdrawn: {date: 2024, why: It was a double.}\n")
    found = origins({"a": source("A", "gone"), "gone": gone}, "a gone")
    assert (found.cited, tuple(found.ends), ending(found, "untraced")) == (2, ("a",), ("a",))


def test_disjoint_groups_are_those_that_no_chain_of_items_joins():
    """A review of 1 and 2, and one of 2 and 3, make one group: they overlap, though 1 and 3 meet in no item."""
    papers = {f"p{n}": source(f"P{n}", more=FIRST) for n in range(1, 5)}
    reviews = {"r": source("R", "p1:reviews p2:reviews"), "s": source("S", "p2:reviews p3:reviews")}
    found = origins({**papers, **reviews}, "r s p4")
    assert counts(found) == (3, 4, 2, 0)
    assert found.groups == (("p1", "p2", "p3"), ("p4",))


# Loops


LOOP = {"a": source("A", "c"), "b": source("B", "a"), "c": source("C", "b")}


def test_a_loop_without_a_way_out_is_one_origin_under_its_first_id():
    found = origins(LOOP, "b c")
    assert (tuple(found.ends), ending(found, "circular"), found.loops) == (("a",), ("a",), (("a", "b", "c"),))
    assert counts(found) == (2, 1, 1, 0)


def test_the_ways_out_of_a_loop_are_its_origins():
    found = origins({**LOOP, "c": source("C", "b paper"), **PAPER}, "a")
    assert (tuple(found.ends), ending(found, "circular"), found.loops) == (("paper",), (), (("a", "b", "c"),))


def test_a_loop_in_which_a_work_says_something_of_its_own_has_that_work_for_an_origin():
    found = origins({**PAPER, **LOOP, "b": source("B", "a paper:replicates")}, "a c")
    assert (tuple(found.ends), ending(found, "circular"), found.loops) == (("b",), (), (("a", "b", "c"),))


def test_a_loop_behind_a_first_hand_source_is_of_no_matter():
    assert origins({**LOOP, "own": source("Own", "a", FIRST)}, "own").loops == ()


# What falls


def fallen(sources: dict[str, str], *ids: str) -> Trace:
    retracted = {id_: text + "status: retracted\n" for id_, text in sources.items() if id_ in ids}
    return traced(ledger(sources | retracted), "retracted")


def test_what_rests_on_a_fallen_source_alone_falls_with_it():
    sources = {**PAPER, "other": source("Other", more=FIRST), "a": source("A", "paper"), "r": source("R", "a other")}
    found = fallen(sources, "paper").origins
    assert found == {"a": (), "other": ("other",), "paper": (), "r": ("other",)}


def test_a_chain_is_broken_in_its_middle_too():
    found = fallen({**PAPER, "a": source("A", "b"), "b": source("B", "paper")}, "b").origins
    assert found == {"a": (), "b": (), "paper": ("paper",)}


def test_what_a_replication_says_itself_stands_when_what_it_takes_from_falls():
    sources = {**PAPER, "data": source("Data", more=FIRST), "again": source("Again", "paper:replicates data:uses-data")}
    assert fallen(sources, "data").origins["again"] == ("again",)
    assert fallen(sources, "paper").origins["again"] == ("again", "data")
    assert fallen(sources, "again").origins["again"] == ()


def test_a_loop_that_is_an_origin_falls_with_any_of_its_sources():
    assert set(fallen(LOOP, "b").origins.values()) == {()}


def test_a_loop_that_lost_its_way_out_does_not_become_an_origin():
    found = fallen({**PAPER, "a": source("A", "b"), "b": source("B", "a paper")}, "paper").origins
    assert found == {"a": (), "b": (), "paper": ()}


def test_the_status_of_a_source_says_whether_it_has_fallen():
    made = ledger({**PAPER, "r": source("R", more=f"{FIRST}status: retracted\n")})
    assert traced(made, "retracted").dropped == {"r"}
    assert traced(made, "corrected").dropped == set()


# Ties


def test_what_separate_origins_share_is_named_and_merges_nothing():
    by_ann = "authors:\n  - {family: Ann, proponent: ann}\n"
    sources = {
        "p": source("P", more=f"{FIRST}publisher: Elm Press\n").replace("authors: unknown\n", by_ann),
        "q": source("Q", "data:uses-data", f"{FIRST}publisher: Elm Press\n").replace("authors: unknown\n", by_ann),
        "r": source("R", "data:uses-data", FIRST),
        "data": source("Data", more=FIRST),
    }
    ann = "name: Ann\ntype: person\naffiliations:\n  - {id: lab, role: fellow}\n"
    lab = "name: Lab\ntype: organisation\n"
    made = ledger(sources, "p q r")
    made = ledger_of(
        {
            **{record.path: record.document.lines.text for record in made.records.values()},
            "proponents/ann.yml": ann,
            "proponents/lab.yml": lab,
        }
    )
    found = origins_of_x(made)
    assert counts(found) == (3, 3, 3, 0)
    assert found.ties == (
        Tie("author", "ann", ("p", "q")),
        Tie("dataset", "data", ("q", "r")),
        Tie("employer", "lab", ("p", "q")),
        Tie("publisher", "Elm Press", ("p", "q")),
    )


def test_a_work_is_tied_to_the_data_set_that_it_uses():
    used = {"data": source("Data", more=FIRST), "q": source("Q", "data:uses-data", FIRST)}
    assert origins(used, "data q").ties == (Tie("dataset", "data", ("data", "q")),)


def test_publishers_are_the_same_without_their_capitals():
    pressed = {name: source(name, more=f"{FIRST}publisher: {press}\n") for name, press in (("p", "Elm"), ("q", "ELM"))}
    assert origins(pressed, "p q").ties == (Tie("publisher", "Elm", ("p", "q")),)


@pytest.mark.parametrize(
    ("time", "tied"),
    [("", True), (", until: 1999", True), (", from: 1999-12", True), (", until: 1998", False), (", from: 2000", False)],
)
def test_an_employer_is_shared_if_the_authors_may_have_been_there_when_the_works_came_out(time: str, *, tied: bool):
    person = "name: N\ntype: person\naffiliations: [{{name: Lab{}}}]\n"
    made = {
        name: source(name, more=FIRST).replace("unknown", f"[{{family: {name}, proponent: by-{name}}}]")
        for name in "pq"
    }
    people = {"proponents/by-p.yml": person.format(""), "proponents/by-q.yml": person.format(time)}
    texts = {record.path: record.document.lines.text for record in ledger(made, "p q").records.values()}
    whole = ledger_of(texts | people)
    found = origins_of_x(whole).ties
    assert found == ((Tie("employer", "Lab", ("p", "q")),) if tied else ())


def test_what_meets_in_an_item_is_no_tie():
    pressed = {name: source(name, more=f"{FIRST}publisher: Elm Press\n") for name in ("p", "q")}
    assert origins({**pressed, "r": source("R", "p q")}, "r").ties == ()


def test_the_chains_of_a_source_have_every_step_behind_it_once():
    sources = {**PAPER, "a": source("A", "paper"), "b": source("B", "a paper"), "z": source("Z", "paper")}
    assert trace_behind(ledger(sources), ["b"], ()).earlier == {"a": ("paper",), "b": ("a", "paper"), "paper": ()}


def test_ten_thousand_links_are_followed():
    chain = {f"s{n}": source("S", f"s{n + 1}") for n in range(9_999)}
    made = ledger({**chain, "s9999": source("S", more=FIRST)}, "s0")
    assert tuple(origins_of_x(made).ends) == ("s9999",)
    assert sum(map(len, trace_behind(made, ["s0"], ()).earlier.values())) == 9_999


@settings(max_examples=5 * settings().max_examples, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), max_size=3, unique=True), min_size=6, max_size=6),
    st.sets(st.integers(0, 5)),
    st.sets(st.integers(0, 5)),
)
def test_the_chains_of_some_sources_alone_are_those_of_the_whole(graph, retracted: set[int], cited: set[int]):
    def written(at: int) -> str:
        status = "status: retracted\n" if at in retracted else ""
        return source(f"S{at}", " ".join(f"s{n}" for n in graph[at]) or "[]", more=status)

    made = ledger({f"s{at}": written(at) for at in range(6)}, "")
    whole = traced(made, "retracted")
    alone = trace_behind(made, [f"s{at}" for at in cited], {"retracted"})
    assert {f"s{at}" for at in cited} <= alone.origins.keys()
    for id_, origins_of_it in alone.origins.items():
        assert (origins_of_it, alone.first_hand[id_]) == (whole.origins[id_], whole.first_hand[id_])
        assert (id_ in alone.dropped, alone.in_reach.get(id_)) == (id_ in whole.dropped, whole.in_reach.get(id_))
        assert [alone.ends[origin] for origin in origins_of_it] == [whole.ends[origin] for origin in origins_of_it]
    assert alone.loops.items() <= whole.loops.items()
