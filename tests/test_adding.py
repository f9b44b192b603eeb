"""`ledger add`: a source from an identifier, with what a file or, when asked, a registry knows of it."""

import json
from contextlib import chdir
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from faults import cut_off
from making import SITE, SOURCE, tree

from ledger import cli, files, loading
from ledger.commands import add
from ledger.editing import adding, fetching
from ledger.editing.adding import Identifier
from ledger.editing.fetching import Answer
from ledger.files import TextFile
from ledger.identifiers import same_work
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import ForeignFile, Run

KAPLAN = {
    "id": "x",
    "type": "article",
    "title": "Scaling: Laws [of] #1",
    "author": [{"family": "Kaplan", "given": "Jared"}],
    "issued": {"date-parts": [[2020, 1, 23]]},
}


@dataclass
class Registry:
    """Answers in the place of the network, and what it was asked."""

    answer: Answer | OSError
    limit: int = 1 << 20
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, address: str, *, accept: str = "*/*") -> Answer:
        self.asked.append((address, accept))
        if isinstance(self.answer, OSError):
            raise self.answer
        return self.answer


def answered(body: bytes, kind: str = adding.CSL, status: int = 200) -> Registry:
    return Registry(Answer(status, {"content-type": kind}, body, (("https://doi.org/x", status),)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "content/sources").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    return tmp_path


def run(place: Path, *arguments: str) -> int:
    with chdir(place):
        return cli.main(["add", *arguments])


def added(place: Path, id_: str) -> dict:
    text = (place / f"content/sources/{id_}.yml").read_text(encoding="utf-8")
    record, problems = loading.load_record(TextFile(f"sources/{id_}.yml", text))
    assert record is not None, problems
    return record.authored()


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("10.1038/s41586-024-07566-y", "doi", "10.1038/s41586-024-07566-y"),
        ("https://doi.org/10.1038/s41586-024-07566-y", "doi", "10.1038/s41586-024-07566-y"),
        ("http://dx.doi.org/10.1038%2Fs41586-024-07566-y?x=1", "doi", "10.1038/s41586-024-07566-y"),
        ("doi: 10.1038/s41586-024-07566-y.", "doi", "10.1038/s41586-024-07566-y"),
        ("https://doi.org/10.48550/arXiv.2001.08361", "arxiv", "2001.08361"),
        ("arXiv:2001.08361v3", "arxiv", "2001.08361"),
        ("arXiv:2001.08361 [cs.LG]", "arxiv", "2001.08361"),
        ("https://arxiv.org/pdf/2001.08361v2.pdf", "arxiv", "2001.08361"),
        ("https://arxiv.org/abs/2001.08361?context=cs", "arxiv", "2001.08361"),
        ("hep-th/9901001v2", "arxiv", "hep-th/9901001"),
        ("978-0-306-40615-7", "isbn", "978-0-306-40615-7"),
        ("ISBN-13: 978-0-306-40615-7", "isbn", "978-0-306-40615-7"),
        ("ISBN 978-0-306-40615-7", "isbn", "978-0-306-40615-7"),
        ("isbn 0-306-40615-2", "isbn", "0-306-40615-2"),
        ("ISBN-10 0306406152", "isbn", "0306406152"),
        ("DOI 10.1038/s41586-024-07566-y", "doi", "10.1038/s41586-024-07566-y"),
        ("doi.org/10.1038/s41586-024-07566-y", "doi", "10.1038/s41586-024-07566-y"),
        ("arXiv 2001.08361", "arxiv", "2001.08361"),
        ("arXiv: 2001.08361v2", "arxiv", "2001.08361"),
        ("arxiv.org/abs/2001.08361", "arxiv", "2001.08361"),
        ("PMID 31452104", "pmid", "31452104"),
        ("PubMed ID: 31452104", "pmid", "31452104"),
        ("ISBN9780306406157", "isbn", "9780306406157"),
        ("PMID: 31452104", "pmid", "31452104"),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", "pmid", "31452104"),
        ("https://example.org/a?b=1", "url", "https://example.org/a?b=1"),
    ],
)
def test_an_identifier_is_read_in_any_usual_form(written: str, name: str, value: str):
    assert adding.read_identifier(written) == Identifier(name, value)


@pytest.mark.parametrize("written", ["978-0-306-40615-8", "9780306406158", "0-306-40615-3", "ISBN 0306406153"])
def test_a_wrong_check_digit_is_told(written: str):
    with pytest.raises(ValueError, match="is no ISBN, though it looks like one: its check digit is wrong"):
        adding.read_identifier(written)


@pytest.mark.parametrize("written", ["31452104", "0306406153", "hello", "", "ftp://example.org/x"])
def test_what_is_no_identifier_is_told(written: str):
    with pytest.raises(ValueError, match="is no identifier of a source"):
        adding.read_identifier(written)


