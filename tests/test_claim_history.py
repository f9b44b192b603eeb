"""The hash of what a claim says, citations with it, and `ledger was`: what it said when it was cited."""

import json
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from making import CLAIM, FLAGSHIP, ROOT, SITE, SOURCE, data_of, git, ledger_of, run_here, tree

from ledger import cli, texts
from ledger.analysis.wording import cited_of, hash_of
from ledger.decoding import MAX_BYTES
from ledger.editing import claim_history, git_content
from ledger.editing.claim_history import what_it_said
from ledger.engine import past
from ledger.engine.build import build
from ledger.engine.live import look_of, next_site
from ledger.engine.report import Options, Report
from ledger.engine.state import read_state
from ledger.files import TextFile
from ledger.loading import load_record
from ledger.records import Assessment, Evidence
from ledger.views.wording import SHOWN

RATED = (
    "assessments:\n- {rating: low, by: ann, date: 2020-01-01, why: Old.}\n"
    "- {rating: high, by: ann, date: 2021-01-01, why: New reason.}\n"
)
ITEM = "- {{id: e{}, source: s, relation: supports, shows: {}, consulted: memory}}\n".format
ITEMS = (
    f"evidence:\n{ITEM(1, 'A gap.')}"
    "- {id: e2, source: s, relation: disputes, shows: 'No gap.', consulted: memory,"
    " quantity: {measure: m, unit: u, value: 5e25}}\n"
)
FULL = "statement: It moves a lot.\ntype: empirical\nscope: Here.\n" + ITEMS + RATED


def hash_in(text: str) -> str:
    return hash_of(ledger_of({"claims/c.yml": text, "sources/s.yml": SOURCE}).records["c"])


def fields_in(text: str) -> dict:
    return ledger_of({"claims/c.yml": text, "sources/s.yml": SOURCE}).records["c"].authored()


def words_in(cited: dict) -> Iterator[str]:
    """The statement, the scope, the reason of the rating and what each item shows."""
    yield from filter(None, (cited["statement"], cited.get("scope"), cited["rating"]["why"]))
    yield from (item["shows"] for item in cited["evidence"])


SAME = {
    "style": FULL.replace("statement: It moves a lot.", 'statement: "It moves\n  a lot."'),
    "a folded block": FULL.replace("statement: It moves a lot.", "statement: >\n  It moves\n  a  lot.\n"),
    "order of fields": "type: empirical\n" + FULL.replace("type: empirical\n", ""),
    "order in an item": FULL.replace("{id: e1, source: s,", "{source: s, id: e1,"),
    "dates": FULL.replace("2021-01-01", "2022-02-02") + "added: 2020-01-01\nupdated: 2021-01-01\n",
    "when it was entered": FULL.replace("shows: A gap.,", "shows: A gap., recorded: 2020-01-01, by: ann,"),
    "an earlier rating": FULL.replace("Old.", "Older."),
    "notes and tags": FULL + "note: Mine.\ntags: [x]\nbody: Words.\n",
    "a comment": "# Words.\n" + FULL,
}
OTHER = {
    "statement": FULL.replace("a lot", "much"),
    "case": FULL.replace("It moves", "it moves"),
    "scope": FULL.replace("Here", "There"),
    "no scope": FULL.replace("scope: Here.\n", ""),
    "what is shown": FULL.replace("A gap", "The gap"),
    "relation": FULL.replace("disputes", "qualifies"),
    "figure": FULL.replace("5e25", "6e25"),
    "rating": FULL.replace("high", "medium"),
    "reason": FULL.replace("New reason", "Another reason"),
}


def test_another_word_changes_the_hash_and_nothing_else_does():
    first = hash_in(FULL)
    assert re.fullmatch("[0-9a-f]{10}", first)
    assert {name: hash_in(text) for name, text in SAME.items()} == dict.fromkeys(SAME, first)
    others = {name: hash_in(text) for name, text in OTHER.items()}
    assert len({first, *others.values()}) == len(OTHER) + 1


