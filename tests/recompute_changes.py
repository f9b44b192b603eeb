"""Recompute from a built site's JSON what would change without each source, what did, and what verdicts were when.

`python tests/recompute_changes.py output` shares no code with the program: it retracts each source in turn, takes each
retraction back, and rates every claim again on each day from the records as the world knew them.
"""

import copy
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from recompute import GONE, Site, apart, behind, items_of, latest, position_of, rate, short

Ratings = dict[str, dict[str, Any]]
MONTHS = {"day": 0, "month": 1, "quarter": 3, "year": 12, "decade": 120}
MOST_POINTS = 60


def differences(folder: Path) -> Iterator[str]:
    """Everything in which the site says something else."""
    site = Site(folder)
    now = {id_: short(rate(site, id_).result) for id_ in site.claims}
    depending = {id_: depends_on(site, id_) for id_ in site.claims}
    without = {
        source: dict(_without(site, source, [id_ for id_, behind_it in depending.items() if source in behind_it]))
        for source in site.sources
    }
    for twin in site.twins:
        if twin["kind"] == "source" and twin["id"] in site.sources:
            told = changes(site, now, {id_: after for id_, (after, _) in without[twin["id"]].items()})
            yield from _said(twin, "if it fell", told, twin.get("if_it_fell", {}))
    for id_, twin in site.claims.items():
        alone = sorted(source for source, found in without.items() if found.get(id_, ({}, False))[1])
        yield from _said(twin, "claim", {"single_points": alone}, twin)
    yield from _what_changed(site, now)
    for twin in site.twins:
        if twin["kind"] == "controversy" and "withdrawn" not in twin["record"]:
            said = site.read(f"controversies/{twin['id']}/history.json")
            yield from (f"{twin['id']}, {found}" for found in _history(site, twin["id"], said["clocks"], now))


def _said(twin: Any, of: str, computed: Mapping[str, Any], said: Any) -> Iterator[str]:
    for key, value in computed.items():
        yield from (f"{twin['id']}, {of}: {key} {found}" for found in apart(value or None, said.get(key)))


# If a source fell


def depends_on(site: Site, claim: str) -> set[str]:
    """Every source that the rating of a claim can depend on."""
    found: set[str] = set()
    waiting = list(behind(site, items_of(site, claim)))
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += [other for _, other in site.derived[id_]] + site.later(id_)
    return found


def _without(site: Site, source: str, claims: list[str]) -> Iterator[tuple[str, tuple[dict[str, Any], bool]]]:
    """Claims that depend on a source: what they would be without it, and whether it carries all on the heavier side."""
    if site.sources[source].get("status") in GONE:
        return
    other = site.changed(lambda id_, record: {**record, "status": "retracted"} if id_ == source else record)
    for claim in claims:
        base, after = rate(site, claim).result, rate(other, claim).result
        yield claim, (short(after), bool(base and after) and _is_emptied(base.levels, after.levels))


def _is_emptied(before: tuple[int, int], after: tuple[int, int]) -> bool:
    heavier = 0 if before[0] >= before[1] else 1
    return before[0] != before[1] and not after[heavier]


def changes(site: Site, now: Ratings, then: Ratings) -> dict[str, list[Any]]:
    """The claims and positions that some other ratings change."""
    claims = [{"claim": id_, "after": after} for id_, after in sorted(then.items()) if after != now[id_]]
    positions = [
        {"position": id_, "after": after}
        for id_ in sorted(site.positions)
        for before, after in [[plain(position_of(site, id_, rated)) for rated in (now, now | then)]]
        if before != after
    ]
    return {"claims": claims, "positions": positions}


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in found.items() if value}


# What has fallen


