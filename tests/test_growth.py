"""Nothing that meets content takes more than n log n: every pattern and every scanner, on text made to do harm.

A pattern is found by its name in its module and is tried as it is used there; what is written inside a function is
tried through a scanner of the table, which names it. A pattern that is neither is noticed.
"""

import ast
import gc
import inspect
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as sre_parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from time import process_time
from types import ModuleType
from typing import Any

import pytest
from markupsafe import escape

from ledger import (
    conflicts,
    dates,
    decoding,
    diagnostics,
    documents,
    fields,
    files,
    markdown_html,
    markup,
    markup_limits,
    naming,
    plain_text,
    references,
    terminal,
    typography,
    validating,
    yamlnodes,
    yamlsyntax,
)  # fmt: skip
from ledger.analysis import authors, folding, marks, passages, quotes, titles
from ledger.diagnostics import Lines
from ledger.editing import layout
from ledger.exports import html_markdown, twins
from ledger.files import TextFile
from ledger.importers import names
from ledger.naming import Names
from ledger.views import excerpts

MODULES = (
    authors, conflicts, dates, decoding, diagnostics, documents, excerpts, fields, files, folding, html_markdown,
    layout, markdown_html, marks, markup, markup_limits, names, naming, passages, plain_text, references,
    terminal, titles, twins, typography, validating, yamlnodes, yamlsyntax,
)  # fmt: skip
SEARCHING, ANCHORED = {"search", "finditer", "findall", "sub", "subn", "split"}, {"match", "fullmatch"}
RATIO, FLOOR, SIZE = 2.5, 0.001, 3_300

UNITS = (
    *(" ", "\n", "\t", "a", ".", "-", "_", "*", "`", "'", '"', "\\", "<", "&", "[", "]", "(", "|", "#", ":", "?", "="),
    *("[[", "[@", "[[a", "[[a]]", "[@a]", "[@a [b", "[[[a]]", "`a", "`a``b", "\\`", "a-\n", "a- ", ". ", '." ', "[. "),
    *("<a ", '<a "', "</", "<!--", "<b>", "![a", "[^a", "[a]:", "[a](", "[a](b ", '[a](b "', "[a](<", "](", "&a;"),
    *("a: ", "a: b\n", "- ", "- a\n", "-\n", "a: [", "{a: ", '"\\', "# ", "#a\n", "---\n", "...\n", "a b", "a\n\n"),
    *("<<<<<<< a\n", "=======\n", ">>>>>>> a\n"),
    *("\xad", "\xad ", "\xad\n", "e\u0301", "\u0301", "\u0301\u0316", "\u200b", "\u2028", "\r", "\u2026", "中"),
    *("~~a", "==a", "**a", "$a", "<b a=b ", "&a", "- [ ", "https://a", "\n- a"),
    *("\ufdd0", "\ufdd00\ufdd1", "1. ", "> ", "    a\n", "```\n", "~~~", "a|b\n", "a, ", "\u00a0", "é", "x" * 99),
)  # fmt: skip
SHAPES: tuple[Callable[[str], str], ...] = (str, lambda text: f"a{text}a", lambda text: f"[{text}!")
"""How what is repeated stands: alone, in a word, behind what it does not close."""


def explained(words: str) -> Callable[[str], object]:
    """What is said of a text that libyaml has refused at its end."""
    return lambda text: yamlsyntax.explain_syntax(text + "%!", words, at=len(text) + 1, opened=0, quoted=(0, 0))


def read(path: str, before: str, after: str = "") -> Callable[[str], object]:
    """Reading a file that holds the text, and asking for places in it."""

    def run(text: str) -> None:
        document, _ = documents.read_document(TextFile(path, before + text + after))
        if document:
            document.span(("body",))
            document.key_span(("body", 0))

    return run


def every_reference_placed(text: str) -> None:
    """As the graph asks for the places of the references in a body."""
    document, _ = documents.read_document(TextFile("pages/a.md", f"---\ntitle: T\n---\n{text}"))
    if document is None:  # it holds versions that wait to be merged
        return
    seen: dict[str, int] = {}
    for found in references.scan(text, markdown=True):
        written = text[found.start : found.end]
        document.inner_span(("body",), written, seen.get(written, 0))
        seen[written] = seen.get(written, 0) + 1


