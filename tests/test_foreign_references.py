"""The shapes in which the world's programs write references: what each gives, and what is told of it."""

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from making import SITE, load

from ledger.bibliography import FIELDS
from ledger.citations import address
from ledger.files import TextFile
from ledger.identifiers import FORMS, doi_in, leads_to, same_work
from ledger.importers import pubmed
from ledger.importers.bibtex import _KNOWN, _WHY_NOT, read_bibtex
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import ForeignFile, Imported, Run
from ledger.importers.extra import VARIABLES
from ledger.importers.planning import make_plan
from ledger.importers.pubmed import read_pubmed
from ledger.importers.ris import _READ, read_ris
from ledger.loading import Loaded

Reader = Callable[[ForeignFile, Run], Imported]
RUN = Run(date(2026, 11, 29))


def read(reader: Reader, text: str, name: str = "refs") -> Imported:
    return reader(ForeignFile(name, text.encode()), RUN)


def only(reader: Reader, text: str, name: str = "refs") -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of the one source in a text, and what is reported, by field."""
    made = read(reader, text, name)
    (draft,) = made.drafts
    return draft.fields, {gap.what: gap.value for gap in made.gaps}


def item(**said: Any) -> str:
    return json.dumps([{"type": "article-journal", "title": "T", **said}])


def entry(inside: str, kind: str = "article") -> str:
    return f"@{kind}{{a, title={{T}}, {inside}}}"


def record(*lines: str, type_: str = "JOUR") -> str:
    return "".join(f"{line}\n" for line in (f"TY  - {type_}", "TI  - T", *lines, "ER  - "))


# Identifiers

SICI = "10.1002/(SICI)1096-8644(199905)109:1<1::AID-AJPA1>3.0.CO;2-#"


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        (SICI, SICI),
        (f"https://doi.org/{SICI.replace('<', '%3C').replace('>', '%3E').replace('#', '%23')}", SICI),
        (SICI.replace("<", "&lt;").replace(">", "&gt;"), SICI),
        (f"doi: {SICI}.", SICI),
        ("10.1175/1520-0442(1999)012<0185:A+B>2.0.CO;2", "10.1175/1520-0442(1999)012<0185:A+B>2.0.CO;2"),
        ("(DOI 10.1000/a(b)c).", "10.1000/a(b)c"),
        ("http://dx.doi.org/10.1000/x?nosfx=y#part", "10.1000/x"),
        ("https://doi.org/doi:10.1000/x/", "10.1000/x"),
        ("info:doi/10.1000.10/x", "10.1000.10/x"),
        ("<10.1000/x>", "10.1000/x"),
        ("10.1000", ""),
        ("soon", ""),
        ("10.1000/" + "(" * 9 + ")" * 5_000, ""),
    ],
)
def test_a_doi_is_taken_as_it_is(written: str, doi: str):
    assert doi_in(written)[:60] == doi or (not doi and len(written) > 2_048)


def test_a_doi_of_any_signs_can_be_recorded_and_its_link_is_encoded():
    fields = (
        f'type: report\ntitle: T\nauthors: unknown\nissued: 1999\ntier: dataset\nderived_from: unknown\ndoi: "{SICI}"\n'
    )
    source = load({"sources/s.yml": fields}).records["s"].fields
    assert FORMS["doi"][1](source.doi)
    link = address(source)
    assert link == leads_to("doi", SICI)
    assert link.endswith("/(SICI)1096-8644(199905)109:1%3C1::AID-AJPA1%3E3.0.CO;2-%23")
    assert same_work("url", link) == same_work("doi", SICI)
    assert not FORMS["doi"][1]("10.1000/x.")


@pytest.mark.parametrize(
    ("written", "number", "is_good"),
    [
        ("arXiv:2001.08361v2", "2001.08361v2", True),
        ("arXiv: 2001.08361v1 [cs.LG]", "2001.08361v1", True),
        ("arXiv:math.GT/0309136", "math.GT/0309136", True),
        ("hep-th/9901001v3", "hep-th/9901001v3", True),
        ("cond-mat.mes-hall/0309136", "cond-mat.mes-hall/0309136", True),
        ("arXiv 2001", "arXiv 2001", False),
        ("2013.08361", "2013.08361", False),
    ],
)
def test_an_arxiv_number_in_a_record_may_have_its_name(written: str, number: str, is_good: bool):  # noqa: FBT001
    text = "type: report\ntitle: T\nauthors: unknown\nissued: 2020\ntier: dataset\nderived_from: unknown\n"
    loaded: Loaded = load({"sources/s.yml": f"{text}arxiv: '{written}'\n"})
    assert loaded.records["s"].fields.arxiv == number
    assert FORMS["arxiv"][1](number) == is_good


@pytest.mark.parametrize(
    ("reader", "text", "fields"),
    [
        (read_bibtex, entry(f"doi={{{SICI}}}"), {"doi": SICI}),
        (read_bibtex, entry(f"doi={{{SICI.replace('<', '$<$').replace('>', '$>$')}}}"), {"doi": SICI}),
        (read_bibtex, entry(r"doi={10.1007/978-3-540_1\_2}"), {"doi": "10.1007/978-3-540_1_2"}),
        (read_bibtex, entry("doi={https://doi.org/10.1000/x.}"), {"doi": "10.1000/x"}),
        (read_bibtex, entry("doi={10.1000/x, 10.1000/y}"), {"doi": "10.1000/x"}),
        (read_bibtex, entry(r"doi={10.1000\/x{\_}y}"), {"doi": "10.1000/x_y"}),
        (read_bibtex, entry(r"doi={\url{https://doi-org.proxy.example.edu/10.1000/x}}"), {"doi": "10.1000/x"}),
        (read_bibtex, entry("isbn={ISBN-13: 978-0-306-40615-7 (print)}"), {"isbn": "978-0-306-40615-7"}),
        (read_bibtex, entry("eprint={31452104}, eprinttype={pubmed}"), {"pmid": "31452104"}),
        (read_bibtex, entry("eprint={0309136}, archiveprefix={arXiv}, primaryclass={math}"), {"arxiv": "math/0309136"}),
        (read_bibtex, entry("pmcid={PMCID: PMC123}, pmid={PMID: 456}"), {"pmid": "456", "csl": {"PMCID": "PMC123"}}),
        (read_csl_json, item(DOI=f"http://dx.doi.org/{SICI.replace('#', '%23')}"), {"doi": SICI}),
        (read_csl_json, item(ISBN="http://id.crossref.org/isbn/9780306406157"), {"isbn": "9780306406157"}),
        (read_csl_json, item(PMID="https://pubmed.ncbi.nlm.nih.gov/456/"), {"pmid": "456"}),
        (read_ris, record(f"DO  - {SICI}"), {"doi": SICI}),
    ],
)  # fmt: skip
def test_identifiers_of_other_programs(reader: Reader, text: str, fields: dict[str, Any]):
    found, told = only(reader, text)
    assert {name: found.get(name) for name in fields} == fields
    assert told.get("doi", "10.1000/y") == "10.1000/y"


# arXiv taken for a journal


@pytest.mark.parametrize(
    ("reader", "text", "number"),
    [
        (read_bibtex, entry("journal={arXiv preprint arXiv:2001.08361}"), "2001.08361"),
        (read_bibtex, entry("journal={ArXiv}, volume={abs/2001.08361}"), "2001.08361"),
        (read_bibtex, entry("journal={CoRR}, volume={abs/1706.03762}, eprint={1706.03762}"), "1706.03762"),
        (read_bibtex, entry("journal={arXiv e-prints}, pages={arXiv:2001.08361}"), "2001.08361"),
        (read_bibtex, entry("journal={arXiv:hep-th/9711200 [hep-th]}"), "hep-th/9711200"),
        (read_bibtex, entry("booktitle={arXiv:2001.08361v2}", "inproceedings"), "2001.08361v2"),
        (read_bibtex, entry("journal={Preprint at arXiv}, url={arxiv.org/pdf/2001.08361v2.pdf}"), "2001.08361v2"),
        (read_bibtex, entry("eprint={2001.08361}, archiveprefix={arXiv}, primaryclass={cs.LG}"), "2001.08361"),
        (read_bibtex, entry("howpublished={\\url{https://arxiv.org/abs/2001.08361}}"), "2001.08361"),
        (read_bibtex, entry("url={http://arxiv.org/abs/2001.08361}", "misc"), "2001.08361"),
        (read_bibtex, entry("doi={10.48550/arXiv.2001.08361}, publisher={arXiv}", "misc"), "2001.08361"),
        (read_ris, record("JO  - arXiv preprint arXiv:2001.08361"), "2001.08361"),
        (read_csl_json, item(**{"container-title": "arXiv:2001.08361 [cs, stat]"}), "2001.08361"),
        (read_csl_json, item(type="article", publisher="arXiv", number="arXiv:2001.08361"), "2001.08361"),
        (read_csl_json, item(**{"container-title": "arXiv [cs.LG]", "note": "arXiv: 2001.08361 [cs]"}), "2001.08361"),
    ],
)  # fmt: skip
def test_a_preprint_is_no_article_of_a_journal(reader: Reader, text: str, number: str):
    found, _ = only(reader, text)
    assert (found["arxiv"], found["tier"]) == (number, "preprint")
    assert found["type"] in ("article", "webpage")
    assert not {"container_title", "volume", "pages"} & set(found)


@pytest.mark.parametrize("journal", ["bioRxiv", "medRxiv: the preprint server", "SSRN Electronic Journal", "PsyArXiv"])
def test_other_places_for_preprints_are_no_journals_either(journal: str):
    found, _ = only(read_bibtex, entry(f"journal={{{journal}}}"))
    assert (found["type"], found["tier"], found["container_title"]) == ("article", "preprint", journal)


def test_a_report_on_arxiv():
    found, _ = only(read_bibtex, entry("institution={arXiv}, number={2001.08361}", "techreport"))
    assert (found["type"], found["tier"], found["arxiv"], found.get("issue")) == (
        "report", "preprint", "2001.08361", None,
    )  # fmt: skip


def test_arxiv_without_a_number_is_still_no_journal():
    found, _ = only(read_bibtex, entry("journal={arXiv preprint}"))
    assert (found["type"], found["tier"], found["container_title"]) == ("article", "preprint", "arXiv preprint")


def test_an_article_that_is_on_arxiv_too_stays_in_its_journal():
    found, _ = only(read_bibtex, entry("journal={Phys. Rev. D}, eprint={2001.08361}, archiveprefix={arXiv}"))
    assert (found["type"], found["tier"], found["container_title"]) == (
        "article-journal",
        "peer-reviewed",
        "Phys. Rev. D",
    )


@pytest.mark.parametrize(
    ("inside", "issued"),
    [
        ("year=2020, month={March--April}", "2020-03/2020-04"),
        ('year=2020, month=mar # "/" # apr', "2020-03/2020-04"),
        ("year=2020, month=mar, day={3--5}", "2020-03-03/2020-03-05"),
        ("year=2020, month={12~Mar}", "2020-03-12"),
        ("year=2020, month={Mar.}", "2020-03"),
    ],
)
def test_months_and_days_of_bibtex(inside: str, issued: str):
    assert only(read_bibtex, entry(inside))[0]["issued"] == issued


# Zotero's Extra


@pytest.mark.parametrize(
    ("note", "fields", "told"),
    [
        (
            "original-date: 1910\nPublisher: Odd Press\nDOI: 10.1000/extra\nPMID: 123",
            {"csl": {"original-date": "1910"}, "publisher": "Odd Press", "doi": "10.1000/extra", "pmid": "123"},
            {},
        ),
        (
            "Original Date: 1910-05\nISBN: 978-0-306-40615-7\nPlace: Oddtown\nPMCID: PMC12",
            {
                "csl": {"original-date": "1910-05", "publisher-place": "Oddtown", "PMCID": "PMC12"},
                "isbn": "978-0-306-40615-7",
            },
            {},
        ),
        ("type: dataset\nIssued: 2020-03\nEditor: Roe || Rick", {"type": "dataset", "issued": "2020-03"}, {}),
        ("arXiv: 2001.08361 [cs]\nEdition: 2; section: 4", {"arxiv": "2001.08361"}, {}),
        ("Volume: 7\nfree words: and more", {"volume": "3"}, {"volume": "7"}),
    ],
)
def test_each_line_of_an_extra_field_is_its_own(note: str, fields: dict[str, Any], told: dict[str, str]):
    said = {"title": "T", "volume": "3", "note": note, **({} if "type:" in note else {"type": "book"})}
    found, gaps = only(read_csl_json, json.dumps([said]))
    assert {name: found[name] for name in fields} == fields
    assert told.items() <= gaps.items()


# Dates


@pytest.mark.parametrize(
    ("written", "issued", "is_told"),
    [
        ("1850~", "1850~", False),
        ("1850?", "1850?", False),
        ("1850%", "1850%", False),
        ("c. 1850", "1850~", False),
        ("1997/", "1997/..", False),
        ("1997/..", "1997/..", False),
        ("1997/open", "1997/..", False),
        ("/1997", "../1997", False),
        ("2004-06/2006-08", "2004-06/2006-08", False),
        ("1997~/2001-03-02", "1997~/2001-03-02", False),
        ("1939--1945", "1939/1945", False),
        ("1939–1945", "1939/1945", False),
        ("199X", "1990/1999", False),
        ("199u", "1990/1999", False),
        ("19XX~", "1900~/1999~", False),
        ("199X/200X", "1990/2009", False),
        ("1999-XX", "1999", False),
        ("1999-03-XX", "1999-03", False),
        ("1999-XX-XX", "1999", False),
        ("2001-21", "2001", True),
        ("2001-21/2003-24", "2001/2003", True),
        ("2004-02-30", "2004-02", True),
        ("2001-01-01T10:20:30Z", "2001-01-01", False),
        ("20010203", "2001-02-03", False),
        ("-0379", None, True),
        ("-1200/-1100", None, True),
        ("1200 BC", None, True),
        ("1850~?", "1850%", False),
        ("1920s", "1920/1929", False),
        ("before 1920", "../1920", False),
        ("2001-02-03T10:00:00/2001-02-04T11:00:00", "2001-02-03/2001-02-04", False),
        ("156X-12-25", "1560/1569", True),
        ("Y170000002", None, True),
        ("0000", None, True),
        ("XXXX", None, True),
        ("in press", None, True),
        ("1560~", "1560~", False),
        ("156u", "1560/1569", False),
        ("{1960,1961-12}", "1960/1961-12", True),
        ("[1667, 1668,1670..1672]", "1667/1672", True),
        ("{1961-12,1960~}", "1960~/1961-12", True),
        ("[1667,1760..]", "1667/..", True),
        ("[1667,soon]", None, True),
        ("[1667..1672]", "1667/1672", False),
        ("[..1760-12-03]", "../1760-12-03", False),
        ("[1760-12..]", "1760-12/..", False),
        ("{1960}", "1960", False),
        ("Y-17E7", None, True),
        ("Y1700E2", None, True),
        ("y17000", None, True),
        ("1950S2", "1900/1999", True),
        ("1984?-06", "1984-06?", True),
        ("?2004-06-~11", "2004-06-11%", True),
        ("~2004-06/2005", "2004-06~/2005", True),
        ("156X-12/1570", "1560/1570", True),
        ("1984-1X", "1984", True),
        ("XXXX-12-25", None, True),
        ("2001-33", "2001-01/2001-03", False),
        ("2001-39", "2001-09/2001-12", False),
        ("2001-41", "2001-07/2001-12", False),
        ("2001-42", "2001", True),
        ("0100/-0100", None, True),
        ("2001, 12", "2001", True),
    ],
)
@pytest.mark.parametrize("field", ["date", "year"])
def test_dates_of_biblatex(written: str, issued: str | None, is_told: bool, field: str):  # noqa: FBT001
    made = read(read_bibtex, entry(f"{field}={{{written}}}", "book"))
    assert made.drafts[0].fields["issued"] == (issued or "../2026-11-29")
    told = [gap.value for gap in made.gaps if gap.what == "issued" and not gap.guess]
    assert told == ([written] if is_told else [])


@pytest.mark.parametrize(
    ("said", "issued", "told"),
    [
        ({"date-parts": [[2010, 5, 4], [0]]}, "2010-05-04", ["date"]),
        ({"date-parts": [[None]]}, "../2026-11-29", ["date"]),
        ({"date-parts": [[-1200]]}, "../2026-11-29", ["date"]),
        ({"date-parts": [["2010", "05"]]}, "2010-05", []),
        ({"raw": "1997/"}, "1997/..", []),
        ("2019-06", "2019-06", []),
    ],
)
def test_dates_of_csl(said: Any, issued: str, told: list[str]):
    made = read(read_csl_json, item(issued=said))
    assert made.drafts[0].fields["issued"] == issued
    assert ["date" for gap in made.gaps if gap.what == "issued" and not gap.guess] == told


# BibTeX


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        (
            "family=Harman, given=Hans, prefix=von and family=Durand, given=Jean",
            [{"family": "von Harman", "given": "Hans"}, {"family": "Durand", "given": "Jean"}],
        ),
        ('given={Ann, B.}, family="Gull, Jr"', [{"family": "Gull, Jr", "given": "Ann, B."}]),
        (r"Family=\O{}rsted, given-i=H, given=Hans", [{"family": "Ørsted", "given": "Hans"}]),
        ("family={The Map Society} and Bo Tern", [{"literal": "The Map Society"}, {"family": "Tern", "given": "Bo"}]),
        ("E=mc Society, Ann", [{"family": "E=mc Society", "given": "Ann"}]),
    ],
)
def test_extended_names(written: str, authors: list[dict[str, str]]):
    found, told = only(read_bibtex, entry(f"author={{{written}}}"))
    assert found["authors"] == authors
    assert ("author.given-i" in told) == ("given-i" in written)


@pytest.mark.parametrize(
    ("said", "fields", "told"),
    [
        ({"URL": "www.unesco.org/report"}, {"url": "https://www.unesco.org/report"}, ["url"]),
        ({"URL": "no.address"}, {"url": None}, ["url"]),
        ({"genre": "Article"}, {"csl": None}, ["genre"]),
        ({"genre": "Letter"}, {"csl": {"genre": "Letter"}}, []),
        ({"number": "arXiv:1901.00001v2"}, {"arxiv": "1901.00001v2", "csl": None}, []),
    ],
)
def test_values_that_programs_write_beside_the_point(said: dict[str, str], fields: dict[str, Any], told: list[str]):
    found, gaps = only(read_csl_json, item(**said))
    assert {name: found.get(name) for name in fields} == fields
    assert sorted(gaps.keys() & {"url", "genre", "number"}) == told


@pytest.mark.parametrize(
    ("lines", "family", "given"),
    [(("FAU - Doe, Jane A Jr", "AU  - Doe JA Jr"), "Doe Jr", "Jane A"), (("AU  - Doe JA 3rd",), "Doe 3rd", "JA")],
)
def test_what_stands_behind_a_name_in_pubmed(lines: tuple[str, ...], family: str, given: str):
    text = "".join(f"{line}\n" for line in ("PMID- 1", "TI  - T.", *lines, "PT  - Journal Article"))
    assert only(read_pubmed, text)[0]["authors"] == [{"family": family, "given": given}]


SMITH, ROE, POE = (
    {"family": "Smith", "given": "J."},
    {"family": "Roe", "given": "R."},
    {"family": "Poe", "given": "A."},
)
MAX, JANE, ANN = (
    {"family": "Roe", "given": "Max"},
    {"family": "Doe", "given": "Jane"},
    {"family": "Poe", "given": "Ann"},
)


@pytest.mark.parametrize(
    ("written", "authors", "is_told"),
    [
        ("Smith, J.; Roe, R.", [SMITH, ROE], True),
        (r"Smith, J. \& Roe, R.", [SMITH, ROE], True),
        ("Smith, J., Roe, R., Poe, A.", [SMITH, ROE, POE], True),
        ("Max Roe, Jane Doe, Ann Poe", [MAX, JANE, ANN], True),
        ("Max Roe, Jane Doe and Ann Poe", [{"family": "Max Roe", "given": "Jane Doe"}, ANN], False),
        ("Doe, Jane, Roe, Max", [{"literal": "Doe, Jane, Roe, Max"}], True),
        ("King, Jr., Martin", [{"family": "King Jr.", "given": "Martin"}], False),
        ("{Barnes; Noble and Sons}", [{"literal": "Barnes; Noble and Sons"}], False),
        (r"M{\"u}ller, {\"O}.; Roe, R.", [{"family": "Müller", "given": "Ö."}, ROE], True),
        ("World Health Organization and Roe, R.", [{"literal": "World Health Organization"}, ROE], True),
        (r"John Wiley \& Sons Ltd", [{"literal": "John Wiley & Sons Ltd"}], True),
        (
            "Frank Press and John A. Bank",
            [{"family": "Press", "given": "Frank"}, {"family": "Bank", "given": "John A."}],
            False,
        ),
        ("Smith, J. and et al.", [SMITH], False),
    ],
)
def test_names_that_are_not_written_as_bibtex_has_them(written: str, authors: list[dict[str, str]], is_told: bool):  # noqa: FBT001
    made = read(read_bibtex, entry(f"author={{{written}}}"))
    assert made.drafts[0].fields["authors"] == authors
    assert made.drafts[0].fields.get("et_al") == ("true" if "et al" in written else None)
    assert ("author" in [gap.what for gap in made.gaps]) == is_told


@pytest.mark.parametrize(
    ("second", "is_told"),
    [
        (
            "title={The Economics of Superstars: a study}, author={Rosen, S.}, journal={Am. Econ. Rev.}, number={5}",
            True,
        ),
        ("title={The economics of superstars}, author={Rosen, S.}, volume={72}", False),
        ("title={The economics of superstars}, author={Roe, S.}", False),
        ("title={The economics of stars}, author={Rosen, Sherwin}", False),
    ],
)
def test_what_may_be_the_same_work_under_another_name_is_told(second: str, is_told: bool):  # noqa: FBT001
    first = (
        "title={The economics of superstars}, author={Rosen, Sherwin}, journal={American Economic Review}, volume={71}"
    )
    made = read(read_bibtex, f"@article{{a, {first}, year=1981}}\n@article{{b, {second}, year={{1981}}}}")
    plan = make_plan(made, [TextFile("site.yml", SITE)])
    assert [outcome.result for outcome in plan.outcomes] == ["created"] * 2
    assert any("look whether it is the same work" in gap.why for gap in plan.gaps) == is_told


def test_a_year_with_the_letter_of_a_list_keeps_its_month():
    found, told = only(read_bibtex, entry("year={2020b}, month=jun"))
    assert (found["issued"], told["year"]) == ("2020-06", "2020b")


FAMILY = """
@inproceedings{kid, title={Kid}, crossref={Par}, pages={1--2}, year={2003}}
@inbook{chapter, title={Chapter}, crossref={book}}
@article{piece, title={Piece}, crossref={issue}, doi={10.1000/piece}}
@misc{data, title={Data}, xdata={one, two}, note={Own}}
@misc{lost, title={Lost}, crossref={nobody}}
@misc{ring, title={Ring}, xdata={loop}}
@proceedings{par, title={Proc}, subtitle={of Odd}, date={2001-02}, editor={Roe, R}, doi={10.1000/par}, xdata={one}}
@book{book, title={Whole}, author={Doe, Ann}, year={1999}, isbn={978-0-306-40615-7}, publisher={P}}
@periodical{issue, title={Journal}, volume={7}, year={2004}, issn={1234-5678}}
@xdata{one, publisher={Press}, location={Oddtown}}
@xdata{two, note={Theirs}, date={2010-02-03}}
@xdata{loop, xdata={loop}, year={2000}}
"""


POINTING = """
@book{kid, title={xdata=shared-one-title}, author={Roe, Max and xdata=shared-one-author-2 and xdata=far-editor},
  editor={xdata=shared-one-author}, date={xdata=shared-one-date}, publisher={xdata=shared-one-publisher-2},
  note={xdata=nobody-note}, location={xdata=shared-one-location-3}, volume={xdata=shared-one},
  edition={xdata=ring-edition}}
