"""Templates → text: what is escaped, and what is not escaped again."""

import gc
from pathlib import Path
from weakref import ref

import pytest
from jinja2 import DictLoader, Environment
from making import ledger_of, seen_from
from markupsafe import Markup, escape

from ledger import render
from ledger.render import environment_for, environment_in
from ledger.texts import escaped

HOSTILE = "<script>alert('&\")</script>"
TEMPLATES = {
    "macros.html": "{% macro shown(value) %}<b>{{ value }}</b>{% endmacro %}",
    "page.html": '{% import "macros.html" as macros %}{% block main %}'
    "{% set kept %}<i>{{ view }}</i>{% endset %}"
    "{{ view }}|{{ kept }}|{{ macros.shown(view) }}|{{ macros.shown(kept) }}|{{ view|upper }}|{{ (view|e)|e }}"
    "{% endblock %}",
}


class Odd(str):
    """A text of a class of its own."""

    __slots__ = ("__weakref__",)


@pytest.mark.parametrize("value", [HOSTILE, "", "plain", Markup("<b>"), Markup(""), 5, None, Odd(HOSTILE), [HOSTILE]])
def test_a_value_is_escaped_as_the_library_escapes_it(value: object):
    assert str(escape(value)) == escaped(value)


def test_a_value_is_escaped_once_wherever_it_stands():
    """In a block, a kept piece, a macro, and a kept piece in a macro."""
    made = environment_for(DictLoader(TEMPLATES)).get_template("page.html").render(view=HOSTILE)
    safe = str(escape(HOSTILE))
    once = (safe, f"<i>{safe}</i>", f"<b>{safe}</b>", f"<b><i>{safe}</i></b>", str(escape(HOSTILE.upper())), safe)
    assert made == "|".join(once)


def test_templates_put_out_plain_pieces():
    """The library's own way of writing a value out is the one that is replaced."""
    code = environment_for(DictLoader(TEMPLATES)).compile(TEMPLATES["page.html"], raw=True)
    assert " escaped(" in code
    assert " escape(" not in code


def test_what_a_page_shows_goes_when_it_is_made():
    """Without the collector of cycles, which a command does without: a macro of a page knows all that the page does."""
    text = "{% macro shown() %}{{ view }}{% endmacro %}{{ shown() }}"
    environment, view = environment_for(DictLoader({"page.html": text})), Odd("It.")
    seen = ref(view)
    gc.disable()
    try:
        assert render._rendered(environment, environment.get_template("page.html"), {"view": view}) == "It."
        del view
        assert seen() is None
    finally:
        gc.enable()


def test_a_template_is_compiled_again_only_when_its_text_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """By whatever environment: each build of a process and each save under `serve` makes a new one."""
    plain, compiled = Environment.compile, []

    def noted(self: Environment, source: str, name: str, *more: object, **named: object) -> object:
        compiled.append(source)
        return plain(self, source, name, *more, **named)

    def shown(text: str) -> str:
        (tmp_path / "a.html").write_text(text)
        return environment_in([tmp_path]).get_template("a.html").render()

    monkeypatch.setattr(Environment, "compile", noted)
    texts = ["one", "one", "two", "two", "one"]
    assert [shown(text) for text in texts] == texts
    assert compiled == ["one", "two", "one"]


def test_a_fixed_address_is_written_anew_for_each_page():
    """As docs/customising.md promises: Jinja would keep what the first page made of it."""
    ledger, environment = ledger_of({}), environment_for(DictLoader({"x.html": '{{ "own.css"|url }}'}))

    def shown(page: str) -> str:
        render._SEEN_FROM.set(seen_from(ledger, page))
        return environment.get_template("x.html").render()

    assert [shown("claims/a.html"), shown("index.html")] == ["../own.css", "own.css"]
