"""What every page carries around its content: its head, navigation, the record's own history, links to its data.

In: a ledger seen from a page, and its title. Out: what templates call `frame`. What is the same on all pages,
`base.html` says itself.
"""

from functools import partial
from typing import Any

from markupsafe import Markup

from ledger import highwire, schema_org, texts, urls
from ledger.context import PageContext, corrections, describe, in_short
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.records import Controversy, Source
from ledger.views import View
from ledger.views.challenges import view_challenged
from ledger.views.chart import figure_for
from ledger.views.citing import view_citing
from ledger.views.navigation import view_navigation
from ledger.views.paging import view_paging
from ledger.views.parts import view_backlinks
from ledger.views.sharing import addresses, shared_picture

Feeds = tuple[tuple[str, str, str], ...]
"""Media type, address and title of each."""
FEED_TYPES = ("application/atom+xml", "application/feed+json")
"""The media types of the feeds, in the order of `urls.FEEDS`."""


def view_frame(  # noqa: PLR0913 - what tells one page from another
    context: PageContext,
    title: str,
    *,
    kind: str = "",
    data: bool = False,
    beliefs: bool = False,
    record: Record[Any] | None = None,
    feeds: Feeds = (),
    **own: Any,
) -> View:
    """The surroundings of a page, perhaps one of a record; `data` says whether it has data beside it.

    `beliefs`: whether it lists claims, so that it has feeds of what changed in them; `feeds`: further ones. `own`: what
    stands in the place of what other pages have.
    """
    ledger, site, whole = context.ledger, context.ledger.settings, title
    title = _numbered(context, title)
    described = record if record and context.page == urls.of_record(record) else None
    found = View(
        title=title,
        description=describe(context, described) if described else _described(context, title),
        # For search engines, which know no site without an address; empty there.
        linked_data=_linked_data(context, title, described) if context.base_url else Markup(),
        # Media type, address and title of each.
        feeds=_feeds(context, urls.FEEDS, site.title) + (_belief_feeds(context, whole) if beliefs else ()) + feeds,
        # The picture beside a link to the page on other sites: its public address, and what it shows. None where the
        # site's address is not known: without it the page says nothing to other sites, since the Open Graph protocol
        # wants an address and a picture.
        image=_of_the_site(context),
        # The page's public address; empty without a base address.
        canonical=context.canonical,
        # The links at the top.
        navigation=view_navigation(context, kind),
        # Where the page is as data; empty where it has no data beside it.
        data=urls.twin(context.whole) if data else "",
        # Where a correction is suggested; empty where the site has no place for it.
        corrections=corrections(context, record),
        # The record that the page, or the further page, is of; and whether it is the page of the record itself.
        record=record,
        is_article=described is not None,
        # The ledger's newest date, on the home page alone: any other page would change with each record's.
        as_of=ledger.as_of if context.page == urls.HOME else None,
        # That the site is one of an earlier day; empty if it is not.
        cut=_cut(ledger),
        # Whether it is the only page of its record or list, or the first of several; and the way to the others.
        first=context.number == 1,
        paging=view_paging(context),
        # Where the page is as Markdown; empty for the one that a host shows at any address.
        markdown=urls.markdown(context.page),
    )
    return View(**NOTHING | vars(found) | own)


NOTHING = {"trail": (), "shared": None, "body": "", "backlinks": (), "citing": None, "challenged": None, "work": ()}
"""What only pages of records have: words and address of each step on the way there, the page's own picture, the text,
what links to the record, how it is cited, what was challenged in it, and what the head says of the work that it is
about, for reference managers."""


def _described(context: PageContext, title: str) -> str:
    """What a page that is no record's is about."""
    site = context.ledger.settings
    named = (title if title != site.title else "", site.title, context.plain(site.tagline or ""))
    return in_short(". ".join(part.rstrip(".") for part in named if part) + ".")


def _linked_data(context: PageContext, title: str, record: Record[Any] | None) -> Markup:
    said = schema_org.describe_record(context, record) if record else schema_org.describe_page(context, title)
    return schema_org.script(said)


