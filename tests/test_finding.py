"""In which order search finds what: its own script, run on small ledgers."""

import pytest
from finding import answers, found, found_at_first, order
from making import CLAIM, EVIDENCE, SOURCE, ledger_of, site_of

from ledger.graph import Ledger

pytestmark = pytest.mark.needs("node")

DISPUTE = {
    "sources/s.yml": SOURCE,
    "controversies/c.yml": "title: Does ice move?\nquestion: Does it?\nstatus: active\n"
    "search_words: [creeping glacier]\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: Flow\nstatement: Yes, downhill.\n",
}


ODD = ("constructor", "__proto__", "…", "toString")


def claim(statement: str, more: str = "") -> str:
    return CLAIM.replace("It moves.", statement) + EVIDENCE + more


def term(name: str, *other_names: str, definition: str = "D.") -> str:
    return f"term: {name}\ndefinition: {definition}\nother_names: [{', '.join(other_names)}]\n"


def terms(**names: str) -> Ledger:
    return ledger_of({f"terms/{id_}.yml": term(name) for id_, name in names.items()})


def titled(word: str) -> dict[str, str]:
    """One record of each kind, with the word in its title."""
    title = f"The {word} of Elm"
    return {
        "threads/kind-thread.md": f"---\ntitle: {title}\nsummary: A.\n---\n",
        "controversies/kind.yml": f"title: {title}\nquestion: Does it?\nstatus: active\n",
        "positions/kind-a.yml": f"controversy: kind\nletter: A\nstatement: {title}\n",
        "claims/kind-claim.yml": claim(title),
        "sources/s.yml": SOURCE,
        "sources/kind-source.yml": SOURCE.replace("Maps", title),
        "proponents/kind-proponent.yml": f"name: {title}\ntype: group\n",
        "events/kind-event.yml": f"title: {title}\ndate: 2001\nsources: [s]\n",
        "terms/kind-term.yml": term(title),
        "pages/kind-page.md": f"---\ntitle: {title}\n---\nText.\n",
    }


def folders(urls: tuple[str, ...]) -> list[str]:
    return [url.partition("/")[0] for url in urls]


def test_any_of_the_words_is_enough_and_who_holds_more_of_them_comes_first():
    ledger = terms(one="tide", both="tide clock", other="clock")
    assert found(ledger, "clock tide")[0] == "terms/both.html"
    assert set(found(ledger, "clock tide")) == {"terms/one.html", "terms/both.html", "terms/other.html"}


def test_whether_a_record_holds_all_of_the_words_is_told():
    ledger = terms(one="tide", both="tide clock")
    told = [(one.whole, one.urls[:1]) for one in answers(ledger, ["tide clock", "tide clock zebra", "zebra"])]
    assert told == [(True, ("terms/both.html",)), (False, ("terms/both.html",)), (False, ())]


def test_kinds_that_lead_further_come_before_claims_and_claims_before_sources():
    kinds = folders(found(ledger_of(titled("harbour")), "harbour"))
    assert kinds[0] == "controversies"
    assert set(kinds[1:5]) == {"threads", "positions", "terms", "proponents"}
    assert kinds[5:7] == ["pages", "claims"]
    assert set(kinds[7:]) == {"sources", "events"}


def test_a_word_in_the_title_of_a_source_comes_before_the_same_word_in_the_text_of_a_term():
    texts = {
        "sources/s.yml": SOURCE.replace("Maps", "Of glaciers and of many other things in the north"),
        "terms/t.yml": term("ice", definition="What a glacier is made of."),
    }
    assert found(ledger_of(texts), "glacier") == ("sources/s.html", "terms/t.html")


def test_what_is_called_just_so_comes_before_what_is_called_so_among_other_things():
    texts = titled("harbour") | {"claims/other.yml": claim("The harbour of Elm is deep.")}
    texts["terms/kind-term.yml"] = term("harbour", "port")
    ledger = ledger_of(texts)
    assert found(ledger, "harbour")[0] == "terms/kind-term.html"
    assert found(ledger, "what is a port?")[0] == "terms/kind-term.html"


def test_a_record_that_was_withdrawn_comes_after_one_that_stands():
    gone = "withdrawn: {date: 2001-01-01, why: W.}\n"
    texts = {"sources/s.yml": SOURCE, "claims/a.yml": claim("A tide.", gone), "claims/b.yml": claim("The tide.")}
    assert found(ledger_of(texts), "tide") == ("claims/b.html", "claims/a.html")


