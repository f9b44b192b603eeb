"""The page of a source: every use of it, with the words around each citation."""

import pytest
from making import CLAIM, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger.citations import author_name
from ledger.views import View
from ledger.views.excerpts import LONGEST, excerpts
from ledger.views.source import MOST, view_source

WORK = SOURCE.replace("authors: unknown", "authors: [{family: Brass, given: Ada}]")
SOURCES = {"sources/s.yml": WORK, "sources/t.yml": WORK}
DEBATE = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\n",
}
ITEM = "  - {{id: {id}, source: s, relation: {relation}, shows: {shows}, consulted: abstract, locator: page 3}}\n"


def page(files: dict[str, str], source: str = "s") -> View:
    ledger = ledger_of(SOURCES | files)
    return view_source(seen_from(ledger, f"sources/{source}.html"), ledger.records[source])


def html(files: dict[str, str]) -> Reader:
    return Reader(site_of(ledger_of(SOURCES | files))["sources/s.html"].decode())


def cited(text: str, *, markdown: bool = True) -> tuple[str, ...]:
    return excerpts(ledger_of(SOURCES), text, markdown=markdown).get("s", ())


# Facts


def test_facts_begin_with_a_capital_and_links_in_a_line_do_not():
    where = "url: https://example.org/maps\narxiv: '1602.00001'\narchive_url: https://archive.example.org/maps\n"
    written = site_of(ledger_of({"sources/s.yml": WORK + where}))["sources/s.html"].decode()
    for fact, link in (("Live page", "live page"), ("Archived copy", "archived copy"), ("arXiv", "arXiv")):
        assert f"<dt>{fact}</dt>" in written
        assert f">{link}</a>" in written.partition('<p class="reference">')[2].partition("</p>")[0]


# Uses


def test_evidence_stands_under_its_claim_with_what_it_does_to_it():
    items = ITEM.format(id="e1", relation="disputes", shows="A gap.")
    items += ITEM.format(id="e2", relation="supports", shows="No gap.")
    ((claim, found),) = page({"claims/x.yml": f"{CLAIM}evidence:\n{items}"}).shown
    assert {one.item.relation for one in found} == {"supports", "disputes"}
    assert claim.href == f"../claims/x.html#{found[0].item.id}"


def test_what_adds_something_comes_first_then_what_matters_to_most_positions():
    evidence = "evidence:\n" + ITEM.format(id="e1", relation="supports", shows="A gap.")
    files = {f"claims/{id_}.yml": f"statement: {id_}.\ntype: empirical\n{evidence}" for id_ in "uvw"}
    files["claims/u.yml"] = files["claims/u.yml"].replace("supports", "mentions")
    tied = DEBATE | {"positions/c-a.yml": DEBATE["positions/c-a.yml"] + "rests_on: [w]\n"}
    assert [claim.id for claim, _ in page(files | tied).shown] == ["w", "v", "u"]


def test_beyond_the_first_ones_evidence_is_folded_and_counted():
    evidence = "evidence:\n" + ITEM.format(id="e1", relation="supports", shows="A gap.")
    files = {f"claims/x{at}.yml": f"statement: X{at}.\ntype: empirical\n{evidence}" for at in range(MOST + 2)}
    view = page(files)
    assert (len(view.shown), len(view.folded), view.many_folded) == (MOST, 2, 2)
    assert "Two more things it shows here" in html(files).text


def test_an_evidence_item_says_what_it_shows_where_and_how_it_was_read():
    items = ITEM.format(id="e1", relation="supports", shows="A gap.")
    quoted = items.replace("consulted", "quote: mind the gap, consulted")
    text = html({"claims/x.yml": f"{CLAIM}evidence:\n{quoted}"}).text
    for said in ("For", "It moves.", "A gap.", "mind the gap", "page 3", "read as an abstract"):
        assert said in text


def test_evidence_on_a_withdrawn_claim_comes_last_and_is_marked():
    evidence = "evidence:\n" + ITEM.format(id="e1", relation="supports", shows="A gap.")
    gone = "withdrawn: {date: 2020, why: Wrong.}\n"
    files = {
        "claims/a.yml": f"statement: A first.\ntype: empirical\n{evidence}{gone}",
        "claims/z.yml": f"statement: Z last.\ntype: empirical\n{evidence}",
    }
    assert [(claim.id, claim.withdrawn) for claim, _ in page(files).shown] == [("z", False), ("a", True)]
    assert "(withdrawn)" in html(files).text


