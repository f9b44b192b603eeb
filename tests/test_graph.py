"""What refers to what: each edge from a small record that says so."""

import gc
from datetime import date
from typing import Any

import pytest
from making import CLAIM, EVIDENCE, MEDIUM, SITE, SMALL, SOURCE, ledger_at, ledger_of, site_of

from ledger import checks, graph
from ledger.analysis import results
from ledger.analysis.history import timelines
from ledger.analysis.past import Past
from ledger.analysis.wording import wording_of
from ledger.diagnostics import Span
from ledger.edges import EDGE_TYPES, MENTIONS, PART_EDGES, RECORD, Edge
from ledger.graph import Ledger
from ledger.records import KINDS, Claim, Source

CONTROVERSY = "title: T\nquestion: Q?\nstatus: active\n"
POSITION = "controversy: c\nletter: A\nstatement: S.\n"
PERSON = "name: P\ntype: person\n"
CHALLENGE = "title: K\ntarget: x/e1\ntype: other\nsays: No, [[nowhere]].\nby: Jo\ndate: 1999\n"
CHART = "title: H?\nform: range\n"
EVENT = "title: E\ndate: 1999\n"
SIGNED = "date: 1999, by: ann"

# path of the record, what it says, the edge: start, name, target, the fields it carries
EDGES = (
    ("controversies/c.yml", CONTROVERSY + "thread: t", ("c", "part_of", "t", {})),
    (
        "controversies/c.yml",
        CONTROVERSY + "tensions: [{id: i, title: T, text: X., claims: [x]}]",
        ("c", "turns_on", "x", {}),
    ),
    ("controversies/c.yml", CONTROVERSY + "board: [x]", ("c", "asks", "x", {})),
    (
        "controversies/c.yml",
        CONTROVERSY + f"searches: [{{{SIGNED}, for: F, where: [w], found: 1, kept: [s]}}]",
        ("c", "kept", "s", {"date": "1999"}),
    ),
    (
        "controversies/c.yml",
        CONTROVERSY + f"searches: [{{{SIGNED}, for: F, where: [w], found: 1, hits: [{{source: s, became: dropped}}]}}]",
        ("c", "hit", "s", {}),
    ),
    (
        "controversies/c.yml",
        CONTROVERSY + f"searches: [{{{SIGNED}, for: F, where: [w], found: 1, hits: [{{source: s, became: x/e1}}]}}]",
        ("c", "became", "x/e1", {}),
    ),
    ("controversies/c.yml", CONTROVERSY + "see_also: [{id: s, why: W.}]", ("c", "see_also", "s", {"why": "W."})),
    ("positions/c-a.yml", POSITION, ("c-a", "answers", "c", {})),
    ("positions/c-a.yml", POSITION + "rests_on: [x]", ("c-a", "rests_on", "x", {})),
    ("positions/c-a.yml", POSITION + "rejects: [x]", ("c-a", "rejects", "x", {})),
    ("positions/c-a.yml", POSITION + "key_sources: [s]", ("c-a", "key_source", "s", {})),
    (
        "positions/c-a.yml",
        POSITION + "objections: [{text: O., claims: [x]}]",
        ("c-a", "objected_to_by", "x", {}),
    ),
    (
        "positions/c-a.yml",
        POSITION + "would_change_mind: [{by: p, condition: C., source: s}]",
        ("c-a", "mind_of", "p", {}),
    ),
    (
        "positions/c-a.yml",
        POSITION + "would_change_mind: [{by: p, condition: C., source: s}]",
        ("c-a", "stated_in", "s", {}),
    ),
    (
        "positions/c-a.yml",
        POSITION + "relations: [{position: c-b, type: narrows, why: W.}]",
        ("c-a", "narrows", "c-b", {"why": "W."}),
    ),
    (
        "claims/x.yml",
        CLAIM + "bears_on: [{position: c-a, relation: disputes, why: W., strength: strong}]",
        ("x", "bears_on", "c-a", {"effect": "disputes", "why": "W.", "strength": "strong"}),
    ),
    ("claims/x.yml", CLAIM + "relations: [{claim: y, type: depends-on}]", ("x", "depends-on", "y", {})),
    (
        "claims/x.yml",
        CLAIM + EVIDENCE,
        ("x/e1", "shown_in", "s", {"effect": "supports", "consulted": "memory"}),
    ),
    ("claims/x.yml", CLAIM + EVIDENCE, ("x/e1", "supports", "x", {})),
    (
        "claims/x.yml",
        CLAIM + EVIDENCE.replace("}", ", about_rival: y}"),
        ("x/e1", "about_rival", "y", {"effect": "supports", "consulted": "memory"}),
    ),
    (
        "claims/x.yml",
        CLAIM + f"searches: [{{{SIGNED}, for: F, where: [w], found: 0, kept: [s]}}]",
        ("x", "kept", "s", None),
    ),
    (
        "claims/x.yml",
        CLAIM + EVIDENCE.replace("}", ", via: r}"),
        ("x/e1", "retells", "r", {"effect": "supports", "consulted": "memory"}),
    ),
    (
        "claims/x.yml",
        CLAIM + f"searches: [{{{SIGNED}, for: F, where: [w], found: 1, hits: [{{source: s, became: x/e1, why: W.}}]}}]",
        ("x", "hit", "s", {"why": "W."}),
    ),
    (
        "claims/x.yml",
        CLAIM + f"searches: [{{{SIGNED}, for: F, where: [w], found: 1, hits: [{{source: s, became: x/e1, why: W.}}]}}]",
        ("x", "became", "x/e1", {"why": "W."}),
    ),
    ("claims/x.yml", CLAIM + "about: [p]", ("x", "about", "p", {})),
    ("claims/x.yml", CLAIM + "first_stated: s", ("x", "first_stated_in", "s", {})),
    (
        "sources/s.yml",
        SOURCE.replace("unknown", "[{family: F, given: G, proponent: p}]", 1),
        ("s", "written_by", "p", {}),
    ),
    (
        "sources/s.yml",
        SOURCE.replace("from: unknown", "from: [{source: r, how: copies, inferred: true}]"),
        ("s", "derived_from", "r", {"how": "copies", "inferred": True}),
    ),
    ("sources/s.yml", SOURCE + "interests: [{proponent: p, note: N.}]", ("s", "interest_of", "p", {})),
    ("sources/s.yml", SOURCE + "interests: [{source: z, note: N.}]", ("s", "noted_in", "z", {})),
    ("sources/s.yml", SOURCE + "notice: r", ("s", "notice", "r", {})),
    ("sources/s.yml", SOURCE + "version_of: r", ("s", "version_of", "r", {})),
    (
        "proponents/p.yml",
        PERSON + "affiliations: [{id: q, role: R, from: 1999}]",
        ("p", "affiliated_with", "q", {"from": "1999"}),
    ),
    ("proponents/p.yml", PERSON + "members: [{id: q}]", ("p", "has_member", "q", {})),
    ("proponents/p.yml", PERSON + "interests: [{proponent: q, note: N.}]", ("p", "interest_of", "q", {})),
    ("proponents/p.yml", PERSON + "interests: [{source: z, note: N.}]", ("p", "noted_in", "z", {})),
    (
        "proponents/p.yml",
        PERSON + "stances: [{id: s1, position: c-a, stance: leans, inferred: true}]",
        ("p/s1", "leans", "c-a", {"inferred": True}),
    ),
    ("proponents/p.yml", PERSON + "stances: [{id: s1, position: c-a, stance: left}]", ("p", "takes", "p/s1", {})),
    (
        "proponents/p.yml",
        PERSON + "stances: [{id: s1, position: c-a, stance: holds, attested: [{date: 1999, source: s, locator: L}]}]",
        ("p/s1", "stated_in", "s", {"date": "1999", "locator": "L"}),
    ),
    ("events/e.yml", EVENT + "sources: [s]", ("e", "told_in", "s", {})),
    ("events/e.yml", EVENT + "sources: [s]\nproponents: [p]", ("e", "involves", "p", {})),
    ("events/e.yml", EVENT + "sources: [s]\nabout: [x]", ("e", "about", "x", {})),
    ("events/e.yml", EVENT + "sources: [s]\nevidence_for: [x/e1]", ("e", "gave", "x/e1", {})),
    ("charts/h.yml", CHART + "controversy: c", ("h", "illustrates", "c", {})),
    ("charts/h.yml", CHART + "items: [x/e1]", ("h", "draws", "x/e1", {})),
    ("challenges/k.yml", CHALLENGE, ("k", "challenges", "x/e1", {})),
    ("challenges/k.yml", CHALLENGE + "proponent: p", ("k", "raised_by", "p", {})),
    ("challenges/k.yml", CHALLENGE + "sources: [s]", ("k", "argued_from", "s", {})),
    (
        "challenges/k.yml",
        CHALLENGE + "resolution: {date: 1999, outcome: upheld, reason: R., effect: E., changed: [x]}",
        ("k", "led_to_change_of", "x", {"date": "1999", "outcome": "upheld"}),
    ),
    ("terms/w.yml", "term: W\ndefinition: D.\nsources: [s]", ("w", "defined_in", "s", {})),
    (
        "claims/x.yml",
        CLAIM + "withdrawn: {date: 1999, why: W., merged_into: y}",
        ("x", "merged_into", "y", {"date": "1999", "why": "W."}),
    ),
    ("pages/g.yml", "title: G\nbody: See [[x]].", ("g", "mentions", "x", {})),
    ("pages/g.yml", "title: G\nbody: See [[x/e1|that]].", ("g", "mentions", "x/e1", {})),
    ("claims/x.yml", CLAIM + 'scope: "in [@s, page 3]"', ("x", "cites", "s", {"locator": "page 3"})),
)


