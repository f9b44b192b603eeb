"""`ledger snapshot` and `ledger quote`: texts taken, forgotten, and looked into."""

import hashlib
import io
import json
import re
import shutil
import sys
from datetime import date

import pytest
from faults import cut_off
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from making import BASE, SMALL, ledger_at, site_of
from pydantic import TypeAdapter

from ledger import cli, files, loading
from ledger.analysis import analyse
from ledger.editing import pdf, replacing, snapshot
from ledger.fields import Date, is_blank
from ledger.importers import bounded
from ledger.importers.article import read_article
from ledger.importers.cleaning import is_address
from ledger.importers.drafts import ForeignFile, Run

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
    record = f'sha256: {sha256}\ncaptured: 2024-05-01\nurl: https://a.org/1\nhow: "by hand: slowly"\n'
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
    (verdict,) = analyse(ledger_at(home / "content")).quotes.values()
    assert (verdict.verdict, verdict.recorded, verdict.captured) == ("recorded", "2024-05-03", "2024-05-01")
    assert cli.main(["check", "--strict", "--quiet"]) == 0


def test_a_quote_that_the_new_text_lacks_has_drifted(home, capsys):
    """Whatever becomes of the texts, the record remembers when the quote was found, until it is found again."""
    (home / "new.txt").write_bytes(b"The river has not moved since, they say now.\n")
    (home / "third.txt").write_bytes(b"Of the river nothing is said here any more.\n")
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    first = hashlib.sha256(TEXT.encode()).hexdigest()
    for file, *more in (["new.txt"], ["third.txt"], ["third.txt", "--forget-text"], ["new.txt"]):
        assert cli.main(["snapshot", "s", file, *DAY, "--force", *more]) == cli.BUILT
        assert "1 drifted" in capsys.readouterr().out
        assert f"sha256: {first}" in written(home)["s.yml"]
        (verdict,) = analyse(ledger_at(home / "content")).quotes.values()
        assert (verdict.verdict, verdict.recorded, verdict.link) == ("drifted", "2024-05-01", None)
        assert cli.main(["check", "--quiet"]) == cli.BUILT
        assert cli.main(["check", "--quiet", "--strict"]) == cli.CONTENT_ERRORS
        capsys.readouterr()
        assert cli.main(["quote", "s", "moved by forty metres"]) == cli.CONTENT_ERRORS
        assert capsys.readouterr().out.startswith("drifted")
    assert cli.main(["snapshot", "s", "maps.txt", *DAY, "--force"]) == cli.BUILT
    assert "verdicts" not in written(home)["s.yml"]


def test_what_was_never_found_has_not_drifted(home, capsys):
    (home / "new.txt").write_bytes(b"The river has not moved since, they say now.\n")
    cli.main(["snapshot", "s", "new.txt", *DAY])
    (home / "new.txt").write_bytes(b"Of the river nothing is said here any more.\n")
    assert cli.main(["snapshot", "s", "new.txt", *DAY, "--force"]) == cli.BUILT
    assert "1 not-found" in capsys.readouterr().out.splitlines()[-2]


def test_the_same_words_with_and_without_those_beside_them_keep_their_own_verdicts(home):
    (home / "maps.txt").write_bytes(f"{TEXT}By our measure, it moved by forty metres.\n".encode())
    claim = home / "content/claims/x.yml"
    before, _, item = claim.read_text(encoding="utf-8").partition("evidence:\n")
    second = item.replace("id: e1", "id: e2") + "    quote_prefix: measure, it\n"
    claim.write_text(f"{before}evidence:\n{item}{second}", encoding="utf-8")
    assert cli.main(["snapshot", "s", "maps.txt", *DAY, "--forget-text"]) == cli.BUILT
    found = analyse(ledger_at(home / "content")).quotes
    assert {key: verdict.verdict for key, verdict in found.items()} == {"x/e1": "ambiguous", "x/e2": "recorded"}


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


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbf---\r\ntitle: Maps\r\n---\r\nIt moved.\r\n", "It moved.\n"),
        (b"+++\ntitle = 'Maps'\n+++ \nIt moved.\n", "It moved.\n"),
        (b"---\nIt moved.\n", "---\nIt moved.\n"),
        (b"It moved.\n\n---\n\nAnd stood.\n\n---\n", "It moved.\n\n---\n\nAnd stood.\n\n---\n"),
    ],
)
def test_only_what_is_front_matter_is_lost(home, data, text):
    (home / "maps.md").write_bytes(data)
    assert cli.main(["snapshot", "s", "maps.md", *DAY]) == cli.BUILT
    assert written(home)["s.txt"] == text


def test_an_article_that_is_imported_has_the_text_that_its_snapshot_would_have(home):
    words = "The river has moved by forty metres since the survey, as all who live beside it know. "
    page = f"<html><head><title>Maps</title></head><body><nav>Home</nav><article><p>{words * 3}</p><ul><li>A</li></ul>"
    (home / "maps.html").write_text(page, encoding="utf-8")
    made = read_article(ForeignFile("maps.html", page.encode()), Run(date(2026, 11, 22)))
    assert made.drafts[0].snapshot.text == snapshot.text_of(home / "maps.html").text


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
    assert "-m pip install" in capsys.readouterr().err


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


