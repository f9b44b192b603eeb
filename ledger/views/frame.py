"""What every page carries around its content: its head, navigation, the record's own history, links to its data.

In: a ledger seen from a page, and its title. Out: a Frame. What is the same
on all pages, `base.html` says itself.
"""

from datetime import date
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from ledger import highwire, schema_org, texts, urls
from ledger.context import PageContext, corrections, describe, in_short
from ledger.graph import Ledger
from ledger.highwire import Tag
from ledger.loading import Record, is_a
from ledger.records import KINDS, Controversy, Kind, Source
from ledger.views import View
from ledger.views.challenges import view_challenged
from ledger.views.chart import figure_for
from ledger.views.citing import CitingView, view_citing
from ledger.views.navigation import NavigationLink, view_navigation
from ledger.views.paging import view_paging
from ledger.views.parts import Backlinks, view_backlinks
from ledger.views.sharing import addresses, shared_picture

FEED_TYPES = ("application/atom+xml", "application/feed+json")
"""The media types of the feeds, in the order of `urls.FEEDS`."""


class Image(NamedTuple):
    """A picture by its public address, and what it shows."""

    address: str
    says: str


class Frame(NamedTuple):
    """The surroundings of a page."""

    title: str
    description: str
    linked_data: Markup
    """For search engines, which know no site without an address; empty there."""
    feeds: tuple[tuple[str, str, str], ...]
    """Media type, address and title of each."""
    image: Image | None
    """The picture beside a link to the page on other sites; None where the site's address is not known.

    Without it the page says nothing to other sites: the Open Graph protocol wants an address and a picture.
    """
    canonical: str
    """The page's public address; empty without a base address."""
    kinds: tuple[Kind, ...]
    """The kinds that have records."""
    navigation: tuple[NavigationLink, ...]
    """The links at the top."""
    kind: str
    """The kind that the page belongs to."""
    data: str
    """Where the page is as data; empty where it has no data beside it."""
    corrections: str
    """Where a correction is suggested; empty where the site has no place for it."""
    as_of: date | None
    """The ledger's newest date, on the home page alone: any other page would change with each record's."""
    cut: str
    """That the site is one of an earlier day; empty if it is not."""
    first: bool
    """Whether it is the only page of its record or list, or the first of several."""
    paging: View | None
    """Where it is one of several pages."""
    shared: View | None = None
    """The same as the page shows it, where it is the page's own."""
    record: Record[Any] | None = None
    """The record that the page, or the further page, is of."""
    is_article: bool = False
    """Whether it is the page of the record itself, or the first of these."""
    trail: tuple[tuple[str, str], ...] = ()
    """Words and address of each step on the way to the page."""
    markdown: str = ""
    """Where the page is as Markdown; empty for the one that a host shows at any address."""
    body: Markup | str = ""
    backlinks: tuple[Backlinks, ...] = ()
    challenged: View | None = None
    """What was challenged in the record, and where a reader challenges it."""
    citing: CitingView | None = None
    work: tuple[Tag, ...] = ()
    """What the head says of the work that the page is about, for reference managers."""


def view_frame(  # noqa: PLR0913 - what tells one page from another
    context: PageContext,
    title: str,
    *,
    kind: str = "",
    data: bool = False,
    beliefs: bool = False,
    record: Record[Any] | None = None,
) -> Frame:
    """The surroundings of a page, perhaps one of a record; `data` says whether it has data beside it.

    `beliefs`: whether it lists claims, so that it has feeds of what changed in them.
    """
    ledger, site, whole, kinds = context.ledger, context.ledger.settings, title, context.ledger.kinds
    title = _numbered(context, title)
    own = record if record and context.page == urls.of_record(record) else None
    return Frame(
        title=title,
        description=describe(context, own) if own else _described(context, title),
        linked_data=_linked_data(context, title, own) if context.base_url else Markup(),
        feeds=_feeds(context, urls.FEEDS, site.title) + (_belief_feeds(context, whole) if beliefs else ()),
        image=_of_the_site(context),
        canonical=context.canonical,
        kinds=tuple(one for one in KINDS if one.name in kinds),
        navigation=view_navigation(context, kind),
        kind=kind,
        data=urls.twin(context.whole) if data else "",
        corrections=corrections(context, record),
        record=record,
        is_article=own is not None,
        as_of=ledger.as_of if context.page == urls.HOME else None,
        cut=_cut(ledger),
        first=context.number == 1,
        paging=view_paging(context),
        markdown=urls.markdown(context.page),
    )


