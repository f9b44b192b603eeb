"""What was challenged: on the page of what it concerns, on its own page, and counted.

In: a record as its page sees it. Out: its challenges with what came of each, and the link by which a reader without git
makes one: a filled-in issue form or mail, which needs no script. What the address holds is percent-encoded (RFC 3986).
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

from ledger import texts, urls
from ledger.analysis import challenges
from ledger.analysis.challenges import Challenged
from ledger.analysis.wording import hash_of
from ledger.context import PageContext
from ledger.facets import outcome_words
from ledger.fields import ISSUES
from ledger.loading import Record, is_a
from ledger.records import Challenge, Claim
from ledger.views import View, figures
from ledger.views.paging import left_out, rows_of

KIND = "challenge"
TWICE = 2
MOST = 12
"""How many challenges a page of what they concern shows."""


def view_challenge(context: PageContext, record: Record[Challenge]) -> View:
    """A challenge."""
    fields, facts = record.fields, challenges.facts_of(context.ledger, record.id)
    ruling = fields.resolution
    return View(
        ref=context.ref_to(record),
        fields=fields,
        outcome=outcome_words(record),
        target=context.ref(fields.target),
        raised_by=context.ref(fields.proponent) if fields.proponent else None,
        sources=context.refs(rows_of(context, tuple(dict.fromkeys(fields.sources)))),
        changed=context.refs(rows_of(context, ruling.changed)) if ruling else (),
        # How many days it took until an answer.
        waited=facts.days(facts.answered) if facts.answered else 0,
    )


def view_challenged(context: PageContext, record: Record[Any]) -> View | None:
    """What was challenged in a record, and the way to challenge it; None where there is neither."""
    found, link = challenges.against(context.ledger, record.id)[::-1], challenge_link(context, record)
    if not found and not link:
        return None
    return View(
        said=_said(challenges.tally(context.ledger, found)),
        entries=tuple(view_challenge(context, context.ledger.record(Challenge, id_)) for id_ in found[:MOST]),
        left=left_out("statistics.left", len(found) - MOST),
        link=link,
    )


def _said(found: Challenged) -> str:
    """How often, and what came of it: `Challenged twice: one led to a change.`"""
    if found.raised <= 1:
        became = "open" if found.open else "moved" if found.moved else "kept"
        return texts.say(f"challenged.once_{became}") if found.raised else ""
    opened = [texts.say("challenged.open", count=len(found.open))] if found.open else []
    what = texts.listed([texts.say("challenged.moved", count=found.moved), *opened])
    return texts.say("challenged.twice" if found.raised == TWICE else "challenged.many", count=found.raised, what=what)


# How they are answered


def counted(context: PageContext, ids: Iterable[str], claims: Iterable[str]) -> Iterator[str]:
    """What came of challenges and of predictions, in sentences."""
    found, foretold = challenges.tally(context.ledger, ids), challenges.predictions(context.ledger, claims)
    yield texts.say("challenges_counted.raised", count=found.raised)
    if found.raised:
        moved = texts.say("challenged.moved", count=found.moved)
        yield texts.say("challenges_counted.answered", count=found.answered, moved=moved)
    if found.median_days is not None:
        yield texts.say("challenges_counted.median", days=figures.tenths(found.median_days))
    decided = foretold.held + foretold.failed
    yield texts.say("predictions_counted.made", count=foretold.made)
    if foretold.made:
        held, failed = map(texts.number, (foretold.held, foretold.failed))
        yield texts.say("predictions_counted.decided", count=decided, held=held, failed=failed)


def view_open(context: PageContext) -> tuple[View, ...]:
    """The challenges of the whole ledger that wait for an answer, the oldest first."""
    return tuple(
        View(
            challenge=context.ref(one.id),
            target=context.ref(one.target),
            since=context.ledger.record(Challenge, one.id).fields.date,
            waited=texts.say("audit.days", count=one.days),
        )
        for one in challenges.open_challenges(context.ledger)
    )


# How one is made


def challenge_link(context: PageContext, record: Record[Any]) -> str:
    """Where a reader challenges a record; empty where the settings name no place, and for a challenge itself."""
    place = context.ledger.settings.challenges
    if not place or record.kind.name == KIND or record.fields.withdrawn:
        return ""
    target = f"{record.id}@{hash_of(record)}" if is_a(record, Claim) else record.id
    if place == ISSUES:
        at = urls.on_github(context.ledger.settings.repository)
        named = {"template": "challenge.yml", "title": f"{record.id}: ", "target": target, "page": context.canonical}
        return f"https://github.com/{at}/issues/new?{_query(named)}" if at else ""
    subject = texts.say("challenged.subject", id=record.id)
    body = texts.say("challenged.mail", target=target, page=context.canonical or context.page)
    return f"mailto:{quote(place, safe='@')}?{_query({'subject': subject, 'body': body})}".replace("%0A", "%0D%0A")


def _query(named: dict[str, str]) -> str:
    return urlencode({name: value for name, value in named.items() if value}, quote_via=quote)
