"""Every page says in which other formats it is there, and each of them is."""

import json

import pytest
from making import CLAIM, EVIDENCE, SMALL, SOURCE, data_of, ledger_at, ledger_of, seen_from

from ledger import urls, words
from ledger.graph import Ledger
from ledger.views.citing import view_citing


def made(ledger: Ledger) -> dict[str, bytes]:
    return data_of(ledger, "*")


def test_every_format_that_is_named_is_made_and_every_other_page_has_none():
    ledger = ledger_at(SMALL)
    files = made(ledger)
    for record in ledger.records.values():
        page = urls.of_record(record)
        there = {ending for ending in words.FORMATS if urls.beside(page, ending) in files}
        assert there == set(urls.formats_of(record)), page
    assert {
        kind: tuple(endings) for kind, endings in json.loads(files["index.json"])["formats"].items()
    } == urls.FORMATS


def test_the_manifest_leads_to_the_linked_data_and_all_references():
    files = made(ledger_at(SMALL))
    manifest = json.loads(files["index.json"])
    assert {manifest["linked_data"], manifest["context"], *manifest["references"]} <= set(files)


@pytest.mark.parametrize("id_", ["harbour-clock", "harbour-clock-a", "clock-lags"])
def test_a_page_links_to_its_own_formats(id_: str):
    ledger = ledger_at(SMALL)
    record = ledger.records[id_]
    citing = view_citing(seen_from(ledger, urls.of_record(record)), record, "")
    assert citing is not None
    assert [link.href for link in citing.formats] == [f"{id_}{ending}" for ending in urls.FORMATS[record.kind.name]]


def test_a_claim_and_a_position_have_the_references_of_their_pages():
    item = "{id: %s, source: %s, relation: supports, shows: A gap., consulted: %s}"
    texts = {
        "controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is [@w].\nrests_on: [x]\nkey_sources: [u]\n",
        "claims/x.yml": CLAIM
        + EVIDENCE.replace("}]", "}, " + item % ("e2", "t", "full-text") + "]").replace("source: s", "source: v")
        + "first_stated: s\n",
        "proponents/p.yml": "name: P\ntype: person\nstances:\n  - {id: s1, position: c-a, stance: holds, "
        "attested: [{date: 2020, source: a}]}\n",
        **{f"sources/{id_}.yml": SOURCE for id_ in "astuvwz"},
    }
    ledger = ledger_of(texts)
    files = data_of(ledger, "*.bib", "*.ris", "*.csl.json")
    listed = {path: [entry["id"] for entry in json.loads(files[path])] for path in files if path.endswith(".csl.json")}
    assert listed["claims/x.csl.json"] == ["t", "v", "s"]
    assert listed["positions/c-a.csl.json"] == ["u", "t", "v", "a", "w"]
    assert files["claims/x.bib"].decode().count("@techreport{") == len(listed["claims/x.csl.json"])
    assert files["claims/x.ris"].decode().count("TY  - ") == len(listed["claims/x.csl.json"])
