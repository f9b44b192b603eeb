"""The page of a proponent: who, what they hold and stand to gain, and what they said, in order of time."""

from making import CLAIM, EVIDENCE, MEDIUM, SOURCE, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger.views import View
from ledger.views.others import view_proponent

FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n",
    "controversies/d.yml": "title: U\nquestion: Is it round?\nstatus: active\n",
    "positions/d-a.yml": "controversy: d\nletter: A\nstatement: Round.\n",
    "sources/s.yml": SOURCE,
}


def stance(id_: str, position: str, what: str, *dates: str, more: str = "") -> str:
    attested = ", ".join(f"{{date: {date}, source: s}}" for date in dates)
    return f"  - {{id: {id_}, position: {position}, stance: {what}, attested: [{attested}]{more}}}\n"


def named(name: str, *stances: str) -> str:
    return f"name: {name}\ntype: person\n" + ("stances:\n" + "".join(stances) if stances else "")


def proponent(*stances: str) -> View:
    ledger = ledger_of(FILES | {"proponents/p.yml": named("Ada", *stances)})
    return view_proponent(seen_from(ledger, "proponents/p.html"), ledger.records["p"])


def page(*stances: str) -> Reader:
    return Reader(
        site_of(ledger_of(FILES | {"proponents/p.yml": named("Ada", *stances)}))["proponents/p.html"].decode()
    )


# The list


def test_statements_of_all_stances_stand_in_order_of_time():
    view = proponent(stance("s1", "c-a", "holds", "2003", "2001-05-02"), stance("s2", "d-a", "rejects", "2002-01"))
    assert [(one.date, one.stance.stance, one.about) for one in view.statements] == [
        ("2 May 2001", "holds", "A: Late"),
        ("January 2002", "rejects", "Round."),
        ("2003", "holds", "A: Late"),
    ]


def test_the_first_statement_of_a_stance_is_where_links_to_the_stance_lead():
    view = proponent(stance("s1", "c-a", "holds", "2003", "2001"), stance("s2", "c-b", "rejects", "2002"))
    assert [one.anchor for one in view.statements] == ["s1", "s2", "s1.2"]


def test_a_change_of_stance_says_what_stood_before():
    view = proponent(stance("s1", "c-a", "holds", "2001", "2002"), stance("s2", "c-a", "left", "2003"))
    assert [one.before for one in view.statements] == ["", "", "holds"]
    assert "has left A: Late (before: holds it)" in " ".join(page(*FLIP).text.split())


FLIP = (stance("s1", "c-a", "holds", "2001"), stance("s2", "c-a", "left", "2003"))


def test_another_stance_on_another_position_is_no_change():
    view = proponent(stance("s1", "c-a", "holds", "2001"), stance("s2", "c-b", "rejects", "2002"))
    assert [one.before for one in view.statements] == ["", ""]


def test_an_inferred_stance_and_the_capacity_are_said():
    text = page(stance("s1", "c-a", "holds", "2001", more=", inferred: true, in_capacity: surveyor")).text
    assert "as surveyor" in text
    assert "position inferred by the editors" in text


def test_a_proponent_without_stances_says_so():
    assert proponent().stances == ()
    assert "No source in this ledger shows what they hold." in page().text


def test_the_page_begins_with_what_is_held_now_and_what_was_held_before():
    view = proponent(*FLIP, stance("s3", "d-a", "holds", "2002"))
    assert [(one.now.stance.stance, one.position, one.before and one.before.date) for one in view.stances] == [
        ("left", "Late", "2001"),
        ("holds", "Round.", None),
    ]
    said = " ".join(page(*FLIP).text.split())
    assert "A has left Late T · before that: holds it (2001)" in said


def test_who_they_are_and_what_they_stand_to_gain_come_before_what_they_said():
    post = "affiliations: [{name: Old Yard, until: 1999}, {name: The Yard, role: pilot}]\n"
    gain = "interests: [{note: Sells clocks.}, {note: Owns ships., source: s}]\n"
    more = named("Ada", stance("s1", "c-a", "holds", "2001")) + post + gain
    said = " ".join(
        Reader(site_of(ledger_of(FILES | {"proponents/p.yml": more}))["proponents/p.html"].decode()).text.split()
    )
    assert "pilot, The Yard Ada" in said
    assert "Sells clocks. the editors’ reading Owns ships. Unknown author 1999 What they said" in said


def test_words_that_are_no_quotation_say_so():
    assert "Words without quotation marks are the editors’ summary." in page(stance("s1", "c-a", "holds", "2001")).text


def test_their_sources_stand_below_the_one_that_gives_most_evidence_first():
    wrote = SOURCE.replace("authors: unknown", "authors: [{literal: P, proponent: p}]")
    files = {
        "sources/a.yml": wrote,
        "sources/b.yml": wrote,
        "claims/x.yml": CLAIM + EVIDENCE.replace("source: s", "source: b"),
    }
    ledger = ledger_of(FILES | files | {"proponents/p.yml": named("Ada")})
    view = view_proponent(seen_from(ledger, "proponents/p.html"), ledger.records["p"])
    assert [(source.id, used) for source, used in view.wrote] == [
        ("b", "evidence on one claim"),
        ("a", "no claim takes evidence from it"),
    ]


def test_every_statement_has_its_place_on_the_page():
    assert {"s1", "s2"} <= set(page(*FLIP).ids)


def test_withdrawn_claims_for_a_position_come_last():
    bears = "bears_on: [{position: c-a, relation: supports}]\n"
    files = {
        "claims/a.yml": CLAIM + bears + "withdrawn: {date: 2020, why: Wrong.}\n",
        "claims/z.yml": CLAIM + bears,
    }
    site = site_of(ledger_of(FILES | files))
    links = Reader(site["positions/c-a.html"].decode()).links
    assert links.index("../claims/z.html") < links.index("../claims/a.html")


def test_the_stances_of_all_proponents_all_stand_on_their_pages():
    ledger = ledger_at(MEDIUM)
    for record in ledger.of_kind("proponent"):
        view = view_proponent(seen_from(ledger, f"proponents/{record.id}.html"), record)
        assert len(view.statements) == sum(len(stance.attested) for stance in record.fields.stances)
