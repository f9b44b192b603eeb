"""Templates → text: what is escaped, and what is not escaped again."""

import pytest
from jinja2 import DictLoader
from markupsafe import Markup, escape

from ledger.render import environment_for, escaped

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

    __slots__ = ()


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
    assert "environment.escaped(" in code
    assert "yield escape(" not in code
