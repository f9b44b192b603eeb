"""What every page carries around its content: titles, navigation, the record's own history, links to its data."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from ledger import urls, words
from ledger.context import Viewing
from ledger.dates import parse_date
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import KINDS, Common, Withdrawal
from ledger.views.citing import CitingView, view_citing
from ledger.views.correcting import corrections
from ledger.views.head import HeadView, view_head, view_record_head
from ledger.views.paging import Paging, view_paging
from ledger.views.parts import Backlinks, json_url, view_backlinks

BROWSE = {
    urls.TAGS: "tags",
    urls.WHATS_NEW: "whats-new",
    urls.STATISTICS: "statistics",
    urls.GAPS: "gaps",
    urls.DIVERGENCES: "divergences",
    urls.SINGLE_POINTS: "single-points",
    urls.METHOD_PAGE: "method",
}
"""The pages that lead across the kinds, and what they are called in `words.BROWSE`."""


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
    """On the home page."""
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
    history: Common | None
    withdrawal: Withdrawal | None
    backlinks: tuple[Backlinks, ...]
    head: HeadView | None
    """Every page has one of its own."""
    citing: CitingView | None
    copy_script: str
    first: bool
    """Whether it is the only page of its record or list, or the first of several."""
    paging: Paging | None
    """Where it is one of several pages."""


def view_frame(viewing: Viewing, title: str, *, base_url: str | None, kind: str = "", data: bool = True) -> Frame:
    """The surroundings of a page that is no record's; `data` says whether it has a JSON twin."""
    title = _numbered(viewing, title)
    return replace(
        _bare(viewing, title, base_url, kind),
        tagline=viewing.text(viewing.ledger.settings.tagline) if viewing.page == urls.HOME else Markup(),
        json=json_url(viewing) if data else "",
        corrections=corrections(viewing),
        as_of=_as_of(viewing),
        head=view_head(viewing, title, base_url or ""),
    )


def view_record_frame(viewing: Viewing, record: Record, shown: frozenset[str], *, base_url: str | None) -> Frame:
    """The surroundings of a record's page; `shown` are the ways of referring to it that the page itself shows."""
    kind, title = record.kind, _numbered(viewing, viewing.plain(record.title))
    frame = replace(
        _bare(viewing, title, base_url, kind.name),
        json=json_url(viewing),
        corrections=corrections(viewing, record),
        origin=record.path,
        trail=(NavLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)), current=False),),
        withdrawal=record.fields.withdrawn,
        backlinks=view_backlinks(viewing, record, shown=shown),
    )
    if not frame.first:
        whole = NavLink(viewing.plain(record.title), viewing.url(viewing.whole), current=False)
        return replace(frame, trail=(*frame.trail, whole), head=view_head(viewing, title, base_url or ""))
    return replace(
        frame,
        body=viewing.body(record.fields.body) if kind.name != "position" else Markup(),
        history=record.fields,
        head=view_record_head(viewing, record, base_url or ""),
        citing=view_citing(viewing, record, frame.canonical),
    )


def view_overview_frame(
    viewing: Viewing, record: Record, title: str, *, base_url: str | None, data: bool = False
) -> Frame:
    """The surroundings of a further page of a record; `data` says whether it has a JSON twin."""
    kind, name = record.kind.name, viewing.plain(record.title)
    return replace(
        view_frame(viewing, f"{title}: {name}", base_url=base_url, kind=kind, data=data),
        corrections=corrections(viewing, record),
        origin=record.path,
        trail=(
            NavLink(words.KINDS[kind][1], viewing.url(urls.index(record.kind)), current=False),
            NavLink(name, viewing.url(urls.of_record(record)), current=False),
        ),
    )


def _numbered(viewing: Viewing, title: str) -> str:
    """A title that tells a page from the others of the same list."""
    named = {"title": title, "number": viewing.number, "pages": viewing.pages}
    return words.PAGING["title"].format(**named) if viewing.number > 1 else title


def _bare(viewing: Viewing, title: str, base_url: str | None, kind: str) -> Frame:
    """What any page has."""
    folder, slash, _ = viewing.page.rpartition("/")
    here = viewing.page if viewing.page in BROWSE else f"{folder}{slash}"
    return replace(
        _around(viewing.ledger, here, viewing.root, kind),
        title=title,
        canonical=urls.public(base_url, viewing.page) if base_url else "",
        first=viewing.number == 1,
        paging=view_paging(viewing),
    )


@result
def _around(ledger: Ledger, here: str, root: str, kind: str) -> Frame:
    """What all pages of a folder share, or what one has that leads across the kinds."""
    site, known = ledger.settings, ledger.kinds

    def at(address: str) -> str:
        return root + address if root else urls.relative(here, address)

    return Frame(
        site_title=site.title,
        tagline=Markup(),
        language=site.language or "en",
        direction=words.direction(site.language or "en"),
        licence=words.licence(site.licence),
        title="",
        home=at(urls.HOME),
        icon=at(urls.ICON),
        style=at(urls.STYLE),
        overview_style=at(urls.OVERVIEW_STYLE),
        manifest=at(urls.MANIFEST),
        search=at(urls.SEARCH),
        keys=at(urls.KEYS),
        json="",
        canonical="",
        corrections="",
        origin="",
        as_of="",
        cut=_cut(ledger),
        nav=tuple(
            NavLink(words.KINDS[one.name][1], at(urls.index(one)), one.name == kind)
            for one in KINDS
            if one.name in known
        ),
        browse=tuple(NavLink(words.BROWSE[id_], at(to), to == here) for to, id_ in BROWSE.items()),
        previews=at(urls.PREVIEWS),
        kind_word=words.KINDS[kind][0] if kind else "",
        trail=(),
        body=Markup(),
        history=None,
        withdrawal=None,
        backlinks=(),
        head=None,
        citing=None,
        copy_script=at(urls.COPY_SCRIPT),
        first=True,
        paging=None,
    )


def _as_of(viewing: Viewing) -> str:
    day = viewing.ledger.as_of if viewing.page == urls.HOME else None
    return day.isoformat() if day else ""


def _cut(ledger: Ledger) -> str:
    cut = ledger.cut
    return words.CUT[cut.clock].format(day=parse_date(cut.day.isoformat()).in_words()) if cut else ""
