"""What an import did → words and JSON: one line a record, the gaps in groups, and the line that reconciles.

In: a plan. Out: lines of text, or plain data for JSON. `read N = created A + unchanged B + skipped C` holds by count,
not by subtraction.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ledger.diagnostics import as_json, as_text, visible
from ledger.importers.foreign import Gap
from ledger.importers.planning import KIND, Outcome, Plan

EXAMPLES = 3
"""How many examples a group of gaps shows."""


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps of one sort: which field, why, how many, and the first of them."""

    what: str
    why: str
    count: int
    examples: tuple[Gap, ...]


def groups(plan: Plan) -> list[Group]:
    """The gaps in groups, by field and reason."""
    found: defaultdict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in plan.gaps:
        found[gap.what, gap.why].append(gap)
    return [Group(what, why, len(gaps), tuple(gaps[:EXAMPLES])) for (what, why), gaps in sorted(found.items())]


def summary(plan: Plan, *, dry: bool) -> str:
    """`read 12 = created 9 + unchanged 2 + skipped 1 (it has no title: 1)`."""
    foreign = [outcome for outcome in plan.outcomes if not outcome.implied]
    counts = Counter(outcome.result for outcome in foreign)
    if sum(counts.values()) != plan.read:
        raise AssertionError(f"{plan.read} foreign records were read and {sum(counts.values())} are accounted for")
    reasons = Counter(outcome.why.partition(":")[0] for outcome in foreign if outcome.result == "skipped")
    why = ", ".join(f"{visible(reason)}: {count:,}" for reason, count in sorted(reasons.items()))
    line = f"read {plan.read:,} = created {counts['created']:,} + unchanged {counts['unchanged']:,}"
    line += f" + skipped {counts['skipped']:,}" + (f" ({why})" if why else "")
    implied = Counter(outcome.result for outcome in plan.outcomes if outcome.implied)
    if implied:
        made = ", ".join(
            f"{result} {implied[result]:,}" for result in ("created", "unchanged", "skipped") if implied[result]
        )
        line += f"; of what they imply: {made}"
    return line + ("; a dry run: nothing was written" if dry else "")


def lines(plan: Plan, *, dry: bool) -> Iterator[str]:
    """The report as text: problems, records, gaps, the sum."""
    for problem in plan.problems:
        text = plan.texts.get(problem.span.path)
        yield as_text(problem, text.line(problem.span.line) if text else None)
    for outcome in plan.outcomes:
        yield visible(_line(outcome, dry=dry))
    found = groups(plan)
    if found:
        yield "\nWhat could not be carried over as it was:"
    for group in found:
        yield f"  {visible(group.what)}: {visible(group.why)} ({group.count:,})"
        for gap in group.examples:
            yield visible(f"      {gap.where}" + (f": {gap.value}" if gap.value else ""))
        if group.count > EXAMPLES:
            yield f"      and {group.count - EXAMPLES:,} more"
    yield ("\n" if found else "") + summary(plan, dry=dry)


def _line(outcome: Outcome, *, dry: bool) -> str:
    name = f"{KIND[outcome.kind].folder}/{outcome.id}" if outcome.id else outcome.kind or "nothing"
    result = "would create" if dry and outcome.result == "created" else outcome.result
    return f"{result} {name} from {outcome.where}" + (f": {outcome.why}" if outcome.why else "")


def as_data(plan: Plan, *, dry: bool) -> dict[str, Any]:
    """The same for programs; `problems` are as `ledger check --format json` has them."""
    foreign = [outcome for outcome in plan.outcomes if not outcome.implied]
    counts = Counter(outcome.result for outcome in foreign)
    return {
        "dry_run": dry,
        "read": plan.read,
        "created": counts["created"],
        "unchanged": counts["unchanged"],
        "skipped": counts["skipped"],
        "records": [
            {"result": o.result, "from": o.where, "kind": o.kind, "id": o.id, "why": o.why, "implied": o.implied}
            for o in plan.outcomes
        ],
        "files": [file.path for file in plan.files],
        "gaps": [
            {
                "what": group.what,
                "why": group.why,
                "count": group.count,
                "examples": [{"from": gap.where, "value": gap.value} for gap in group.examples],
            }
            for group in groups(plan)
        ],
        "problems": [json.loads(as_json(problem)) for problem in plan.problems],
    }
