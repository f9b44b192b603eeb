"""The rating of a claim on an earlier day, from the days since when what it reads counts.

In: a Ledger, a clock and its last day, today's verdicts on quotes. Out: ratings in short, the same that the records as
`as_of` cuts them to a day give. Nothing is cut: an item is left out until its source, the claim that it is about and it
itself are there.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ledger.analysis.as_of import day_of, world_date
from ledger.analysis.origins import ChainLink, Trace, chain_link, links_behind, trace_links
from ledger.analysis.quotes import hash_of, last_of, quote_of, verdict_recorded
from ledger.analysis.ratings import Rules, ShortRating, Step, conclude_shortly, is_searched, profile_of, weigh
from ledger.dates import PartialDate
from ledger.graph import Ledger
from ledger.loading import Clock, Record, is_a
from ledger.records import Claim, Evidence, Source

ALWAYS = date.min


class Past:
    """A ledger by one of its clocks, which can show no later day than `last`; `verdicts` are today's on its quotes."""

    def __init__(self, ledger: Ledger, clock: Clock, last: date, verdicts: Mapping[str, str]) -> None:
        self.ledger, self.clock, self.last, self.verdicts = ledger, clock, last, verdicts
        self._profile = profile_of(ledger)
        self._sinces: dict[str, date] = {}
        self._dated: dict[str, list[tuple[date, Evidence]]] = {}
        self._traces: dict[Any, Trace] = {}
        self._steps_known: dict[Any, Step] = {}

    def rating(self, claim: Record[Claim], day: date) -> ShortRating | None:
        """What a claim was at the end of a day; None if it was not there or had been withdrawn."""
        if not self.is_active(claim, day):
            return None
        items = [item for since, item in self._items(claim) if since <= day]
        traced = self._trace({self.ledger.present_id(item.source) for item in items}, day)
        rules = Rules(self._profile, traced, self._verdicts(claim, items, day))
        searches = [search for search in claim.fields.searches if self.believed_since(search.date) <= day]
        searched = is_searched(self.ledger, searches, day if self.clock == "believed" else None)
        return conclude_shortly(rules, claim, self._weighed(rules, claim, items), searched=searched)

    def _weighed(self, rules: Rules, claim: Record[Claim], items: Iterable[Evidence]) -> Iterator[Step]:
        """The items, each weighed once for each state that its source and its quote were in."""
        traced = rules.traced
        for item in items:
            source, node = self.ledger.present_id(item.source), f"{claim.id}/{item.id}"
            is_traced, first_hand = bool(traced.origins.get(source)), bool(traced.first_hand.get(source))
            key = node, source in traced.dropped, is_traced, first_hand, rules.verdicts.get(node)
            if key not in self._steps_known:
                self._steps_known[key] = weigh(self.ledger, rules, claim, item)
            yield self._steps_known[key]

    def is_active(self, record: Record[Any], day: date) -> bool:
        """Whether a record was there and had not been withdrawn."""
        withdrawn = record.fields.withdrawn
        return self._since(record.id) <= day and not (withdrawn and self.believed_since(withdrawn.date) <= day)

    def since(self, written: PartialDate | None, known: PartialDate | None = None) -> date:
        """The day from which something of a date counts; what has no date always did."""
        return ALWAYS if written is None else day_of(written, self.last, known)

    def believed_since(self, written: PartialDate | None) -> date:
        """The same for what only the ledger's own clock turns back."""
        return ALWAYS if self.clock == "happened" else self.since(written)

    def _since(self, id_: str) -> date:
        """The day from which a record was there; a reference to nothing always stays what it is."""
        if id_ not in self._sinces:
            record = self.ledger.records.get(id_)
            added = record.fields.added if record else None
            happened = world_date(record) if record and self.clock == "happened" else None
            self._sinces[id_] = self.since(added) if self.clock == "believed" else self.since(happened, added)
        return self._sinces[id_]

    def _items(self, claim: Record[Claim]) -> list[tuple[date, Evidence]]:
        """The items of a claim, each with the day from which it and what it names are there."""
        if claim.id not in self._dated:
            self._dated[claim.id] = [(self._since_item(claim, item), item) for item in claim.fields.evidence]
        return self._dated[claim.id]

    def _since_item(self, claim: Record[Claim], item: Evidence) -> date:
        named = (item.source, item.about_rival) if item.about_rival else (item.source,)
        recorded = self.believed_since(item.recorded or claim.fields.added)
        return max(recorded, *(self._since(self.ledger.present_id(id_)) for id_ in named))

    # The chains

    def _trace(self, cited: Iterable[str], day: date) -> Trace:
        links = links_behind(cited, lambda id_: self._link(id_, day))
        dropped = frozenset(id_ for id_ in links if self._status(id_, day) in self._profile.dropped)
        key = tuple(sorted(links.items(), key=lambda link: link[0])), dropped
        if key not in self._traces:
            self._traces[key] = trace_links(links, dropped)
        return self._traces[key]

    def _link(self, id_: str, day: date) -> ChainLink | None:
        """The link of a source that was there on a day, from what it takes from of what was there as well."""
        source = self._source(id_, day)
        if source is None:
            return None
        derived = source.fields.derived_from
        if derived and derived != "unknown":
            present_id = self.ledger.present_id
            derived = tuple(one for one in derived if self._since(present_id(one.source)) <= day) or "unknown"
        return chain_link(self.ledger, source, lambda other: self._source(other, day) is not None, derived)

    def _source(self, id_: str, day: date) -> Record[Source] | None:
        record = self.ledger.records.get(id_)
        return record if record and is_a(record, Source) and self.is_active(record, day) else None

    def _status(self, id_: str, day: date) -> str | None:
        fields = self.ledger.record(Source, id_).fields
        return fields.status if self.since(fields.status_date) <= day else None

    # The quotes

    def _verdicts(self, claim: Record[Claim], items: Iterable[Evidence], day: date) -> Mapping[str, str]:
        """The verdicts on quotes; a text that was kept already gives the one that it gives now."""
        if self.clock == "happened":
            return self.verdicts
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
                yield quote.key, self.verdicts[quote.key]
            else:
                made = snapshot.fields.verdicts if snapshot and read else ()
                entries = [one for one in made if self.since(one.date) <= day]
                yield quote.key, verdict_recorded(last_of(entries, hash_of(quote.words, quote.prefix, quote.suffix)))
