"""The lists: a kind as a whole, by a facet, from A to Z, by tags; and the search page that leads to them.

In: a Ledger, or one as a page of a list sees it. Out: rows and groups, what matters most first (`ranking.py`), in
pages where they are long. What a row says is a result of its own, so that an edit makes one row again. A list is whole
without a script: `static/listing.js` only fetches its other pages, hides rows and puts them in another order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from ledger import facets, links, texts, urls
from ledger.context import PageContext, plain_title
from ledger.facets import LINKED, NONE, controversy_of
from ledger.graph import Ledger, compared, result
from ledger.query.columns import KIND_WORDS
from ledger.query.lexer import GRAMMAR
from ledger.records import KINDS, Kind
from ledger.views import View
from ledger.views.filters import Filter, filters, search_filters
from ledger.views.paging import ROWS, rows_of
from ledger.views.ranking import alphabet, by_value, from_a_to_z, order, ranked
from ledger.views.rows import LISTINGS, Chip, in_order, listed_values, row_of, value_words, verdict_chip, years_of

FEW = 7
"""How many rows can be taken in at a glance: such a list is not narrowed."""
LONG = 40
"""How long a list of events is before links lead to its years."""


# A kind as a whole


def view_index(context: PageContext, kind: Kind) -> View:
    """The list of a kind, the records that no longer stand apart."""
    ledger, name = context.ledger, kind.name
    active, withdrawn = order(ledger, name)
    years = tuple(years_of(ledger, active)) if name == "event" else ("",) * len(active)
    anchors, jumps = jumps_into(context, years)
    lines = list(zip(active, anchors, strict=True))
    lines += [(id_, "") for id_ in withdrawn]
    titles = {id_: at for at, id_ in enumerate(alphabet(ledger, name), start=1)}
    offered = filters(ledger, name)
    options = [(one.name, value) for one in offered for _, group in one.groups for value, _ in group]
    numbers_of = {option: at for at, option in enumerate(options)}
    rows = [_row(context, id_, at, numbers_of, titles[id_]) for id_, at in rows_of(context, lines)]
    numbers = range(1, context.pages + 1) if context.pages > 1 else ()
    return View(
        kind=kind,
        many=len(lines),
        # Whether it is long enough for select boxes and orders.
        narrowed=len(lines) > FEW,
        rows=tuple(row for row in rows if not row.record.withdrawn),
        withdrawn=tuple(row for row in rows if row.record.withdrawn),
        # Whether there are any, on whatever page.
        has_withdrawn=bool(withdrawn),
        # The facets by which further pages list the kind.
        groups=groups_of(ledger, kind),
        filters=offered,
        sorts=LISTINGS[name].sorts,
        jumps=jumps,
        # Where the pages of the list are, `#` for this one; none where it has but one.
        pages=tuple("#" if n == context.number else context.url(urls.paged(context.whole, n)) for n in numbers),
    )


def _row(context: PageContext, id_: str, place: str, numbers: Mapping[tuple[str, str], int], title: int) -> View:
    """A record in the list: its place on the page if links lead there, what is said of it, what the script reads.

    `numbers`: facet and value → the number of the option; `title`: the place of its title among all.
    """
    said = row_of(context.ledger, id_)
    fitting = ((name, value) for name, values in said.values.items() for value in values)
    options = " ".join(str(numbers[option]) for option in fitting if option in numbers)
    orders = " ".join(number or str(title) for number in said.orders)
    return View(
        record=context.ref(id_),
        anchor=place,
        detail=said.detail,
        chips=said.chips,
        # The numbers of the options of the form that it fits, counted through all select boxes of facets.
        options=options,
        # Its numbers in the orders that the form offers, but for the first.
        orders=orders,
    )


def groups_of(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The facets by which pages list a kind; a kind without records has none."""
    return LISTINGS[kind.name].groups if kind.name in ledger.kinds else ()


def listings_of(ledger: Ledger) -> Iterator[tuple[Kind, str]]:
    """Kind and facet of the lists by facets that this ledger has."""
    return ((kind, facet) for kind in KINDS for facet in groups_of(ledger, kind))


