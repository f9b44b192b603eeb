"""The graph as one record sees it."""

from making import CLAIM, EVIDENCE, SOURCE, Reader, ledger_of, site_of

from ledger.graph import Ledger
from ledger.links import links_in, links_out

PERSON = (
    "name: P\ntype: person\nstances: [{id: s1, position: c-a, stance: holds, attested: [{date: 1999, source: s}]}]\n"
)
POSITION = "controversy: c\nletter: A\nstatement: S.\nrests_on: [x]\n"
FILES = {
    "claims/x.yml": CLAIM + EVIDENCE + "relations: [{claim: y, type: narrows, why: W.}, {claim: x, type: restates}]\n",
    "claims/y.yml": CLAIM + "first_stated: nowhere\n",
    "sources/s.yml": SOURCE,
    "proponents/p.yml": PERSON,
    "positions/c-a.yml": POSITION,
}


def out(ledger: Ledger, id_: str) -> list[tuple[str, str, str, str]]:
    found = links_out(ledger, id_)
    return [(link.relation, link.other, link.part, link.other_part) for link in found]


def into(ledger: Ledger, id_: str) -> list[tuple[str, str, str, str]]:
    found = links_in(ledger, id_)
    return [(link.relation, link.other, link.part, link.other_part) for link in found]


def test_the_edges_of_an_evidence_item_count_as_the_claims():
    ledger = ledger_of(FILES)
    assert out(ledger, "x") == [("narrows", "y", "", ""), ("shown_in", "s", "x/e1", "")]
    assert ("shown_in", "x", "", "x/e1") in into(ledger, "s")


def test_the_edges_of_a_stance_count_as_the_proponents():
    ledger = ledger_of(FILES)
    assert out(ledger, "p") == [("holds", "c-a", "p/s1", ""), ("stated_in", "s", "p/s1", "")]
    assert into(ledger, "c-a") == [("holds", "p", "", "p/s1")]


def test_a_link_into_an_evidence_item_names_it_as_this_records_part():
    ledger = ledger_of(FILES | {"pages/g.yml": "title: G\nbody: '[[x/e1]]'\n"})
    assert ("mentions", "g", "x/e1", "") in into(ledger, "x")
    assert out(ledger, "g") == [("mentions", "x", "", "x/e1")]


def test_a_record_has_no_link_to_itself_nor_to_what_is_not_there():
    ledger = ledger_of(FILES)
    assert "x" not in [link[1] for link in (*out(ledger, "x"), *into(ledger, "x"))]
    assert out(ledger, "y") == []


def test_a_link_carries_the_fields_of_its_edge():
    ledger = ledger_of(FILES)
    (link,) = (link for link in links_in(ledger, "y") if link.relation == "narrows")
    assert link.own == {"why": "W."}


def test_links_stand_in_order_of_relation_and_record():
    narrowing = {f"claims/{id_}.yml": CLAIM + "relations: [{claim: z, type: narrows}]" for id_ in "cab"}
    ledger = ledger_of({"claims/z.yml": CLAIM, **narrowing, "claims/d.yml": CLAIM + "scope: '[[z]]'"})
    assert [link[:2] for link in into(ledger, "z")] == [
        ("mentions", "d"),
        ("narrows", "a"),
        ("narrows", "b"),
        ("narrows", "c"),
    ]


def test_whatever_may_name_any_record_may_name_a_part_of_one():
    texts = {
        "events/e.yml": "title: E\ndate: 1999\nsources: [s]\nabout: [x/e1, p/s1]\n",
        "controversies/c.yml": "title: T\nquestion: Q?\nstatus: active\nsee_also: [{id: x/e1}]\n",
        "claims/z.yml": CLAIM + "withdrawn: {date: 1999, why: W., merged_into: x/e1}\n",
    }
    site = site_of(ledger_of(FILES | {"claims/y.yml": CLAIM} | texts))
    assert {"../claims/x.html#e1", "../proponents/p.html#s1"} <= set(Reader(site["events/e.html"].decode()).links)
    assert "../claims/x.html#e1" in Reader(site["controversies/c.html"].decode()).links
    assert "x.html#e1" in Reader(site["claims/z.html"].decode()).links
