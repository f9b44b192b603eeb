"""Recompute what would change, what has changed and what was rated when, from the JSON of a built site alone.

`python tests/recompute_changes.py output` shares no code with the program. Of every position it recomputes the bands,
of every source what would change if it fell, of every claim what carries it alone and what fell already, and of every
controversy its course: for every day that counts the records as they were then, rated anew. It prints everything in
which the site says something else.
"""

import copy
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from recompute import BANDS, Site, apart, latest, rating_of

Ratings = dict[str, dict[str, Any]]
WITHOUT = ("not computed: no current search", "not rated: not an", "unrated")
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
MOST_POINTS = 60


def differences(folder: Path) -> Iterator[str]:
    """Everything in which the site and its recomputation differ."""
    site = Site(folder)
    now = {claim["id"]: rating_of(site, claim, site.fallen) for claim in site.claims}
    falls = {claim["id"]: dict(falls_of(site, claim)) for claim in site.claims}
    for position in site.positions:
        yield from apart(position, "position", bands_of(site, position, now), position)
    for source in site.sources.values():
        yield from _if_it_fell(site, source, now, falls)
    for claim in site.claims:
        points = single_points(now[claim["id"]], falls[claim["id"]])
        yield from apart(claim, "claim", {"single_points": points}, claim)
    yield from _changed(site, now)
    days: dict[date, Site] = {}
    for twin in site.twins:
        if twin["kind"] == "controversy" and "withdrawn" not in twin["record"]:
            yield from course_differences(site, twin, now, days)


# Positions


def rests_on(site: Site, position: dict[str, Any]) -> set[str]:
    named = {site.present[id_] for id_ in position["record"].get("rests_on", [])}
    return named & {claim["id"] for claim in site.claims}


def bands_of(site: Site, position: dict[str, Any], ratings: Ratings) -> dict[str, Any]:
    """The claims of a position, alike ones together, the strongest first; and the weakest that have a band."""
    alike: dict[tuple[str, str | None], list[str]] = {}
    for id_ in sorted(rests_on(site, position) & ratings.keys()):
        alike.setdefault((ratings[id_]["computed"], ratings[id_]["direction"]), []).append(id_)
    ordered = sorted(alike, key=strength)
    bands = [{"computed": band, "direction": way, "claims": alike[band, way]} for band, way in ordered]
    return {"bands": bands, "weakest": next((b["claims"] for b in reversed(bands) if b["computed"] in BANDS), [])}


def strength(rated: tuple[str, str | None]) -> tuple[int, int]:
    """The first is the strongest: for, split and against it, then without a band."""
    computed, direction = rated
    at = ["for", "split", "against", None].index(direction)
    if computed not in BANDS:
        return 3 + next(i for i, start in enumerate(WITHOUT) if computed.startswith(start)), at
    return at, BANDS.index(computed) * (1 if direction == "against" else -1)


# What falls


