"""`ledger retractions`: statuses from a table of Retraction Watch, in the columns that Crossref publishes."""

import csv
import json
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest
from making import SITE, SOURCE, ledger_of, load, site_of, tree

from ledger import cli
from ledger.editing import retractions

COLUMNS = (
    *(
        "Record ID",
        "Title",
        "Subject",
        "Institution",
        "Journal",
        "Publisher",
        "Country",
        "Author",
        "URLS",
        "ArticleType",
    ),
    *("RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate", "OriginalPaperDOI"),
    *("OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes"),
)
TITLE = "Slow tides of the northern bay and their clocks"
BLANK = {
    "Record ID": "51", "Title": TITLE, "Subject": "(PHY) Physics;", "Journal": "Tides", "Author": "Ada Brass;Tom Reed",
    "URLS": "", "ArticleType": "Research Article;", "RetractionDate": "7/24/2024 0:00", "RetractionDOI": "10.1000/n",
    "RetractionPubMedID": "0", "OriginalPaperDate": "1/31/2020 0:00", "OriginalPaperDOI": "10.1000/Tides",
    "OriginalPaperPubMedID": "0", "RetractionNature": "Retraction", "Reason": "+Error in Data;+Notice - Limited or No "
    "Information;", "Paywalled": "No",
}  # fmt: skip
NO_DOI = {"OriginalPaperDOI": "unavailable"}
BY = "authors: [{family: Brass, given: Ada}, {family: Reed, given: T.}]\n"
TIDES = SOURCE.replace("Maps", TITLE).replace("authors: unknown\n", BY).replace("1999", "2020")


