"""What a record says, as CommonMark: its texts with their references as links, and the sources numbered.

In: a ledger as the file sees it. Out: lines of CommonMark without extensions. Words of a short field are escaped; a
body keeps its own markup, but for HTML and images, and its headings stand below
those of the document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger import citations, urls, words
from ledger.exports.escaping import address_in_markdown, at_line_start, in_markdown
from ledger.exports.strict_xml import allowed
from ledger.loading import Record
from ledger.references import Code, Reference, code, pieces, scan
from ledger.views.viewing import Viewing

_LIVE = re.compile(r"\\.|<|`|!(?=\[)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,4})(?=[ \t])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Writing:
    """One document that is being written: who looks at the ledger, and the number of each source that was cited."""

    viewing: Viewing
    numbers: dict[str, int] = field(default_factory=dict)

    def said(self, text: str | None) -> str:
        """A short field."""
        found = (in_markdown(p) if isinstance(p, str) else self._reference(text or "", p) for p in pieces(text or ""))
        return at_line_start("".join(found).strip())

    def link(self, record: Record, part: str = "") -> str:
        """A record by its title, as a link."""
        title = in_markdown(self.viewing.plain(record.title)).strip()
        gone = self.viewing.ref(record.id).gone
        return link(title, self.viewing.url(urls.of_record(record, part))) + (f" {in_markdown(gone)}" if gone else "")

    def cited(self, id_: str) -> str:
        """A source by its number in the list of references, as a link."""
        source = self.viewing.ref_id(id_)
        number = self.numbers.setdefault(source, len(self.numbers) + 1)
        gone = self.viewing.ref(source).gone
        place = self.viewing.url(urls.of_record(self.viewing.ledger.records[source]))
        return link(f"\\[{number}\\]", place) + (f" {in_markdown(gone)}" if gone else "")

    def references(self) -> Iterator[str]:
        """The sources that were cited, in the order of their numbers."""
        if not self.numbers:
            return
        yield f"## {words.CONTROVERSY_PAGE['references']}"
        entries = []
        for id_, number in self.numbers.items():
            source = self.viewing.ledger.records[id_]
            at = self.viewing.url(urls.of_record(source))
            entries.append(f"{number}. {self._reference_to(source)} {link(words.TAKE_AWAY['source'], at)}")
        yield "\n".join(entries)

    def _reference_to(self, source: Record) -> str:
        """The whole reference, the address of the work as a link."""
        address = citations.address(source.fields)
        whole = citations.in_full(source.fields, self.viewing.plain(source.title)).removesuffix(address)
        said = at_line_start(in_markdown(whole).strip())
        return f"{said} {link(in_markdown(address), address)}" if address else said

    def body(self, text: str | None) -> str:
        """A Markdown field."""
        written = allowed(text or "").replace("\r\n", "\n").replace("\r", "\n")
        kept: list[Reference | Code] = [*scan(written, markdown=True), *code(written)]
        parts, last = [], 0
        for found in sorted(kept, key=lambda found: found.start):
            parts.append(_safe(written[last : found.start]))
            parts.append(self._reference(written, found) if isinstance(found, Reference) else _code(written, found))
            last = found.end
        return "".join([*parts, _safe(written[last:])]).strip("\n")

    def _reference(self, text: str, reference: Reference) -> str:
        found = self.viewing.resolve(reference)
        if found is None:
            return in_markdown(text[reference.start : reference.end])
        if reference.form == "link":
            return link(in_markdown(reference.words or found.words), found.href)
        locator = f", {in_markdown(reference.words)}" if reference.words else ""
        return link(in_markdown(found.words), found.href) + locator


def link(escaped: str, address: str) -> str:
    """A link, from words that are escaped already."""
    return f"[{escaped}]({address_in_markdown(address)})"


def _safe(text: str) -> str:
    """Markdown outside code without HTML, images and stray backticks, its headings below those of the document."""
    return _HEADING.sub(r"##\1", _LIVE.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text))


def _code(text: str, found: Code) -> str:
    """Code as it was written; a span between as many backticks as CommonMark needs."""
    written = text[found.start : found.end]
    if found.form != "span":
        return written
    inner = written.strip("`")
    marks = "`" * (max(map(len, re.findall("`+", inner)), default=0) + 1)
    return f"{marks}{inner}{marks}"
