"""Feeds of what is believed: an entry where a verdict, the weakest claim of a position or a stance changed.

In: a Ledger and its public address. Out: Atom and JSON Feed of each controversy and of every list of claims: of all, of
a position, of a tag. Each entry says from what to what, and why where that is known. Unlike the news, these name every
change by itself and nothing else.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import chain, pairwise
from operator import attrgetter
from typing import Any

from ledger import links, texts, urls
from ledger.analysis import analyse, challenges
from ledger.analysis.changes import Change, changes_of, records_near
from ledger.analysis.history import PositionPoint
from ledger.analysis.ties import claims_of
from ledger.context import PageContext
from ledger.dates import parse_date
from ledger.diagnostics import visible
from ledger.exports.feeds import ITEMS, Feed, Item, feed_files, moment, tag_of
from ledger.exports.naming import seen_from
from ledger.facets import controversy_of
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.rating_words import and_more, short_rating, verdict_words
from ledger.records import Challenge, Position, Proponent
from ledger.views.listing import claim_lists
from ledger.views.news import told
from ledger.views.stances import StatementView, view_statements
from ledger.vocabulary import STANCES

MOST_CLAIMS = 3
"""So many of the weakest claims are named."""


def record_feeds(ledger: Ledger, record: Record[Any], base_url: str) -> Iterator[OutFile]:
    """The feeds of a controversy, with its positions and their claims, or of a position, with its claims."""
    near = (record.id, *claims_of(ledger, record.id)) if is_a(record, Position) else records_near(ledger, record.id)
    yield from _feeds(ledger, urls.of_record(record), record.title, near, base_url)


def list_feeds(ledger: Ledger, page: str, base_url: str) -> Iterator[OutFile]:
    """The feeds of another page that lists claims: of all claims, or of a tag."""
    yield from _feeds(ledger, page, *claim_lists(ledger)[page], base_url)


def _feeds(ledger: Ledger, page: str, title: str, ids: Collection[str], base_url: str) -> Iterator[OutFile]:
    """What changed in the claims and positions that a page lists."""
    context = seen_from(ledger, urls.WHATS_NEW, base_url)
    named = texts.say("feed.beliefs_on", title=context.plain(title).removesuffix("."), site=ledger.settings.title)
    positions = [ledger.record(Position, id_) for id_ in ids if ledger.node_kind(id_) == "position"]
    found = (_verdicts(context, ids), _stances(context, positions))
    weakest = (_weakest(context, one) for one in positions)
    items = tuple(chain(*found, *weakest))
    feed = Feed(named, texts.say("feed.beliefs"), page, urls.belief_feeds(page), items)
    yield from feed_files(ledger, feed, base_url)


def _item(page: PageContext, id_: str, day: str, what: str, title: str, text: str) -> Item:  # noqa: PLR0913, PLR0917 - the parts of an item
    record, at = page.ledger.records[id_], parse_date(day).earliest
    address = urls.of_record(record)
    tag = tag_of(page.base_url, address, at, f"#{day}-{what}")
    tags = tuple(dict.fromkeys(record.fields.tags))
    return Item(tag, urls.public(page.base_url, address), title, text, moment(at), moment(at), tags)


def _verdicts(page: PageContext, ids: Iterable[str]) -> Iterator[Item]:
    """The newest changes of the verdicts on claims, with what moved each."""
    claims = (id_ for id_ in ids if page.ledger.node_kind(id_) == "claim")
    changes = (one for id_ in claims for one in _verdicts_of(page.ledger, id_))
    for change in nlargest(ITEMS, changes, key=attrgetter("day")):
        said = told(page, change)
        title, text = said.headline(said.record.title), said.said(said.record.title, page.plain(change.why or ""))
        yield _item(page, change.record, change.day, "verdict", title, text)


def _verdicts_of(ledger: Ledger, claim: str) -> list[Change]:
    """The changes of a claim's verdict that the records date, and the one that its latest edit made."""
    dated = [one for one in changes_of(ledger, claim) if one.what == "verdict"]
    return [*dated, *_edited(ledger, claim, dated)]