def test_the_program_in_the_documentation_gives_the_hash_that_is_published():
    texts = {"claims/c.yml": FULL, "claims/least.yml": CLAIM, "sources/s.yml": SOURCE}
    files = data_of(ledger_of(texts), "claims/*.json")
    section = (ROOT / "docs/json.md").read_text("utf-8").partition("## The hash of a claim")[2].partition("\n## ")[0]
    program: dict = {}
    exec(re.search(r"```python\n(.*?)```", section, re.DOTALL)[1], program)
    listed = {one["id"]: one["hash"] for one in json.loads(files["claims/index.json"])["records"]}
    for id_ in ("c", "least"):
        data = json.loads(files[f"claims/{id_}.json"])
        assert program["hash_of"](data["record"]) == data["hash"] == listed[id_]


# What it said


class Place:
    """A repository with a ledger that a test writes and commits to."""

    def __init__(self, folder: Path, whole: Path | None = None) -> None:
        self.folder, self.content = folder, folder / "content"
        if whole:
            shutil.copytree(whole, self.content)
            shutil.copytree(whole.with_name("public"), folder / "public")
        for path, text in ({} if whole else {"site.yml": SITE, "sources/s.yml": SOURCE, "claims/c.yml": FULL}).items():
            self.write(path, text)
        git(folder, "init", "--quiet")
        self.commit("first")

    def write(self, path: str, text: str) -> None:
        (self.content / path).parent.mkdir(parents=True, exist_ok=True)
        (self.content / path).write_text(text, encoding="utf-8")

    def commit(self, subject: str) -> None:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", subject)

    def built(self, output: Path | None = None, **options: Any) -> tuple[dict[str, str], Report]:
        """The pages of its site with those of earlier wordings, and what was reported."""
        output = output or self.folder.parent / "site"
        report = build(Options(self.content, output, history=True, **options))
        return {path: data.decode() for path, data in tree(output).items() if path.endswith(".html")}, report

    def was(self, cited: str) -> str:
        done = run_here("was", cited, cwd=self.folder)
        assert (done.returncode, done.stderr) == (cli.BUILT, "")
        return done.stdout


MARKS = re.compile("[\"'“”‘’]")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


def test_what_it_said_and_what_changed_since_and_why(place: Place):
    first, second = hash_in(FULL), hash_in(OTHER["reason"])
    place.write("claims/c.yml", OTHER["reason"])
    place.commit("The reason is another: \x1b[31m ##[error]x")
    place.write("claims/c.yml", SAME["a comment"].replace("New reason", "Another reason"))
    place.commit("layout")
    said = place.was(f"c@{first.upper()}")
    assert "statement: It moves a lot.\nscope: Here.\nrating: high, by ann on 2021-01-01: New reason.\n" in said
    assert "  e1 supports, from s: A gap.\n" in said
    assert f"now: c@{second}\n\nchanged since:\n  rating why: New reason. → Another reason.\n" in said
    assert re.search(r"since \d{4}-\d\d-\d\d \([0-9a-f]{10}\)\n  until \d{4}-\d\d-\d\d \(", said)
    assert "The reason is another: \ufffd[31m #\ufffd#[error]x\n" in said
    assert f"now: c@{second}, which is the same" in place.was(f"c@{second}")
    place.write("claims/c.yml", OTHER["scope"])
    assert "not committed yet" in place.was(f"c@{hash_in(OTHER['scope'])}")
    assert "until now, with a change that is not committed yet" in place.was(f"c@{second}")


def test_it_follows_renames_and_outlives_the_claim(place: Place):
    first = hash_in(FULL)
    for old, new in (("c", "d"), ("d", "e")):
        text = (place.content / f"claims/{old}.yml").read_text("utf-8")
        (place.content / f"claims/{old}.yml").unlink()
        former = "former_ids: [c]\n" if new == "d" else "former_ids: [c, d]\n"
        place.write(f"claims/{new}.yml", re.sub("former_ids.*\n", "", text).replace("a lot", new) + former)
        place.commit(f"{old} is {new}")
    for id_ in "cde":
        assert "statement: It moves a lot." in place.was(f"{id_}@{first}")
        assert "now: e@" in place.was(f"{id_}@{first}")
    (place.content / "claims/e.yml").unlink()
    place.commit("gone")
    assert "now: the claim is not there" in place.was(f"c@{first}")
    assert "statement: It moves a lot." in place.was(f"e@{first}")


