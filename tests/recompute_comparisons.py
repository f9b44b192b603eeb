"""Recompute every comparison of positions of a built site from its JSON alone.

`python tests/recompute_comparisons.py output` shares no code with the program. It starts from the ratings of claims,
which `recompute.py` recomputes, and prints how many figures it recomputed, and each in which the site says something
else.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from recompute import (
    GRADES,
    LEVELS,
    OPEN,
    WORDS,
    Site,
    Work,
    goes_back_to,
    items_of,
    latest,
    marks_of,
    most,
    why_not,
)

CARRIES = {
    "supports": ((1, 0), (0, 0)),
    "restates": ((1, -1), (1, -1)),
    "disputes": ((-1, 0), (0, 0)),
    "undercuts": ((-1, 0), (0, 0)),
    "depends-on": ((1, 0), (0, -1)),
    "narrows": ((0, 0), (0, 0)),
    "qualifies": ((0, 0), (0, 0)),
    "supersedes": ((0, 0), (0, 0)),
}
"""What speaks for a claim X, and against it, does to the claim Y that it names; then the same from Y to X."""
SIGNS = {"for": 1, "against": -1, "qualifies": 0}
POINTS = {
    "no-evidence": "1",
    "one-team": "1",
    "one-sided": "1/2",
    "not-searched": "1/2",
    "not-rated": "1/2",
    "old-evidence": "1/4",
    "thin-position": "1",
    "old-position": "1/2",
    "events-since-review": "1",
    "review-overdue": "1",
}
Figure = tuple[str, Any, Any]
"""What it is, what it comes to, what the site says."""


class Tie(NamedTuple):
    """How a claim is tied to a position."""

    position: str
    edge: str
    sign: int
    strong: bool

    @property
    def carries(self) -> bool:
        """Whether the position stands or falls with the claim."""
        return self.edge in {"rests_on", "rejects"}


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the comparisons."""
    site = Site(folder)
    for twin in site.twins:
        if twin["kind"] == "controversy" and "withdrawn" not in twin["record"]:
            at = f"controversies/{twin['id']}"
            yield from _evidence(site, twin["id"], site.read(f"{at}/evidence.json"))
            yield from _cruxes(site, twin, site.read(f"{at}/cruxes.json"))
            yield from _fairness(site, twin["id"], site.read(f"{at}/fairness.json"))
    yield from _board(site, site.read("gaps.json"))


# What ties claims to positions


def positions_in(site: Site, controversy: str) -> list[str]:
    """The positions that answer a controversy, by letter."""
    found = [
        (twin["record"]["letter"], id_)
        for id_, twin in site.positions.items()
        if site.named(twin["record"]["controversy"]) == controversy
    ]
    return [id_ for _, id_ in sorted(found)]


def ties_in(site: Site, controversy: str) -> dict[str, set[Tie]]:
    """Claim → its ties to the positions of a controversy."""
    positions = positions_in(site, controversy)
    found: dict[str, set[Tie]] = {}
    for claim, tie in [*_written_by_positions(site, positions), *_written_by_claims(site)]:
        if claim in site.claims and tie.position in positions:
            found.setdefault(claim, set()).add(tie)
    return found


def _written_by_positions(site: Site, positions: Iterable[str]) -> Iterator[tuple[str, Tie]]:
    for id_ in positions:
        record = site.positions[id_]["record"]
        for edge, sign in (("rests_on", 1), ("rejects", -1)):
            yield from ((site.named(claim), Tie(id_, edge, sign, True)) for claim in record.get(edge, []))  # noqa: FBT003
        for objection in record.get("objections", []):
            for claim in objection.get("claims", []):
                yield site.named(claim), Tie(id_, "objected_to_by", -1, False)  # noqa: FBT003


def _written_by_claims(site: Site) -> Iterator[tuple[str, Tie]]:
    for id_, twin in site.claims.items():
        for tie in twin["record"].get("bears_on", []):
            sign = 1 if tie["relation"] == "supports" else -1
            yield id_, Tie(site.named(tie["position"]), tie["relation"], sign, tie.get("strength") == "strong")