def test_a_source_whose_file_has_errors_is_told_from_one_that_is_not_there(home, capsys):
    (home / "content/sources/s.yml").write_text("titel: Maps\n", encoding="utf-8")
    assert cli.main(["snapshot", "s", "maps.txt"]) == cli.USAGE
    assert "sources/s.yml has errors: `ledger check` shows them" in capsys.readouterr().err


def test_an_unknown_source_may_be_a_slip(home, capsys):
    shutil.copy(home / "content/sources/s.yml", home / "content/sources/survey-1950.yml")
    cli.main(["snapshot", "survey-1590", "maps.txt"])
    assert "did you mean 'survey-1950'?" in capsys.readouterr().err


NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
"""What no record may hold, however it is written."""
TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("-:#'\"[{&*!|>%@`~?,\n\t \x85\u2028\u200b\u202e"), min_size=1
)


def read_back(home, captured="2024-05-01", url="", how=""):
    """The snapshot's record as a build reads it, after it was written with what an editor said."""
    details = snapshot.Details("2024-05-02", captured, url, how, force=True)
    snapshot.take(home / "content", "s", home / "maps.txt", details)
    (record,) = load_all(home / "content").snapshots.values()
    return record.fields


def load_all(content):
    reading = files.read(content)
    assert [problem for problem in reading.problems if problem.level == "error"] == []
    loaded = loading.load_records(reading.files, reading.failed, reading.kept)
    assert [problem for problem in loaded.problems if problem.level == "error"] == []
    return loaded


DAYS = TypeAdapter(Date)
FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@FIXTURE
@example("-")
@example("? a")
@example("2024")
@example("no")
@example("- a: b #c")
@example("a\u2028b")
@example("a\x85b")
@example("two\nlines\n")
@given(TEXTS.filter(lambda text: not is_blank(text) and not NO_TEXT.search(text)))
def test_how_a_text_was_taken_comes_back_as_it_was_said(home, monkeypatch, how):
    monkeypatch.setattr(replacing, "flush", lambda folder: None)
    assert read_back(home, how=how).how == how


@FIXTURE
@example("https://example.org/\x1b\n")
@given(TEXTS.map("https://example.org/{}".format))
def test_an_address_comes_back_as_it_was_said_or_is_refused(home, monkeypatch, url):
    monkeypatch.setattr(replacing, "flush", lambda folder: None)
    if NO_TEXT.search(url) or not is_address(url):
        with pytest.raises(ValueError, match=": "):
            read_back(home, url=url)
    else:
        assert read_back(home, url=url).url == url


@FIXTURE
@given(st.from_regex("[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?[~?%]?", fullmatch=True) | TEXTS)
def test_a_day_comes_back_as_it_was_said_or_is_refused(home, monkeypatch, day):
    monkeypatch.setattr(replacing, "flush", lambda folder: None)
    try:
        DAYS.validate_python(day)
    except ValueError:
        with pytest.raises(ValueError, match=": "):
            read_back(home, captured=day)
    else:
        assert str(read_back(home, captured=day).captured) == day


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


def test_after_a_kill_the_next_snapshot_finds_what_was_there(home):
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    before = written(home)
    cut_off(lambda: cli.main(["snapshot", "s", "--forget-text", "--date", "2024-05-03"]))
    assert list(written(home)) == ["s.yml"]
    assert cli.main(["snapshot", "s", "maps.txt", *DAY]) == cli.USAGE
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


def test_what_was_recorded_of_a_quote_is_found_by_the_words_beside_it(home, capsys):
    claim = home / "content/claims/x.yml"
    claim.write_text(claim.read_text(encoding="utf-8").replace("moved by forty metres", "The bank"), encoding="utf-8")
    with claim.open("a", encoding="utf-8") as file:
        file.write("    quote_suffix: did not\n")
    cli.main(["snapshot", "s", "maps.txt", *DAY, "--forget-text"])
    capsys.readouterr()
    assert said(capsys, "The bank", "--suffix", "did not")[0] == cli.BUILT
    assert said(capsys, "The bank")[0] == cli.CONTENT_ERRORS


def test_of_several_recorded_verdicts_the_last_counts_for_the_command_and_the_site(home, capsys):
    cli.main(["snapshot", "s", "maps.txt", *DAY, "--forget-text"])
    record = home / "content/snapshots/s.yml"
    text = record.read_text(encoding="utf-8")
    (again,) = re.findall(r"  - quote: .*\n(?:    .*\n)*", text)
    record.write_text(text + again.replace("exact", "not-found"), encoding="utf-8")
    capsys.readouterr()
    code, out = said(capsys, "moved by forty metres")
    assert (code, out.split("\n")[0]) == (cli.CONTENT_ERRORS, "not-found")
    assert [verdict.verdict for verdict in analyse(ledger_at(home / "content")).quotes.values()] == ["not-found"]


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


# PDF