def _what_changed(site: Site, now: Ratings) -> Iterator[str]:
    """What claims and positions would be if nothing had fallen."""
    gone = {id_ for id_, record in site.sources.items() if record.get("status") in GONE}
    whole = site.changed(lambda id_, record: {**record, "status": "current"} if id_ in gone else record)
    before = {id_: short(rate(whole, id_).result) for id_ in site.claims}
    rests = {id_: sorted(gone & _with_versions(site, behind(site, items_of(site, id_)))) for id_ in site.claims}
    for id_, twin in site.claims.items():
        told = {"sources": rests[id_], "before": before[id_]} if before[id_] != now[id_] else None
        yield from _said(twin, "claim", {"changed_by": told}, twin)
    for id_, twin in site.positions.items():
        then, is_ = (plain(position_of(site, id_, ratings)) for ratings in (before, now))
        named = {site.named(claim) for claim in twin["record"].get("rests_on", [])} & site.claims.keys()
        moved = sorted({source for claim in named if before[claim] != now[claim] for source in rests[claim]})
        told = {"sources": moved, "before": then} if then != is_ else None
        yield from _said(twin, "position", {"changed_by": told}, twin)


def _with_versions(site: Site, sources: set[str]) -> set[str]:
    return sources | {later for id_ in sources for later in site.later(id_)}


# What was so when


def _history(site: Site, controversy: str, clocks: list[Any], now: Ratings) -> Iterator[str]:
    """The course by the world's clock, point by point; by both clocks what is so at the end."""
    claims = claims_of(site, controversy)
    for course in clocks:
        is_so = {id_: now[id_] for id_ in claims if id_ in site.claims}
        yield from apart(is_so, _end_of(course), f"{course['clock']}, at its end:")
    happened = next(course for course in clocks if course["clock"] == "happened")
    said = {"period": happened["period"], "start": happened.get("start", {}), **_by_day(happened.get("points", []))}
    yield from apart(course_of(site, controversy, claims), said, "happened:")


def _end_of(course: Any) -> dict[str, Any]:
    found = dict(course.get("start", {}))
    for point in course.get("points", []):
        found |= {move["claim"]: move.get("after") for move in point.get("claims", [])}
    return {id_: rating for id_, rating in found.items() if rating}


def _by_day(points: list[Any]) -> dict[str, Any]:
    return {
        point["date"]: {
            "claims": {move["claim"]: (move.get("after"), move.get("movers", [])) for move in point.get("claims", [])},
            "positions": {
                one["position"]: plain({key: one.get(key) for key in ("verdicts", "weakest")})
                for one in point.get("positions", [])
            },
        }
        for point in points
    }


def claims_of(site: Site, controversy: str) -> list[str]:
    """The claims that touch a position of a controversy, by id; those that were withdrawn too."""
    answering = {
        twin["id"]: twin["record"]
        for twin in site.twins
        if twin["kind"] == "position" and site.named(twin["record"]["controversy"]) == controversy
    }
    found = {id_ for one in answering.values() for key in ("rests_on", "rejects") for id_ in one.get(key, [])}
    found |= {id_ for one in answering.values() for made in one.get("objections", []) for id_ in made.get("claims", [])}
    for id_, record in _records(site, "claim").items():
        if any(site.named(tie["position"]) in answering for tie in record.get("bears_on", [])):
            found.add(id_)
    return sorted({site.named(id_) for id_ in found} & _records(site, "claim").keys())


def _records(site: Site, kind: str) -> dict[str, Any]:
    return {twin["id"]: twin["record"] for twin in site.twins if twin["kind"] == kind}


def course_of(site: Site, controversy: str, claims: list[str]) -> dict[str, Any]:
    """What the history should say by the world's clock."""
    past = Past(site)
    touching = {id_ for claim in claims for id_ in (claim, *past.behind[claim], *past.rivals[claim])}
    events = [event for id_ in touching for event in past.events(id_)]
    period = next((one for one in MONTHS if len({_end(day, one) for day, *_ in events}) <= MOST_POINTS), "decade")
    days = sorted({min(_end(day, period), past.last) for day, *_ in events})
    positions = [id_ for id_, one in site.positions.items() if site.named(one["record"]["controversy"]) == controversy]
    before = start = past.ratings(claims, date.min)
    points = {}
    for day in days:
        after = past.ratings(claims, day)
        fresh = [event for event in events if min(_end(event[0], period), past.last) == day]
        moved = {
            id_: (after.get(id_), past.movers(id_, fresh, came=(id_ in before) != (id_ in after)))
            for id_ in claims
            if after.get(id_) != before.get(id_)
        }
        told = {id_: [plain(position_of(site, id_, one)) for one in (before, after)] for id_ in positions}
        changed = {id_: is_ for id_, (was, is_) in told.items() if was != is_}
        if moved or changed:
            points[day.isoformat()] = {"claims": moved, "positions": changed}
        before = after
    return {"period": period, "start": start, **points}


