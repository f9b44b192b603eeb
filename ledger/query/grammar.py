"""The language as data: `grammar.json`, and what the models of the records add to it.

In: the file. Out: GRAMMAR, from which the lexer, the parser, the columns and the steps are made. `exports/query.py`
publishes it for the search page, and `docs/tables.py` writes its tables; nothing of the language is listed elsewhere.

- `tokens` are tried in their order; a `sign` is `signs` or a bracket or comma.
- `kinds` says of a kind the column that `since 2024` is about and those of an answer to a query that selects none.
- `private` columns are asked on the command line and in Python alone: the site does not have them.
- `edges` has the phrase from an edge's start to its end, and the phrase back.
- `steps` are more than one edge, or go by a shorter word: phrase, kinds before it, kinds after it, paths, meaning, and
  `dated` where `since 2024` right after it is about what the step goes through. The paths are walked from what is named
  after the phrase, and written in the notation of SPARQL 1.1 for property paths (section 9) with additions: `/` joins
  hops, `|` joins paths; `^` is for an edge that is walked from its end to its start, `*` for one that is walked any
  number of times, `+` for at least once. After `:` comes the kind that a hop must reach, in brackets the effect that
  the edge must carry. `any` is every edge but those in `only_found`. `below` leads down the ladder to what belongs to a
  record, `earlier` from a source to what it takes from.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GRAMMAR: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