def test_fifty_random_edits_after_which_every_old_hash_says_what_it_said(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chance, text, said = random.Random(15), FULL, {}
    for number in range(50):
        said[hash_in(text)] = text
        edits = (
            lambda t, n=number: re.sub("statement: .*", f"statement: It moves {n} times.", t),
            lambda t, n=number: re.sub("scope: .*", f"scope: 'In {n}:  here.'", t),
            lambda t, n=number: t + f"- {{rating: low, by: ann, date: 2022-01-01, why: Reason {n}.}}\n",
            lambda t, n=number: t.replace("evidence:\n", "evidence:\n" + ITEM(n + 3, f"It {n}.")),
            lambda t, n=number: f"# {n}\n" + t,
            lambda t: t.replace("statement: ", "statement:    "),
        )
        text = chance.choice(edits)(text)
        place.write("claims/c.yml", text)
        place.commit(f"edit {number}")
    assert len(said) > 20
    site, report = place.built()
    assert not report.notes
    for hash_, written in [*said.items()][::5]:
        found = what_it_said(place.content, "c", hash_).then
        assert found.hash == hash_in(written) == hash_
        assert cited_of(found.record.authored()) == cited_of(fields_in(written))
    for hash_, written in said.items():
        page = site[f"claims/c/at/{hash_}.html"]
        if hash_ == hash_in(text):
            assert 'url=../../c.html"' in page
            continue
        for words in words_in(cited_of(fields_in(written))):
            assert words in " ".join(page.split())
    monkeypatch.setattr(past, "WORTH_SHARING", 1)
    assert place.built(tmp_path / "shared", cache=False, workers=2)[0] == site


@pytest.mark.nightly
def test_after_fifty_random_edits_of_the_flagship_old_citations_still_say_what_they_said(tmp_path: Path):
    chance, place = random.Random(2015), Place(tmp_path / "repository", FLAGSHIP)
    before: dict[tuple[str, str], dict[str, Any]] = {}
    for path in chance.sample(sorted((place.content / "claims").glob("*.yml")), 50):
        text = path.read_text("utf-8")
        record, _ = load_record(TextFile(f"claims/{path.name}", text))
        assert record is not None
        before[path.stem, hash_of(record)] = cited_of(record.authored())
        edit = chance.choice(re.findall("^(?:statement|    shows): (?=[A-Z])", text, re.MULTILINE))
        text = re.sub(f"^{edit}(?=[A-Z])", r"\g<0>Once, ", text, count=1, flags=re.MULTILINE)
        place.write(f"claims/{path.name}", text)
        place.commit(path.stem)
    site, report = place.built(cache=False)
    assert (report.notes, [one for one in report.problems if one.level == "error"], len(before)) == ((), [], 50)
    assert report.published
    for (id_, hash_), cited in before.items():
        shown = " ".join(unescape(re.sub("<[^>]*>", "", site[f"claims/{id_}/at/{hash_}.html"])).split())
        for words in words_in(cited):  # references in them are shown by other words, marks by others
            part = max(re.split(r"\[+[^]]*\]+", words), key=len).strip()
            assert MARKS.sub("'", part) in MARKS.sub("'", shown), id_


# Pages of what it said


def test_pages_follow_each_commit_and_are_those_of_a_build_from_nothing(place: Place, tmp_path: Path):
    first, second = hash_in(FULL), hash_in(OTHER["reason"])
    place.write("claims/c.yml", OTHER["reason"])
    site, report = place.built()
    assert {one for one in site if "/at/" in one} == {f"claims/c/at/{hash_}.html" for hash_ in (first, second)}
    assert "when the change is committed" in site[f"claims/c/at/{first}.html"]
    assert f'href="c/at/{first}.html"' in site["claims/c.html"]
    place.commit("<script>why</script> \x1b[31m")
    site, report = place.built()
    assert report.made, "a new commit is noticed although no file has changed"
    page = site[f"claims/c/at/{first}.html"]
    assert "&lt;script&gt;why&lt;/script&gt; \ufffd[31m" in page
    assert "<del>New</del> <ins>Another</ins> reason." in page
    assert "<strong>Open.</strong>" in page
    assert 'href="../../c.html"' in page
    assert 'content="noindex"' in page
    assert place.built()[1].made == 0
    options = Options(place.content, Path(), history=True)
    served = next_site(options, look_of(options), None, {}).get(f"claims/c/at/{first}.html")
    assert served is not None
    assert served.decode() == page
    assert place.built(tmp_path / "anew", cache=False)[0] == site
    assert not any("/at/" in one for one in place.built(tmp_path / "day", as_of=date(2021, 6, 1))[0])


def test_what_a_claim_says_has_its_page_once_it_says_something_else_and_no_longer_when_it_says_it_again(
    place: Place, tmp_path: Path
):
    place.built()
    for text in (OTHER["what is shown"], FULL, OTHER["what is shown"]):
        place.write("claims/c.yml", text)
        assert place.built()[0] == place.built(tmp_path / "anew", cache=False)[0]


def test_pages_of_renamed_withdrawn_gone_and_draft_claims(place: Place):
    first, draft = hash_in(FULL), "draft: true\n" + OTHER["scope"]
    for id_, text in (("d", draft), ("gone", OTHER["case"]), ("later", draft)):
        place.write(f"claims/{id_}.yml", text)
    place.commit("more")
    (place.content / "claims/c.yml").unlink()
    (place.content / "claims/gone.yml").unlink()
    place.write("claims/new.yml", OTHER["statement"] + "former_ids: [c]\n")
    place.write("claims/later.yml", OTHER["scope"])
    place.commit("renamed")
    site, _ = place.built()
    pages = {one for one in site if "/at/" in one}
    now = {("new", "statement"), ("later", "scope"), ("gone", "case")}
    assert pages == {f"claims/c/at/{first}.html", *(f"claims/{id_}/at/{hash_in(OTHER[one])}.html" for id_, one in now)}
    assert "It no longer has this claim" in site[f"claims/gone/at/{hash_in(OTHER['case'])}.html"]
    assert 'href="../../new.html"' in site[f"claims/c/at/{first}.html"]
    place.write("claims/new.yml", FULL + "former_ids: [c]\n")
    assert 'url=../../new.html"' in place.built()[0][f"claims/c/at/{first}.html"], "it says so again, under another id"


def test_what_git_lacks_is_told_and_not_guessed_over(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first, second = hash_in(FULL), hash_in(OTHER["scope"])
    place.write("claims/c.yml", OTHER["scope"])
    place.commit("scope")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{place.folder}", "shallow")
    present = {f"claims/c/at/{second}.html"}
    for folder, told in (
        (tmp_path / "shallow", "this clone has only the newest commits"),
        (None, "more than 1 commits"),
    ):
        if folder is None:
            monkeypatch.setattr(git_content, "MOST_COMMITS", 1)
        content = (folder or place.folder) / "content"
        report = build(Options(content, tmp_path / "site", history=True, cache=False))
        assert [message for message, _ in report.notes if told in message]
        assert {one for one in tree(tmp_path / "site") if "/at/" in one} == present
    monkeypatch.setattr(shutil, "which", lambda _: None)
    report = build(Options(place.content, tmp_path / "site", history=True, cache=False))
    assert "git is not installed" in report.notes[0][0]
    assert first not in str(tree(tmp_path / "site").keys())


def test_the_verdict_is_that_of_the_records_of_then(place: Place):
    place.write("sources/s.yml", SOURCE.replace("tier: reporting", "tier: preprint"))
    place.commit("another source")
    place.write("claims/c.yml", OTHER["scope"])
    place.commit("scope")
    place.write("sources/s.yml", SOURCE + "colour: red\n")
    place.write("claims/c.yml", OTHER["statement"])
    place.commit("an error")
    place.write("sources/s.yml", SOURCE)
    place.write("claims/c.yml", OTHER["case"])
    place.commit("none")
    site, _ = place.built()
    assert "cannot read all records" in site[f"claims/c/at/{hash_in(OTHER['statement'])}.html"]
    assert "how today’s program rates" in site[f"claims/c/at/{hash_in(OTHER['scope'])}.html"]


def test_then_is_rated_where_all_files_of_then_can_be_read(place: Place):
    control, large = CLAIM.replace("It", "\x01It"), f"{CLAIM}#{'x' * MAX_BYTES}"
    odd = {
        "claims/fig.png": "x",
        "claims/sub/d.yml": CLAIM,
        "claims/d.yml": CLAIM,
        "claims/Bad Name.yml": CLAIM,
        "claims/e.yml": CLAIM + "former_ids: [c]\n",
        "claims/control.yml": control,
        "claims/large.yml": large,
        "claims/.hidden/d.yml": "x",
        "claims/README.md": "x",
        "odd/d.yml": CLAIM,
        "odd.yml": CLAIM,
        ".odd/d.yml": CLAIM,
        "snapshots/s.txt": "x",
        "snapshots/control.txt": "\x01",
        "texts.yml": "odd: {}\n",
    }
    unread = {}
    for number, (path, text) in enumerate(odd.items()):
        place.write(path, text)
        place.write("claims/c.yml", statement := FULL.replace("a lot", f"{number} times"))
        place.commit(path)
        unread[hash_in(statement)] = bool(read_state(Options(place.content, Path()), {}).loaded.failed)
        (place.content / path).unlink()
        for folder in {(place.content / path).parent} - {place.content, place.content / "claims"}:
            folder.rmdir()
    place.write("claims/c.yml", FULL)
    place.commit("no more")
    site, _ = place.built()
    assert {hash_: "cannot read all records" in site[f"claims/c/at/{hash_}.html"] for hash_ in unread} == unread
    assert {*unread.values()} == {True, False}


def test_what_files_say_as_they_did_is_not_parsed_again(place: Place, monkeypatch: pytest.MonkeyPatch):
    parsed = []
    monkeypatch.setattr(claim_history, "load_record", lambda file: parsed.append(file) or load_record(file))
    place.write("claims/c.yml", OTHER["scope"])
    place.commit("scope")
    place.built(workers=1)
    assert parsed == [TextFile("claims/c.yml", FULL)]


def test_what_was_merged_and_what_came_back(place: Place):
    git(place.folder, "checkout", "--quiet", "-b", "branch")
    for name in ("scope", "rating"):
        place.write("claims/c.yml", OTHER[name])
        place.commit(name)
    git(place.folder, "checkout", "--quiet", "main")
    place.commit("between")
    git(place.folder, "merge", "--quiet", "--no-ff", "--no-edit", "branch")
    assert "only on a branch that was merged later" in place.was(f"c@{hash_in(OTHER['scope'])}")
    assert "only on a branch" not in place.was(f"c@{hash_in(OTHER['rating'])}")
    place.write("claims/c.yml", FULL)
    place.commit("back")
    assert "2 times in all" in place.was(f"c@{hash_in(FULL)}")


def test_what_a_clone_lacks_is_told(place: Place, tmp_path: Path):
    first, second = hash_in(FULL), hash_in(OTHER["scope"])
    place.write("claims/c.yml", OTHER["scope"])
    place.commit("scope")
    git(place.folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{place.folder}", "shallow")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{place.folder}", "partial")
    done = run_here("was", f"c@{first}", cwd=tmp_path / "shallow")
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert "this clone has only the newest commits" in done.stderr
    assert (
        ", or earlier: this clone has no older commits"
        in run_here("was", f"c@{second}", cwd=tmp_path / "shallow").stdout
    )
    done = run_here("was", f"c@{first}", cwd=tmp_path / "partial")
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert "this clone has left out contents of older commits" in done.stderr


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ("c", "has no `@`"),
        ("c@xyz", "is no hash of a claim"),
        ("c@0123456789", "the newest have"),
        ("b@0123456789", "there is no claim 'b'"),
        ("../c@0123456789", "is no id"),
        ("--all@0123456789", "required: ID@HASH"),
        (":(glob)**@0123456789", "is no id"),
    ],
)
def test_what_cannot_be_answered(cited: str, told: str, place: Place):
    done = run_here("was", cited, cwd=place.folder)
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert told in done.stderr


