"""Checks of references: every id leads to what is meant, and means one thing."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.checks.checking import Check, Finding, value_of
from ledger.diagnostics import Level, did_you_mean
from ledger.edges import MENTIONS, OWNING, PART_EDGES, RECORD, Edge, edges_of, owner_id
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.naming import Names
from ledger.records import KINDS
from ledger.yamlnodes import FieldPath


def _references(ledger: Ledger, record: Record) -> Iterable[Edge]:
    """Every reference of a record; of one whose fields have errors, what can be told of them."""
    if record.is_valid:
        return ledger.edges_of(record.id)
    return (edge._replace(target=ledger.present_id(edge.target)) for edge in edges_of(record))


def _broken(ledger: Ledger) -> Iterable[Record]:
    """Records whose fields have errors: all that is wrong is told at once."""
    return ledger.broken


@result
def failed_ids(ledger: Ledger) -> frozenset[str]:
    """Ids whose files could not be read: a reference to one is no second mistake."""
    return frozenset(path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in ledger.failed)


def _unknown_id(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """An edge to nothing, unless the file of that id has an error of its own."""
    target, wants = item.target, item.wants
    if ledger.node_kind(target) is not None or owner_id(target) in failed_ids(ledger):
        return
    what, written = "record" if wants == RECORD else wants, item.written
    message = f"there is no {what} with the id '{written}'" if written else "this reference names no id"
    yield Finding(ledger.span(item), message, _near(ledger, wants, written) or f"add the {what}, or correct the id")


@result
def _near(ledger: Ledger, wants: str, written: str) -> str:
    """A hint at an id that was perhaps meant; many references may name the same that is not there."""
    known = _known(ledger, wants)
    return next(filter(None, (did_you_mean(words, known.like(words)) for words in (written, _stem(written)))), "")


@result
def _known(ledger: Ledger, wants: str) -> Names:
    """The ids that a reference of some sort can name."""
    ids = [id_ for kind in KINDS if wants in (kind.name, RECORD) for id_ in ledger.members(kind.name)]
    owners = [kind for kind, (_, part) in OWNING.items() if wants in (part, RECORD)]
    parts = [f"{card.id}/{part}" for kind in owners for card in ledger.cards(kind) for part in card.parts]
    return Names([*ids, *parts])


def _stem(written: str) -> str:
    """The id in what looks like a path: `x` of `../claims/x.html`."""
    return written.rsplit("/", 1)[-1].partition(".")[0]


UNKNOWN_ID = Check("unknown-id", Level.ERROR, _references, _unknown_id, beside=_broken, excusable=False)
"""Every id that is referred to exists."""


def _wrong_kind(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    kind = ledger.node_kind(item.target)
    if kind is None or item.wants in (kind, RECORD):
        return
    message = f"'{item.written}' is a {kind}; a {item.wants} is meant here"
    hint = "link to it with [[id]]; [@id] cites a source" if item.name == "cites" else f"name a {item.wants}"
    yield Finding(ledger.span(item), message, hint)


WRONG_KIND = Check("wrong-kind", Level.ERROR, _references, _wrong_kind, beside=_broken, excusable=False)
"""Every reference reaches a record of the kind that its field is for."""

HARMLESS = frozenset(edge_type.name for edge_type in (*MENTIONS, *PART_EDGES))
"""Edges that may lead from a record to itself."""


def _self_reference(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """An edge from a record to itself, unless it is a mention or joins a part to its record."""
    own_part = "/" in item.start and item.target == owner_id(item.start) and not isinstance(item.path[-1], str)
    if owner_id(item.start) == owner_id(item.target) and item.name not in HARMLESS and not own_part:
        message = f"'{item.written}' is this record itself"
        yield Finding(ledger.span(item), message, "name another record, or remove the entry")


SELF_REFERENCE = Check("self-reference", Level.ERROR, _references, _self_reference)
"""No record stands in a relation to itself."""


def _former_id(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    if item.written != item.target:
        message = f"'{item.written}' is now called '{item.target}'"
        yield Finding(ledger.span(item), message, f"write '{item.target}'")


FORMER_ID = Check("former-id", Level.WARNING, _references, _former_id)
"""References use a record's present id."""


