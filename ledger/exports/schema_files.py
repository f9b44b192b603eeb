"""`schema/<name>.json`: every schema with an example, which is what this program makes of a small ledger.

In: the site's public address, or none. Out: files that hang on the program alone, not on the content of the site.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ledger import urls
from ledger.analysis import analyse
from ledger.exports import comparisons, graphs, history, record_json, workings
from ledger.exports.schemas import SCHEMAS, Schema, files_of_schemas, json_schema, schema_of
from ledger.exports.strict_json import to_bytes
from ledger.files import TextFile
from ledger.graph import Ledger, build_graph
from ledger.loading import load_records
from ledger.outfile import OutFile
from ledger.records import KINDS

EXAMPLE: Mapping[str, str] = {
    "site.yml": """
format: 1
title: Tides and clocks
editors: [{id: ann, name: Ann Other}]
""",
    "threads/time.yml": "{title: Time, summary: How time is told.}",
    "controversies/clocks.yml": """
title: Clocks
question: Does the tower clock keep time?
thread: time
status: active
""",
    "positions/clocks-a.yml": """
controversy: clocks
letter: A
statement: The tower clock keeps time.
rests_on: [small-error]
""",
    "positions/clocks-b.yml": """
controversy: clocks
letter: B
statement: The tower clock has been slow for years.
rejects: [small-error]
""",
    "claims/small-error.yml": """
statement: The tower clock is wrong by less than a minute a week.
type: empirical
evidence:
  - {id: e1, source: survey-1901, relation: supports, shows: A mean error of 20 seconds a week., consulted: full-text}
assessments: [{rating: medium, by: ann, date: 2024-02-01, why: One good survey.}]
added: 2024-01-10
""",
    "sources/survey-1901.yml": """
type: report
title: Survey of public clocks
authors: [{family: Brass, given: Ada, proponent: ada-brass}]
issued: 1901
tier: dataset
first_hand: true
derived_from: []
""",
    "proponents/ada-brass.yml": """
name: Ada Brass
type: person
former_ids: [brass-ada]
stances: [{id: s1, position: clocks-a, stance: holds, attested: [{date: 1901, source: survey-1901}]}]
""",
    "events/survey.yml": "{title: The survey of clocks, date: 1901, sources: [survey-1901], about: [small-error]}",
    "terms/rate.yml": "{term: rate, definition: How much a clock gains or loses.}",
    "pages/about.yml": "{title: About, body: A ledger of clocks.}",
}  # fmt: skip
"""A ledger with one record of each kind."""


def schema_file(_: Ledger, schema: Schema, base_url: str) -> OutFile:
    """The schema of one sort of file."""
    return OutFile(urls.schema(schema.name), to_bytes(json_schema(schema, base_url, examples()[schema.name])))


@cache
def examples() -> Mapping[str, Any]:
    """One example of each sort of file, by the name of its schema."""
    loaded = load_records(TextFile(path, text.strip() + "\n") for path, text in EXAMPLE.items())
    ledger = build_graph(loaded)
    rows, found = files_of_schemas(ledger), dict[str, Any]()
    for address, data in _data(ledger):
        found.setdefault(schema_of(address, rows), json.loads(data))
    return {schema.name: found[urls.schema(schema.name)] for schema in SCHEMAS}


def _data(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """Every sort of JSON file by its address; of the lines the first."""
    analysis = analyse(ledger)
    records = [record_json.record_json(ledger, id_) for id_ in ledger.records]
    made = [*records, record_json.manifest(ledger), record_json.kind_list(ledger, KINDS[0])]
    made += [record_json.redirect(ledger, former) for former in ledger.former]
    made += [*workings.method(ledger, analysis), *comparisons.board(ledger, analysis)]
    for id_ in ledger.members("controversy"):
        for name in comparisons.COMPARISONS:
            made += comparisons.comparison(ledger, analysis, id_, name)
        made += history.history(ledger, analysis, id_)
    yield from ((file.path, file.data) for file in made)
    pieces = [graphs.fragment(ledger, id_, "") for id_ in ledger.records]
    yield urls.GRAPH, b"".join(graphs.graph_json(ledger, lambda: iter(pieces), ""))
    yield urls.CHANGES, b"".join(record_json.changes(ledger, lambda: (file.data for file in records), ""))
    yield urls.LINES, records[0].data
