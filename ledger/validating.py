"""One document against its kind's model: the fields, or every problem in our words and at its place.

In: a document and its kind. Out: frozen fields, or findings; pydantic finds them all at once, and what it says of each
is looked up in two tables here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ledger.diagnostics import Diagnostic, Span, did_you_mean, error
from ledger.documents import Document
from ledger.modelling import FORMAT, Common, fields_in
from ledger.other_names import NONE, as_group, nothing_there, other_name, other_word
from ledger.records import Kind, OwnTexts, Snapshot
from ledger.yamlnodes import FieldPath

SHOWN, SHORT = 12, 60
"""So many words are named from which one is to be chosen, and so many characters of a text are shown in a hint."""


def validate(kind: Kind, document: Document) -> tuple[Common | Snapshot | OwnTexts | None, list[Diagnostic]]:
    """Check the data against the kind's model: the fields, or every problem with its place."""
    unknown = list(_empty_unknown_fields(kind.model, document)) if document.nodes.leaves_out else []
    try:
        return kind.model.model_validate(document.data), unknown
    except ValidationError as problem:
        details = problem.errors(include_url=False)
        found = [(detail["type"], _explain(kind.model, document, detail)) for detail in details]
        return None, [*unknown, *_without_echoes(_one_of_each(found))]


def _empty_unknown_fields(model: type[BaseModel], document: Document) -> Iterator[Diagnostic]:
    """Fields that no record has, written without a value: the data do not show them."""
    for path in document.nodes.keys:
        if value_at(document.data, path) is not None:
            continue
        known = known_fields(model, path[:-1])
        if known and path[-1] not in known:
            yield _unknown_field(_Finding(model, document, path, {}, ""))


def _one_of_each(found: Sequence[tuple[str, Diagnostic]]) -> Iterable[Diagnostic]:
    """One mistake once, where a field takes certain words or others: what is wrong with the others is said."""
    told = {problem.span for type_, problem in found if type_ != "literal_error"}
    return dict.fromkeys(problem for type_, problem in found if type_ != "literal_error" or problem.span not in told)