class Step(NamedTuple):
    """What one claim does to another."""

    start: str
    end: str
    relation: str
    backward: bool
    by: tuple[int, int]


def steps_of(site: Site) -> set[Step]:
    """Every step from claim to claim, both ways where something is carried back."""
    found = set()
    for id_, twin in site.claims.items():
        for written in twin["record"].get("relations", []):
            other, (there, back) = site.named(written["claim"]), CARRIES[written["type"]]
            if other in site.claims and other != id_:
                found.add(Step(id_, other, written["type"], False, there))  # noqa: FBT003
                found |= {Step(other, id_, written["type"], True, back)} if any(back) else set()  # noqa: FBT003
    return found


# The evidence by positions


def _evidence(site: Site, controversy: str, data: Any) -> Iterator[Figure]:
    at, positions = data["url"], positions_in(site, controversy)
    rows = _rows(site, controversy, positions)
    yield f"{at} positions", positions, data.get("positions", [])
    yield f"{at} order", [row["work"] for row in rows], [row["work"] for row in data.get("rows", [])]
    said = {row["work"]: row for row in data.get("rows", [])}
    for row in rows:
        for key, value in row.items():
            yield f"{at} {row['work']} {key}", value, said.get(row["work"], {}).get(key)
    telling = [row for row in rows if row["apart"]]
    for standing in data.get("standings", []):
        for key, value in _standing(standing["position"], rows, telling).items():
            yield f"{at} {standing['position']} {key}", value, standing[key]


def _rows(site: Site, controversy: str, positions: list[str]) -> list[dict[str, Any]]:
    """Every work that bears on a position, as the data have it, the most telling first."""
    ties, steps = ties_in(site, controversy), steps_of(site)
    found: list[tuple[frozenset[str], tuple[str, Any, str]]] = []
    for claim in sorted({*ties, *(step.start for step in steps if step.end in ties)}):
        record = site.claims[claim]["record"]
        if record["type"] not in {"definitional", "normative"} and not record.get("about_positions"):
            behind = {item.id: goes_back_to(site, item) for item in items_of(site, claim)}
            for item in site.claims[claim]["rating"].get("items", []):
                if item["counts"] == "counts":
                    node = item["id"] if "/" in item["id"] else f"{claim}/{item['id']}"
                    found.append((behind[item["id"]], (claim, item, node)))
    rows = [_row(work, items, positions, ties, steps) for work, items in _by_work(found).items()]
    return sorted(rows, key=lambda row: (not row["strong"], -GRADES.index(row["grade"]), -row["apart"], row["work"]))


def _by_work(found: list[tuple[frozenset[str], Any]]) -> dict[str, list[Any]]:
    """What goes back to one work stands under it, also what goes back to others too; the rest with what it overlaps."""
    single = {id_ for works, _ in found if len(works) == 1 for id_ in works}
    rows = {id_: [of for works, of in found if id_ in works] for id_ in single}
    left = [one for one in found if not one[0] & single]
    while left:
        group = [left.pop()]
        for works, _ in group:
            group += [other for other in left if works & other[0]]
            left = [other for other in left if other not in group]
        rows[min(id_ for works, _ in group for id_ in works)] = [of for _, of in group]
    return rows


def _row(work: str, items: list[Any], positions: list[str], ties: Any, steps: set[Step]) -> dict[str, Any]:
    ways = [way for claim, item, _ in items for way in _ways(claim, SIGNS[item["side"]], ties, steps)]
    cells = [_cell(id_, [way for position, way in ways if position == id_]) for id_ in positions]
    return {
        "work": work,
        "items": sorted({node for *_, node in items}),
        "grade": max((item["grade"] for _, item, _ in items), key=GRADES.index),
        "cells": cells,
        "strong": _apart(cell for cell in cells if cell["strong"]) > 0,
        "apart": _apart(cells),
        "pairs": len(positions) * (len(positions) - 1) // 2,
    }