def test_stop_words_and_question_words_are_left_out():
    ledger = terms(bell="harbour clock", what="what there is of it")
    plain, question = answers(ledger, ["harbour clock", "So, what things make the harbour clock?"])
    assert plain == question
    assert plain.marked == ("[harbour] [clock]",)


def test_where_only_stop_words_are_typed_they_are_looked_for():
    assert found(terms(bell="clock", every="all there is"), "all") == ("terms/every.html",)


def test_other_names_are_found_and_are_looked_for_as_well():
    texts = {
        "sources/s.yml": SOURCE,
        "terms/t.yml": term("tide table", "almanac"),
        "claims/x.yml": claim("The table of tides was late."),
        "claims/y.yml": claim("The table was late."),
    }
    ledger = ledger_of(texts)
    assert found(ledger, "almanac") == ("terms/t.html", "claims/x.html")
    assert found(ledger, "late almanac")[0] == "claims/x.html"


def test_an_organisation_is_found_by_the_names_of_those_who_lead_it():
    texts = {
        "proponents/yard.yml": "name: The Yard\ntype: organisation\nmembers: [{name: Ada Brass, role: head}]\n",
        "proponents/mill.yml": "name: The Mill\ntype: organisation\n",
        "proponents/tom.yml": "name: Tom Reed\ntype: person\naffiliations: [{id: mill, role: head}]\n",
        "proponents/eve.yml": "name: Eve Holt\ntype: person\naffiliations: [{id: mill, until: 1999}]\n",
    }
    ledger = ledger_of(texts)
    assert found(ledger, "brass") == ("proponents/yard.html",)
    assert found(ledger, "reed") == ("proponents/tom.html", "proponents/mill.html")
    assert found(ledger, "holt") == ("proponents/eve.html",)


def test_search_words_find_a_record_and_are_not_shown():
    texts = {"sources/s.yml": SOURCE, "claims/x.yml": claim("The ice moves.", "search_words: [creeping glacier]\n")}
    ledger = ledger_of(texts)
    assert found(ledger, "glacier") == ("claims/x.html",)
    assert b"creeping" not in site_of(ledger)["claims/x.html"]


def test_a_position_is_found_by_its_letter_and_label():
    texts = DISPUTE | {
        f"positions/c-{one.lower()}.yml": f"controversy: c\nletter: {one}\nstatement: No.\n" for one in "BD"
    }
    ledger = ledger_of(texts)
    assert found(ledger, "flow") == ("positions/c-a.html",)
    assert [found(ledger, f"position {one}")[0] for one in "ABD"] == [f"positions/c-{one}.html" for one in "abd"]


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("who says that ice moves?", "controversies/c/people.html"),
        ("strongest evidence on ice", "controversies/c/evidence.html"),
        ("what would settle it", "controversies/c/cruxes.html"),
        ("conflict of interest", "controversies/c/people.html"),
        ("who believes in creeping glaciers", "controversies/c/people.html"),
        ("how sure", "method.html"),
    ],
)
def test_a_question_that_a_page_of_the_site_answers_finds_that_page(asked: str, page: str):
    assert found(ledger_of(DISPUTE), asked)[0] == page


def test_the_pages_of_a_controversy_are_not_found_by_its_title_alone():
    assert found(ledger_of(DISPUTE), "does ice move") == ("controversies/c.html", "positions/c-a.html")


def test_of_two_controversies_the_larger_comes_first():
    texts = DISPUTE | {
        "controversies/b.yml": "title: Does ice melt?\nquestion: Does it?\nstatus: active\n",
        "claims/x.yml": claim("Ice is heavy.", "bears_on: [{position: c-a, relation: supports}]\n"),
    }
    assert found(ledger_of(texts), "conflict of interest")[:2] == (
        "controversies/c/people.html",
        "controversies/b/people.html",
    )


@pytest.mark.parametrize("asked", ["中文", "規模", "定律", "測試中文", "標", "律", "模定"])
def test_chinese_is_found_by_any_of_its_signs(asked: str):
    texts = {"terms/t.yml": term("測試中文標題規模定律"), "terms/other.yml": term("時鐘")}
    assert found(ledger_of(texts), asked) == ("terms/t.html",)


@pytest.mark.parametrize("asked", ["ケーリ", "則", "ｽｹｰﾘﾝｸﾞ", "がくしゅう", "학습", "법칙"])
def test_japanese_and_korean_are_found_by_any_of_their_signs(asked: str):
    texts = {"terms/t.yml": term("スケーリング則とがくしゅう 기계학습의법칙"), "terms/other.yml": term("かくかく")}
    assert found(ledger_of(texts), asked)[0] == "terms/t.html"


