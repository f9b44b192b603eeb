"""Where pages are: id → address. The only place that knows the shape of one.

Addresses are relative to the site's root, with `/` and without a leading one: `claims/<id>.html`.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from ledger.edges import Card, parts_of
from ledger.fields import ID_LENGTH
from ledger.loading import Record
from ledger.naming import RESERVED, nearest_id
from ledger.records import FOLDER_OF, Kind

HOME = "index.html"
MANIFEST = "index.json"
LINES = "ledger.jsonl"
CHANGES = "changes.json"
GRAPH = "graph.json"
METHOD = "method.json"
LLMS = "llms.txt"
"""Where a language model finds what to read, as Markdown."""
OPENAPI = "openapi.json"
"""What the JSON files are, as an OpenAPI description."""
METHOD_PAGE = "method.html"
NOT_FOUND = "404.html"
REFERENCES = "references"
"""All sources for reference managers, without the ending."""
LINKED_DATA = "ledger.jsonld"
CONTEXT = "context.jsonld"
"""What the keys of the linked data mean."""
BIBLIOGRAPHIES = (".bib", ".ris", ".csl.json")
"""The endings of references for reference managers."""
FORMATS: Mapping[str, tuple[str, ...]] = {
    "controversy": (".md", ".svg", *BIBLIOGRAPHIES, ".graphml", ".dot", ".argdown"),
    "position": (".md",),
    "claim": (".md",),
    "source": (".md", *BIBLIOGRAPHIES),
    "chart": (".md", ".csv", ".svg"),
    **dict.fromkeys(("thread", "proponent", "event", "term", "challenge", "page"), (".md",)),
}
"""Kind → the endings of the files in other formats that may stand beside a record's page."""
CHOSEN = frozenset((".graphml", ".dot", ".argdown"))
"""Endings that only a site has whose settings name them under `exports`."""
DATABASE = "ledger.sqlite"
DATASETTE = "datasette.json"
"""What Datasette should know of the database."""
DATA_PACKAGE = "datapackage.json"
FEEDS = ("feed.atom", "feed.json")
"""The feeds of the whole site: Atom and JSON Feed."""
BELIEVED = ("controversy", "position")
"""The kinds whose records list claims, and so have feeds of what is believed."""
NEWS_FEEDS = (FEEDS, ("news/world.atom", "news/world.feed.json"), ("news/ledger.atom", "news/ledger.feed.json"))
"""The feeds of all news, of what happened in the world, and of what changed in the ledger."""
OF_CLAIMS = f"{FOLDER_OF['claim']}/index.html"
"""The list of all claims."""
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
EMBED = "embed/"
"""The folder of cards for other sites."""
STYLE = "static/style.css"
COLOURS = "colours.css"
"""The site's own colours, where its settings give any."""
LETTERS = "letters.css"
"""What the filters by position need: rules for the letters of the ledger's positions."""
COPY_SCRIPT = "static/copy.js"
CARD = "static/card.png"
SHARE_IMAGE_SIZE = 1200, 630
"""How wide and high a picture is that others show beside a link."""
ICON = "static/icon.svg"
"""The picture in a browser's tabs. Without one, browsers ask the host for a file of their own choice."""
OVERVIEW_STYLE = "static/overviews.css"
LISTING_SCRIPTS = ("static/listing.js",)
PAGED_LISTING_SCRIPTS = ("static/pages.js", "static/listing.js")
"""What narrows and sorts a list on one page, and one on several, in the order in which they run."""
KEYS = "static/keys.js"
SEARCH = "search.html"
SEARCH_DATA = "search-data.js"
SEARCH_SCRIPT = "static/search.js"
"""What the search page runs."""
WORD_SCRIPTS = ("static/vendor/minisearch.js", SEARCH_DATA, "static/finding.js")
"""What it runs as well, in this order, when words are looked for."""
QUERY_SCRIPTS = ("query/language.js", "static/asking.js", "static/answering.js", "static/answers.js")
"""The same when a query is typed."""
A_TO_Z = "a-z.html"
PREVIEWS = "static/previews.js"
TAGS = "tags/index.html"
WHATS_NEW = "whats-new.html"
STATISTICS = "statistics.html"
GAPS = "gaps.html"
DIVERGENCES = "divergences.html"
SINGLE_POINTS = "single-points.html"
NUMBERS = "numbers-in-conflict.html"
ABOUT = "about.html"
DATA_PAGE = "data.html"
BROWSE: Mapping[str, str] = {
    "about": ABOUT,
    "tags": TAGS,
    "whats-new": WHATS_NEW,
    "statistics": STATISTICS,
    "gaps": GAPS,
    "divergences": DIVERGENCES,
    "single-points": SINGLE_POINTS,
    "numbers": NUMBERS,
    "method": METHOD_PAGE,
    "data": DATA_PAGE,
}
"""The pages that lead across the kinds, by their names."""
TABS = ("evidence", "people", "timeline", "audit")
"""The tabs of a controversy after its first, which is its own page; what else it has lies under the last."""
STORY = "story"
"""The further page that the first tab leads to."""
MOVED: Mapping[str, str] = {"proponents": "people", "map": "evidence", "matrix": "evidence"}
"""Pages of a controversy that are elsewhere now: the former name → the present one."""
PLACES: Mapping[str, str] = {"home": HOME, "search": SEARCH, "a-z": A_TO_Z, **BROWSE}
"""The pages that belong to no record, by the names that settings know them by."""
ASKS = ("debate", "evidence", "people", "timeline")
"""Further names that settings know: what a reader asks for, answered by a tab or by a list across controversies."""
WITH_DATA = frozenset(("whats-new", "gaps", "method", "evidence", "cruxes", "fairness", "history"))
"""The pages that are made from many records and have their data beside them, by their names."""
PARTS = 100
"""How many parts of a record, evidence items or stances, stand on one page, in the order in which they were written."""
_ON_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", re.ASCII)
_PLAIN_TAG = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")