def between(made: Ledger, start: str, target: str) -> list[Edge]:
    return [edge for edge in made.edges_from(start) if edge.target == target]


@pytest.mark.parametrize(
    ("path", "text", "edge"), EDGES, ids=[f"{edge[0]} {edge[1]} {edge[2]}" for _, _, edge in EDGES]
)
def test_an_edge(path: str, text: str, edge: tuple[str, str, str, dict[str, Any] | None]):
    start, name, target, own = edge
    made = ledger_of({path: text})
    (found,) = (edge for edge in between(made, start, target) if edge.name == name)
    assert own is None or found.own == own
    assert found in made.edges_to(target)
    assert made.span(found).path == path


def test_the_examples_above_cover_every_edge_there_is():
    kinds = {kind.folder: kind.name for kind in KINDS}
    shown = {(kinds[path.partition("/")[0]], edge[1]) for path, _, edge in EDGES}
    listed = {(edge.kind, edge.name) for edge in (*EDGE_TYPES, *PART_EDGES) if not edge.name.startswith("{")}
    assert {(kind, name) for kind, name in listed if kind != RECORD} <= shown
    anywhere = {edge.name for edge in (*EDGE_TYPES, *MENTIONS) if edge.kind == RECORD}
    assert anywhere | {"narrows", "depends-on", "leans", "supports"} <= {name for _, name in shown}


