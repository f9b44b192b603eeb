"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from ledger import texts, urls
from ledger.analysis import analyse, ties
from ledger.analysis.wording import wording_of
from ledger.context import PageContext
from ledger.edges import Card
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views import (
    View,
    about,
    all_evidence,
    challenges,
    chart,
    claim,
    controversy,
    cruxes,
    data,
    embed,
    evidence,
    fairness,
    gaps,
    history,
    home,
    listing,
    method,
    news,
    numbers,
    others,
    people,
    position,
    source,
    statistics,
    story,
    timeline,
    wording,
)
from ledger.views.frame import view_frame, view_overview_frame, view_record_frame
from ledger.views.paging import pages_of, record_pages


class Page(NamedTuple):
    """One page before it is rendered."""

    template: str
    frame: View
    view: Any
    context: PageContext
    """The ledger as the page sees it."""

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.context.page

    @property
    def origin(self) -> str:
        """The file that it comes from, where there is one."""
        return self.frame.record.path if self.frame.record else ""


VIEWS: Mapping[str, tuple[Callable[[PageContext, Record[Any]], Any], frozenset[str]]] = {
    "thread": (others.view_thread, others.THREAD_SHOWN),
    "controversy": (controversy.view_controversy, controversy.SHOWN),
    "position": (position.view_position, position.SHOWN),
    "claim": (claim.view_claim, claim.SHOWN),
    "source": (source.view_source, source.SHOWN),
    "proponent": (others.view_proponent, others.PROPONENT_SHOWN),
    "event": (others.view_event, frozenset()),
    "chart": (chart.view_chart, frozenset()),
    "term": (others.view_term, frozenset()),
    "challenge": (challenges.view_challenge, frozenset()),
    "page": (lambda _, __: {}, frozenset()),
}
"""Kind → how its page's view is made, and the ways of referring to it that the page shows outside the backlinks."""
OVERVIEWS: Mapping[str, tuple[Callable[[PageContext, Record[Any]], Any], Callable[[Ledger, str], int]]] = {
    "timeline": (timeline.view_timeline, timeline.most_rows),
    "people": (people.view_people, people.most_rows),
    "evidence": (evidence.view_evidence, evidence.most_rows),
    "all-evidence": (all_evidence.view_evidence_table, all_evidence.most_rows),
    "cruxes": (cruxes.view_cruxes, lambda ledger, id_: len(ties.claims_near(ledger, id_))),
    "fairness": (fairness.view_fairness, lambda _, __: 0),
    "history": (history.view_ratings_history, history.most_rows),
    "audit": (about.view_audit, lambda _, __: 0),
    "story": (story.view_story, lambda _, __: 0),
}
"""The further pages of a controversy: name → how the view is made, and how many rows it has at most."""
ACROSS: Mapping[str, tuple[Callable[[PageContext], Any], Callable[[Ledger], int]]] = {
    "about": (about.view_about, lambda _: 0),
    "tags": (listing.view_tags, lambda ledger: len(listing.tagged(ledger))),
    "whats-new": (news.view_news, lambda _: 0),
    "statistics": (statistics.view_statistics, lambda _: 0),
    "gaps": (gaps.view_gaps, gaps.most_rows),
    "divergences": (statistics.view_divergences, lambda _: 0),
    "single-points": (statistics.view_single_points, lambda _: 0),
    "numbers": (numbers.view_numbers, lambda _: 0),
    "method": (method.view_method, lambda _: 0),
    "data": (data.view_data, lambda _: 0),
}
"""The same of the pages that lead across the kinds."""


Make = Callable[[PageContext], Page]
"""How a page is made, seen from where it is."""


class Place(NamedTuple):
    """Where a page is, and how it is made: the map of a site is known before any of its pages is."""

    url: str
    view: Make
    ledger: Ledger
    """The one that was mapped."""
    base_url: str
    root: str
    number: int
    """Of the pages of what needs so many, each with so many rows of every list."""
    pages: int
    size: int

    def make(self, other: Ledger | None = None) -> Page:
        """The page, of the ledger that was mapped or of another that has the same map."""
        ledger, around = other or self.ledger, (self.base_url, self.root, self.number, self.pages, self.size)
        return self.view(PageContext(ledger, self.url, analyse(ledger), *around))


