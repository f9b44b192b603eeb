"""Pages to take elsewhere: a claim, a position or a controversy as CommonMark, with its references.

In: a Ledger, and its public address if there is one. Out: `claims/<id>.md` and its like, CommonMark without extensions.
Links are absolute where the address is known, else relative to the file. Words of a short field are escaped; a body
keeps its own markup, but for HTML and images, and its headings stand below those of the document. Sources are numbered
links to a list at the end: footnotes are no part of CommonMark.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger import citations, links, texts, urls
from ledger.analysis import analyse
from ledger.analysis.challenges import against
from ledger.analysis.ties import positions_of
from ledger.context import PageContext, page_reference, shortened
from ledger.exports.escaping import address_in_markdown, allowed, at_line_start, in_markdown
from ledger.exports.naming import card_of
from ledger.facets import outcome_words
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.rating_words import counts_words, grade_words, remarks, verdict_words
from ledger.records import Assessment, Challenge, Claim, Controversy, Evidence, Position, Proponent, Source
from ledger.references import Code, Formula, Inline, Reference, code, inline, pieces
from ledger.strength import newest_search, strength
from ledger.vocabulary import STANCES

_LIVE = re.compile(r"\\.|<|`|!(?=\[)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,4})(?=[ \t])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Writing:
    """One document that is being written: who looks at the ledger, and the number of each source that was cited."""

    context: PageContext
    numbers: dict[str, int] = field(default_factory=dict)

    def said(self, text: str | None) -> str:
        """A short field."""
        found = (in_markdown(p) if isinstance(p, str) else self._reference(text or "", p) for p in pieces(text or ""))
        return at_line_start("".join(found).strip())

    def link(self, record: Record[Any], part: str = "") -> str:
        """A record by its title, as a link."""
        title = in_markdown(shortened(self.context.plain(record.title))).strip()
        gone = self.context.ref(record.id).gone
        return link(title, self.context.url(urls.of_record(record, part))) + (f" {in_markdown(gone)}" if gone else "")

    def cited(self, id_: str) -> str:
        """A source by its number in the list of references, as a link."""
        source = self.context.ref_id(id_)
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        gone = self.context.ref(source).gone
        place = self.context.url(urls.of_card(card_of(self.context.ledger, source)))
        return link(f"\\[{number}\\]", place) + (f" {in_markdown(gone)}" if gone else "")

    def references(self) -> Iterator[str]:
        """The sources that were cited, in the order of their numbers."""
        if not self.numbers:
            return
        yield f"## {texts.say('controversy_page.references')}"
        entries, more = [], texts.say("citing.more_on")
        for id_, number in self.numbers.items():
            at = self.context.url(urls.of_card(card_of(self.context.ledger, id_)))
            entries.append(f"{number}. {reference_to(self.context.ledger, id_)} {link(more, at)}")
        yield "\n".join(entries)

    def body(self, text: str | None) -> str:
        """A Markdown field."""
        written = allowed(text or "").replace("\r\n", "\n").replace("\r", "\n")
        kept: list[Inline | Code] = [*inline(written), *code(written)]
        parts, last = [], 0
        for found in sorted(kept, key=lambda found: found.start):
            parts.append(_safe(written[last : found.start]))
            parts.append(self._reference(written, found) if isinstance(found, Reference) else _kept(written, found))
            last = found.end
        return "".join([*parts, _safe(written[last:])]).strip("\n")

    def _reference(self, text: str, reference: Reference) -> str:
        found = self.context.resolve(reference)
        if found is None:
            return in_markdown(text[reference.start : reference.end])
        if reference.form == "link":
            return link(in_markdown(reference.words or found.words), found.href)
        locator = f", {in_markdown(reference.words)}" if reference.words else ""
        return link(in_markdown(found.words), found.href) + locator


@result
def reference_to(ledger: Ledger, id_: str) -> str:
    """The whole reference of a source, the address of the work as a link."""
    source = ledger.record(Source, id_)
    address, title = (
        citations.address(source.fields),
        PageContext(ledger, urls.HOME, analyse(ledger)).plain(source.title),
    )
    said = at_line_start(in_markdown(citations.in_full(source.fields, title).removesuffix(address)).strip())
    return f"{said} {link(in_markdown(address), address)}" if address else said


def link(escaped: str, address: str) -> str:
    """A link, from words that are escaped already."""
    return f"[{escaped}]({address_in_markdown(address)})"


def _safe(text: str) -> str:
    """Markdown outside code without HTML, images and stray backticks, its headings below those of the document."""
    return _HEADING.sub(r"##\1", _LIVE.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text))


def _kept(text: str, found: Formula | Code) -> str:
    """Code and formulas as they were written; no part of a formula can be read as a tag."""
    if isinstance(found, Code):
        return _code(text, found)
    return re.sub(r"<(?=[A-Za-z/!?])", "< ", text[found.start : found.end])


def _code(text: str, found: Code) -> str:
    """Code as it was written; a span between as many backticks as CommonMark needs."""
    written = text[found.start : found.end]
    if found.form != "span":
        return written
    inner = written.strip("`")
    marks = "`" * (max(map(len, re.findall("`+", inner)), default=0) + 1)
    return f"{marks}{inner}{marks}"


# A page


def document(ledger: Ledger, record: Record[Any], write: "Writer", base_url: str) -> OutFile:
    """The Markdown file beside a record's page."""
    root = urls.public(base_url, "") if base_url else ""
    address = urls.beside(urls.of_record(record), ".md")
    writing = Writing(PageContext(ledger, address, analyse(ledger), root=root))
    blocks = _document(writing, record, write, base_url)
    return OutFile(address, ("\n\n".join(filter(None, blocks)) + "\n").encode())


