"""Recompute every origin and rating of a built site from its JSON alone: `python tests/recompute.py output`.

It shares no code with the program, and does by trying out what the program does by algorithm. It prints what it
recomputed, and everything in which the site says something else.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

BANDS = ["very low", "low", "medium", "high", "very high"]
SIDES = {"supports": "for", "disputes": "against"}
NOT_FOLLOWED = {"replicates", "replies"}


class Site:
    """The records of a built site, and the chains of its sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        index = self.read("index.json")
        self.as_of = date.fromisoformat(index["as_of"]) if index["as_of"] else None
        self.method = self.read(index["method"])
        self.profile = self.method["profile"]
        self.twins = [self.read(summary["json"]) for summary in index["records"]]
        self.settle(self.twins)

    def settle(self, twins: list[Any]) -> None:
        """Which records count, where the chains of the sources lead, and which sources were dropped."""
        self.present = {old: twin["id"] for twin in twins for old in twin["record"].get("former_ids", [])}
        self.present |= {twin["id"]: twin["id"] for twin in twins}
        standing = [twin for twin in twins if "withdrawn" not in twin["record"]]
        self.claims = [twin for twin in standing if twin["kind"] == "claim"]
        self.positions = [twin for twin in standing if twin["kind"] == "position"]
        self.sources = {twin["id"]: twin for twin in standing if twin["kind"] == "source"}
        self.earlier = {id_: self._earlier(twin["record"]) for id_, twin in self.sources.items()}
        self.reach = {id_: self._walk(id_, set()) for id_ in self.sources}
        dropped = set(self.profile["dropped"])
        self.fallen = {id_ for id_, twin in self.sources.items() if twin["record"].get("status") in dropped}
        self.own = {id_ for id_, twin in self.sources.items() if says_its_own(twin["record"])}
        self.ends = dict(self._ends())

    def read(self, address: str) -> Any:
        """One file of the site, its numbers exact."""
        return json.loads((self.folder / address).read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)

    def _earlier(self, record: dict[str, Any]) -> set[str]:
        if record.get("first_hand") or record["derived_from"] == "unknown":
            return set()
        named = {self.present.get(d["source"]) for d in record["derived_from"] if d["how"] not in NOT_FOLLOWED}
        return {id_ for id_ in named if id_ in self.sources and self.sources[id_]["record"] is not record}

    def _walk(self, start: str, avoiding: set[str]) -> set[str]:
        """Every source in the chains from one, itself included, without passing some."""
        seen, waiting = set(), [start]
        while waiting:
            id_ = waiting.pop()
            if id_ not in seen and id_ not in avoiding:
                seen.add(id_)
                waiting += self.earlier[id_]
        return seen

    def _ends(self) -> Iterator[tuple[str, str]]:
        """Where chains end: alone, or in a loop from which everything leads back."""
        for id_, twin in self.sources.items():
            if not self.earlier[id_] or id_ in self.own:
                yield id_, how_it_ends(twin["record"])
            elif self.loop_of(id_):
                yield min(self.loop_of(id_)), "circular"

    def loop_of(self, id_: str) -> set[str]:
        """The sources of the closed loop that a source is in; none if it is in none."""
        reached = self.reach[id_]
        closed = len(reached) > 1 and all(id_ in self.reach[other] for other in reached) and not reached & self.own
        return reached if closed else set()

    def origins(self, id_: str, fallen: set[str]) -> set[str]:
        """Where the chains from a source end, when some sources have fallen."""
        found = set()
        for reached in self._walk(id_, fallen) if id_ in self.sources else ():
            loop = self.loop_of(reached)
            if loop and not loop & fallen:
                found.add(min(loop))
            elif reached in self.ends and not loop:
                found.add(reached)
        return found


def says_its_own(record: dict[str, Any]) -> bool:
    derived = record["derived_from"]
    return bool(record.get("first_hand")) or (derived != "unknown" and any(d["how"] in NOT_FOLLOWED for d in derived))


def how_it_ends(record: dict[str, Any]) -> str:
    if says_its_own(record):
        return "first-hand"
    return "untraced" if record["derived_from"] else "dead-end"


# Origins


