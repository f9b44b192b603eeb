"""The pages of lists: a kind as a whole, by a facet, from A to Z, by tags; and the search page that leads to them.

In: a ledger seen from a page. Out: rows and groups, in pages where they are long, and links into them. A list is whole
without a script: `static/listing.js` only fetches its other pages, hides rows and puts them in another order.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from markupsafe import Markup

from ledger import facets, urls, words
from ledger.context import RecordRef, Viewing
from ledger.facets import NONE
from ledger.records import KINDS, Kind
from ledger.views import listing
from ledger.views.listing import Filter, Option, OptionGroup
from ledger.views.paging import ROWS, rows_of

FEW = 7
"""How many rows can be taken in at a glance: such a list is not narrowed."""
LONG = 40
"""How long a list is before links lead into it."""


@dataclass(frozen=True, slots=True)
class ListingLink:
    """A link to a list or into one; `count` is how many are there, where that is said."""

    words: str
    href: str
    count: int = 0
    under: str = ""
    """What several links stand under: the controversy of positions."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in its list; `data` is what the script reads of it, name by name."""

    record: RecordRef
    anchor: str
    detail: str
    text: Markup
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of a kind; without select boxes and orders where it is short."""

    heading: str
    count: int
    rows: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    has_withdrawn: bool
    """Whether there are any, on whatever page."""
    listings: tuple[ListingLink, ...]
    """The same kind, listed by a facet."""
    narrowed: bool
    """Whether the list is long enough to narrow."""
    filters: tuple[Filter, ...]
    sorts: tuple[Option, ...]
    jumps: tuple[ListingLink, ...]
    pages: tuple[str, ...]
    """Where the pages of the list are, `#` for this one; none where it has but one."""
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a record, its place on the page if links lead there, how it stands to the group, what sort it is."""

    record: RecordRef
    anchor: str
    way: str
    detail: str


