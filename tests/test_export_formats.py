"""Every page says in which other formats it is there, and each of them is."""

import json
from fnmatch import fnmatchcase

import pytest
from making import SMALL, SOURCE, data_of, ledger_at, ledger_of, seen_from, site_of

from ledger import exports, texts, urls
from ledger.analysis import analyse
from ledger.graph import Ledger
from ledger.records import KINDS
from ledger.views.citing import view_citing


def made(ledger: Ledger) -> dict[str, bytes]:
    return data_of(ledger, "*")


def test_every_format_that_is_named_is_made_and_every_other_page_has_none():
    ledger = ledger_at(SMALL)
    files = site_of(ledger)
    for kind in KINDS:
        for card in ledger.cards(kind.name):
            page = urls.of_card(card)
            there = {f".{name}" for name in texts.Group("format") if urls.beside(page, f".{name}") in files}
            assert there == set(urls.formats_of(card, ledger.settings.exports)), page
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
    citing = view_citing(seen_from(ledger, urls.of_record(record)), record)
    assert citing is not None
    folder, endings = record.kind.folder, urls.FORMATS[record.kind.name]
    assert [address for _, address in citing.formats] == [f"{folder}/{id_}{ending}" for ending in endings]


def test_a_site_has_the_large_files_that_its_settings_name_and_says_so():
    site = "format: 1\ntitle: T\n"
    texts = {"controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n", "sources/s.yml": SOURCE}
    usual = made(ledger_of(texts | {"site.yml": site}))
    assert {"ledger.sqlite", "datasette.json"} <= set(usual)
    chosen = ("*.csv", "datapackage.json", "*.jsonld", "*.graphml", "*.dot", "*.argdown")
    assert [path for path in usual if any(fnmatchcase(path, one) for one in chosen)] == []
    manifest = json.loads(usual["index.json"])
    named = {key: manifest[key] for key in ("database", "tables", "linked_data", "context")}
    assert named == {"database": "ledger.sqlite", "tables": None, "linked_data": None, "context": None}
    assert manifest["formats"]["controversy"] == [".md", ".svg", ".bib", ".ris", ".csl.json"]
    none = made(ledger_of(texts | {"site.yml": site + "exports: []\n"}))
    assert "ledger.sqlite" not in none
    for export, pattern in zip(("csv", "jsonld", "graphml", "dot", "argdown"), ("*.csv", *chosen[2:]), strict=True):
        one = made(ledger_of(texts | {"site.yml": f"{site}exports: [{export}]\n"}))
        assert [path for path in one if fnmatchcase(path, pattern)], export
        assert "ledger.sqlite" not in one


def test_every_address_is_known_before_anything_is_made():
    ledger, base = ledger_at(SMALL), "https://example.org"
    told = [address for task in exports.files(ledger, base) for address in task.addresses]
    told += [address for whole in exports.WHOLES for address in whole.addresses(ledger, base)]
    for kind in KINDS:
        for card in ledger.cards(kind.name):
            told += exports.record_addresses(ledger, card, base)
    assert sorted(told) == sorted(data_of(ledger, "*", base_url=base))


def test_a_record_reads_no_more_of_the_ledger_than_it_is_linked_with():
    """What is made for one record goes through no list of all records and no list of all edges."""
    ledger = ledger_at(SMALL)
    analyse(ledger)
    for id_ in (id_ for kind in KINDS for id_ in ledger.members(kind.name)):
        with ledger.reading() as reads:
            tuple(exports.record_files(ledger, id_, "https://example.org"))
            for fragment in exports.FRAGMENTS.values():
                fragment(ledger, id_, "")
        direct = {key for key in _all_reads(ledger, reads) if key in {"records", "edges"} or key.startswith("all:")}
        assert direct == set(), id_


def _all_reads(ledger: Ledger, reads: set[str]) -> set[str]:
    """What was read, and what the results that were read have read."""
    found, waiting = set[str](), set(reads)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.update(ledger.traces[key].reads if key in ledger.traces else ())
    return found
