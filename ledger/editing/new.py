"""A new record: its id, its file, and its text: a skeleton with a line on every field, and an editor's answers in it.

In: a kind, an id, and answers as plain data. Out: the text of a YAML file with every required field empty or answered,
every other field as a comment, and a line on each, taken from the models. ValueError says what is wrong with an id.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from pydantic.fields import FieldInfo

from ledger.diagnostics import did_you_mean
from ledger.editing.answers import Data, Model, choices, gaps
from ledger.editing.trial import World
from ledger.editing.yamltext import record_text
from ledger.fields import ID_HINT, is_id
from ledger.importers.cleaning import COMMON, author_year, free_id, slug
from ledger.modelling import Common, fields_in
from ledger.naming import RESERVED
from ledger.records import FOLDERS, Kind
from ledger.texts import Group
from ledger.validating import part_of

SHOWN = frozenset(("bears_on", "evidence"))
"""Optional parts that a skeleton opens all the same: a record is of little use without them."""
CHOICES_SHOWN = range(2, 12)
"""How many choices fit on the line of a field."""
_WORDS_OF_ID, _COLUMNS = 5, 100


# Ids and files


def check_id(id_: str) -> None:
    """ValueError when it cannot be the id of a record."""
    if not is_id(id_):
        near = slug(id_)
        hint = f"; did you mean '{near}'?" if near not in ("", id_) else ""
        raise ValueError(f"'{id_}' cannot be an id: {ID_HINT}{hint}")
    if id_ in RESERVED:
        raise ValueError(f"'{id_}' cannot be an id: some file systems or the site itself use it")


def named(content: Path, id_: str) -> Path | None:
    """The file that already has this name, in any folder."""
    return next((path for folder in FOLDERS for path in sorted((content / folder).glob(f"{id_}.*"))), None)


def check_new(world: World, kind: Kind, id_: str) -> None:
    """ValueError when a new record of a kind cannot have the id."""
    check_id(id_)
    if taken := _holder(world, id_):
        raise ValueError(f"the id '{id_}' is taken by {taken}")
    if kind.name == "position":
        controversy, _, letter = id_.rpartition("-")
        known = [one for one, _ in world.choices("controversy")]
        if not re.fullmatch("[a-z]", letter) or controversy not in known:
            near = did_you_mean(controversy, known) or f"controversies: {', '.join(known[:5]) or 'none yet'}"
            what = "the id of its controversy and a letter"
            raise ValueError(f"a position is called after {what}, as {known[0] if known else 'tides'}-a; {near}")


def proposed_id(world: World, kind: Kind, data: Data) -> str:
    """A free id made from what the record says, in plain letters; empty when there are none."""
    if kind.name == "position":
        controversy, letter = (str(data.get(name) or "") for name in ("controversy", "letter"))
        return f"{controversy}-{letter.lower()}" if controversy and letter else _next_letter(world, controversy)
    said = {name: str(data.get(name) or "") for name in ("title", "issued")}
    words = author_year(data.get("authors"), **said) if kind.name == "source" else _title_words(kind, data)
    return free_id(words, "", lambda id_: bool(_holder(world, id_))) if words else ""


def _holder(world: World, id_: str) -> Path | str:
    """What has or had an id; empty when it is free."""
    return named(world.content, id_) or world.taken(id_)


def _next_letter(world: World, controversy: str) -> str:
    ids = (f"{controversy}-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    found = next((id_ for id_ in ids if controversy and not _holder(world, id_)), "")
    if controversy and not found:
        raise ValueError(f"'{controversy}' has a position for every letter from A to Z")
    return found


def _title_words(kind: Kind, data: Data) -> str:
    """The first words that tell a title apart; all words of a name."""
    words = slug(str(data.get(kind.title_field) or "")).split("-")
    telling = words if kind.title_field in ("name", "term") else [word for word in words if word not in COMMON]
    return "-".join((telling or words)[:_WORDS_OF_ID])


# The skeleton


def skeleton(kind: Kind, data: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The text of a new record: required fields blank or answered, any other as a comment until it is answered.

    A part that is opened all the same stays a comment when there are answers, and none of them is about it.
    """
    fields = fields_in(kind.model)
    shared = [name for name in fields if name in Common.model_fields]
    is_begun = bool(data.keys() - {"added"})
    own = [line for name, field in fields.items() if name not in shared for line in _lines(name, field, data, is_begun)]
    common = [line for name in shared for line in _lines(name, fields[name], data, is_begun)]
    text = "".join(f"{line}\n" for line in (*own, "", "# On every kind:", *common))
    return text.replace("\n# body: ", "\n# body: |\n#   ", 1) if kind.is_prose and "body" not in data else text