def test_a_record_an_evidence_item_and_a_stance_are_nodes():
    stance = PERSON + "stances: [{id: s1, position: c-a, stance: holds}]"
    made = ledger_of({"claims/x.yml": CLAIM + EVIDENCE, "sources/s.yml": SOURCE, "proponents/p.yml": stance})
    nodes = [node for id_ in made.records for node in made.nodes_of(id_)]
    assert [(node, made.node_kind(node), made.node_title(node)) for node in nodes] == [
        ("p", "proponent", "P"),
        ("p/s1", "stance", "holds c-a"),
        ("s", "source", "Maps"),
        ("x", "claim", "It moves."),
        ("x/e1", "evidence", "A gap."),
    ]


def test_an_id_that_nothing_has_is_a_node_without_a_kind():
    made = ledger_of({"claims/x.yml": CLAIM + "first_stated: nowhere"})
    assert [edge.start for edge in made.edges_to("nowhere")] == ["x"]
    assert (made.node_kind("nowhere"), made.node_title("nowhere")) == (None, "nowhere")
    assert made.node_kind("x/e9") is None


def test_an_edge_knows_where_it_was_written():
    made = ledger_of({"claims/x.yml": CLAIM + "relations:\n  - claim: y\n    type: supports\n"})
    (edge,) = between(made, "x", "y")
    assert made.span(edge) == Span("claims/x.yml", 4, 12, 4, 13)
    assert (edge.path, edge.written, edge.wants) == (("relations", 0, "claim"), "y", "claim")