def of_record(record: Record[Any], part: str = "") -> str:
    """The page of a record, or the place of a part on it."""
    address = of_id(record.kind.name, record.id)
    return _place(address, [one.id for one in parts_of(record.fields)], part) if part else address


def of_id(kind: str, id_: str) -> str:
    """The page of a record, from its kind and id."""
    return f"{FOLDER_OF[kind]}/{id_}.html"


def of_card(card: Card, part: str = "") -> str:
    """The page of a record, or the place of a part on it, from what others see of it."""
    address = of_id(card.kind, card.id)
    return _place(address, card.parts, part) if part else address


def _place(address: str, parts: Sequence[str], part: str) -> str:
    """The place of a part, `e1` or `s1.2`: of so many parts that they fill several pages, it is on one of these."""
    own, many = part.partition(".")[0], len(parts) > PARTS
    number = 1 + parts.index(own) // PARTS if many and own in parts else 1
    return f"{paged(address, number)}#{part}"


def of_former(card: Card, former: str) -> str:
    """The page of an id that a record had before: it leads on."""
    return of_card(card._replace(id=former))


def overview(controversy: str, name: str) -> str:
    """A further page of a controversy, in a folder of its name: `controversies/<id>/people.html`."""
    return f"{FOLDER_OF['controversy']}/{controversy}/{name}.html"


def wording(claim: str, hash_: str) -> str:
    """The page of what a claim said under a hash; under that of today it leads to the claim."""
    return f"{FOLDER_OF['claim']}/{claim}/at/{hash_}.html"


def embed(page: str) -> str:
    """The card of a page, for other sites."""
    return EMBED + page


def is_apart(address: str) -> bool:
    """Whether a page is not to be found by search engines: what a claim said before, and cards for other sites."""
    return address.startswith(EMBED) or address.split("/")[2:3] == ["at"]


def share_image(page: str, ending: str = ".svg") -> str:
    """The picture of a page that is shown beside a link to it; beside a chart's page is the chart alone."""
    is_chart = page.startswith(f"{FOLDER_OF['chart']}/")
    return beside(page, f"/share{ending}" if is_chart else ending)


def paged(address: str, number: int) -> str:
    """One of the pages of what is too long for one: the first is the address itself, the second `x/2.html`."""
    return address if number == 1 else f"{address.removesuffix('.html')}/{number}.html"


