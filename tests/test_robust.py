"""Nothing that stands in the content, and no bug in one place, loses the report of the rest.

The bad examples of all checks, and whole ledgers that were miswired at random, go through all that is computed.
"""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cases import HERE, blocks_in, lay_over_base
from hypothesis import settings
from making import CLAIM, EVIDENCE, SITE, SMALL, SOURCE, ledger_of, run_here, tree
from mutating import mutant

import ledger as package
from ledger import bugs, checks, cli, explanations, exports, graph, loading, structure, validating
from ledger.analysis import Analysis, analyse, ratings
from ledger.analysis.as_of import CLOCKS, seen_on
from ledger.bugs import BUGS
from ledger.checks import CHECKS
from ledger.checks.checking import Check
from ledger.decoding import decode_text
from ledger.diagnostics import Diagnostic, Span, has_errors, in_order
from ledger.engine import tasks
from ledger.engine.live import look_of, next_site
from ledger.engine.report import Options
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.slips import TEMPLATE_ERROR

QUERIES = ("claims where origins_for < 2", "claims where teams > 0 and verdict > open", "positions", "evidence")


def everything(found: Analysis) -> Iterator[Any]:
    """All that is computed of a ledger."""
    ledger = found.ledger
    yield from (found.quotes, found.strips, found.ratings, found.positions, found.single_points, found.claims_changed)
    yield from (found.positions_changed, found.rivals, found.cruxes, found.fairness, found.histories)
    yield {id_: (found.if_retracted(id_), found.claims_behind(id_)) for id_ in ledger.members("source")}
    yield {id_: (found.chains_behind(id_), found.resting_on(id_)) for id_ in found.ratings}
    yield found.gaps


def computed(ledger: Ledger) -> list[Any]:
    """The same, worked out to the last value."""
    return [dict(one) if hasattr(one, "keys") else one for one in everything(analyse(ledger))]


# Every bad example of every check

CATALOGUE = {
    f"catalogue/{id_}": re.findall(r"^## Bad\n(.*?)^## ", explanations.explain(id_) or "", re.MULTILINE | re.DOTALL)[0]
    for id_ in explanations.known()
    if id_ not in (*BUGS, TEMPLATE_ERROR)
}
CASES = {
    path.parent.relative_to(HERE / "errors").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(HERE.glob("errors/*/*/input.md"))
}
EXAMPLES = CATALOGUE | CASES


def laid(folder: Path, example: str) -> Path:
    """The content folder of an example; files that would not open are gone."""
    for path in lay_over_base(folder / "content", blocks_in(EXAMPLES[example])):
        Path(path).unlink()
    return folder / "content"


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_bad_example_goes_through_all_that_is_computed(example: str, tmp_path: Path) -> None:
    loaded = package.load(laid(tmp_path, example), drafts=True)
    assert not bugs.count(loaded.diagnostics)
    for ledger in {loaded.ledger, graph.published(loaded.ledger)}:
        computed(ledger)
    for query in QUERIES:
        loaded.query(query)
    wrong = {one.span.path for one in loaded.diagnostics if one.check in structure.STRUCTURAL}
    assert {loaded.records[id_].path for id_ in loaded.ledger.unsound} <= wrong or loaded.failed


# What is structural


def test_structural_errors_cannot_be_excused() -> None:
    found = [check for check in CHECKS if check.id in structure.STRUCTURAL]
    assert {check.id for check in found} == set(structure.STRUCTURAL)
    assert {(check.level, check.excusable) for check in found} == {("error", False)}


TWINS = "evidence:\n" + 2 * "  - {id: e1, source: s, relation: supports, shows: A gap., consulted: full-text}\n"
RATED = "assessments: [{rating: very-high, by: ann, date: 2024-05-01, why: So.}]\n"
GOOD = "evidence: [{id: e1, source: s, relation: supports, shows: A gap., consulted: full-text, directness: direct}]\n"
FILES = {"site.yml": SITE, "sources/s.yml": SOURCE, "claims/good.yml": CLAIM + GOOD + RATED}


def loaded_of(texts: dict[str, str]) -> Ledger:
    """A ledger of some files, whatever is wrong with them."""
    return graph.build_graph(loading.load_records(TextFile(path, text) for path, text in texts.items()))


