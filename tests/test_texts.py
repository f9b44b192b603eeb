"""The words around the content: looked up by key, in the ledger's language, with plurals, dates, lists and numbers."""

import json
import re
from collections import Counter
from datetime import date

import pytest
from markupsafe import Markup

from ledger import texts
from ledger.dates import parse_date
from ledger.texts import languages, own
from ledger.texts.entries import entry, form, places_of

ENGLISH = languages.entries("en")
SHARE = "number.under"
"""A text with one place, `{percent}`."""


def speaking(language: str, **groups: dict[str, object]):
    return texts.spoken(texts.texts_in(language, groups))


def test_english_is_spoken_where_no_ledger_is_read():
    assert texts.say(SHARE, percent="1 %") == "less than 1 %"


def test_a_language_has_its_own_texts():
    with speaking("de"):
        assert texts.say(SHARE, percent="1 %") == "weniger als 1 %"
    with speaking("de-AT"):
        assert texts.say(SHARE, percent="1 %") == "weniger als 1 %"


def test_what_a_language_lacks_is_said_in_english():
    with speaking("ar"):
        assert texts.say(SHARE, percent="1 %") == "less than 1 %"
        assert texts.day(parse_date("2020-01-23")) == "23 January 2020"


def test_html_marks_what_is_english_in_another_language():
    with speaking("ar"):
        assert texts.t(SHARE, percent="1 %") == '<span lang="en" dir="ltr">less than 1 %</span>'
    with speaking("nl"):
        assert texts.t(SHARE, percent="1 %") == '<span lang="en">less than 1 %</span>'
    for language in ("en", "en-US", "de", "de-CH"):
        with speaking(language):
            assert "<" not in texts.t(SHARE, percent="1 %")


def test_html_escapes_all_but_markup():
    with speaking("en", number={"under": "<b> & {percent}"}):
        assert texts.t(SHARE, percent="<i>") == "&lt;b&gt; &amp; &lt;i&gt;"
        assert texts.t(SHARE, percent=Markup("<i>x</i>")) == "&lt;b&gt; &amp; <i>x</i>"
        assert texts.t(SHARE, percent=["<a>", Markup("<b>"), "c"]) == "&lt;b&gt; &amp; &lt;a&gt;, <b> and c"
        assert texts.say(SHARE, percent="<i>") == "<b> & <i>"
    with speaking("en", number={"2": "<b>two</b>"}):
        assert texts.t("strip.keeps", count=2) == "&lt;b&gt;two&lt;/b&gt; keep it on its side"


def test_a_missing_place_is_a_bug():
    with pytest.raises(KeyError):
        texts.say(SHARE)
    with pytest.raises(KeyError):
        texts.say("number.nothing")


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "2020-01-23", "23 January 2020"),
        ("en-US", "2020-01-23", "January 23, 2020"),
        ("en", "2020-01", "January 2020"),
        ("en", "2020", "2020"),
        ("en", "0987", "987"),
        ("en", "2020-02~", "about February 2020"),
        ("en", "2020?", "possibly 2020"),
        ("en", "2020%", "possibly about 2020"),
        ("en", "../2026-04-26", "by 26 April 2026"),
        ("en", "2025-09/..", "September 2025 or later"),
        ("en", "2020/2021-05", "2020 to May 2021"),
        ("de", "2020-01-23", "23. Januar 2020"),
        ("de", "2020-03~", "etwa März 2020"),
        ("de", "2020/2021-05", "2020 bis Mai 2021"),
        ("de-AT", "2020-01-23", "23. Jänner 2020"),
        ("xx", "2020-01-23", "23 January 2020"),
    ],
)
def test_dates(language: str, written: str, said: str):
    with speaking(language):
        assert texts.day(parse_date(written)) == said


def test_a_day_of_the_calendar_and_none():
    assert texts.day(date(2020, 1, 23)) == "23 January 2020"
    assert texts.day(None) == ""


