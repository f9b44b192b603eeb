"""`ledger snapshot` and `ledger quote`: texts taken, forgotten, and looked into."""

import hashlib
import json
import shutil
import sys

import pytest
from making import BASE, SMALL, ledger_at, site_of

from ledger import cli
from ledger.analysis.quotes import verify
from ledger.editing import snapshot

TEXT = "The river has moved by forty metres.\nThe bank did not move. The bank stood.\n"
DAY = ("--captured", "2024-05-01", "--date", "2024-05-02")


@pytest.fixture
def home(tmp_path, monkeypatch):
    shutil.copytree(BASE, tmp_path / "content")
    claim = tmp_path / "content/claims/x.yml"
    claim.write_text(claim.read_text(encoding="utf-8") + "    quote: moved by forty metres\n", encoding="utf-8")
    (tmp_path / "maps.txt").write_bytes(TEXT.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(home):
    return {path.name: path.read_bytes().decode() for path in (home / "content/snapshots").iterdir()}


def test_a_text_is_taken_byte_for_byte_with_its_hash(home):
    assert cli.main(["snapshot", "s", "maps.txt", *DAY, "--url", "https://a.org/#: x", "--how", "by hand: slowly"]) == 2
    assert cli.main(["snapshot", "s", "maps.txt", *DAY, "--url", "https://a.org/1", "--how", "by hand: slowly"]) == 0
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    record = f'sha256: {sha256}\ncaptured: 2024-05-01\nurl: "https://a.org/1"\nhow: "by hand: slowly"\n'
    assert written(home) == {"s.txt": TEXT, "s.yml": record}
    assert cli.main(["check", "--strict", "--quiet"]) == 0


def test_nothing_is_overwritten_unless_told(home, capsys):
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    (home / "other.txt").write_bytes(b"Another text.\n")
    assert cli.main(["snapshot", "s", "other.txt", *DAY]) == cli.USAGE
    assert "--force" in capsys.readouterr().err
    assert written(home)["s.txt"] == TEXT
    assert cli.main(["snapshot", "s", "other.txt", *DAY, "--force"]) == cli.BUILT
    assert written(home)["s.txt"] == "Another text.\n"


def test_a_text_is_forgotten_after_its_verdicts_are_recorded(home, capsys):
    cli.main(["snapshot", "s", "maps.txt", *DAY, "--how", "by hand"])
    assert cli.main(["snapshot", "s", "--forget-text", "--date", "2024-05-03"]) == cli.BUILT
    assert "1 exact" in capsys.readouterr().out
    assert list(written(home)) == ["s.yml"]
    assert "how: " in written(home)["s.yml"]
    (verdict,) = verify(ledger_at(home / "content")).values()
    assert (verdict.verdict, verdict.recorded, verdict.captured) == ("recorded", "2024-05-03", "2024-05-01")
    assert cli.main(["check", "--strict", "--quiet"]) == 0


def test_a_text_can_be_forgotten_at_once_and_what_was_not_found_is_an_error(home):
    claim = home / "content/claims/x.yml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("forty", "fifty"), encoding="utf-8")
    assert cli.main(["snapshot", "s", "maps.txt", *DAY, "--forget-text"]) == cli.BUILT
    assert list(written(home)) == ["s.yml"]
    assert "verdict: not-found" in written(home)["s.yml"]
    assert cli.main(["check", "--quiet"]) == cli.CONTENT_ERRORS


def test_markdown_loses_its_front_matter(home):
    (home / "maps.md").write_bytes(b"---\ntitle: Maps\n---\n\nThe *river* moved.\n\n---\n\nAnd stood.\n")
    assert cli.main(["snapshot", "s", "maps.md", *DAY]) == cli.BUILT
    assert written(home)["s.txt"] == "\nThe *river* moved.\n\n---\n\nAnd stood.\n"


def test_html_gives_its_main_text(home):
    body = "<p>The river has moved by forty metres since the survey, as all who live beside it know.</p>" * 3
    page = f"<html><body><nav><a href='/'>Home</a></nav><article><h1>Maps</h1>{body}</article></body></html>"
    (home / "maps.html").write_text(page, encoding="utf-8")
    assert cli.main(["snapshot", "s", "maps.html", *DAY]) == cli.BUILT
    assert "moved by forty metres since the survey" in written(home)["s.txt"]
    assert "<" not in written(home)["s.txt"]


def test_html_without_the_library_says_what_to_do(home, monkeypatch, capsys):
    (home / "maps.html").write_text("<p>The river moved.</p>", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert cli.main(["snapshot", "s", "maps.html", *DAY]) == cli.USAGE
    assert "ledger-kb[html]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sx", "maps.txt"], "there is no source 'sx'"),
        (["x", "maps.txt"], "there is no source 'x'"),
        (["s", "gone.txt"], "there is no file 'gone.txt'"),
        (["s"], "which text?"),
        (["s", "--forget-text"], "no text is kept of 's'"),
        (["s", "empty.txt"], "there is no text in empty.txt"),
        (["s", "latin.txt"], "not UTF-8"),
        (["s", "maps.txt", "--captured", "yesterday"], "not a date"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(home, capsys, arguments, told):
    (home / "empty.txt").write_bytes(b" \n")
    (home / "latin.txt").write_bytes(b"fa\xe7ade")
    assert cli.main(["snapshot", *arguments]) == cli.USAGE
    assert told in capsys.readouterr().err
    assert not (home / "content/snapshots").exists()


def test_an_unknown_source_may_be_a_slip(home, capsys):
    shutil.copy(home / "content/sources/s.yml", home / "content/sources/survey-1950.yml")
    cli.main(["snapshot", "survey-1590", "maps.txt"])
    assert "did you mean 'survey-1950'?" in capsys.readouterr().err


def test_a_text_over_the_limit_is_refused(home, capsys, monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_TEXT_BYTES", 20)
    assert cli.main(["snapshot", "s", "maps.txt", *DAY]) == cli.USAGE
    assert "20 are the limit" in capsys.readouterr().err


def test_both_files_are_written_or_neither(home, monkeypatch):
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    before = written(home)
    (home / "other.txt").write_bytes(b"Another text.\n")
    replace = type(home).replace

    def fails_on_the_record(path, target):
        if str(target).endswith(".yml"):
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(type(home), "replace", fails_on_the_record)
    assert cli.main(["snapshot", "s", "other.txt", *DAY, "--force"]) == cli.ENVIRONMENT
    assert written(home) == before


def said(capsys, *arguments):
    code = cli.main(["quote", "s", *arguments])
    return code, capsys.readouterr().out


def test_quote_says_where_the_words_stand(home, capsys):
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    capsys.readouterr()
    assert said(capsys, "moved by  forty metres")[1].startswith("normalised, after folding: spaces\nline 1: The river")
    assert said(capsys, "did not move") == (
        0,
        "exact\nline 2: The river has moved by forty metres. The bank »did not move«. The bank stood.\n",
    )
    assert said(capsys, "The bank did move.") == (1, "not-found\nnearest passage: The bank did not move\n")
    code, ambiguous = said(capsys, "The bank")
    assert code == 0
    assert ambiguous.startswith("ambiguous\nline 2: ")
    assert "  quote_prefix: metres.\n" in ambiguous
    assert said(capsys, "The bank", "--suffix", "stood")[1].startswith("exact\nline 2: ")


def test_quote_without_a_text(home, capsys):
    assert said(capsys, "did not move")[0] == cli.CONTENT_ERRORS
    cli.main(["snapshot", "s", "maps.txt", *DAY, "--forget-text"])
    capsys.readouterr()
    assert said(capsys, "moved by forty metres")[1].startswith("recorded\n")
    assert said(capsys, "did not move")[1].startswith("no-snapshot\n")


def test_the_text_of_a_snapshot_is_nowhere_in_the_site():
    """What stands further from any quote than an excerpt reaches."""
    text = (SMALL / "snapshots/survey-1901.txt").read_text(encoding="utf-8")
    far = "Day 4: read at noon, the sun being high"
    assert far in text
    site = site_of(ledger_at(SMALL))
    assert [
        path for path, data in site.items() if far.encode() in data or (path.endswith(".txt") and b"Day " in data)
    ] == []
    assert json.loads(site["claims/clock-lags.json"])["id"] == "clock-lags"