def origins_of(site: Site, claim: dict[str, Any]) -> dict[str, Any]:
    """What the claim's data should say of its origins."""
    cited = {item["id"]: site.present[item["source"]] for item in claim["record"].get("evidence", [])}
    items = {id_: sorted(site.origins(source, site.fallen)) for id_, source in cited.items()}
    origins = sorted({origin for found in items.values() for origin in found})
    ends = {origin: site.ends[origin] for origin in origins}
    groups = merged(items.values())
    return {
        "cited": len(items),
        "origins": len(origins),
        "disjoint": len(groups),
        "untraced": list(ends.values()).count("untraced"),
        "dead_ends": list(ends.values()).count("dead-end"),
        "circular": list(ends.values()).count("circular"),
        "items": items,
        "ends": ends,
        "groups": groups,
    }


def merged(sets: Iterable[list[str]]) -> list[list[str]]:
    """Sets joined until no two overlap."""
    groups: list[set[str]] = []
    for found in sets:
        meeting = [group for group in groups if group & set(found)]
        groups = [group for group in groups if group not in meeting]
        groups += [set(found).union(*meeting)] if found else []
    return sorted(sorted(group) for group in groups)


# Ratings


def rating_of(site: Site, claim: dict[str, Any], fallen: set[str]) -> dict[str, Any]:
    """What the claim's data should say of its computed rating."""
    record = claim["record"]
    weighed = []
    for item in record.get("evidence", []):
        source = site.present[item["source"]]
        found = site.origins(source, fallen)
        weight = weight_of(site, claim, item, found) if found else Decimal(0)
        if item["relation"] in SIDES and weight:
            weighed.append((SIDES[item["relation"]], weight, frozenset(found)))
    sums = {side: heaviest([w for w in weighed if w[0] == side]) for side in SIDES.values()}
    n = heaviest([(side, Decimal(1), found) for side, _, found in weighed])
    return in_words(site, record, sums["for"], sums["against"], n)


def weight_of(site: Site, claim: dict[str, Any], item: dict[str, Any], origins: set[str]) -> Decimal:
    """The product of all that makes an item's weight."""
    profile, source = site.profile, site.sources[site.present[item["source"]]]["record"]
    own = claim["record"]["type"] == "historical" and item.get("basis") == "statement" and source.get("first_hand")
    authority = min(profile["tier"][source["tier"]], profile["basis"][item.get("basis", "unsaid")])
    weight = profile["own_words"] if own else authority
    weight *= profile["directness"][item.get("directness", "unsaid")] * profile["consulted"][item["consulted"]]
    if "quote" in item:
        verdict = claim["quotes"][item["id"]]["verdict"]
        known = {"exact": "verified", "normalised": "verified", "not-found": "not-found"}
        weight *= profile["quote"][known.get(verdict, "unverified")]
    if "about_rival" in item:
        weight *= profile["rival"]
    if not any(site.ends[origin] == "first-hand" for origin in origins):
        weight *= profile["untraced"]
    return Decimal(weight)


def heaviest(weighed: list[tuple[str, Decimal, frozenset[str]]]) -> Decimal:
    """The most that items can weigh together, one origin each, items of the same origins being one: by trying all."""
    voices: dict[frozenset[str], Decimal] = {}
    for _, weight, origins in weighed:
        voices[origins] = max(weight, voices.get(origins, Decimal(0)))
    ordered = list(voices.items())

    @cache
    def best(at: int, taken: frozenset[str]) -> Decimal:
        if at == len(ordered):
            return Decimal(0)
        origins, weight = ordered[at]
        free = sorted(origins - taken)[: len(ordered)]
        return max([best(at + 1, taken), *(weight + best(at + 1, taken | {origin}) for origin in free)])

    return best(0, frozenset())


def in_words(site: Site, claim: dict[str, Any], pro: Decimal, con: Decimal, n: Decimal) -> dict[str, Any]:
    """Axes, band and direction from two sums and a number of origins."""
    searched = has_search(site, claim)
    evidence = agreement = direction = band = uncapped = None
    if pro or con:
        e, a = site.profile["evidence"], site.profile["agreement"]
        robust = pro + con >= e["robust_sum"] and n >= e["robust_origins"]
        medium = pro + con >= e["medium_sum"] and n >= e["medium_origins"]
        evidence = 2 if robust else 1 if medium else 0
        low, high = sorted((pro, con))
        agreement = 2 if high >= a["high_times"] * low else 1 if high >= a["medium_times"] * low else 0
        agreement = None if not low and not searched else agreement
        direction = "split" if agreement == 0 else "for" if pro > con else "against"
    evidence_question = claim["type"] not in ("definitional", "normative")
    if agreement is not None and evidence is not None and evidence_question:
        uncapped = evidence + agreement
        cap = BANDS.index(site.profile["one_origin_at_most"].replace("-", " "))
        band = min(uncapped, cap) if n == 1 else uncapped
    why = "not rated: not an evidence question" if not evidence_question else "unrated: no evidence that counts"
    if evidence_question and evidence is not None:
        why = "not computed: no current search for the other side is logged"
    return {
        "computed": why if band is None else BANDS[band],
        "evidence": None if evidence is None else ("limited", "medium", "robust")[evidence],
        "agreement": None
        if evidence is None
        else "not assessed"
        if agreement is None
        else ("low", "medium", "high")[agreement],
        "direction": direction,
        "weight_for": pro,
        "weight_against": con,
        "origins": n,
        "searched": searched,
        "uncapped": None if uncapped is None else BANDS[uncapped],
    }


