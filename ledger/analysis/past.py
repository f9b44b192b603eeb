"""The rating of a claim on an earlier day, from the days since when what it reads counts.

In: a Ledger, a clock and its last day, today's verdicts on quotes. Out: ratings in short, the same that the records as
`as_of` cuts them to a day give. Nothing is cut: the rating reads through a View of that day, in which a source is there
once it had come out, and its status once it had changed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from math import ceil
from typing import Any, NamedTuple

from ledger.analysis.as_of import author_without, day_of, stating, status_since, world_date
from ledger.analysis.neighbourhoods import hurting
from ledger.analysis.quotes import hash_of, quote_of, verdict_recorded
from ledger.analysis.ratings import ShortRating, input_of, is_current, looked_in, rate, short_of
from ledger.analysis.verdicts import Looked
from ledger.analysis.works import Lineage, View, later_versions, lineage_in
from ledger.dates import PartialDate
from ledger.graph import Ledger
from ledger.loading import Clock, Record, is_a
from ledger.records import Author, Claim, Derivation, Evidence, Hit, Proponent, Search, Source

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


class Past:
    """A ledger by one of its clocks, which can show no later day than `last`; `verdicts` are today's on its quotes."""

    def __init__(self, ledger: Ledger, clock: Clock, last: date, verdicts: Mapping[str, str]) -> None:
        self.ledger, self.clock, self.last, self.verdicts = ledger, clock, last, verdicts
        self._sinces: dict[str, date] = {}
        self._on = lru_cache(maxsize=None)(self._source_on)
        self._lineages: dict[tuple[object, ...], Lineage] = {}
        self._views: dict[date, View] = {}

    def rating(self, claim: Record[Claim], day: date, without: Collection[str] = ()) -> ShortRating | None:
        """What a claim was at the end of a day; None if it was not there or had been withdrawn.

        `without`: items of its own that are left out, to see what they did.
        """
        if not self.is_active(claim, day):
            return None
        fields = claim.fields
        items = [one for one in fields.evidence if one.id not in without and self.since_item(claim, one) <= day]
        against = [one for one in hurting(self.ledger, claim.id) if self._hurts(*one[1:], day)]
        quotes = dict(self._verdicts(claim, items, day))
        for node, other, item in against:
            quotes |= dict.fromkeys((node,), self._verdicts(other, (item,), day).get(item.id, ""))
        changes = {
            "evidence": tuple(self._item_on(item, day) for item in items),
            "about": tuple(id_ for id_ in fields.about if self._since(self.ledger.present_id(id_)) <= day),
            "resolution": self._resolution(fields, day),
        }
        rivals = [(node, self._item_on(item, day)) for node, _, item in against]
        then = fields.model_copy(update=changes)
        return short_of(rate(input_of(self.view(day), then, rivals, quotes, self._looked(fields, day)))[2])

    def _hurts(self, other: Record[Claim], item: Evidence, day: date) -> bool:
        """Whether an item of another claim was there."""
        return self.is_active(other, day) and self.since_item(other, item) <= day

    def _item_on(self, item: Evidence, day: date) -> Evidence:
        """An item, without the source that it retells while that was not there."""
        is_there = item.via in (None, "own") or self._since(self.ledger.present_id(str(item.via))) <= day
        return item if is_there else item.model_copy(update={"via": None})

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

    def since(self, written: PartialDate | None, known: PartialDate | None = None) -> date:
        """The day from which something of a date counts; what has no date always did."""
        return ALWAYS if written is None or written.is_unknown else day_of(written, self.last, known)

    def believed_since(self, written: PartialDate | None) -> date:
        """The same for what only the ledger's own clock turns back."""
        return ALWAYS if self.clock == "happened" else self.since(written)

    def _since(self, id_: str) -> date:
        """The day from which a record was there; a reference to nothing always stays what it is."""
        if id_ not in self._sinces:
            self._sinces[id_] = self._since_of(self.ledger.core_of(id_))
        return self._sinces[id_]

    def _since_of(self, record: Record[Any] | None) -> date:
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

    def view(self, day: date) -> View:
        """The sources and people as they were on a day, each looked up once: the claims of a day share them."""
        if day not in self._views:
            self._views[day] = self._view(day)
        return self._views[day]

    def _view(self, day: date) -> View:
        @cache
        def state(id_: str) -> State:
            return self._state(id_, day)

        @cache
        def source(id_: str) -> Source | None:
            return self._on(id_, state(id_))

        def proponent(id_: str) -> Proponent | None:
            record = self.ledger.core_of(id_)
            return record.fields if record and is_a(record, Proponent) and self.is_active(record, day) else None

        @cache
        def lineage(id_: str) -> Lineage:
            near = _near(found, id_)
            key = (id_, *((other, state(other)) for other in near))
            if key not in self._lineages:
                self._lineages[key] = lineage_in(found, id_)
            return self._lineages[key]

        found = View(self.ledger.present_id, source, proponent, lineage)
        return found

    def _state(self, id_: str, day: date) -> State:
        record = self.ledger.core_of(id_)
        if record is None or not is_a(record, Source):
            return State(stands=False, status=False, derived=(), gone=())
        fields = record.fields
        listed = () if fields.derived_from == "unknown" else fields.derived_from
        authors = () if fields.authors == "unknown" else fields.authors
        people = [one.proponent for one in authors if one.proponent]
        return State(
            stands=self.is_active(record, day),
            status=self.since(status_since(fields, self.clock)) <= day,
            derived=tuple(one for one in listed if self._derives(one) <= day),
            gone=tuple(id_ for id_ in people if self._since(self.ledger.present_id(id_)) > day),
        )

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

    def _verdicts(self, claim: Record[Claim], items: Iterable[Evidence], day: date) -> Mapping[str, str]:
        """The verdicts on quotes; a text that was kept already gives the one that it gives now."""
        if self.clock == "happened":
            return {item.id: self.verdicts.get(f"{claim.id}/{item.id}", "") for item in items if item.quote}
        return dict(self._verdicts_believed(claim, items, day))

    def _verdicts_believed(
        self, claim: Record[Claim], items: Iterable[Evidence], day: date
    ) -> Iterator[tuple[str, str]]:
        for item in items:
            quote = quote_of(self.ledger, claim, f"{claim.id}/{item.id}", (), item)
            if quote is None:
                continue
            snapshot = self.ledger.snapshot(quote.source)
            read = snapshot is not None and self.since(snapshot.fields.captured) <= day
            if read and self.ledger.snapshot_text(quote.source) is not None:
                yield item.id, self.verdicts[quote.key]
            else:
                made = snapshot.fields.verdicts if snapshot and read else ()
                hash_ = hash_of(quote.words, quote.prefix, quote.suffix)
                yield item.id, verdict_recorded([e for e in made if e.quote == hash_ and self.since(e.date) <= day])


def _near(view: View, id_: str) -> Iterator[str]:
    """The sources that the lineage of a source depends on: what it takes from, and the later versions of each."""
    source = view.source(id_)
    listed = () if source is None or source.derived_from == "unknown" else source.derived_from
    earlier = dict.fromkeys(view.present(one.source) for one in listed)
    for one in (id_, *earlier):
        yield from (one, *later_versions(view, one))
