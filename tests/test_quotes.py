"""Quotes: found where they stand, and nowhere else."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from making import SOURCE, ledger_of, load

from ledger import checks, graph
from ledger.analysis import analyse, folding, quotes
from ledger.analysis.folding import FOLDINGS, attaching, fold
from ledger.analysis.passages import Haystack, locate, nearest
from ledger.analysis.quotes import address_of_words, hash_of
from ledger.files import kept_text

CASES = Path(__file__).resolve().parent / "quote_cases"
sys.path.insert(0, str(CASES))
import altered  # noqa: E402

ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|([nrtp\\]))")
ONE = {"n": "\n", "r": "\r", "t": "\t", "p": "|", "\\": "\\"}


def unescaped(text):
    return ESCAPE.sub(lambda m: ONE[m[3]] if m[3] else chr(int(m[1] or m[2], 16)), text)


def by_hand():
    for line in (CASES / "by_hand.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            verdict, *rest = (unescaped(cell) for cell in line.split(" | "))
            yield verdict.strip(), *rest


HAND = list(by_hand())
ALTERED = list(altered.cases())


@pytest.mark.parametrize("case", HAND, ids=range(len(HAND)))
def test_case_by_hand(case):
    verdict, text, quote, *context = case
    assert locate(Haystack(text), quote, *context).verdict == verdict


@pytest.mark.parametrize("case", ALTERED, ids=range(len(ALTERED)))
def test_altered_case(case):
    verdict, text, quote = case
    assert locate(Haystack(text), quote).verdict == verdict


def test_there_are_three_hundred_different_cases():
    assert len({tuple(case) for case in [*HAND, *ALTERED]}) >= 300


WORDS = st.text(st.sampled_from("abcde .,-—’'“\n\u00a0\u00adﬁé\u0301…0中한🚀A"), min_size=30, max_size=120)


@given(WORDS, st.data())
def test_what_stands_in_a_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 12))
    end = data.draw(st.integers(start + 12, len(text)))
    quote = text[start:end].strip()
    at = text.index(quote, start)
    assume(quote and not {quote[0], text[at + len(quote) : at + len(quote) + 1]} & attaching())
    assert locate(Haystack(text), quote).verdict in ("exact", "ambiguous")


@given(st.text("abc de", min_size=20, max_size=60), st.data())
def test_an_altered_letter_is_not_found(text, data):
    at = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "] or [0]))
    changed = text[:at] + "z" + text[at + 1 :]
    assert locate(Haystack(text), changed).verdict == "not-found"


@given(WORDS, st.data())
def test_the_way_back_leads_to_the_same_words(text, data):
    folded = fold(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.raw_range(start, end)
    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


@pytest.mark.parametrize(
    ("text", "quote", "needed"),
    [
        ("cafe\u0301 au lait", "café au lait", "composition"),
        ("it’s late in the year", "it's late in the year", "quotes"),
        ("two\u00a0words stand here", "two words stand here", "spaces"),
        ("soft\u00adly they went on", "softly they went on", "soft-hyphens"),
        ("zero\u200bwidth it is here", "zerowidth it is here", "invisible"),
        ("the scal-\ning of models", "the scaling of models", "hyphenation"),
        ("ﬁnance is what it is", "finance is what it is", "ligatures"),
        ("five–six percent of it", "five-six percent of it", "dashes"),
        ("it moved… and stood", "it moved... and stood", "ellipsis"),
        ("it *moved* and stood", "it moved and stood", "markup"),
    ],
)
def test_the_verdict_names_the_folding_that_was_needed(text, quote, needed):
    found = locate(Haystack(text), quote)
    assert (found.verdict, found.foldings) == ("normalised", (needed,))
    assert needed in FOLDINGS


def test_the_place_is_that_in_the_text_as_it_was_read():
    text = "A ﬁne  day.\nThe scal-\ning of   models’ size went on."
    found = locate(Haystack(text), "The scaling of models' size")
    assert text[slice(*found.places[0])] == "The scal-\ning of   models’ size"


def test_half_a_word_is_found_and_told():
    assert locate(Haystack("Rivers cannot move uphill."), "Rivers can").cuts_word
    assert locate(Haystack("Rivers don’t move uphill."), "Rivers don").cuts_word
    assert not locate(Haystack("Rivers can move uphill."), "Rivers can").cuts_word


def test_the_nearest_passage_is_for_the_message():
    text = "Many words stand before it. The bank did not move at all in that year. And more."
    assert (
        nearest(Haystack(text), "The bank did move at all in that year") == "The bank did not move at all in that year"
    )
    assert nearest(Haystack(text), "Snow upon roofs") == ""


def test_many_quotes_and_a_long_text_take_no_time_that_grows_with_their_square():
    """No clock is read: at the square of these sizes the test would not end."""
    text = "".join(f"The scal-\ning of model {n} held for “many” years and more.\n" for n in range(10_000))
    hay = Haystack(text)
    for n in range(0, 10_000, 40):
        assert locate(hay, f'scaling of model {n} held for "many" years').verdict == "normalised"
    assert locate(Haystack("a" * 1_000_000), "a" * 1_000 + "b").verdict == "not-found"
    assert locate(Haystack("e\u0301\u0323" * 200_000), "e" + "\u0301" * 5_000).verdict == "not-found"
    assert locate(Haystack("-" * 500_000 + " " * 500_000), "- - - - - - - -").verdict == "not-found"


def test_the_address_of_words_escapes_what_has_a_meaning_there():
    assert address_of_words("https://a.org/p", ("a, b & c-d",)) == "https://a.org/p#:~:text=a%2C%20b%20%26%20c%2Dd"
    assert address_of_words("https://a.org/p#x", ("é\nd",)) == "https://a.org/p#x:~:text=%C3%A9%20d"
    with_context = address_of_words("https://a.org", ("wall",), "no", "here")
    assert with_context == "https://a.org#:~:text=no-,wall,-here"
    assert address_of_words("https://a.org/p#:~:text=old", ("new",)) == "https://a.org/p#:~:text=new"
    assert address_of_words("https://a.org/p#x:~:text=old&text=b", ("new",)) == "https://a.org/p#x:~:text=new"


@pytest.mark.parametrize(
    "text", ["it mo-\nved by so much", "it *moved* by [so](b) much", "it\xad moved by so\xad much"]
)
def test_the_address_names_the_words_of_the_page_and_not_of_the_file(text):
    files = {"sources/s.yml": SOURCE + "url: https://a.org/p\n", "claims/c.yml": claim("it moved by so much")}
    (verdict,) = analyse(with_text(files, text)).quotes.values()
    assert verdict.link == "https://a.org/p#:~:text=it%20moved%20by%20so%20much"


def test_long_words_and_parts_are_addressed_by_their_ends():
    long = " ".join(f"w{n}" for n in range(30))
    assert address_of_words("https://a.org", (long,)).endswith("w7,w22%20w23%20w24%20w25%20w26%20w27%20w28%20w29")
    assert address_of_words("https://a.org", ("one two", "nine ten")).endswith("text=one%20two,nine%20ten")


# The verdicts of a ledger

TEXT = "Before it. The river has moved by forty\u00a0metres. After it.\n"


def claim(quote):
    item = f"id: e1, source: s, relation: supports, shows: A gap., consulted: memory, quote: '{quote}'"
    return f"statement: It moves.\ntype: empirical\nevidence: [{{{item}}}]\n"


def with_text(files, text=TEXT, sha256="", more=None):
    texts = {id_: kept_text(f"snapshots/{id_}.txt", one.encode()) for id_, one in {"s": text, **(more or {})}.items()}
    noted = {
        f"snapshots/{id_}.yml": f"sha256: {sha256 or kept.sha256}\ncaptured: 2024-05-01\n"
        for id_, kept in texts.items()
    }
    loaded = load({"site.yml": "format: 1\ntitle: T\n", "sources/s.yml": SOURCE, **noted, **files})
    assert loaded.problems == ()
    object.__setattr__(loaded, "kept", texts)
    return graph.build_graph(loaded)


def test_a_verdict_says_where_the_words_stand():
    (verdict,) = analyse(with_text({"claims/c.yml": claim("moved by forty metres")})).quotes.values()
    assert (verdict.verdict, verdict.foldings, verdict.line) == ("normalised", ("spaces",), 1)
    assert (verdict.before, verdict.passage, verdict.after) == (
        "Before it. The river has ",
        "moved by forty\u00a0metres",
        ". After it.\n",
    )
    assert (verdict.captured, verdict.link, verdict.is_verified) == ("2024-05-01", None, True)


def test_dots_that_are_in_the_source_part_nothing():
    (verdict,) = analyse(
        with_text({"claims/c.yml": claim("Wait... what did you")}, "Wait... what did you say")
    ).quotes.values()
    assert (verdict.verdict, verdict.too_short) == ("exact", False)
    (cut,) = analyse(
        with_text({"claims/c.yml": claim("Wait... did you say")}, "Wait... what did you say")
    ).quotes.values()
    assert (cut.verdict, cut.too_short) == ("not-found", True)


def test_a_quote_that_belongs_to_another_source_is_told_so():
    files = {"sources/r.yml": SOURCE, "claims/c.yml": claim("the northern bank stood")}
    ledger = with_text(files, more={"r": "Of old,\nthe northern bank stood still.\n", "t": "the bank stood"})
    assert quotes.elsewhere(ledger, "the northern bank stood", "s") == ("r", 2)
    assert quotes.elsewhere(ledger, "the northern bank stood", "r") is None
    (found,) = [one for one in checks.run(ledger) if one.check == "quote-not-found"]
    assert found.hint == "these words are in the text of 'r', line 2: is that the source?"


def test_a_text_with_another_hash_verifies_nothing():
    (verdict,) = analyse(with_text({"claims/c.yml": claim("moved by forty metres")}, sha256="0" * 64)).quotes.values()
    assert verdict.verdict == "no-snapshot"


def test_quotes_of_stances_and_of_changes_of_mind_have_keys_too():
    stance = (
        "name: P\ntype: person\nstances: [{id: s1, position: c-a, stance: holds, attested: [{date: 1999, source: s},"
    )
    position = "controversy: c\nletter: A\nstatement: Yes.\nwould_change_mind: [{by: p, condition: Snow., source: s,"
    files = {
        "proponents/p.yml": stance + " {date: 1999, source: s, quote: by forty metres}]}]\n",
        "positions/c-a.yml": position + " quote: no such words}]\n",
        "controversies/c.yml": "title: C\nquestion: Does it move?\nstatus: active\n",
    }
    verdicts = analyse(with_text(files)).quotes
    assert {key: verdict.verdict for key, verdict in verdicts.items()} == {
        "c-a/would_change_mind/0": "not-found",
        "p/s1/attested/1": "normalised",
    }


def test_a_recorded_verdict_is_of_the_words_and_those_beside_them():
    quote = "moved by forty metres"
    entries = "".join(
        f"  - {{quote: {hash_}, verdict: {verdict}, date: 2024-05-02}}\n"
        for hash_, verdict in ((hash_of(quote), "ambiguous"), (hash_of(quote, "river has", ""), "exact"))
    )
    item = "  - {{id: e{}, source: s, relation: supports, shows: A., consulted: memory, quote: {}{}}}\n"
    items = item.format(1, quote, "") + item.format(2, quote, ", quote_prefix: river has")
    files = {
        "sources/s.yml": SOURCE,
        "snapshots/s.yml": f"sha256: {'0' * 64}\ncaptured: 2024-05-01\nverdicts:\n{entries}",
        "claims/c.yml": f"statement: It moves.\ntype: empirical\nevidence:\n{items}",
    }
    assert [verdict.verdict for verdict in analyse(ledger_of(files)).quotes.values()] == ["ambiguous", "recorded"]


def test_a_verdict_of_a_text_that_is_gone_is_recorded():
    quote = "moved by forty metres"
    entry = f"verdicts: [{{quote: {hash_of(quote)}, verdict: normalised, foldings: [spaces], date: 2024-05-02}}]\n"
    files = {
        "sources/s.yml": SOURCE + "url: https://a.org/maps\n",
        "snapshots/s.yml": f"sha256: {'0' * 64}\ncaptured: 2024-05-01\n{entry}",
    }
    (recorded,) = analyse(ledger_of({**files, "claims/c.yml": claim(quote)})).quotes.values()
    assert (recorded.verdict, recorded.recorded, recorded.foldings) == ("recorded", "2024-05-02", ("spaces",))
    assert (recorded.is_verified, recorded.start) == (False, None)
    assert recorded.link == "https://a.org/maps#:~:text=moved%20by%20forty%20metres"
    (unknown,) = analyse(ledger_of({**files, "claims/c.yml": claim("moved by fifty metres")})).quotes.values()
    assert unknown.verdict == "no-snapshot"


def test_no_character_that_composing_is_about_is_overlooked():
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    about = folding._composing()
    assert all(map(folding._may_compose, attaching()))
    assert [char for char in every if about.fullmatch(char) and not folding._may_compose(char)] == []