def index(kind: Kind) -> str:
    """The page that lists a kind."""
    return f"{kind.folder}/index.html"


def tag(words: str) -> str:
    """The page of a tag. No two tags share one, and none moves because another tag comes or goes.

    Plain words are readable, with `_` for a space and `-` for itself. Any other tag has its nearest plain words and a
    part of its hash; the two underscores keep these apart from plain ones.
    """
    if _PLAIN_TAG.fullmatch(words) and len(words) <= ID_LENGTH and words not in RESERVED:
        return f"tags/{words.replace(' ', '_')}.html"
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]
    return f"tags/{nearest_id(words)}__{digest}.html"


def listing(kind: Kind, facet: str) -> str:
    """The page that lists a kind by a facet."""
    return f"{kind.folder}/by/{facet}.html"


def twin(address: str) -> str:
    """The JSON file beside a page."""
    return beside(address, ".json")


def markdown(page: str) -> str:
    """The Markdown beside a page; none where a reader of the whole would be misled, or the address may be any.

    `log.md` is a file of its own in the Open Knowledge Format (§3.1).
    """
    if page == NOT_FOUND or is_apart(page):
        return ""
    address = beside(page, ".md")
    return address.removesuffix("log.md") + "log_.md" if f"/{address}".endswith("/log.md") else address


def llms(kind: Kind, number: int = 1) -> str:
    """A file of the section of `llms.txt` that holds a kind."""
    return f"{kind.folder}/{LLMS}" if number == 1 else f"{kind.folder}/llms-{number}.txt"


def schema(name: str) -> str:
    """The schema of one sort of JSON file."""
    return f"schema/{name}.json"


def table(name: str) -> str:
    """A table as CSV."""
    return f"data/{name}.csv"


def relative(start: str, target: str) -> str:
    """How a page refers to another: `../sources/x.html` seen from `claims/y.html`."""
    folder, _, name = target.rpartition("/")
    return _way(start.rpartition("/")[0], folder) + name


@lru_cache(maxsize=1 << 12)
def _way(start: str, target: str) -> str:
    """The same from folder to folder, with a slash behind each step."""
    here, there = start.split("/") if start else [], target.split("/") if target else []
    shared = len(posixpath.commonprefix([here, there]))
    return "".join(f"{step}/" for step in [*[".."] * (len(here) - shared), *there[shared:]])


def beside(address: str, ending: str) -> str:
    """A file beside a page, with another ending: `sources/x.bib` beside `sources/x.html`."""
    return address.partition("#")[0].removesuffix(".html") + ending


@cache
def formats(exports: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Kind → the endings of the files in other formats beside a record's page, on a site with some exports."""
    return {
        kind: tuple(ending for ending in endings if ending not in CHOSEN or ending[1:] in exports)
        for kind, endings in FORMATS.items()
    }


def formats_of(card: Card, exports: tuple[str, ...]) -> dict[str, str]:
    """The record in formats of others: ending → address."""
    page = of_card(card)
    return {
        ending: markdown(page) if ending == ".md" else beside(page, ending)
        for ending in formats(exports).get(card.kind, ())
    }


def public(base_url: str, address: str) -> str:
    """An address of the site as it is published."""
    return f"{base_url.rstrip('/')}/{address}"


def root_path(base_url: str) -> str:
    """The path of the site's root on its host: `/` or `/ledger/`."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def on_github(repository: str | None) -> str:
    """A repository as `owner/name`, if it is on GitHub."""
    found = _ON_GITHUB.fullmatch(repository or "")
    return found[1] if found else ""


def feeds(page: str) -> tuple[str, str]:
    """The feeds beside a page: Atom and JSON Feed."""
    return beside(page, ".atom"), beside(page, ".feed.json")


def belief_feeds(page: str) -> tuple[str, str]:
    """The feeds beside a page that lists claims: of what is believed."""
    return beside(page, ".beliefs.atom"), beside(page, ".beliefs.feed.json")


def sitemap_part(number: int) -> str:
    """One of several sitemaps, counted from 1."""
    return f"sitemap-{number}.xml"
