"""The keys of the site's JSON files, for the page of the data: what the schemas say of each.

In: the models and results that the schemas are made of. Out: rows of Markdown tables, which `tables.py` prints.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from ledger.analysis import (
    cruxes,
    fairness,
    figures,
    gaps,
    grades,
    history,
    positions,
    quotes,
    rating_events,
    ratings,
    rivals,
    strip,
    verdicts,
    world,
)
from ledger.exports import computed, data_shapes
from ledger.exports.schema_files import MODELS as FILES
from ledger.exports.schema_files import described
from ledger.records import KINDS, SITE
from ledger.vocabulary import VERDICTS

DATA: Mapping[str, Any] = {
    "The manifest": FILES["manifest"],
    "The changes": FILES["changes"],
    "A change": data_shapes.Change,
    "A summary": data_shapes.Summary,
    "The list of a kind": FILES["list"],
    "A record in a list": data_shapes.Listed,
    "A record": FILES["term"],
    "How often it was challenged": data_shapes.AnyChallenged,
    "Of a claim": computed.OfClaim,
    "Of a chart": computed.OfChart,
    "A figure": figures.Figure,
    "A conflict": figures.Conflict,
    "A rating": ratings.Rating,
    "A short rating": ratings.ShortRating,
    "What counts once": ratings.Counted,
    "An item": ratings.Item,
    "A mark of the strip": strip.Mark,
    "Of a position": computed.OfPosition,
    "The verdicts on a position's claims": positions.PositionVerdicts,
    "Of a proponent": computed.OfProponent,
    "A quote": quotes.Verdict,
    "Of a source": computed.OfSource,
    "Evidence by positions": FILES["evidence"],
    "A work by positions": rivals.Row,
    "A standing": rivals.Standing,
    "Cruxes": FILES["cruxes"],
    "A crux": cruxes.Crux,
    "Fairness": FILES["fairness"],
    "A position's share": fairness.Share,
    "What the ratings were when": FILES["history"],
    "A course": history.Timeline,
    "A point": history.Point,
    "A move": history.RatingChange,
    "A mover": rating_events.RatingEvent,
    "Open work": FILES["gaps"],
    "A challenge that waits": data_shapes.WaitingChallenge,
    "A campaign of searches": gaps.Campaign,
    "A row of the board": data_shapes.BoardRow,
    "What is new": FILES["news"],
    "An event and what it moved": data_shapes.WorldRow,
    "A claim that an event moved": world.Moved,
    "A change in the ledger": data_shapes.HereRow,
    "The choices": FILES["method"],
    "A choice": data_shapes.MadeChoices,
    "The graph": FILES["graph"],
    "A node": data_shapes.Node,
    "A redirect": FILES["redirect"],
}
"""Heading on the page of the data → the model whose keys are in a table below it."""
ELSEWHERE = {"Link": "A link", "Edge": "An edge"}
"""What has a table that nobody generates, because it adds fields of records."""
LINKS = {
    "the hash of its wording": "#the-hash-of-a-claim",
    "as written in `site.yml`": "authoring.md#the-site",
    "the fields as written": "authoring.md#the-kinds",
    "the other formats": "exports.md",
    "the address of the database": "data.md",
}
"""Words of descriptions that lead to what explains them."""
SAID = (VERDICTS, verdicts.LEVELS, grades.GRADES, get_args(rating_events.Cause))
"""Words that the page lists once for all tables."""
WHOLE = {SITE.model.__name__, "Counts", "Lists", *(kind.model.__name__ for kind in KINDS)}
"""Parts whose keys are those of a record, or one for each kind: not taken apart."""


def rows(heading: str) -> Iterator[tuple[str, str]]:
    """The keys below a heading, each with its meaning; one that may be missing has a °."""
    schema = described(DATA[heading])
    return _keys(schema, schema.get("$defs", {}))


def _keys(schema: Mapping[str, Any], parts: Mapping[str, Any], outer: str = "") -> Iterator[tuple[str, str]]:
    """A row for each key, followed by those of its parts that have no heading of their own."""
    for name, of in schema["properties"].items():
        mark = "" if name in schema.get("required", ()) else " °"
        part, heading = _part_of(of), _headings().get(_part_of(of), "")
        link = f" ([{heading[:1].lower()}{heading[1:]}](#{_anchor(heading)}))" if heading else ""
        yield f"`{outer}{name}`{mark}", f"{_linked(of['description'])}{_choices(name, of)}{link}"
        if part and not heading and part not in WHOLE:
            yield from _keys(parts[part], parts, f"{outer}{name}{'[]' if 'items' in of else ''}.")


def _linked(description: str) -> str:
    for words, address in LINKS.items():
        description = description.replace(words, f"[{words}]({address})")
    return description


@cache
def _headings() -> dict[str, str]:
    """The name of a model in a schema → its heading."""
    return {described(model)["title"]: heading for heading, model in DATA.items()} | ELSEWHERE


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _inside(of: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema and those of what it holds."""
    yield of
    inner = [of[name] for name in ("items", "additionalProperties") if isinstance(of.get(name), dict)]
    for one in (*inner, *of.get("anyOf", ()), *of.get("prefixItems", ())[:1]):
        yield from _inside(one)


def _part_of(of: Mapping[str, Any]) -> str:
    """The name of the model that a key holds, alone, in a list or by name."""
    return next((one["$ref"].rpartition("/")[2] for one in _inside(of) if "$ref" in one), "")


def _choices(name: str, of: Mapping[str, Any]) -> str:
    """The words that a key takes, unless its description or the page has them."""
    words = next((one["enum"] for one in _inside(of) if "enum" in one), ())
    said = any(set(words) <= set(listed) for listed in SAID) or any(f"`{word}`" in of["description"] for word in words)
    return "" if said or name == "kind" or not words else f": {', '.join(f'`{word}`' for word in words)}"


NAMES = {_anchor(heading).replace("-", " "): heading for heading in DATA}
"""The name of a table in its marker → the heading."""