def site_map(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Place]:
    """Every page of the site, none of them made yet. No field of a record is read for it."""
    base = base_url or ledger.settings.base_url or ""

    def places(url: str, view: Make, pages: int = 1, size: int = 0, root: str = "") -> Iterator[Place]:
        numbers = range(1, pages + 1)
        return (Place(urls.paged(url, one), view, ledger, base, root, one, pages, size) for one in numbers)

    for url, make, rows in _across(ledger):
        yield from places(url, make, pages_of(rows))
    for id_, kind in sorted((id_, one.name) for one in KINDS for id_ in ledger.members(one.name)):
        yield from places(urls.of_id(kind, id_), partial(_record_page, id_), *record_pages(ledger, id_))
        for name in OVERVIEWS if kind == "controversy" else ():
            make = partial(_overview_page, id_, name)
            yield from places(urls.overview(id_, name), make, pages_of(_rows_of_overview(ledger, id_, name)))
        for name in urls.MOVED if kind == "controversy" else ():
            yield from places(urls.overview(id_, name), partial(_moved, id_, name))
    for url, make in _chosen(ledger):
        yield from places(url, make)
    for former, id_ in sorted(ledger.former.items()):
        if present := ledger.card(id_):
            yield from places(urls.of_former(present, former), partial(_redirect, former, present))
    yield from places(urls.NOT_FOUND, _not_found, root=urls.root_path(base) if base else "")


@compared
def _rows_of_overview(ledger: Ledger, id_: str, name: str) -> int:
    return OVERVIEWS[name][1](ledger, id_)


@compared
def _rows_across(ledger: Ledger, name: str) -> int:
    return ACROSS[name][1](ledger)


def _across(ledger: Ledger) -> Iterator[tuple[str, Make, int]]:
    """The pages that are no record's: the address of each, how it is made, and how many rows it has."""

    def page(template: str, title: str, view: Callable[[PageContext], Any], **about: Any) -> Make:
        return lambda at: Page(f"{template}.html", view_frame(at, title, **about), view(at), at)

    followed = listing.claim_lists(ledger)

    yield urls.HOME, page("home", ledger.settings.title, home.view_home, data=True), 0
    for kind in KINDS:
        view = partial(listing.view_index, kind=kind)
        beliefs = urls.index(kind) in followed
        made = page("index", texts.say(f"kinds.{kind.name}"), view, kind=kind.name, data=True, beliefs=beliefs)
        yield urls.index(kind), made, len(ledger.members(kind.name))
    for name, (shown, _) in ACROSS.items():
        made = page(name, texts.say(f"browse.{name}"), shown, data=name in urls.WITH_DATA)
        yield urls.BROWSE[name], made, _rows_across(ledger, name)
    for tag, ids in listing.tagged(ledger).items():
        beliefs = urls.tag(tag) in followed
        yield urls.tag(tag), page("tag", tag, partial(listing.view_tag, tag=tag), beliefs=beliefs), len(ids)
    yield urls.SEARCH, page("search", texts.say("frame.search"), listing.view_search), 0
    count = sum(len(ledger.members(kind.name)) for kind in KINDS)
    yield urls.A_TO_Z, page("facet", texts.say("a_z.title"), listing.view_a_to_z), count
    for kind, facet in listing.listings_of(ledger):
        groups = partial(listing.view_facet, kind=kind, facet=facet)
        made = page("facet", listing.listing_title(kind, facet), groups, kind=kind.name)
        yield urls.listing(kind, facet), made, listing.grouped_length(ledger, kind.name, facet)


@contextmanager
def _naming(record: Record[Any]) -> Iterator[None]:
    """Whatever goes wrong with a page names the record's file."""
    try:
        yield
    except Exception as bug:
        bug.add_note(f"at {record.path}")
        raise