def test_without_git_or_commits(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    git(tmp_path, "init", "--quiet", "empty")
    with pytest.raises(ValueError, match="nothing is committed"):
        what_it_said(tmp_path / "empty", "c", "0123456789")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(ValueError, match="is in no git repository: `git init`"):
        what_it_said(tmp_path, "c", "0123456789")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ValueError, match="git is not installed here"):
        what_it_said(place.content, "c", "0123456789")


# The log of wordings


def keep(place: Place, day: str) -> str:
    done = run_here("keep", "--date", day, cwd=place.folder)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")
    return done.stdout


def test_a_log_that_is_a_link_is_neither_read_nor_written(place: Place):
    (place.folder / "mine").write_text("mine\n", encoding="utf-8")
    (place.folder / "wordings.jsonl").symlink_to(place.folder / "mine")
    done = run_here("keep", "--date", "2026-11-22", cwd=place.folder)
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert "wordings.jsonl' is a link: nothing is read or written through it" in done.stderr
    assert (place.folder / "mine").read_text(encoding="utf-8") == "mine\n"


@pytest.fixture
def without_git(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(place.folder.parent))
    (place.folder / ".git").rename(place.folder.parent / "git")
    return place


def test_what_has_changed_is_said_in_words_for_readers(place: Place):
    edited = FULL.replace("relation: disputes", "relation: qualifies").replace("5e25", "6e25")
    place.write("claims/c.yml", edited.replace(RATED, ITEM(3, "A third.") + RATED.replace("high", "medium")))
    place.commit("Read again")
    page = " ".join(re.sub("<[^>]*>", "", place.built()[0][f"claims/c/at/{hash_in(FULL)}.html"]).split())
    assert "For or against: Against Limits it Also changed: its figure." in page
    assert "New evidence: A third." in page
    assert "The editors’ rating Rating: perhaps true open" in page


