"""Text fields to safe HTML, with their references resolved.

In: a text and a function that says how a reference is shown. Out: markup that may stand in a page as it is, and for
`findings` what is refused or not supported in a Markdown body. Short fields are plain text and references, nothing
else; `body` alone is Markdown.

A body passes through: limits (a body over one is shown as it was written), the reference scanner (each reference
becomes a token of two noncharacters and a number), Python-Markdown without raw HTML and images, the link policy, and
nh3 with a list of what is allowed. Only then do the references take the places of their tokens.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from ledger.markup_limits import (
    BODY_BYTES,
    Finding,
    blocks_over_limits,
    over_limit,
    unsafe_links,
    unsupported,
    without,
)
from ledger.references import TOKEN, Reference, clean, code, may_refer, pieces, scan, with_tokens


@dataclass(frozen=True, slots=True)
class Link:
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


def short(text: str, resolve: Resolve) -> Markup:
    """A short field: escaped text with its references as links."""
    if not may_refer(text):
        return escape(clean(text))
    return Markup("").join(
        escape(clean(piece)) if isinstance(piece, str) else _anchor(piece, _source(text, piece), resolve)
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


def body(text: str, resolve: Resolve, *, anchors: str = "", level: int = 2, notes: bool = True) -> Markup:
    """A Markdown body as safe HTML. One that is over a limit is shown as it was written.

    Its highest headings get the given level. `anchors` stands before the anchors of its headings, where several bodies
    share a page. With `notes`, the first reference to each thing that has a note is followed by it.
    """
    parts = _prepared(text).parts
    levels = [int(found[2]) for part in parts if isinstance(part, str) for found in _HEADING.finditer(part)]
    shift = level - min(levels, default=level)

    def placed(part: str) -> str:
        part = _ANCHOR.sub(rf"\1{anchors}h-", part)
        return _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + shift)}", part)

    noted: set[str] | None = set() if notes else None
    return Markup("").join(
        Markup(placed(part)) if isinstance(part, str) else _show(part, resolve, noted)  # noqa: S704 - nh3 made it
        for part in parts
    )


_ANCHOR = re.compile(r'(<h[3-6] id="|<a href="#)h-')
_HEADING = re.compile(r"(</?h)([3-6])(?=[ >])")


def findings(text: str) -> tuple[Finding, ...]:
    """What a Markdown body holds that is refused, dropped or shown as text, in the order of the text."""
    return _prepared(text).findings


@dataclass(frozen=True, slots=True)
class _Slot:
    """The place of a reference in finished HTML.

    It is `bare` where no link may stand, in a link or an attribute, and `prose` where a note may follow.
    """

    reference: Reference
    source: str
    bare: bool
    prose: bool


def _show(slot: _Slot, resolve: Resolve, noted: set[str] | None) -> Markup:
    """A reference, with its note unless `noted` has it already; without `noted` there are no notes."""
    if slot.bare:
        return escape(_words(slot.reference, slot.source, resolve))
    anchor, link = _anchor(slot.reference, slot.source, resolve), resolve(slot.reference)
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


def _anchor(reference: Reference, source: str, resolve: Resolve) -> Markup:
    link = resolve(reference)
    if link is None:
        return escape(source)
    named = (("href", link.href), ("class", link.css), ("title", link.title))
    attributes = Markup("").join(Markup(' {}="{}"').format(name, clean(value)) for name, value in named if value)
    words, locator = _words_of(reference, link)
    return Markup("<a{}>{}</a>{}").format(attributes, words, locator)


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
_MARK = re.compile(rf'<(?P<tag>/?[a-z][a-z0-9]*+)(?:[^"<>]|"[^"]*")*+>|{TOKEN.pattern}')


def _cut(text: str, safe: str, references: tuple[Reference, ...]) -> Iterator[str | _Slot]:
    """Sanitised HTML cut at its tokens."""
    last, inside = 0, set[str]()
    for mark in _MARK.finditer(safe):
        tag = mark["tag"] or ""
        if tag.removeprefix("/") in _NO_NOTES:
            inside ^= {tag.removeprefix("/")}
        for token in TOKEN.finditer(safe, mark.start(), mark.end()):
            reference = references[int(token[1])]
            yield safe[last : token.start()]
            yield _Slot(reference, _source(text, reference), bare="a" in inside, prose=not inside)
            last = token.end()
    yield safe[last:]


@dataclass(frozen=True, slots=True)
class _Prepared:
    parts: tuple[str | _Slot, ...]
    findings: tuple[Finding, ...]


class _Memo:
    """What was made of texts. The older half is forgotten whenever the newer one has grown over a size."""

    def __init__(self, make: Callable[[str], _Prepared], most: int) -> None:
        self.make, self.most, self.size = make, most, 0
        self.new: dict[str, _Prepared] = {}
        self.old: dict[str, _Prepared] = {}

    def __call__(self, text: str) -> _Prepared:
        if found := self.new.get(text):
            return found
        made = self.new[text] = self.old.get(text) or self.make(text)
        self.size += len(text) + _OVERHEAD
        if self.size > self.most:
            self.new, self.old, self.size = {}, self.new, 0
        return made


_OVERHEAD = 1_000
"""About as many bytes go to what is made of the shortest text."""


def _made(text: str) -> _Prepared:
    """The expensive part, done once for the check and the page."""
    size = BODY_BYTES.count(text)
    if size > BODY_BYTES.most:
        return _as_written(text, (over_limit(BODY_BYTES, size, 0, len(text)),))
    references, codes = scan(text, markdown=True), code(text)
    over = blocks_over_limits(without(text, (*references, *(found for found in codes if found.form == "fence"))))
    if over:
        return _as_written(text, over)
    from ledger.markdown_html import to_html  # noqa: PLC0415 - most runs make no body anew

    safe, refused = to_html(with_tokens(text, references), references)
    prose = without(text, (*references, *codes))
    found = sorted([*unsafe_links(prose, refused), *unsupported(prose)], key=lambda f: (f.start, f.end, f.check))
    return _Prepared(tuple(_cut(text, safe, references)), tuple(found))


def _as_written(text: str, over: tuple[Finding, ...]) -> _Prepared:
    return _Prepared((f"<pre>{escape(clean(text))}</pre>",), over)


_prepared = _Memo(_made, 128 << 20)
