"""What a work is called, here and in a registry: other titles are found, other spellings of one are not."""

import json
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from making import SITE, SOURCE, tree

from ledger import cli
from ledger.analysis.titles import Work, fit
from ledger.commands import add, links
from ledger.editing.adding import CSL
from ledger.editing.fetching import Answer

SCALING = "Scaling Laws for Neural Language Models"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (SCALING, "SCALING LAWS FOR NEURAL LANGUAGE MODELS."),
        (SCALING, "Scaling laws for\n  neural language&nbsp;models"),
        ("Chain of thought", "Chain-of-Thought: Prompting Elicits Reasoning in Large Models"),
        ("Chain of thought: prompting elicits reasoning", "Chain-of-Thought"),
        ("GPT-4: Technical report of a model", "Technical Report of a Model"),
        ("On $\\alpha$-stable laws", "On α-stable laws"),
        ('The {B}ayesian {\\em view} of G{\\"o}del\'s na{\\"\\i}ve proof', "The Bayesian view of Gödel’s naïve proof"),
        ("The role of $\\beta$2 in the brain", "The role of β2 in the brain"),
        ("Water (H$_2$O) in space", "Water (H<sub>2</sub>O) in space"),
        ("The <i>Drosophila</i> brain &amp; its map", "The Drosophila brain & its map"),
        ("Œuvres de Łukasz", "Oeuvres de Lukasz"),
        ("Ħal Għaxaq and the Straße of İzmir", "Hal Ghaxaq and the strasse of Izmir"),
        ("Pretraining data sets at scale", "Pre-training datasets at scale"),
        ("Colour and behaviour of moths", "Color and behavior of moths"),
        ("Training compute-optimal LLMs", "Training Compute-Optimal Large Language Models"),
        ("深度学习的规模定律", "深度学习的规模定律：综述"),
    ],
)
def test_a_title_fits_however_it_is_written(ours: str, theirs: str):
    assert fit(Work((ours,)), Work((theirs,))) == "fits"


def test_where_the_titles_are_only_alike_the_authors_decide():
    short = Work(("Emergent abilities of large language models",), ("Wei",))
    for names, said in ((("Wei",), "fits"), ((), "fits"), (("Miranda",), "differs")):
        assert fit(short, Work(("Are emergent abilities of large language models a mirage?",), names)) == said


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Work(("Gesetze der Skalierung von Modellen und Daten",)), Work((SCALING,))),
        (Work(("Введение в теорию",)), Work(("Vvedenie v teoriyu",))),
        (Work(("神经语言模型的规模定律",), ("周志华",)), Work((SCALING,), ("Zhou",))),
        (Work(("War and peace",), ("Tolstoy",), 1869), Work(("Voina i mir",), ("Tolstoi",), 1869)),
        (Work(("Loi d'échelle",), language="fr"), Work((SCALING,), language="en")),
        (Work(("Skalierungsgesetze neuronaler Netze",), ("Kaplan",), 2020), Work((SCALING,), ("Kaplan",), 2020)),
    ],
)
def test_a_translated_title_is_not_compared(ours: Work, theirs: Work):
    assert (fit(ours, theirs), fit(theirs, ours)) == ("incomparable", "incomparable")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Work((SCALING,)), Work(("Scaling Laws for Autoregressive Generative Vision",))),
        (Work((SCALING,), ("Kaplan",), 2020), Work(("Language Models are Few-Shot Learners",), ("Kaplan",), 2020)),
        (Work(("Gesetze der Skalierung und der Daten",), ("Maier",)), Work((SCALING,), ("Kaplan",))),
        (Work(("AI index report 2023",)), Work(("AI Index Report 2024",))),
        (
            Work(("Emergent Abilities of Large Language Models",), ("Wei", "Tay")),
            Work(("Are Emergent Abilities of Large Language Models a Mirage?",), ("Schaeffer", "Miranda")),
        ),
        (Work(("Attention",)), Work(("An Image is Worth 16x16 Words",))),
    ],
)
def test_another_title_is_found(ours: Work, theirs: Work):
    assert (fit(ours, theirs), fit(theirs, ours)) == ("differs", "differs")