def table(place: Path, *rows: dict[str, str]) -> Path:
    with (place / "retraction_watch.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(BLANK | row for row in rows)
    return place / "retraction_watch.csv"


def proposed(tmp_path: Path, source: str, *rows: dict[str, str]) -> list[retractions.Proposal]:
    records = load({"site.yml": SITE, "sources/s.yml": source}).records.values()
    return retractions.proposals(records, retractions.read_table(table(tmp_path, *rows)), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("more", "row", "by"),
    [
        ("doi: 10.1000/tides\n", {}, "DOI"),
        ("doi: 10.1000/tides\n", {"OriginalPaperDOI": "https://doi.org/10.1000/TIDES", "Title": TITLE.upper()}, "DOI"),
        ("url: https://doi.org/10.1000/tides\n", {}, "DOI"),
        ("pmid: '31452104'\n", NO_DOI | {"OriginalPaperPubMedID": "31452104", "Author": ""}, "PMID"),
        ("arxiv: '2001.08361'\n", {"OriginalPaperDOI": "10.48550/arXiv.2001.08361"}, "DOI"),
        ("", NO_DOI, "title"),
        ("", NO_DOI | {"Title": f"<i>{TITLE}</i>."}, "title"),
        ("", NO_DOI | {"Title": f"RETRACTED ARTICLE: {TITLE}"}, "title"),
    ],
)
def test_a_work_is_known_by_its_number_or_by_title_authors_and_year(tmp_path: Path, more: str, row: dict, by: str):
    (found,) = proposed(tmp_path, TIDES + more, row)
    assert (found.state, found.values["status"], f"by its {by}" in found.said) == ("proposed", "retracted", True)


@pytest.mark.parametrize(
    ("source", "row", "why"),
    [
        (TIDES + "doi: 10.1000/tides\n", {"Title": "On the making of bread"}, "there it is called 'On the making"),
        (TIDES + "doi: 10.1000/tides\npmid: '31452104'\n", {"OriginalPaperPubMedID": "7"}, "its PMID another"),
        (TIDES + "doi: 10.1000/other\n", {}, "its DOI is another"),
        (TIDES.replace(BY, "authors: unknown\n"), NO_DOI, "its authors are not known"),
        (TIDES.replace("2020", "2019"), NO_DOI, "it is of 2020"),
        (TIDES, NO_DOI | {"Author": "Eve Holt"}, "its authors are others"),
        (TIDES.replace(TITLE, "Reply"), NO_DOI | {"Title": "Reply"}, "its title is short"),
        (TIDES + "doi: 10.1000/tides\n", {"RetractionNature": "Vanishing"}, "a notice of the sort 'Vanishing'"),
        (TIDES + "doi: 10.1000/tides\nstatus: superseded\n", {}, "the record says superseded"),
        (
            TIDES + "doi: 10.1000/tides\nstatus: retracted\n",
            {"RetractionNature": "Correction"},
            "record says retracted",
        ),
    ],
)
def test_in_doubt_it_is_unknown_and_nothing_is_proposed(tmp_path: Path, source: str, row: dict, why: str):
    (found,) = proposed(tmp_path, source, row)
    assert (found.state, found.values) == ("unknown", {})
    assert why in found.said


def test_other_works_are_left_alone(tmp_path: Path):
    assert proposed(tmp_path, TIDES.replace(TITLE, "Reply"), NO_DOI | {"Title": "Reply", "Author": "Eve Holt"}) == []
    assert proposed(tmp_path, TIDES.replace("2020", "2019"), NO_DOI | {"Author": "Eve Holt"}) == []
    assert proposed(tmp_path, SOURCE, NO_DOI, {"Title": ""}) == []
    assert proposed(tmp_path, TIDES + "withdrawn: {date: 2001-01-01, why: W.}\ndoi: 10.1000/tides\n", {}) == []


RETRACTED, CONCERN, CORRECTED, BACK = "Retraction", "Expression of concern", "Correction", "Reinstatement"


@pytest.mark.parametrize(
    ("notices", "present", "said"),
    [
        ([(CONCERN, "1/2/2021 0:00")], "", ("proposed", "concern", "2021-01-02")),
        ([(CORRECTED, "2021-01-02")], "current", ("proposed", "corrected", "2021-01-02")),
        ([(CORRECTED, "")], "", ("proposed", "corrected", None)),
        ([(CORRECTED, "13/45/2021")], "", ("proposed", "corrected", None)),
        ([(RETRACTED, "1/2/2022"), (CONCERN, "1/2/2021")], "", ("proposed", "retracted", "2022-01-02")),
        ([(RETRACTED, "1/2/2022"), (CORRECTED, "1/2/2023")], "", ("proposed", "retracted", "2022-01-02")),
        ([(RETRACTED, "1/2/2022"), (BACK, "1/2/2023")], "", ("recorded", None, None)),
        ([(RETRACTED, "1/2/2022"), (BACK, "1/2/2023")], "retracted", ("proposed", "current", "2023-01-02")),
        ([(BACK, "1/2/2023"), (CONCERN, "5/2/2024"), (CONCERN, "5/2/2022")], "", ("proposed", "concern", "2024-05-02")),
        ([(RETRACTED, "1/2/2023"), (BACK, "1/2/2023")], "", ("unknown", None, None)),
        ([(RETRACTED, ""), (BACK, "1/2/2023")], "", ("unknown", None, None)),
        ([(RETRACTED, "1/2/2022")], "retracted", ("recorded", None, None)),
        ([(CONCERN, "1/2/2022")], "corrected", ("proposed", "concern", "2022-01-02")),
    ],
)  # fmt: skip
def test_what_several_notices_come_to(tmp_path: Path, notices: list, present: str, said: tuple):
    source = TIDES + "doi: 10.1000/tides\n" + (f"status: {present}\n" if present else "")
    (found,) = proposed(tmp_path, source, *({"RetractionNature": what, "RetractionDate": day} for what, day in notices))
    assert (found.state, found.values.get("status"), found.values.get("status_date")) == said


def run(place: Path, *words: str) -> int:
    with chdir(place):
        return cli.main(["retractions", "retraction_watch.csv", *words, "--date", "2026-11-22"])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    texts = {
        "site": SITE,
        "sources/a": f"# first\n{TIDES}doi: 10.1000/tides # theirs\nstatus: current\nsummary: It moves.\n# last\n",
        "sources/b": SOURCE.replace("Maps", "Other tides") + "doi: 10.1000/b\r\n".replace("\n", "") + "\n",
        "sources/n": SOURCE.replace("Maps", "A notice") + "doi: 10.1000/n-of-b\n",
    }
    (tmp_path / "content/sources").mkdir(parents=True)
    for name, text in texts.items():
        (tmp_path / f"content/{name}.yml").write_text(text.replace("\r", ""), encoding="utf-8")
    other = {"OriginalPaperDOI": "10.1000/b", "RetractionDOI": "10.1000/N-of-b", "Title": "Other tides"}
    other |= {"Reason": "[[x]];", "RetractionNature": CONCERN, "Record ID": "52"}
    table(tmp_path, {}, other, NO_DOI | {"Title": "Nobody's", "Author": "x" * 1000})
    return tmp_path


def test_proposals_are_printed_and_written_when_told_with_reason_date_and_notice(place: Path, capsys):
    before = tree(place / "content")
    assert run(place) == cli.CONTENT_ERRORS
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == (
        "content/sources/a.yml:9:9: proposed: retracted since 2024-07-24, by its DOI: "
        "Error in Data; Notice - Limited or No Information (record 51), https://doi.org/10.1000/n"
    )
    said = "concern since 2024-07-24, by its DOI: x (record 52), https://doi.org/10.1000/N-of-b"
    assert second == f"content/sources/b.yml:2:8: proposed: {said}"
    assert last == "3 sources: 2 proposed, 0 recorded already, 0 unknown"
    assert tree(place / "content") == before
    assert run(place, "--write") == cli.BUILT
    written = (
        "status: retracted\nstatus_date: 2024-07-24\nstatus_recorded: 2026-11-22\nstatus_why: Error in Data; Notice - "
        "Limited or No Information, says Retraction Watch (record 51).\nnotice_url: https://doi.org/10.1000/n\n"
    )
    was = f"# first\n{TIDES}doi: 10.1000/tides # theirs\nstatus: current\nsummary: It moves.\n# last\n"
    assert (place / "content/sources/a.yml").read_text() == was.replace("status: current\n", written)
    assert "notice: n\n" in (place / "content/sources/b.yml").read_text()
    capsys.readouterr()
    assert run(place, "--format", "json") == cli.BUILT
    assert [one["state"] for one in json.loads(capsys.readouterr().out)] == ["recorded", "recorded"]


def test_readers_see_why_and_where():
    more = "status: retracted\nstatus_date: 2024-07-24\nstatus_why: Error in data.\nnotice_url: https://doi.org/10.1000/n\n"
    page = site_of(ledger_of({"sources/s.yml": SOURCE + more}))["sources/s.html"].decode()
    assert "Error in data." in page
    assert '<a href="https://doi.org/10.1000/n">The notice</a>' in page


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b'Title,RetractionNature,RetractionDate,OriginalPaperDOI\n"' + b"x" * 200_000]
)
def test_what_is_no_table_is_refused(place: Path, capsys, data: bytes):
    (place / "retraction_watch.csv").write_bytes(data)
    assert run(place) == cli.USAGE
    assert "retraction_watch.csv" in capsys.readouterr().err


def test_a_table_in_either_encoding_is_read(tmp_path: Path):
    lines = table(tmp_path, {"Author": "Zoë Brass"}).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "old.csv").write_bytes(
        b"\xef\xbb\xbf" + lines[0].encode() + lines[1].encode("cp1252") + lines[1].encode()
    )
    names = [one.work.names[0] for one in retractions.read_table(tmp_path / "old.csv")]
    assert names == ["Zoë Brass", "Zoë Brass"]
