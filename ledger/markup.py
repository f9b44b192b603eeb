"""Text fields to safe HTML, with their references resolved.

In: a text and a function that says how a reference is shown. Out: markup that may stand in a page as it is, and for
`findings` what is refused or not supported in a Markdown body. Short fields are plain text and references, nothing
else; `body` alone is Markdown.

A body passes through: limits (a body over one is shown as it was written), the reference scanner (each reference and
each formula becomes a token of two noncharacters and a number), Python-Markdown without raw HTML and images, the link
policy, and nh3 with a list of what is allowed. Only then do references and formulas take the places of their tokens,
each safe by itself. A formula that cannot be read is shown as it was written.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from ledger.formulas import Drawn, draw
from ledger.markup_limits import (
    BODY_BYTES,
    Finding,
    blocks_over_limits,
    formulas_over_limits,
    over_limit,
    read_otherwise,
    unsafe_links,
    unsupported,
    without,
)
from ledger.references import TOKEN, Formula, Inline, Reference, clean, code, inline, may_refer, pieces, with_tokens


class Link(NamedTuple):
    """How a reference is shown: an address and the words of the link. The rest may be empty."""

    href: str
    words: str
    title: str = ""
    """The tooltip."""
    css: str = ""
    note: str = ""
    """What is behind the link, to be shown in the margin of a body."""
    address: str = ""
    """Where the work itself is found, for readers on paper."""


Resolve = Callable[[Reference], Link | None]
"""How a reference is shown, or nothing when it is unresolved: then its own text is."""
Figure = Callable[[str], Markup]
"""What is shown in place of an id that stands alone in a paragraph of a body; empty where that stays a link."""


def short(text: str, resolve: Resolve) -> Markup:
    """A short field: escaped text with its references as links."""
    if not may_refer(text):
        return escape(clean(text))
    return Markup("").join(
        escape(clean(piece)) if isinstance(piece, str) else _anchor(piece, _source(text, piece), resolve(piece))
        for piece in pieces(text)
    )


def plain(text: str, resolve: Resolve) -> str:
    """A short field as words alone, without markup (and so not escaped)."""
    if not may_refer(text):
        return clean(text)
    return "".join(
        clean(piece) if isinstance(piece, str) else _words(piece, _source(text, piece), resolve)
        for piece in pieces(text)
    )


def no_figure(_: str) -> Markup:
    """Every reference stays a link."""
    return Markup()


def body(text: str, resolve: Resolve, *, for_words: bool = False, figure: Figure = no_figure) -> Markup:
    """A Markdown body as safe HTML. One that is over a limit is shown as it was written.

    Its highest headings are of the second level. The first reference to each thing that has a note is followed by it.
    Where only the words are wanted, `for_words`, there are no notes, and formulas are in plain signs. A reference
    without words that is a paragraph of its own gives way to its `figure`.
    """
    prepared = _prepared(text).parts
    levels = [int(found[2]) for part in prepared if isinstance(part, str) for found in _HEADING.finditer(part)]
    shift = TOP - min(levels, default=TOP)

    def placed(part: str) -> str:
        return _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + shift)}", part)

    noted: set[str] | None = None if for_words else set()

    def shown(part: "_Part") -> Markup:
        if isinstance(part, Markup):
            return part
        if isinstance(part, _FormulaSlot):
            return _show_formula(part, for_words=for_words)
        return Markup(placed(part)) if isinstance(part, str) else _show(part, resolve, noted)  # noqa: S704 - nh3 made it

    return Markup("").join(map(shown, _with_figures(prepared, figure)))


def _with_figures(parts: "Sequence[_Part]", figure: Figure) -> "list[_Part]":
    """The parts of a body, with figures in place of the paragraphs that are a reference alone."""
    shown = list(parts)
    for at, (before, part, after) in enumerate(zip(parts, parts[1:], parts[2:], strict=False), start=1):
        if not (isinstance(before, str) and isinstance(part, _Slot) and isinstance(after, str)):
            continue
        alone = before.endswith("<p>") and after.startswith("</p>") and not part.bare
        bare_link = part.reference.form == "link" and not part.reference.words
        if alone and bare_link and (made := figure(part.reference.target)):
            shown[at - 1 : at + 2] = [str(shown[at - 1]).removesuffix("<p>"), made, after.removeprefix("</p>")]
    return shown


TOP = 2
"""The level of the highest headings of a body: below the title of its page."""
_HEADING = re.compile(r"(</?h)([3-6])(?=[ >])")


def findings(text: str) -> tuple[Finding, ...]:
    """What a Markdown body holds that is refused, dropped or shown as text, in the order of the text."""
    return _prepared(text).findings


class _Slot(NamedTuple):
    """The place of a reference in finished HTML.

    It is `bare` where no link may stand, in a link or an attribute, and `prose` where a note may follow.
    """

    reference: Reference
    source: str
    bare: bool
    prose: bool


class _FormulaSlot(NamedTuple):
    """The place of a formula in finished HTML; `bare` where no markup may stand, in an attribute."""

    source: str
    drawn: Drawn | None
    """Nothing when it could not be read."""
    display: bool
    bare: bool


_Part = str | _Slot | _FormulaSlot
"""A piece of finished HTML, or the place of something in it; a figure is Markup."""


def _show_formula(formula: _FormulaSlot, *, for_words: bool) -> Markup:
    """A formula; a wide one in a frame of its own that can be scrolled, by keyboard too."""
    drawn = formula.drawn
    if drawn is None or formula.bare:
        return escape(formula.source)
    if for_words:
        return escape(drawn.words)
    html = drawn.html.replace("<math", f'<math alttext="{escape(formula.source)}"', 1)
    shown, form = Markup(html), "formula display" if formula.display else "formula"  # noqa: S704 - nh3 made it
    if drawn.wide:
        frame = Markup('<span class="{} wide" role="group" aria-label="{}" tabindex="0">{}</span>')
        return frame.format(form, drawn.words, shown)
    return Markup('<span class="{}">{}</span>').format(form, shown) if formula.display else shown


def _show(slot: _Slot, resolve: Resolve, noted: set[str] | None) -> Markup:
    """A reference, with its note unless `noted` has it already; without `noted` there are no notes."""
    if slot.bare:
        return escape(_words(slot.reference, slot.source, resolve))
    link = resolve(slot.reference)
    anchor = _anchor(slot.reference, slot.source, link)
    if noted is None or not slot.prose or link is None or not link.note or link.href in noted:
        return anchor
    noted.add(link.href)
    return anchor + _note(link)


def _note(link: Link) -> Markup:
    """A note for the eye alone: read aloud, it would say the link before it once more.

    Its link is for the pointer alone, since the keyboard has just reached the same one.
    """
    address = Markup(' <span class="address">{}</span>').format(clean(link.address)) if link.address else ""
    shown = Markup('<span class="sidenote" aria-hidden="true"><a href="{}" tabindex="-1">{} </a>{}{}</span>')
    return shown.format(clean(link.href), clean(link.words), clean(link.note), address)


def _anchor(reference: Reference, source: str, link: Link | None) -> Markup:
    if link is None:
        return escape(source)
    named = (("href", link.href), ("class", link.css), ("title", link.title))
    attributes = "".join(f' {name}="{escape(clean(value))}"' for name, value in named if value)
    words, locator = map(escape, _words_of(reference, link))
    return Markup(f"<a{attributes}>{words}</a>{locator}")  # noqa: S704 - every piece is escaped, and a text has many


def _words(reference: Reference, source: str, resolve: Resolve) -> str:
    link = resolve(reference)
    return source if link is None else "".join(_words_of(reference, link))


def _words_of(reference: Reference, link: Link) -> tuple[str, str]:
    """The words of the link and what follows it. The author's own words go before the resolver's."""
    if reference.form == "link":
        return clean(reference.words or link.words), ""
    return clean(link.words), f", {clean(reference.words)}" if reference.words else ""


def _source(text: str, reference: Reference) -> str:
    return clean(text[reference.start : reference.end])


_NO_NOTES = ("a", "table", "h3", "h4", "h5", "h6")
"""Where a note would break a line of its own, or be cut off."""
_MARK = re.compile(rf'<(?P<tag>/?[a-z][a-z0-9]*+)(?>(?:[^"<>]|"[^"]*")*)>|{TOKEN.pattern}')


def _cut(
    text: str, safe: str, taken: tuple[Inline, ...], drawn: Mapping[int, Drawn]
) -> Iterator[str | _Slot | _FormulaSlot]:
    """Sanitised HTML cut at its tokens; `drawn` are the formulas that could be read, by where they begin."""
    last, inside = 0, set[str]()
    for mark in _MARK.finditer(safe):
        tag = mark["tag"] or ""
        if tag.removeprefix("/") in _NO_NOTES:
            inside ^= {tag.removeprefix("/")}
        for token in TOKEN.finditer(safe, mark.start(), mark.end()):
            found = taken[int(token[1])]
            source = clean(text[found.start : found.end])
            yield safe[last : token.start()]
            if isinstance(found, Formula):
                yield _FormulaSlot(source, drawn.get(found.start), found.display, bare=bool(tag))
            else:
                yield _Slot(found, source, bare="a" in inside, prose=not inside)
            last = token.end()
    yield safe[last:]


class _Prepared(NamedTuple):
    parts: tuple[str | _Slot | _FormulaSlot, ...]
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1 << 14)
def _prepared(text: str) -> _Prepared:
    """The expensive part, done once for the check and the page."""
    size = BODY_BYTES.count(text)
    if size > BODY_BYTES.most:
        return _as_written(text, (over_limit(BODY_BYTES, size, 0, len(text)),))
    taken, codes = inline(text), code(text)
    formulas = tuple(found for found in taken if isinstance(found, Formula))
    over = blocks_over_limits(without(text, (*taken, *(found for found in codes if found.form == "fence"))))
    if over := over or formulas_over_limits(formulas):
        return _as_written(text, over)
    from ledger.markdown_html import to_html  # most runs make no body anew

    safe, refused = to_html(with_tokens(text, taken), taken)
    drawn, unread = _drawn(formulas)
    prose = without(text, (*taken, *codes))
    found = sorted(
        [*unsafe_links(prose, refused), *unsupported(prose), *read_otherwise(prose), *unread],
        key=lambda f: (f.start, f.end, f.check),
    )
    return _Prepared(tuple(_cut(text, safe, taken, drawn)), tuple(found))


def _drawn(formulas: tuple[Formula, ...]) -> tuple[dict[int, Drawn], list[Finding]]:
    """The formulas that can be read, by where they begin, and a finding for every other."""
    drawn, unread = dict[int, Drawn](), list[Finding]()
    for formula in formulas:
        made = draw(formula.tex, display=formula.display)
        if isinstance(made, Drawn):
            drawn[formula.start] = made
        else:
            message = f"a formula cannot be read, so it is shown as it was written: {made.message}"
            unread.append(Finding("unread-formula", formula.start, formula.end, message, made.hint))
    return drawn, unread


def _as_written(text: str, over: tuple[Finding, ...]) -> _Prepared:
    return _Prepared((f"<pre>{escape(clean(text))}</pre>",), over)