@xdata{shared-one, title={Odd and Even}, author={Doe, Ann and {Tern and Sons} and others}, date={1999-01},
  publisher={Press and xdata=far-publisher}, location={Oddtown}, keywords={odd}}
@misc{far, title={Far}, editor={Poe, Ada}, publisher={Far Press}}
@misc{ring, title={Ring}, edition={xdata=ring-edition}}
@misc{plain, title={The xdata = key way}, author={Doe, Ann}}
"""


def test_a_field_or_a_member_of_a_list_may_name_that_of_another_entry():
    made = read(read_bibtex, POINTING)
    kid, _, _, plain = (draft.fields for draft in made.drafts)
    assert kid["title"] == "Odd and Even"
    assert kid["authors"] == [
        {"family": "Roe", "given": "Max"}, {"literal": "Tern and Sons"}, {"family": "Poe", "given": "Ada"}
    ]  # fmt: skip
    assert (kid["issued"], kid["publisher"], plain["title"]) == ("1999-01", "Far Press", "The xdata = key way")
    assert "Ann Doe" in kid["csl"]["editor"]
    told = {(gap.where.partition("(")[2][:-1], gap.what, gap.value) for gap in made.gaps if not gap.guess}
    assert told >= {
        ("kid", "note", "xdata=nobody-note"), ("kid", "location", "xdata=shared-one-location-3"),
        ("kid", "volume", "xdata=shared-one"), ("kid", "edition", "xdata=ring-edition"),
        ("ring", "edition", "xdata=ring-edition"), ("shared-one", "keywords", "odd"),
    }  # fmt: skip
    assert not any("xdata" in str(draft.fields) for draft in made.drafts[:-1])


@pytest.mark.parametrize(
    ("kind", "inside", "fields"),
    [
        ("thesis", "type={phdthesis}", {"type": "thesis", "csl": {"genre": "PhD thesis"}}),
        ("thesis", "type={Habilitation}", {"type": "thesis", "csl": {"genre": "Habilitation"}}),
        ("mastersthesis", "school={Odd}", {"type": "thesis", "csl": {"genre": "Master's thesis"}}),
        ("report", "type={techreport}, number={TR-1}", {"csl": {"genre": "Technical report", "number": "TR-1"}}),
        ("techreport", "number={TR-1}, issue={2}", {"issue": "2", "csl": {"number": "TR-1"}}),
        ("patent", "number={US1}", {"type": "patent", "csl": {"number": "US1"}}),
        ("misc", "number={7}, note={number: 7}", {"csl": {"number": "7"}}),
        ("article", "number={7}", {"issue": "7"}),
    ],
)
def test_numbers_and_sorts_of_works(kind: str, inside: str, fields: dict[str, Any]):
    found, _ = only(read_bibtex, entry(inside, kind))
    assert found | fields == found
    assert ("issue" in found) == ("issue" in fields)


@pytest.mark.parametrize("written", ["n.d.", "N.D.", "[n.d.]", "s.d.", "s. a.", "o. J.", "no date", "undated"])
@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (read_bibtex, "@book{{a, title={{T}}, year={{{}}}}}"),
        (read_ris, "TY  - BOOK\nTI  - T\nPY  - {}\nER  - \n"),
        (read_csl_json, '[{{"type": "book", "title": "T", "issued": {{"literal": "{}"}}}}]'),
    ],
)
def test_a_work_that_is_said_to_bear_no_date_is_undated(reader: Reader, text: str, written: str):
    found, told = only(reader, text.format(written))
    assert (found["issued"], "issued" in told) == ("unknown", False)


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("National Academies of Sciences, Engineering, and Medicine",
         {"literal": "National Academies of Sciences, Engineering, and Medicine"}),
        ("Centre for Food, Farming, Fish", {"literal": "Centre for Food, Farming, Fish"}),
        ("Gull, A. B., Jr.", {"family": "Gull Jr.", "given": "A. B."}),
        ("Bank, Ann, PhD", {"family": "Bank PhD", "given": "Ann"}),
        ("García Márquez, Gabriel, III", {"family": "García Márquez III", "given": "Gabriel"}),
    ],
)  # fmt: skip
def test_commas_in_names_of_ris(written: str, author: dict[str, str]):
    assert only(read_ris, record(f"AU  - {written}"))[0]["authors"] == [author]


def test_what_an_entry_inherits():
    made = read(read_bibtex, FAMILY)
    found = {draft.fields["title"]: draft.fields for draft in made.drafts}
    assert (made.read, len(found)) == (9, 9)
    kid = found["Kid"]
    assert (kid["container_title"], kid["issued"], kid["publisher"]) == ("Proc: of Odd", "2003", "Press")
    assert (kid["pages"], kid["csl"]["editor"], kid.get("doi")) == ("1-2", "R Roe", None)
    chapter = found["Chapter"]
    assert (chapter["container_title"], chapter["issued"], chapter["isbn"]) == ("Whole", "1999", "978-0-306-40615-7")
    assert chapter["authors"] == [{"family": "Doe", "given": "Ann"}]
    piece = found["Piece"]
    assert (piece["container_title"], piece["volume"], piece["issued"]) == ("Journal", "7", "2004")
    data = found["Data"]
    assert (data["publisher"], data["issued"], data["note"]) == ("Press", "2010-02-03", "Own")
    assert found["Ring"]["issued"] == "2000"
    told = {(gap.what, gap.value) for gap in made.gaps}
    assert {("crossref", "nobody"), ("xdata", "loop")} <= told


@pytest.mark.parametrize(
    ("inside", "fields", "told"),
    [
        (r"howpublished={\url{https://x.org/q?a=1&b=2}}", {"url": "https://x.org/q?a=1&b=2"}, {}),
        (r"howpublished={Online at \url{https://x.org/~ann/a_b%20c}}", {"url": "https://x.org/~ann/a_b%20c"}, {}),
        (r"howpublished={[Online]. Available: https://x.org/a?b=1\&c=2.}", {"url": "https://x.org/a?b=1&c=2"}, {}),
        (r"howpublished={\url{https://x.org/{\textasciitilde}ann}}", {"url": "https://x.org/~ann"}, {}),
        (r"note={\href{https://x.org/q3}{the text}}", {"url": "https://x.org/q3", "note": "the text"}, {}),
        (r"note={Accessed: 2021-05-03}, url={https://x.org/a}", {"accessed": "2021-05-03"}, {}),
        (r"howpublished={\url{https://x.org/a}, accessed 3 May 2021}", {"accessed": "2021-05-03"}, {}),
        (r"note={[Online; accessed 19-July-2022]}, url={https://x.org/a}", {"accessed": "2022-07-19", "csl": None}, {}),
        (r"note={URL: https://x.org/a (accessed 2020-05-03)}", {"accessed": "2020-05-03"}, {}),
        (r"note={\url{https://x.org/a} and \url{https://x.org/b}. Last accessed: 3 May 2020}",
         {"url": "https://x.org/a", "accessed": "2020-05-03", "csl": None}, {"note": "https://x.org/b"}),
        (r"howpublished={\texttt{https://x.org/~a?b=1&c=2}}", {"url": "https://x.org/~a?b=1&c=2"}, {}),
        (r"url={https://x.org/a https://x.org/b}", {"url": "https://x.org/a"}, {"url": "https://x.org/b"}),
        (r"url={https://x.org/a<b>c}", {"url": "https://x.org/a%3Cb%3Ec"}, {}),
        (r"url={\url{https://x.org/a~b}}", {"url": "https://x.org/a~b"}, {}),
        (r"url={https://x.org/\~{}b\_c}", {"url": "https://x.org/~b_c"}, {}),
        (r"url={https://x.org/a}, note={\url{https://x.org/b}}", {"url": "https://x.org/a"}, {"note": "https://x.org/b"}),
        (r"publisher={\href{https://p.org/}{Press}}", {"publisher": "Press"}, {"publisher": "https://p.org/"}),
        (r"note={see https://x.org/~a?b&c for more}", {"note": "see https://x.org/~a?b&c for more"}, {}),
        (r"publisher={Smith & Sons}", {"publisher": "Smith & Sons"}, {}),
    ],
)  # fmt: skip
def test_addresses_within_a_field(inside: str, fields: dict[str, Any], told: dict[str, str]):
    found, gaps = only(read_bibtex, entry(inside, "misc"))
    assert {name: found.get(name) for name in fields} == fields
    assert "container_title" not in found
    assert {name: value for name, value in gaps.items() if "://" in value and value not in str(found)} == told


@pytest.mark.parametrize(
    ("kind", "inside", "fields"),
    [
        (
            "book",
            "series={Big Series}, number={12}",
            {"csl": {"collection-title": "Big Series", "collection-number": "12"}, "container_title": None},
        ),
        ("techreport", "series={Papers}, number={12}", {"csl": {"collection-title": "Papers", "number": "12"}}),
        ("article", "journal={J}, series={2}, number={12}", {"csl": {"collection-title": "2"}, "issue": "12"}),
        ("book", "booktitle={Whole}", {"container_title": "Whole"}),
    ],
)
def test_a_series_contains_nothing(kind: str, inside: str, fields: dict[str, Any]):
    found, _ = only(read_bibtex, entry(inside, kind))
    assert {name: found.get(name) for name in fields} == fields


@pytest.mark.parametrize(
    ("inside", "name", "value"),
    [
        (r"year={{\noopsort{1973b}}1973}", "issued", "1973"),
        (r"year={\SortNoop{2}2001}", "issued", "2001"),
        (r"publisher={H$_2$O and CO$_{2}$ at 10$^{-3}$}", "publisher", "H₂O and CO₂ at 10⁻³"),
        (r"publisher={H\textsubscript{2}O 2\textsuperscript{nd}}", "publisher", "H₂O 2nd"),
        (r"publisher={\$5 and \$6 for x$_{max,i}$}", "publisher", "$5 and $6 for x_max,i"),
    ],
)
def test_commands_that_show_nothing_and_signs_below_the_line(inside: str, name: str, value: str):
    assert only(read_bibtex, entry(inside, "book"))[0][name] == value


# CSL-JSON of registries


@pytest.mark.parametrize(
    ("said", "fields", "told"),
    [
        (
            {
                "title": ["Main", "Other"], "subtitle": ["Sub"], "container-title": ["Journal of T"],
                "short-container-title": ["J T"], "ISSN": ["1234-5678", "8765-4321"], "ISBN": [], "volume": ["7"],
                "author": [
                    {"given": "Jane", "family": "Doe", "sequence": "first", "affiliation": []},
                    {"name": "The Society", "sequence": "additional", "affiliation": [{"name": "Odd University"}]},
                    {"literal": "Team", "ORCID": "https://orcid.org/0"},
                    "Bo Tern", None, 7,
                ],
                "issued": {"date-parts": [[None]]}, "published-online": {"date-parts": [[2019, 6]]},
                "published-print": {"date-parts": [[2019, 7]]},
            },
            {
                "title": "Main: Sub", "container_title": "Journal of T", "volume": "7", "issued": "2019-07",
                "csl": {"ISSN": "1234-5678", "container-title-short": "J T"},
                "authors": [{"family": "Doe", "given": "Jane"}, {"literal": "The Society"}, {"literal": "Team"},
                            {"literal": "Bo Tern"}],
            },
            {
                "title": "Other", "ISSN": "8765-4321", "author.affiliation": "{'name': 'Odd University'}",
                "author.ORCID": "Team: https://orcid.org/0", "author": "7", "published-online": "2019-06",
            },
        ),
        ({"type": "posted-content", "issued": "2020-01-02"}, {"type": "article", "issued": "2020-01-02"}, {}),
        ({"type": "dissertation", "publisher": ["Odd Uni"]}, {"type": "thesis", "publisher": "Odd Uni"}, {}),
        ({"title": "A &amp; B &lt;C&gt;", "abstract": "<jats:p>X</jats:p>"}, {"title": "A & B <C>"}, {}),
        ({"title": "On <i>T</i> <mml:math><mml:mi>x</mml:mi></mml:math>"}, {"title": "On T x"}, {}),
        ({"title": ["T"], "container-title": [], "ISSN": [], "author": []}, {"title": "T", "authors": "unknown"}, {}),
    ],
)  # fmt: skip
def test_the_csl_of_registries(said: dict[str, Any], fields: dict[str, Any], told: dict[str, str]):
    found, gaps = only(read_csl_json, json.dumps({"type": "article-journal", "title": "T", **said}))
    assert {name: found.get(name) for name in fields} == fields
    assert told.items() <= gaps.items()


def test_an_answer_of_crossrefs_api():
    work = {"DOI": "10.1000/x", "title": ["T"], "type": "journal-article"}
    assert only(read_csl_json, json.dumps({"status": "ok", "message": work}))[0]["doi"] == "10.1000/x"
    assert read(read_csl_json, json.dumps({"message": {"items": [work, work]}})).read == 2


# RIS

DIALECTS = {
    "two spaces": "TY  - JOUR\nTI  - T\nAU  - Roe, R\nPY  - 2021\nER  - \n",
    "one space": "TY - JOUR\nTI - T\nAU - Roe, R\nPY - 2021\nER -\n",
    "indented": "    TY  - JOUR\n    TI  - T\n    AU  - Roe, R\n    PY  - 2021\n    ER  - \n",
    "tags before TY": "AU  - Roe, R\nPY  - 2021\nTY  - JOUR\nTI  - T\nER  - \n",
    "nothing after the hyphen": "TY  -JOUR\nTI  - T\nAU  - Roe, R\nPY  - 2021\nER  -\n",
    "tabs and odd hyphens": "TY\t-\tJOUR\nTI\t-\tT\nAU\xa0\xa0-\xa0Roe, R\nPY  – 2021\nER  - \n",
    "no end": "TY  - JOUR\nTI  - T\nAU  - Roe, R\nPY  - 2021\n",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_of_ris(dialect: str):
    made = read(read_ris, DIALECTS["two spaces"] + DIALECTS[dialect] + DIALECTS["one space"])
    found = [(d.fields["type"], d.fields["title"], d.fields["issued"], d.fields["authors"]) for d in made.drafts]
    assert found == [("article-journal", "T", "2021", [{"family": "Roe", "given": "R"}])] * 3
    assert not [gap for gap in made.gaps if gap.what == "text between records"]


def test_a_record_without_a_type_is_read_and_text_between_records_is_told():
    made = read(read_ris, "A header\nTI  - T\nER  - \nstray\nER  - \nAU  - Roe, R\nER  - \n")
    assert [draft.fields["type"] for draft in made.drafts] == ["document"]
    assert [(one.where, one.why) for one in made.refused] == [("refs:6", "it has no title")]
    assert [gap.value for gap in made.gaps if gap.what == "text between records"] == ["A header", "stray", "ER -"]


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        (record("KW  - one", "two", "three; four", type_="JOUR"), {"tags": ["one", "two", "three", "four"]}, {}),
        (record("AB  - It is -", "an - other", "AB-tests"), {}, {"AB": "It is - an - other AB-tests"}),
        (record("M3  - doi: 10.1000/first"), {"doi": "10.1000/first", "csl": None}, {}),
        (record("L3  - http://dx.doi.org/10.1000/first."), {"doi": "10.1000/first"}, {}),
        (record("N1  - 10.1000/first", "words"), {"doi": "10.1000/first", "note": "words"}, {}),
        (record("DI  - 10.1000/first", "M3  - Article"), {"doi": "10.1000/first", "csl": None}, {"genre": "Article"}),
        (record("DO  - 10.1000/a", "L3  - 10.1000/b", "L3  - /x"), {}, {"DOI": "10.1000/b", "L3": "/x"}),
        (record("DO  - 10.1000/a", "M3  - https://doi.org/10.1000/A"), {"doi": "10.1000/a"}, {}),
        (
            record("T2  - The Series", "SP  - 320", "SN  - 978-0-306-40615-7 (pbk)", type_="BOOK"),
            {"csl": {"collection-title": "The Series", "number-of-pages": "320"}, "isbn": "978-0-306-40615-7",
             "container_title": None, "pages": None},
            {},
        ),
        (record("T2  - Book", "T3  - Series", "SP  - 7", type_="CHAP"),
         {"container_title": "Book", "pages": "7", "csl": {"collection-title": "Series"}}, {}),
        (record("T2  - Its subtitle", "JF  - Journal of T", "JO  - J T"),
         {"container_title": "Journal of T", "csl": {"container-title-short": "J T"}},
         {"container-title": "Its subtitle"}),
        (record("T2  - A", "T3  - B", type_="BOOK"), {"csl": {"collection-title": "A"}}, {"collection-title": "B"}),
        (record("T2  - 9th Conference", type_="CONF"),
         {"type": "paper-conference", "container_title": "9th Conference"}, {}),
        (record("Y1  - 2010///Spring", "UR  - <http://x.org/a>"), {"url": "http://x.org/a"}, {"issued": "Spring"}),
        (record("JO  - J T"), {"container_title": "J T"}, {}),
        (record("AU  - Doe, J; M&uuml;ller, A", "Poe, Ann"),
         {"authors": [{"family": "Doe", "given": "J"}, {"family": "Müller", "given": "A"},
                      {"family": "Poe", "given": "Ann"}]}, {}),
        (record("SN  - 1234-5678 (print)", "SN  - 8765-4321"), {}, {"ISSN": "8765-4321"}),
    ],
)  # fmt: skip
def test_what_tags_of_ris_mean(text: str, fields: dict[str, Any], told: dict[str, str]):
    found, gaps = only(read_ris, text)
    assert {name: found.get(name) for name in fields} == fields
    assert told.items() <= gaps.items()


# PubMed

PUBMED = """
PMID- 31452104
OWN - NLM
IS  - 1940-6029 (Electronic)
IS  - 1064-3745 (Linking)
VI  - 7
DP  - 2019 Mar-Apr
TI  - A long title that goes on
      over two lines: yes.
