"""What the flagship ledger promises its readers, held as it grows."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import word_runs

from ledger import checks, files, graph, loading, texts
from ledger.analysis import analyse
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.rating_words import counts_words, verdict_words

CONTENT = Path(__file__).resolve().parent.parent / "content"
FLOOR = {
    "thread": 1,
    "controversy": 3,
    "position": 12,
    "claim": 195,
    "source": 255,
    "proponent": 50,
    "event": 80,
    "term": 50,
    "page": 4,
}
EXAMINED = (
    "realpython-2025-summary",
    "turazzini-2025-wall",
    "claritypoint-2025-wall",
    "blackseed-2026-laws-fail",
    "the-ledger-2026-plateau",
)
"""The five documents whose every checkable statement is a claim."""
NOT_OUR_WORDS = frozenset(
    (
        "title",
        "quote",
        "name",
        "literal",
        "family",
        "given",
        "container_title",
        "publisher",
        "url",
        "archive_url",
        "term",
    )
)


pytestmark = pytest.mark.content


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return graph.build_graph(loading.load_records(files.read(CONTENT).files))


def test_it_is_clean_under_strict_and_no_check_is_left_out(ledger: Ledger) -> None:
    assert ledger.index.loaded.problems == ()
    assert checks.run(ledger) == []
    assert not any(check.waits(ledger) for check in checks.CHECKS)


def test_it_does_not_shrink(ledger: Ledger) -> None:
    counts = Counter(record.kind.name for record in ledger.records.values())
    assert {kind: counts[kind] for kind, least in FLOOR.items() if counts[kind] < least} == {}


def test_every_claim_has_evidence_and_every_source_says_what_it_takes_from(ledger: Ledger) -> None:
    assert [claim.id for claim in ledger.of_kind("claim") if not claim.fields.evidence] == []
    assert [item.id for claim in ledger.of_kind("claim") for item in claim.fields.evidence if not item.consulted] == []
    assert [source.id for source in ledger.of_kind("source") if source.fields.derived_from is None] == []


def test_every_claim_has_a_rating_with_a_reason(ledger: Ledger) -> None:
    assert [claim.id for claim in ledger.of_kind("claim") if not claim.fields.assessments] == []
    positions = ledger.of_kind("position")
    assert [p.id for p in positions if not p.fields.assessments or not p.fields.steelman] == []


@pytest.mark.parametrize("source", EXAMINED)
def test_each_examined_document_is_evidence_in_ten_claims(ledger: Ledger, source: str) -> None:
    using = {edge.owner for edge in ledger.edges_to(source) if edge.name == "shown_in"}
    assert len(using) >= 10


def test_the_main_positions_rest_on_twelve_claims_and_four_cut_against_each(ledger: Ledger) -> None:
    for position in ledger.of_kind("position"):
        if position.fields.controversy == "scaling-laws-wall":
            against = _against(ledger, position)
            assert len(position.fields.rests_on) >= 12, position.id
            assert len(against) >= 4, position.id


def _against(ledger: Ledger, position: Record) -> set[str]:
    edges = (edge for edge in ledger.edges_to(position.id) if edge.name == "bears_on")
    bearing = {edge.start for edge in edges if edge.own["effect"] == "disputes"}
    return bearing | {claim for objection in position.fields.objections for claim in objection.claims}


def test_no_sentence_is_copied_from_an_examined_document(ledger: Ledger) -> None:
    titles = {found for source in ledger.of_kind("source") for found, _ in word_runs.runs(source.fields.title)}
    known = word_runs.known_hashes() - titles
    copied = [
        (record.id, run)
        for record in ledger.records.values()
        for text in _our_words(record.authored())
        for found, run in word_runs.runs(text)
        if found in known
    ]
    assert copied == []


def test_copying_would_be_noticed(ledger: Ledger) -> None:
    """The title of an examined document stands in its text, so its runs of words are among the kept hashes."""
    title = ledger.records["blackseed-2026-laws-fail"].fields.title
    assert {found for found, _ in word_runs.runs(title)} <= word_runs.known_hashes()


def test_references_and_accents_do_not_hide_words() -> None:
    assert word_runs.words("Größe, [[term|words]] & [@x]") == ["groe", "words"]


def _our_words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_OUR_WORDS:
                yield from _our_words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _our_words(inner)


METHOD = (CONTENT.parent / "docs/method.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^\[`([a-z0-9-]+)`\]\(\S+\): \*(.+)\*$", METHOD, flags=re.MULTILINE))
"""Claim → what the document of the method says of it."""


def test_the_document_of_the_method_has_three_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("claim", EXAMPLES)
def test_the_examples_of_the_method_are_what_is_computed(ledger: Ledger, claim: str) -> None:
    rating = analyse(ledger).ratings[claim]
    parts = (verdict_words(rating), texts.say(f"solidity.{rating.solidity}"), counts_words(rating.counts))
    assert EXAMPLES[claim] == " · ".join(parts)
