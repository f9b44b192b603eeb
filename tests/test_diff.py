"""`ledger diff`: what a branch changes, read from git without a trace, and said so that it does nothing."""

import re
import shutil
from pathlib import Path

import pytest
from making import CLAIM, EVIDENCE, SITE, SOURCE, git, run_here, tree
from markdown import markdown

from ledger import cli
from ledger.analysis.differences import FieldChange, differences
from ledger.commands import diff
from ledger.commands.diff import MOST_CHARACTERS
from ledger.editing import git_content
from ledger.engine.comparing import Comparison, RecordChange, compare

BEFORE = {
    "site.yml": SITE,
    "sources/s.yml": SOURCE,
    "sources/t.yml": SOURCE,
    "claims/gone.yml": CLAIM,
    "claims/old.yml": CLAIM + "note: Hers.\n",
    "claims/same.yml": CLAIM,
    "claims/x.yml": CLAIM + EVIDENCE.replace("memory", "full-text, directness: direct"),
    "terms/w.yml": "term: W\ndefinition: One.\n",
}
AFTER = {
    **BEFORE,
    "claims/gone.yml": None,
    "claims/old.yml": None,
    "claims/new.yml": CLAIM + "note: Hers.\nformer_ids: [old]\n",
    "claims/same.yml": "# A comment.\n" + CLAIM,
    "sources/s.yml": SOURCE + "status: retracted\nstatus_date: 2001-01-01\n",
    "terms/u.yml": "term: U\ndefinition: Three.\n",
    "terms/w.yml": "term: W\ndefinition: Two.\n",
}  # fmt: skip