def jumps_into(context: PageContext, years: Sequence[str]) -> tuple[tuple[str, ...], tuple[View, ...]]:
    """Of a list whose entries stand under these years: the anchor of each entry, and the links to them.

    The first entry of a year has an anchor, every other an empty one; a short list has none.
    """
    first = dict(zip(reversed(years), range(len(years) - 1, -1, -1), strict=True))
    if len(years) <= LONG or len(first) == 1:
        return ("",) * len(years), ()
    places = {at: anchor("under", year) for year, at in first.items()}
    anchors = tuple(places.get(at, "") for at in range(len(years)))
    return anchors, tuple(View(words=years[at], href=_href(context, at, places[at])) for at in sorted(places))


def anchor(prefix: str, value: str) -> str:
    """The place on a page of what stands under a letter or a year."""
    return f"{prefix}-{value if value != texts.say('a_z.no_letter') else 'number'}"


def _href(context: PageContext, at: int, place: str) -> str:
    """A link to a place in the list, on the page that the row with a number is on."""
    return context.url(f"{urls.paged(context.whole, 1 + at // ROWS)}#{place}")


# Lists in groups


@compared
def grouped(ledger: Ledger, kind: str, facet: str) -> Mapping[str, tuple[str, ...]]:
    """Every record of a kind, under each of its values of a facet; both in order."""
    ids = ranked(ledger, kind)
    found = by_value((value, id_) for id_ in ids for value in listed_values(ledger, id_, facet) or (NONE,))
    return {value: found[value] for value in in_order(ledger, facet, kind, found)}


@compared
def grouped_length(ledger: Ledger, kind: str, facet: str) -> int:
    """How many lines such a list has, from edges alone: a record has one value of any facet but the position."""
    members = len(ledger.members(kind))
    if facet != "position":
        return members
    pairs = _with_positions(ledger, kind)
    return len(pairs) + members - len({id_ for id_, _ in pairs})


@result
def _with_positions(ledger: Ledger, kind: str) -> frozenset[tuple[str, str]]:
    found = set()
    for position in ledger.members("position"):
        ends = (*links.links_out(ledger, position), *links.links_in(ledger, position))
        linked = (end for end in ends if end.kind == kind and end.relation in LINKED[kind, "position"])
        found |= {(end.other, position) for end in linked}
    return frozenset(found)


Way = Callable[[str, str], str]
"""Id and value → how the record stands to the value."""


def listing_title(kind: Kind, facet: str) -> str:
    """`Claims by rating`."""
    return texts.say("listing.by", kinds=texts.say(f"kinds.{kind.name}"), how=texts.say(f"listed_by.{facet}"))


def view_facet(context: PageContext, kind: Kind, facet: str) -> View:
    """Every record of a kind, under each of its values of a facet."""
    values = grouped(context.ledger, kind.name, facet)
    words = "side" if kind.name == "claim" else "stance"

    def way(id_: str, value: str) -> str:
        ways = facets.ways_of(context.ledger, id_).get("position", {}) if facet == "position" else {}
        return ", ".join(texts.say(f"{words}.{one}") for one in ways.get(value, ()))

    contents, groups = _in_groups(context, values, partial(_head, context, kind.name, facet), way)
    return View(
        heading=listing_title(kind, facet),
        contents=contents,
        groups=groups,
        kind=kind,
        # The facets by which the same kind is listed too.
        others=tuple(other for other in groups_of(context.ledger, kind) if other != facet),
    )


def view_a_to_z(context: PageContext) -> View:
    """Every record of every kind, by its first letter."""
    letters = from_a_to_z(context.ledger)

    def head(letter: str) -> View:
        return View(anchor=anchor("by", letter), short=letter, heading=letter, under="", href="")

    def kind_word(id_: str, _: str) -> str:
        return texts.say(f"kind.{context.ledger.node_kind(id_)}")

    contents, groups = _in_groups(context, letters, head, kind_word)
    return View(heading=texts.say("a_z.title"), contents=contents, groups=groups, kind=None)


