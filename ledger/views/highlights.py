"""The strongest evidence of a controversy: what each item shows, for whom and against whom it counts, and why.

In: a controversy, seen from a page. Out: its highlights, the best first, and for each side of each position whether it
has any.
"""

from ledger import texts
from ledger.analysis.highlights import Highlight
from ledger.context import PageContext
from ledger.records import Claim, Source
from ledger.views import View
from ledger.views.board import Camp, Letter
from ledger.views.by_position import letters_of, said
from ledger.views.verdict import verdict_on

SIDES = (("for", True), ("against", False))


def view_highlights(context: PageContext, controversy: str, camps: tuple[Camp, ...]) -> View:
    """The highlights of a controversy."""
    found = context.analysis.highlights.get(controversy, ())
    held = {(effect.position, effect.is_for) for one in found for effect in one.effects}
    return View(
        highlights=tuple(_highlight(context, camps, one) for one in found),
        # What is for positions and what is against them, each after a word for it.
        sides=tuple(
            (texts.say(f"highlights.{side}"), tuple(_side(of, side, is_empty=(of.id, way) not in held) for of in camps))
            for side, way in SIDES
        ),
    )


def _side(camp: Camp, side: str, *, is_empty: bool) -> View:
    """One side of a position: where it is on the page, what it is called, and whether there is evidence on it."""
    form = "no" if is_empty else "title"
    title = texts.say(f"highlights.{form}_{side}", letter=camp.letter, name=camp.label)
    name = texts.say(f"highlights.{side}_letter", letter=camp.letter)
    return View(anchor=f"{side}-{camp.letter.lower()}", name=name, title=title, camp=camp, is_empty=is_empty)


def _highlight(context: PageContext, camps: tuple[Camp, ...], one: Highlight) -> View:
    item = context.item(one.node)
    source = context.ledger.record(Source, context.ref_id(item.source))
    in_favour, against = letters_of(camps, one.effects)
    whose, why = _written(context, camps, one)
    sides = (("for", in_favour), ("against", against))
    return View(
        found=one,
        item=item,
        source=context.ref_to(source),
        work=source.fields,
        verdict=verdict_on(context, one.claim),
        in_favour=in_favour,
        against=against,
        # What it counts for and against, in words, and its sides, for the filters.
        said=said(in_favour, against),
        styles=" ".join(f"{side}-{one.letter.lower()}" for side, letters in sides for one in letters),
        # The letter of the position that the reason is about, empty where it is about several; the reason may hold
        # references.
        whose=whose,
        why=why or _computed(one, in_favour, against),
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


def _computed(one: Highlight, in_favour: tuple[Letter, ...], against: tuple[Letter, ...]) -> str:
    """The same from the ties: which positions need the claim, and which need it to be wrong."""
    sides = (in_favour, against) if one.is_for else (against, in_favour)
    needing, denying = ([side.letter for side in letters] for letters in sides)
    form = "both" if needing and denying else "needed" if needing else "denied"
    effect = "supports" if one.is_for else "disputes"
    return texts.say(f"highlight_why.{effect}_{form}", needing=needing, denying=denying)
