"""The story of a controversy: its editors' account from beginning to end, with the verdicts in the margin.

In: a controversy, seen from the page. Out: its body, in which every claim that is linked has a note with the verdict
and the positions that would object; where there is no body, the questions and events it could be told from.
"""

from functools import partial

from markupsafe import Markup

from ledger import markup, texts
from ledger.context import PageContext
from ledger.loading import Record
from ledger.rating_words import verdict_words
from ledger.records import Controversy
from ledger.references import Reference
from ledger.views import View
from ledger.views.chart import figure_for
from ledger.views.excerpts import first_sentences

READ_IN_A_MINUTE = 230
"""How many words of English prose are read in a minute, silently. Source: M. Brysbaert, "How many words do we read per
minute?", Journal of Memory and Language 109 (2019), 104047: 238 for non-fiction."""


def view_story(context: PageContext, record: Record[Controversy]) -> View:
    """Everything on the page."""
    text, noted, figure = record.fields.body, partial(_noted, context, record.id), partial(figure_for, context)
    return View(
        body=markup.body(text, noted, figure=figure) if text else Markup(),
        # How long reading it takes; 0 where there is nothing to read.
        minutes=minutes_of(context, record),
    )


def minutes_of(context: PageContext, record: Record[Controversy]) -> int:
    """How many minutes it takes to read the story."""
    minutes = round(len(context.body_words(record.fields.body).split()) / READ_IN_A_MINUTE)
    return max(1, minutes) if record.fields.body else 0


def opening_of(context: PageContext, record: Record[Controversy], most: int) -> str:
    """The first sentences of the first paragraph, of at most so many characters."""
    blocks = (block.strip() for block in (record.fields.body or "").split("\n\n"))
    first = next((block for block in blocks if block and not block.startswith("#")), "")
    return first_sentences(context.body_words(first), most)


def _noted(context: PageContext, controversy: str, reference: Reference) -> markup.Link | None:
    """The link of a reference; that of a claim with its verdict and who would object as the only notes."""
    link, id_ = context.resolve(reference), context.ref_id(reference.target.partition("/")[0])
    rating = context.analysis.ratings.get(id_) if link else None
    if link is None or rating is None or reference.form == "citation":
        return link._replace(note="") if link else None
    objecting = context.analysis.objecting(controversy, id_)
    many = len(objecting)
    against = texts.say("story_page.object", count=many, positions=[*objecting]) if many else ""
    return link._replace(note=f"{verdict_words(rating).capitalize()}. {against}".strip())
