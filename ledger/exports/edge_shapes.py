"""What edges are called and what they carry, from the edge types and the models of the records.

In: `EDGE_TYPES`. Out: every name, and a model of the fields beside an id that an edge carries.
"""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any, get_type_hints

from pydantic import BaseModel, Field, create_model

from ledger.edges import EDGE_TYPES, MENTIONS, OWNING, PART_EDGES, RENAMED, EdgeType
from ledger.exports.naming import CARRIED
from ledger.query.columns import MODELS
from ledger.query.steps import edge_names
from ledger.records import Common
from ledger.validating import models_in

EDGE_NAMES = tuple(sorted({name for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS) for name in edge_names(edge)}))
"""Every name that an edge may have."""
_LOCATOR = ("locator", str, "the place in the source")


def carried_fields(base: type[BaseModel], name: str) -> type[BaseModel]:
    """A model that has the fields of another, and every field that an edge may carry."""
    hints: dict[str, list[Any]] = {}
    said: dict[str, list[str]] = {}
    for key, hint, meaning in (_LOCATOR, *(found for edge in EDGE_TYPES for found in _carried(edge))):
        hints.setdefault(key, []).append(hint)
        said.setdefault(key, []).append(meaning)
    fields: dict[str, Any] = {
        f"{key}_": (reduce(or_, found), Field(default=None, alias=key, description=_once(said[key])))
        for key, found in hints.items()
    }
    return create_model(name, __base__=base, __doc__=base.__doc__, **fields)


def _carried(edge: EdgeType) -> Iterator[tuple[str, Any, str]]:
    """The fields that stand beside the id: name on the edge, type, meaning."""
    *outer, last = edge.field.replace("[]", "").split(".")
    if not outer:
        return
    model: type[BaseModel] = MODELS.get(edge.kind, Common)
    for step in outer:
        model = next(models_in(model.model_fields[step].annotation))
    of_part = OWNING.get(edge.kind, ("",))[0] == outer[0]
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        key = field.alias or name
        if key not in {last, edge.name.strip("{}"), "id" if of_part else ""} and RENAMED.get(key, key) in CARRIED:
            yield RENAMED.get(key, key), hints[name], str(field.description)


def _once(texts: list[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
