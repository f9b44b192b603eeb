"""Who somebody is in a few words, and what they stand to gain.

In: a proponent as a page sees it. Out: what they do and where, and interests with where these are shown.
"""

from collections.abc import Iterator

from ledger.context import PageContext, RecordRef
from ledger.loading import Record
from ledger.records import Interest, Proponent
from ledger.views import View
from ledger.views.excerpts import first_sentences

FIRST_SENTENCE = 1
"""Of who somebody is, the first sentence is enough."""


def posts_of(context: PageContext, record: Record[Proponent]) -> str:
    """What they do now and where: `chief executive, OpenAI`; empty where no post is known."""
    now = (tie for tie in record.fields.affiliations if tie.until is None)
    posts = ((tie.role, context.title(context.ref_id(tie.id)) if tie.id else tie.name) for tie in now)
    return "; ".join(", ".join(filter(None, post)) for post in posts)


def who_is(context: PageContext, record: Record[Proponent]) -> str:
    """The same; of those whose post is not known, who they are."""
    known = posts_of(context, record)
    return known or first_sentences(context.plain(record.fields.summary or ""), FIRST_SENTENCE)


def interests_of(context: PageContext, record: Record[Proponent]) -> Iterator[View]:
    """Their own interests; where none is noted, those of where they work."""
    yield from (_interest(context, one, None) for one in record.fields.interests)
    for tie in record.fields.affiliations if not record.fields.interests else ():
        if tie.id and tie.until is None:
            place = context.ledger.record(Proponent, context.ref_id(tie.id))
            yield from (_interest(context, one, context.ref_to(place)) for one in place.fields.interests)


def _interest(context: PageContext, interest: Interest, of: RecordRef | None) -> View:
    """What somebody stands to gain: themselves, or where they work; where it is shown, if a source shows it."""
    return View(
        note=context.plain(interest.note), of=of, source=context.ref(interest.source) if interest.source else None
    )
