"""What would go out in silence: what the checks say of small ledgers that hold one slip each."""

import json
from datetime import date

import pytest
from making import CLAIM, EVIDENCE, SOURCE, ledger_of

from ledger import checks
from ledger.editing.adding import read_identifier
from ledger.identifiers import without_tracking
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import ForeignFile, Run
from ledger.language_tags import language_tag, tag_problem
from ledger.licences import is_licence, nearest_licence

NEW = "added: 2026-05-01\n"


def found(check: str, texts: dict[str, str]) -> list[tuple[str, int]]:
    """Where a check finds something, as path and line."""
    problems = checks.run(ledger_of(texts))
    return [(problem.span.path, problem.span.line) for problem in problems if problem.check == check]


X4, S4, S7 = ("claims/x.yml", 4), ("sources/s.yml", 4), ("sources/s.yml", 7)
ITEM = EVIDENCE.replace("consulted", "recorded: 2062-01-01, consulted")


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ({"sources/s.yml": SOURCE + NEW, "claims/x.yml": CLAIM + EVIDENCE + NEW.replace("2026", "2062")}, [X4]),
        ({"sources/s.yml": SOURCE + NEW, "claims/x.yml": CLAIM + EVIDENCE + "added: 2062-05-01\nupdated: 2062-05-02\n"},
         [X4, ("claims/x.yml", 5)]),
        ({"sources/s.yml": SOURCE.replace("1999", "2062"), "claims/x.yml": CLAIM + EVIDENCE + NEW}, [S4]),
        ({"sources/s.yml": SOURCE + NEW, "claims/x.yml": CLAIM + ITEM + NEW}, [("claims/x.yml", 3)]),
        ({"sources/s.yml": SOURCE + "accessed: 2062-01\n", "claims/x.yml": CLAIM + EVIDENCE + NEW}, [S7]),
        # the first date that an editor gave, and works from long before it
        ({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + EVIDENCE + NEW}, []),
        # nothing is wrong with what lies ahead, or with a year at most
        ({"sources/s.yml": SOURCE + NEW,
          "claims/x.yml": CLAIM + EVIDENCE + NEW + "resolution: {condition: c, resolves_by: 2062-01-01}\n"}, []),
        ({"sources/s.yml": SOURCE + NEW, "claims/x.yml": CLAIM + EVIDENCE + "added: 2027-05-01\n"}, []),
        # two that agree are not alone
        ({"sources/s.yml": SOURCE + "added: 2031-05-01\n", "claims/x.yml": CLAIM + EVIDENCE + "added: 2031-06-01\n",
          "claims/y.yml": CLAIM + EVIDENCE + NEW}, []),
    ],
)  # fmt: skip
def test_a_date_that_is_alone_years_after_all_others(texts, lines):
    assert found("lone-date", texts) == lines


URL = "url: https://example.org/a?utm_source=x&id=3\n"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("https://x.org/a?utm_source=b&id=3", "https://x.org/a?id=3"),
        ("https://x.org/a?id=3&fbclid=XYZ#top", "https://x.org/a?id=3#top"),
        ("https://x.org/a?mc_cid=1&mc_eid=2", "https://x.org/a"),
        ("https://x.org/a?a=1&UTM_Source=b;gclid=3&b=2", "https://x.org/a?a=1&b=2"),
        ("https://x.org/a?p=1&amp;msclkid=2", "https://x.org/a?p=1"),
        ("https://x.org/a#utm_campaign=b", "https://x.org/a"),
        ("https://youtu.be/abc?si=AbCdEfGhIjKlMnOp", "https://youtu.be/abc"),
        ("https://x.org/a?", "https://x.org/a?"),
        ("https://x.org/a?q=utm_source&si=5", "https://x.org/a?q=utm_source&si=5"),
        ("https://x.org/utm_source=3#:~:text=a&utm_x=1", "https://x.org/utm_source=3#:~:text=a&utm_x=1"),
        ("https://web.archive.org/web/2020/https://x.org/a?utm_source=b", "https://web.archive.org/web/2020/https://x.org/a?utm_source=b"),
    ],
)  # fmt: skip
def test_parameters_that_follow_readers_are_taken_away(written, clean):
    assert without_tracking(written) == clean


