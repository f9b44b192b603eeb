"""The story of a controversy: its editors' account from beginning to end, with the verdicts in the margin.

In: a controversy, seen from the page. Out: its body, in which every claim that is linked has a note with the verdict
and the positions that would object; where there is no body, the questions and events it could be told from.
"""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from ledger import markup, words
from ledger.context import PageContext
from ledger.loading import Record
from ledger.rating_words import verdict_words
from ledger.records import Controversy
from ledger.references import Reference
from ledger.views.chart import figure_for

READ_IN_A_MINUTE = 230
"""How many words of English prose are read in a minute, silently. Source: M. Brysbaert, "How many words do we read per
minute?", Journal of Memory and Language 109 (2019), 104047: 238 for non-fiction."""


class StoryView(NamedTuple):
    """The page."""

    body: Markup
    time: str
    """How long reading it takes, in words; empty where there is nothing to read."""


def view_story(context: PageContext, record: Record[Controversy]) -> StoryView:
    """Everything on the page."""
    text = record.fields.body
    if not text:
        return StoryView(Markup(), "")
    noted, figure = partial(_noted, context, record.id), partial(figure_for, context)
    return StoryView(markup.body(text, noted, figure=figure), time_of(context, record))


def time_of(context: PageContext, record: Record[Controversy]) -> str:
    """How long it takes to read the story, in words."""
    minutes = round(len(context.body_words(record.fields.body).split()) / READ_IN_A_MINUTE)
    return words.count(words.MINUTES, max(1, minutes)) if record.fields.body else ""


def _noted(context: PageContext, controversy: str, reference: Reference) -> markup.Link | None:
    """The link of a reference; that of a claim with its verdict and who would object as the only notes."""
    link, id_ = context.resolve(reference), context.ref_id(reference.target.partition("/")[0])
    rating = context.analysis.ratings.get(id_) if link else None
    if link is None or rating is None or reference.form == "citation":
        return replace(link, note="") if link else None
    objecting = context.analysis.objecting(controversy, id_)
    against = words.STORY_PAGE["against"].format(words.listed(objecting)) if objecting else ""
    return replace(link, note=f"{verdict_words(rating).capitalize()}. {against}".strip())