def test_each_mention_has_its_own_place():
    made = ledger_of({"pages/g.md": "---\ntitle: G\n---\n\n[[x]] and [[x]]\nand [@x].\n"})
    edges = between(made, "g", "x")
    assert [(edge.name, made.span(edge).line, made.span(edge).column) for edge in edges] == [
        ("mentions", 5, 1),
        ("mentions", 5, 11),
        ("cites", 6, 5),
    ]


def test_a_mention_in_an_evidence_item_starts_there():
    made = ledger_of({"claims/x.yml": CLAIM + EVIDENCE.replace("A gap.", '"See [[y]]."')})
    assert [edge.name for edge in between(made, "x/e1", "y")] == ["mentions"]


def test_what_is_quoted_or_stands_in_code_mentions_nothing():
    quoted = CLAIM + EVIDENCE.replace("}", ', quote: "[[y]] [@y]", quote_prefix: "[[y]]"}') + 'note: "[[y]]"\n'
    made = ledger_of({"claims/x.yml": quoted, "pages/g.yml": 'title: G\nbody: "`[[y]]` and \\\\[[y]]"\n'})
    assert made.edges_to("y") == ()


def test_a_former_id_leads_to_the_present_one_and_so_does_its_part():
    files = {"claims/x.yml": CLAIM + EVIDENCE + "former_ids: [old]\n", "pages/g.yml": "title: G\nbody: '[[old]]'\n"}
    made = ledger_of(files | {"events/e.yml": EVENT + "sources: [s]\nevidence_for: [old/e1]"})
    assert made.former == {"old": "x"}
    assert [edge.written for edge in between(made, "g", "x")] == ["old"]
    assert [edge.written for edge in between(made, "e", "x/e1")] == ["old/e1"]
    assert made.edges_to("old") == ()


def test_drafts_are_not_published():
    made = ledger_of({"claims/x.yml": CLAIM, "claims/y.yml": CLAIM + "draft: true\nfirst_stated: s\n"})
    assert set(graph.published(made).records) == {"x"}
    assert [edge.start for edge in graph.published(made).all_edges()] == []


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        ("added: 2001-02-03", date(2001, 2, 3)),
        ("added: 2001\nupdated: 2002-05~", date(2002, 5, 1)),
        ("assessments: [{rating: low, by: ann, date: 2003, why: W.}]", date(2003, 1, 1)),
        ("searches: [{date: 2004, by: ann, for: F, where: [w], found: 0}]", date(2004, 1, 1)),
        (EVIDENCE.replace("}", ", recorded: 2005-06-07}"), date(2005, 6, 7)),
        ("resolution: {condition: C., resolves_by: 2050}", None),
    ],
)
def test_the_ledger_is_as_of_the_newest_editorial_date(text: str, newest: date | None):
    assert ledger_of({"claims/x.yml": CLAIM + text}).as_of == newest
    assert ledger_of({"claims/x.yml": CLAIM + text}, as_of=date(1999, 1, 1)).as_of == date(1999, 1, 1)


def test_when_something_of_a_source_was_entered_is_an_editorial_date():
    traced = SOURCE.replace("from: unknown", "from: [{source: r, how: copies, recorded: 2006-07}]")
    assert ledger_of({"sources/s.yml": traced}).as_of == date(2006, 7, 1)
    fallen = traced + "status: retracted\nstatus_date: 2050\nstatus_recorded: 2007\n"
    assert ledger_of({"sources/s.yml": fallen}).as_of == date(2007, 1, 1)


def test_an_item_that_speaks_for_itself_has_no_edge_for_that():
    made = ledger_of({"claims/x.yml": CLAIM + EVIDENCE.replace("}", ", via: own}")})
    assert "retells" not in {edge.name for edge in made.all_edges()}


def test_what_happened_or_came_out_is_no_editorial_date():
    made = ledger_of({"events/e.yml": "title: E\ndate: 2050\nsources: [s]\n", "sources/s.yml": SOURCE})
    assert made.as_of is None