def test_an_address_with_such_parameters_is_noticed_wherever_it_is():
    body = "body: |\n  See [this](https://x.org/?gclid=1) and <https://x.org/b?fbclid=2>.\n"
    texts = {
        "sources/s.yml": SOURCE + URL + "archive_url: https://x.org/?gclid=1\n",
        "claims/x.yml": CLAIM + EVIDENCE + body,
    }
    problems = [problem for problem in checks.run(ledger_of(texts)) if problem.check == "tracking-parameter"]
    assert sorted(
        (problem.span.path, problem.span.line, problem.span.column, problem.hint) for problem in problems
    ) == [
        ("claims/x.yml", 5, 14, "write https://x.org/"),
        ("claims/x.yml", 5, 43, "write https://x.org/b"),
        ("sources/s.yml", 7, 6, "write https://example.org/a?id=3"),
    ]


@pytest.mark.parametrize("tag", ["en", "de-AT", "zh-Hant", "zh-Hant-TW", "es-419", "grc", "no", "EN", "de-1996", "und"])
def test_a_tag_of_a_language(tag):
    assert tag_problem(tag) == ""


@pytest.mark.parametrize(
    ("written", "tag"),
    [("english", "en"), ("English", "en"), ("eng", "en"), ("ger", "de"), ("ngerman", "de"), ("Deutsch", "de"),
     ("en_US", "en-US"), ("en-UK", "en-GB"), ("Français", "fr"), ("american", "en-US"), ("日本語", "ja"),
     ("Deutsch bitte", ""), ("zz", ""), ("x", ""), ("en; fr", "")],
)  # fmt: skip
def test_another_name_of_a_language_is_none_and_its_tag_is_known(written, tag):
    assert tag_problem(written)
    assert language_tag(written) == tag
    site = f"format: 1\ntitle: T\nlanguage: '{written}'\n"
    assert found("bad-language", {"site.yml": site, "sources/s.yml": SOURCE + f"language: '{written}'\n"}) == [
        ("sources/s.yml", 7), ("site.yml", 3)]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [("CC BY 4.0", None), ("CC-BY-SA-4.0 AND MIT", None), ("https://x.org/l", None), ("LicenseRef-own", None),
     ("(MIT OR Apache-2.0)", None), ("cc by 4", "CC-BY-4.0"), ("CC0", "CC0-1.0"), ("CC-BY-5.0", "CC-BY-4.0"),
     ("Creative Commons Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"), ("All rights reserved", ""),
     ("free", "")],
)  # fmt: skip
def test_a_licence_has_an_identifier_or_an_address(written, meant):
    assert is_licence(written) == (meant is None)
    assert nearest_licence(written) == meant or meant is None
    site = f"format: 1\ntitle: T\nlicence: '{written}'\n"
    assert found("bad-licence", {"site.yml": site}) == ([] if meant is None else [("site.yml", 3)])


def claim_with(*items: tuple[str, str], type_: str = "empirical") -> str:
    """A claim whose evidence has these sources and relations."""
    rows = ", ".join(
        f"{{id: e{at}, source: {source}, relation: {relation}, shows: A gap., consulted: memory}}"
        for at, (source, relation) in enumerate(items, start=1)
    )
    return f"statement: It moves.\ntype: {type_}\nevidence: [{rows}]\n"