def _head(context: PageContext, kind: str, facet: str, value: str) -> View:
    """What stands above the records with a value; `href` leads to the record that the value is."""
    ledger, at = context.ledger, f"by-{value}"
    short = value_words(ledger, facet, value, kind)
    card = ledger.card(value) if facet == "position" and value != NONE else None
    if card is None:
        under = texts.say("listing.elsewhere") if facet == "position" else ""
        return View(anchor=at, short=short, heading=texts.capital(short), under=under, href="")
    under = plain_title(ledger, controversy_of(ledger, value))
    return View(anchor=at, short=short, heading=short, under=under, href=context.ref(value).href)


def _in_groups(
    context: PageContext, values: Mapping[str, Sequence[str]], head_of: Callable[[str], View], way: Way
) -> tuple[tuple[View, ...], tuple[View, ...]]:
    """Links to every group, and the groups or parts of groups that this page shows."""
    starts = accumulate(map(len, values.values()), initial=0)
    contents, groups, first = [], [], ROWS * (context.number - 1)
    for (value, ids), start in zip(values.items(), starts, strict=False):
        head = head_of(value)
        href = _href(context, start, head.anchor)
        contents.append(View(words=head.short, href=href, many=len(ids), under=head.under))
        here = ids[max(first - start, 0) : max(first + ROWS - start, 0)]
        if here:
            groups.append(View(**vars(head), rows=tuple(_in_group(context, id_, way(id_, value)) for id_ in here)))
    return tuple(contents), tuple(groups)


def _in_group(context: PageContext, id_: str, way: str) -> View:
    """A record in a group: how it stands to what the group is of, and what is said of it beside other kinds."""
    ledger = context.ledger
    is_claim = ledger.node_kind(id_) == "claim" and ledger.stands(id_)
    chips = (verdict_chip(ledger, id_) if is_claim else Chip(facets.detail(ledger, id_)), Chip(way))
    shown = tuple(chip for chip in chips if chip.words)
    return View(record=context.ref(id_), anchor="", detail="", chips=shown, options="", orders="")


# Tags and search


@compared
def tagged(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Tag → the records that carry it; tags in order of their words."""
    cards = (card for kind in KINDS for card in sorted(ledger.cards(kind.name), key=lambda card: card.id))
    found = by_value((tag, card.id) for card in cards for tag in card.tags)
    return {tag: found[tag] for tag in sorted(found, key=lambda tag: (tag.casefold(), tag))}


def claim_lists(ledger: Ledger) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The pages that list claims and belong to no record, all claims first: address → title and what each lists."""
    claims = ledger.members("claim")
    found = {urls.tag(tag): (tag, ids) for tag, ids in tagged(ledger).items() if not set(claims).isdisjoint(ids)}
    return {urls.OF_CLAIMS: (texts.say("kinds.claim"), claims), **found} if claims else {}


def view_tags(context: PageContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All tags with the records that carry them."""
    return rows_of(context, tuple(tagged(context.ledger).items()))


def view_tag(context: PageContext, tag: str) -> Mapping[str, Any]:
    """What carries a tag, by kind, what matters most first."""
    ledger, carrying = context.ledger, frozenset(tagged(context.ledger)[tag])
    ids = [id_ for kind in KINDS if kind.name in ledger.kinds for id_ in ranked(ledger, kind.name) if id_ in carrying]
    kinds = by_value((ledger.node_kind(id_) or "", id_) for id_ in rows_of(context, ids))
    rows = {kind: [_in_group(context, id_, "") for id_ in found] for kind, found in kinds.items()}
    return {"words": tag, "kinds": rows}


def view_search(context: PageContext) -> Mapping[str, Any]:
    """Filters for what the ledger holds, its kinds with the facets by which pages list them, and how queries begin."""
    kinds = [kind for kind in KINDS if kind.name in context.ledger.kinds]
    options = tuple((kind.name, texts.say(f"kind.{kind.name}")) for kind in kinds)
    return {
        "filters": (Filter("kind", (("", options),)), *search_filters(context.ledger)),
        "kinds": [(kind, groups_of(context.ledger, kind)) for kind in kinds],
        "asked": sorted(KIND_WORDS),
        "examples": GRAMMAR["examples"],
    }
