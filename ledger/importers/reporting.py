"""What an import did → words and JSON: one line a record, the gaps in groups, and the line that reconciles.

In: a plan. Out: lines of text, or plain data for JSON. `read N = created A + unchanged B + skipped C` holds by count,
not by subtraction.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any, get_args

from ledger.diagnostics import as_json, as_text, visible
from ledger.importers.comparing import Change
from ledger.importers.drafts import Gap, Outcome, Result
from ledger.importers.planning import Plan
from ledger.importers.recognising import KIND

MOST_PROBLEMS = 200
"""How many problems of the foreign files are shown."""
_WAYS = (
    "hint: --update takes over what the file says otherwise, and shows it first with --dry-run; --separate KEY makes a "
    "record of its own of what is another work"
)
_UNUSED = (
    "hint: `ledger check --strict` warns of sources that nothing cites yet; with --draft they are drafts, which stop "
    "nothing"
)
_MANY = 5
"""So many new sources at once are a bibliography, of which few are cited at first."""
_WOULD = {"created": "would create", "updated": "would update"}
EXAMPLES = 3
"""How many examples a group of gaps shows."""


def groups(plan: Plan) -> list[tuple[str, str, list[Gap]]]:
    """The gaps in groups, by field and reason."""
    found: defaultdict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in plan.gaps:
        found[gap.what, gap.why].append(gap)
    return [(what, why, gaps) for (what, why), gaps in sorted(found.items())]


def _counts(plan: Plan, *, implied: bool = False) -> dict[str, int]:
    found = Counter(outcome.result for outcome in plan.outcomes if outcome.implied == implied)
    return {result: found[result] for result in get_args(Result)}


def summary(plan: Plan, *, dry: bool) -> str:
    """`read 12 = created 9 + unchanged 2 + skipped 1 (it has no title: 1)`."""
    counts, implied = _counts(plan), _counts(plan, implied=True)
    if sum(counts.values()) != plan.read:
        raise AssertionError(f"{plan.read} foreign records were read and {sum(counts.values())} are accounted for")
    skipped = (outcome for outcome in plan.outcomes if outcome.result == "skipped" and not outcome.implied)
    reasons = Counter(outcome.why.partition(":")[0] for outcome in skipped)
    why = ", ".join(f"{visible(reason)}: {count:,}" for reason, count in sorted(reasons.items()))
    shown = {result: count for result, count in counts.items() if count or result != "updated"}
    line = f"read {plan.read:,} = " + " + ".join(f"{result} {count:,}" for result, count in shown.items())
    made = ", ".join(f"{result} {count:,}" for result, count in implied.items() if count)
    line += (f" ({why})" if why else "") + (f"; of what they imply: {made}" if made else "")
    return line + ("; a dry run: nothing was written" if dry else "")


def lines(plan: Plan, *, dry: bool) -> Iterator[str]:
    """The report as text: problems, records, gaps, the sum."""
    for problem in plan.problems[:MOST_PROBLEMS]:
        text = plan.texts.get(problem.span.path)
        yield as_text(problem, text.line(problem.span.line) if text else None)
    if len(plan.problems) > MOST_PROBLEMS:
        yield f"and {len(plan.problems) - MOST_PROBLEMS:,} more like these"
    yield from (visible(_line(outcome, dry=dry)) for outcome in plan.outcomes)
    yield from (visible(line) for change in plan.changes for line in ("", *_diff(change)))
    found = groups(plan)
    if found:
        yield "\nWhat could not be carried over as it was:"
    for what, why, gaps in found:
        yield f"  {visible(what)}: {visible(why)} ({len(gaps):,})"
        yield from (visible(f"      {gap.where}" + (f": {gap.value}" if gap.value else "")) for gap in gaps[:EXAMPLES])
        if len(gaps) > EXAMPLES:
            yield f"      and {len(gaps) - EXAMPLES:,} more"
    yield ("\n" if found else "") + summary(plan, dry=dry)
    if any(outcome.result == "skipped" and outcome.id for outcome in plan.outcomes):
        yield _WAYS
    new = sum(one.result == "created" and one.kind == "source" and not one.implied for one in plan.outcomes)
    if new >= _MANY and not any(b"\ndraft: true" in file.data for file in plan.files):
        yield _UNUSED


def _diff(change: Change) -> list[str]:
    before, after = change.lines.text.split("\n"), change.file.text.split("\n")
    return list(unified_diff(before, after, change.path, change.path, lineterm=""))


def _line(outcome: Outcome, *, dry: bool) -> str:
    name = f"{KIND[outcome.kind].folder}/{outcome.id}" if outcome.id else outcome.kind
    result = _WOULD.get(outcome.result, outcome.result) if dry else outcome.result
    what = f"{name} from {outcome.where}" if name else outcome.where
    return f"{result} {what}" + (f": {outcome.why}" if outcome.why else "")


def as_data(plan: Plan, *, dry: bool) -> dict[str, Any]:
    """The same for programs; `problems` are as `ledger check --format json` has them."""
    return {
        "dry_run": dry,
        "read": plan.read,
        **_counts(plan),
        "records": [
            {"result": o.result, "from": o.where, "kind": o.kind, "id": o.id, "why": o.why, "implied": o.implied}
            for o in plan.outcomes
        ],
        "files": [file.path for file in plan.files],
        "changes": [{"path": change.path, "diff": _diff(change)} for change in plan.changes],
        "gaps": [
            {"what": what, "why": why, "count": len(gaps),
             "examples": [{"from": gap.where, "value": gap.value} for gap in gaps[:EXAMPLES]]}
            for what, why, gaps in groups(plan)
        ],
        "problems": [json.loads(as_json(problem)) for problem in plan.problems],
    }  # fmt: skip