PG  - 1-9
LID - 10.1007/978-1-4939-9550-9_1 [doi]
LID - S0140-6736(05)67889-0 [pii]
AB  - Not ours.
      TI  - no tag
FAU - Doe, Jane A
AU  - Doe JA
FAU - van der Roe, Rick
AU  - van der Roe R
CN  - The Study Group
LA  - eng
PT  - Journal Article
PT  - Retracted Publication
TA  - J Odd
JT  - Journal of odd results
MH  - *Tides
OT  - moon
PMC - PMC6781234
ZZ  - odd

PMID- 12345678
TI  - [A translated title].
AU  - Doe J
DP  - 2010
DEP - 20100304
PT  - Preprint
PMID- 12345679
BTI - A book
ISBN- 9780306406157
"""


def test_records_of_pubmed():
    made = read(read_pubmed, PUBMED)
    first, second, third = (draft.fields for draft in made.drafts)
    assert (first["title"], first["issued"], first["pages"]) == (
        "A long title that goes on over two lines: yes", "2019-03/2019-04", "1-9",
    )  # fmt: skip
    assert first["authors"] == [
        {"family": "Doe", "given": "Jane A"},
        {"family": "van der Roe", "given": "Rick"},
        {"literal": "The Study Group"},
    ]
    assert (first["doi"], first["pmid"], first["language"]) == ("10.1007/978-1-4939-9550-9_1", "31452104", "en")
    assert (first["type"], first["tier"], first["tags"]) == ("article-journal", "peer-reviewed", ["moon", "Tides"])
    assert first["csl"] == {"ISSN": "1940-6029", "PMCID": "PMC6781234", "container-title-short": "J Odd"}
    assert (second["type"], second["title"], second["issued"]) == ("article", "A translated title", "2010-03-04")
    assert second["authors"] == [{"family": "Doe", "given": "J"}]
    assert (third["type"], third["title"], third["isbn"]) == ("book", "A book", "9780306406157")
    told = {gap.what: gap.value for gap in made.gaps}
    assert told["status"] == "Retracted Publication"
    assert {"AB", "AID", "ISSN", "OWN", "ZZ"} <= told.keys()


def test_a_file_without_a_record_of_pubmed():
    made = read(read_pubmed, "words\n")
    assert (made.read, [one.why for one in made.refused]) == (1, ["it holds no PubMed record"])


# Nothing is lost in silence

TAGS_OF_RIS = sorted({*_READ, "ZZ", "A5"} - {"TY", "TI", "ID"})
FIELDS_OF_BIBTEX = sorted({*_KNOWN, *_WHY_NOT, "zz", "maintitle", "xref"} - {"title", "keywords"})
TAGS_OF_PUBMED = sorted({*pubmed._KNOWN, *pubmed._WHY_NOT, "ZZ"} - {"TI", "PMID"})


def tokens(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, f"q{number}x") for number, name in enumerate(names, 100)]


@pytest.mark.parametrize("type_", ["JOUR", "BOOK", "CONF", "ODD"])
def test_every_tag_of_ris_is_kept_or_told(type_: str):
    given = tokens([*TAGS_OF_RIS, *TAGS_OF_RIS])
    missing(read_ris, record(*(f"{tag}  - {token}" for tag, token in given), type_=type_), given)


@pytest.mark.parametrize("type_", ["article", "book", "inproceedings", "odd", "xdata"])
def test_every_field_of_bibtex_is_kept_or_told(type_: str):
    given = tokens(FIELDS_OF_BIBTEX)
    missing(read_bibtex, entry(", ".join(f"{name}={{{token}}}" for name, token in given), type_), given)


def test_every_tag_of_pubmed_is_kept_or_told():
    given = tokens([*TAGS_OF_PUBMED, *TAGS_OF_PUBMED])
    missing(read_pubmed, "PMID- 1\nTI  - T\n" + "".join(f"{tag:4}- {token}\n" for tag, token in given), given)


SHAPES: tuple[Callable[[str], Any], ...] = (
    str, lambda text: [text], lambda text: [[text]], lambda text: {"a": text}, lambda text: [{"literal": text}],
    lambda text: {"date-parts": [[text]]}, lambda text: {"raw": text}, lambda text: [{"family": "F", "odd": [text]}],
)  # fmt: skip


@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_every_variable_of_csl_is_kept_or_told(shape: int):
    names = sorted(
        {*VARIABLES, *FIELDS, "author", "issued", "accessed", "note", "keyword", "published", "odd", "custom"}
    )
    given = tokens(names)
    missing(read_csl_json, json.dumps([{"title": "T", **{name: SHAPES[shape](token) for name, token in given}}]), given)


def missing(reader: Reader, text: str, given: list[tuple[str, str]]) -> None:
    """Fail with the fields whose words are neither in a record nor in the report."""
    made = read(reader, text)
    said = str([draft.fields for draft in made.drafts]) + str([(gap.what, gap.value) for gap in made.gaps])
    assert [name for name, token in given if token not in said] == []
