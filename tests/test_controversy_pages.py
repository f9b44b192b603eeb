"""The tabs of a controversy, its story, and the links at the top of every page."""

import pytest
from making import CLAIM, EVIDENCE, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger import texts, urls
from ledger.views import View
from ledger.views.controversy import view_controversy
from ledger.views.navigation import view_navigation
from ledger.views.people import view_people
from ledger.views.story import view_story

FRAME = "title: T\nquestion: Is it late?\nstatus: active\n"
FILES = {
    "controversies/c.yml": FRAME,
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n",
    "sources/s.yml": SOURCE,
}
RESTING = "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [x]\n"
TENSION = "tensions: [{id: pace, title: Fast or slow, text: Nobody timed it., claims: [x]}]\n"


def controversy(files: dict[str, str]) -> View:
    ledger = ledger_of(FILES | files)
    return view_controversy(seen_from(ledger, "controversies/c.html"), ledger.records["c"])


def page(address: str, files: dict[str, str]) -> Reader:
    return Reader(site_of(ledger_of(FILES | files))[address].decode())


# Overview


def test_sources_cited_in_the_texts_of_shown_claims_are_in_the_merged_references():
    evidence = EVIDENCE.replace("A gap.", '"A gap, as [@t] saw."').replace("source: s,", "source: s, locator: '[@u]',")
    files = {
        "positions/c-a.yml": RESTING,
        "claims/x.yml": CLAIM + evidence,
        "sources/t.yml": SOURCE,
        "sources/u.yml": SOURCE,
    }
    assert [(number, source.id) for number, source, _ in controversy(files).references] == [
        (1, "s"),
        (2, "t"),
        (3, "u"),
    ]


def test_the_answer_is_the_beginning_of_the_status_and_the_rest_comes_later():
    note = "status_note: {date: 2020-01-02, text: 'Nobody knows. " + "It is not clear why. " * 30 + "'}\n"
    view = controversy({"controversies/c.yml": FRAME + note})
    assert view.answer.startswith("Nobody knows.")
    assert len(view.answer) <= 400
    assert view.rest.endswith("It is not clear why.")
    assert not view.rest.startswith("Nobody knows.")


def test_the_parts_of_the_page_are_in_their_order():
    files = {
        "controversies/c.yml": FRAME + TENSION + "cruxes: [A better clock?]\n",
        "positions/c-a.yml": RESTING + "objections: [{text: It was not.}]\n",
        "claims/x.yml": CLAIM,
    }
    said = page("controversies/c.html", files).text
    parts = ["Is it late?", "A better clock?", "Fast or slow", "No source is cited here yet."]
    assert sorted(parts, key=said.index) == parts
    assert "It was not." not in said


def test_a_card_says_who_holds_a_position_and_what_its_main_sources_are():
    people = {
        f"proponents/{name}.yml": f"name: {name.title()}\ntype: person\nstances: [{{id: s1, position: c-a, "
        f"stance: {stance}, attested: [{{date: 2001, source: s}}]}}]\n"
        for name, stance in (("ann", "leans"), ("bo", "holds"), ("cy", "rejects"), ("di", "holds"), ("ed", "holds"))
    }
    files = {"positions/c-a.yml": RESTING + "key_sources: [s]\n", "claims/x.yml": CLAIM, **people}
    card, other = controversy(files).positions
    assert [one.title for one in card.holders] == ["Bo", "Di", "Ed"]
    assert card.more == 1
    assert [(source.id, number) for source, number in card.sources] == [("s", 1)]
    assert (other.holders, other.more, other.sources) == ((), 0, ())


def test_what_would_settle_it_names_the_editors_questions_and_the_nearest_predictions():
    resolution = "resolution: {{condition: {}, resolves_by: {}}}\n"
    claims = {
        f"claims/{name}.yml": CLAIM + resolution.format(said, by) + "bears_on: [{position: c-a, relation: supports}]\n"
        for name, said, by in (("far", "It stops.", "2040"), ("near", "It slows.", "2031-05"))
    }
    decided = CLAIM + "resolution: {condition: It ran., resolves_by: 2020, outcome: held}\n"
    files = {"controversies/c.yml": FRAME + "cruxes: [A, B, C, D]\n", "claims/done.yml": decided, **claims}
    assert [(text, by) for text, _, by in controversy(files).settling] == [
        *(("A", ""), ("B", ""), ("C", "")),
        ("It slows.", "Should be known by May 2031."),
        ("It stops.", "Should be known by 2040."),
    ]


# People


