"""Quotation marks and apostrophes of pages."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import data_of, ledger_of, pages_of

from ledger.typography import curly, curly_words

SAID = {
    "<p>It's \"so\", and 'so'.</p>": ("It’s “so”, and ‘so’.", "It’s „so“, and ‚so‘."),
    "<p>the labs' and makers' words of the '90s</p>": ("the labs’ and makers’ words of the ’90s",) * 2,
    "<p>GPT-4&#39;s (&#34;last&#34;) step</p>": ("GPT-4’s (“last”) step", "GPT-4’s („last“) step"),
    "<p>\"'Scale' is dead\"</p>": ("“‘Scale’ is dead”", "„‚Scale‘ is dead“"),
    '<p>"<a href="x">Scale</a>" of <a>OpenAI</a>\'s</p>': ("“Scale” of OpenAI’s", "„Scale“ of OpenAI’s"),
    '<p><q>had "run out"</q></p>': ("had ‘run out’", "had ‚run out‘"),
    "<blockquote>'Scale' is dead</blockquote>": ("‘Scale’ is dead", "‚Scale‘ is dead"),
    "<title>The model's end</title>": ("The model’s end",) * 2,
}
KEPT = (
    """<a title="a > 'b'" href='it"s'>x</a>""",
    "<pre><code>a = 'b' if c < \"d\"</code></pre>",
    "<math><mi>f</mi><mo>'</mo></math>",
    '<script type="application/ld+json">{"a": "it\'s"}</script>',
    "<!-- it's -->",
    "<p>R&amp;D &lt;b&gt;</p>",
    "no tag's text, and <p",
)


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize("html", SAID)
def test_text_has_the_marks_of_its_language(html: str):
    assert (words(curly(html, "en")), words(curly(html, "de-AT"))) == SAID[html]


@pytest.mark.parametrize("html", KEPT)
def test_attributes_code_formulas_and_scripts_stay_as_they_are(html: str):
    assert curly(html, "en") == html


def test_a_language_whose_marks_are_unknown_stays_as_it_is():
    assert curly('<p>"it\'s"</p>', "ar") == '<p>"it\'s"</p>'


class Seen(HTMLParser):
    """What a browser sees of a page: its tags as they are, its text without marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[object] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += re.sub("[“”‘’\"']", "", data)


@given(
    st.lists(st.sampled_from([*"'\"<>&= x", "&#39;", "&#34;", "<a ", "</a>", "<code>", "</code>", "<!--"]), max_size=12)
)
def test_no_text_and_no_title_breaks_a_tag(pieces: list[str]):
    hostile = "".join(pieces).replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;")
    html = f"<p title=\"{hostile}\">{hostile}</p><a title='{hostile.replace(chr(39), '')}>'>{hostile}</a>"
    before, after = Seen(html), Seen(curly(html, "en"))
    assert (before.tags, before.text) == (after.tags, after.text)


def test_pages_have_them_and_what_programs_read_has_not():
    ledger = ledger_of({"claims/c.yml": 'statement: It\'s "so".\ntype: empirical\n'})
    made = pages_of(ledger, "claims/c.*") | data_of(ledger, "claims/c.json")
    page = made["claims/c.html"].decode()
    assert "<title>It’s “so”" in page
    assert 'content="It&#39;s &#34;so&#34;' in page
    assert '# It\'s "so".' in made["claims/c.md"].decode()
    assert "’" not in made["claims/c.json"].decode()


def test_a_preview_has_them_too():
    assert curly_words('It\'s "so" if a < b', "en") == "It’s “so” if a < b"
    assert curly_words("It's", "fr") == "It's"