def refused(check: Callable[[str], object], text: str) -> None:
    """Run a check that may refuse the text."""
    try:
        check(text)
    except ValueError:
        return


FIELD_CHECKS: tuple[Callable[[Any], object], ...] = (
    fields._visible, fields._partial_date, fields._date_span, fields._url, fields._bare, fields._pattern,
    fields._number, fields._slug, fields._colour, fields._picture,
)  # fmt: skip
HAYSTACK = passages.Haystack("so it was said, and so it was written - " * 500)


# what each scanner covers beside itself, the scanner, and how long its texts are (0: as long as any)
def laid_out(text: str) -> None:
    """A file between two fields that are not in order, whether or not it can be laid out."""
    with suppress(layout.Left):
        layout.laid_out(TextFile("claims/a.yml", f"type: empirical\n{text}\nstatement: It.\n"))


SCANNERS: dict[str, tuple[tuple[str, ...], Callable[[str], object], int]] = {
    "decode_text": (("decoding._runs",), lambda text: decoding.decode_text("a", text.encode()), 1_500),
    "decode_text of bytes": ((), lambda text: decoding.decode_text("a", text.encode() + b"\xff"), 0),
    "kept_text": ((), lambda text: files.kept_text("a", text.encode()), 0),
    "YAML": (("documents.read_document",), read("claims/a.yml", ""), 0),
    "a YAML list": ((), read("claims/a.yml", "a: [", "]"), 0),
    "a YAML block": ((), read("claims/a.yml", "body: |\n  "), 0),
    "a YAML key": ((), read("claims/a.yml", "? |\n  ", "\n: b\n"), 0),
    "quoted YAML": ((), read("claims/a.yml", "a: '", "'\n"), 0),
    "escaped YAML": ((), read("claims/a.yml", 'a: "', '"\n'), 0),
    "front matter": (("files.TextFile",), read("pages/a.md", "---\ntitle: T\n---\n"), 0),
    "open front matter": ((), read("pages/a.md", "---\n"), 0),
    "laid_out": ((), laid_out, 0),
    "inner_span": ((), every_reference_placed, 1_500),
    **{
        f"explain_syntax: {part}": ((f"yamlsyntax.{getattr(explain, '__name__', '')}",), explained(part), 0)
        for part, explain in yamlsyntax._EXPLANATIONS
    },
    "Lines": (("diagnostics.Lines",), lambda text: Lines(text).span("a", 0, len(text)), 0),
    "as_text": (
        (),
        lambda text: diagnostics.as_text(diagnostics.error("a", diagnostics.Span("a"), text, text), text),
        0,
    ),
    "as_annotation": (
        (),
        lambda text: diagnostics.as_annotation(diagnostics.error("a", diagnostics.Span("a"), text)),
        0,
    ),
    "did_you_mean": ((), lambda text: diagnostics.did_you_mean(text, ["title", "a" * 60]), 0),
    "scan": (("references._one_line",), references.scan, 0),
    "scan Markdown": ((), lambda text: references.scan(text, markdown=True), 2_000),
    "code": ((), references.code, 0),
    "pieces": ((), references.pieces, 0),
    "clean": ((), references.clean, 0),
    "short": ((), lambda text: markup.short(text, lambda _: None), 0),
    "plain": ((), lambda text: markup.plain(text, lambda _: markup.Link("a", "b")), 0),
    **{
        f"limit: {limit.what}": (
            ("markup_limits._matches", "markup_limits._longest_ticks", "markup_limits._depth"),
            limit.count,
            0,
        )
        for limit in (*markup_limits._BODY_LIMITS, *markup_limits._BLOCK_LIMITS, markup_limits.BODY_BYTES)
    },
    "blocks_over_limits": ((), markup_limits.blocks_over_limits, 600),
    "unsupported": (("markup_limits._UNSUPPORTED",), lambda text: list(markup_limits.unsupported(text)), 0),
    "read_otherwise": ((), lambda text: list(markup_limits.read_otherwise(text)), 0),
    "a date in another form": (("fields._meant_date",), fields._meant_date, 0),
    "typed_markup": (("plain_text._is_meant",), lambda text: list(plain_text.typed_markup(text)), 0),
    "without": ((), lambda text: markup_limits.without(text, references.code(text)), 1_500),
    "a body over its limits": ((), markup.findings, 33_000),
    "finished HTML": (
        (),
        lambda text: list(markup._cut("", f'<p><a title="{escape(references.clean(text))}">a</a></p>', (), {})),
        0,
    ),
    "a page as Markdown": (
        (),
        lambda text: html_markdown.markdown_of(
            f'<h2>{escape(text)}</h2><p><a href="{escape(text)}">{escape(text)}</a><code>{escape(text)}</code>',
            str,
            10**9,
        ),
        0,
    ),
    "marks of a page": (
        ("typography._BARE", "typography._MARK"),
        lambda text: typography.curly(f'<p title="{escape(text)}"><q>{escape(text)}</q><code>{escape(text)}</p>', "en"),
        0,
    ),
    "an index as Markdown": (
        (),
        lambda text: twins._ITEM.sub(twins._as_entry, f"- {html_markdown.in_markdown(text)}"),
        0,
    ),
    "slug": (("markdown_html._slug",), markdown_html._slug, 0),
    "fenced": (("markdown_html._fenced",), lambda text: markdown_html._fenced(f"```\n{text}\n```"), 0),
    "refusal": (("markdown_html._host_refusal",), markdown_html._refusal, 0),
    "refusal of a host": ((), lambda text: markdown_html._refusal(f"https://{text}"), 0),
    "allowed": (("markdown_html._ALLOWED",), lambda text: [may(text) for may in markdown_html._ALLOWED.values()], 0),
    "is_blank": ((), fields.is_blank, 0),
    "is_id": (("fields.is_id",), fields.is_id, 0),
    **{
        f"field: {check.__name__}": ((f"fields.{check.__name__}", "fields._date_or_span"), partial(refused, check), 0)
        for check in FIELD_CHECKS
    },
    "parse_date": ((), lambda text: refused(dates.parse_date, text), 0),
    "nearest_id": (("naming.nearest_id",), naming.nearest_id, 0),
    "fold": (("folding._scanner", "folding._composing", "folding._mark"), folding.fold, 1_000),
    "locate in a text": ((), lambda text: passages.locate(passages.Haystack(text), "so it was - said"), 1_000),
    "locate a quote": (("passages._apart",), lambda text: passages.locate(HAYSTACK, text), 1_500),
    "unmarked": ((), marks.unmarked, 0),
    "nearest": ((), lambda text: passages.nearest(passages.Haystack(text), "so it was said"), 1_000),
    "nearest to a quote": (("passages.Haystack", "passages.nearest"), lambda text: passages.nearest(HAYSTACK, text), 0),
    "address_of_words": ((), lambda text: quotes.address_of_words("a", (f"a{text}", "b")), 0),
    "sentences": ((), lambda text: list(excerpts._sentences(excerpts.HERE + references.clean(text), iter("s"))), 0),
    "sentences of many sources": (
        (),
        lambda text: list(
            excerpts._sentences("".join(excerpts.HERE + char for char in references.clean(text)), map(str, count()))
        ),
        1_000,
    ),
    "control characters": ((), lambda text: (decoding.control_in("a", text), decoding.without_controls(text)), 0),
    "printed": (
        (),
        lambda text: [terminal.harmless(text), terminal._harmless_data(text), terminal._harmless_json(text)],
        0,
    ),
    "words of HTML": ((), lambda text: excerpts._words(f'<a title="{escape(text)}">{escape(text)}</a>'), 0),
    "first_sentences": ((), lambda text: excerpts.first_sentences(text, 200), 0),
}
OWN_WORDS = {
    "dates.PartialDate": "a date that was read already, of a few dozen characters at most",
    "validating._bad_word": "pydantic's list of the words that a field accepts",
    "yamlsyntax._bad_escape": "ten characters",
}
"""Patterns that meet no content, or no more of it than a few characters; and why."""