def _described(context: PageContext, title: str) -> str:
    """What a page that is no record's is about."""
    site = context.ledger.settings
    named = (title if title != site.title else "", site.title, context.plain(site.tagline or ""))
    return in_short(". ".join(part.rstrip(".") for part in named if part) + ".")


def _linked_data(context: PageContext, title: str, record: Record[Any] | None) -> Markup:
    said = schema_org.describe_record(context, record) if record else schema_org.describe_page(context, title)
    return schema_org.script(said)


def view_record_frame(context: PageContext, record: Record[Any], shown: frozenset[str]) -> Frame:
    """The surroundings of a record's page; `shown` are the ways of referring to it that the page itself shows."""
    kind, title = record.kind, context.plain(record.title)
    frame = view_frame(context, title, kind=kind.name, data=True, record=record)._replace(
        trail=_trail(context, record, title),
        backlinks=view_backlinks(context, record, shown=shown),
    )
    if not frame.first:
        return frame
    shared = shared_picture(context, record, title)
    return frame._replace(
        shared=shared,
        image=_image(context, shared.address, title) if shared else frame.image,
        feeds=frame.feeds + _own_feeds(context, record, title),
        body=_body(context, record) if kind.name not in ("position", "controversy") else "",
        citing=view_citing(context, record),
        challenged=view_challenged(context, record),
        work=highwire.tags(record.fields, title) if is_a(record, Source) and not record.fields.withdrawn else (),
    )


def _body(context: PageContext, record: Record[Any]) -> Markup:
    """The record's text, with the charts that it shows."""
    return context.body(record.fields.body, figure=partial(figure_for, context))


def _trail(context: PageContext, record: Record[Any], title: str) -> tuple[tuple[str, str], ...]:
    """The way to a record's page; a controversy has its tabs instead."""
    first = () if context.number == 1 else ((title, context.whole),)
    if is_a(record, Controversy):
        return first
    return ((texts.say(f"kinds.{record.kind.name}"), urls.index(record.kind)), *first)


def view_overview_frame(context: PageContext, record: Record[Any], title: str, *, data: bool = False) -> Frame:
    """The surroundings of a further page of a record; `data` says whether it has data beside it."""
    name = context.plain(record.title)
    shared = shared_picture(context, record, name)
    return view_frame(context, f"{title}: {name}", kind=record.kind.name, data=data, record=record)._replace(
        shared=shared,
        image=shared_image(context, context.whole if shared else urls.of_record(record), name),
    )


def shared_image(context: PageContext, page: str, says: str) -> Image | None:
    """The picture of a page: the PNG where there is one."""
    return _image(context, addresses(page, context.base_url)[0], says)


def _of_the_site(context: PageContext) -> Image | None:
    """On the home page the picture of the main controversy, on other pages that of the templates."""
    main = context.analysis.main_controversy if context.base_url and context.page == urls.HOME else None
    if not main:
        return _image(context, urls.CARD, context.ledger.settings.title)
    return shared_image(context, urls.of_id("controversy", main), context.title(main))


def _image(context: PageContext, address: str, says: str) -> Image | None:
    return Image(urls.public(context.base_url, address), says) if context.base_url else None


def _numbered(context: PageContext, title: str) -> str:
    """A title that tells a page from the others of the same list."""
    named = {"title": title, "number": context.number, "pages": context.pages}
    return texts.say("frame.titled", **named) if context.number > 1 else title


def _feeds(context: PageContext, addresses: tuple[str, str], title: str) -> tuple[tuple[str, str, str], ...]:
    """Only a site whose address is known has feeds."""
    if not context.base_url:
        return ()
    return tuple((type_, address, title) for type_, address in zip(FEED_TYPES, addresses, strict=True))


def _own_feeds(context: PageContext, record: Record[Any], title: str) -> tuple[tuple[str, str, str], ...]:
    """All news around a controversy; what changed in what is believed of it, or of a position."""
    news = _feeds(context, urls.feeds(context.whole), title) if is_a(record, Controversy) else ()
    return news + (_belief_feeds(context, title) if record.kind.name in urls.BELIEVED else ())


def _belief_feeds(context: PageContext, title: str) -> tuple[tuple[str, str, str], ...]:
    named = texts.say("feed.beliefs_on", title=title.removesuffix("."), site=context.ledger.settings.title)
    return _feeds(context, urls.belief_feeds(context.whole), named)


def _cut(ledger: Ledger) -> str:
    cut = ledger.cut
    return texts.say(f"frame.cut_{cut.clock}", day=cut.day) if cut else ""
