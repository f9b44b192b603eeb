"""The strongest evidence of a controversy: what each item shows, for whom and against whom it counts, and why.

In: a controversy, seen from a page. Out: its highlights, the best first, and for each side of each position whether it
has any.
"""

from typing import NamedTuple

from ledger import texts
from ledger.analysis.highlights import Effect, Highlight
from ledger.context import PageContext, RecordRef
from ledger.records import Claim, Evidence, Source
from ledger.views.board import Letter
from ledger.views.by_position import Camp, letters_of, said
from ledger.views.verdict import VerdictWord, verdict_on

SIDES = (("for", True), ("against", False))


class HighlightView(NamedTuple):
    """An evidence item by positions."""

    item: Evidence
    place: RecordRef
    """The item on the page of its claim."""
    source: RecordRef
    work: Source
    claim: RecordRef
    is_for: bool
    """Whether it supports the claim."""
    verdict: VerdictWord
    in_favour: tuple[Letter, ...]
    against: tuple[Letter, ...]
    whose: str
    """The letter of the position that the reason is about; empty where it is about several."""
    why: str
    """Why it matters, in a sentence, which may hold references."""
    alike: int
    """How many other sources say the same."""

    @property
    def said(self) -> str:
        """What it counts for and against, in words."""
        return said(self.in_favour, self.against)

    @property
    def styles(self) -> str:
        """Its sides, for the filters."""
        sides = (("for", self.in_favour), ("against", self.against))
        return " ".join(f"{side}-{one.letter.lower()}" for side, letters in sides for one in letters)


class SideView(NamedTuple):
    """One side of a position: where it is on the page, what it is called, and whether there is evidence on it."""

    anchor: str
    name: str
    title: str
    camp: Camp
    is_empty: bool


class HighlightsView(NamedTuple):
    """All of them."""

    highlights: tuple[HighlightView, ...]
    sides: tuple[tuple[str, tuple[SideView, ...]], ...]
    """What is for positions and what is against them, each after a word for it."""


def view_highlights(context: PageContext, controversy: str, camps: tuple[Camp, ...]) -> HighlightsView:
    """The highlights of a controversy."""
    found = context.analysis.highlights.get(controversy, ())
    held = {(effect.position, effect.is_for) for one in found for effect in one.effects}
    return HighlightsView(
        highlights=tuple(_highlight(context, camps, one) for one in found),
        sides=tuple(
            (
                texts.say(f"highlights.{side}"),
                tuple(_side(camp, side, is_empty=(camp.id, is_for) not in held) for camp in camps),
            )
            for side, is_for in SIDES
        ),
    )


def _side(camp: Camp, side: str, *, is_empty: bool) -> SideView:
    form = "no" if is_empty else "title"
    title = texts.say(f"highlights.{form}_{side}", letter=camp.letter, name=camp.label)
    name = texts.say(f"highlights.{side}_letter", letter=camp.letter)
    return SideView(f"{side}-{camp.letter.lower()}", name, title, camp, is_empty)


def _highlight(context: PageContext, camps: tuple[Camp, ...], one: Highlight) -> HighlightView:
    written, _, part = one.node.partition("/")
    item = next(item for item in context.ledger.record(Claim, written).fields.evidence if item.id == part)
    source = context.ledger.record(Source, context.ref_id(item.source))
    in_favour, against = letters_of(camps, one.effects)
    whose, why = _written(context, camps, one)
    return HighlightView(
        item=item,
        place=context.ref(one.node),
        source=context.ref_to(source),
        work=source.fields,
        claim=context.ref(one.claim),
        is_for=one.is_for,
        verdict=verdict_on(context, one.claim),
        in_favour=in_favour,
        against=against,
        whose=whose,
        why=why or _computed(camps, one),
        alike=one.alike,
    )


def _written(context: PageContext, camps: tuple[Camp, ...], one: Highlight) -> tuple[str, str]:
    """The letter of a position, one with a strong tie first, and the editors' reason why the claim matters to it.

    There is none for what is against a claim: editors say what follows if it is right.
    """
    found = context.ledger.record(Claim, one.claim).fields.bears_on if one.is_for else ()
    reasons = {context.ref_id(own.position): own.why for own in found if own.why}
    effects = sorted(one.effects, key=lambda effect: not effect.is_strong)
    letters = {camp.id: camp.letter for camp in camps}
    whys = ((letters[effect.position], reasons[effect.position]) for effect in effects if effect.position in reasons)
    return next(whys, ("", ""))


def _computed(camps: tuple[Camp, ...], one: Highlight) -> str:
    """The same from the ties: which positions need the claim, and which need it to be wrong."""
    needing, denying = (_letters(camps, one.effects, is_for=side == one.is_for) for side in (True, False))
    form = "both" if needing and denying else "needed" if needing else "denied"
    effect = "supports" if one.is_for else "disputes"
    return texts.say(f"highlight_why.{effect}_{form}", needing=needing, denying=denying)


def _letters(camps: tuple[Camp, ...], effects: tuple[Effect, ...], *, is_for: bool) -> list[str]:
    held = {effect.position for effect in effects if effect.is_for == is_for}
    return [camp.letter for camp in camps if camp.id in held]
