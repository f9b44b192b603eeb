"""No record makes the site larger than 24 times its own bytes and 64 KiB, whatever it holds and whoever names it.

A record of each kind is added in shapes made to grow: what an editor, or who proposes a change, could write. The whole
site is made with it and without it, every page and every file, and the sizes are compared.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from engines import LEDGER
from making import ledger_of, site_of
from medium import generate

from ledger.records import KINDS, Kind

TIMES, BESIDES = 24, 64 * 1024
MANY, OTHERS = 300, 60
"""The items of a long list, and the records that name the added one."""
LETTERS = ("日本語の", "🕰", "e\u0301\u0316", "\u202e\u05d0", "<&\"'>")
NEW = "new"

LEAST: Mapping[str, Mapping[str, Any]] = {
    "thread": {"title": "New", "summary": "It is new."},
    "controversy": {"title": "New", "question": "Is it new?", "status": "active"},
    "position": {"controversy": "c", "letter": "C", "statement": "It is new."},
    "claim": {"statement": "It is new.", "type": "empirical"},
    "source": {
        "type": "report",
        "title": "New",
        "authors": "unknown",
        "issued": "1999",
        "tier": "reporting",
        "derived_from": "unknown",
    },
    "proponent": {"name": "New", "type": "person"},
    "event": {"title": "New", "date": "2001", "sources": ["s"]},
    "chart": {"title": "New?", "form": "range", "items": ["slow/e1"]},
    "term": {"term": "New", "definition": "It is new."},
    "challenge": {
        "title": "New",
        "target": "slow",
        "type": "other",
        "says": "No.",
        "by": "anonymous",
        "date": "2001",
    },
    "page": {"title": "New"},
}
"""What a record must have."""
LONG = {"thread": "summary", "position": "statement", "claim": "statement", "source": "title", "term": "definition"}
"""A field of 8,000 characters, which other pages show; that of the other kinds has 300."""
DAY = {"by": "ann", "date": "2001-01-01", "why": "W."}
ITEMS: Mapping[str, Mapping[str, Any]] = {
    "thread": {"tags": [f"tag {at}" for at in range(50)]},
    "controversy": {
        "cruxes": [f"Is it {at}?" for at in range(MANY)],
        "see_also": [{"id": "slow", "why": f"{at}."} for at in range(MANY)],
    },
    "position": {
        "parts": [{"id": f"p{at}", "statement": "It is."} for at in range(MANY)],
        "assessments": [{**DAY, "rating": "low"}] * MANY,
    },
    "claim": {
        "evidence": [
            {"id": f"e{at}", "source": "st"[at % 2], "relation": "supports", "shows": "It.", "consulted": "memory"}
            for at in range(MANY)
        ],
        "bears_on": [{"position": "c-a", "relation": "supports"}],
    },
    "source": {
        "authors": [{"family": f"Name{at}", "given": "A."} for at in range(MANY)],
        "interests": [{"note": f"{at}."} for at in range(MANY)],
    },
    "proponent": {
        "stances": [
            {
                "id": f"s{at}",
                "position": "c-a",
                "stance": "holds",
                "attested": [{"date": f"{1700 + at}", "source": "s", "shows": "It."}],
            }
            for at in range(MANY)
        ]
    },
    "event": {"proponents": ["p"] * MANY, "about": ["slow"], "evidence_for": ["slow/e1"]},
    "chart": {"search_words": [f"word {at}" for at in range(50)]},
    "term": {"other_names": [f"name {at}" for at in range(MANY)]},
    "challenge": {"sources": ["s"] * MANY},
    "page": {"former_ids": [f"old-{at}" for at in range(MANY)]},
}


def shapes(kind: Kind) -> dict[str, dict[str, Any]]:
    """The records to add, by what is excessive about them."""
    least, title = dict(LEAST[kind.name]), LONG.get(kind.name, kind.title_field)
    length = 8_000 if kind.name in LONG else 300
    return {
        "least": least,
        "a long title": least | {title: ("word " * length)[: length - 1]},
        "odd letters in the title": least | {title: ("".join(LETTERS) * length)[:length]},
        "a long body": least | {"body": "A paragraph of words.\n\n" * 3_000},
        "odd letters in the body": least | {"body": "\n\n".join(LETTERS * 600)},
        "many references to one record": least | {"body": "See [[slow]] and [@s].\n\n" * MANY},
        "many items": least | dict(ITEMS[kind.name]),
    }


def id_of(kind: Kind) -> str:
    return "c-c" if kind.name == "position" else NEW


def file_of(kind: Kind, fields: Mapping[str, Any]) -> dict[str, str]:
    return {f"{kind.folder}/{id_of(kind)}.yml": generate.dumped(dict(fields))}


def size(texts: Mapping[str, str]) -> int:
    """The bytes of the whole site."""
    return sum(map(len, site_of(ledger_of(texts)).values()))


@cache
def size_without(named: str = "") -> int:
    return size(LEDGER | (naming(named) if named else {}))


def naming(target: str) -> dict[str, str]:
    """Many pages that name a record, each of them a few times."""
    return {f"pages/g{at}.md": f"---\ntitle: Page {at}\n---\n\nSee {target}, and {target}.\n" for at in range(OTHERS)}


def bound(texts: Mapping[str, str]) -> int:
    return TIMES * sum(len(text.encode()) for text in texts.values()) + BESIDES


TITLES = "the whole title stands several times on the page of the record, and in every file that lists it"
ITEM = "an item stands in the record's JSON, ledger.jsonl, graph.json, the GraphML, the database and at its other end"
TOO_LARGE: Mapping[tuple[str, str], str] = {
    **{
        (kind, "many references to one record"): "500 mentions, as many as there may be, stand in several files"
        for kind in ("controversy", "position")
    },
    ("thread", "many items"): "each tag has a page of 2.8 KB",
    (
        "controversy",
        "odd letters in the title",
    ): "fourteen pages with the title in head, heading and data, 10 KB each",
    ("controversy", "a long title"): "fourteen pages with the title in head, heading and data, 2 KB each",
    **{(kind, "a long title"): TITLES for kind in ("position", "source")},
    **{(kind, "odd letters in the title"): TITLES for kind in ("position", "source")},
    ("claim", "many items"): ITEM,
    ("proponent", "many items"): f"{ITEM}, and in the page of proponents whole",
    ("page", "many items"): "each former id has a page of 2.9 KB and 300 bytes of JSON",
    **{
        (kind, "named"): "who names a record shows its whole title, in the page, the JSON and the search data"
        for kind in ("controversy", "position", "claim", "source", "proponent", "event", "chart", "challenge", "page")
    },
}
"""What is larger today, and why."""


def case(kind: Kind, shape: str, *values: Any) -> Any:
    """A case, expected to fail where the table says so."""
    why = TOO_LARGE.get((kind.name, shape))
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(kind, *values, id=f"{kind.name}-{shape}", marks=marks)


@pytest.mark.parametrize(("kind", "shape"), [case(kind, shape, shape) for kind in KINDS for shape in shapes(kind)])
def test_what_a_record_holds_makes_the_site_only_so_much_larger(kind: Kind, shape: str):
    added = file_of(kind, shapes(kind)[shape])
    assert size(LEDGER | added) - size_without() <= bound(added)


@pytest.mark.parametrize("kind", [case(kind, "named") for kind in KINDS])
def test_who_names_a_record_makes_the_site_no_larger_than_who_names_another(kind: Kind):
    """With its longest title, since that is what others say of it."""
    added = file_of(kind, shapes(kind)["a long title"])
    target = "[@{}]" if kind.name == "source" else "[[{}]]"
    without = size_without(target.format("s" if kind.name == "source" else "slow"))
    assert size(LEDGER | added | naming(target.format(id_of(kind)))) - without <= bound(added)