def has_search(site: Site, claim: dict[str, Any]) -> bool:
    every, searches = site.method["review_every_days"], claim.get("searches", [])
    if every is None or site.as_of is None:
        return bool(searches)
    limit = timedelta(days=int(every * site.profile["agreement"]["search_periods"]))
    return any(site.as_of - latest(search["date"]) <= limit for search in searches)


def latest(written: str) -> date:
    """The last day that a date such as `2024`, `2024-05~` or `2024-05-01` may mean."""
    year, month, day = (*(int(part) for part in written.rstrip("~?%").split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    after = date(year + (month in (0, 12)), month % 12 + 1, 1)
    return after - timedelta(days=1)


def divergence_of(claim: dict[str, Any], rating: dict[str, Any]) -> Any:
    """How many bands the editor's newest rating is apart; 0 for the other side, nothing for neither."""
    ratings = claim.get("assessments", [])
    if not ratings or rating["computed"] not in BANDS:
        return None
    editor = BANDS.index(ratings[-1]["rating"].replace("-", " "))
    if rating["direction"] == "against":
        return 0 if editor >= BANDS.index("medium") else None
    apart = abs(editor - BANDS.index(rating["computed"]))
    return apart if apart > 1 else None


# All of it


def differences(folder: Path) -> Iterator[str]:
    """Everything in which the site and its recomputation differ."""
    site = Site(folder)
    now = {}
    for claim in site.claims:
        now[claim["id"]] = rating_of(site, claim, site.fallen)
        yield from apart(claim, "origins", origins_of(site, claim), claim["origins"])
        yield from apart(claim, "rating", now[claim["id"]], claim["rating"])
        said = claim["rating"].get("divergence", {}).get("steps")
        yield from apart(
            claim, "divergence", {"steps": divergence_of(claim["record"], now[claim["id"]])}, {"steps": said}
        )
        yield from _steps(claim)


def _steps(claim: dict[str, Any]) -> Iterator[str]:
    """The arithmetic that is shown leads to what is said."""
    origins, steps = claim["origins"].get("items", {}), claim["rating"].get("steps", [])
    for step in steps:
        product = Decimal(1)
        for weight in step.get("factors", {}).values():
            product *= weight
        if "factors" in step and product != step["weight"]:
            yield f"{claim['id']}/{step['item']}: the factors make {product}, not {step['weight']}"
        if (step["reason"] == "counts") != (step.get("origin") in origins[step["item"]]):
            yield f"{claim['id']}/{step['item']}: counts for '{step.get('origin')}', which is no origin of it"
    for side in SIDES.values():
        counted = [step for step in steps if step["reason"] == "counts" and step.get("side") == side]
        if len({step["origin"] for step in counted}) != len(counted):
            yield f"{claim['id']}: an origin counts twice {side} it"
        if sum(step["weight"] for step in counted) != claim["rating"][f"weight_{side}"]:
            yield f"{claim['id']}: the steps {side} it do not add up"


def apart(twin: dict[str, Any], what: str, computed: dict[str, Any], said: dict[str, Any]) -> Iterator[str]:
    """The figures that the site has otherwise."""
    for key, value in computed.items():
        if bare({key: said.get(key)}) != bare({key: value}):
            yield f"{twin['id']}: {what}: {key} is {value}, and the site says {said.get(key)}"


def bare(value: Any) -> Any:
    """A value as it is written: what is null or empty is left out of objects."""
    if isinstance(value, dict):
        found = {key: bare(inner) for key, inner in value.items()}
        return {key: inner for key, inner in found.items() if inner not in (None, [], {})}
    return [bare(inner) for inner in value] if isinstance(value, list | tuple) else value


def main(folder: Path) -> int:
    found = list(differences(folder))
    site = Site(folder)
    sys.stdout.write("\n".join([*found, f"recomputed {len(site.claims)} claims; {len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