EMPTY_SIDES = ("supports", "disputes")
"""The sides of which it is said, too, that they have no evidence."""
Writer = Callable[[Writing, Record[Any]], Iterator[str]]


def _document(writing: Writing, record: Record[Any], write: Writer, base_url: str) -> Iterator[str]:
    yield f"# {writing.said(record.title)}"
    gone = record.fields.withdrawn
    if gone:
        when = texts.say("record.withdrawn", date=gone.date)
        yield f"**{when}** {writing.said(gone.why)}"
    yield from write(writing, record)
    yield from _challenged(writing, record)
    yield from writing.references()
    yield "---"
    citing = page_reference(writing.context, record, base_url)
    yield at_line_start(in_markdown(texts.say("citing.on_the_page", reference=citing)))
    yield at_line_start(in_markdown(_licence(writing.context.ledger.settings.licence)))
    yield link(texts.say("citing.original"), writing.context.url(urls.of_record(record)))


def _challenged(writing: Writing, record: Record[Any]) -> Iterator[str]:
    """What was challenged in it, with what came of that."""
    ledger = writing.context.ledger
    found = [ledger.record(Challenge, id_) for id_ in against(ledger, record.id)]
    said = (f"{writing.link(one)} ({texts.day(one.fields.date)}): {outcome_words(one)}" for one in found)
    yield from _list(f"## {texts.say('challenged.heading')}", said)


def _licence(named: str | None) -> str:
    """Under which licence the content is, or that none is stated."""
    return texts.say("frame.licence", licence=named) if named else texts.say("frame.no_licence")


def _claim(writing: Writing, record: Record[Claim]) -> Iterator[str]:
    fields = record.fields
    yield texts.say("claim.typed", type=texts.say(f"claim_type.{fields.type}"))
    yield from _standing(writing, record)
    yield _fact(texts.say("claim.scope"), writing.said(fields.scope))
    if fields.first_stated:
        first = writing.context.ledger.records[writing.context.ref_id(fields.first_stated)]
        yield _fact(texts.say("claim.first_stated"), f"{writing.link(first)} {writing.cited(first.id)}")
    yield "## " + texts.say("claim.evidence")
    if not fields.evidence:
        yield " ".join((texts.say("claim.no_evidence"), _looked(writing, record)))
    for effect, heading in texts.Group("effect").items():
        yield from _side(writing, record, effect, heading)
    yield from _context(writing, record)
    yield from _texts(writing, texts.say("claim.settle"), fields.cruxes)


def _standing(writing: Writing, record: Record[Claim]) -> Iterator[str]:
    """The verdict of the evidence with what counts once; the newest rating by an editor with who, when and why."""
    yield " ".join(_verdict(writing, record))
    yield _rated(writing, record.fields.assessments, "claim")