def test_records_stand_in_order_of_id():
    made = ledger_of({"claims/b.yml": CLAIM, "sources/a.yml": SOURCE, "claims/a1.yml": CLAIM})
    assert list(made.records) == ["a", "a1", "b"]
    assert [record.id for record in made.of_kind("claim")] == ["a1", "b"]


def test_carried_fields_never_hide_what_an_edge_says_of_itself():
    keys = {
        "source",
        "target",
        "key",
        "type",
        "field",
        "file",
        "id",
        "kind",
        "title",
        "url",
        "json",
        "relation",
        "part",
    }
    keys |= {"other_part", "schema"}
    for path, text, (start, _, target, _) in EDGES:
        for edge in between(ledger_of({"site.yml": SITE, path: text}), start, target):
            assert set(edge.own) & keys <= {"part"}


def test_records_are_asked_for_by_their_model() -> None:
    ledger = ledger_of({"claims/x.yml": CLAIM, "sources/s.yml": SOURCE})
    assert ledger.record(Claim, "x").fields.statement == ledger.records["x"].title
    assert [one.id for one in ledger.of_kind(Source)] == [one.id for one in ledger.of_kind("source")] == ["s"]
    with pytest.raises(TypeError, match="s is a source, not a claim"):
        ledger.record(Claim, "s")
    with pytest.raises(KeyError):
        ledger.record(Claim, "nobody")


# What is stored of results


def test_of_a_passing_result_only_the_last_value_stays_and_each_is_noted_as_any_other():
    @graph.passing
    @graph.result
    def called(ledger: Ledger, id_: str) -> list[str]:
        return [ledger.records[id_].title]

    ledger = ledger_at(MEDIUM)
    claim, second = ledger.members("claim")[:2]
    with ledger.reading() as reads:
        one, other = called(ledger, claim), called(ledger, claim)
        called(ledger, second)
        third = called(ledger, claim)
    assert one is other
    assert (third, third is one) == (one, False)
    assert reads <= ledger.traces.keys()
    assert [*ledger.remembered_of(sorted(reads)).values()] == [third]


def test_every_compared_result_is_the_same_when_it_comes_from_the_store(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(graph, "PASSING", set())  # so that each is still there
    made = set()
    for content in (SMALL, MEDIUM):
        ledger = Ledger(ledger_at(content).index)
        site_of(ledger)
        checks.run(ledger)
        for claim in ledger.members("claim"):
            wording_of(ledger, claim)  # asked for only where earlier wordings have pages
        for source in ledger.members("source"):
            results.claims_far_behind(ledger, source)  # asked for only where very many sources rest on one
        stored = {name: found.value for name, found in ledger.traces.items() if found.value}
        made |= {"\t".join(name.split("\t")[:2]) for name in stored}
        values = ledger.remembered_of(stored)
        for name, value in stored.items():
            assert graph.unpacked(name, value) == values[name], name
    assert made == graph.COMPARED.keys()


def test_what_is_no_value_of_a_result_is_not_taken_from_the_store():
    name = next(iter(graph.COMPARED))
    assert graph.unpacked(name, "{") is graph.UNKNOWN
    assert graph.unpacked(name, '{"nothing": "of this"}') is graph.UNKNOWN
    assert graph.unpacked("=nobody\tknows", "1") is graph.UNKNOWN


def test_a_value_from_before_a_change_is_used_as_far_as_it_is_true():
    before = ledger_at(SMALL)
    claim = before.members("claim")[0]
    rating = results.rating(before, claim)
    (name,) = (key for key in before.remembered_of(before.traces) if key.endswith(f"\trating\t{claim}"))
    after = Ledger(before.index)
    after.earlier = lambda key: rating if key == name else graph.UNKNOWN
    assert results.rating(after, claim) is rating
    assert name not in after.traces


def test_what_a_history_looks_up_is_freed_at_once():
    ledger = Ledger(ledger_at(SMALL).index)
    gc.collect()
    gc.disable()
    try:
        for controversy in ledger.members("controversy"):
            timelines(ledger, controversy)
        assert not [one for one in gc.get_objects() if isinstance(one, Past)]
    finally:
        gc.enable()