def pdf_of(*pages):
    """A small PDF, made by hand: a line of text on each page."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, words in enumerate(pages):
        drawn = "".join(
            f"BT /F1 12 Tf 72 {700 - 20 * row} Td ({line}) Tj ET\n" for row, line in enumerate(words.splitlines())
        )
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {resources} >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
        ]
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    listed = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{listed}{end}".encode("ascii")


def test_the_text_of_a_pdf_is_taken_page_by_page(home, capsys):
    pytest.importorskip("pypdf")
    (home / "maps.pdf").write_bytes(pdf_of("Maps of moves", "The river has moved by for-\nty metres.", "The end."))
    assert cli.main(["snapshot", "s", "maps.pdf", *DAY]) == cli.BUILT
    assert written(home)["s.txt"] == "Maps of moves\n\nThe river has moved by for-\nty metres.\n\nThe end.\n"
    assert "pages:\n  - 1\n  - 3\n  - 6\n" in written(home)["s.yml"]
    assert "how: from the PDF, by pypdf" in written(home)["s.yml"]
    assert "1 normalised" in capsys.readouterr().out
    assert cli.main(["quote", "s", "moved by forty metres"]) == cli.BUILT
    assert "line 3, page 2: " in capsys.readouterr().out
    assert cli.main(["check", "--strict", "--quiet"]) == cli.BUILT


def test_many_and_long_pages_are_noted(home, monkeypatch):
    monkeypatch.setattr(bounded, "read_one", lambda _: ("0", ["A line of it.\n" * 90] * 900))
    (home / "maps.pdf").write_bytes(pdf_of("Maps"))
    assert cli.main(["snapshot", "s", "maps.pdf", *DAY]) == cli.BUILT
    assert ledger_at(home / "content").snapshot("s").fields.pages[-1] == 1 + 899 * 91


def encrypted(data):
    pypdf = pytest.importorskip("pypdf")
    writer, made = pypdf.PdfWriter(pypdf.PdfReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-40")
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: encrypted(pdf_of("Maps")), "maps.pdf is encrypted"),
        (lambda: pdf_of("", ""), "maps.pdf holds pictures of pages and no text"),
        (lambda: b"%PDF-1.7\nnothing more", "maps.pdf cannot be read as a PDF"),
        (lambda: pdf_of("a", "b", "c"), "maps.pdf has more than 2 pages"),
        (lambda: pdf_of("much text " * 50), "maps.pdf has more than"),
    ],
)
def test_a_pdf_without_text_is_named(home, capsys, monkeypatch, make, why):
    pytest.importorskip("pypdf")
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    monkeypatch.setattr(pdf, "MAX_TEXT_BYTES", 400)

    (home / "maps.pdf").write_bytes(make())
    assert cli.main(["snapshot", "s", "maps.pdf", *DAY]) == cli.USAGE
    assert why in capsys.readouterr().err
    assert not (home / "content/snapshots").exists()


def test_what_to_do_where_pypdf_is_missing(home, capsys, monkeypatch):
    """A PDF is known by its first bytes, whatever it is called."""
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (home / "maps.txt").write_bytes(pdf_of("Maps"))
    assert cli.main(["snapshot", "s", "maps.txt", *DAY]) == cli.USAGE
    assert "this is a PDF: `pdftotext maps.txt` first" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="there the clock alone is watched")
def test_a_pdf_is_read_within_limits(home, monkeypatch):
    pytest.importorskip("pypdf")
    (home / "maps.pdf").write_bytes(pdf_of(*("many words " * 50 for _ in range(90))))
    monkeypatch.setattr(pdf, "SECONDS", 1e-6)
    with pytest.raises(ValueError, match="takes too much time or memory"):
        pdf.read_pdf(home / "maps.pdf")


def test_a_pdf_that_is_too_large_is_not_read(home, monkeypatch):
    (home / "maps.pdf").write_bytes(pdf_of("Maps"))
    monkeypatch.setattr(pdf, "MAX_BYTES", 10)
    with pytest.raises(ValueError, match="has more than 10 bytes"):
        pdf.read_pdf(home / "maps.pdf")


# Control characters


def test_a_text_is_taken_without_control_characters(home):
    (home / "pages.txt").write_bytes("One\x1b[31m page.\x0cAnother\r\none\x9d, é.\n".encode())
    assert cli.main(["snapshot", "s", "pages.txt", *DAY]) == cli.BUILT
    assert written(home)["s.txt"] == "One[31m page.\nAnother\none, é.\n"


def test_a_kept_text_with_a_control_character_is_refused_at_its_place(home, capsys):
    cli.main(["snapshot", "s", "maps.txt", *DAY])
    (home / "content/snapshots/s.txt").write_bytes(TEXT.replace("bank", "\x07bank").encode())
    capsys.readouterr()
    assert cli.main(["check", "--quiet"]) == cli.CONTENT_ERRORS
    place, _, _, hint = capsys.readouterr().out.splitlines()[:4]
    assert place == "content/snapshots/s.txt:2:5: error[control-character]: U+0007 is a control character"
    assert hint == "  hint: take the snapshot again with `ledger snapshot`, which leaves such characters out"