def _edited(ledger: Ledger, claim: str, dated: Sequence[Change]) -> Iterator[Change]:
    """What the latest edit did to the verdict, unless a date says so: an item that is changed in place leaves none.

    Git and the log of wordings know what it was before.
    """
    rating, ended = analyse(ledger).ratings.get(claim), [one for one in ledger.said_before(claim) if one.verdict]
    before = max(ended, key=lambda one: one.wording.until.day if one.wording.until else "", default=None)
    if rating and before and before.verdict and before.wording.until:
        day = before.wording.until.day
        then = min((one for one in dated if one.day > day), key=attrgetter("day"), default=None)
        pair = (short_rating(before.verdict), then.verdicts[0] if then else rating.short)
        words = [*map(verdict_words, pair)]
        is_told = any(one.day == day or [*map(verdict_words, one.verdicts)] == words for one in dated)
        if len({*words}) > 1 and pair[0].not_rated is None and not is_told:
            why = _effect(ledger, claim, day) or visible(before.wording.until.subject)
            yield Change(day, "verdict", claim, verdicts=pair, why=why)


def _effect(ledger: Ledger, claim: str, day: str) -> str:
    """What a challenge to a claim led to, by a day."""
    rulings = (ledger.record(Challenge, id_).fields.resolution for id_ in challenges.against(ledger, claim))
    found = sorted((one.date.text, one.effect) for one in rulings if one and one.effect and one.date.text <= day)
    return found[-1][1] if found else ""


def _weakest(page: PageContext, position: Record[Position]) -> Iterator[Item]:
    """Each time that the weakest claims of a position became others, by the ledger's own clock."""
    answered = controversy_of(page.ledger, position.id)
    courses = [one for one in page.analysis.histories[answered] if one.clock == "believed"]
    for before, after in chain.from_iterable(pairwise(one.points) for one in courses):
        then, now = ({one.position: one for one in point.positions}.get(position.id) for point in (before, after))
        if then and now and set(then.weakest) != set(now.weakest) and then.weakest and now.weakest:
            title = texts.say("belief.weakest", letter=position.fields.letter, title=_short(page, position.id))
            text = texts.say("belief.weakest_now", before=_named(page, then), after=_named(page, now))
            yield _item(page, position.id, after.date.isoformat(), "weakest", title, text)


def _named(page: PageContext, found: PositionPoint) -> str:
    """The weakest claims of a position at a point, with their verdict."""
    rating = next(one.rating for one in found.verdicts if found.weakest[0] in one.claims)
    names = [texts.say("belief.claim", title=page.title(id_).removesuffix(".")) for id_ in found.weakest]
    shown = and_more(", ".join(names[:MOST_CLAIMS]), len(names) - MOST_CLAIMS)
    return texts.say("belief.claims", claims=shown, verdict=verdict_words(rating))


def _short(page: PageContext, position: str) -> str:
    """A position by its label, or else by its statement."""
    record = page.ledger.record(Position, position)
    return page.plain(record.fields.label or record.title).removesuffix(".")


def _stances(page: PageContext, positions: Collection[Record[Position]]) -> Iterator[Item]:
    """Everyone who took another stance on one of the positions than before."""
    ids = {position.id for position in positions}
    near = chain.from_iterable(links.links_in(page.ledger, id_) for id_ in sorted(ids))
    named = {one.other for one in near if one.relation in STANCES and one.kind == "proponent"}
    for proponent in (page.ledger.record(Proponent, id_) for id_ in sorted(named)):
        for one in view_statements(page, proponent):
            if one.before and one.attested and one.position.id in ids:
                yield _stance(page, proponent, one)


def _stance(page: PageContext, proponent: Record[Proponent], now: StatementView) -> Item:
    day = now.attested.date.begins.isoformat() if now.attested else ""
    places = {"name": page.title(proponent.id), "position": now.letter, "title": _short(page, now.position.id)}
    title = texts.say(f"belief.stance_{now.stance.stance}", **places)
    why = page.plain((now.attested and now.attested.shows) or "")
    text = texts.say("belief.stance_before", what=title, before=texts.say(f"belief.before_{now.before}"))
    return _item(page, proponent.id, day, f"stance-{now.anchor}", title, f"{text} {why}".strip())
