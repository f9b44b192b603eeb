"""What each choice of weights does to the ratings of the content: `python benchmarks/calibrate.py`.

It writes two parts of `docs/method.md`, each between its marker and `<!-- end -->`: the distribution of the computed
ratings under the profile as it is and under others that differ from it in one thing, and a claim worked out in full.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ledger import files, graph, loading
from ledger.analysis import analyse
from ledger.analysis.origins import trace_behind
from ledger.analysis.ratings import (
    BANDS,
    NO_EVIDENCE_QUESTION,
    NOT_SEARCHED,
    UNRATED,
    Rules,
    plain,
    profile_of,
    rate_claim,
)
from ledger.graph import Ledger
from ledger.records import Claim, Profile

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/method.md"
EXAMPLE = "set-up-changes-reverse-trends"

SAME: Mapping[str, Any] = {
    "basis": dict.fromkeys(("reporting", "statement", "opinion", "anecdote", "calculation"), "1"),
    "consulted": dict.fromkeys(("abstract", "excerpt", "notes", "coverage", "memory"), "1"),
}
CHOICES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("as it is", {}),
    ("how a source was read makes no difference", {"consulted": SAME["consulted"]}),
    ("what is known through coverage weighs 0.3", {"consulted": {"coverage": "0.3"}}),
    ("what an item stands on makes no difference", {"basis": SAME["basis"]}),
    ("preprints weigh as much as reviewed work", {"tier": {"preprint": "1"}}),
    ("where nobody has said, direct", {"directness": {"unsaid": "1"}}),
    ("where nobody has said, indirect", {"directness": {"unsaid": "0.5"}}),
    ("untraced items weigh in full", {"untraced": "1"}),
    ("untraced items weigh nothing", {"untraced": "0"}),
    ("medium from 0.5, robust from 1", {"evidence": {"medium_sum": "0.5", "robust_sum": "1"}}),
    ("medium from 1.5, robust from 3", {"evidence": {"medium_sum": "1.5", "robust_sum": "3"}}),
    ("robust from two origins", {"evidence": {"robust_origins": "2"}}),
    ("agreement medium from 3 times, high from 9", {"agreement": {"medium_times": "3", "high_times": "9"}}),
    ("one origin is no cap", {"one_origin_at_most": "very-high"}),
    ("equal weights: every item weighs 1", {}),
)
EQUAL = CHOICES[-1][0]


def changed(profile: Profile, change: Mapping[str, Any]) -> Profile:
    """A profile with some of its values replaced."""
    values: dict[str, Any] = {name: _texts(getattr(profile, name)) for name in Profile.model_fields}
    for name, new in change.items():
        values[name] = {**values[name], **new} if isinstance(new, Mapping) else new
    return Profile.model_validate(values)


def _texts(value: Any) -> Any:
    """A value as an editor writes it."""
    if hasattr(value, "model_dump"):
        return {key: str(inner) for key, inner in value.model_dump(by_alias=True, mode="python").items()}
    return value if isinstance(value, str | tuple) else str(value)


def equal(profile: Profile) -> Profile:
    """A profile in which everything weighs the same."""
    tables = ("tier", "basis", "directness", "consulted", "quote")
    ones = {name: dict.fromkeys(_texts(getattr(profile, name)), "1") for name in tables}
    return changed(profile, {**ones, "rival": "1", "untraced": "1"})


def distribution(ledger: Ledger) -> str:
    """How many claims come out how, and how many part from the editors, for each choice."""
    profile = profile_of(ledger)
    traced = trace_behind(ledger, ledger.members("source"), profile.dropped)
    claims = [claim for claim in ledger.of_kind(Claim) if claim.fields.withdrawn is None]
    verdicts = {key: found.verdict for key, found in analyse(ledger).quotes.items()}
    head = ("Choice", *BANDS, "no search logged", "no evidence question", "unrated", "part from the editors")
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for words, change in CHOICES:
        chosen = equal(profile) if words == EQUAL else changed(profile, change)
        ratings = [rate_claim(ledger, Rules(chosen, traced, verdicts), claim) for claim in claims]
        counts = Counter(rating.computed for rating in ratings)
        columns = [counts[word] for word in (*BANDS, NOT_SEARCHED, NO_EVIDENCE_QUESTION, UNRATED)]
        parting = sum(rating.divergence is not None for rating in ratings)
        lines.append(f"| {words} | " + " | ".join(map(str, (*columns, parting))) + " |")
    return "\n".join(lines)


def example(ledger: Ledger) -> str:
    """One claim, with the arithmetic of every item."""
    profile = profile_of(ledger)
    rules = Rules(profile, trace_behind(ledger, ledger.members("source"), profile.dropped), {})
    rating = rate_claim(ledger, rules, ledger.record(Claim, EXAMPLE))
    lines = [
        f"> {ledger.records[EXAMPLE].fields.statement}",
        "",
        "| Item | Source | Side | Weight | Counts for |",
        "|---|---|---|---|---|",
    ]
    for step in rating.steps:
        product = " × ".join(plain(factor.weight) for factor in step.factors)
        words = ", ".join(factor.word for factor in step.factors)
        weight = f"{words}: {product} = {plain(step.weight)}" if step.factors else "0"
        lines.append(f"| {step.item} | `{step.source}` | {step.side} | {weight} | `{step.origin}` |")
    divided = rating.divergence
    lines += [
        "",
        f"For it: {plain(rating.weight_for)}. Against it: {plain(rating.weight_against)}. "
        f"Together: {plain(rating.total)}, from {rating.origins} origins. Evidence: {rating.evidence}. "
        f"Agreement: {rating.agreement}. Computed: **{rating.computed}**, {rating.direction} the claim. "
        + (
            f"The editors say **{rating.editor.rating}**, and why: {divided.because}"
            if divided and rating.editor
            else ""
        ),
    ]
    return "\n".join(lines)


BLOCKS: Mapping[str, Callable[[Ledger], str]] = {"distribution": distribution, "example": example}


def with_blocks(text: str, ledger: Ledger) -> str:
    """The page with its computed parts as they should be."""
    for name, make in BLOCKS.items():
        pattern = rf"(<!-- calibrated: {name} -->\n).*?(<!-- end -->)"
        text = re.sub(pattern, partial(_filled, make(ledger)), text, flags=re.DOTALL)
    return text


def _filled(block: str, found: re.Match[str]) -> str:
    return f"{found[1]}\n{block}\n\n{found[2]}"


def flagship() -> Ledger:
    """What is published of the content of the repository."""
    return graph.published(graph.build_graph(loading.load_records(files.read(ROOT / "content").files)))


if __name__ == "__main__":
    PAGE.write_text(with_blocks(PAGE.read_text(encoding="utf-8"), flagship()), encoding="utf-8", newline="\n")
