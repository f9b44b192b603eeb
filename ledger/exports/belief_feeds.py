"""Feeds of what is believed: an entry where a verdict, the weakest claim of a position or a stance changed.

In: a Ledger and its public address. Out: Atom and JSON Feed of each controversy and of all claims, each entry saying
from what to what, and why where that is known. Unlike the news, these name every change by itself and nothing else.
"""

from collections.abc import Iterator
from itertools import chain, pairwise

from ledger import links, texts, urls
from ledger.analysis import analyse
from ledger.analysis.history import Point
from ledger.analysis.ties import positions_of
from ledger.context import PageContext
from ledger.dates import parse_date
from ledger.exports.feeds import ITEMS, Feed, Item, feed_files, moment, tag_of
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.rating_words import and_more, verdict_words
from ledger.records import Controversy, Position, Proponent
from ledger.views.news import told
from ledger.views.stances import StatementView, view_statements
from ledger.vocabulary import STANCES

MOST_CLAIMS = 3
"""So many of the weakest claims are named."""


def belief_feeds(ledger: Ledger, record: Record[Controversy], base_url: str) -> Iterator[OutFile]:
    """The feeds of a controversy: `controversies/<id>.beliefs.atom` and `.beliefs.feed.json`."""
    page, address = PageContext(ledger, urls.WHATS_NEW, analyse(ledger)), urls.of_record(record)
    changed = (_weakest(page, base_url, record), _stances(page, base_url, record), _verdicts(page, base_url, record.id))
    items = tuple(chain.from_iterable(changed))
    title = texts.say("feed.beliefs_on", title=page.plain(record.title), site=ledger.settings.title)
    feed = Feed(title, texts.say("feed.beliefs"), address, urls.belief_feeds(address), items)
    yield from feed_files(ledger, feed, base_url)


def claims_feeds(ledger: Ledger, base_url: str) -> Iterator[OutFile]:
    """The feeds of the verdicts on all claims: `claims/verdicts.atom` and `.feed.json`."""
    page, (address, feeds) = PageContext(ledger, urls.WHATS_NEW, analyse(ledger)), urls.OF_VERDICTS
    title = texts.say("feed.of", title=texts.say("feed.verdicts"), site=ledger.settings.title)
    items = tuple(_verdicts(page, base_url, None))
    yield from feed_files(ledger, Feed(title, texts.say("feed.beliefs"), address, feeds, items), base_url)


def _item(page: PageContext, base_url: str, id_: str, day: str, what: str, title: str, text: str) -> Item:  # noqa: PLR0913, PLR0917 - the parts of an item
    record, at = page.ledger.records[id_], parse_date(day).earliest
    address = urls.of_record(record)
    tag = tag_of(base_url, address, at, f"#{day}-{what}")
    tags = tuple(dict.fromkeys(record.fields.tags))
    return Item(tag, urls.public(base_url, address), title, text, moment(at), moment(at), tags)


def _verdicts(page: PageContext, base_url: str, controversy: str | None) -> Iterator[Item]:
    """Every verdict that changed, with what moved it."""
    changes = page.analysis.changes if controversy is None else page.analysis.changes_in(controversy)
    for change in [one for one in changes if one.what == "verdict"][:ITEMS]:
        said = told(page, change)
        title, text = said.headline(said.record.title), said.said(said.record.title, "")
        yield _item(page, base_url, change.record, change.day, "verdict", title, text)


def _weakest(page: PageContext, base_url: str, controversy: Record[Controversy]) -> Iterator[Item]:
    """Every position whose weakest claims became others, by the ledger's own clock."""
    course = next(one for one in page.analysis.histories[controversy.id] if one.clock == "believed")
    for before, after in pairwise(course.points):
        held = {one.position: one for one in before.positions}
        for now in after.positions:
            then = held.get(now.position)
            if then and then.weakest and now.weakest and set(then.weakest) != set(now.weakest):
                yield _weakest_item(page, base_url, now.position, before, after)


def _weakest_item(page: PageContext, base_url: str, position: str, before: Point, after: Point) -> Item:
    record = page.ledger.record(Position, position)
    title = texts.say("belief.weakest", letter=record.fields.letter, title=_short(page, position))
    said = {name: _named(page, position, point) for name, point in (("before", before), ("after", after))}
    text = texts.say("belief.weakest_now", **said)
    return _item(page, base_url, position, after.date.isoformat(), "weakest", title, text)


def _named(page: PageContext, position: str, point: Point) -> str:
    """The weakest claims at a point, with their verdict."""
    found = next(one for one in point.positions if one.position == position)
    rating = next(one.rating for one in found.verdicts if found.weakest[0] in one.claims)
    names = [texts.say("belief.claim", title=page.title(id_).removesuffix(".")) for id_ in found.weakest]
    shown = and_more(", ".join(names[:MOST_CLAIMS]), len(names) - MOST_CLAIMS)
    return texts.say("belief.claims", claims=shown, verdict=verdict_words(rating))


def _short(page: PageContext, position: str) -> str:
    """A position by its label, or else by its statement."""
    record = page.ledger.record(Position, position)
    return page.plain(record.fields.label or record.title).removesuffix(".")


def _stances(page: PageContext, base_url: str, controversy: Record[Controversy]) -> Iterator[Item]:
    """Everyone who took another stance on a position than before."""
    near = (links.links_in(page.ledger, position.id) for position in positions_of(page.ledger, controversy))
    named = {one.other for one in chain.from_iterable(near) if one.relation in STANCES and one.kind == "proponent"}
    for proponent in (page.ledger.record(Proponent, id_) for id_ in sorted(named)):
        for one in view_statements(page, proponent):
            if one.before and one.attested and one.controversy.id == controversy.id:
                yield _stance(page, base_url, proponent, one)


def _stance(page: PageContext, base_url: str, proponent: Record[Proponent], now: StatementView) -> Item:
    day = now.attested.date.begins.isoformat() if now.attested else ""
    places = {"name": page.title(proponent.id), "position": now.letter, "title": _short(page, now.position.id)}
    title = texts.say(f"belief.stance_{now.stance.stance}", **places)
    why = page.plain((now.attested and now.attested.shows) or "")
    text = texts.say("belief.stance_before", what=title, before=texts.say(f"belief.before_{now.before}"))
    return _item(page, base_url, proponent.id, day, f"stance-{now.anchor}", title, f"{text} {why}".strip())