def _verdict(writing: Writing, record: Record[Claim]) -> Iterator[str]:
    rating = writing.context.analysis.ratings.get(record.id)
    if rating:
        solidity = texts.say(f"solidity.{rating.solidity}") if rating.solidity else ""
        said = ", ".join(filter(None, (f"**{verdict_words(rating)}**", solidity)))
        yield texts.say("verdict_line.of_evidence", verdict=said)
        yield from remarks(rating, record.fields.type)
        if rating.direction:
            yield f"{counts_words(rating.counts)}."


def _side(writing: Writing, record: Record[Claim], effect: str, heading: str) -> Iterator[str]:
    items = [item for item in _in_order(writing, record) if item.relation == effect]
    if items:
        rating = writing.context.analysis.ratings.get(record.id)
        grades = {item.id: grade_words(item) for item in (rating.items if rating else ()) if item.side}
        yield f"### {heading}"
        yield "\n".join(_item(writing, item, grades.get(item.id, "")) for item in items)
    elif record.fields.evidence and effect in EMPTY_SIDES:
        yield f"### {heading}"
        yield " ".join((texts.say(f"claim.no_{effect}"), _looked(writing, record)))


def _in_order(writing: Writing, record: Record[Claim]) -> list[Evidence]:
    """The evidence items of a claim in the order in which its page shows them."""
    items = {item.id: item for item in record.fields.evidence}
    return [items[one.item] for one in writing.context.analysis.exhibits(record.id)]


def _looked(writing: Writing, record: Record[Claim]) -> str:
    newest = newest_search(record)
    if newest is None:
        return texts.say("claim.no_search")
    by = in_markdown(writing.context.editor(newest.by))
    return texts.say("claim.last_search", by=by, date=newest.date, sought=writing.said(newest.for_))


def _item(writing: Writing, item: Evidence, grade: str) -> str:
    """One evidence item as an item of a list, with its grade and the reasons, its quote below it."""
    source = writing.context.ledger.record(Source, writing.context.ref_id(item.source))
    known = (
        grade,
        writing.said(item.locator),
        texts.say(f"tier.{source.fields.tier}"),
        texts.say(f"consulted.{item.consulted}"),
        texts.say("exhibit.limits", limits=writing.said(item.limits)) if item.limits else "",
    )
    line = f"- {writing.said(item.shows)} {writing.cited(item.source)} ({'; '.join(filter(None, known))})"
    quote = f"\n\n  > {at_line_start(in_markdown(item.quote).strip())}\n" if item.quote else ""
    return line + quote


def _position(writing: Writing, record: Record[Position]) -> Iterator[str]:
    controversy = writing.context.ledger.record(Controversy, writing.context.ref_id(record.fields.controversy))
    yield texts.say("position_page.on", letter=record.fields.letter, controversy=writing.link(controversy))
    yield from _case(writing, record, level=2)


def _case(writing: Writing, record: Record[Position], level: int) -> Iterator[str]:
    """What a position's page and its section of a controversy's page have in common; the page of its own says more."""
    fields, mark, parts = record.fields, "#" * level, texts.Group("position_parts")
    is_own = level == len("##")
    yield _rated(writing, fields.assessments)
    yield from _texts(writing, parts["steelman"], (fields.steelman,), mark=mark)
    held = (f"{writing.said(part.statement)} {_rated(writing, part.assessments)}" for part in fields.parts)
    yield from _list(f"{mark} {parts['parts']}", held)
    yield from _list(f"{mark} {parts['proponents']}", _holders(writing, record, cited=is_own))
    claims = (_claim_line(writing, id_, cited=is_own) for id_ in fields.rests_on)
    yield from _list(f"{mark} {parts['rests_on']}", claims)
    if is_own:
        yield from _against(writing, record)
    numbers = (f" {writing.cited(id_)}" if is_own else "" for id_ in fields.key_sources)
    named = (writing.link(_source(writing, id_)) for id_ in fields.key_sources)
    sources = (f"{one}{number}" for one, number in zip(named, numbers, strict=True))
    yield from _list(f"{mark} {parts['sources']}", sources)


def _against(writing: Writing, record: Record[Position]) -> Iterator[str]:
    """What a position rejects, what is held against it, and what would settle it; its own account."""
    fields, parts = record.fields, texts.Group("position_parts")
    yield from _list(f"## {parts['rejects']}", (_claim_line(writing, id_, cited=True) for id_ in fields.rejects))
    yield from _list(f"## {parts['objections']}", (writing.said(entry.text) for entry in fields.objections))
    yield from _texts(writing, parts["cruxes"], fields.cruxes)
    yield from _context(writing, record)