def _apart(cells: Iterable[Any]) -> int:
    verdicts = [cell["verdict"] for cell in cells]
    return verdicts.count("consistent") * verdicts.count("inconsistent")


def _ways(claim: str, sign: int, ties: Any, steps: set[Step]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way that an item takes to a position: by its own claim, or by one that this does something to."""
    for tie in ties.get(claim, ()):
        way = {"claim": claim, "backward": False, "onto": claim, "edge": tie.edge}
        yield tie.position, {**way, "sign": _reached(sign, tie), "strong": tie.strong}
    for step in steps:
        for tie in ties.get(step.end, ()) if step.start == claim else ():
            carried = sign * step.by[0] if sign > 0 else step.by[1] if sign < 0 else 0
            way = {"claim": claim, "relation": step.relation, "backward": step.backward, "onto": step.end}
            yield tie.position, {**way, "edge": tie.edge, "sign": _reached(carried, tie), "strong": False}


def _reached(sign: int, tie: Tie) -> int:
    """What speaks against a claim reaches only positions that stand or fall with it."""
    return sign * tie.sign if sign > 0 or tie.carries else 0


def _cell(position: str, ways: list[dict[str, Any]]) -> dict[str, Any]:
    """What a work does to a position; where it has a direct way, others have no say."""
    found = [way for way in ways if "relation" not in way] or ways
    found = [way for at, way in enumerate(found) if way not in found[:at]]
    signs = {way["sign"] for way in found}
    pulls = {(True, True): "mixed", (True, False): "consistent", (False, True): "inconsistent"}
    verdict = pulls.get((1 in signs, -1 in signs), "neutral") if signs else "untested"
    strong = any(way["strong"] and way["sign"] for way in found)
    keys = ("claim", "relation", "backward", "onto", "edge", "sign")
    ordered = sorted(found, key=lambda way: [way.get(key, "") for key in keys])
    cell = {"position": position, "verdict": verdict, "strong": strong}
    return {**cell, "ways": ordered} if ordered else cell


def _standing(position: str, rows: list[Any], telling: list[Any]) -> dict[str, Any]:
    def of(row: Any) -> Any:
        return next(cell for cell in row["cells"] if cell["position"] == position)

    against = [row for row in rows if any(way["strong"] and way["sign"] < 0 for way in of(row).get("ways", []))]
    tested = sum(of(row)["verdict"] in {"consistent", "inconsistent", "mixed"} for row in telling)
    return {
        "against": {grade: [row["work"] for row in against if row["grade"] == grade] for grade in GRADES},
        "tested": tested,
        "telling": len(telling),
        "untested": not tested or 2 * tested < len(telling),
    }


# Cruxes


def _cruxes(site: Site, twin: Any, data: Any) -> Iterator[Figure]:
    positions, found = positions_in(site, twin["id"]), []
    named = _named(site, [twin, *(site.positions[id_] for id_ in positions)])
    for claim, ties in ties_in(site, twin["id"]).items():
        record = site.claims[claim]["record"]
        if record["type"] in {"empirical", "predictive"} and not record.get("about_positions"):
            crux = _crux(site, claim, ties, positions)
            found += [{**crux, "named": claim in named}] if Fraction(crux["score"]) else []
    found.sort(key=lambda crux: (-Fraction(crux["score"]), crux["claim"]))
    said = {crux["claim"]: crux for crux in data.get("cruxes", [])}
    yield f"{data['url']} order", [crux["claim"] for crux in found], list(said)
    for crux in found:
        yield from ((f"{data['url']} {crux['claim']} {key}", crux[key], said[crux["claim"]][key]) for key in crux)


def _crux(site: Site, claim: str, ties: set[Tie], positions: list[str]) -> dict[str, Any]:
    pushes = {}
    for id_ in positions:
        pulls = [tie.sign * Fraction(1 if tie.strong else "1/2") for tie in ties if tie.position == id_]
        pushes[id_] = max([Fraction(0), *pulls]) + min([Fraction(0), *pulls])
    leverage, openness = max(pushes.values()) - min(pushes.values()), _openness(site.claims[claim]["rating"])
    return {
        "claim": claim,
        "type": site.claims[claim]["record"]["type"],
        "moves": [{"position": id_, "push": str(push)} for id_, push in pushes.items() if push],
        "leverage": str(leverage),
        "openness": str(openness),
        "score": str(leverage * openness),
    }


def _openness(rating: Any) -> Fraction:
    """1 where a claim is open or has no verdict, 1/2 where it leans or nobody looked, 0 where it is likely."""
    if rating.get("direction", "open") in {"open", "contested"}:
        return Fraction(1)
    nearest = min(abs(WORDS.index(word) - OPEN) for word in rating.get("range", [rating.get("verdict")]))
    return Fraction(1, 2) if "range" in rating or nearest == 1 else Fraction(0)


def _named(site: Site, twins: list[Any]) -> set[str]:
    """The claims that cruxes and tensions name."""
    texts = "\n".join(text for twin in twins for text in twin["record"].get("cruxes", []))
    found = re.findall(r"\[\[([^\]|/]+)", texts)
    found += [
        id_ for twin in twins for tension in twin["record"].get("tensions", []) for id_ in tension.get("claims", [])
    ]
    return {site.named(id_.strip()) for id_ in found}


# Fairness


def _fairness(site: Site, controversy: str, data: Any) -> Iterator[Figure]:
    positions, ties = positions_in(site, controversy), ties_in(site, controversy)
    shares = {id_: _share(site, id_, ties) for id_ in positions}
    yield f"{data['url']} positions", positions, [one["position"] for one in data.get("positions", [])]
    for said in data.get("positions", []):
        share, others = shares[said["position"]], [shares[id_] for id_ in positions if id_ != said["position"]]
        for key, value in share.items():
            if key != "teams" or value is not None:
                yield f"{data['url']} {said['position']} {key}", value, _as_said(said.get(key), value)
        flags = {flag["measure"]: flag["word"] for flag in said.get("flags", [])}
        yield f"{data['url']} {said['position']} flags", _flags(share, others, Fraction(data["apart_times"])), flags
        yield f"{data['url']} {said['position']} floors", _floors(share), said.get("floors", [])


def _as_said(said: Any, like: Any) -> Any:
    """A figure of the data, where nothing is left out."""
    return Fraction(said) if isinstance(said, str) else type(like)() if said is None and like is not None else said


def _share(site: Site, position: str, ties: dict[str, set[Tie]]) -> dict[str, Any]:
    record = site.positions[position]["record"]
    found = list(_items(site, position, ties))
    sources = sorted({item.source for _, item in found})
    holders = _holders(site, position)
    own = {id_ for id_ in sources if site.people_behind(id_) & set(holders)}
    tiers = [site.sources[id_]["tier"] for id_ in sources]
    verified = sum(item.quote in {"exact", "normalised"} for _, item in found)
    works = [
        Work("", *[goes_back_to(site, item)] * 2, frozenset(marks_of(site, item)), 0, False, False, ())  # noqa: FBT003
        for _, item in found
    ]
    own_words = sum(item.source in own for _, item in found)
    searches = list(_searches(site, position, ties))
    return {
        "items": len(found),
        "sources": len(sources),
        "works": len({work for one in works for work in one.works}),
        "teams": most(works, by_team=True),
        "quoted": sum("quote" in item.written for _, item in found),
        "verified": verified,
        "verified_share": Fraction(verified, len(found)) if found else None,
        "own_words": own_words,
        "own_words_share": Fraction(own_words, len(found)) if found else None,
        "tiers": {tier: tiers.count(tier) for tier in tiers},
        "median_age": _age(site, sources),
        "words": sum(len(record.get(key, "").split()) for key in ("statement", "steelman", "body")),
        "steelman": "steelman" in record,
        "assessed_days": _assessed(site, record),
        "holders": holders,
        "unregistered": sorted({name for id_ in holders for name in _unregistered(id_, site.people[id_])}),
        "searches": len(searches),
        "searches_against": sum(searches),
    }


def _items(site: Site, position: str, ties: dict[str, set[Tie]]) -> Iterator[tuple[str, Any]]:
    """The items that count and speak directly for a position."""
    for claim, tied in ties.items():
        signs = {tie.sign for tie in tied if tie.position == position}
        for item in items_of(site, claim) if not site.claims[claim]["record"].get("about_positions") else ():
            speaks = {"supports": 1, "disputes": -1}.get(item.written["relation"])
            if speaks in signs and why_not(item) == "counts" and "/" not in item.id:
                yield claim, item


def _age(site: Site, sources: list[str]) -> Fraction | None:
    if site.as_of is None or not sources:
        return None
    return Fraction(
        median(Fraction(max(0, (site.as_of - latest(site.sources[id_]["issued"])).days)) for id_ in sources)
    )


def _assessed(site: Site, record: Any) -> int | None:
    rated = [made for one in (record, *record.get("parts", [])) for made in one.get("assessments", [])]
    if site.as_of is None or not rated:
        return None
    return max(0, (site.as_of - max(latest(made["date"]) for made in rated)).days)


def _holders(site: Site, position: str) -> list[str]:
    """Who holds a position or leans to it, as they said last."""
    return sorted(id_ for id_, person in site.people.items() if _stance(site, person, position) in {"holds", "leans"})


def _stance(site: Site, person: Any, position: str) -> str:
    """The stance that somebody took last; of two of one day, having left."""
    found = []
    for one in person.get("stances", []):
        if site.named(one["position"]) == position:
            last = max((_when(said["date"]) for said in one["attested"]), default=(date.min, 0))
            found.append((last, one["stance"] == "left", one["stance"]))
    return str(max(found)[-1]) if found else ""


def _when(written: str) -> tuple[date, int]:
    """The first day of a date, and how exactly that is known; with an open beginning the last day."""
    first = written.partition("/")[0]
    if first == "..":
        return latest(written), _precision(written.rpartition("/")[2])
    year, month, day = (*(int(part) for part in first.rstrip("~?%").split("-")), 1, 1)[:3]
    return date(year, month, day), _precision(first)


def _precision(written: str) -> int:
    return written.count("-") + 1


def _unregistered(id_: str, person: Any) -> Iterator[str]:
    """Who stands behind a holder without a record; a group itself when nobody is named."""
    yield from (tie["name"] for tie in person.get("members", []) if "name" in tie and "id" not in tie)
    if person["type"] == "group" and not person.get("members"):
        yield id_


def _searches(site: Site, position: str, ties: dict[str, set[Tie]]) -> Iterator[bool]:
    """The searches on the claims that a position rests on or rejects: whether each looked against the position."""
    for claim, tied in ties.items():
        for sign in {tie.sign for tie in tied if tie.position == position and tie.carries}:
            searches = site.claims[claim]["record"].get("searches", [])
            yield from (search.get("side") == ("against" if sign > 0 else "for") for search in searches)


MEASURES = ("items", "sources", "works", "teams", "verified_share", "own_words_share", "median_age", "words")
MORE_MEASURES = ("assessed_days", "holders", "unregistered", "searches")


def _flags(share: Any, others: list[Any], times: Fraction) -> dict[str, str]:
    flags = {}
    for name in (*MEASURES, *MORE_MEASURES):
        value, *rest = (len(one[name]) if isinstance(one[name], list) else one[name] for one in (share, *others))
        known = [Fraction(other) for other in rest if other is not None]
        if value is not None and known:
            low, high = Fraction(value) * times < median(known), Fraction(value) > median(known) * times
            flags |= {name.replace("_", "-"): "low" if low else "high"} if low or high else {}
    missing = not share["steelman"] and any(other["steelman"] for other in others)
    return flags | ({"steelman": "missing"} if missing else {})


def _floors(share: Any) -> list[str]:
    lacks = {
        "no-holder": not share["holders"] and not share["unregistered"],
        "no-steelman": not share["steelman"],
        "no-checked-quote": not share["verified"],
        "no-search": not share["searches_against"],
        "few-teams": share["teams"] is not None and share["teams"] < 3,
    }
    return [floor for floor, lacking in lacks.items() if lacking]


# Open work


def _board(site: Site, data: Any) -> Iterator[Figure]:
    rows = {row["id"]: row for row in data.get("rows", [])}
    for row in rows.values():
        at = f"gaps {row['id']}"
        for gap in row["gaps"]:
            yield f"{at} {gap['gap']}", Fraction(POINTS[gap["gap"]]) * _thin(gap), Fraction(gap["points"])
        thinness = sum(Fraction(gap["points"]) for gap in row["gaps"])
        importance = 1 + row["load"] + 2 * Fraction(row["crux"]) if row["kind"] == "claim" else Fraction(2)
        yield f"{at} importance", importance, Fraction(row["importance"])
        yield f"{at} thinness", thinness, Fraction(row["thinness"])
        yield f"{at} score", importance * thinness, Fraction(row["score"])
    for id_, twin in site.claims.items():
        gaps = {gap["gap"] for gap in rows.get(id_, {"gaps": []})["gaps"]}
        yield f"gaps {id_} evidence", set(_evidence_gaps(twin)), gaps & set(list(POINTS)[:4])
        load = {id_ for id_, one in site.positions.items() if _rests(site, one["record"], twin["id"])}
        if id_ in rows:
            yield f"gaps {id_} load", len(load), rows[id_]["load"]
    order = [Fraction(row["score"]) for row in rows.values()]
    yield "gaps order", sorted(order, reverse=True), order
    for campaign in data.get("campaigns", []):
        yield from _campaign(site, campaign, rows)


def _thin(gap: Any) -> Fraction:
    figures = gap.get("figures", {})
    return Fraction(int(figures["thin"]), int(figures["claims"])) if figures.get("claims", "0") != "0" else Fraction(1)


def _rests(site: Site, position: Any, claim: str) -> bool:
    return claim in {site.named(id_) for edge in ("rests_on", "rejects") for id_ in position.get(edge, [])}


def _evidence_gaps(twin: Any) -> Iterator[str]:
    rating = twin["rating"]
    if rating.get("not_rated") == "no question of evidence":
        return
    sides = {item["side"] for item in rating.get("items", []) if item["counts"] == "counts"} - {"qualifies"}
    lacks = {
        "no-evidence": not sides,
        "one-team": rating["counts"]["teams"] == 1,
        "one-sided": len(sides) == 1,
        "not-searched": not rating["looked_for"],
    }
    yield from (gap for gap, lacking in lacks.items() if lacking)


def _campaign(site: Site, campaign: Any, rows: dict[str, Any]) -> Iterator[Figure]:
    at = f"campaign {campaign['controversy']}"
    scores = []
    for search in campaign["searches"]:
        rating = site.claims[search["claim"]]["rating"]
        support, dispute = (LEVELS.index(rating["evidence"][side]) for side in ("for", "against"))
        side = "both" if support == dispute else "against" if support > dispute else "for"
        low, high = (WORDS.index(word) for word in rating.get("range", ["open", "open"]))
        scores.append(Fraction(rows[search["claim"]]["importance"]) * (high - low))
        said = (search["side"], search["narrows"], Fraction(search["score"]))
        yield f"{at} {search['claim']}", (side, high - low, scores[-1]), said
    yield f"{at} order", sorted(scores, reverse=True), scores


def differences(folder: Path) -> list[Figure]:
    """The figures in which the site says something else."""
    return [figure for figure in figures(folder) if figure[1] != figure[2]]


def main(folder: Path) -> int:
    """Print the number of figures, and the differences."""
    found = differences(folder)
    lines = [f"{what}: {computed}, and the site says {said}" for what, computed, said in found]
    many = sum(1 for _ in figures(folder))
    sys.stdout.write("\n".join([*lines, f"recomputed {many} figures; {len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