@pytest.mark.parametrize(
    ("address", "name", "number"),
    [
        ("http://dx.doi.org/10.1000/AbC", "doi", "10.1000/AbC"),
        ("https://www.doi.org/10.1000/AbC#x", "doi", "10.1000/AbC"),
        ("https://export.arxiv.org/abs/2001.08361v2", "arxiv", "2001.08361"),
        ("https://arxiv.org/html/2001.08361v2", "arxiv", "2001.08361"),
        ("https://arxiv.org/pdf/2001.08361v2.pdf?download=1", "arxiv", "2001.08361"),
        ("https://doi.org/10.48550/arXiv.2001.08361", "arxiv", "2001.08361"),
    ],
)
def test_an_address_is_the_same_work_for_the_command_and_for_the_check(address: str, name: str, number: str):
    assert adding.read_identifier(address) == Identifier(name, number)
    assert same_work("url", address) == same_work(name, number) == f"{name}:{number.casefold()}"


@pytest.mark.parametrize("written", ["https://arxiv.org/abs/2001.08361", "arXiv: 2001.08361", "2001.08361"])
def test_an_identifier_behind_its_address_is_read_alike_by_the_importer(written: str):
    item = {**KAPLAN, "custom": {"arxiv": written}, "DOI": "urn:doi:10.1000/182", "PMID": "PMID: 31452104"}
    (draft,) = read_csl_json(ForeignFile("f.json", json.dumps([item]).encode()), Run(date(2026, 11, 22))).drafts
    assert [draft.fields[name] for name in ("arxiv", "doi", "pmid")] == ["2001.08361", "10.1000/182", "31452104"]


def test_metadata_come_from_a_file(place: Path, capsys):
    items = [{**KAPLAN, "title": "Another", "DOI": "10.1000/182"}, {**KAPLAN, "number": "arXiv:2001.08361"}]
    (place / "zotero.json").write_text(json.dumps(items), encoding="utf-8")
    assert run(place, "arXiv:2001.08361v3", "--from", "zotero.json", "--date", "2026-11-22") == 0
    made = added(place, "kaplan-2020")
    assert (made["title"], made["arxiv"], made["issued"]) == ("Scaling: Laws [of] #1", "2001.08361", "2020-01-23")
    assert (made["authors"], made["added"]) == ([{"family": "Kaplan", "given": "Jared"}], "2026-11-22")
    assert "wrote content/sources/kaplan-2020.yml" in capsys.readouterr().out


def test_an_only_item_without_identifier_gets_it(place: Path):
    (place / "one.json").write_text(json.dumps([KAPLAN]), encoding="utf-8")
    assert run(place, "10.1000/182", "--from", "one.json", "--id", "kaplan-laws") == 0
    assert added(place, "kaplan-laws")["doi"] == "10.1000/182"


def test_an_item_of_another_work_is_not_taken_for_it(place: Path, capsys):
    (place / "one.json").write_text(json.dumps([{**KAPLAN, "DOI": "10.1000/999"}]), encoding="utf-8")
    before = tree(place)
    assert run(place, "10.1000/182", "--from", "one.json") == cli.USAGE
    assert "no item has doi 10.1000/182" in capsys.readouterr().err
    assert tree(place) == before


@pytest.mark.parametrize("written", ["arXiv:2001.08361v2", "https://doi.org/10.48550/arXiv.2001.08361"])
def test_a_work_that_is_there_is_named(place: Path, capsys, written: str):
    (place / "content/sources/old.yml").write_text(SOURCE + "arxiv: 2001.08361\n", encoding="utf-8")
    assert run(place, written) == cli.USAGE
    assert "content/sources/old.yml is that source" in capsys.readouterr().err


def test_without_metadata_a_skeleton_holds_the_identifier(place: Path):
    assert run(place, "https://example.org/a: b") == cli.USAGE
    assert run(place, "10.1000/182", "--date", "2026-11-22") == 0
    text = (place / "content/sources/doi-10-1000-182.yml").read_text(encoding="utf-8")
    assert "\ndoi: 10.1000/182\n" in text
    assert "\nadded: 2026-11-22\n" in text
    assert "post-weblog (blog post)" in text
    assert run(place, "ISBN", "978-0-306-40615-7") == 0
    assert "\ntitle:\n" in text


def test_an_id_that_is_taken_is_refused(place: Path, capsys):
    (place / "content/claims").mkdir()
    (place / "content/claims/kaplan.yml").write_text("statement: S.\ntype: empirical\n", encoding="utf-8")
    (place / "one.json").write_text(json.dumps([KAPLAN]), encoding="utf-8")
    assert run(place, "10.1000/182", "--from", "one.json", "--id", "kaplan") == cli.USAGE
    assert "the id 'kaplan' cannot be had" in capsys.readouterr().err