# --- which patterns there are -------------------------------------------------------------------------------------


def short_name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def tops(module: ModuleType) -> Iterator[tuple[str, ast.stmt]]:
    """The statements of a module, each with the name that it gives."""
    for top in ast.parse(inspect.getsource(module)).body:
        target = top.targets[0] if isinstance(top, ast.Assign) else getattr(top, "target", None)
        yield getattr(top, "name", None) or getattr(target, "id", ""), top


def makes_pattern(top: ast.stmt) -> bool:
    """Whether a statement calls `re`."""
    calls = (node.func for node in ast.walk(top) if isinstance(node, ast.Call))
    return any(isinstance(f, ast.Attribute) and isinstance(f.value, ast.Name) and f.value.id == "re" for f in calls)


def used(module: ModuleType, name: str) -> set[str]:
    """By which methods a pattern is used."""
    among = (module,) if name.startswith("_") else MODULES
    return {method for one in among for method in re.findall(rf"\b{name}\.(\w+)\b", inspect.getsource(one))}


PATTERNS = {
    f"{short_name(module)}.{name}": (value, used(module, name))
    for module in MODULES
    for name, value in sorted(vars(module).items())
    if isinstance(value, re.Pattern) and value.pattern and name in dict(tops(module))
}


def test_every_pattern_is_tried_or_meets_only_our_own_words():
    made = {f"{short_name(module)}.{name}" for module in MODULES for name, top in tops(module) if makes_pattern(top)}
    covered = {name for names, _, _ in SCANNERS.values() for name in names}
    assert made - covered - set(PATTERNS) - set(OWN_WORDS) == set()