def test_every_field_of_an_item_and_of_a_rating_has_words_for_its_change():
    fields = {*Evidence.model_fields, *Assessment.model_fields} - {"id", "date", "recorded"}
    with texts.spoken(texts.english()):
        assert all(texts.say(f"was_part.{one}" if one in SHOWN else f"was_detail.{one}") for one in fields)


def test_what_was_kept_has_pages_and_answers_without_git(without_git: Place):
    place, (first, second) = without_git, map(hash_in, (FULL, OTHER["statement"]))
    assert keep(place, "2024-05-01") == "wordings.jsonl: 1 new, 0 were there\n"
    assert keep(place, "2024-05-02") == "wordings.jsonl: 0 new, 1 were there\n"
    place.write("claims/c.yml", OTHER["statement"])
    assert keep(place, "2024-06-01") == "wordings.jsonl: 1 new, 1 were there\n"
    site, report = place.built()
    assert report.notes == ()
    page = " ".join(site[f"claims/c/at/{first}.html"].split())
    assert "from 1 May 2024 to 1 June 2024" in page
    assert "<strong>Open.</strong>" in page
    assert "This is the verdict that the site showed then." in page
    assert 'url=../../c.html"' in site[f"claims/c/at/{second}.html"]
    assert place.was(f"c@{first}").splitlines()[1:3] == ["  since 2024-05-01", "  until 2024-06-01"]
    place.write("claims/c.yml", OTHER["scope"] + "former_ids: [old]\n")
    assert keep(place, "2024-07-01")
    assert place.built()[1].made, "a longer log is noticed"
    assert "It moves much." in place.was(f"old@{second}")


