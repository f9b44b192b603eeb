"""A position in brief, as the page of its controversy shows it: the whole of it is on a page of its own.

In: a ledger seen from the page of a controversy, and a position. Out: its ratings, best case and first objection, what
would settle it, the first claims that it rests on or rejects, who takes a stance on it, and links to the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ledger import words
from ledger.context import RecordRef, Viewing, WordsLink
from ledger.loading import Record
from ledger.records import Assessment
from ledger.strength import rating_of, rating_words
from ledger.views.impact import BandsView, ChangedView, view_bands, view_changed
from ledger.views.position import MindChangeView, PartView, anchor_of, view_mind_change
from ledger.views.stances import HolderView, view_holders

FIRST_CLAIMS: dict[str, int] = {"rests_on": 4, "rejects": 2}
"""How many claims the outline of the map names, by what the position does with them."""
FIRST_HOLDERS = 8
"""How many proponents it names for each stance."""


@dataclass(frozen=True, slots=True)
class OutlinedClaim:
    """A claim with its rating by the editors."""

    claim: RecordRef
    rating: str
    rating_words: str


@dataclass(frozen=True, slots=True)
class Outlined:
    """The first claims that a position rests on or rejects; `more` says how many are left out."""

    way: str
    heading: str
    claims: tuple[OutlinedClaim, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Holders:
    """The first of those who take one stance; `more` says how many are left out."""

    stance: str
    words: str
    holders: tuple[HolderView, ...]
    more: str


@dataclass(frozen=True, slots=True)
class BriefView:
    """A position in brief."""

    ref: RecordRef
    anchor: str
    letter: str
    label: str
    statement: Markup
    ratings: tuple[Assessment, ...]
    bands: BandsView | None
    changed: ChangedView | None
    parts: tuple[PartView, ...]
    steelman: Markup
    objection: Markup
    cruxes: tuple[str, ...]
    minds: tuple[MindChangeView, ...]
    links: tuple[WordsLink, ...]
    outline: tuple[Outlined, ...]
    holders: tuple[Holders, ...]


def view_brief(viewing: Viewing, position: Record) -> BriefView:
    """A position in brief."""
    fields = position.fields
    holders = view_holders(viewing, position)
    return BriefView(
        ref=viewing.ref_to(position),
        anchor=anchor_of(position),
        letter=fields.letter,
        label=fields.label or "",
        statement=viewing.text(fields.statement),
        ratings=fields.assessments[::-1],
        bands=view_bands(viewing, position),
        changed=view_changed(viewing, position),
        parts=tuple(PartView(part.id, viewing.text(part.statement), part.assessments[::-1]) for part in fields.parts),
        steelman=viewing.text(fields.steelman),
        objection=viewing.text(fields.objections[0].text) if fields.objections else Markup(),
        cruxes=fields.cruxes,
        minds=tuple(view_mind_change(viewing, position, at) for at in range(len(fields.would_change_mind))),
        links=tuple(_links(viewing, position, len(holders))),
        outline=tuple(_outline(viewing, position)),
        holders=tuple(_by_stance(holders)),
    )


def _links(viewing: Viewing, position: Record, holders: int) -> Iterator[WordsLink]:
    fields, page = position.fields, viewing.ref_to(position).href
    counted = (
        ("rests_on", "rests-on", len(fields.rests_on)),
        ("rejects", "rejects", len(fields.rejects)),
        ("all_objections", "objections", len(fields.objections)),
        ("proponents", "proponents", holders),
    )
    for name, part, many in counted:
        if many:
            said = words.CONTROVERSY_PAGE[name].format(many)
            yield WordsLink(said, f"{page}#{anchor_of(position)}-{part}")


def _outline(viewing: Viewing, position: Record) -> Iterator[Outlined]:
    for way, most in FIRST_CLAIMS.items():
        named = (viewing.ledger.records[viewing.ref_id(id_)] for id_ in getattr(position.fields, way))
        found = [claim for claim in named if claim.fields.withdrawn is None]
        shown = tuple(OutlinedClaim(viewing.ref_to(c), rating_of(c), rating_words(c)) for c in found[:most])
        if found:
            yield Outlined(way, words.WAY_HEADINGS[way], shown, _more(len(found) - most))


def _by_stance(holders: Iterable[HolderView]) -> Iterator[Holders]:
    for stance, found in groupby(holders, key=lambda holder: holder.stance.stance):
        all_of_them = tuple(found)
        more = _more(len(all_of_them) - FIRST_HOLDERS)
        yield Holders(stance, words.STANCES[stance], all_of_them[:FIRST_HOLDERS], more)


def _more(many: int) -> str:
    return words.CONTROVERSY_PAGE["more"].format(many) if many > 0 else ""
