"""What every page carries around its content: titles, navigation, the record's own history, links to its data."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ledger import urls, words
from ledger.loading import Record, site_fields
from ledger.records import KINDS
from ledger.views.citing import CitingView, view_citing
from ledger.views.head import HeadView, view_head, view_record_head
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
    licence: str
    title: str
    home: str
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
    as_of: str
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


def view_frame(viewing: Viewing, title: str, *, base_url: str | None, kind: str = "", data: bool = True) -> Frame:
    """The surroundings of a page that is no record's; `data` says whether it has a JSON twin."""
    site = site_fields(viewing.ledger.loaded.site)
    as_of = viewing.ledger.as_of
    return Frame(
        site_title=site.title,
        tagline=viewing.text(site.tagline),
        language=site.language or "en",
        licence=site.licence or "",
        title=title,
        home=viewing.url(urls.HOME),
        style=viewing.url(urls.STYLE),
        overview_style=viewing.url(urls.OVERVIEW_STYLE),
        manifest=viewing.url(urls.MANIFEST),
        search=viewing.url(urls.SEARCH),
        keys=viewing.url(urls.KEYS),
        json=json_url(viewing) if data else "",
        canonical=urls.public(base_url, viewing.page) if base_url else "",
        corrections=_corrections(site.corrections_url, "", ""),
        as_of=as_of.isoformat() if as_of else "",
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
    )


def view_record_frame(viewing: Viewing, record: Record, shown: frozenset[str], *, base_url: str | None) -> Frame:
    """The surroundings of a record's page; `shown` are the ways of referring to it that the page itself shows."""
    site, kind = site_fields(viewing.ledger.loaded.site), record.kind
    bare = view_frame(viewing, viewing.plain(record.title), base_url=base_url, kind=kind.name)
    changes = {
        "corrections": _corrections(site.corrections_url, record.id, record.document.path),
        "trail": (NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), current=False),),
        "body": viewing.body(record.fields.body) if kind.name != "position" else Markup(),
        "history": view_history(viewing, record.fields),
        "withdrawal": view_withdrawal(viewing, record.fields),
        "backlinks": view_backlinks(viewing, record, shown=shown),
        "head": view_record_head(viewing, record, base_url or ""),
        "citing": view_citing(viewing, record, bare.canonical),
    }
    return Frame(**{name: getattr(bare, name) for name in Frame.__slots__} | changes)


def view_overview_frame(viewing: Viewing, record: Record, title: str, *, base_url: str | None) -> Frame:
    """The surroundings of a further page of a record, which has no data of its own."""
    kind = record.kind
    whole = f"{title}: {viewing.plain(record.title)}"
    bare = view_frame(viewing, whole, base_url=base_url, kind=kind.name, data=False)
    pattern = site_fields(viewing.ledger.loaded.site).corrections_url
    changes = {
        "corrections": _corrections(pattern, record.id, record.document.path),
        "trail": (
            NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), current=False),
            NavLink(viewing.plain(record.title), viewing.url(urls.of_record(record)), current=False),
        ),
    }
    return Frame(**{name: getattr(bare, name) for name in Frame.__slots__} | changes)


def _nav(viewing: Viewing, current: str) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), kind.name == current)
        for kind in KINDS
        if kind.name in viewing.ledger.kinds
    )


def _browse(viewing: Viewing) -> tuple[NavLink, ...]:
    pages = {"tags": urls.TAGS, "whats-new": urls.WHATS_NEW, "statistics": urls.STATISTICS}
    return tuple(NavLink(words.BROWSE[id_], viewing.url(page), page == viewing.page) for id_, page in pages.items())


def _corrections(pattern: str | None, id_: str, path: str) -> str:
    return (pattern or "").replace("{id}", quote(id_)).replace("{path}", quote(path))