def test_an_attested_stance_leads_to_its_place_on_the_proponents_page():
    stances = """
stances:
  - id: s1
    position: c-a
    stance: holds
    attested: [{date: 2019, source: t}, {date: 2020-05, source: s, quote: late}]
"""
    ((proponent, statement),) = page({**DEBATE, "proponents/p.yml": f"name: P\ntype: person{stances}"}).uses["stances"]
    assert (proponent.href, statement.date, statement.attested.quote) == (
        "../proponents/p.html#s1.2",
        "May 2020",
        "late",
    )


def test_a_condition_that_would_change_a_mind_names_who_set_it_and_its_position():
    minds = "would_change_mind: [{by: p, condition: A bell., source: s, locator: end, outcome: open}]\n"
    files = {**DEBATE, "proponents/p.yml": "name: P\ntype: person\n"}
    files["positions/c-a.yml"] += minds
    ((position, (condition, _)),) = page(files).uses["conditions"]
    assert (position.id, condition.by, condition.condition) == ("c-a", "p", "A bell.")
    assert "Outcome: open." in html(files).text


def test_events_that_it_tells_of_are_in_order_of_time_with_dates_as_exact_as_known():
    text = html(
        {
            "events/b.yml": "title: B\ndate: 2001-05-03\nsources: [s]\n",
            "events/a.yml": "title: A\ndate: 2002\nend_date: 2003\nsources: [s]\n",
            "events/other.yml": "title: O\ndate: 2000\nsources: [t]\n",
        }
    ).text
    assert "Events" in text
    assert "B 3 May 2001\nA 2002 to 2003\n" in text
    assert "O 2000" not in text


def test_terms_that_it_defines_stand_with_the_definition():
    (term,) = page({"terms/w.yml": "term: W\ndefinition: A wheel.\nsources: [s]\n"}).uses["definitions"]
    assert (term.id, term.fields.definition) == ("w", "A wheel.")


def test_of_the_searches_of_a_record_only_those_that_kept_it_are_shown():
    search = "{{date: 2020, by: ann, for: {sought}, where: [here], found: 1, kept: [{kept}]}}"
    searches = ", ".join((search.format(sought="gaps", kept="s"), search.format(sought="bends", kept="t")))
    ((record, search),) = page({"claims/x.yml": f"{CLAIM}searches: [{searches}]\n"}).uses["searches"]
    assert (record.id, search.for_, search.by) == ("x", "gaps", "ann")


def test_a_source_under_a_former_id_is_the_same_source():
    files = {"sources/s.yml": SOURCE + "former_ids: [old]\n", "terms/w.yml": "term: W\ndefinition: See [@old].\n"}
    assert [use.record.id for use in page(files).uses["citations"]] == ["w"]


def test_other_uses_are_counted_and_folded():
    files = {"claims/x.yml": CLAIM + "body: As [@s] says.\n", "events/e.yml": "title: E\ndate: 2001\nsources: [s]\n"}
    assert page(files).use_counts == (("events", 1), ("citations", 1))
    assert "Events it reports · one event" in html(files).text
    assert {"uses-events", "uses-citations"} <= set(html(files).ids)


def test_a_source_that_nothing_uses_says_so():
    assert page({}).use_counts == ()
    assert "Nothing here uses this source yet." in html({}).text


def test_what_is_shown_as_a_use_does_not_stand_in_the_backlinks_again():
    files = {
        "claims/x.yml": f"{CLAIM}body: As [@s] says.\nevidence:\n"
        + ITEM.format(id="e1", relation="supports", shows="A.")
    }
    assert "Linked from" not in html(files).text


# What it is based on


@pytest.mark.parametrize(
    ("fields", "tier", "said"),
    [
        ("derived_from: []\nfirst_hand: true\n", "preprint", "Original research."),
        ("derived_from: []\nfirst_hand: true\n", "reporting", "Original reporting."),
        ("derived_from: []\n", "reporting", "No source behind it was found."),
        ("derived_from: unknown\n", "reporting", "We have not checked yet what this source draws on."),
    ],
)
def test_a_source_says_whether_it_is_original(fields: str, tier: str, said: str):
    text = SOURCE.replace("derived_from: unknown\n", fields).replace("tier: reporting", f"tier: {tier}")
    assert page({"sources/s.yml": text}).origin == said


def test_derivation_is_told_from_both_ends_with_what_was_inferred():
    derived = "derived_from: [{source: t, how: summarises, inferred: true}]\n"
    files = {"sources/s.yml": SOURCE.replace("derived_from: unknown\n", derived), "sources/t.yml": SOURCE}
    site = site_of(ledger_of(files))
    from_it, to_it = (Reader(site[f"sources/{id_}.html"].decode()).text for id_ in ("s", "t"))
    assert "It summarises Maps (inferred)" in " ".join(from_it.split())
    assert "Maps summarises it (inferred)" in " ".join(to_it.split())