def _rated(writing: Writing, assessments: Sequence[Assessment], kind: str = "position") -> str:
    if not assessments:
        return texts.say("rated.none")
    newest = assessments[-1]
    by = texts.say("rated.by", by=in_markdown(writing.context.editor(newest.by)), date=newest.date)
    rating = texts.say(f"{kind}_rating.{newest.rating}")
    return f"**{rating}**. {by}: {writing.said(newest.why)}"


def _holders(writing: Writing, record: Record[Position], *, cited: bool) -> Iterator[str]:
    """Who takes which stance on a position and, where they are `cited`, the sources that show it."""
    for taken in links.links_in(writing.context.ledger, record.id):
        if taken.relation in STANCES and taken.kind == "proponent":
            anchor = taken.other_part.partition("/")[2]
            holder = writing.context.ledger.record(Proponent, taken.other)
            stance = next(entry for entry in holder.fields.stances if entry.id == anchor)
            sources = dict.fromkeys(entry.source for entry in stance.attested) if cited else ()
            shown = " ".join(map(writing.cited, sources))
            said = texts.say(f"stance.{taken.relation}")
            yield f"{writing.link(holder, anchor)} {said} {shown}".strip()


def _claim_line(writing: Writing, id_: str, *, cited: bool) -> str:
    """A claim with its standing and, where they are `cited`, the sources of its evidence."""
    claim = writing.context.ledger.record(Claim, writing.context.ref_id(id_))
    sources = dict.fromkeys(item.source for item in _in_order(writing, claim))
    shown = " ".join(writing.cited(source) for source in sources) if cited else ""
    return f"{writing.link(claim)} ({in_markdown(strength(writing.context.ledger, claim))}) {shown}".strip()


def _source(writing: Writing, id_: str) -> Record[Source]:
    return writing.context.ledger.record(Source, writing.context.ref_id(id_))


def _controversy(writing: Writing, record: Record[Controversy]) -> Iterator[str]:
    fields, named = record.fields, texts.Group("controversy_page")
    yield f"**{writing.said(fields.question)}**"
    yield writing.said(fields.summary)
    if fields.status_note:
        status = texts.say(
            "controversy_page.status", status=texts.say(f"status.{fields.status}"), date=fields.status_note.date
        )
        yield f"{named['standing']}: {status}. {writing.said(fields.status_note.text)}"
    yield f"## {named['positions']}"
    for position in positions_of(writing.context.ledger, record):
        yield f"### {at_line_start(in_markdown(writing.context.ref(position.id).label))}"
        yield f"{writing.said(position.title)} {link(named['own_page'], _page(writing, position))}"
        yield from _case(writing, position, level=4)
    yield from _context(writing, record)
    tensions = (f"**{in_markdown(entry.title)}**: {writing.said(entry.text)}" for entry in fields.tensions)
    yield from _list(f"## {named['tensions']}", tensions)
    yield from _texts(writing, named["settling"], fields.cruxes)


def _page(writing: Writing, record: Record[Any]) -> str:
    return writing.context.url(urls.of_record(record))


def _context(writing: Writing, record: Record[Any]) -> Iterator[str]:
    body = writing.body(record.fields.body)
    if body:
        yield f"## {texts.say('controversy_page.story')}"
        yield body


def _fact(name: str, said: str) -> str:
    return f"{name}: {said}" if said else ""


def _texts(writing: Writing, heading: str, texts: Iterable[str | None], mark: str = "##") -> Iterator[str]:
    """A heading and the short fields below it: one as a paragraph, several as a list."""
    said = [writing.said(text) for text in texts if text]
    if len(said) == 1:
        yield from (f"{mark} {heading}", said[0])
    else:
        yield from _list(f"{mark} {heading}", said)


def _list(heading: str, entries: Iterable[str]) -> Iterator[str]:
    items = [f"- {entry}" for entry in entries]
    if items:
        yield from (heading, "\n".join(items))


WRITERS: Mapping[str, Writer] = {"claim": _claim, "position": _position, "controversy": _controversy}
"""Kind → what its file says between its title and its references."""