@pytest.mark.parametrize(
    ("claim", "only"),
    [
        (claim_with(("s", "mentions")), "only-mentions"),
        (claim_with(("s", "mentions"), ("gone", "mentions")), "only-mentions"),
        (claim_with(("s", "mentions"), type_="normative"), ""),
        (claim_with(("s", "mentions"), ("s", "qualifies")), ""),
        (claim_with(("gone", "supports")), "only-retracted"),
        (claim_with(("gone", "supports"), ("left", "disputes")), "only-retracted"),
        (claim_with(("gone", "supports"), ("s", "mentions")), "only-retracted"),
        (claim_with(("gone", "supports"), ("s", "disputes")), ""),
        (claim_with(("doubted", "supports")), ""),
    ],
)
def test_evidence_that_has_no_weight(claim, only):
    sources = {
        f"sources/{name}.yml": SOURCE + more
        for name, more in (
            ("s", ""), ("gone", "status: retracted\n"),
            ("left", "status: withdrawn\n"), ("doubted", "status: concern\n"),
        )
    }  # fmt: skip
    ledger = {**sources, "claims/x.yml": claim}
    assert {check: found(check, ledger) for check in ("only-mentions", "only-retracted")} == {
        check: [("claims/x.yml", 3)] if check == only else [] for check in ("only-mentions", "only-retracted")
    }


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ('arxiv: "2311.07911"\nurl: https://arxiv.org/abs/2304.15004v2\n', "url"),
        ('arxiv: "2311.07911"\ndoi: 10.48550/arXiv.2304.15004\n', "arxiv"),
        ("doi: 10.1000/a\nurl: https://doi.org/10.1000/b\n", "url"),
        ("doi: 10.1000/a\nurl: https://dl.example.org/doi/abs/10.1000/b\n", "url"),
        ("pmid: '31452104'\nurl: https://pubmed.ncbi.nlm.nih.gov/31452105/\n", "url"),
        ('arxiv: "2311.07911"\narchive_url: https://web.archive.org/web/2/https://arxiv.org/pdf/2304.15004\n',
         "archive_url"),
        ('arxiv: "2311.07911"\nurl: https://arxiv.org/pdf/2311.07911v3.pdf\n', ""),
        ("doi: 10.1000/A\nurl: https://dl.example.org/doi/full/10.1000/a/full\n", ""),
        ('arxiv: "2311.07911"\ndoi: 10.1000/a\nurl: https://doi.org/10.1000/a\n', ""),
        ("doi: 10.1000/a\nurl: https://arxiv.org/abs/2311.07911\n", ""),
    ],
)  # fmt: skip
def test_two_numbers_of_one_sort_are_of_two_works(fields, field):
    lines = (SOURCE + fields).splitlines()
    at = [("sources/s.yml", number) for number, line in enumerate(lines, 1) if line.startswith(f"{field}:")]
    assert found("two-identifiers", {"sources/s.yml": SOURCE + fields}) == (at if field else [])


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Are Emergent Abilities a Mirage?", "is the same source"),
        ("Are emergent abilities of large language models a mirage", "is the same source"),
        ("Are {E}mergent Abilities of large-language-models a <i>mirage</i>?", "is the same source"),
        ("Sind die Fähigkeiten großer Modelle nur eine Täuschung?", "is the same source"),
        ("Instruction-Following Evaluation", "has the same number or address (arxiv:2311.07911), but another title"),
    ],
)
def test_a_number_in_two_records_is_a_duplicate_or_another_works(title, said):
    one = SOURCE.replace("Maps", "Are Emergent Abilities of Large Language Models a Mirage?") + 'arxiv: "2311.07911"\n'
    other = SOURCE.replace("Maps", title) + "url: https://arxiv.org/abs/2311.07911v2\n"
    problems = checks.run(ledger_of({"sources/s.yml": one, "sources/t.yml": other}))
    assert [said in problem.message for problem in problems if problem.check == "duplicate-source"] == [True]


def test_what_comes_in_has_no_such_parameters_and_the_tag_of_its_language():
    item = {"title": "Maps", "type": "report", "URL": "https://x.org/a?utm_source=b&id=3", "language": "english"}
    made = read_csl_json(ForeignFile("a.json", json.dumps([item]).encode()), Run(date(2026, 1, 2)))
    fields = made.drafts[0].fields
    assert (fields["url"], fields["language"]) == ("https://x.org/a?id=3", "en")
    assert [gap.value for gap in made.gaps if gap.what == "url"] == [item["URL"]]
    assert read_identifier("https://x.org/?fbclid=1").value == "https://x.org/"


@pytest.mark.parametrize(
    ("texts", "hint"),
    [
        ({}, "add a record: "),
        ({"sources/s.yml": SOURCE + "draft: true\n"}, "all are drafts: remove `draft: true` from "),
    ],
)
def test_a_ledger_of_drafts_alone_is_told_what_to_remove(texts: dict[str, str], hint: str):
    (problem,) = [one for one in checks.run(ledger_of(texts)) if one.check == "empty-ledger"]
    assert problem.hint.startswith(hint)
