"""Fields to HTML: short text, Markdown bodies, references in every place they can stand, and what is refused."""

import pytest
from markupsafe import Markup

from ledger import markup
from ledger.markup import Link, body, findings, plain, short
from ledger.references import Reference


def resolve(reference: Reference) -> Link | None:
    """Every id but `missing` is known."""
    if reference.target == "missing":
        return None
    return Link(f"../{reference.target}.html", f"Title of {reference.target}")


A, NAMED = '<a href="../a.html">Title of a</a>', '<a href="../a.html">words</a>'


# --- short fields -------------------------------------------------------------------------------------------------


def test_short_escapes_all_but_references() -> None:
    assert short("<b> & [[a]] *x*", resolve) == f"&lt;b&gt; &amp; {A} *x*"


def test_short_is_markup_and_plain_is_not() -> None:
    assert isinstance(short("a", resolve), Markup)
    assert plain("<b> & [[a]] [@a, <3>]", resolve) == "<b> & Title of a Title of a, <3>"


def test_a_citation_is_followed_by_its_locator() -> None:
    assert short("[@a, sec. <3>]", resolve) == f"{A}, sec. &lt;3&gt;"


def test_the_words_of_a_link_are_the_authors() -> None:
    assert short("[[a|<i>]]", resolve) == '<a href="../a.html">&lt;i&gt;</a>'


def test_an_unresolved_reference_is_its_own_text() -> None:
    assert short("[[missing|<x>]]", resolve) == "[[missing|&lt;x&gt;]]"
    assert plain("[@missing, 3]", resolve) == "[@missing, 3]"
    assert body("[[missing]]", resolve) == "<p>[[missing]]</p>"


def test_what_the_resolver_says_is_escaped() -> None:
    link = Link('x"><script>', "<b>", title='"t"', css="k")
    shown = '<a href="x&#34;&gt;&lt;script&gt;" class="k" title="&#34;t&#34;">&lt;b&gt;</a>'
    assert short("[[a]]", lambda _: link) == shown
    assert body("[[a]]", lambda _: link) == f"<p>{shown}</p>"


# --- Markdown -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("---", "<hr>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("    a < b", "<pre><code>a &lt; b\n</code></pre>"),
        ("```py\na < b\n\nc\n```", "<pre><code>a &lt; b\n\nc\n</code></pre>"),
        ("  ~~~\n  a\n  ~~~", "<pre><code>a\n</code></pre>"),
        ("&copy; &lt; AT&T", "<p>© &lt; AT&amp;T</p>"),
        (r"\*a\*", "<p>*a*</p>"),
    ],
)
def test_markdown(text: str, shown: str) -> None:
    assert body(text, resolve) == shown
    assert findings(text) == ()


def test_a_table_aligns_by_class() -> None:
    shown = body("|a|b|\n|:-|-:|\n|[[a\\|words]]|[[a|words]]|", resolve)
    assert f"<td>{NAMED}</td>" in shown.replace(' class="align-left"', "")
    assert '<th class="align-left">a</th>' in shown
    assert f'<td class="align-right">{NAMED}</td>' in shown


def test_headings_begin_below_the_title_and_have_anchors() -> None:
    assert body("# Data, réglé", resolve) == '<h2 id="h-data-regle">Data, réglé</h2>'
    assert body("# x\n\n# x", resolve) == '<h2 id="h-x">x</h2>\n<h2 id="h-x_1">x</h2>'
    assert body("# 日本", resolve) == '<h2 id="h-日本">日本</h2>'
    assert body("# Başlık: Straße", resolve) == '<h2 id="h-baslik-strasse">Başlık: Straße</h2>'
    assert body("# हिन्दी", resolve) == '<h2 id="h-हिन्दी">हिन्दी</h2>'


