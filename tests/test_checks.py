"""What the checks of one record read, and so which records are checked again when another one changes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import BASE
from making import CLAIM, EVIDENCE, SMALL, SOURCE, ledger_at, ledger_of

from ledger import checks
from ledger.diagnostics import in_order
from ledger.engine.live import LiveSite, look_of, next_site
from ledger.engine.report import Options
from ledger.graph import COMPARED, Ledger

PRECISE = ("kind:", "text:", "record:", "card:", "from:", "to:", "setting:", "as_of", "unsound")
TOO_MUCH = ("records", "edges", "all:")


def test_the_checks_of_a_record_read_no_more_than_its_neighbourhood() -> None:
    ledger = Ledger(ledger_at(SMALL).index)
    for id_ in ledger.records:
        with ledger.reading() as reads:
            checks.of_record(ledger, id_)
        coarse = {key for key in reads if not key.startswith((*PRECISE, "=ledger.analysis.")) and not _is_compared(key)}
        assert coarse == set()
        assert {key for key in reads if key.startswith("record:")} == {f"record:{id_}"}
    behind = {key for name, found in ledger.traces.items() if not _is_compared(name) for key in found.reads}
    assert {key for key in behind if key.startswith(TOO_MUCH)} == set()


def _is_compared(name: str) -> bool:
    """Whether whoever reads a result depends on its value alone, such as which records were merged into which."""
    return "\t".join(name.split("\t")[:2]) in COMPARED


def test_a_claim_without_ratings_and_quotes_asks_for_no_analysis() -> None:
    ledger = ledger_of({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + EVIDENCE})
    with ledger.reading() as reads:
        checks.of_record(ledger, "x")
    assert reads == {"record:x", "text:x", "from:x", "to:x", "card:x", "kind:x", "card:s", "kind:s"}


def test_counts_add_up_and_every_check_is_counted() -> None:
    ledger = ledger_at(SMALL)
    parts = [checks.of_ledger(ledger), *(checks.of_record(ledger, id_) for id_ in ledger.records)]
    assert tuple(checks.summed(parts)["examined"]) == checks.IDS


# What is checked again


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "content")
    write(tmp_path / "content", "sources/s.yml", SOURCE + "url: https://example.com/a\n")
    write(tmp_path / "content", "claims/x.yml", CLAIM + EVIDENCE)
    rated = "assessments: [{rating: very-high, by: ann, date: 2024-05-01, why: So.}]\n"
    write(tmp_path / "content", "claims/rated.yml", CLAIM + EVIDENCE + rated)
    return tmp_path / "content"


def write(content: Path, path: str, text: str) -> None:
    (content / path).parent.mkdir(exist_ok=True)
    (content / path).write_text(text, "utf-8")


def second_source(content: Path) -> None:
    write(content, "sources/s-old.yml", SOURCE + "url: https://example.com/a\n")


def renamed(content: Path) -> None:
    (content / "sources/s.yml").unlink()
    write(content, "sources/s2.yml", SOURCE + "former_ids: [s]\n")


def excused(content: Path) -> None:
    second_source(content)
    excuse = "exceptions: [{check: duplicate-source, why: Two editions.}]\n"
    write(content, "sources/s.yml", SOURCE + "url: https://example.com/a\n" + excuse)


CHANGES: dict[str, Callable[[Path], None]] = {
    "a source that a claim cites is gone": lambda content: (content / "sources/s.yml").unlink(),
    "a source that a claim cites is broken": lambda content: write(content, "sources/s.yml", "type: [\n"),
    "a source that a claim cites is a draft": lambda content: write(content, "sources/s.yml", SOURCE + "draft: true\n"),
    "a source that a claim cites has another name": renamed,
    "a claim that cites a source is gone": lambda content: (content / "claims/x.yml").unlink(),
    "a second source with the same address": second_source,
    "a second source with the same address, excused": excused,
    "a claim with an exception that it does not need": lambda content: write(
        content, "claims/x.yml", CLAIM + EVIDENCE + "exceptions: [{check: duplicate-source, why: None.}]\n"
    ),
    "two items of a claim with one id": lambda content: write(
        content, "claims/x.yml", CLAIM + EVIDENCE.replace("[{", "[" + EVIDENCE.partition("[")[2].strip()[:-1] + ", {")
    ),
    "a source that takes from one that is not there": lambda content: write(
        content,
        "sources/s.yml",
        SOURCE.replace("derived_from: unknown", "derived_from: [{source: nowhere, how: copies}]"),
    ),
    "an editor whom the site does not list": lambda content: write(
        content, "claims/x.yml", CLAIM + EVIDENCE + "assessments: [{rating: low, by: bo, date: 2024-05-01, why: So.}]\n"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_and_back_the_same_is_found_as_at_first_sight(content: Path, change: str) -> None:
    options = Options(content, content.parent / "site", workers=1)
    look = look_of(options)
    first = next_site(options, look, None, {})
    before = found_in(first)
    saved = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    CHANGES[change](content)
    then = next_site(options, look, first, first.state.files)
    assert found_in(then) == found_in(next_site(options, look, None, {}))
    shutil.rmtree(content)
    for path, data in saved.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert found_in(next_site(options, look, then, then.state.files)) == before


def found_in(site: LiveSite) -> list[object]:
    return list(in_order(site.problems()))


def test_a_broken_file_is_looked_at_again_when_it_is_saved_and_still_broken(content: Path) -> None:
    options = Options(content, content.parent / "site", workers=1)
    look = look_of(options)
    write(content, "claims/x.yml", "type: nothing\n" + EVIDENCE.replace("source: s", "source: nowhere"))
    first = next_site(options, look, None, {})
    assert [problem.span.line for problem in first.problems() if problem.check == "unknown-id"] == [2]
    write(content, "claims/x.yml", "type: nothing\n\n" + EVIDENCE.replace("source: s", "source: nowhere"))
    then = next_site(options, look, first, first.state.files)
    assert [problem.span.line for problem in then.problems() if problem.check == "unknown-id"] == [3]