def write(folder: Path, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a branch that changes what `main` has, while `main` has gone on."""
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "--quiet")
    write(folder / "content", BEFORE)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "before")
    git(folder, "checkout", "--quiet", "-b", "branch")
    write(folder / "content", AFTER)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "after")
    git(folder, "checkout", "--quiet", "main")
    write(folder / "content", {"claims/later.yml": CLAIM})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "later")
    git(folder, "checkout", "--quiet", "branch")
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("folders")
    write(folder / "before", BEFORE)
    write(folder / "after", AFTER)
    return compare(folder / "before", folder / "after")


def test_records_that_came_went_or_say_something_else(found: Comparison):
    said = {(one.what, one.kind, one.id, one.former) for one in found.records}
    assert said == {
        ("removed", "claim", "gone", ""),
        ("renamed", "claim", "new", "old"),
        ("changed", "source", "s", ""),
        ("changed", "term", "w", ""),
        ("added", "term", "u", ""),
    }
    fields = {one.id: one.fields for one in found.records}
    assert fields["w"] == (FieldChange("definition", "One.", "Two."),)
    assert fields["new"] == (FieldChange("former_ids", None, "old"),)
    assert [field.field for field in fields["s"]] == ["status", "status_date"]


def test_verdicts_that_move_with_the_reason(found: Comparison):
    moved = {one.claim: one for one in found.verdicts}
    assert {"x", "gone"} == moved.keys()
    assert moved["x"].before != moved["x"].after
    assert moved["x"].why == ("s (status, status_date)",)
    assert (moved["gone"].after, moved["gone"].why) == (None, ())


def test_pages_and_findings_that_came_or_went(found: Comparison):
    assert set(found.new_pages) == {"claims/new.html", "terms/u.html"}
    assert set(found.gone_pages) == {"claims/gone.html"}
    assert {"claims/x.html", "sources/s.html", "terms/w.html", "claims/old.html"} <= set(found.changed_pages)
    assert not {"claims/same.html", "sources/t.html", "404.html"} & set(found.changed_pages)
    assert {(one.span.path, one.check) for one in found.gone_findings} >= {("claims/gone.yml", "orphan")}
    assert {one.span.path for one in found.new_findings} >= {"claims/new.yml"}


def test_what_cannot_be_read_or_computed_any_more(tmp_path: Path):
    write(tmp_path / "before", BEFORE)
    broken = {
        "terms/w.yml": "term: [\n",
        "sources/s.yml": SOURCE + "tpye: x\n",
        "claims/gone.yml": CLAIM + 2 * EVIDENCE,
    }
    write(tmp_path / "after", BEFORE | broken)
    found = compare(tmp_path / "before", tmp_path / "after")
    said = {(one.what, one.id): [field.field for field in one.fields] for one in found.records}
    assert said == {("unreadable", "w"): [], ("changed", "s"): ["tpye"], ("changed", "gone"): ["evidence"]}
    assert {one.claim for one in found.verdicts} >= {"x", "gone"}
    assert {one.check for one in found.new_findings} >= {"invalid-yaml", "unknown-field", "duplicate-key"}


def test_the_command_compares_with_where_the_branch_began_and_leaves_no_trace(place: Path, found: Comparison):
    before, status = tree(place / "content"), git(place, "status", "--porcelain")
    by_git = run_here("diff", "main", cwd=place)
    assert (by_git.returncode, by_git.stderr) == (cli.BUILT, "")
    assert by_git.stdout == diff.as_text(found)
    assert "later" not in by_git.stdout
    assert (tree(place / "content"), git(place, "status", "--porcelain")) == (before, status)
    same = run_here("diff", "HEAD", cwd=place).stdout
    assert same == "Nothing changes: records, verdicts, pages and findings are the same.\n"


def test_a_folder_can_be_compared_with_too(place: Path, tmp_path: Path, found: Comparison):
    write(tmp_path / "before", BEFORE)
    done = run_here("diff", tmp_path / "before", "--format", "markdown", cwd=place)
    assert (done.returncode, done.stdout) == (cli.BUILT, diff.as_markdown(found))


@pytest.mark.parametrize("base", ["nowhere", "--output=x", "-x", "main..branch", "HEAD:content/site.yml"])
def test_a_name_that_git_does_not_know(base: str, place: Path):
    with pytest.raises(ValueError, match="git knows no commit, branch or tag"):
        git_content.find_base(place / "content", base)


def test_a_clone_with_the_newest_commits_alone(place: Path, tmp_path: Path):
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{place}", "clone")
    refused = run_here("diff", "main", cwd=tmp_path / "clone")
    assert refused.returncode == cli.USAGE
    assert "this clone has only the newest commits" in refused.stderr
    git(tmp_path / "clone", "fetch", "--quiet", "--depth=1", "origin", "main:main")
    noted = run_here("diff", "main", cwd=tmp_path / "clone")
    assert noted.stdout.startswith("git knows no common ancestor of 'main' and this branch: this clone has only")
    assert "removed claim later" in noted.stdout


def test_without_a_repository_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path / "content", BEFORE)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "is in no git repository" in run_here("diff", "main", cwd=tmp_path).stderr
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "git is not installed here" in run_here("diff", "main", cwd=tmp_path).stderr


PLANTED = """[core]
bare = true
repositoryformatversion = 1
[extensions]
partialClone = far
[remote "far"]
promisor = true
url = ext::sh -c touch% evil
[protocol "ext"]
allow = always
"""
"""Settings by which git runs a program for whatever the repository lacks."""


def test_files_of_a_proposal_that_make_a_repository_run_nothing(place: Path, tmp_path: Path):
    git(tmp_path, "clone", "--quiet", str(place), "clone")
    content, here = tmp_path / "clone/content", tmp_path / "clone"
    lost = git(here, "commit-tree", "HEAD^{tree}", "-m", "its files are elsewhere").strip()
    write(content, {"HEAD": lost, "config": PLANTED, "refs/x": ""})
    kept = here / ".git/objects" / lost[:2] / lost[2:]
    (content / "objects" / lost[:2]).mkdir(parents=True)
    shutil.copy(kept, content / "objects" / lost[:2] / lost[2:])
    for command in (["diff", lost], ["was", "x@0123456789"], ["build", "--history"]):
        done = run_here(*command, cwd=here)
        assert done.returncode
        assert "git does not read the repository" in done.stderr or "unread-file" in done.stdout + done.stderr
        assert not list(tmp_path.rglob("evil")), command


def test_no_setting_of_a_repository_lets_git_fetch(place: Path, tmp_path: Path):
    git(tmp_path, "clone", "--quiet", str(place), "clone")
    here = tmp_path / "clone"
    lost = git(here, "rev-parse", "HEAD:content/site.yml").strip()
    shutil.rmtree(here / ".git/objects")
    shutil.copytree(place / ".git/objects", here / ".git/objects")
    (here / ".git/objects" / lost[:2] / lost[2:]).unlink()
    with (here / ".git/config").open("a", encoding="utf-8") as file:
        file.write(PLANTED.replace("bare = true", ""))
    (here / ".git/shallow").unlink(missing_ok=True)
    assert "git does not have the files of every commit" in run_here("diff", "HEAD", cwd=here).stderr
    assert not list(tmp_path.rglob("evil"))


def test_odd_files_of_a_commit_are_laid_out_as_what_they_are(tmp_path: Path):
    content = tmp_path / "content"
    write(content, {"site.yml": SITE, "claims/größe.yml": CLAIM, "claims/fig.png": "x"})
    (content / "claims/link.yml").symlink_to("/etc/passwd")
    (tmp_path / ".gitattributes").write_text("*.yml filter=evil export-ignore\n", encoding="utf-8")
    (content / "claims/crlf.yml").write_bytes(b"statement: It.\r\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "filter.evil.smudge", f"touch {tmp_path}/evil; cat")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "odd")
    (tmp_path / "laid").mkdir()
    git_content.lay_out(content, git_content.find_base(content, "HEAD")[0], tmp_path / "laid")
    laid = tmp_path / "laid/claims"
    assert {path.name for path in laid.iterdir()} == {"größe.yml", "fig.png", "link.yml", "crlf.yml"}
    assert (laid / "crlf.yml").read_bytes() == b"statement: It.\r\n"
    assert str((laid / "link.yml").readlink()) == "nowhere"
    assert not (tmp_path / "evil").exists()


DATA = {
    "a field": ({"a": "x"}, {"a": "y"}, [("a", "x", "y")]),
    "a field more, one less": ({"a": "x"}, {"b": "y"}, [("a", "x", None), ("b", None, "y")]),
    "parts by their ids, whatever their order": (
        {"e": [{"id": "e1", "v": "1"}, {"id": "e2", "v": "2"}]},
        {"e": [{"id": "e2", "v": "3"}, {"id": "e1", "v": "1"}, {"id": "e3"}]},
        [("e e2 v", "2", "3"), ("e e3", None, "id: e3")],
    ),
    "other parts without those that are the same": (
        {"s": [{"d": "1"}, {"d": "2", "w": "x"}]},
        {"s": [{"d": "0"}, {"d": "1"}, {"d": "2", "w": "y"}]},
        [("s 1 d", "2", "0"), ("s 1 w", "x", None), ("s 2", None, "d: 2; w: y")],
    ),
    "words of a list": ({"t": ["a", "b"]}, {"t": ["b", "c"]}, [("t", "a", "c")]),
    "the order of a list": ({"t": ["a", "b"]}, {"t": ["b", "a"]}, [("t (order)", "a, b", "b, a")]),
    "a word for a list": ({"d": "unknown"}, {"d": []}, [("d", "unknown", "")]),
}


@pytest.mark.parametrize("what", DATA)
def test_the_fields_that_differ(what: str):
    before, after, fields = DATA[what]
    assert [tuple(one) for one in differences(before, after)] == fields


# Hostile content


HOSTILE = (
    "<script>alert(1)</script>", "</code></details><h1>x</h1>", "@octocat and @org/team", "[a](https://evil.example)",
    "![a](x.png)", "https://evil.example www.evil.example a@evil.example", "#1 GH-1", "`code` ``` **b** _c_ | d |",
    "&lt;b&gt; &#60;b&#62;", "\x1b[31mred\x07", "line\n\n# heading\n- item", "\u202eleft",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_in_records_does_nothing_in_markdown(text: str):
    change = RecordChange("changed", text, text, text, text, (FieldChange(text, text, f"{text}!"),))
    found = Comparison((change,), (), (text,), (), (), (), ())
    source = diff.as_markdown(found, [text])
    assert not re.search(r"@\w|https?:|www\.|[`|*_!\[\]]|\x1b|\u202e|#1", source.replace("&#", ""))
    shown = markdown(source)
    assert set(re.findall(r"<(\w+)", shown)) <= {"h2", "p", "ul", "li", "code", "details", "summary"}
    assert "\x1b" not in diff.as_text(found)
    assert len(diff.as_text(found).splitlines()) == 8


def test_a_long_text_is_shown_from_where_it_changes():
    before, after = (" ".join([*["word"] * 100, last, *["more"] * 100]) for last in ("one", "two"))
    found = Comparison(
        (RecordChange("changed", "claim", "c", "", "", (FieldChange("body", before, after),)),), *[()] * 6
    )
    line = next(line for line in diff.as_text(found).splitlines() if "→" in line)
    assert "word one more" in line
    assert "word two more" in line
    assert len(line) < 300


def test_there_is_an_end_to_it():
    fields = tuple(FieldChange(f"field{at}", "x" * 9000, "y" * 9000) for at in range(50))
    records = tuple(RecordChange("changed", "claim", f"c{at}", "<" * 9000, "", fields) for at in range(300))
    pages = tuple(f"claims/{'_' * 60}{at}.html" for at in range(5000))
    source = diff.as_markdown(Comparison(records, (), pages, pages, pages, (), ()))
    assert len(source) < 5 * (MOST_CHARACTERS + 200) < 65_536
    assert source.count("<details>") == source.count("</details>") == 2
    assert re.search(r"- and [\d,]+ more\n", source)
    assert "  and 100 more" in diff.as_text(Comparison(records, *[()] * 6))