@pytest.mark.parametrize(
    "bad",
    [
        CLAIM + TWINS + RATED,
        CLAIM + EVIDENCE.replace("source: s", "source: nowhere") + RATED,
        CLAIM + EVIDENCE.replace("source: s", "source: good") + RATED,
        CLAIM + EVIDENCE + "first_stated: good\n" + RATED,
        CLAIM + EVIDENCE + "relations: [{claim: s, type: narrows}]\n" + RATED,
    ],
)
def test_what_is_unsound_is_as_if_it_were_not_there(bad: str) -> None:
    refers = CLAIM + GOOD + "relations: [{claim: bad, type: depends-on}]\n"
    ledger = loaded_of({**FILES, "claims/bad.yml": bad, "claims/refers.yml": refers})
    without = loaded_of({**FILES, "claims/refers.yml": CLAIM + GOOD})
    assert ledger.unsound == {"bad"}
    assert "bad" in ledger.records
    assert dict(analyse(ledger).ratings) == dict(analyse(without).ratings)


def test_a_query_says_from_what_nothing_is_computed(place: Path) -> None:
    write(place, "claims/x.yml", CLAIM + TWINS)
    answered = run_here("query", "--format", "ids", "claims where teams > 0", cwd=place)
    assert (answered.returncode, answered.stdout) == (cli.CONTENT_ERRORS, "y\n")
    assert "nothing is computed from records with an error in their structure (1): x\n" in answered.stderr


def test_a_link_in_a_text_that_leads_nowhere_takes_nothing_out() -> None:
    ledger = loaded_of({**FILES, "claims/good.yml": CLAIM + GOOD + "scope: As in [[nowhere]].\n"})
    assert [one.check for one in checks.run(ledger) if one.level == "error"] == ["unknown-id"]
    assert ledger.unsound == frozenset()


def test_divergences_wait_for_structure_and_other_checks_do_not() -> None:
    excuse = "exceptions: [{check: rating-divergence, why: It was measured.}]\n"
    texts = {**FILES, "claims/excused.yml": CLAIM + GOOD + RATED + excuse, "sources/alone.yml": SOURCE}
    assert {one.check for one in checks.run(loaded_of(texts))} == {"rating-divergence", "orphan"}
    broken = loaded_of({**texts, "claims/bad.yml": CLAIM + TWINS})
    assert {one.check for one in checks.run(broken)} == {"duplicate-part", "orphan"}
    assert examined(broken)["rating-divergence"] is None


def examined(ledger: Ledger) -> dict[str, int | None]:
    """How many items each check looked at; None for one that waits."""
    parts = [*(checks.of_record(ledger, id_) for id_ in ledger.records), checks.of_ledger(ledger)]
    return dict(checks.summed(parts)["examined"])


# Ledgers that are miswired at random

ALIKE = 0.97
"""How likely a reference leads to a record of the same kind."""


def miswired(texts: dict[str, str], chance: random.Random) -> dict[str, str]:
    """A ledger in which some references lead elsewhere, most to a record of the same kind, and some lines differ.

    So there are loops, records that refer to themselves, items on sources that say something else, and worse.
    """
    kind_of = {Path(path).stem: Path(path).parent for path in texts}
    made = dict(texts)
    for path in chance.sample(sorted(made), chance.randint(2, 8)):
        named = [match for match in re.finditer(r"[a-z0-9-]+", made[path]) if match[0] in kind_of]
        for match in chance.sample(named, min(len(named), 2)):
            alike = [id_ for id_, kind in kind_of.items() if kind == kind_of[match[0]]]
            other = chance.choice(alike if chance.random() < ALIKE else [*kind_of, "nowhere", "clock-lags/e1"])
            made[path] = made[path].replace(match[0], other, chance.choice((1, -1)))
    for path in chance.sample(sorted(made), chance.choice((0, 0, 1, 2))):
        data = mutant(made[path].encode(), chance.choice(list(texts.values())).encode(), chance)
        made[path] = decode_text(path, data)[0] or ""
    return made


@pytest.mark.parametrize("seed", range(settings().max_examples))
def test_everything_is_computed_of_any_ledger(seed: int) -> None:
    texts = {path: data.decode() for path, data in tree(SMALL).items() if path.endswith((".yml", ".md"))}
    loaded = loading.load_records(TextFile(path, text) for path, text in miswired(texts, random.Random(seed)).items())
    for one in (loaded, *(seen_on(loaded, clock, date(1903, 6, 1)) for clock in CLOCKS)):
        ledger = graph.build_graph(one)
        assert [found for found in checks.run(ledger) if found.check in BUGS] == []
        computed(graph.published(ledger))