def side(letter: str, *proponents: str, sources: dict[str, str] | None = None) -> View:
    files = {f"proponents/p{at}.yml": text for at, text in enumerate(proponents)}
    ledger = ledger_of(FILES | (sources or {}) | files)
    sides = view_people(seen_from(ledger, "controversies/c/people.html"), ledger.records["c"])
    return next(one for one in sides if one.position.fields.letter == letter)


def person(name: str, *stances: str, more: str = "") -> str:
    return f"name: {name}\ntype: person\n{more}" + ("stances:\n" + "".join(stances) if stances else "")


def stance(id_: str, what: str, *attested: str, position: str = "c-a", more: str = "") -> str:
    said = ", ".join(f"{{source: s, {one}}}" for one in attested)
    return f"  - {{id: {id_}, position: {position}, stance: {what}, attested: [{said}]{more}}}\n"


def test_those_who_hold_a_position_come_before_those_who_lean_to_it_and_the_rest_is_named_below():
    view = side(
        "A",
        person("Ada", stance("s1", "leans", "date: 2001")),
        person("Bo", stance("s1", "holds", "date: 2002")),
        person("Cy", stance("s1", "rejects", "date: 2003")),
    )
    assert [one.holder.proponent.title for one in view.people] == ["Bo", "Ada"]
    assert [one.proponent.title for one in view.others] == ["Cy"]


def test_own_words_are_shown_before_newer_paraphrase():
    said = ("date: 2001, quote: It is late.", "date: 2005, shows: Says so again.")
    (one,) = side("A", person("Ada", stance("s1", "holds", *said))).people
    assert one.said
    assert (one.said.quote, one.date) == ("It is late.", "2001")


def test_a_short_quotation_is_explained_in_the_editors_words():
    short = side(
        "A", person("Ada", stance("s1", "holds", "date: 2001, quote: It is late., shows: Doubts the clock."))
    ).people
    clear = side(
        "A",
        person(
            "Ada", stance("s1", "holds", "date: 2001, quote: It is late and it will be later every day., shows: So.")
        ),
    ).people
    assert [one.paraphrase for one in (*short, *clear)] == ["Doubts the clock.", ""]


def test_without_own_words_the_newest_statement_is_shown():
    said = ("date: 2005, shows: Newer.", "date: 2001, shows: Older.")
    (one,) = side("A", person("Ada", stance("s1", "holds", *said))).people
    assert one.said
    assert one.said.shows == "Newer."


def test_a_stake_is_their_own_or_that_of_where_they_work_now():
    works = "affiliations: [{id: p1, role: chief}, {id: p2, until: 2001}]\n"
    shop = "name: Shop\ntype: organisation\ninterests: [{note: Sells clocks., source: s}]\n"
    former = "name: Inn\ntype: organisation\ninterests: [{note: Sells beer.}]\n"
    ada = person("Ada", stance("s1", "holds", "date: 2003"), more=works)
    (one,) = side("A", ada, shop, former).people
    (interest,) = one.interests
    assert (interest.note, interest.of and interest.of.title, interest.source and interest.source.id) == (
        "Sells clocks.",
        "Shop",
        "s",
    )
    assert one.role == "chief, Shop"
    own = person("Ada", stance("s1", "holds", "date: 2003"), more=works + "interests: [{note: Owns Shop.}]\n")
    (one,) = side("A", own, shop, former).people
    assert [(interest.note, interest.of) for interest in one.interests] == [("Owns Shop.", None)]


def test_who_left_another_position_or_changed_on_this_one_is_said_to_have_moved():
    left = person("Ada", stance("s1", "left", "date: 2001", position="c-b"), stance("s2", "holds", "date: 2002"))
    changed = person("Bo", stance("s1", "leans", "date: 2001"), stance("s2", "holds", "date: 2003"))
    same = person("Cy", stance("s1", "holds", "date: 2001", "date: 2004"))
    assert {one.holder.proponent.title: one.moved for one in side("A", left, changed, same).people} == {
        "Ada": "Changed: left B, 2001.",
        "Bo": "Changed: leaned to it before 2003.",
        "Cy": "",
    }


def test_those_who_changed_can_be_picked_out_only_where_somebody_did():
    stays = {"proponents/p0.yml": person("Ada", stance("s1", "holds", "date: 2001"))}
    moves = {
        "proponents/p1.yml": person("Bo", stance("s1", "leans", "date: 2001"), stance("s2", "holds", "date: 2003"))
    }
    at = "controversies/c/people.html"
    picked = texts.say("people.moved_only")
    assert picked not in page(at, stays).text
    assert picked in page(at, stays | moves).text