def test_an_anchor_does_not_depend_on_other_headings() -> None:
    alone = {heading: body(f"# {heading}", resolve) for heading in ("測試", "標題", "🎉", "🚀", "x")}
    together = "\n".join(alone.values())
    assert body("\n\n".join(f"# {heading}" for heading in alone), resolve) == together
    assert len({shown.partition(">")[0] for shown in alone.values()}) == len(alone)
    assert body("## x\n\n### y", resolve) == '<h2 id="h-x">x</h2>\n<h3 id="h-y">y</h3>'
    assert body("###### deep", resolve) == '<h2 id="h-deep">deep</h2>'


def test_an_outside_link_vouches_for_nothing() -> None:
    rel = 'rel="noopener noreferrer nofollow ugc"'
    assert body("[w](https://x.org/a?b&c)", resolve) == f'<p><a href="https://x.org/a?b&amp;c" {rel}>w</a></p>'
    assert body("<http://x.org>", resolve) == f'<p><a href="http://x.org" {rel}>http://x.org</a></p>'


@pytest.mark.parametrize("address", ["../claims/a.html", "#h-x", "?q=1", "/a/b", "mailto:a@example.org", "a/b:c"])
def test_an_inside_link_is_left_as_it_is(address: str) -> None:
    assert body(f"[w]({address})", resolve) == f'<p><a href="{address}">w</a></p>'
    assert findings(f"[w]({address})") == ()


@pytest.mark.parametrize("words", ["w", "a [b] c", "*w*", "`[`"])
def test_link_words(words: str) -> None:
    assert body(f"[{words}](x 'the \"title\"')", resolve).startswith('<p><a href="x" title="the &quot;title&quot;">')


def test_no_link_within_a_link() -> None:
    shown = body("[see <https://a.org> here](b)", resolve)
    assert shown == '<p><a href="b">see https://a.org here</a></p>'


# --- references in bodies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[a|words]]", f"<p>{NAMED}</p>"),
        ("[@a, p. 3]", f"<p>{A}, p. 3</p>"),
        ("*[[a]]* and **[[a]]**", f"<p><em>{A}</em> and <strong>{A}</strong></p>"),
        ("# On [[a|words]]", f'<h2 id="h-on-words">On {NAMED}</h2>'),
        ("# On [[a]]", f'<h2 id="h-on-a">On {A}</h2>'),
        ("- [[a]]", f"<ul>\n<li>{A}</li>\n</ul>"),
        ("[see [[a]] there](b)", '<p><a href="b">see Title of a there</a></p>'),
        ("[w](b '[[a|\"x\"]]')", '<p><a href="b" title="&#34;x&#34;">w</a></p>'),
        ("`[[a]]` [[a]]", f"<p><code>[[a]]</code> {A}</p>"),
        ("```\n[[a]]\n```", "<pre><code>[[a]]\n</code></pre>"),
        ("    [@a]", "<pre><code>[@a]\n</code></pre>"),
        (r"\[[a]]", "<p>[[a]]</p>"),
        ("[[a|*x* <b> `c`]]", '<p><a href="../a.html">*x* &lt;b&gt; `c`</a></p>'),
    ],
)
def test_references_in_markdown(text: str, shown: str) -> None:
    assert body(text, resolve) == shown


def test_the_same_text_with_another_resolver() -> None:
    assert body("[[a]]", resolve) != body("[[a]]", lambda _: None) == "<p>[[a]]</p>"