def test_a_claim_that_says_the_same_again_ends_what_it_said_in_between(without_git: Place):
    place = without_git
    for text, day in ((FULL, "2024-05-01"), (OTHER["scope"], "2024-06-01"), (FULL, "2024-07-01")):
        place.write("claims/c.yml", text)
        assert keep(place, day).startswith("wordings.jsonl: 1 new")
    assert "from 1 June 2024 to 1 July 2024" in place.built()[0][f"claims/c/at/{hash_in(OTHER['scope'])}.html"]
    assert "2 times in all" in place.was(f"c@{hash_in(FULL)}")


def test_a_line_that_was_cut_off_costs_no_other(without_git: Place):
    place, log = without_git, without_git.folder / "wordings.jsonl"
    keep(place, "2024-05-01")
    with log.open("a") as file:
        file.write('{"claim": "c", "da')
    place.write("claims/c.yml", OTHER["scope"])
    assert keep(place, "2024-06-01") == "wordings.jsonl: 1 new, 1 were there, 1 are wrong\n"
    assert f"claims/c/at/{hash_in(FULL)}.html" in place.built()[0]
    assert len(log.read_text().splitlines()) == 3


def test_a_verdict_is_shown_as_it_was_printed(place: Place):
    keep(place, "2024-05-01")
    log = place.folder / "wordings.jsonl"
    log.write_text(log.read_text().replace('"verdict":"open"', '"verdict":"probably-true"'))
    place.write("claims/c.yml", OTHER["statement"])
    place.commit("another statement")
    page = place.built()[0][f"claims/c/at/{hash_in(FULL)}.html"]
    assert "Probably true" in page
    assert "another statement" in page


def verdict_said(place: Place, hash_: str) -> str:
    return re.search(r"^verdict: (.*)$", place.was(f"c@{hash_}"), re.MULTILINE)[1]


