"""What every page carries around its content: titles, navigation, the record's own history, links to its data."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from ledger import urls, words
from ledger.loading import Record, site_fields
from ledger.records import KINDS
from ledger.views.parts import (
    Backlinks,
    History,
    WithdrawalView,
    json_url,
    view_backlinks,
    view_history,
    view_withdrawal,
)
from ledger.views.viewing import RecordRef, Viewing


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
    manifest: str
    json: str
    canonical: str
    """The page's public address; empty without a base address."""
    corrections: str
    as_of: str
    nav: tuple[NavLink, ...]
    kind_word: str
    trail: tuple[NavLink, ...]
    body: Markup
    history: History | None
    withdrawal: WithdrawalView | None
    backlinks: tuple[Backlinks, ...]


def view_frame(viewing: Viewing, title: str, *, base_url: str | None, kind: str = "") -> Frame:
    """The surroundings of a page that is no record's."""
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
        manifest=viewing.url(urls.MANIFEST),
        json=json_url(viewing),
        canonical=f"{base_url.rstrip('/')}/{viewing.page}" if base_url else "",
        corrections=_corrections(site.corrections_url, "", ""),
        as_of=as_of.isoformat() if as_of else "",
        nav=_nav(viewing, kind),
        kind_word=words.KINDS[kind][0] if kind else "",
        trail=(),
        body=Markup(),
        history=None,
        withdrawal=None,
        backlinks=(),
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
    }
    return Frame(**{name: getattr(bare, name) for name in Frame.__slots__} | changes)


def _nav(viewing: Viewing, current: str) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), kind.name == current)
        for kind in KINDS
        if kind.name in viewing.ledger.kinds
    )


def _corrections(pattern: str | None, id_: str, path: str) -> str:
    return (pattern or "").replace("{id}", quote(id_)).replace("{path}", quote(path))


def to_ref(viewing: Viewing, record: Record) -> RecordRef:
    """A link to a record, for lists."""
    return viewing.ref_to(record)
