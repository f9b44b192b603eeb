"""What all ways come by: the tree of dominators gives what taking out one node after the other gives."""

from hypothesis import given
from hypothesis import strategies as st

from ledger.analysis.dominators import ROOT, behind, dominators
from ledger.analysis.origins import Steps

NODES = "abcdefg"
ONWARD = st.lists(st.sampled_from(NODES), max_size=3, unique=True).map(tuple)
ANY = st.fixed_dictionaries(dict.fromkeys(NODES, ONWARD))
STARTS = st.lists(st.sampled_from(NODES), min_size=1, max_size=3, unique=True)


def forward(steps: Steps) -> Steps:
    """The same without ways back."""
    return {node: tuple(one for one in found if one > node) for node, found in steps.items()}


GRAPHS = ANY | ANY.map(forward)


def on_all_ways(tree: dict[str, str], node: str) -> set[str]:
    """A node and all above it."""
    found = set()
    while node != ROOT:
        found.add(node)
        node = tree[node]
    return found


@given(GRAPHS, STARTS)
def test_a_node_is_above_another_if_that_is_out_of_reach_without_it(steps: Steps, starts: list[str]):
    tree = dict(dominators(steps, starts))
    without = {node: behind(steps, starts, but=[node]) for node in NODES}
    assert tree.keys() == behind(steps, starts)
    for node in tree:
        assert on_all_ways(tree, node) == {other for other in NODES if node not in without[other]}


@given(GRAPHS, STARTS)
def test_each_comes_after_the_one_above_it(steps: Steps, starts: list[str]):
    tree = dominators(steps, starts)
    order = [ROOT, *tree]
    assert all(order.index(above) < order.index(node) for node, above in tree.items())


def test_two_branches_of_a_long_way_meet_where_they_part():
    steps = {f"{branch}{at}": (f"{branch}{at + 1}",) for branch in "xyz" for at in range(3_000)}
    steps |= {"x3000": ("y0", "z0"), "y3000": ("end",), "z3000": ("end",), "z1000": ("z1001", "end"), "end": ()}
    assert dominators(steps, ["x0"])["end"] == "x3000"