def test_the_command_says_each_verdict_that_was_shown_or_how_then_is_rated_or_that_it_is_not_known(place: Place):
    first, second = hash_in(FULL), hash_in(OTHER["statement"])
    assert verdict_said(place, first).startswith("open, as this program rates the records of now; what the site showed")
    keep(place, "2024-05-01")
    log = place.folder / "wordings.jsonl"
    log.write_text(log.read_text().replace('"verdict":"open"', '"verdict":"probably-true"'))
    keep(place, "2024-06-01")
    assert verdict_said(place, first) == "probably true, as kept on 2024-05-01; open, as kept on 2024-06-01"
    place.write("claims/c.yml", OTHER["statement"])
    place.commit("another statement")
    assert verdict_said(place, first).startswith("probably true, as kept")
    place.write("sources/s.yml", SOURCE + "colour: red\n")
    place.write("claims/c.yml", OTHER["scope"])
    place.commit("an error")
    assert verdict_said(place, second).startswith("open, as this program rates the records of then; what the site")
    assert verdict_said(place, hash_in(OTHER["scope"])) == (
        "not known. Today’s program cannot read all records of that time, so it gives no verdict."
    )
    place.write("sources/s.yml", SOURCE)
    place.write("claims/c.yml", f"draft: true\n{OTHER['case']}")
    assert verdict_said(place, hash_in(OTHER["case"])) == "not known. It has no verdict, since it was not published."


def test_lines_that_nobody_can_vouch_for_are_left_out_and_named(without_git: Place):
    place = without_git
    keep(place, "2024-05-01")
    log = place.folder / "wordings.jsonl"
    right = json.loads(log.read_text())
    for wrong in (
        {"hash": "0123456789"},
        {"claim": "../c"},
        {"day": "soon"},
        {"verdict": {**right["verdict"], "verdict": "<b>"}},
        {"record": {**right["record"], "statement": "It rests."}},
    ):
        log.write_text(f"{json.dumps(right | wrong)}\n{json.dumps(right)}\n[]\n")
        place.write("claims/c.yml", OTHER["statement"])
        site, report = place.built(cache=False)
        assert "left out" in report.notes[0][0]
        assert report.notes[0][0].endswith(": 1, 3")
        assert f"claims/c/at/{hash_in(FULL)}.html" in site


def test_nothing_is_kept_of_records_with_errors(place: Place):
    place.write("claims/d.yml", "statement: [\n")
    done = run_here("keep", cwd=place.folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        cli.CONTENT_ERRORS,
        "ledger: nothing was kept: records have errors",
    )
    assert not (place.folder / "wordings.jsonl").exists()


# Citing


def test_a_citation_leads_to_the_wording_where_git_or_the_log_has_it(place: Place):
    def cited() -> str:
        said = run_here("cite", "c", cwd=place.folder).stdout.rpartition(" ")[2].strip()
        assert said in place.built()[0]["claims/c.html"]
        return said.removeprefix("https://example.org/claims/")

    place.write("site.yml", SITE.replace("exports: [", "exports: [history, ") + "base_url: https://example.org/\n")
    assert cited() == f"c/at/{hash_in(FULL)}.html"
    place.write("claims/c.yml", OTHER["scope"])
    assert cited() == "c.html"
    keep(place, "2024-05-01")
    assert cited() == f"c/at/{hash_in(OTHER['scope'])}.html"


def test_a_citation_has_the_hash_and_the_address(place: Place):
    place.write("site.yml", SITE + "base_url: https://example.org/\n")
    hash_, address = hash_in(FULL), "https://example.org/claims/c.html"
    said = [run_here("cite", "c", "--format", form, cwd=place.folder).stdout for form in ("text", "bibtex", "csl-json")]
    assert said[0] == f"Test. (n.d.). It moves a lot (Version {hash_}). {address}\n"
    assert f"note = {{version: {hash_}}}" in said[1]
    [item] = json.loads(said[2])
    assert (item["version"], item["URL"]) == (hash_, address)
    assert "Maps" in run_here("cite", "s", cwd=place.folder).stdout
    place.write("claims/c.yml", FULL.replace("It moves a lot.", ">-\n  It moves\n  a   lot."))
    assert run_here("cite", "c", cwd=place.folder).stdout == said[0], "white space is not cited"
    refused = run_here("cite", "d", cwd=place.folder)
    assert (refused.returncode, refused.stdout) == (cli.USAGE, "")
