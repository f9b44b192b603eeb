"""The ledger as one page sees it: text with its references resolved, and links that start from that page.

In: a Ledger and a page's address. Out: safe markup and links to records.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from ledger import citations, figure_words, markup, texts, urls
from ledger.analysis import Analysis
from ledger.analysis.wording import hash_of
from ledger.edges import Card, card_of
from ledger.facets import summary
from ledger.graph import Ledger, result
from ledger.loading import Record, is_a
from ledger.records import Chart, Claim, Controversy, Evidence, Position, Source
from ledger.references import Reference

STRUCK = ("corrected", "retracted", "withdrawn")
"""What may have become of a work so that it is struck wherever it is named."""


LONGEST = 300
"""How many characters of another record's title a page shows at most."""
TOOLTIP = 160
"""How many of it a tooltip shows, since a citation can be repeated."""
CORRECTIONS = "corrections"
"""The id of the page that tells readers how to correct something."""
DESCRIPTION_LENGTH = 160
"""As many characters as search engines show."""


class RecordRef(NamedTuple):
    """A link to a record: where, what it is called, its kind, and a word of standing when it has one."""

    id: str
    href: str
    title: str
    kind: str
    label: str = ""
    withdrawn: bool = False
    gone: str = ""
    """Why it is struck, in words: its record was withdrawn, or the work itself no longer stands."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """A ledger seen from one page."""

    ledger: Ledger = field(repr=False)
    page: str
    analysis: Analysis = field(repr=False)
    base_url: str = ""
    """Where the site will be published; empty where that is not known."""
    root: str = ""
    """What links start with on a page that is shown at any address: the path of the site's root on its host."""
    number: int = 1
    """Which of the pages it is, where what it shows is too long for one."""
    pages: int = 1
    size: int = 0
    """If it is one of several: how many rows of each list it shows."""
    _refs: dict[str, "RecordRef"] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The links that were made already: a page names a source or a claim several times."""

    @property
    def whole(self) -> str:
        """The address of the first of its pages, which its data and what it is cited by belong to."""
        return self.page if self.number == 1 else self.page.removesuffix(f"/{self.number}.html") + ".html"

    @property
    def canonical(self) -> str:
        """The page's public address; empty where the site's is not known."""
        return urls.public(self.base_url, self.page) if self.base_url else ""

    def url(self, address: str) -> str:
        """An address of the site as this page links to it."""
        target, mark, fragment = address.partition("#")
        if mark and target == self.page:
            return f"#{fragment}"
        return (self.root + target if self.root else urls.relative(self.page, target)) + mark + fragment

    def text(self, text: str | None) -> Markup:
        """A short field with its references as links."""
        return markup.short(text, self.resolve) if text else Markup()

    def plain(self, text: str) -> str:
        """A short field without any markup."""
        return markup.plain(text, self.resolve)

    def body(self, text: str | None, *, figure: markup.Figure = markup.no_figure) -> Markup:
        """A Markdown field as safe HTML; `figure` says what is shown where an id stands alone in a paragraph."""
        return markup.body(text, self.resolve, figure=figure) if text else Markup()

    def body_words(self, text: str | None) -> str:
        """A Markdown field as words alone, without the notes of its citations."""
        return markup.body(text, self.resolve, for_words=True).striptags() if text else ""

    def ref(self, id_: str) -> RecordRef:
        """A link to a record by any id that it ever had, or to a part of one by `claim/e1`. KeyError without one."""
        if id_ not in self._refs:
            self._refs[id_] = self._ref(id_)
        return self._refs[id_]

    def _ref(self, id_: str) -> RecordRef:
        written, _, part = id_.partition("/")
        card, title, label, gone = _named(self.ledger, written)
        href = self.url(urls.of_card(card, part))
        return RecordRef(card.id, href, title, card.kind, label, card.withdrawn, gone)

    def refs(self, ids: Iterable[str]) -> tuple[RecordRef, ...]:
        """Links to several records."""
        return tuple(self.ref(id_) for id_ in ids)

    def ref_id(self, id_: str) -> str:
        """The present id of a record, given any that it had."""
        return self.ledger.present_id(id_)

    def ref_to(self, record: Record[Any], part: str = "") -> RecordRef:
        """A link to a record."""
        return self.ref(f"{record.id}/{part}" if part else record.id)

    def title(self, id_: str) -> str:
        """The title of a record without any markup; the id of what is none."""
        return plain_title(self.ledger, id_)

    def item(self, node: str) -> Evidence:
        """An evidence item, by its place among the records: `claim/e1`."""
        claim, _, part = node.partition("/")
        return next(one for one in self.ledger.record(Claim, claim).fields.evidence if one.id == part)

    def resolve(self, reference: Reference) -> markup.Link | None:
        """What a reference in a text is shown as."""
        return link_to(self.ledger, reference, self.url)

    def editor(self, id_: str | None) -> str:
        """An editor's name as readers see it."""
        known = (one.name for one in self.ledger.settings.editors if one.id == id_)
        return next(known, id_) if id_ else ""