def blanks(kind: Kind, data: Data) -> list[str]:
    """The names of the fields that the text of a new record leaves blank."""
    opened: Data = {} if data.keys() - {"added"} else {name: [{}] for name in SHOWN}
    return [said for *_, said in gaps(kind.model, {**opened, **data})]


def _lines(name: str, field: FieldInfo, data: Mapping[str, Any], is_begun: bool) -> Iterator[str]:  # noqa: FBT001
    """A required field open under its description; any other as a comment, with its answer below it."""
    is_open = field.is_required() or name in SHOWN
    yield from _comment("" if is_open else name, field, is_blank=name not in data)
    part = part_of(field)
    if name in data:
        value = data[name]
        is_list = part and isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        yield from _list_lines(name, part, value) if part and is_list else record_text({name: value}).splitlines()
    elif is_open:
        # A word may stand for the list, as `unknown` does: then it is not opened.
        is_closed = part is None or any("Literal" in str(one) for one in get_args(field.annotation))
        lines = [f"{name}:"] if is_closed or part is None else list(_list_lines(name, part, [{}], is_bare=True))
        yield from (f"# {line}" for line in lines) if name in SHOWN and is_begun else lines


def _list_lines(name: str, part: Model, items: Sequence[Data], *, is_bare: bool = False) -> Iterator[str]:
    """A list of parts: what is missing is blank; in an empty part what may be added is a comment."""
    yield f"{name}:"
    for item in items:
        lines = [line for inner, field in fields_in(part).items() for line in _part_lines(inner, field, item, is_bare)]
        at = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
        for number, line in enumerate(lines):
            yield f"  {'- ' if number == at else '  '}{line}"


def _part_lines(name: str, field: FieldInfo, item: Data, is_bare: bool) -> Iterator[str]:  # noqa: FBT001
    if name in item:
        yield from record_text({name: item[name]}).splitlines()
    elif field.is_required():
        yield from _comment("", field)
        yield f"{name}:"
    elif is_bare:
        yield from _comment(name, field)


def _comment(name: str, field: FieldInfo, *, is_blank: bool = True) -> Iterator[str]:
    """What a field is, with its choices if they fit on the line; types of sources below it, in words."""
    words = "required, " if field.is_required() else ""
    options = choices(field.annotation)
    said = f"{words}{field.description}" + (f": {' | '.join(options)}" if len(options) in CHOICES_SHOWN else "")
    yield f"# {name}: {said}" if name else f"# {said}"
    if is_blank and len(options) > CHOICES_SHOWN.stop:
        yield from textwrap.wrap(", ".join(explained(options)), _COLUMNS, initial_indent="#   ",
                                 subsequent_indent="#   ", break_on_hyphens=False)  # fmt: skip


def explained(options: Sequence[str]) -> list[str]:
    """Choices; types of sources, of which there are many, with an explanation where the name does not say enough."""
    if len(options) < CHOICES_SHOWN.stop:
        return list(options)
    words = Group("source_type")
    more = {"article": "preprint", "broadcast": "radio, television, podcast", "post": "on a social network"}
    said = {one: more.get(one) or words.get(one, "") for one in options}
    return [f"{one} ({text})" if text and text != one.replace("_", " ") else one for one, text in said.items()]