Event = tuple[date, str, str]
"""The day, what happened, and to which record."""


class Past:
    """A site on earlier days by the world's clock."""

    def __init__(self, site: Site) -> None:
        self.site, self.last = site, site.as_of or date.max
        self.sources, self.claims = _records(site, "source"), _records(site, "claim")
        self.days: dict[date, Site] = {}
        self.rivals = {id_: self._rivals(id_) for id_ in self.claims}
        self.behind = {id_: self._behind(id_) for id_ in self.claims}

    def _rivals(self, claim: str) -> list[str]:
        """The claims with an item that speaks against a claim as its rival."""
        return [
            id_
            for id_, record in self.claims.items()
            if id_ != claim
            if any("about_rival" in item and self._hurts(item, claim) for item in record.get("evidence", []))
        ]

    def _hurts(self, item: Any, claim: str) -> bool:
        return self.site.named(item.get("about_rival")) == claim

    def _behind(self, claim: str) -> set[str]:
        """Every source behind the items of a claim, and those of others that speak against it."""
        items = list(self.claims[claim].get("evidence", []))
        items += [
            item for id_ in self.rivals[claim] for item in self.claims[id_]["evidence"] if self._hurts(item, claim)
        ]
        waiting = [self.site.named(id_) for item in items for id_ in (item["source"], item.get("via"))]
        found: set[str] = set()
        while waiting:
            id_ = waiting.pop()
            if id_ in self.sources and id_ not in found:
                found.add(id_)
                record = self.sources[id_]
                derived = record["derived_from"] if record["derived_from"] != "unknown" else []
                named = [*(one["source"] for one in derived), record.get("version_of")]
                waiting += [self.site.named(other) for other in named]
        return found

    def movers(self, claim: str, fresh: list[Event], *, came: bool) -> list[dict[str, str]]:
        """What is new and touches a claim; of one that came itself, only that it was stated."""
        found = {event for event in fresh if event[2] == claim and (event[1] == "stated" or not came)}
        if not came:
            found |= {event for event in fresh if event[2] in self.behind[claim]}
            found |= {event for event in fresh if event[2] in self.rivals[claim] and event[1] == "stated"}
        return [{"date": day.isoformat(), "cause": cause, "id": id_} for day, cause, id_ in sorted(found)]

    def since(self, written: Any, added: Any = None) -> date:
        """From when something of a date counts: from its end, but what is in the ledger has happened."""
        end = latest(written)
        if added:
            end = min(end, max(_first(str(written)), latest(added)))
        return min(end, self.last)

    def out(self, source: str | None) -> date:
        """From when a source is there; what is no source always is."""
        record = self.sources.get(self.site.named(source), {})
        return self.since(record["issued"], record.get("added")) if "issued" in record else date.min

    def stated(self, claim: str) -> date:
        """From when a claim is there: from the first work that states it."""
        record = self.claims.get(claim, {})
        direct = [
            item["source"]
            for item in record.get("evidence", [])
            if item["relation"] == "supports" and item.get("directness", "direct") == "direct"
            if "about_rival" not in item
        ]
        stating = [record["first_stated"]] if "first_stated" in record else direct
        return min((self.out(id_) for id_ in stating), default=date.min)

    def events(self, id_: str) -> Iterator[Event]:
        """What happened to a source or a claim that may change a rating."""
        if id_ in self.sources:
            yield self.out(id_), "issued", id_
            if "status_date" in self.sources[id_]:
                yield self.since(self.sources[id_]["status_date"]), "status", id_
            return
        record = self.claims[id_]
        if self.stated(id_) != date.min:
            yield self.stated(id_), "stated", id_
        if record.get("resolution", {}).get("outcome") in {"held", "failed"}:
            yield self.due(record["resolution"]), "resolved", id_
        for search in record.get("searches", []):
            yield self.answers(search), "searched", id_
            if (end := self.lapses(search)) and end <= self.last:
                yield end, "lapsed", id_

    def answers(self, search: Any) -> date:
        """From when a search accounts for all that it found."""
        made, found = self.since(search["date"]), search["found"]
        hits = sorted(map(self.hit_out, search.get("hits", [])))
        needed = [day for number, day in enumerate(hits, start=1) if number >= found]
        return max(made, needed[0]) if found > 0 and needed else made

    def hit_out(self, hit: Any) -> date:
        """From when a find is there, and the item that it became."""
        claim, _, item = hit["became"].partition("/")
        items = [one for one in self.claims.get(claim, {}).get("evidence", []) if one["id"] == item]
        became = [day for one in items for day in (self.stated(claim), self.out(one["source"]), self._rival_out(one))]
        return max([self.out(hit["source"]), *became])

    def _rival_out(self, item: Any) -> date:
        rival = self.site.named(item.get("about_rival"))
        return self.stated(rival) if rival else date.min

    def due(self, resolution: Any) -> date:
        """From when an outcome counts."""
        return self.since(resolution["resolves_by"]) if "resolves_by" in resolution else self.last

    def lapses(self, search: Any) -> date | None:
        """The first day on which a search no longer stands."""
        every, periods = self.site.method["review_every_days"], self.site.method["search_periods"]
        if every is None or self.site.as_of is None:
            return None
        return latest(search["date"]) + timedelta(days=int(every * periods) + 1)

    def ratings(self, claims: Iterable[str], day: date) -> Ratings:
        """The claims that were there on a day, and what they were."""
        if day not in self.days:
            self.days[day] = self._on(day)
        then = self.days[day]
        return {id_: short(rate(then, id_).result) for id_ in claims if id_ in then.claims}

    def _on(self, day: date) -> Site:
        then = copy.copy(self.site)
        then.as_of = day if self.site.as_of else None
        then.settle(
            [twin | {"record": self._record(twin, day)} for twin in self.site.twins if self._is_there(twin, day)]
        )
        return then

    def _is_there(self, twin: Any, day: date) -> bool:
        found = {"source": self.out, "claim": self.stated}.get(twin["kind"])
        return found is None or found(twin["id"]) <= day

    def _record(self, twin: Any, day: date) -> Any:
        record = dict(twin["record"])
        if twin["kind"] == "source":
            if "status_date" in record and self.since(record["status_date"]) > day:
                record.pop("status")
            if record["derived_from"] not in ("unknown", []):
                there = [one for one in record["derived_from"] if self.out(one["source"]) <= day]
                record["derived_from"] = there or "unknown"
        if twin["kind"] == "claim":
            record["evidence"] = [dict(item) for item in record.get("evidence", []) if self._is_shown(item, day)]
            for item in record["evidence"]:
                if self.out(item.get("via")) > day:
                    del item["via"]
            record["searches"] = [self._search(one, day) for one in record.get("searches", []) if self._made(one, day)]
            if "resolution" in record and self.due(record["resolution"]) > day:
                del record["resolution"]
        return record

    def _is_shown(self, item: Any, day: date) -> bool:
        return max(self.out(item["source"]), self._rival_out(item)) <= day

    def _made(self, search: Any, day: date) -> bool:
        return self.since(search["date"]) <= day

    def _search(self, search: Any, day: date) -> Any:
        """With the hits that were there."""
        return {**search, "hits": [hit for hit in search.get("hits", []) if self.hit_out(hit) <= day]}


def _first(written: str) -> date:
    first = written.partition("/")[0]
    if first == "..":
        return date.min
    year, month, day = (*(int(part) for part in first.rstrip("~?%").split("-")), 1, 1)[:3]
    return date(year, month, day)


def _end(day: date, period: str) -> date:
    """The last day of the month, quarter, year or decade of a day, or the day itself."""
    if not MONTHS[period]:
        return day
    months = day.year * 12 + day.month - 1
    after = months - months % MONTHS[period] + MONTHS[period]
    if after // 12 > date.max.year:
        return date.max
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def main(folder: Path) -> int:
    """Print the differences."""
    found = list(differences(folder))
    sys.stdout.write("\n".join([*found, f"{len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