def _record_page(id_: str, context: PageContext) -> Page:
    record = context.ledger.records[id_]
    make, shown = VIEWS[record.kind.name]
    with _naming(record):
        return Page(
            f"{record.kind.name}.html", view_record_frame(context, record, shown), make(context, record), context
        )


def _overview_page(id_: str, name: str, context: PageContext) -> Page:
    """A further page of a controversy."""
    record, title = context.ledger.records[id_], texts.say(f"overview.{name}")
    with _naming(record):
        frame = view_overview_frame(context, record, title, data=name in urls.WITH_DATA)
        return Page(f"{name}.html", frame, OVERVIEWS[name][0](context, record), context)


def _not_found(context: PageContext) -> Page:
    """What a host shows at an address that has no page, however deep: its links start at the root of the host."""
    return Page("404.html", view_frame(context, texts.say("not_found.title"), canonical=""), None, context)


def _chosen(ledger: Ledger) -> Iterator[tuple[str, Make]]:
    """The pages that only a site has whose settings name them."""
    if "history" in ledger.settings.exports:
        yield from _wordings(ledger)
    for kind in embed.VIEWS if "embed" in ledger.settings.exports else ():
        yield from ((urls.embed(urls.of_id(kind, id_)), partial(_embed_page, id_)) for id_ in ledger.members(kind))


def _embed_page(id_: str, context: PageContext) -> Page:
    record = context.ledger.records[id_]
    with _naming(record):
        frame = view_frame(context, context.plain(record.title), record=record)
        return Page("embed.html", frame, embed.view_embed(context, record), context)


def _wordings(ledger: Ledger) -> Iterator[tuple[str, Make]]:
    """The pages of what claims said before; the address of what one says now leads to it."""
    made = {urls.wording(id_, wording_of(ledger, id_)): id_ for id_ in ledger.members("claim")}
    yield from ((url, partial(_to_claim, id_)) for url, id_ in made.items())
    said = ((last, then.wording) for last in ledger.pasts for then in ledger.said_before(last))
    for last, id_, hash_ in ((last, id_, one.hash) for last, one in said for id_ in one.ids):
        present, url = ledger.former.get(last, last), urls.wording(id_, hash_)
        if url not in made:
            is_now = made.get(urls.wording(present, hash_)) == present
            made[url] = last
            yield url, partial(_to_claim, present) if is_now else partial(_wording_page, last, hash_)


def _to_claim(id_: str, context: PageContext) -> Page:
    wording_of(context.ledger, id_)  # read, since the page of that wording is here once the claim says something else
    title = context.title(id_)
    return _onward(context, title, urls.of_id("claim", id_), title)


def _wording_page(id_: str, hash_: str, context: PageContext) -> Page:
    then = next(one for one in context.ledger.said_before(id_) if one.wording.hash == hash_)
    view = wording.view_wording(context, id_, then)
    title = texts.say("was.title", title=context.plain(then.wording.record.title))
    trail = ((texts.say("kinds.claim"), urls.index(then.wording.record.kind)),)
    return Page("wording.html", view_frame(context, title, kind="claim", canonical="", trail=trail), view, context)


def _redirect(former: str, card: Card, context: PageContext) -> Page:
    """The way on from a former id."""
    return _onward(context, former, urls.of_card(card), context.title(card.id), kind=card.kind)


def _moved(id_: str, name: str, context: PageContext) -> Page:
    """The way on from a page of a controversy that is elsewhere now."""
    now = urls.MOVED[name]
    title = texts.say(f"overview.{now}")
    return _onward(context, title, urls.overview(id_, now), title)


def _onward(context: PageContext, title: str, address: str, named: str, *, kind: str = "") -> Page:
    present = replace(context, page=address).canonical
    frame = view_frame(context, title, kind=kind, data=bool(kind), canonical=present)
    return Page("redirect.html", frame, {"address": address, "title": named}, context)