def _to_draft(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    start, target = ledger.card(item.owner), ledger.card(owner_id(item.target))
    if start and target and target.draft and not start.draft:
        message = f"'{item.written}' exists but is a draft"
        yield Finding(ledger.span(item), message, "publish it too, or make this record a draft")


REFERENCE_TO_DRAFT = Check("reference-to-draft", Level.ERROR, _references, _to_draft, excusable=False)
"""What is published does not point at what is not."""

IN_TEXT = frozenset(edge_type.name for edge_type in MENTIONS)


def _to_withdrawn(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """An edge from a standing record to a withdrawn one, unless a text only mentions it: its page stays."""
    start, target = ledger.card(item.owner), ledger.card(owner_id(item.target))
    if start is None or target is None or start.withdrawn or item.name in IN_TEXT or not target.withdrawn:
        return
    now = _instead(ledger, ledger.records[target.id], item.wants)
    hint = f"write '{now.id}'" if now else "name one that stands, or remove the reference"
    yield Finding(ledger.span(item), f"'{item.written}' was withdrawn", hint)


def _instead(ledger: Ledger, record: Record, wants: str) -> Record | None:
    """The record that says it now, if it stands and is of the kind that is meant."""
    met = set()
    while record.fields.withdrawn and record.id not in met:
        met.add(record.id)
        merged = ledger.records.get(ledger.present_id(record.fields.withdrawn.merged_into or ""))
        if merged is None:
            return None
        record = merged
    return record if record.fields.withdrawn is None and wants in (record.kind.name, RECORD) else None


REFERENCE_TO_WITHDRAWN = Check("reference-to-withdrawn", Level.WARNING, _references, _to_withdrawn)
"""What stands does not build on what was withdrawn: that counts for nothing any more."""

LISTS_OF_PARTS = ("evidence", "stances", "tensions", "parts", "editors")


def _lists(_: Ledger, record: Record) -> Iterable[tuple[Record, str]]:
    return [(record, name) for name in LISTS_OF_PARTS if value_of(record.fields, name)]


def _duplicate_part(_: Ledger, item: tuple[Record, str]) -> Iterator[Finding]:
    """The second and later parts with one id; all parts of one page share its anchors."""
    record, name = item
    seen: set[str] = set()
    for at, part in enumerate(getattr(record.fields, name)):
        if part.id in seen:
            message = f"`{name}` has two parts with the id '{part.id}'"
            hint = "give the later one a new id; ids are never reused"
            yield Finding(record.document.span((name, at, "id")), message, hint)
        seen.add(part.id)


def _site(ledger: Ledger) -> Iterable[Record]:
    return (ledger.site,) if ledger.site else ()


DUPLICATE_PART = Check("duplicate-part", Level.ERROR, _lists, _duplicate_part, beside=_site, excusable=False)
"""Parts of a record have ids of their own: a link to `claim#e1` must mean one item."""

SIGNED = ("assessments", "searches", "evidence")
Signature = tuple[Record, FieldPath, str]


def _signatures(_: Ledger, record: Record) -> Iterator[Signature]:
    """Every `by` of a rating, a search or an evidence item."""
    yield from _signed(record, record.fields, ())
    for at, part in enumerate(value_of(record.fields, "parts")):
        yield from _signed(record, part, ("parts", at))


def _signed(record: Record, fields: Any, path: FieldPath) -> Iterator[Signature]:
    for name in SIGNED:
        for at, entry in enumerate(value_of(fields, name)):
            if entry.by:
                yield record, (*path, name, at, "by"), entry.by


def _unknown_editor(ledger: Ledger, item: Signature) -> Iterator[Finding]:
    """A name that `site.yml` does not list; if there is no `site.yml`, that is told by itself."""
    record, path, by = item
    known = [editor.id for editor in ledger.settings.editors]
    if by not in known and ledger.site:
        hint = did_you_mean(by, known) or "add them to `editors` in site.yml"
        yield Finding(record.document.span(path), f"there is no editor '{by}' in site.yml", hint)


UNKNOWN_EDITOR = Check("unknown-editor", Level.ERROR, _signatures, _unknown_editor)
"""Whoever rates, searches or records is listed in `site.yml`."""