def test_what_a_run_that_was_cut_off_left_is_not_taken_for_the_work(place: Path, capsys):
    (place / "one.json").write_text(json.dumps([{**KAPLAN, "DOI": "10.1000/182"}]), encoding="utf-8")
    cut_off(lambda: run(place, "10.1000/182", "--from", "one.json"))
    assert added(place, "kaplan-2020")["doi"] == "10.1000/182"
    assert run(place, "10.1000/182", "--from", "one.json", "--id", "laws") == cli.BUILT
    assert [path.name for path in (place / "content/sources").iterdir()] == ["laws.yml"]


# The network


def test_it_is_not_touched_unless_asked(place: Path, monkeypatch):
    def touched(*arguments: object, **named: object) -> None:
        raise AssertionError

    monkeypatch.setattr(fetching.Client, "ask", touched)
    assert run(place, "10.1000/182") == 0


def test_a_doi_is_asked_for_as_csl_json(place: Path, monkeypatch):
    registry = answered(json.dumps({**KAPLAN, "abstract": "x", "reference": [1]}).encode())
    monkeypatch.setattr(add, "client", lambda: registry)
    assert run(place, "10.1000/182", "--online") == 0
    assert registry.asked == [("https://doi.org/10.1000/182", adding.CSL)]
    assert added(place, "kaplan-2020")["doi"] == "10.1000/182"


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Scaling
  Laws</title><published>2020-01-23T03:59:20Z</published><author><name>Jared Kaplan</name></author>
  <author><name>Plato</name></author></entry></feed>"""


def test_an_arxiv_number_is_asked_for_at_arxiv(place: Path, monkeypatch):
    registry = answered(ATOM.encode(), "application/atom+xml; charset=UTF-8")
    monkeypatch.setattr(add, "client", lambda: registry)
    assert run(place, "2001.08361", "--online") == 0
    assert registry.asked[0][0] == "https://export.arxiv.org/api/query?id_list=2001.08361"
    made = added(place, "kaplan-2020")
    assert (made["title"], made["arxiv"], made["issued"]) == ("Scaling Laws", "2001.08361", "2020-01-23")
    assert made["authors"] == [{"family": "Kaplan", "given": "Jared"}, {"literal": "Plato"}]


@pytest.mark.parametrize(
    ("registry", "code"),
    [
        (answered(b"<html>", "text/html"), cli.ENVIRONMENT),
        (answered(b"not json"), cli.ENVIRONMENT),
        (answered(b"[]"), cli.ENVIRONMENT),
        (answered(b"[" * 100_000), cli.ENVIRONMENT),
        (answered(b"{}", status=500), cli.ENVIRONMENT),
        (answered(b"{}", status=404), cli.USAGE),
        (answered(b'{"type": "book"}'), cli.USAGE),
        (Registry(OSError("no route")), cli.ENVIRONMENT),
        (Registry(answered(b"{}").answer, limit=2), cli.ENVIRONMENT),
    ],
)
def test_a_bad_answer_writes_nothing(place: Path, monkeypatch, registry: Registry, code: int):
    monkeypatch.setattr(add, "client", lambda: registry)
    before = tree(place)
    assert run(place, "10.1000/182", "--online") == code
    assert tree(place) == before


@pytest.mark.parametrize("body", ["<!DOCTYPE x><feed/>", "<feed", '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_a_bad_feed_is_refused(body: str):
    registry = answered(body.encode(), "application/atom+xml")
    with pytest.raises((OSError, ValueError), match="arXiv"):
        adding.fetch_metadata(Identifier("arxiv", "2001.08361"), registry)


def test_only_public_hosts_over_https_are_asked():
    client = add.client()
    assert client.schemes == ("https",)
    with pytest.raises(fetching.NotPublicError, match=r"127\.0\.0\.1 is not a public address"):
        client.ask("https://127.0.0.1/")
    with pytest.raises(fetching.NotPublicError, match="http://"):
        client.ask("http://example.org/")


def test_the_metadata_of_the_gap_report_are_those_of_the_item(place: Path):
    data = json.dumps([{**KAPLAN, "DOI": "10.1000/1"}, {**KAPLAN, "DOI": "10.1000/2", "abstract": "x"}]).encode()
    made = adding.item_for(data, "f.json", Identifier("doi", "10.1000/1"), date(2026, 11, 22))
    _, gaps = adding.new_source(files.read(place / "content"), Identifier("doi", "10.1000/1"), made)
    assert "abstract" not in [gap.what for gap in gaps]
