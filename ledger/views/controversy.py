"""The Overview tab of a controversy: the answer, where the positions split, the positions, what would settle it.

In: a controversy, seen from its page. Out: a choice of what matters most, with the way to the rest.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from ledger import links, texts, urls
from ledger.analysis.gaps import review_due
from ledger.analysis.ties import FOR_IT, claims_near, positions_of, references_of, stands
from ledger.context import PageContext, RecordRef
from ledger.figure_words import says_of
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import FOLDERS, Claim, Controversy, Position, Source
from ledger.strength import rating_words
from ledger.views import View
from ledger.views.board import view_board
from ledger.views.citing import reference_files
from ledger.views.excerpts import SIXTY_WORDS, answer_of
from ledger.views.impact import view_changed
from ledger.views.news import latest_here, latest_world
from ledger.views.paging import spread
from ledger.views.source import view_reference
from ledger.views.stances import view_holders
from ledger.views.story import minutes_of, opening_of
from ledger.views.verdict import counted_verdicts

OPENING = 400
"""How many characters of the story's beginning are shown at most."""
SETTLING, BY_EDITORS = 5, 3
"""How many things that would settle it are named; up to how many of them are the editors' questions without a date."""
NAMED = 3
"""How many holders and how many sources of a position are named."""
LATEST_CHANGES = 1
"""How many changes of the ledger the page names."""
SHOWN = frozenset(("answers",))
"""Ways of referring to a controversy that its page shows outside the list of backlinks."""


def view_controversy(context: PageContext, record: Record[Controversy]) -> View:
    """Everything on a controversy's page."""
    ledger = context.ledger
    references = references_of(ledger, record)
    numbers = {id_: number for number, id_ in enumerate(references, start=1)}
    standing = [one for one in positions_of(ledger, record) if stands(one)]
    answer = answer_of(context, record, SIXTY_WORDS)
    return View(
        # Where the dispute stands, in some sixty words.
        answer=answer,
        # What else the editors say of where it stands.
        rest=_rest(context, record, answer),
        # That a review is due, and since when; empty where none is.
        overdue=_overdue(ledger, record.fields),
        board=view_board(context, record),
        positions=tuple(_brief(context, position, numbers) for position in standing),
        # What would settle it; for a prediction the claim, and when it should be known.
        settling=tuple(islice(_settling(context, record), SETTLING)),
        # The charts of its figures, each with what it shows in a sentence.
        charts=tuple(_charts(context, record.id)),
        all_charts=urls.index(FOLDERS["charts"]),
        # How the story begins; empty where there is none.
        opening=opening_of(context, record, OPENING),
        # How long reading the story takes.
        minutes=minutes_of(context, record),
        # The latest events around it.
        world=latest_world(context, record.id),
        # What changed last in this ledger around it.
        here=latest_here(context, record.id, LATEST_CHANGES),
        # Every source of the controversy and what its positions rest on or reject, once, numbered, in a fixed order.
        references=tuple(
            (number, context.ref(id_), view_reference(context, ledger.record(Source, id_), brief=True))
            for id_, number in spread(context, tuple(numbers.items()))
        ),
        # How many it has on all pages.
        all_references=len(references),
        reference_files=reference_files(context.whole),
    )


def _brief(context: PageContext, position: Record[Position], numbers: Mapping[str, int]) -> View:
    """A position in brief; `numbers` are those of the sources in the references of the page."""
    taking = [one for one in view_holders(context, position) if one.stance.stance in FOR_IT]
    sources = [context.ref_id(id_) for id_ in position.fields.key_sources]
    return View(
        record=position,
        ref=context.ref_to(position),
        # The editors' newest rating, in words.
        confidence=rating_words(position),
        # The first who hold it; where nobody does, who lean to it.
        holders=tuple(one.proponent for one in taking[:NAMED]),
        # How many others hold it or lean to it.
        more=max(0, len(taking) - NAMED),
        # Its main sources, each with its number in the references.
        sources=tuple((context.ref(id_), numbers[id_]) for id_ in sources[:NAMED] if id_ in numbers),
        # Where the evidence on the claims that it builds on points; empty where it builds on none.
        verdicts=counted_verdicts(context, map(context.ref_id, position.fields.rests_on)),
        changed=view_changed(context, position),
    )


def _rest(context: PageContext, record: Record[Controversy], answer: str) -> str:
    note = record.fields.status_note
    whole = " ".join(context.plain(note.text).split()) if note else ""
    return whole.removeprefix(answer).strip() if whole.startswith(answer) else whole


def _overdue(ledger: Ledger, fields: Controversy) -> str:
    due = review_due(ledger, fields)
    if due is None:
        return ""
    last = texts.day(fields.review.last) if fields.review else ""
    return texts.say("controversy_page.overdue" if last else "controversy_page.never_reviewed", last=last, due=due)


def _charts(context: PageContext, controversy: str) -> Iterator[tuple[RecordRef, str]]:
    """The charts of a controversy, by title."""
    found = links.linked(links.links_in(context.ledger, controversy), "illustrates")
    standing = (context.ref(id_) for id_ in found if context.ledger.stands(id_))
    yield from ((ref, says_of(context.ledger, ref.id)) for ref in sorted(standing, key=lambda ref: ref.title))


def _settling(context: PageContext, record: Record[Controversy]) -> Iterator[tuple[str, RecordRef | None, str]]:
    """The editors' questions first, then predictions that are open, the nearest first."""
    for text in record.fields.cruxes[:BY_EDITORS]:
        yield context.plain(text), None, ""
    for by, id_, condition in _predictions(context.ledger, record.id):
        yield context.plain(condition), context.ref(id_), texts.say("controversy_page.known_by", date=by)


@compared
def _predictions(ledger: Ledger, controversy: str) -> list[tuple[str, str, str]]:
    """Of the claims around a controversy those to be decided by a day: this in words, the claim, the condition."""
    found = [(id_, ledger.core(Claim, id_).fields) for id_ in sorted(claims_near(ledger, controversy))]
    open_ = [(id_, one.resolution) for id_, one in found if one.resolution and not one.withdrawn]
    dated = [(one.resolves_by, id_, one.condition) for id_, one in open_ if one.resolves_by and not one.outcome]
    ordered = sorted(dated, key=lambda one: (one[0].latest, one[1]))
    return [(texts.day(by), id_, condition) for by, id_, condition in ordered[:SETTLING]]