def possessive(steps: Iterable[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    """What a pattern repeats without giving anything back."""
    for what, how in steps:
        if what is sre.POSSESSIVE_REPEAT:
            yield list(how[2])
        for part in how[1] if what is sre.BRANCH else how if isinstance(how, tuple) else [how]:
            yield from possessive(part) if isinstance(part, sre_parser.SubPattern) else ()


SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY)


@pytest.mark.parametrize("name", PATTERNS)
def test_only_a_single_character_is_repeated_possessively(name: str):
    """Python before 3.11.5 misses matches where a group is (https://github.com/python/cpython/issues/106052)."""
    tree = sre_parser.parse(PATTERNS[name][0].pattern, PATTERNS[name][0].flags & ~re.DEBUG)
    assert [found for found in possessive(tree) if len(found) > 1 or found[0][0] not in SINGLE] == []


# --- how they grow ------------------------------------------------------------------------------------------------


def longest(run: Callable[[str], object], text: str, rounds: int = 1) -> float:
    """The processor's time for a run, the best of some."""
    times = []
    for _ in range(rounds):
        start = process_time()
        run(text)
        times.append(process_time() - start)
    return min(times)


def grows(run: Callable[[str], object], make: Callable[[int], str], size: int) -> bool:
    """Whether twice the text takes more than so many times as long. What takes next to no time is not measured."""
    once, twice = make(size), make(2 * size)
    first = longest(run, twice)
    if first < FLOOR or first <= RATIO * longest(run, once):
        return False
    return all(longest(run, twice, rounds) > RATIO * longest(run, once, rounds) for rounds in (3, 5, 9))


def repeated(unit: str, shape: Callable[[str], str]) -> Callable[[int], str]:
    return lambda size: shape(unit * (size // len(unit)))


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("name", SCANNERS)
def test_no_scanner_takes_more_than_n_log_n(name: str):
    _, run, size = SCANNERS[name]
    assert [unit for unit in UNITS if grows(run, repeated(unit, SHAPES[0]), size or SIZE)] == []


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_more_than_n_log_n(name: str):
    pattern, methods = PATTERNS[name]
    units = [*UNITS, *near_misses(pattern)]
    cases = [(unit, at, repeated(unit, shape)) for unit in units for at, shape in enumerate(SHAPES)]
    cases += [(example, at, pumped(example, at)) for example in examples(pattern) for at in range(len(example))]
    runs = [run for names, run in WAYS if methods & names]
    assert runs, methods
    assert [(u, at) for u, at, make in cases if any(grows(lambda t: run(pattern, t), make, SIZE) for run in runs)] == []  # noqa: B023


WAYS: tuple[tuple[set[str], Callable[[re.Pattern[str], str], object]], ...] = (
    ({"match", "fullmatch"}, lambda pattern, text: (pattern.match(text), pattern.fullmatch(text))),
    ({"search", "finditer", "findall", "sub", "split"}, lambda pattern, text: sum(1 for _ in pattern.finditer(text))),
)


def test_a_text_of_long_lines_is_read_as_fast_as_another():
    assert not grows(lambda text: decoding.decode_text("a", text.encode()), repeated("a" * 99_999 + "\n", str), 400_000)


def test_a_wrong_name_is_compared_with_few_of_many():
    names = Names([f"claim-{number}" for number in range(20_000)] + ["the-other-one"])
    assert names.like("teh-other-one")[0] == "the-other-one"
    assert all(0 < len(names.like(wrong)) <= 12 for wrong in ("claim-20001", "claim-1x", "Claim-77"))
    assert names.like("x" * 60) == names.like("") == []
    assert len(Names([f"claim-{number}" for number in range(200)]).like("zzz")) == 200


@pytest.mark.parametrize("pattern", [r"a*b", r"(?:a|b)*c", r"[.!?]\s+(?=\W*\w)"])
def test_the_judge_sees_what_grows(pattern: str):
    found, sizes = re.compile(pattern), (1_000, 2_000, 4_000, 4_000)
    tries = ((unit, size) for size in sizes for unit in ("a", ". "))  # a busy machine may hide it once, not each time
    assert any(grows(lambda text: sum(1 for _ in found.finditer(text)), repeated(unit, str), n) for unit, n in tries)


# --- what nearly matches a pattern --------------------------------------------------------------------------------


def near_misses(pattern: re.Pattern[str]) -> list[str]:
    """What the pattern matches without its end, or with one character too many."""
    return [unit for text in examples(pattern) for unit in (text[:-1], text, text + "!") if unit]


def pumped(example: str, at: int) -> Callable[[int], str]:
    """An example that goes on with one of its characters, and then with what fits nowhere."""
    return lambda size: example[:at] + example[at] * size + "\x00"


def examples(pattern: re.Pattern[str]) -> list[str]:
    """Short texts that a pattern matches but for what it says of their surroundings: one for each alternative."""
    tree = sre_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    return sorted({text for text in written(list(tree)) if text})


def written(steps: list[tuple[Any, Any]]) -> list[str]:
    texts = [""]
    for step in steps:
        texts = [text + more for text in texts for more in alternatives(*step)][:24]
    return texts


def alternatives(what: Any, how: Any) -> list[str]:
    if what is sre.LITERAL:
        return [chr(how)]
    if what is sre.IN:
        return [member(how)]
    if what in (sre.ANY, sre.NOT_LITERAL):
        return ["a"]
    if what in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [text * min(max(how[0], 1), 100) for text in written(list(how[2]))]
    inner = how[1] if what is sre.BRANCH else [how[-1]] if what is sre.SUBPATTERN else [how]
    return [text for one in inner for text in written(list(one))] if what not in (*SURROUNDINGS, sre.AT) else [""]


SURROUNDINGS = (sre.ASSERT, sre.ASSERT_NOT)


def member(choices: list[tuple[Any, Any]]) -> str:
    """One character of a set."""
    tried = [*(chr(code) for code in range(0x20, 0x7F)), "\n", "\u2026", "\u0301"]
    first = choices[0][1] if choices[0][0] is sre.LITERAL else choices[0][1][0] if choices[0][0] is sre.RANGE else 0
    return next((char for char in tried if holds(choices, char)), chr(first))


def holds(choices: list[tuple[Any, Any]], char: str) -> bool:
    """Whether a set holds a character."""
    inside = any(
        (what is sre.LITERAL and how == ord(char))
        or (what is sre.RANGE and how[0] <= ord(char) <= how[1])
        or (what is sre.CATEGORY and re.match(CLASSES[how], char))
        for what, how in choices
    )
    return inside != (choices[0][0] is sre.NEGATE)


CLASSES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
