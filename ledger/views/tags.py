"""The pages of tags: all of them, and what carries each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger import urls, words
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag, its page, and how many records carry it."""

    words: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class TagsView:
    """Every tag, by its words."""

    tags: tuple[TagLine, ...]


@dataclass(frozen=True, slots=True)
class TaggedKind:
    """The records of one kind that carry a tag."""

    heading: str
    records: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag's page."""

    words: str
    kinds: tuple[TaggedKind, ...]


def tagged(ledger: Ledger) -> Mapping[str, tuple[Record, ...]]:
    """Tag → the records that carry it, both in order of their words."""
    found: dict[str, list[Record]] = {}
    for record in sorted(ledger.records.values(), key=lambda record: (record.title.casefold(), record.id)):
        for tag in dict.fromkeys(record.fields.tags):
            found.setdefault(tag, []).append(record)
    return {tag: tuple(found[tag]) for tag in sorted(found, key=lambda tag: (tag.casefold(), tag))}


def view_tags(viewing: Viewing) -> TagsView:
    """The list of all tags."""
    by_tag = tagged(viewing.ledger).items()
    return TagsView(tuple(TagLine(tag, viewing.url(urls.tag(tag)), len(records)) for tag, records in by_tag))


def view_tag(viewing: Viewing, tag: str, records: tuple[Record, ...]) -> TagView:
    """What carries a tag, by kind."""
    return TagView(tag, tuple(_by_kind(viewing, records)))


def _by_kind(viewing: Viewing, records: tuple[Record, ...]) -> Iterator[TaggedKind]:
    for kind in KINDS:
        refs = tuple(viewing.ref_to(record) for record in records if record.kind is kind)
        if refs:
            yield TaggedKind(words.KINDS[kind.name][1], refs)
