"""The ledger as one page sees it: text with its references resolved, and links that start from that page.

In: a Ledger and a page's address. Out: safe markup and links to records.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from ledger import citations, markup, urls, words
from ledger.analysis import Analysis
from ledger.graph import Ledger
from ledger.loading import Record, site_fields
from ledger.references import Reference

STRUCK = ("corrected", "retracted", "withdrawn")
"""What may have become of a work so that it is struck wherever it is named; so is what the profile drops."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A link to a record: where, what it is called, its kind, and a word of standing when it has one."""

    id: str
    href: str
    title: str
    kind: str
    label: str = ""
    withdrawn: bool = False
    gone: str = ""
    """Why it is struck, in words: its record was withdrawn, or the work itself no longer stands."""


@dataclass(frozen=True, slots=True)
class Viewing:
    """A ledger seen from one page."""

    ledger: Ledger = field(repr=False)
    page: str
    analysis: Analysis = field(repr=False)
    root: str = ""
    """What links start with on a page that is shown at any address: the path of the site's root on its host."""

    def url(self, address: str) -> str:
        """An address of the site as this page links to it."""
        target, mark, fragment = address.partition("#")
        if mark and target == self.page:
            return f"#{fragment}"
        return (self.root + target if self.root else urls.relative(self.page, target)) + mark + fragment

    def text(self, text: str | None) -> Markup:
        """A short field with its references as links."""
        return markup.short(text, self.resolve) if text else Markup()

    def plain(self, text: str) -> str:
        """A short field without any markup."""
        return markup.plain(text, self.resolve)

    def body(self, text: str | None, *, anchors: str = "", level: int = 2) -> Markup:
        """A Markdown field as safe HTML; `anchors` stands before its headings' anchors, which start at `level`."""
        return markup.body(text, self.resolve, anchors=anchors, level=level) if text else Markup()

    def body_words(self, text: str | None) -> str:
        """A Markdown field as words alone, without the notes of its citations."""
        return markup.body(text, self.resolve, notes=False).striptags() if text else ""

    def ref(self, id_: str) -> RecordRef:
        """A link to a record by id, or to a part of one by `claim/e1`."""
        record, _, part = self.ref_id(id_).partition("/")
        return self.ref_to(self.ledger.records[record], part)

    def ref_id(self, id_: str) -> str:
        """The present id of a record, given any that it had."""
        return self.ledger.present_id(id_)

    def ref_to(self, record: Record, part: str = "") -> RecordRef:
        """A link to a record."""
        return RecordRef(
            id=record.id,
            href=self.url(urls.of_record(record, part)),
            title=self.plain(record.title),
            kind=record.kind.name,
            label=short_label(record),
            withdrawn=record.fields.withdrawn is not None,
            gone=self.gone(record),
        )

    def gone(self, record: Record) -> str:
        """Why a record is struck wherever it is named; empty for one that stands."""
        if record.fields.withdrawn is not None:
            return words.RECORD["gone"]
        status = str(record.fields.status) if record.kind.name == "source" else ""
        struck = status in STRUCK or status in self.analysis.profile.dropped
        return words.FALLEN_WORK.format(words.STATUSES[status]) if struck else ""

    def resolve(self, reference: Reference) -> markup.Link | None:
        """What a reference in a text is shown as."""
        id_, _, part = self.ledger.present_id(reference.target).partition("/")
        record = self.ledger.records.get(id_)
        if record is None:
            return self._not_there(id_, reference)
        href = self.url(urls.of_record(record, part))
        gone = self.gone(record)
        if reference.form == "citation":
            return markup.Link(
                href,
                f"{short_label(record)} {gone}".strip(),
                title=record.title,
                css="cite gone" if gone else "cite",
                note=citations.in_a_note(record.fields),
                address=citations.address(record.fields),
            )
        return markup.Link(href, reference.words or short_label(record) or record.title, css=record.kind.name)

    def _not_there(self, id_: str, reference: Reference) -> markup.Link | None:
        """The words for a record that was not there yet on the day that is shown; they lead nowhere."""
        cut = self.ledger.loaded.cut
        record = cut.gone.get(id_) if cut else None
        return markup.Link("", reference.words or short_label(record) or record.title) if record else None

    def editor(self, id_: str | None) -> str:
        """An editor's name as readers see it."""
        editors = {editor.id: editor.name for editor in site_fields(self.ledger.loaded.site).editors}
        return editors.get(id_ or "", id_ or "")


def short_label(record: Record) -> str:
    """A few words for tight places, where the kind has them."""
    labels: dict[str, Callable[[Any], str]] = {
        "source": citations.label,
        "position": lambda fields: (
            f"{fields.letter}: {fields.label}" if fields.label else f"{words.KINDS['position'][0]} {fields.letter}"
        ),
    }
    make = labels.get(record.kind.name)
    return make(record.fields) if make else ""