@pytest.mark.parametrize("forged", ["\ufdd00\ufdd1", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\x0260\x03"])
def test_nobody_can_write_a_token(forged: str) -> None:
    shown = body(f"[[a]] {forged}\n\n```\ncode\n```\n", resolve)
    assert shown.count(A) == shown.count("code\n") == 1
    assert "\ufffd" in shown


def test_characters_that_html_forbids_are_replaced() -> None:
    assert body("a\x00b\ud800c", resolve) == "<p>a\ufffdb\ufffdc</p>"
    assert short("\ud800", resolve) == plain("\ud800", resolve) == "\ufffd"


# --- findings -----------------------------------------------------------------------------------------------------


def told(text: str) -> list[tuple[str, str]]:
    return [(f.check, text[f.start : f.end]) for f in findings(text)]


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)"),
        *("data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://x/1", "intent:x", "ms-msdt:/id"),
        *("feed:javascript:x", "view-source:https://x", "jar:https://x!/", "ftp://x", "about:blank", "x-y:z"),
        *("//host/x", "///host", "/\\host", "\\\\host", "https:\\\\host", "https:host", "http:/host", "https://"),
        *("https://user@host/", "https://user:pass@host/", "https://[x", "https://host:port/", "%6aavascript:x"),
        *("java&#9;script:x", "&#1;javascript:x", "ht&Tab;tps://x", "a\u200bb", "a\u202eb", "a\u00a0b"),
    ],
)
def test_a_refused_link_keeps_its_words(address: str) -> None:
    text = f"see [*words*]({address})"
    assert body(text, resolve) == "<p>see <em>words</em></p>"
    [finding] = findings(text)
    assert finding.check == "unsafe-link"
    assert text[finding.start : finding.end] == text or address.endswith(text[finding.start : finding.end])


def test_a_refused_link_is_found_where_it_is() -> None:
    text = "`ftp://x` [a](ftp://x)\r\n[b](ftp://x)"
    assert [f.start for f in findings(text)] == [text.index("(ftp") + 1, text.rindex("(ftp") + 1]


def test_a_reference_is_no_address() -> None:
    assert body("[w](x/[[a]])", resolve) == "<p>w</p>"
    assert [f.check for f in findings("[w](x/[[a]])")] == ["unsafe-link"]


@pytest.mark.parametrize(
    ("text", "check", "there"),
    [
        ("a <b>c</b>", "raw-html", "<b>"),
        ("<!-- x -->", "raw-html", "<!--"),
        ("![alt](u.png)", "unsupported-markup", "![alt]("),
        ("a [^1]", "unsupported-markup", "[^1]"),
        ("[x]: https://a.org", "unsupported-markup", "[x]: h"),
        ("see [[a|b]", "unsupported-markup", "[["),
        ("see [@a, p. 3", "unsupported-markup", "[@"),
        ("[see @doe-2020, p. 3]", "unsupported-markup", "@doe-2020"),
        ("as @doe-roe-2020 says", "unsupported-markup", "@doe-roe-2020"),
    ],
)
def test_what_is_shown_as_text(text: str, check: str, there: str) -> None:
    assert told(text)[0] == (check, there)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in body(text, resolve)
    assert told(f"`{text}`") == []


NO_REFERENCES = (
    r"\[[a",
    r"\@doe-2020",
    "@doe",
    "[@]",
    "[[ ]]",
    "me@doe-2020",
    "[x](y/@doe-2020)",
    "$[[x$",
    "@doe-20201",
)


@pytest.mark.parametrize(
    "text", ["a < b > c", "<https://a.org>", "<me@a.org>", "a ! [x] (y)", "[[a]]", "2 <3 years", *NO_REFERENCES]
)
def test_what_is_no_markup(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("a" * 32769, "32,769 bytes in a body"),
        ("é" * 16385, "32,770 bytes in a body"),
        ("a\n" * 2001, "2,001 lines in a body"),
        ("# a\n\n" * 501, "501 headings and rules in a body"),
        ("a|b\n" * 3000, "cells in a body"),
        (("[ " * 900 + "\n\n") * 4, "3,600 opening brackets in a body"),
        (("*a " * 999 + "\n\n") * 7, "6,993 marks of emphasis in a body"),
        (("`a` " * 499 + "\n\n") * 7, "6,986 runs of backticks in a body"),
        ("[" * 1001, "1,001 opening brackets in a block"),
        ("![[" * 501, "1,002 opening brackets in a block"),
        ("*a " * 1001, "1,001 marks of emphasis in a block"),
        ("<" * 1001, "1,001 opening angle brackets"),
        ("\\*" * 1001, "1,001 backslashes in a block"),
        ("` `` " * 501, "1,002 runs of backticks"),
        ("a " + "`" * 21, "21 backticks in a row"),
        ("\\`" * 51, "51 backticks after a backslash"),
        ("# a\n" * 101, "101 headings and rules in a block"),
        ("|" * 101, "101 pipes in a line"),
        (">" * 11 + "a", "11 levels"),
        ("- " * 11 + "a", "11 levels"),
        ("٣. " * 11 + "a", "11 levels"),
        ("    " * 11 + "- a", "12 levels"),
    ],
)
def test_a_body_over_a_limit_is_shown_as_it_was_written(text: str, limit: str) -> None:
    shown = body(text, resolve)
    assert shown == f"<pre>{Markup.escape(text)}</pre>"
    found = findings(text)
    assert {f.check for f in found} == {"markup-limit"}
    assert any(limit in f.message for f in found)


