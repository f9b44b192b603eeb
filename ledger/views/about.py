"""The page about the ledger: what it holds and how it is made; and the Audit tab of a controversy.

In: the ledger as a page sees it. Out: the lists of its records with their facets and counts, and its pages of prose;
for a controversy, what else there is about it.
"""

from ledger import texts, urls
from ledger.analysis.challenges import against
from ledger.analysis.ties import around
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import KINDS, Challenge, Controversy
from ledger.views import View
from ledger.views.challenges import counted
from ledger.views.listing import groups_of


def view_about(context: PageContext) -> View:
    """Everything on the page."""
    ledger = context.ledger
    counts = ((kind, len(ledger.members(kind.name))) for kind in KINDS)
    return View(
        # The kinds that have records.
        kinds=tuple(View(kind=kind, records=many, facets=groups_of(ledger, kind)) for kind, many in counts if many),
        # The pages of prose.
        pages=context.refs(card.id for card in ledger.cards("page") if not card.withdrawn),
    )


def view_audit(context: PageContext, record: Record[Controversy]) -> View:
    """The pages of the tab."""
    titles, notes = texts.Group("overview"), texts.Group("overview_note")
    names = [name for name in titles if name not in (*urls.TABS, urls.STORY)]
    near = sorted(around(context.ledger, record.id))
    claims = [id_ for id_ in near if context.ledger.node_kind(id_) == "claim"]
    kinds = (kind for kind in KINDS if kind.model is Challenge)
    return View(
        pages=tuple((urls.overview(record.id, name), titles[name], notes[name]) for name in names),
        # What came of challenges and predictions, in sentences.
        fared=tuple(counted(context, (one for id_ in near for one in against(context.ledger, id_)), claims)),
        # The kind of the challenges, if there are any in the ledger.
        challenges=next((kind for kind in kinds if context.ledger.members(kind.name)), None),
    )
