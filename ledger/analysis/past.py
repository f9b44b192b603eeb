"""The rating of a claim on an earlier day, from the days since when what it reads counts.

In: a Ledger, a clock and its last day. Out: ratings in short, the same that the records as
`as_of` cuts them to a day give. Nothing is cut: the rating reads through a View of that day, in which a source is there
once it had come out, and its status once it had changed.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from functools import cache, partial
from itertools import count
from math import ceil
from typing import Any, NamedTuple, Self

from ledger.analysis.as_of import author_without, day_of, stating, status_since, world_date
from ledger.analysis.lineages import Lineage, View, lineage_in
from ledger.analysis.neighbourhoods import hurting
from ledger.analysis.quotes import hash_of, quote_of, verdict_recorded
from ledger.analysis.ratings import ShortRating, input_of, is_current, looked_in, rate, short_of
from ledger.analysis.results import quote_verdict
from ledger.analysis.verdicts import Looked
from ledger.dates import PartialDate
from ledger.graph import Ledger
from ledger.loading import Clock, Record, is_a
from ledger.modelling import Hit, Search
from ledger.records import Author, Claim, Derivation, Evidence, Proponent, Source

ALWAYS = date.min


class State(NamedTuple):
    """What of a source changes with the day."""

    stands: bool
    status: bool
    """Whether its status holds."""
    derived: tuple[Derivation, ...]
    """What it was known to take from."""
    gone: tuple[str, ...]
    """The records of authors that are not there yet."""


class DatedItem(NamedTuple):
    """An evidence item, and the days from which it was there and from which the source that it retells was."""

    node: str
    claim: Record[Claim]
    item: Evidence
    since: date
    via_since: date

    def on(self, day: date) -> Evidence:
        """The item, without the source that it retells while that was not there."""
        return self.item if self.via_since <= day else self.item.model_copy(update={"via": None})


class DatedSource(NamedTuple):
    """A source, and the days from which its status, its derivations and the records of its authors were there."""

    record: Record[Source]
    status: date
    derived: tuple[tuple[Derivation, date], ...]
    people: tuple[tuple[str, date], ...]

    def on(self, day: date, *, stands: bool) -> State:
        """What of it changes with the day."""
        return State(
            stands,
            self.status <= day,
            tuple([one for one, since in self.derived if since <= day]),
            tuple([id_ for id_, since in self.people if since > day]),
        )


def since(last: date, written: PartialDate | None, known: PartialDate | None = None) -> date:
    """The day from which something of a date counts; what has no date always did."""
    return ALWAYS if written is None or written.is_unknown else day_of(written, last, known)


class Past:
    """A ledger by one of its clocks, which can show no later day than `last`, as long as it is open."""

    def __init__(self, ledger: Ledger, clock: Clock, last: date) -> None:
        self.ledger, self.clock, self.last = ledger, clock, last
        self.since = partial(since, last)
        self._since = cache(self._since_of)
        self._items = cache(self._dated_items)
        self._dated = cache(self._dated_source)
        self._on = cache(self._source_on)
        self._near = cache(self._sources_near)
        self._numbers: defaultdict[State, int] = defaultdict(count().__next__)
        """Each state of any source under a number: a source may be near very many."""
        self._lineages: dict[tuple[object, ...], Lineage] = {}
        self.view = cache(self._view)
        """The sources and people as they were on a day, each looked up once: the claims of a day share them."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        vars(self).clear()  # which refer to one another, so that nothing else would free them

    def rating(self, claim: Record[Claim], day: date, without: Collection[str] = ()) -> ShortRating | None:
        """What a claim was at the end of a day; None if it was not there or had been withdrawn.

        `without`: items of its own that are left out, to see what they did.
        """
        if not self.is_active(claim, day):
            return None
        fields, listed = claim.fields, self._items(claim.id)
        own = [one for one in listed if one.claim.id == claim.id and one.since <= day and one.item.id not in without]
        against = [one for one in listed if one.claim.id != claim.id and one.since <= day]
        against = [one for one in against if self.is_active(one.claim, day)]
        quotes = {one.item.id: self._verdict(one, day) for one in own}
        quotes |= {one.node: self._verdict(one, day) for one in against}
        changes = {
            "evidence": tuple([one.on(day) for one in own]),
            "about": tuple([id_ for id_ in fields.about if self._since(self.ledger.present_id(id_)) <= day]),
            "resolution": self._resolution(fields, day),
        }
        rivals = [(one.node, one.on(day)) for one in against]
        then = fields.model_copy(update=changes)
        return short_of(rate(input_of(self.view(day), then, rivals, quotes, self._looked(fields, day)))[2])

    def _dated_items(self, claim: str) -> list[DatedItem]:
        """The items of a claim, and those of others that hurt it."""
        record = self.ledger.core(Claim, claim)
        own = ((f"{claim}/{item.id}", record, item) for item in record.fields.evidence)
        return [
            DatedItem(node, of, item, self.since_item(of, item), self._via_since(item))
            for node, of, item in (*own, *hurting(self.ledger, claim))
        ]

    def _via_since(self, item: Evidence) -> date:
        return ALWAYS if item.via in (None, "own") else self._since(self.ledger.present_id(str(item.via)))

    def _looked(self, claim: Claim, day: date) -> Looked:
        """The sides that searches covered which had been made and had not lapsed, with the hits that were there."""
        found = [one for one in claim.searches if self.since(one.date) <= day and is_current(self.ledger, one, day)]
        return looked_in(
            one.model_copy(update={"hits": tuple(hit for hit in one.hits if self.hit_since(hit) <= day)})
            for one in found
        )

    def answers_since(self, search: Search) -> date:
        """The day from which a search accounts for all that it found: its own, unless a find came later."""
        made, found = self.since(search.date), ceil(search.found)
        hits = sorted(map(self.hit_since, search.hits))
        return max(made, hits[found - 1]) if 0 < found <= len(hits) else made

    def hit_since(self, hit: Hit) -> date:
        """The day from which a find, and the item that it became, were there."""
        claim, _, part = self.ledger.present_id(hit.became).partition("/")
        record = self.ledger.core_of(claim)
        items = record.fields.evidence if record and is_a(record, Claim) else ()
        became = [max(self._since(claim), self.since_item(record, one)) for one in items if record and one.id == part]
        return max((self._since(self.ledger.present_id(hit.source)), *became))

    def is_active(self, record: Record[Any], day: date) -> bool:
        """Whether a record was there and had not been withdrawn."""
        withdrawn = record.fields.withdrawn
        return self._since(record.id) <= day and not (withdrawn and self.believed_since(withdrawn.date) <= day)

    def there_on(self, day: date) -> Callable[[str], bool]:
        """What says of a record whether it was there at the end of a day, or had been and was withdrawn."""
        return lambda id_: self._since(id_) <= day

    def believed_since(self, written: PartialDate | None) -> date:
        """The same for what only the ledger's own clock turns back."""
        return ALWAYS if self.clock == "happened" else self.since(written)

    def _since_of(self, id_: str) -> date:
        """The day from which a record was there; a reference to nothing always stays what it is."""
        record = self.ledger.core_of(id_)
        if record is None:
            return ALWAYS
        added = record.fields.added
        if self.clock == "believed":
            return self.since(added)
        if is_a(record, Claim):
            return self.first_stated(record)
        return self.since(world_date(record), added)

    def first_stated(self, claim: Record[Claim]) -> date:
        """By the world's clock a claim is there once the first work that states it is out."""
        found = {self._since(self.ledger.present_id(id_)) for id_ in stating(claim.fields)}
        return min(found, default=ALWAYS)

    def since_item(self, claim: Record[Claim], item: Evidence) -> date:
        """The day from which an item was there."""
        named = (item.source, item.about_rival) if item.about_rival else (item.source,)
        recorded = self.believed_since(item.recorded or claim.fields.added)
        return max(recorded, *(self._since(self.ledger.present_id(id_)) for id_ in named))

    def _resolution(self, claim: Claim, day: date) -> object:
        """The outcome of a prediction counts from the day on which it is due; without one, from the last day."""
        resolution = claim.resolution
        due = resolution and (self.since(resolution.resolves_by) if resolution.resolves_by else self.last)
        return resolution if due and due <= day else None

    # The sources

    def _view(self, day: date) -> View:
        @cache
        def state(id_: str) -> State:
            return self._state(id_, day)

        @cache
        def number(id_: str) -> int:
            return self._numbers[state(id_)]

        @cache
        def source(id_: str) -> Source | None:
            return self._on(id_, state(id_))

        def proponent(id_: str) -> Proponent | None:
            record = self.ledger.core_of(id_)
            return record.fields if record and is_a(record, Proponent) and self.is_active(record, day) else None

        @cache
        def lineage(id_: str) -> Lineage:
            key = (id_, *map(number, self._near(id_)))
            if key not in self._lineages:
                self._lineages[key] = lineage_in(self.view(day), id_)
            return self._lineages[key]

        return View(self.ledger.present_id, source, proponent, lineage)

    def _state(self, id_: str, day: date) -> State:
        dated = self._dated(id_)
        if dated is None:
            return State(stands=False, status=False, derived=(), gone=())
        return dated.on(day, stands=self.is_active(dated.record, day))

    def _dated_source(self, id_: str) -> DatedSource | None:
        record = self.ledger.core_of(id_)
        if record is None or not is_a(record, Source):
            return None
        fields = record.fields
        people = [one.proponent for one in fields.named_authors if one.proponent]
        return DatedSource(
            record,
            self.since(status_since(fields, self.clock)),
            tuple((one, self._derives(one)) for one in fields.derivations),
            tuple((id_, self._since(self.ledger.present_id(id_))) for id_ in people),
        )

    def _sources_near(self, id_: str) -> list[str]:
        """The sources on which the lineage of a source may depend: those it draws on, and later versions of each."""
        dated = self._dated(id_)
        found = [id_, *(self.ledger.present_id(one.source) for one, _ in (dated.derived if dated else ()))]
        for one in found:
            dated = self._dated(one)
            later = self.ledger.present_id(dated.record.fields.version_of or "") if dated else ""
            if later and later not in found:
                found.append(later)
        return found

    def _derives(self, one: Derivation) -> date:
        return max(self.believed_since(one.recorded), self._since(self.ledger.present_id(one.source)))

    def _source_on(self, id_: str, state: State) -> Source | None:
        if not state.stands:
            return None
        fields = self.ledger.core(Source, id_).fields
        changes: dict[str, object] = {} if state.status else {"status": None}
        if fields.derived_from not in ("unknown", state.derived):
            changes["derived_from"] = state.derived or "unknown"
        if state.gone and fields.authors != "unknown":
            changes["authors"] = tuple(self._author_on(author, state.gone) for author in fields.authors)
        return fields.model_copy(update=changes) if changes else fields

    def _author_on(self, author: Author, gone: Collection[str]) -> Author:
        if author.proponent not in gone:
            return author
        return author_without(author, self.ledger.node_title(self.ledger.present_id(str(author.proponent))))

    # The quotes

    def _verdict(self, one: DatedItem, day: date) -> str:
        """The verdict on a quote; a text that was kept already gives the one that it gives now."""
        if self.clock == "happened":
            return quote_verdict(self.ledger, one.node) or ""
        quote = quote_of(self.ledger, one.claim, one.node, (), one.item)
        if quote is None:
            return ""
        snapshot = self.ledger.snapshot(quote.source)
        read = snapshot is not None and self.since(snapshot.fields.captured) <= day
        if read and self.ledger.snapshot_text(quote.source) is not None:
            return quote_verdict(self.ledger, quote.key) or ""
        made = snapshot.fields.verdicts if snapshot and read else ()
        hash_ = hash_of(quote.words, quote.prefix, quote.suffix)
        return verdict_recorded([one for one in made if one.quote == hash_ and self.since(one.date) <= day])