def test_a_limit_names_the_block() -> None:
    text = "fine\r\n\r\n" + "[" * 1001 + "\r\n\r\nfine"
    assert told(text) == [("markup-limit", "[" * 1001 + "\r\n")]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 32768,
        "[[a]] " * 2000,
        "```\n" + "[" * 5000 + "\n" + "# x\n" * 900 + "```\n",
        "* * * * * * * * * * * *",
        "- - - - - - - - - - a",
        "|a|b|c|\n|-|-|-|\n" + "|1|2|3|\n" * 1000,
    ],
)
def test_what_is_within_the_limits(text: str) -> None:
    assert findings(text) == ()


# --- notes --------------------------------------------------------------------------------------------------------


def noting(reference: Reference) -> Link:
    return Link(f"../{reference.target}.html", "Label", note='"T" & <u>.', address="https://a.example/?x&y")


NOTE = (
    '<span class="sidenote" aria-hidden="true"><a href="../a.html" tabindex="-1">Label </a>'
    '&#34;T&#34; &amp; &lt;u&gt;. <span class="address">https://a.example/?x&amp;y</span></span>'
)


def test_a_note_follows_the_first_citation_and_its_locator() -> None:
    shown = body("It is [@a, p. 3], and [@a].", noting)
    assert shown == f'<p>It is <a href="../a.html">Label</a>, p. 3{NOTE}, and <a href="../a.html">Label</a>.</p>'


def test_every_source_and_every_body_has_its_own_note() -> None:
    assert body("[@a] [@b]", noting).count("sidenote") == 2
    assert body("[@a]", noting).count("sidenote") == body("[@a]", noting).count("sidenote") == 1


def test_what_has_no_note_gets_none() -> None:
    assert "sidenote" not in body("[@a]", resolve)


def test_a_body_may_be_had_without_notes() -> None:
    assert body("[@a]", noting, for_words=True) == '<p><a href="../a.html">Label</a></p>'


@pytest.mark.parametrize("text", ["# On [@a]", "|x|\n|-|\n|[@a]|", "[on [@a]](b.html)"])
def test_a_note_waits_for_prose(text: str) -> None:
    assert "sidenote" not in body(text, noting)
    assert NOTE in body(f"{text}\n\nAs [@a] says.", noting)


def test_short_fields_have_no_notes() -> None:
    assert "sidenote" not in short("[@a]", noting)


# --- once for each body -------------------------------------------------------------------------------------------


def test_a_body_leaves_nothing_behind_for_the_next() -> None:
    first, second = "# A [[a]]\n\n`x` [y](javascript:z)\n\n```\ncode\n```\n", "# A [[a]]\n\n# A [[b|c]]\n"
    alone = markup._prepared.__wrapped__(second)
    shown = markup._prepared.__wrapped__(first)
    assert (markup._prepared.__wrapped__(second), markup._prepared.__wrapped__(first)) == (alone, shown)
    assert 'id="h-a-a_1"' not in str(alone.parts)
    assert ([found.check for found in shown.findings], alone.findings) == (["unsafe-link"], ())