def _without_echoes(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """One mistake once: a field that is missing because its name is misspelt is not reported as missing too."""
    listed = list(found)
    meant = {problem.hint for problem in listed if problem.check == "unknown-field"}
    return [
        problem
        for problem in listed
        if problem.check != "missing-field" or not any(f"'{problem.message.split('`')[-2]}'?" in one for one in meant)
    ]


class _Finding(NamedTuple):
    """One of pydantic's findings and where it stands in the data."""

    model: type[BaseModel]
    document: Document
    path: FieldPath
    context: Mapping[str, Any]
    words: str

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else "record"

    @property
    def label(self) -> str:
        """The field as messages name it; an item of a list by its number."""
        if self.path and isinstance(self.path[-1], int):
            return f"entry {self.path[-1] + 1} of `{self.path[-2]}`"
        return f"`{self.name}`"

    @property
    def value(self) -> Any:
        return value_at(self.document.data, self.path)

    @property
    def span(self) -> Span:
        return self.document.span(self.path)

    @property
    def raw(self) -> str:
        return self.document.lines.text[slice(*self.document.nodes.values.get(self.path, (0, 0)))]


def _explain(model: type[BaseModel], document: Document, detail: ErrorDetails) -> Diagnostic:
    """One of pydantic's findings in our words, at its place in the file."""
    context = detail.get("ctx", {})
    path = _field_path(document.data, detail["loc"], is_missing=detail["type"] == "missing")
    finding = _Finding(model, document, path, context, detail["msg"])
    if detail["type"] in _EXPLANATIONS:
        return _EXPLANATIONS[detail["type"]](finding)
    if detail["type"] in _WRONG_TYPES:
        return _wrong_type(finding, _WRONG_TYPES[detail["type"]])
    return error(detail["type"], finding.span, f"{finding.label}: {finding.words}", str(context.get("hint", "")))


def _missing(at: _Finding) -> Diagnostic:
    span = at.document.key_span(at.path)
    if at.path in at.document.nodes.keys:
        hint = f"write its value after `{at.name}:`{_choice(at)}"
        return error("missing-field", span, f"`{at.name}` is empty", hint)
    inside = at.path[-2] if len(at.path) > 1 else None
    where = f"`{inside}`" if isinstance(inside, str) else "this record" if inside is None else "this entry"
    words = words_of(at.model, at.path)
    line = f"add a line `{at.name}: {words[0] if len(words) == 1 else '…'}`"
    return error("missing-field", span, f"{where} needs the field `{at.name}`", line + _choice(at))


def _choice(at: _Finding) -> str:
    """What a field may be, where that is one of few words, or a word in place of a list."""
    words, field = words_of(at.model, at.path), field_at(at.model, at.path)
    if 1 < len(words) <= SHOWN:
        return f"; it is one of: {', '.join(words)}"
    is_list_or_word = field is not None and part_of(field) and "unknown" in str(field.annotation)
    return "; it is a list, or the word `unknown`" if is_list_or_word else ""


def _unknown_field(at: _Finding) -> Diagnostic:
    known = known_fields(at.model, at.path[:-1])
    model = model_at(at.model, at.path[:-1])
    hint = (model and other_name(model, at.name)) or did_you_mean(at.name, known)
    hint = hint or f"the fields here are: {', '.join(known)}"
    if at.path == ("id",):
        hint = "a record's id is the name of its file: remove the line"
    return error("unknown-field", at.document.key_span(at.path), f"there is no field `{at.name[:80]}` here", hint)


def _wrong_type(at: _Finding, wanted: str) -> Diagnostic:
    is_now = "text" if isinstance(at.value, str) else "a list" if isinstance(at.value, list) else "a group of fields"
    hint = _TYPE_HINTS[wanted]
    if at.raw[:1] in ("[", "{") and wanted == "text":
        hint = "put the value in quotes if the bracket belongs to the text"
        if linked := _LINK.match(at.document.lines.text, at.document.nodes.values[at.path][0]):
            hint = f"write `{at.name}: {linked[1]}` if it is an id; {hint}"
    elif isinstance(at.value, str) and wanted != "text":
        hint = _from_text(at, wanted) or hint
    return error("wrong-type", at.span, f"{at.label} should be {wanted}, but this is {is_now}", hint)


_WITH_COMMAS = re.compile(r"[^\s,]++(?:,[ ]*+[^\s,]++)+")
_LINK = re.compile(r"\[\[([a-z0-9/-]+)(?:\|[^\]\n]*)?\]\]")
_MARK = re.compile(r"\A[-*\u2010-\u2015\u2022\u2023\u2043\u2212\u00b7]+[ ]*")
"""What begins an entry of a list, or is taken for that."""


def _from_text(at: _Finding, wanted: str) -> str:
    """How a text becomes what is wanted: an entry of a list, a list, or nothing at all."""
    field = next((str(step) for step in reversed(at.path) if isinstance(step, str)), "")
    words = _MARK.sub("", (at.value if at.raw[:1] in "'\"|>" else at.raw).split("\n")[0].rstrip())[:SHORT]
    if wanted == "a list" and words.casefold().strip(" .") in NONE:
        return nothing_there(field)
    is_entry = bool(at.path) and isinstance(at.path[-1], int)
    if wanted == "a list":
        if inner := model_at(at.model, at.path):
            return as_group(field, inner, words)
        if _WITH_COMMAS.fullmatch(words):
            return f"write `{field}: [{words}]`, or each on a line of its own below the field, after `- `"
        return f"write it on a line of its own below the field, as `- {words}`"
    return as_group(field, model_at(at.model, at.path), words) if is_entry else ""


def _bad_word(at: _Finding) -> Diagnostic:
    words = re.findall(r"'([^']*)'", str(at.context.get("expected", "")))
    if not isinstance(at.value, str):
        return _wrong_type(at, "text")
    value = at.value[:80]
    if words == ["unknown"]:
        message = f"{at.label} is a list or the word `unknown`, but this is '{value}'"
        return error("wrong-type", at.span, message, _from_text(at, "a list") or _TYPE_HINTS["a list"])
    if at.name == "format":
        message = f"this is format {value}; this program reads format {FORMAT}"
        return error("bad-value", at.span, message, f"write `format: {FORMAT}`, or use a newer program")
    other = other_word(value, words)
    hint = f"did you mean '{other}'?" if other else did_you_mean(value, words) or f"one of: {', '.join(words)}"
    return error("bad-value", at.span, f"{at.label} cannot be '{value}'", hint)


def _too_large(at: _Finding) -> Diagnostic:
    limit, what = at.context.get("max_length", 0), "characters" if isinstance(at.value, str) else "entries"
    message = f"{at.label} has {len(at.value):,} {what}; {limit:,} are the limit"
    return error("too-large", at.span, message, "shorten it, or divide the record")


def _too_short(at: _Finding) -> Diagnostic:
    return error("missing-field", at.span, f"`{at.name}` needs at least one entry", "add one on a line below, as `- …`")


def _bad_form(at: _Finding) -> Diagnostic:
    wanted = _FORMS.get(str(at.context.get("pattern")), f"text of the form {at.context.get('pattern')}")
    return error("bad-value", at.span, f"{at.label} cannot be '{at.value[:80]}'", f"write {wanted}")


_FORMS = {
    "^[A-Z]$": "one capital letter, A to Z",
    "^[0-9a-f]{64}$": "the 64 digits that sha256sum prints, 0-9 and a-f",
}
_TYPE_HINTS = {
    "text": "write it on one line, or after `|` on the lines below",
    "a list": "write each entry on a line of its own below the field, as `- …`",
    "a group of fields": "write its fields below, one a line, as `name: value`",
}


# pydantic's error types; one that is missing in both tables is a check id of ours already
_EXPLANATIONS: Mapping[str, Callable[[_Finding], Diagnostic]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "literal_error": _bad_word,
    "string_too_long": _too_large,
    "too_long": _too_large,
    "too_short": _too_short,
    "string_pattern_mismatch": _bad_form,
}
_WRONG_TYPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a group of fields",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
}


