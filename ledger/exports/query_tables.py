"""What the SQL of a query asks in `ledger.sqlite` (`query/sql.py`): `entities`, `links` and `dates`.

In: what records add to the scripts of the search page. Out: tables and their rows, and a view. Evidence items and
stances are stored once, in the record that they are part of: the view `entities` makes rows of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import orjson

from ledger.dates import UNDATED, PartialDate, parse_date
from ledger.edges import owner_id
from ledger.exports.strict_json import compact
from ledger.exports.table_shapes import NUMBER, Cell, Table, own

_LINK = ("name", "here", "there", "start", "target", "effect", "date", "since", "until")
"""What a part refers to counts as its record's too: `here` and `there` are the ends, or what they are parts of; then
`start` and `target` are the parts."""
DOCUMENTS = Table(
    "documents", "What queries ask: each record with all its columns as JSON, in lower case.",
    (own(NUMBER, "the record's number", type="integer", required=True),
     own("data", "its columns", type="json", required=True)),
    key=(NUMBER,), counted=True,
)  # fmt: skip
LINKS = Table(
    "links", "What the steps of queries walk along.",
    (own(NUMBER, "its place", type="integer", required=True), *(own(name, name) for name in _LINK)),
    key=(NUMBER,), counted=True,
)  # fmt: skip
DATES = Table(
    "dates", "What every date in the documents can mean.",
    (own("id", "the date as it was written", required=True),
     own("rank", "its place in the order of all", type="integer", required=True),
     own("earliest", "the first day that it can mean"), own("latest", "the last one")),
)  # fmt: skip
TABLES = (DOCUMENTS, LINKS, DATES)
ENTITIES = """CREATE VIEW entities AS
SELECT id, kind, data FROM records JOIN documents USING (number) UNION ALL
SELECT records.id || '/' || json_extract(value, '$.id'), 'evidence', json_patch(value, json_object(
  'id', records.id || '/' || json_extract(value, '$.id'), 'kind', 'evidence', 'claim', records.id,
  'title', json_extract(value, '$.shows'), 'file', json_extract(data, '$.file'), 'issued', sources.issued
)) FROM records JOIN documents USING (number) JOIN json_each(data, '$.evidence')
LEFT JOIN sources ON sources.id = json_extract(value, '$.source') WHERE records.kind = 'claim' UNION ALL
SELECT records.id || '/' || json_extract(value, '$.id'), 'stance', json_patch(value, json_object(
  'id', records.id || '/' || json_extract(value, '$.id'), 'kind', 'stance', 'proponent', records.id,
  'title', json_extract(value, '$.stance') || ' ' || json_extract(value, '$.position'),
  'file', json_extract(data, '$.file')
)) FROM records JOIN documents USING (number) JOIN json_each(data, '$.stances') WHERE records.kind = 'proponent'"""
"""The view: records, and the parts in their lists with what a part says of itself beside its fields."""
_DATE = re.compile(r'"((?:\d{4}|\.\.)[-\d~?%/.]*)"')


def rows(pieces: Iterable[bytes], as_of: date | None) -> Iterator[tuple[Table, list[tuple[Cell, ...]]]]:
    """The rows of these tables, record by record, and the dates last."""
    dates = {UNDATED.text, as_of.isoformat()} if as_of else {UNDATED.text}
    number = 0
    for at, piece in enumerate(pieces, 1):
        found = orjson.loads(piece)
        data = compact(found["row"]).decode().lower()
        dates.update(_DATE.findall(data))
        yield DOCUMENTS, [(at, data)]
        links = [(number + place, *link) for place, link in enumerate(_links(found["edges"]), 1)]
        number += len(links)
        yield LINKS, links
    known = sorted(filter(None, map(_date, dates)), key=PartialDate.sort_key)
    yield DATES, [(one.text, rank, *_days(one)) for rank, one in enumerate(known)]


def _links(edges: Mapping[str, Iterable[list[Any]]]) -> Iterator[tuple[Cell, ...]]:
    for name, found in edges.items():
        for start, target, *more in found:
            effect, dates = more[0] if more else "", more[1] if len(more) > 1 else {}
            days = [dates.get(one) for one in ("date", "from", "until")]
            for here, there in product(_ends(start), _ends(target)):
                if here not in (there, target) and there != start:
                    parts = (start if start != here else None, target if target != there else None)
                    yield name, here, there, *parts, effect, *days


def _ends(node: str) -> tuple[str, ...]:
    return (owner_id(node), node) if "/" in node else (node,)


def _date(text: str) -> PartialDate | None:
    try:
        return UNDATED if text == UNDATED.text else parse_date(text)
    except ValueError:  # other words that look alike
        return None


def _days(one: PartialDate) -> tuple[str | None, str | None]:
    return (None, None) if one.is_unknown else (one.earliest.isoformat(), one.latest.isoformat())