def view_record_frame(context: PageContext, record: Record[Any], shown: frozenset[str]) -> View:
    """The surroundings of a record's page; `shown` are the ways of referring to it that the page itself shows."""
    title = context.plain(record.title)
    found: dict[str, Any] = {
        "trail": _trail(context, record, title),
        "backlinks": view_backlinks(context, record, shown),
    }
    first = _on_first(context, record, title) if context.number == 1 else {}
    return view_frame(context, title, kind=record.kind.name, data=True, record=record, **found, **first)


def _on_first(context: PageContext, record: Record[Any], title: str) -> dict[str, Any]:
    """What only the first page of a record has."""
    shared, has_body = shared_picture(context, record, title), record.kind.name not in ("position", "controversy")
    return {
        "shared": shared,
        **({"image": _image(context, shared.address, title)} if shared else {}),
        "feeds": _own_feeds(context, record, title),
        # With the charts that it shows.
        "body": context.body(record.fields.body, figure=partial(figure_for, context)) if has_body else "",
        "citing": view_citing(context, record),
        "challenged": view_challenged(context, record),
        "work": highwire.tags(record.fields, title) if is_a(record, Source) and not record.fields.withdrawn else (),
    }


def _trail(context: PageContext, record: Record[Any], title: str) -> tuple[tuple[str, str], ...]:
    """The way to a record's page; a controversy has its tabs instead."""
    first = () if context.number == 1 else ((title, context.whole),)
    if is_a(record, Controversy):
        return first
    return ((texts.say(f"kinds.{record.kind.name}"), urls.index(record.kind)), *first)


def view_overview_frame(context: PageContext, record: Record[Any], title: str, *, data: bool = False) -> View:
    """The surroundings of a further page of a record; `data` says whether it has data beside it."""
    name = context.plain(record.title)
    shared = shared_picture(context, record, name)
    image = shared_image(context, context.whole if shared else urls.of_record(record), name)
    about: dict[str, Any] = {"kind": record.kind.name, "data": data, "record": record, "shared": shared, "image": image}
    return view_frame(context, f"{title}: {name}", **about)


def shared_image(context: PageContext, page: str, says: str) -> View | None:
    """The picture of a page: the PNG where there is one."""
    return _image(context, addresses(page, context.base_url)[0], says)


def _of_the_site(context: PageContext) -> View | None:
    """On the home page the picture of the main controversy, on other pages that of the templates."""
    main = context.analysis.main_controversy if context.base_url and context.page == urls.HOME else None
    if not main:
        return _image(context, urls.CARD, context.ledger.settings.title)
    return shared_image(context, urls.of_id("controversy", main), context.title(main))


def _image(context: PageContext, address: str, says: str) -> View | None:
    return View(address=urls.public(context.base_url, address), says=says) if context.base_url else None


def _numbered(context: PageContext, title: str) -> str:
    """A title that tells a page from the others of the same list."""
    named = {"title": title, "number": context.number, "pages": context.pages}
    return texts.say("frame.titled", **named) if context.number > 1 else title


def _feeds(context: PageContext, addresses: tuple[str, str], title: str) -> Feeds:
    """Only a site whose address is known has feeds."""
    if not context.base_url:
        return ()
    return tuple((type_, address, title) for type_, address in zip(FEED_TYPES, addresses, strict=True))


def _own_feeds(context: PageContext, record: Record[Any], title: str) -> Feeds:
    """All news around a controversy; what changed in what is believed of it, or of a position."""
    news = _feeds(context, urls.feeds(context.whole), title) if is_a(record, Controversy) else ()
    return news + (_belief_feeds(context, title) if record.kind.name in urls.BELIEVED else ())


def _belief_feeds(context: PageContext, title: str) -> Feeds:
    named = texts.say("feed.beliefs_on", title=title.removesuffix("."), site=context.ledger.settings.title)
    return _feeds(context, urls.belief_feeds(context.whole), named)


def _cut(ledger: Ledger) -> str:
    cut = ledger.cut
    return texts.say(f"frame.cut_{cut.clock}", day=cut.day) if cut else ""
