"""A new record: a commented skeleton whose only problems are its blanks.

In: a kind and an id. Out: a file with every required field empty, every other field as a comment, and a line on each,
taken from the models.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ledger.diagnostics import did_you_mean
from ledger.editing.identifiers import check_id, named
from ledger.records import KINDS, Common, Kind
from ledger.validating import models_in

SHOWN = frozenset(("evidence",))
"""Optional parts that a skeleton opens all the same: a record is of little use without them."""

CHOICES_SHOWN = range(2, 12)
"""How many choices fit on the line of a field."""


def write_skeleton(content: Path, kind_name: str, id_: str) -> Path:
    """Write the skeleton and give its path. ValueError when the kind or id will not do or the file is there already."""
    kind = kind_named(kind_name)
    return write_record(content, kind, id_, skeleton(kind))


def write_record(content: Path, kind: Kind, id_: str, text: str) -> Path:
    """Write the file of a new record and give its path; ValueError as above, and nothing is written over anything."""
    path = new_path(content, kind, id_)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def new_path(content: Path, kind: Kind, id_: str) -> Path:
    """Where a new record will stand. ValueError when it cannot have the id."""
    check_id(id_)
    if taken := named(content, id_):
        raise ValueError(f"the id '{id_}' is taken by {taken}")
    return content / kind.path(id_)


def skeleton(kind: Kind) -> str:
    """The text of an empty record of a kind."""
    own = [name for name in kind.model.model_fields if name not in Common.model_fields]
    shared = [name for name in Common.model_fields if name not in ("body", "note")]
    lines = [line for name in own for line in _field_lines(name, kind.model.model_fields[name], "")]
    lines += ["", "# On every kind:"]
    lines += [line for name in shared for line in _field_lines(name, kind.model.model_fields[name], "")]
    text = "\n".join(lines) + "\n"
    return f"---\n{text}---\n\n" if kind.is_prose else text


def kind_named(name: str, among: Sequence[Kind] = KINDS) -> Kind:
    """The kind of a name or a folder; ValueError when there is none."""
    kinds = {kind.name: kind for kind in among} | {kind.folder: kind for kind in among if kind.folder}
    if name not in kinds:
        hint = did_you_mean(name, kinds) or "one of: " + ", ".join(kind.name for kind in among)
        raise ValueError(f"there is no kind '{name}': {hint}")
    return kinds[name]


def _field_lines(name: str, field: FieldInfo, indent: str) -> Iterator[str]:
    """A required field open under its description; any other as a comment."""
    key, parts = field.alias or name, list(models_in(field.annotation))
    opened = field.is_required() or key in SHOWN
    if not opened:
        yield f"{indent}# {key}: {_describe(field)}"
    elif parts and not _takes_text(field):
        yield f"{indent}# {_describe(field)}"
        yield f"{indent}{key}:"
        yield from _part_lines(parts[0], indent + "  ")
    else:
        yield f"{indent}# {_describe(field)}"
        yield f"{indent}{key}:"


def _part_lines(model: type[BaseModel], indent: str) -> Iterator[str]:
    """The first item of a list of parts."""
    lines = [line for name, field in model.model_fields.items() for line in _field_lines(name, field, indent + "  ")]
    at = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[at] = indent + "- " + lines[at].lstrip()
    yield from lines[:at]
    yield from lines[at:]


def _takes_text(field: FieldInfo) -> bool:
    """Whether a single word may stand there as well, as `unknown` for a list of authors."""
    return any(get_origin(option) is Literal or "Literal" in str(option) for option in get_args(field.annotation))


def _describe(field: FieldInfo) -> str:
    words = "required, " if field.is_required() else ""
    options = choices(field.annotation)
    return f"{words}{field.description}" + (f": {' | '.join(options)}" if len(options) in CHOICES_SHOWN else "")


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a field takes; none where it takes any."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return next((found for option in get_args(annotation) if (found := choices(option))), ())
