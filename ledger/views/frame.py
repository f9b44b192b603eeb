"""What every page carries around its content: titles, navigation, the record's own history, links to its data."""

from dataclasses import dataclass

from markupsafe import Markup

from ledger import urls, words
from ledger.dates import parse_date
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views.citing import CitingView, view_citing
from ledger.views.correcting import corrections
from ledger.views.head import HeadView, view_head, view_record_head
from ledger.views.paging import Paging, view_paging
from ledger.views.parts import (
    Backlinks,
    History,
    WithdrawalView,
    json_url,
    view_backlinks,
    view_history,
    view_withdrawal,
)
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the site's navigation."""

    words: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a page."""

    site_title: str
    tagline: Markup
    language: str
    direction: str
    """Where its lines begin: `ltr`, from the left, or `rtl`, from the right."""
    licence: str
    """Under which licence the content stands, in words, or that none is stated."""
    title: str
    home: str
    icon: str
    style: str
    overview_style: str
    """The further style of pages with a map, a table of claims or a track."""
    manifest: str
    search: str
    keys: str
    """The script that opens search by a key."""
    json: str
    """The page as data; empty where it has no data beside it."""
    canonical: str
    """The page's public address; empty without a base address."""
    corrections: str
    """Where a correction is suggested; empty where the site has no place for it."""
    origin: str
    """The record's file, so that a correction can name it; empty on pages that are made from many."""
    as_of: str
    """The ledger's newest date, on the home page alone: any other page would change with each record's."""
    cut: str
    """That the site is one of an earlier day; empty if it is not."""
    nav: tuple[NavLink, ...]
    browse: tuple[NavLink, ...]
    """The pages that lead across the kinds."""
    previews: str
    """The script that shows what a link leads to."""
    kind_word: str
    trail: tuple[NavLink, ...]
    body: Markup
    history: History | None
    withdrawal: WithdrawalView | None
    backlinks: tuple[Backlinks, ...]
    head: HeadView
    citing: CitingView | None
    copy_script: str
    paging: Paging | None
    """Where it is one of several pages."""


def view_frame(viewing: Viewing, title: str, *, base_url: str | None, kind: str = "", data: bool = True) -> Frame:
    """The surroundings of a page that is no record's; `data` says whether it has a JSON twin."""
    site = viewing.ledger.settings
    if viewing.number > 1:
        title = words.PAGING["title"].format(title=title, number=viewing.number, pages=viewing.pages)
    return Frame(
        site_title=site.title,
        tagline=viewing.text(site.tagline),
        language=site.language or "en",
        direction=words.direction(site.language or "en"),
        licence=words.licence(site.licence),
        title=title,
        home=viewing.url(urls.HOME),
        icon=viewing.url(urls.ICON),
        style=viewing.url(urls.STYLE),
        overview_style=viewing.url(urls.OVERVIEW_STYLE),
        manifest=viewing.url(urls.MANIFEST),
        search=viewing.url(urls.SEARCH),
        keys=viewing.url(urls.KEYS),
        json=json_url(viewing) if data else "",
        canonical=urls.public(base_url, viewing.page) if base_url else "",
        corrections=corrections(viewing),
        origin="",
        as_of=_as_of(viewing),
        cut=_cut(viewing),
        nav=_nav(viewing, kind),
        browse=_browse(viewing),
        previews=viewing.url(urls.PREVIEWS),
        kind_word=words.KINDS[kind][0] if kind else "",
        trail=(),
        body=Markup(),
        history=None,
        withdrawal=None,
        backlinks=(),
        head=view_head(viewing, title, base_url or ""),
        citing=None,
        copy_script=viewing.url(urls.COPY_SCRIPT),
        paging=view_paging(viewing),
    )


def view_record_frame(viewing: Viewing, record: Record, shown: frozenset[str], *, base_url: str | None) -> Frame:
    """The surroundings of a record's page; `shown` are the ways of referring to it that the page itself shows."""
    kind = record.kind
    bare = view_frame(viewing, viewing.plain(record.title), base_url=base_url, kind=kind.name)
    changes = {
        "corrections": corrections(viewing, record),
        "origin": record.path,
        "trail": (NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), current=False),),
        "body": viewing.body(record.fields.body) if kind.name != "position" else Markup(),
        "history": view_history(viewing, record.fields),
        "withdrawal": view_withdrawal(viewing, record.fields),
        "backlinks": view_backlinks(viewing, record, shown=shown),
        "head": view_record_head(viewing, record, base_url or ""),
        "citing": view_citing(viewing, record, bare.canonical),
    }
    return Frame(**{name: getattr(bare, name) for name in Frame.__slots__} | changes)


def view_overview_frame(
    viewing: Viewing, record: Record, title: str, *, base_url: str | None, data: bool = False
) -> Frame:
    """The surroundings of a further page of a record; `data` says whether it has a JSON twin."""
    kind = record.kind
    whole = f"{title}: {viewing.plain(record.title)}"
    bare = view_frame(viewing, whole, base_url=base_url, kind=kind.name, data=data)
    changes = {
        "corrections": corrections(viewing, record),
        "origin": record.path,
        "trail": (
            NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), current=False),
            NavLink(viewing.plain(record.title), viewing.url(urls.of_record(record)), current=False),
        ),
    }
    return Frame(**{name: getattr(bare, name) for name in Frame.__slots__} | changes)


def _as_of(viewing: Viewing) -> str:
    day = viewing.ledger.as_of if viewing.page == urls.HOME else None
    return day.isoformat() if day else ""


def _cut(viewing: Viewing) -> str:
    cut = viewing.ledger.cut
    return words.CUT[cut.clock].format(day=parse_date(cut.day.isoformat()).in_words()) if cut else ""


def _nav(viewing: Viewing, current: str) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), kind.name == current)
        for kind in KINDS
        if kind.name in viewing.ledger.kinds
    )


def _browse(viewing: Viewing) -> tuple[NavLink, ...]:
    pages = {
        "tags": urls.TAGS,
        "whats-new": urls.WHATS_NEW,
        "statistics": urls.STATISTICS,
        "gaps": urls.GAPS,
        "divergences": urls.DIVERGENCES,
        "single-points": urls.SINGLE_POINTS,
        "method": urls.METHOD_PAGE,
    }
    return tuple(NavLink(words.BROWSE[id_], viewing.url(page), page == viewing.page) for id_, page in pages.items())
