"""`ledger links --archives`: what has no archived copy, and copies written into records that stay as they are."""

import json
from contextlib import chdir
from pathlib import Path

import pytest
from making import SITE, SOURCE, tree

from ledger import cli
from ledger.editing import archives

COPY = "https://web.archive.org/web/2024/https://a.org/x,y"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    texts = {
        "site": SITE,
        "sources/a": f"# first\n{SOURCE}url: https://a.org/x,y  # a report\naccessed: 2024-05-01\n# last\n",
        "sources/b": f"{SOURCE}url: 'https://www.b.org/'\nformer_ids: [old-b]\nsummary: |\n  Two\n\n  lines.\n",
        "sources/c": f"{SOURCE}url: https://c.org/\narchive_url: https://archive.org/c\n",
        "sources/d": f"{SOURCE}doi: 10.1000/D\n",
        "sources/e": f"{SOURCE}url: https://e.org/\nwithdrawn: {{date: 2001-01-01, why: W.}}\n",
        "sources/f": "{type: report, title: Maps, authors: unknown, issued: 1999, tier: reporting, "
        "derived_from: unknown, url: https://f.org/}\n",
    }
    (tmp_path / "content/sources").mkdir(parents=True)
    for name, text in texts.items():
        (tmp_path / f"content/{name}.yml").write_bytes(text.encode())
    return tmp_path


def run(place: Path, *words: str) -> int:
    with chdir(place):
        return cli.main(["links", "--archives", *words])


def test_what_is_lacking_is_listed_and_nothing_is_asked(place: Path, capsys):
    assert run(place) == cli.BUILT
    assert capsys.readouterr().out.splitlines() == [
        "content/sources/a.yml:8:6: no archived copy: https://a.org/x,y",
        "content/sources/b.yml:7:6: no archived copy, no `accessed`: https://www.b.org/",
        "content/sources/c.yml:7:6: no `accessed`: https://c.org/",
        "content/sources/f.yml:1:106: no archived copy, no `accessed`: https://f.org/",
        "4 sources lack something: 3 an archived copy, 3 the date of access",
    ]
    assert run(place, "c", "--format", "json") == cli.BUILT
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["source"], one["lacks"], one["line"]) == ("c", ["accessed"], 7)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("list.txt", f"# copies\na {COPY}\nhttps://b.org https://archive.org/b 2024-06-01\n"),
        ("list.csv", f'id,copy,read\nhttps://a.org/x,"{COPY}"\na,"{COPY}",\nold-b,https://archive.org/b,2024-06-01\n'),
        ("list.tsv", f"\ufeffurl\tcopy\nhttps://a.org/x,y\t{COPY}\nb\thttps://archive.org/b\t2024-06-01\r\n"),
    ],
)
def test_copies_are_written_and_all_else_stays_byte_for_byte(place: Path, capsys, name: str, rows: str):
    (place / name).write_text(rows, encoding="utf-8", newline="")
    before = {path: path.read_text() for path in (place / "content/sources").iterdir()}
    run(place, "--from", name)
    assert "wrote 2 records" in capsys.readouterr().out
    a, b = place / "content/sources/a.yml", place / "content/sources/b.yml"
    assert a.read_text() == before[a].replace("accessed:", f"archive_url: {COPY}\naccessed:")
    added = "archive_url: https://archive.org/b\naccessed: 2024-06-01\n"
    assert b.read_text() == before[b].replace("former_ids:", f"{added}former_ids:")
    before |= {a: a.read_text(), b: b.read_text()}
    assert {path: path.read_text() for path in before} == before
    run(place, "--from", name)
    assert "wrote 0 records" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("z https://archive.org/z", "no source has the id or address 'z'"),
        ("https://a.org/ https://archive.org/z", "no source has the id or address 'https://a.org/'"),
        ("a x", "'x' is no address of a copy"),
        ("a", "'' is no address of a copy"),
        ("a https://a.org/x,y", "'https://a.org/x,y' is the source's own address"),
        ("b https://archive.org/z soon", "'soon' is no day: write it as 2026-05-01"),
        ("b https://archive.org/z 2024-13-01", "'2024-13-01' is no day: write it as 2026-05-01"),
        ("b https://archive.org/z", "'b' was given something else before"),
        ("c https://archive.org/other", "'c' has `archive_url` already: https://archive.org/c"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_written(place: Path, capsys, row: str, why: str):
    (place / "list.txt").write_text(f"b https://archive.org/b\n{row}\n", encoding="utf-8")
    assert run(place, "--from", "list.txt") == cli.CONTENT_ERRORS
    out = capsys.readouterr().out
    assert f"list.txt, line 2: {why}" in out
    assert "wrote 1 records" in out


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (b"f https://archive.org/f", "sources/f.yml: its fields do not have lines of their own: change it by hand"),
        (b"a https://[bad", "'https://[bad' is no address"),
        (b"\xff", "list.txt is not UTF-8, at offset 24"),
    ],
)
def test_what_would_not_hold_is_not_written(place: Path, capsys, row: bytes, why: str):
    (place / "list.txt").write_bytes(b"b https://archive.org/b\n" + row + b"\n")
    before = tree(place / "content")
    code, said = run(place, "--from", "list.txt"), capsys.readouterr()
    assert why in said.out + said.err
    assert tree(place / "content") == before or code == cli.CONTENT_ERRORS


def test_a_source_is_also_named_by_the_address_of_its_doi(place: Path):
    (place / "list.txt").write_text("http://dx.doi.org/10.1000/d https://archive.org/d\n", encoding="utf-8")
    assert run(place, "--from", "list.txt") == cli.BUILT
    assert (
        (place / "content/sources/d.yml").read_text().endswith("doi: 10.1000/D\narchive_url: https://archive.org/d\n")
    )


def test_a_list_has_its_limit():
    with pytest.raises(ValueError, match="are the limit"):
        archives.read_list(b"x" * (archives.MAX_BYTES + 1), "list.txt")
    with pytest.raises(ValueError, match="line 1"):
        archives.read_list(b'"' + b"x" * 200_000, "list.csv")


def test_a_list_is_of_archived_copies(place: Path):
    with chdir(place):
        assert cli.main(["links", "--from", "list.txt"]) == cli.USAGE
    assert run(place, "--from", "missing.txt") == cli.USAGE