@result
def _named(ledger: Ledger, id_: str) -> tuple[Card, str, str, str]:
    """A record's card, title, label, and why it is struck, as every page names it. KeyError without a record."""
    card = ledger.card(id_)
    if card is None:
        raise KeyError(id_)
    return card, shortened(title_of(ledger, card)), short_label(card), gone(card)


def plain_title(ledger: Ledger, id_: str) -> str:
    """The same by id; the id of what is no record."""
    card = ledger.card(id_)
    return title_of(ledger, card) if card else id_


def title_of(ledger: Ledger, card: Card) -> str:
    """The title of a record without any markup."""
    return markup.plain(card.title, lambda reference: link_to(ledger, reference, str))


def link_to(ledger: Ledger, reference: Reference, url: Callable[[str], str]) -> markup.Link | None:
    """What a reference in a text is shown as; `url` says how an address of the site is written there."""
    id_, _, part = reference.target.partition("/")
    card = ledger.card(id_)
    if card is None:
        return _not_there(ledger, id_, reference)
    href = url(urls.of_card(card, part))
    if reference.form != "citation":
        return markup.Link(
            href, reference.words or short_label(card) or shortened(card.title).removesuffix("."), css=card.kind
        )
    struck = gone(card)
    return markup.Link(
        href,
        f"{short_label(card)} {struck}".strip(),
        title=shortened(card.title, TOOLTIP),
        css="cite gone" if struck else "cite",
        note=shortened(card.note),
        address=card.address,
    )


def _not_there(ledger: Ledger, id_: str, reference: Reference) -> markup.Link | None:
    """The words for a record that was not there yet on the day that is shown; they lead nowhere."""
    cut = ledger.cut
    record = cut.gone.get(id_) if cut else None
    words = reference.words or (record and (short_label(card_of(record)) or shortened(record.title)))
    return markup.Link("", words) if record and words else None


def shortened(title: str, most: int = LONGEST) -> str:
    """A title as another record's page shows it."""
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def gone(card: Card) -> str:
    """Why a record is struck wherever it is named; empty for one that stands."""
    if card.withdrawn:
        return texts.say("record.gone")
    struck = card.status in STRUCK
    return texts.say("exhibit.struck", status=texts.say(f"status.{card.status}")) if struck else ""


def short_label(card: Card) -> str:
    """A few words for tight places, where the kind has them."""
    if card.kind == "position":
        return f"{card.letter}: {card.label}" if card.label else texts.say("name.position", letter=card.letter)
    return card.label


def describe(context: PageContext, record: Record[Any]) -> str:
    """What a record is about, in plain words and at most 160 characters."""
    text = summary(record) or (record.fields.question if is_a(record, Controversy) else None)
    said = context.plain(text or (record.title if is_a(record, Claim) or is_a(record, Position) else ""))
    if is_a(record, Chart):
        said = figure_words.says_of(context.ledger, record.id)
    if not said and is_a(record, Source):
        said = citations.in_full(record.fields, context.plain(record.title))
    if not said and record.fields.body:
        said = context.body_words(record.fields.body)
    kind = texts.say(f"kind.{record.kind.name}")
    return in_short(said or f"{kind}: {context.plain(record.title)}")


def in_short(text: str) -> str:
    """A text as search engines show it."""
    whole = " ".join(text.split())
    if len(whole) <= DESCRIPTION_LENGTH:
        return whole
    short = shorten(whole[: 2 * DESCRIPTION_LENGTH], DESCRIPTION_LENGTH, placeholder=" …")
    return short.removeprefix("…") or whole[: DESCRIPTION_LENGTH - 1] + "…"


def cited_address(ledger: Ledger, record: Record[Any], base_url: str) -> str:
    """The public address that citations give; of a claim, where its wordings have pages, that of the present one.

    A wording that neither git nor the log has would have no page once the claim says something else.
    """
    page = urls.of_record(record)
    if is_a(record, Claim) and "history" in ledger.settings.exports:
        hash_ = hash_of(record)
        is_kept = any(one.wording.since and one.wording.hash == hash_ for one in ledger.said_before(record.id))
        page = urls.wording(record.id, hash_) if is_kept else page
    return urls.public(base_url, page) if base_url else ""


def corrections(context: PageContext, record: Record[Any] | None = None) -> str:
    """Where the site says, for this record; else the ledger's own page about corrections, where there is one."""
    pattern = context.ledger.settings.corrections_url
    if pattern:
        id_, path = (record.id, record.path) if record else ("", "")
        return pattern.replace("{id}", quote(id_)).replace("{path}", quote(path))
    page = context.ledger.card(CORRECTIONS)
    return context.url(urls.of_card(page)) if page and page.kind == "page" else ""