def test_nobody_with_a_stance_is_said():
    assert "No source in this ledger shows who takes a side." in page("controversies/c/people.html", {}).text


# The story


def test_a_claim_in_the_story_has_its_verdict_and_who_would_object_in_the_margin():
    files = {
        "controversies/c.md": f"---\n{FRAME}---\nSome say [[x|it is late]], as [@s] does.\n",
        "positions/c-b.yml": FILES["positions/c-b.yml"] + "rejects: [x]\n",
        "claims/x.yml": CLAIM + EVIDENCE,
    }
    without = {path: text for path, text in FILES.items() if path != "controversies/c.yml"}
    ledger = ledger_of(without | files)
    view = view_story(seen_from(ledger, "controversies/c/story.html"), ledger.records["c"])
    assert "Open. B would object." in view.body.striptags()
    assert view.minutes == 1


def test_a_controversy_without_a_story_says_so():
    assert texts.say("story_page.none") in page("controversies/c/story.html", {}).text
    assert "The story so far" not in page("controversies/c.html", {}).text


# Audit, about, moved pages


def test_every_page_of_a_controversy_is_led_to_from_a_tab():
    site = site_of(ledger_of(FILES))
    reached = {link for name in ("", *urls.TABS) for link in _links(site, name)}
    pages = {path for path in site if path.startswith("controversies/c") and path.endswith(".html")}
    moved = {urls.overview("c", name) for name in urls.MOVED}
    assert pages - moved - {"controversies/c/story.html"} <= reached


def _links(site: dict[str, bytes], name: str) -> list[str]:
    address = urls.overview("c", name) if name else "controversies/c.html"
    found = Reader(site[address].decode()).links
    own = "controversies/" if not name else "controversies/c/"
    return [f"controversies/{link[3:]}" if link.startswith("../") else own + link for link in found]


@pytest.mark.parametrize(("former", "now"), urls.MOVED.items())
def test_the_address_of_a_page_that_moved_leads_on(former: str, now: str):
    text = site_of(ledger_of(FILES))[urls.overview("c", former)].decode()
    assert f'content="0; url={now}.html"' in text


def test_the_page_about_the_ledger_leads_to_every_list():
    found = page("about.html", {"pages/p.md": "---\ntitle: How\n---\nSo.\n"})
    assert {"pages/p.html", "sources/index.html", "sources/by/year.html", "a-z.html", "gaps.html"} <= set(found.links)
    assert {"index.json", "ledger.jsonl"} <= set(page("data.html", {}).links)


# The links at the top


def navigation(files: dict[str, str], at: str, kind: str) -> list[tuple[str, str, str]]:
    return [tuple(link) for link in view_navigation(seen_from(ledger_of(files), at), kind)]


def test_with_one_controversy_the_links_lead_to_its_tabs():
    assert navigation(FILES, "controversies/c/people.html", "controversy") == [
        ("The debate", "controversies/c.html", "true"),
        ("Evidence", "controversies/c/evidence.html", ""),
        ("People", "controversies/c/people.html", "page"),
        ("Timeline", "controversies/c/timeline.html", ""),
        ("About", "about.html", ""),
    ]


def test_with_several_they_lead_across_them_as_far_as_there_are_records():
    several = FILES | {"controversies/d.yml": FRAME, "claims/x.yml": CLAIM}
    assert navigation(several, "claims/x.html", "claim") == [
        ("The debate", "index.html", ""),
        ("Claims", "claims/index.html", "true"),
        ("About", "about.html", ""),
    ]


def test_home_quotes_for_each_side_a_person_who_holds_it_in_enough_words():
    long = "we have seen it leave late in nine summers"
    people = [
        person("Leaning", stance("s", "leans", f"date: 2024, quote: {long} and more")),
        person("Curt", stance("s", "holds", "date: 2025, quote: it is late")),
        person("Clear", stance("s", "holds", f"date: 2020, quote: {long}")),
        person("Gone", stance("s", "holds", f"date: 2021, quote: {long}"), stance("t", "left", "date: 2022")),
        person("Guessed", stance("s", "holds", f"date: 2026, quote: {long}", more=", inferred: true")),
        person("House", stance("s", "holds", f"date: 2026, quote: {long}")).replace("type: person", "type: group"),
    ]
    files = FILES | {f"proponents/p{at}.yml": text for at, text in enumerate(people)}
    text = " ".join(Reader(site_of(ledger_of(files))["index.html"].decode()).text.split())
    camps = text[text.index("What the sides say") :]
    assert f"Clear: {long} 2020" in camps
    assert camps.count(long) == 1