def test_numbers_lists_and_shares():
    assert [texts.number(one) for one in (0, 12, 999, 1_234, 1_234_567)] == ["0", "12", "999", "1,234", "1,234,567"]
    assert [texts.in_words(one) for one in (0, 1, 12, 13, 1_300)] == ["none", "one", "twelve", "13", "1,300"]
    assert [texts.listed(["a", "b", "c"][:many]) for many in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert texts.listed(["a", "b", "c"], "or") == "a, b or c"
    assert (texts.percent(19), texts.decimal("2.5")) == ("19%", "2.5")
    with speaking("de"):
        assert (texts.number(12_345), texts.in_words(3), texts.decimal("2.5")) == ("12.345", "drei", "2,5")
        assert texts.listed(["a", "b", "c"]) == "a, b und c"


def test_places_in_a_row():
    assert [texts.ordinal(one) for one in (1, 2, 3, 4, 11, 22)] == ["1st", "2nd", "3rd", "4th", "11th", "22nd"]
    with speaking("de"):
        assert texts.ordinal(3) == "3."


COUNTED = {"none": "nothing", "one": "one thing", "other": "{count} things"}


def counted(language: str, count: int, **forms: str) -> str:
    made = texts.Texts(language, {"number.percent": forms or COUNTED})
    with texts.spoken(made):
        return texts.say("number.percent", count=count)


def test_plurals():
    assert [counted("en", many) for many in (0, 1, 2, 1_234)] == ["nothing", "one thing", "2 things", "1,234 things"]
    polish = {"one": "{count} praca", "few": "{count} prace", "many": "{count} prac", "other": "{count} pracy"}
    assert [counted("pl", many, **polish) for many in (1, 2, 5, 22)] == ["1 praca", "2 prace", "5 prac", "22 prace"]


def test_numbers_may_be_written_out():
    assert counted("en", 3, other="{count:Words} things") == "Three things"
    assert counted("de", 3, other="{count:words} Dinge") == "drei Dinge"
    assert counted("en", 30, other="{count:words} things") == "30 things"


def test_a_script_gets_the_forms():
    with texts.spoken(texts.Texts("en", {"number.percent": COUNTED})):
        assert json.loads(texts.pattern("number.percent")) == COUNTED


def test_what_is_used_is_noted():
    noted = set[str]()
    with texts.spoken(texts.texts_in("de", {}), noted.add):
        texts.say(SHARE, percent="")
        texts.day(parse_date("2020-01"))
    assert noted == {"texts:number", "texts:date"}


def test_a_group_is_a_closed_list_of_words():
    group = texts.Group("date")
    assert "about" in group
    assert "x" not in group
    assert [*group][:2] == ["about", "possibly"]
    assert len(group) == 9


@pytest.mark.parametrize(
    ("language", "way"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az_Arab", "rtl"), ("ar-Latn", "ltr"), ("de", "ltr")],
)
def test_where_lines_begin(language: str, way: str):
    assert languages.direction(language) == way


# Each language


@pytest.mark.parametrize("language", languages.available())
def test_every_text_of_a_language_is_one_of_english_with_its_places_and_forms(language: str):
    found = [
        (fault.path, fault.message)
        for group, named in languages.file_of(language).items()
        for name, value in named.items()
        for fault in own.faults(language, group, name, value)
    ]
    assert found == []


@pytest.mark.parametrize("language", set(languages.available()) - {"en"})
def test_a_language_with_a_file_has_every_text(language: str):
    theirs = {f"{group}.{name}" for group, named in languages.file_of(language).items() for name in named}
    assert [key for key in ENGLISH if key not in theirs] == []


@pytest.mark.parametrize("language", languages.available())
def test_no_group_is_written_twice(language: str):
    written = (languages.FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    groups = re.findall(r"^([a-z_]+):", written, re.MULTILINE)
    assert [one for one, many in Counter(groups).items() if many > 1] == []


@pytest.mark.parametrize("language", languages.available())
def test_texts_are_typeset(language: str):
    texts_of = [
        piece for one in languages.entries(language).values() for form in one.forms.values() for piece in form.text
    ]
    assert [text for text in texts_of if "'" in text or '"' in text or "..." in text or "  " in text] == []


# How a text is written


@pytest.mark.parametrize("written", ["{", "a } b", "{}", "{0}", "{A}", "{a.b}", "{a!r}", "{a:>3}", "{a:{b}}"])
def test_what_is_no_text(written: str):
    with pytest.raises(ValueError, match=r".+"):
        form(written)


def test_what_is_text():
    assert places_of(entry("x", "en", "{{a}} {b} {count:words} {b}")) == {"b", "count"}
    assert form("") == form("")
    with texts.spoken(texts.Texts("en", {SHARE: "{{a}}"})):
        assert texts.say(SHARE) == "{a}"