@dataclass(frozen=True, slots=True)
class Group:
    """The records on this page that share a value; `href` leads to the record that the value is, where it is one."""

    anchor: str
    under: str
    short: str
    heading: str
    href: str
    jumps: tuple[ListingLink, ...]
    """Links to the letters of a long group."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A list in groups, links to all groups, and the other lists of the same kind."""

    heading: str
    contents: tuple[ListingLink, ...]
    groups: tuple[Group, ...]
    others: tuple[ListingLink, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag's page: the records that carry it, by kind."""

    words: str
    kinds: tuple[tuple[str, tuple[RecordRef, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchPageView:
    """The search page; `scripts` in the order in which they run, `kinds` each with its lists by facet."""

    filters: tuple[Filter, ...]
    scripts: tuple[str, ...]
    root: str
    a_to_z: ListingLink
    kinds: tuple[tuple[ListingLink, tuple[ListingLink, ...]], ...]


# A kind


def view_index(viewing: Viewing, kind: Kind) -> IndexView:
    """The list of a kind, the records that no longer stand apart."""
    ledger, name = viewing.ledger, kind.name
    standing, withdrawn = listing.order(ledger, name)
    anchors, jumps = jumps_into(viewing, [under for _, under in standing], "under")
    lines = [(id_, at) for (id_, _), at in zip(standing, anchors, strict=True)]
    lines += [(id_, "") for id_ in withdrawn]
    sorts = listing.SORTS.get(name, listing.SORTED)
    titles = {id_: at for at, id_ in enumerate(listing.alphabet(ledger, name), start=1)}
    rows = [_row(viewing, id_, at, titles[id_]) for id_, at in rows_of(viewing, lines)]
    return IndexView(
        heading=words.KINDS[name][1],
        count=len(lines),
        rows=tuple(row for row in rows if not row.record.withdrawn),
        withdrawn=tuple(row for row in rows if row.record.withdrawn),
        has_withdrawn=bool(withdrawn),
        listings=listing_links(viewing, kind),
        narrowed=len(lines) > FEW,
        filters=listing.filters(ledger, name),
        sorts=tuple(Option(order if at else "", words.SORTS[order]) for at, order in enumerate(sorts)),
        jumps=jumps,
        pages=_pages(viewing),
        scripts=tuple(map(viewing.url, urls.PAGED_LISTING_SCRIPTS if viewing.pages > 1 else urls.LISTING_SCRIPTS)),
    )


def _row(viewing: Viewing, id_: str, place: str, title: int) -> Row:
    said, data = listing.row(viewing.ledger, id_)
    text = viewing.text(listing.text(viewing.ledger, id_))
    return Row(viewing.ref(id_), place, said, text, tuple((name, value or str(title)) for name, value in data))


def _pages(viewing: Viewing) -> tuple[str, ...]:
    numbers = range(1, viewing.pages + 1) if viewing.pages > 1 else ()
    return tuple("#" if one == viewing.number else viewing.url(urls.paged(viewing.whole, one)) for one in numbers)


def listing_links(viewing: Viewing, kind: Kind) -> tuple[ListingLink, ...]:
    """Links to the lists that sort a kind by a facet."""
    return tuple(
        ListingLink(words.LISTED_BY[facet], viewing.url(urls.listing(kind, facet)))
        for listed, facet in listing.listings_of(viewing.ledger)
        if listed is kind
    )


def jumps_into(
    viewing: Viewing, values: Sequence[str], prefix: str, start: int = 0
) -> tuple[tuple[str, ...], tuple[ListingLink, ...]]:
    """Of a list whose entries stand under these values: the anchor of each entry, and the links to them.

    The first entry of a value has an anchor, every other an empty one; a short list has none. `start` is how many rows
    stand before the list.
    """
    first = dict(zip(reversed(values), range(len(values) - 1, -1, -1), strict=True))
    if len(values) <= LONG or len(first) == 1:
        return ("",) * len(values), ()
    places = {at: anchor(prefix, value) for value, at in first.items()}
    anchors = tuple(places.get(at, "") for at in range(len(values)))
    return anchors, tuple(ListingLink(values[at], _link(viewing, start + at, places[at])) for at in sorted(places))


def anchor(prefix: str, value: str) -> str:
    """The place on a page of what stands under a letter or a year."""
    return f"{prefix}-{value if value != words.NO_LETTER else 'number'}"


def _link(viewing: Viewing, at: int, place: str) -> str:
    """A link to a place in the list, on the page that the row with a number is on."""
    return viewing.url(f"{urls.paged(viewing.whole, 1 + at // ROWS)}#{place}")


# Groups


Way = Callable[[str, str], str]
"""Id and value → how the record stands to the value."""


def listing_title(kind: Kind, facet: str) -> str:
    """`Claims by rating`."""
    return f"{words.KINDS[kind.name][1]} {words.LISTED_BY[facet]}"


def view_facet(viewing: Viewing, kind: Kind, facet: str) -> FacetView:
    """Every record of a kind, under each of its values of a facet."""
    whole = ListingLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)))
    others = (link for link in listing_links(viewing, kind) if link.words != words.LISTED_BY[facet])
    values = listing.grouped(viewing.ledger, kind.name, facet)
    heads = {value: _head(viewing, facet, value) for value in values}

    def way(id_: str, value: str) -> str:
        return facets.ways_of(viewing.ledger, id_).get(facet, {}).get(value, "") if facet == "position" else ""

    contents, groups = _in_groups(viewing, values, heads, way, listing.alphabet(viewing.ledger, kind.name))
    return FacetView(listing_title(kind, facet), contents, groups, (whole, *others))


def view_a_to_z(viewing: Viewing) -> FacetView:
    """Every record of every kind, by its first letter."""
    letters = listing.from_a_to_z(viewing.ledger)
    heads = {letter: Group(anchor("by", letter), "", letter, letter, "", (), ()) for letter in letters}
    contents, groups = _in_groups(viewing, letters, heads, lambda id_, _: words.KINDS[_kind(viewing, id_)][0])
    return FacetView(words.A_TO_Z, contents, groups, ())


def _in_groups(
    viewing: Viewing,
    values: Mapping[str, Sequence[str]],
    heads: Mapping[str, Group],
    way: Way,
    titles: Mapping[str, str] = {},
) -> tuple[tuple[ListingLink, ...], tuple[Group, ...]]:
    """Links to every group, and the groups or parts of groups that this page shows; links into long ones by title."""
    starts = dict(zip(values, accumulate(map(len, values.values()), initial=0), strict=False))
    contents = tuple(
        ListingLink(
            heads[value].short, _link(viewing, starts[value], heads[value].anchor), len(ids), heads[value].under
        )
        for value, ids in values.items()
    )
    first = ROWS * (viewing.number - 1)
    groups = []
    for value, ids in values.items():
        start, head = starts[value], heads[value]
        here = slice(max(first - start, 0), max(first + ROWS - start, 0))
        if ids[here]:
            letters = [listing.letter_of(titles[id_]) for id_ in ids] if len(ids) > LONG and titles else ()
            anchors, jumps = jumps_into(viewing, letters, head.anchor, start) if letters else (("",) * len(ids), ())
            entries = (
                Entry(viewing.ref(id_), place, way(id_, value), facets.detail(viewing.ledger, id_))
                for id_, place in zip(ids[here], anchors[here], strict=True)
            )
            groups.append(replace(head, jumps=jumps, entries=tuple(entries)))
    return contents, tuple(groups)


def _kind(viewing: Viewing, id_: str) -> str:
    return viewing.ledger.node_kind(id_) or ""


def _head(viewing: Viewing, facet: str, value: str) -> Group:
    """What stands above the records with a value."""
    ledger = viewing.ledger
    short = listing.value_words(ledger, facet, value)
    if facet != "position" or value == NONE:
        under = words.ELSEWHERE if facet == "position" else ""
        return Group(f"by-{value}", under, short, short[0].upper() + short[1:], "", (), ())
    ref, controversy = viewing.ref(value), facets.controversy_of(ledger, value)
    card = ledger.card(value)
    heading = f"{card.letter if card else ''}: {ref.title}"
    return Group(f"by-{value}", listing.plain_title(ledger, controversy), short, heading, ref.href, (), ())


# Tags and search


def view_tags(viewing: Viewing) -> tuple[ListingLink, ...]:
    """The list of all tags, each with how many records carry it."""
    tags = rows_of(viewing, tuple(listing.tagged(viewing.ledger).items()))
    return tuple(ListingLink(tag, viewing.url(urls.tag(tag)), len(ids)) for tag, ids in tags)


def view_tag(viewing: Viewing, tag: str) -> TagView:
    """What carries a tag, by kind."""
    refs = [viewing.ref(id_) for id_ in rows_of(viewing, listing.tagged(viewing.ledger)[tag])]
    kinds = Counter(ref.kind for ref in refs)
    return TagView(
        tag,
        tuple((words.KINDS[kind][1], tuple(ref for ref in refs if ref.kind == kind)) for kind in kinds),
    )


def view_search(viewing: Viewing) -> SearchPageView:
    """Filters for what the ledger holds, and links to its lists."""
    present = [kind for kind in KINDS if kind.name in viewing.ledger.kinds]
    options = tuple(Option(kind.name, words.KINDS[kind.name][0]) for kind in present)
    return SearchPageView(
        filters=(
            Filter("kind", words.FACETS["kind"], (OptionGroup("", options),)),
            *listing.search_filters(viewing.ledger),
        ),
        scripts=tuple(viewing.url(address) for address in urls.SEARCH_SCRIPTS),
        root=viewing.url(urls.HOME).removesuffix(urls.HOME),
        a_to_z=ListingLink(words.A_TO_Z, viewing.url(urls.A_TO_Z)),
        kinds=tuple(_lists(viewing, present)),
    )


def _lists(viewing: Viewing, present: Sequence[Kind]) -> Iterator[tuple[ListingLink, tuple[ListingLink, ...]]]:
    for kind in present:
        whole = ListingLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)))
        yield whole, listing_links(viewing, kind)