def _field_path(data: Any, location: tuple[str | int, ...], *, is_missing: bool) -> FieldPath:
    """The part of pydantic's location that stands in the data, and the field that is missing there.

    The names of a union's branches, which pydantic puts into locations, drop out.
    """
    path: list[str | int] = []
    for at, step in enumerate(location):
        last = is_missing and at == len(location) - 1
        if isinstance(data, dict) and isinstance(step, str) and (step in data or last):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def value_at(data: Any, path: FieldPath) -> Any:
    """What stands at a place in the data; None when nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def field_at(model: type[BaseModel], path: FieldPath) -> FieldInfo | None:
    """The field at a place in a record; None where there is none, as in a mapping of any names."""
    holder: type[BaseModel] | None = model
    field = None
    for step in (step for step in path if isinstance(step, str)):
        field = fields_in(holder).get(step) if holder else None
        holder = part_of(field) if field else None
    return field


def part_of(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a field's parts, if it has some."""
    return next(models_in(field.annotation), None)


def model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel] | None:
    """The model of the group of fields at a place in a record; None where there is none."""
    field = field_at(model, path)
    return part_of(field) if field else None if path else model


def words_of(model: type[BaseModel], path: FieldPath) -> tuple[str, ...]:
    """The words of which the field at a place takes one; none where it takes others."""
    field = field_at(model, path)
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def known_fields(model: type[BaseModel], path: FieldPath) -> list[str]:
    """The names of the fields that may stand at a place in a record, the kind's own first; none where any may."""
    found = model_at(model, path)
    return sorted(fields_in(found), key=lambda name: name in Common.model_fields) if found else []


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)