def test_a_derivation_of_an_unknown_sort_is_told_in_english():
    derived = "derived_from: [{source: t, how: unknown, inferred: true}]\n"
    files = {"sources/s.yml": SOURCE.replace("derived_from: unknown\n", derived), "sources/t.yml": SOURCE}
    site = site_of(ledger_of(files))
    from_it, to_it = (Reader(site[f"sources/{id_}.html"].decode()).text for id_ in ("s", "t"))
    assert "It draws on Maps; how is not known (inferred)" in " ".join(from_it.split())
    assert "Maps draws on it; how is not known (inferred)" in " ".join(to_it.split())


@pytest.mark.parametrize(("more", "said"), [("", "and 7 others"), ("et_al: true\n", "and at least 7 others")])
def test_of_many_authors_the_first_are_named_and_the_others_folded(more: str, said: str):
    many = ", ".join(f"{{literal: N{at}}}" for at in range(10))
    files = {"sources/s.yml": SOURCE.replace("authors: unknown", f"authors: [{many}]") + more}
    view = page(files)
    assert view.reference.authors == f"N0, N1, N2 {said}"
    assert ([author_name(author) for author in view.authors], len(view.more_authors)) == (["N0", "N1", "N2"], 7)
    assert "7 others" in html(files).text


def test_few_authors_are_all_named():
    view = page({})
    assert ([author_name(author) for author in view.authors], view.more_authors) == (["Ada Brass"], ())


def test_with_what_an_entry_was_compared_and_how_sure_that_is():
    checked = "checked: {confidence: high, against: [the opening of the page]}\n"
    text = " ".join(html({"sources/s.yml": SOURCE + checked}).text.split())
    assert "Author, title and date compared with the opening of the page (very sure)" in text


def test_a_retracted_source_says_so_with_date_and_notice():
    files = {"sources/s.yml": SOURCE + "status: retracted\nstatus_date: 2021-04\nnotice: t\n"}
    assert "This source is retracted, as of April 2021. The notice: Maps" in " ".join(html(files).text.split())


# The sentence around a citation


def test_the_sentence_around_a_citation_is_plain_text():
    text = "One. It **moved** in [the `sea`](https://a.example) ([@s, page 2]). Three."
    assert cited(text) == ("It moved in the sea (Brass 1999, page 2).",)


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before_it():
    assert cited("One. It moved. [@s]") == ("It moved. Brass 1999",)


def test_neither_initials_nor_shortened_words_end_a_sentence():
    text = "One. J. Brass et al. Moved it, i.e. The clock, see [@s]. Then."
    assert cited(text) == ("J. Brass et al. Moved it, i.e. The clock, see Brass 1999.",)


@pytest.mark.parametrize("text", ["One.\n\n- First\n- See [@s] there\n", "# See [@s] there\n\nOne.\n"])
def test_a_sentence_does_not_leave_its_block(text: str):
    assert cited(text) == ("See Brass 1999 there",)


def test_a_citation_in_code_is_none():
    assert cited("Write `[@s]` there.") == ()


def test_only_citations_of_this_source_count():
    assert cited("See [@t]. See [[s]].") == ()


def test_a_short_field_is_read_without_markdown():
    assert cited("*It* moved, says [@s].", markdown=False) == ("*It* moved, says Brass 1999.",)


@pytest.mark.parametrize("before", [0, 30, 90])
def test_a_long_sentence_is_cut_at_words_around_the_citation(before: int):
    (excerpt,) = cited(f"{'wheel ' * before}[@s]{' spoke' * (90 - before)}.")
    assert "Brass 1999" in excerpt
    assert len(excerpt) <= LONGEST
    assert set(excerpt.replace("Brass 1999", "").replace(".", "").split()) <= {"wheel", "spoke", "…"}


def test_texts_of_an_evidence_item_lead_to_it():
    items = ITEM.format(id="e1", relation="supports", shows="'A gap, as [@t] saw.'")
    (use,) = page({"claims/x.yml": f"{CLAIM}evidence:\n{items}"}, "t").uses["citations"]
    assert (use.record.href, use.sentences) == ("../claims/x.html#e1", ("A gap, as Brass 1999 saw.",))


@pytest.mark.parametrize(("type_", "said"), [("paper-conference", "conference paper"), ("legal_case", "court case")])
def test_the_type_of_a_source_is_said_in_words(type_: str, said: str):
    ledger = ledger_of({"sources/s.yml": SOURCE.replace("report", type_, 1)})
    assert f"<dt>Form</dt><dd>{said}</dd>" in site_of(ledger)["sources/s.html"].decode()