def test_what_was_found_is_marked_sign_by_sign_and_word_by_word():
    ledger = ledger_of({"terms/t.yml": term("標題規模定律 and the Öl tides")})
    marked = [one.marked[0] for one in answers(ledger, ["規模定", "ol tide"])]
    assert marked == ["標題[規][模][定]律 and the Öl tides", "標題規模定律 and the [Öl] [tides]"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        *(("Schölkopf", "scholkopf"), ("Łódź", "lodz"), ("Ørsted", "orsted"), ("Straße", "STRASSE"), ("ＬＬＭ", "llm")),
        *(("ﬁnal ﬂow", "final"), ("final", "ﬁnal"), ("Œuvre", "oeuvre")),
        *(("Čapek", "capek"), ("plain", "pláin"), ("كِتَاب", "كتاب"), ("हिन्दी", "हिन्दी"), ("Wałęsa’s", "walesa")),
    ],
)
def test_accents_and_forms_of_letters_do_not_matter(name: str, asked: str):
    assert found(terms(t=name, other="zebra"), asked) == ("terms/t.html",)


@pytest.mark.parametrize("asked", ["ひんと", "हन्द"])
def test_marks_that_make_another_letter_do(asked: str):
    assert found(terms(t="びんど", other="हिन्दी"), asked) == ()


@pytest.mark.parametrize("asked", ["laws", "law", "the law's"])
@pytest.mark.parametrize("name", ["law", "laws"])
def test_another_form_of_a_word_is_the_same_word(name: str, asked: str):
    assert found(terms(t=name), asked) == ("terms/t.html",)


@pytest.mark.parametrize(
    ("asked", "name"),
    [("scaling", "scale"), ("scaled", "scaling"), ("abilities", "ability"), ("losses", "loss"), ("hitting", "hits")],
)
def test_endings_are_left_out(asked: str, name: str):
    assert found(terms(t=name), asked) == ("terms/t.html",)


@pytest.mark.parametrize("asked", ["GPT-4", "gpt4", "gpt 4", "pretraining", "pre-training", "pre training"])
def test_what_a_hyphen_joins_is_one_word_and_two(asked: str):
    assert found(terms(t="pre-training of GPT-4", other="zebra"), asked) == ("terms/t.html",)


def test_a_figure_is_no_slip_for_another():
    assert found(terms(t="gpt4", other="zebra"), "gpt5") == ()


@pytest.mark.parametrize("asked", ["chinchila", "cihnchilla", "chinchills", "shinchilla", "chinc", "glacer", "galcier"])
def test_the_beginning_of_a_word_and_a_slip_are_enough(asked: str):
    assert found(terms(t="chinchilla glacier", other="zebra"), asked) == ("terms/t.html",)


def test_what_is_spelt_rightly_is_not_taken_for_a_slip():
    ledger = terms(stone="stone", store="store")
    assert found(ledger, "stone") == ("terms/stone.html",)
    assert found(ledger, "stine") == ("terms/stone.html",)


def test_a_word_in_full_comes_before_one_that_only_begins_so():
    assert found(terms(begins="tidewater", same="high tide"), "tide") == ("terms/same.html", "terms/begins.html")


def test_a_short_word_that_others_follow_is_no_beginning():
    ledger = terms(ai="ai tide", aim="aim")
    assert "terms/aim.html" not in found(ledger, "ai tide")
    assert "terms/aim.html" in found(ledger, "tide ai")


def test_without_words_records_stand_in_the_order_of_the_alphabet():
    names = ("zebra", "Éclair", "apple", "«Bell»", "2 bits")
    ledger = ledger_of({f"terms/t{at}.yml": term(name) for at, name in enumerate(names)})
    assert [title for title in order(ledger) if title in names] == ["2 bits", "apple", "«Bell»", "Éclair", "zebra"]


def test_records_with_odd_names_break_nothing():
    texts = {f"terms/{name}.yml": term(f'"{word}"', "…") for name, word in zip("abcd", ODD, strict=True)}
    some = answers(ledger_of(texts), [*ODD, "", "  ", "'", "😀", "a" * 300, "tide " * 3000])
    assert [one.urls for one in some] == [("terms/a.html",), ("terms/b.html",), (), ("terms/d.html",), *[()] * 6]


def test_what_matters_most_is_found_before_the_rest_is_read():
    assert found_at_first(ledger_of(titled("tide")), "tide") == ("controversies/kind.html",)
