"""Recompute every comparison of positions of a built site from its JSON alone.

`python tests/recompute_comparisons.py output` shares no code with the program. It prints how many figures it
recomputed, and each in which the site says something else.
"""

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

POINTS = {
    "no-evidence": "1",
    "one-origin": "1",
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


def read(folder: Path, address: str) -> Any:
    """One file of the site, its numbers exact."""
    text = (folder / address).read_text(encoding="utf-8")
    return json.loads(text, parse_float=Fraction, parse_int=Fraction)


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of the four comparisons."""
    index = read(folder, "index.json")
    twins = {entry["id"]: read(folder, entry["json"]) for entry in index["records"]}
    for id_ in (id_ for id_, twin in twins.items() if twin["kind"] == "controversy"):
        pages = f"controversies/{id_}"
        yield from _evidence(read(folder, f"{pages}/evidence.json"), twins)
        yield from _cruxes(read(folder, f"{pages}/cruxes.json"))
        yield from _fairness(read(folder, f"{pages}/fairness.json"), twins)
    yield from _board(read(folder, index["gaps"]))


def _evidence(data: Any, twins: Any) -> Iterator[Figure]:
    at = data["url"]
    for row in data.get("rows", []):
        claim, _, part = row["item"].partition("/")
        cells = {cell["position"]: cell for cell in row.get("cells", [])}
        verdicts = [cells[id_]["verdict"] if id_ in cells else "untested" for id_ in data.get("positions", [])]
        found = [{verdicts[a], verdicts[b]} for a, b in combinations(range(len(verdicts)), 2)]
        told = found.count({"consistent", "inconsistent"})
        yield f"{at} {row['item']} weight", _weight(twins[claim], part), row["weight"]
        yield (
            f"{at} {row['item']} verdicts",
            [_verdict(cells.get(id_, {}).get("ways", [])) for id_ in data.get("positions", [])],
            verdicts,
        )
        yield f"{at} {row['item']} told", (told, len(found)), (row["told"], row["pairs"])
        share = Fraction(told, len(found)) if found else 0
        yield f"{at} {row['item']} diagnosticity", row["weight"] * share, Fraction(row["diagnosticity"])
    order = [(Fraction(row["diagnosticity"]), row["weight"]) for row in data.get("rows", [])]
    yield f"{at} order", sorted(order, reverse=True), order
    telling = [row for row in data.get("rows", []) if Fraction(row["diagnosticity"])]
    for standing in data.get("standings", []):
        yield from _standing(at, standing, data, telling)


def _standing(at: str, standing: Any, data: Any, telling: Any) -> Iterator[Figure]:
    position = standing["position"]
    cells = [(row, cell["verdict"]) for row in telling for cell in row["cells"] if cell["position"] == position]
    tests = [(row, verdict) for row, verdict in cells if verdict in ("consistent", "inconsistent", "mixed")]
    weight = sum(row["weight"] for row, _ in tests)
    counts = {"consistent": 0, "inconsistent": 1, "mixed": Fraction(1, 2)}
    against = sum(row["weight"] * counts[verdict] for row, verdict in tests)
    name = f"{at} {standing['position']}"
    untested = not tests or 2 * len(tests) < len(telling)
    yield f"{name} tested", (len(tests), len(telling)), (standing["tested"], standing["diagnostic"])
    yield f"{name} sources", len({row["source"] for row, _ in tests}), standing["sources"]
    yield f"{name} weights", (weight, against), (standing["tested_weight"], standing["inconsistency"])
    yield f"{name} share", against / weight if weight else None, _fraction(standing.get("share"))
    yield f"{name} untested", untested, standing["untested"]
    others = [Fraction(one["share"]) for one in data.get("standings", []) if not one["untested"]]
    rank = None if untested else 1 + sum(share < against / weight for share in others)
    yield f"{name} rank", rank, standing.get("rank")


def _weight(claim: Any, part: str) -> Fraction:
    """What the item weighs in the rating of its claim."""
    steps = [step for step in claim["rating"]["steps"] if step["item"] == part and step["reason"] == "counts"]
    settled = claim["record"]["type"] not in ("definitional", "normative")
    return steps[0]["weight"] if steps and settled else Fraction(0)


def _verdict(ways: Any) -> str:
    signs = {int(way["sign"]) for way in ways}
    if not signs:
        return "untested"
    return {(True, True): "mixed", (True, False): "consistent", (False, True): "inconsistent"}.get(
        (1 in signs, -1 in signs), "neutral"
    )


def _cruxes(data: Any) -> Iterator[Figure]:
    for group in ("of_fact", "of_meaning"):
        for crux in data.get(group, []):
            swings = [Fraction(move["swing"]) for move in crux["moves"]]
            from_ends = [(Fraction(m["if_true"]) - Fraction(m["if_false"])) / 2 for m in crux["moves"]]
            parted = sum(abs(a - b) for a, b in combinations(swings, 2) if a * b < 0)
            name = f"{data['url']} {crux['claim']}"
            yield f"{name} swings", from_ends, swings
            yield f"{name} apart", parted / 2 / crux["pairs"], Fraction(crux["apart"])
            sides = (sum(s > 0 for s in swings), sum(s < 0 for s in swings))
            yield f"{name} sides", sides, (crux["helped"], crux["hurt"])
        order = [Fraction(crux["apart"]) for crux in data.get(group, [])]
        yield f"{data['url']} {group} order", sorted(order, reverse=True), order


def _fairness(data: Any, twins: Any) -> Iterator[Figure]:
    measured = {
        **{name: name for name in ("items", "sources", "origins", "words", "searches")},
        "verified-share": "verified_share",
        "own-words-share": "own_words_share",
        "median-age": "median_age",
        "assessed-days": "assessed_days",
    }
    for one in data.get("positions", []):
        name, items = f"{data['url']} {one['position']}", one["items"]
        shares = (_fraction(one.get("verified_share")), _fraction(one.get("own_words_share")))
        yield f"{name} shares", (one["verified"] / items, one["own_words"] / items) if items else (None, None), shares
        record = twins[one["position"]]["record"]
        texts = (record["statement"], record.get("steelman", ""), record.get("body", ""))
        yield f"{name} words", sum(len(text.split()) for text in texts), one["words"]
        yield f"{name} tiers", sum(one.get("tiers", {}).values()), one["sources"]
        others = [other for other in data.get("positions", []) if other is not one]
        flags = {}
        for measure, key in measured.items():
            flags |= _flag(measure, one.get(key), [other.get(key) for other in others], data["apart_times"])
        for measure in ("holders", "unregistered"):
            flags |= _flag(
                measure,
                len(one.get(measure, [])),
                [len(other.get(measure, [])) for other in others],
                data["apart_times"],
            )
        if not one["steelman"] and any(other["steelman"] for other in others):
            flags["steelman"] = "missing"
        yield f"{name} flags", flags, {flag["measure"]: flag["word"] for flag in one.get("flags", [])}


def _flag(measure: str, value: Any, others: list[Any], times: Fraction) -> dict[str, str]:
    known = [Fraction(other) for other in others if other is not None]
    if value is None or not known:
        return {}
    if Fraction(value) * times < median(known):
        return {measure: "low"}
    return {measure: "high"} if Fraction(value) > median(known) * times else {}


def _board(data: Any) -> Iterator[Figure]:
    for row in data.get("rows", []):
        for gap in row["gaps"]:
            named = gap.get("figures", {})
            thin = Fraction(named["thin"]) / (Fraction(named["claims"]) or 1) if gap["gap"] == "thin-position" else 1
            share = 1 if gap["gap"] == "thin-position" and named["claims"] == "0" else thin
            yield f"gaps {row['id']} {gap['gap']}", Fraction(POINTS[gap["gap"]]) * share, Fraction(gap["points"])
        thinness = sum(Fraction(gap["points"]) for gap in row["gaps"])
        importance = 1 + row["load"] + 2 * Fraction(row["crux"]) if row["kind"] == "claim" else 2
        yield f"gaps {row['id']} importance", importance, Fraction(row["importance"])
        yield f"gaps {row['id']} thinness", thinness, Fraction(row["thinness"])
        yield f"gaps {row['id']} score", importance * thinness, Fraction(row["score"])
    order = [Fraction(row["score"]) for row in data.get("rows", [])]
    yield "gaps order", sorted(order, reverse=True), order


def _fraction(written: str | None) -> Fraction | None:
    return None if written is None else Fraction(written)


def differences(folder: Path) -> list[Figure]:
    """The figures in which the site says something else."""
    return [figure for figure in figures(folder) if figure[1] != figure[2]]


def main(folder: Path) -> int:
    """The number of figures, and the differences."""
    found = differences(folder)
    lines = [f"{what}: {computed}, and the site says {said}" for what, computed, said in found]
    many = sum(1 for _ in figures(folder))
    sys.stdout.write("\n".join([*lines, f"recomputed {many} figures; {len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