def test_after_any_change_the_same_is_found_as_at_first_sight(tmp_path: Path) -> None:
    texts = {path: data.decode() for path, data in tree(SMALL).items() if path.endswith((".yml", ".md"))}
    options = Options(shutil.copytree(SMALL, tmp_path / "content"), tmp_path / "site", workers=1)
    look, site = look_of(options), None
    for seed in range(settings().max_examples):
        for path, text in (miswired(texts, random.Random(seed)) if seed % 4 else texts).items():
            if (tmp_path / "content" / path).read_text("utf-8") != text:
                write(tmp_path, path, text)
        site = next_site(options, look, site, site.state.files if site else {})
        fresh = next_site(options, look, None, {})
        assert in_order(site.problems()) == in_order(fresh.problems())
        assert site.state.index.unsound == fresh.state.index.unsound


# Bugs of the program


def boom(*_: object) -> Any:
    raise KeyError("lost")


@pytest.mark.parametrize("broken", CHECKS, ids=lambda check: check.id)
def test_a_check_that_fails_loses_nothing_of_the_others(broken: Check[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {path: text for path, text in FILES.items() if path != "site.yml"} | {
        "claims/bad.yml": CLAIM + TWINS,
        "claims/none.yml": CLAIM,
    }
    ledger = loaded_of(texts)
    before, counts = checks.run(ledger), examined(ledger)
    monkeypatch.setattr(checks, "_checks_of", checks._checks_of.__wrapped__)  # not those that are kept
    for name in ("_OF_RECORDS", "CHECKS"):
        known = getattr(checks, name)
        monkeypatch.setattr(checks, name, tuple(replace(one, find=boom) if one is broken else one for one in known))
    if broken.id in checks._OF_LEDGER:
        monkeypatch.setitem(checks._OF_LEDGER, broken.id, replace(broken, find=boom))
    after = checks.run(again := loaded_of(texts))
    assert others(after, broken.id) == others(before, broken.id)
    assert examined(again) == counts
    failed = [one for one in after if one.check == bugs.CHECK_FAILED]
    assert bool(failed) == bool(counts[broken.id])
    assert all(f"the check {broken.id} failed: KeyError: 'lost'; in checks/" in one.message for one in failed)


def others(found: list[Diagnostic], check: str) -> list[Diagnostic]:
    """What other checks than one have found."""
    return [one for one in found if one.check not in (check, bugs.CHECK_FAILED)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    lay_over_base(tmp_path / "content", [])
    return tmp_path


def write(place: Path, path: str, text: str) -> None:
    (place / "content" / path).write_text(text, "utf-8")


def test_a_rating_that_fails_is_told_beside_all_else(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rate = ratings.rate

    def rate_all_but_one(given: ratings.Input, *choices: Any) -> Any:
        return boom() if given.claim.type == "historical" else rate(given, *choices)

    bears = "bears_on: [{position: c-a, relation: supports}]\n"
    write(place, "claims/lost.yml", CLAIM.replace("empirical", "historical") + bears + GOOD + RATED)
    write(place, "claims/rated.yml", CLAIM + bears + GOOD + RATED)
    monkeypatch.setattr(ratings, "rate", rate_all_but_one)
    done = run_here("check", "--no-cache", "--workers", "1", cwd=place)
    assert done.returncode == cli.BUG
    assert "content/claims/lost.yml:1:1: error[check-failed]: " in done.stdout
    assert "the check rating-divergence failed: KeyError: 'lost'; in " in done.stdout
    assert re.search(r"^content/claims/rated.yml:5:.* warning\[rating-divergence\]: ", done.stdout, re.MULTILINE)
    assert "ledger: internal error, a bug of this program" in done.stderr


def test_checks_that_fail_as_a_whole_cost_one_record(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_record = checks.of_record
    monkeypatch.setattr(checks, "of_record", lambda ledger, id_: boom() if id_ == "x" else of_record(ledger, id_))
    write(place, "sources/alone.yml", SOURCE)
    done = run_here("check", "--no-cache", "--workers", "1", cwd=place)
    assert done.returncode == cli.BUG
    said = "error[check-failed]: a bug of this program: the check of the record failed: KeyError: 'lost'"
    assert f"content/claims/x.yml:1:1: {said}" in done.stdout
    assert "content/sources/alone.yml:2:8: warning[orphan]: " in done.stdout


@pytest.mark.parametrize("clock", CLOCKS)
def test_an_earlier_day_of_what_is_unsound_is_told_like_any_other(clock: str, place: Path) -> None:
    write(place, "claims/x.yml", CLAIM + TWINS + "added: 2024-05-01\n" + RATED)
    done = run_here("check", "--as-of", "2024-01-01", "--clock", clock, "--no-cache", cwd=place)
    assert (done.returncode, done.stdout.count("error[")) == (cli.CONTENT_ERRORS, 1)


def test_a_file_that_cannot_be_read_for_a_bug_costs_one_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    validate = validating.validate
    monkeypatch.setattr(
        loading, "validate", lambda kind, document: boom() if "x.yml" in document.path else validate(kind, document)
    )
    write(place, "sources/alone.yml", SOURCE.replace("derived_from: unknown", "derived_from: none"))
    done = run_here("check", "--no-cache", "--workers", "1", cwd=place)
    assert done.returncode == cli.BUG
    assert "content/claims/x.yml:1:1: error[check-failed]: " in done.stdout
    assert "content/sources/alone.yml:6:15: error[wrong-type]: " in done.stdout


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_build_tells_every_file_that_cannot_be_made_and_leaves_the_old_site(
    workers: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_here("build", cwd=place).returncode == cli.BUILT
    before = tree(place / "output")
    record_files = exports.record_files
    monkeypatch.setattr(
        exports,
        "record_files",
        lambda ledger, id_, base: boom() if id_ in "xy" else record_files(ledger, id_, base),
    )
    write(place, "sources/alone.yml", SOURCE)
    for path in ("claims/x.yml", "claims/y.yml"):
        write(place, path, (place / "content" / path).read_text("utf-8") + "tags: [new]\n")
    done = run_here("build", "--workers", workers, cwd=place)
    assert done.returncode == cli.BUG
    for path in ("claims/x", "claims/y"):
        assert (
            f"content/{path}.yml:1:1: error[unmade-file]: a bug of this program: {path}.json could not" in done.stdout
        )
    assert "content/sources/alone.yml:2:8: warning[orphan]: " in done.stdout
    assert "nothing written, the old site is as it was" in done.stdout
    assert tree(place / "output") == before
    assert run_here("build", "--workers", workers, cwd=place).stdout.splitlines()[:-1] == done.stdout.splitlines()[:-1]
    monkeypatch.undo()
    assert run_here("build", cwd=place).returncode == cli.BUILT


def test_a_whole_file_that_cannot_be_made_is_told_beside_the_others(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wholes = tuple(whole._replace(write=boom) if at < 2 else whole for at, whole in enumerate(exports.WHOLES))
    monkeypatch.setattr(exports, "WHOLES", wholes)
    done = run_here("build", "--no-cache", "--workers", "1", cwd=place)
    assert done.returncode == cli.BUG
    assert done.stdout.count("error[unmade-file]") == 2
    assert not (place / "output").exists()


def test_errors_of_the_content_are_told_if_the_site_cannot_even_be_planned(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "site_map", boom)
    done = run_here("check", "--no-cache", "--workers", "1", cwd=place)
    assert (done.returncode, done.stdout.count("unmade-file")) == (cli.BUG, 1)
    write(place, "claims/x.yml", CLAIM + TWINS)
    done = run_here("check", "--no-cache", "--workers", "1", cwd=place)
    assert (done.returncode, done.stdout.count("duplicate-part")) == (cli.CONTENT_ERRORS, 1)


def test_a_bug_reads_as_one_line() -> None:
    try:
        ledger_of({"claims/x.yml": CLAIM + EVIDENCE, "sources/s.yml": SOURCE}).record(package.Claim, "s")
    except TypeError as bug:
        bug.add_note("at sources/s.yml")
        said = bugs.said(bug)
    assert re.fullmatch(
        r"TypeError: s is a source, not a claim; at sources/s.yml; in graph.py:\d+ < graph.py:\d+", said
    )


def test_errors_are_errors() -> None:
    assert has_errors([bugs.check_failed("orphan", Span("claims/x.yml"), KeyError("lost"))])