def falls_of(site: Site, claim: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each source behind a claim, and the claim's rating without it."""
    for source in sorted(behind(site, claim) - site.fallen):
        yield source, rating_of(site, claim, site.fallen | {source})


def behind(site: Site, claim: dict[str, Any]) -> set[str]:
    """The sources that a claim cites, and everything that they go back to."""
    cited = {site.present[item["source"]] for item in claim["record"].get("evidence", [])}
    return {earlier for id_ in cited if id_ in site.sources for earlier in site.reach[id_]}


def brief(rating: dict[str, Any]) -> dict[str, Any]:
    return {"computed": rating["computed"], "direction": rating["direction"]}


def single_points(rating: dict[str, Any], falls: Ratings) -> list[str]:
    """The sources without which nothing is left on the heavier side."""
    pro, con = rating["weight_for"], rating["weight_against"]
    side = "weight_for" if pro > con else "weight_against"
    return [source for source, after in falls.items() if pro != con and not after[side]]


def _if_it_fell(site: Site, source: dict[str, Any], now: Ratings, falls: dict[str, Ratings]) -> Iterator[str]:
    after = {claim: found[source["id"]] for claim, found in falls.items() if source["id"] in found}
    claims = [
        {"claim": id_, "before": brief(now[id_]), "after": brief(rating)}
        for id_, rating in sorted(after.items())
        if brief(rating) != brief(now[id_])
    ]
    positions = [{"position": id_} for id_, _, _ in _moved(site, now, now | after)]
    said = source.get("if_it_fell", {})
    yield from apart(source, "if it fell", {"claims": claims, "positions": positions}, said)


def _moved(site: Site, before: Ratings, after: Ratings) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    for position in sorted(site.positions, key=lambda one: str(one["id"])):
        was, is_ = (bands_of(site, position, ratings) for ratings in (before, after))
        if was != is_:
            yield position["id"], was, is_


def _changed(site: Site, now: Ratings) -> Iterator[str]:
    """What every claim and position would be if nothing had fallen."""
    fell = {claim["id"]: sorted(behind(site, claim) & site.fallen) for claim in site.claims}
    before = {claim["id"]: rating_of(site, claim, set()) for claim in site.claims}
    changed = {id_ for id_ in now if fell[id_] and brief(before[id_]) != brief(now[id_])}
    for claim in site.claims:
        id_ = claim["id"]
        found = {"sources": fell[id_], "before": brief(before[id_])} if id_ in changed else None
        yield from apart(claim, "claim", {"changed_by": found}, claim)
    moved = {id_: was for id_, was, _ in _moved(site, before, now)}
    for position in site.positions:
        sources = {source for id_ in rests_on(site, position) & changed for source in fell[id_]}
        found = {"sources": sorted(sources), "before": moved[position["id"]]} if position["id"] in moved else None
        yield from apart(position, "position", {"changed_by": found}, position)


# What was so when


def course_differences(site: Site, controversy: dict[str, Any], now: Ratings, days: dict[date, Site]) -> Iterator[str]:
    """Both clocks end with what is so now; that of what had happened is recomputed at every point."""
    said = site.read(f"controversies/{controversy['id']}/history.json")
    claims = claims_of(site, controversy)
    is_so = {
        "ratings": {claim["id"]: brief(now[claim["id"]]) for claim in claims},
        "positions": {one["id"]: bands_of(site, one, now) for one in positions_of(site, controversy)},
    }
    for course in said["clocks"]:
        yield from apart(controversy, f"{course['clock']}, at its end", is_so, end_of(course))
    happened = next(course for course in said["clocks"] if course["clock"] == "happened")
    expected = course_of(site, controversy, claims, days)
    yield from apart(controversy, "happened", {key: expected[key] for key in ("period", "start")}, keyed(happened))
    for key in sorted(expected["points"].keys() | keyed(happened)["points"].keys()):
        there, told = ({key: points.get(key)} for points in (expected["points"], keyed(happened)["points"]))
        yield from apart(controversy, "happened", there, told)


def claims_of(site: Site, controversy: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims that touch a position of a controversy."""
    positions = positions_of(site, controversy)
    named = {id_ for p in positions for key in ("rests_on", "rejects") for id_ in p["record"].get(key, [])}
    named |= {id_ for p in positions for one in p["record"].get("objections", []) for id_ in one.get("claims", [])}
    ids, answers = {site.present[id_] for id_ in named}, {p["id"] for p in positions}
    ties = {c["id"]: {site.present[t["position"]] for t in c["record"].get("bears_on", [])} for c in site.claims}
    return [claim for claim in site.claims if claim["id"] in ids or ties[claim["id"]] & answers]


def positions_of(site: Site, controversy: dict[str, Any]) -> list[dict[str, Any]]:
    return [p for p in site.positions if site.present[p["record"]["controversy"]] == controversy["id"]]


def end_of(course: dict[str, Any]) -> dict[str, Any]:
    """What a course says last of every claim and every position."""
    found, positions = dict(course.get("start", {})), {}
    for point in course.get("points", []):
        found |= {move["claim"]: move.get("after") for move in point.get("claims", [])}
        told = {one["position"]: one for one in point.get("positions", [])}
        positions |= {id_: {key: one.get(key) for key in ("bands", "weakest")} for id_, one in told.items()}
    return {"ratings": {id_: rating for id_, rating in found.items() if rating}, "positions": positions}


def keyed(course: dict[str, Any]) -> dict[str, Any]:
    """A course with its points by date."""
    points = {
        point["date"]: {key: point.get(key) for key in ("claims", "positions")} for point in course.get("points", [])
    }
    return {"period": course["period"], "start": course.get("start"), "points": points}


def course_of(site: Site, controversy: dict[str, Any], claims: list[Any], days: dict[date, Site]) -> dict[str, Any]:
    """What had happened when: the course, by rating every claim on every day that counts."""
    dated = {source: list(_happened(site, source)) for claim in claims for source in behind(site, claim)}
    changes = {day for found in dated.values() for day, _ in found}
    period = next(p for p in ("day", *MONTHS) if len({last_day(day, p) for day in changes}) <= MOST_POINTS)
    ends = {min(last_day(day, period), site.as_of or date.max) for day in changes}
    positions = positions_of(site, controversy)
    start = before = _rated_on(site, date.min, claims, days)
    points = {}
    for end in sorted(ends):
        after = _rated_on(site, end, claims, days)
        movers = {
            source: [mover(day, cause, source) for day, cause in found if _within(day, period, end, site)]
            for source, found in dated.items()
        }
        moves = [
            {
                "claim": claim["id"],
                "after": after[claim["id"]],
                "movers": in_order(m for source in behind(site, claim) for m in movers.get(source, ())),
            }
            for claim in claims
            if before[claim["id"]] != after[claim["id"]]
        ]
        told = list(_told(site, positions, before, after))
        if moves or told:
            points[end.isoformat()] = {"claims": moves, "positions": told}
        before = after
    return {"period": period, "start": start, "points": points}


def mover(day: date, cause: str, source: str) -> dict[str, str]:
    return {"date": day.isoformat(), "cause": cause, "id": source}


def in_order(movers: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(movers, key=lambda one: (one["date"], one["cause"], one["id"]))


def _within(day: date, period: str, end: date, site: Site) -> bool:
    return min(last_day(day, period), site.as_of or date.max) == end


def _told(site: Site, positions: list[Any], before: Ratings, after: Ratings) -> Iterator[dict[str, Any]]:
    """The positions that moved."""
    for position in positions:
        was, is_ = (bands_of(site, position, ratings) for ratings in (before, after))
        if was != is_:
            yield {"position": position["id"], **is_}


def _happened(site: Site, source: str) -> Iterator[tuple[date, str]]:
    """The days on which a source came out and got its status."""
    record = site.sources[source]["record"]
    if "issued" in record:
        yield counts_from(record["issued"], record.get("added"), site.as_of or date.max), "issued"
    if "status_date" in record:
        yield counts_from(record["status_date"], None, site.as_of or date.max), "status"


def counts_from(written: Any, added: Any, newest: date) -> date:
    """The end of what was written, but what is in the ledger has happened."""
    first, _, last = str(written).partition("/")
    end = date.max if last == ".." else latest(last or first)
    if added:
        begun = date.min if first == ".." else _first_day(first)
        end = min(end, max(begun, latest(str(added))))
    return min(end, newest)


def _first_day(written: str) -> date:
    year, month, day = (*(int(part) for part in written.rstrip("~?%").split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(day: date, period: str) -> date:
    """The last day of the month, quarter, year or decade of a day, or the day itself."""
    if period == "day":
        return day
    months = day.year * 12 + day.month - 1
    after = months - months % MONTHS[period] + MONTHS[period]
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _rated_on(site: Site, day: date, claims: list[Any], days: dict[date, Site]) -> Ratings:
    if day not in days:
        days[day] = site_on(site, day)
    then = days[day]
    ids = {claim["id"] for claim in claims}
    return {c["id"]: brief(rating_of(then, c, then.fallen)) for c in then.claims if c["id"] in ids}


def site_on(site: Site, day: date) -> Site:
    """The site with only what had happened by the end of a day."""
    if site.as_of and day >= site.as_of:
        return site
    dates = {id_: {cause: when for when, cause in _happened(site, id_)} for id_ in site.sources}
    gone = {id_ for id_, found in dates.items() if found.get("issued", date.min) > day}
    kept = [twin for twin in site.twins if twin["id"] not in gone]
    then = copy.copy(site)
    then.settle([twin | {"record": _record_on(site, twin, gone, dates.get(twin["id"], {}), day)} for twin in kept])
    return then


def _record_on(site: Site, twin: Any, gone: set[str], dates: dict[str, date], day: date) -> dict[str, Any]:
    record = dict(twin["record"])
    if twin["kind"] == "claim" and "evidence" in record:
        record["evidence"] = [item for item in record["evidence"] if site.present[item["source"]] not in gone]
    if twin["kind"] == "source" and dates.get("status", date.min) > day:
        record.pop("status")
    if twin["kind"] == "source" and isinstance(record["derived_from"], list):
        old = record["derived_from"]
        left = [one for one in old if site.present.get(one["source"]) not in gone]
        record["derived_from"] = "unknown" if old and not left else left
    return record


def main(folder: Path) -> int:
    found = list(differences(folder))
    sys.stdout.write("\n".join([*found, f"{len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