# The command, with answers as the registries give them

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query: search_query=&amp;id_list={number}&amp;start=0&amp;max_results=10</title>
  <updated>2026-11-20T00:00:00Z</updated>
  <opensearch:totalResults>1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/{number}v1</id>
    <title>{title}</title>
    <updated>{day}T05:13:55Z</updated>
    <link href="https://arxiv.org/abs/{number}v1" rel="alternate" type="text/html"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>{day}T05:13:55Z</published>
    <author><name>{first}</name></author>
    <author><name>{last}</name></author>
  </entry>
</feed>
"""
ATOM = "application/atom+xml; charset=utf-8"


def arxiv(number: str, title: str, day: str, first: str, last: str) -> tuple[str, tuple[int, str, bytes]]:
    body = FEED.format(number=number, title=title, day=day, first=first, last=last).encode()
    return f"https://export.arxiv.org/api/query?id_list={number}", (200, ATOM, body)


def doi(doi: str, **item: object) -> tuple[str, tuple[int, str, bytes]]:
    return f"https://doi.org/{doi}", (200, CSL, json.dumps({"DOI": doi, **item}).encode())


def pubmed(number: str, said: object) -> tuple[str, tuple[int, str, bytes]]:
    """PubMed's answer, in the form of NCBI's E-utilities."""
    address = (
        f"https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&tool=ledger-kb&id={number}"
    )
    result = {"uids": [number], number: {"uid": number, **said}} if isinstance(said, dict) and said else said
    answer = {"header": {"type": "esummary", "version": "0.3"}, "result": result}
    return address, (200, "application/json; charset=UTF-8", json.dumps(answer).encode())


def pubmed_names(*names: str, kind: str = "Author") -> list[dict[str, str]]:
    return [{"name": name, "authtype": kind, "clusterid": ""} for name in names]


MENINGITIS = {
    "pubdate": "2016 Mar", "epubdate": "2015 Dec 1", "source": "Lancet Infect Dis", "lastauthor": "van de Beek D",
    "authors": [*pubmed_names("Bijlsma MW", "van de Beek D"),
                *pubmed_names("MeninGene study group", kind="CollectiveName")],
    "title": "Community-acquired bacterial meningitis in adults in the Netherlands, 2006-14: a prospective cohort "
             "study.",
    "sorttitle": "community acquired bacterial meningitis in adults in the netherlands 2006 14 a prospective cohort",
    "volume": "16", "issue": "3", "pages": "339-47", "lang": ["eng"], "nlmuniqueid": "101130150", "issn": "1473-3099",
    "essn": "1474-4457", "pubtype": ["Journal Article", "Research Support, Non-U.S. Gov't"], "pubstatus": "256",
    "articleids": [{"idtype": "pubmed", "idtypen": 1, "value": "26652862"},
                   {"idtype": "doi", "idtypen": 3, "value": "10.1016/S1473-3099(15)00430-2"},
                   {"idtype": "pii", "idtypen": 4, "value": "S1473-3099(15)00430-2"}],
    "history": [{"pubstatus": "entrez", "date": "2015/12/15 06:00"}], "references": [], "attributes": ["Has Abstract"],
    "pmcrefcount": "", "fulljournalname": "The Lancet. Infectious diseases", "doctype": "citation", "booktitle": "",
    "elocationid": "doi: 10.1016/S1473-3099(15)00430-2", "medium": "", "edition": "", "publisherlocation": "",
    "publishername": "", "srcdate": "", "docdate": "", "bookname": "", "chapter": "", "sortfirstauthor": "Bijlsma MW",
    "sortpubdate": "2016/03/01 00:00", "vernaculartitle": "",
}  # fmt: skip
MIDWIVES = {**MENINGITIS, "title": "[On the training of midwives].", "lang": ["ger"], "pubdate": "1990",
            "authors": pubmed_names("Maier R"), "vernaculartitle": "Zur Ausbildung der Hebammen."}  # fmt: skip
BOOK = {**MENINGITIS, "title": "", "booktitle": "Drugs and Lactation Database (LactMed®)", "pubdate": "",
        "docdate": "2006", "authors": [], "fulljournalname": "", "source": ""}  # fmt: skip
ANSWERS = dict(
    [
        pubmed("26652862", MENINGITIS),
        pubmed("2102432", MIDWIVES),
        pubmed("30000282", BOOK),
        pubmed("999999999", {"error": "cannot get document summary"}),
        pubmed("5", {}),
        pubmed("6", "oops"),
        pubmed("7", {"title": 7, "authors": {"name": "x"}, "articleids": [None], "lang": None, "pubdate": []}),
        arxiv("2311.07911", "Instruction-Following Evaluation for Large Language Models", "2023-11-14",
              "Jeffrey Zhou", "Le Hou"),
        arxiv("2310.18233", "Will releasing the weights of future large language models grant\n  widespread access to "
              "pandemic agents?", "2023-10-25", "Anjali Gopal", "Kevin M. Esvelt"),
        arxiv("2304.15004", "Are Emergent Abilities of Large Language Models a Mirage?", "2023-04-28",
              "Rylan Schaeffer", "Sanmi Koyejo"),
        doi("10.1038/s41586-024-07566-y", type="article-journal", publisher="Springer Science and Business Media LLC",
            title="AI models collapse when trained on recursively generated data", subtitle=[], relation={},
            author=[{"given": "Ilia", "family": "Shumailov", "sequence": "first", "affiliation": []}],
            issued={"date-parts": [[2024, 7, 24]]}, language="en"),
        doi("10.5281/zenodo.1", type="dataset", id="https://doi.org/10.5281/zenodo.1", title=["Maps of moves"],
            author=[{"literal": "Office of Maps"}], issued={"date-parts": [[2001]]}),
        doi("10.1000/no-title", type="article", title=[], author=None, issued={"date-parts": [[None]]}),
        doi("10.1000/escaping", type="article", title="Bread\u001b]0;x\u0007 \u202eand\nbutter\u2028", author=[]),
        doi("10.1000/odd", type="article", title={"a": "b"}, author="x", issued=[]),
        ("https://doi.org/10.1000/html", (200, "text/html", b"<html>")),
        ("https://doi.org/10.1000/unknown", (404, "text/html", b"")),
    ]
)  # fmt: skip


class Recorded:
    """The registries as they answered."""

    limit = 1 << 20

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, address: str, *, method: str = "GET", accept: str = "*/*") -> Answer:
        self.asked.append(address)
        if address not in ANSWERS:
            raise TimeoutError("timed out")
        status, kind, body = ANSWERS[address]
        return Answer(status, {"content-type": kind}, body, ((address, status),))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "content/sources").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    return tmp_path


def write(place: Path, id_: str, title: str, **fields: str) -> None:
    text = SOURCE.replace("title: Maps", f"title: {json.dumps(title)}")
    text += "".join(f"{name}: {value}\n" for name, value in fields.items())
    (place / f"content/sources/{id_}.yml").write_text(text, encoding="utf-8")


def ask(place: Path, registries: Recorded, *words: str) -> int:
    with chdir(place), patch.object(links, "registry_client", lambda pause: registries):
        return cli.main(["links", "--titles", *words, "--date", "2026-11-22"])


def test_identifiers_of_other_works_are_found(place: Path, capsys):
    write(place, "a-mirage", "Are Emergent Abilities of Large Language Models a Mirage?", arxiv="2311.07911")
    write(place, "b-dilemma", "The Dual-Use Dilemma of Foundation Models", arxiv="2310.18233")
    write(place, "c-right", "Are emergent abilities of large language models a mirage", arxiv="2304.15004")
    write(place, "d-right", "AI models collapse", doi="10.1038/s41586-024-07566-y")
    write(place, "e-right", "Maps of moves", doi="10.5281/zenodo.1", arxiv="2304.15005")
    for number, name in enumerate(("no-title", "odd", "html", "unknown")):
        write(place, f"f-{number}", "Maps", doi=f"10.1000/{name}")
    write(place, "g-address", "Are emergent abilities a mirage?", url="https://arxiv.org/pdf/2311.07911v1.pdf")
    write(place, "g-doi", "Are emergent abilities a mirage?", doi="10.48550/arXiv.2304.15004")
    write(place, "h-twice", "Maps of moves", doi="10.5281/zenodo.1", url="https://doi.org/10.5281/ZENODO.1")
    write(place, "g-gone", "Maps", doi="10.1000/x", withdrawn="{date: 2001-01-01, why: W.}")
    before, registries = tree(place / "content"), Recorded()
    assert ask(place, registries) == cli.CONTENT_ERRORS
    lines = capsys.readouterr().out.splitlines()
    mirage, dilemma, unreachable = lines[:3]
    assert mirage == (
        "content/sources/a-mirage.yml:7:8: differs: arxiv 2311.07911 is 'Instruction-Following Evaluation for Large "
        "Language Models' (Zhou and others, 2023); "
        "here it is 'Are Emergent Abilities of Large Language Models a Mirage?'"
    )
    assert dilemma.startswith("content/sources/b-dilemma.yml:7:8: differs: arxiv 2310.18233 is 'Will releasing the ")
    assert dilemma.endswith("(Gopal and others, 2023); here it is 'The Dual-Use Dilemma of Foundation Models'")
    assert unreachable == "content/sources/e-right.yml:8:8: unreachable: arxiv 2304.15005 (timed out)"
    assert lines[-2].startswith(
        "content/sources/g-address.yml:7:6: differs: arxiv 2311.07911 is 'Instruction-Following"
    )
    assert lines[-1] == "13 identifiers = 5 fits + 3 differs + 0 incomparable + 3 unknown + 2 unreachable"
    assert (tree(place / "content"), len(registries.asked)) == (before, 10)


def test_pubmed_numbers_of_other_works_are_found(place: Path, capsys):
    write(place, "a-right", "Community-acquired bacterial meningitis in adults in the Netherlands", pmid="26652862")
    write(place, "b-wrong", "Scaling laws of brains", url="https://pubmed.ncbi.nlm.nih.gov/26652862/?dopt=Abstract")
    write(place, "c-translated", "On the training of midwives", pmid="2102432", language="de")
    write(place, "c-vernacular", "Zur Ausbildung der Hebammen", pmid="2102432")
    write(place, "d-book", "Drugs and lactation database (LactMed)", pmid="30000282")
    write(place, "e-article", "Maps", url="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4881243/")
    for number in ("999999999", "5", "6", "7"):
        write(place, f"f-{number}", "Maps", pmid=number)
    registries = Recorded()
    assert ask(place, registries) == cli.CONTENT_ERRORS
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "content/sources/b-wrong.yml:7:6: differs: pmid 26652862 is 'Community-acquired bacterial meningitis in adults"
        " in the Netherlands, 2006-14: a prospective cohort study' (Bijlsma and others, 2016); "
        "here it is 'Scaling laws of brains'"
    )
    assert sorted(line.partition(": ")[2] for line in lines[1:-1]) == [
        "unknown: pmid 5 (PubMed knows no such number)",
        "unknown: pmid 7 (the registry gives no title)",
        "unknown: pmid 999999999 (PubMed knows no such number)",
        "unreachable: pmid 6 (PubMed's answer has no summary)",
    ]
    assert lines[-1] == "9 identifiers = 4 fits + 1 differs + 0 incomparable + 3 unknown + 1 unreachable"


def test_a_title_that_pubmed_translates_is_not_compared(place: Path, capsys):
    write(place, "a", "Zur Schulung von Frauen in der Geburtshilfe", pmid="2102432", language="de")
    assert ask(place, Recorded()) == cli.BUILT
    assert "incomparable: pmid 2102432 is 'On the training of midwives' (Maier, 1990)" in capsys.readouterr().out


def test_a_source_from_a_pubmed_number(place: Path, monkeypatch, capsys):
    monkeypatch.setattr(add, "client", Recorded)
    monkeypatch.setitem(ANSWERS, *pubmed("8", {**MENINGITIS, "pubtype": ["Journal Article", "Retracted Publication"]}))
    with chdir(place):
        assert cli.main(["add", "PMID: 8", "--online", "--date", "2026-11-22"]) == cli.BUILT
    made = yaml.safe_load((place / "content/sources/bijlsma-2016.yml").read_text(encoding="utf-8"))
    assert made["authors"] == [
        {"family": "Bijlsma", "given": "MW"},
        {"family": "van de Beek", "given": "D"},
        {"literal": "MeninGene study group"},
    ]
    assert (str(made["pmid"]), made["doi"], str(made["issued"])) == ("8", "10.1016/S1473-3099(15)00430-2", "2016-03")
    assert (made["type"], made["container_title"]) == ("article-journal", "The Lancet. Infectious diseases")
    assert "Retracted Publication" in capsys.readouterr().out


def test_nothing_that_a_registry_says_reaches_the_terminal_as_it_is(place: Path, capsys):
    write(place, "a", "Slow tides of the northern bay", doi="10.1000/escaping")
    assert ask(place, Recorded()) == cli.CONTENT_ERRORS
    said = capsys.readouterr().out
    assert "differs: doi 10.1000/escaping is 'Bread" in said
    assert said.replace("\n", "").isprintable()


def test_answers_are_remembered_for_a_while(place: Path, capsys):
    write(place, "a", "Maps of moves", doi="10.5281/zenodo.1")
    registries = Recorded()
    assert [ask(place, registries), ask(place, registries), ask(place, registries, "--days", "0")] == [cli.BUILT] * 3
    assert len(registries.asked) == 2
    (place / ".ledger-cache/titles.json").write_text('{"titles": []}', encoding="utf-8")
    assert ask(place, registries) == cli.USAGE
    assert ask(place, registries, "a", "--cache", "other.json", "--format", "json") == cli.BUILT
    assert '"state": "fits"' in capsys.readouterr().out


def test_an_imported_title_is_compared_with_what_the_registry_once_said(place: Path, capsys):
    write(place, "a-right", "Instruction-Following Evaluation for Large Language Models", arxiv="2311.07911")
    assert ask(place, Recorded()) == cli.BUILT
    (place / "content/sources/a-right.yml").unlink()
    (place / "new.bib").write_text(
        "@misc{schaeffer, title={Are Emergent Abilities of Large Language Models a Mirage?}, year=2023,"
        " author={Schaeffer, Rylan}, url={https://arxiv.org/abs/2311.07911}}\n"
        "@misc{owen, title={Maps of moves}, year=2023, author={Owen, D.}, doi={10.1000/other}}\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    with chdir(place):
        assert cli.main(["import", "new.bib", "--dry-run"]) == cli.BUILT
        said = capsys.readouterr().out
        assert cli.main(["import", "new.bib", "--dry-run", "--json"]) == cli.BUILT
    assert "differs: arxiv 2311.07911 is 'Instruction-Following Evaluation for Large Language Models'" in said
    assert [one["value"] for one in json.loads(capsys.readouterr().out)["titles"]] == ["2311.07911"]
    assert "10.1000/other" not in said.partition("differs:")[2]
