"""One source from an identifier: a DOI, an arXiv number, an ISBN, a PubMed number or an address, however it is written.

In: what an editor pasted, and what is known of the work as CSL-JSON. Out: the identifier in its own form; the source
that has it already; the path and text of a new source. ValueError says why there is none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote

from ledger.bibliography import FIELDS
from ledger.checks.bad_identifier import FORMS
from ledger.editing.answers import filled
from ledger.editing.new import kind_named
from ledger.files import Reading, TextFile
from ledger.identifiers import ARXIV_DOI, WAYS_IN, after, without_version
from ledger.importers.cleaning import is_address
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import Draft, ForeignFile, Gap, Imported, Run
from ledger.importers.matching import identity
from ledger.importers.planning import make_plan
from ledger.loading import Record, load_records
from ledger.naming import nearest_id

_CSL_NAMES = {field: name for name, field in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Identifier:
    """What names a work: the field of a source that it stands in, and the value as it stands there."""

    field: str
    value: str

    @property
    def fields(self) -> dict[str, str]:
        """The identifier as a source's field."""
        return {self.field: self.value}


def read_identifier(text: str) -> Identifier:
    """The identifier that a text is. ValueError when it is none."""
    written = text.strip().strip("<>")
    for field in WAYS_IN:
        if found := _formed(field, after(field, written)):
            return found
    for field in ("doi", "arxiv", "isbn"):
        if found := _formed(field, written):
            return found
    if is_address(written):
        return Identifier("url", written)
    if _like_isbn(after("isbn", written) or written, named=bool(after("isbn", written))):
        raise ValueError(
            f"'{text}' is no ISBN, though it looks like one: its check digit is wrong, so look it up again"
        )
    hint = "a number alone may be many things: write it as PMID: 31452104" if written.isdigit() else ""
    hint = hint or "write a DOI (10.…/…), an arXiv number, an ISBN, PMID: and a number, or an address with https://"
    raise ValueError(f"'{text}' is no identifier of a work: {hint}")


def _like_isbn(text: str, *, named: bool) -> bool:
    """Whether a text has the form of an ISBN; ten digits and nothing else may be many things."""
    digits = re.sub("[ -]", "", text)
    return re.fullmatch(r"97[89]\d{10}", digits) is not None or (
        re.fullmatch(r"\d{9}[\dXx]", digits) is not None and (named or not text.isdigit())
    )


def _formed(field: str, text: str) -> Identifier | None:
    """The identifier in its own form, if it has that: without a version, a query or what else an address carries."""
    value = text.strip()
    if field == "doi":
        value = unquote(value).partition("?")[0].partition("#")[0].rstrip("/.,;")
        if value.casefold().startswith(ARXIV_DOI):
            return _formed("arxiv", value[len(ARXIV_DOI) :])
    elif field == "arxiv":
        value = without_version(value.split(" ")[0])
    elif field == "pmid":
        value = value.strip("/")
    return Identifier(field, value) if FORMS[field][1](value) else None


def standing(reading: Reading, identifier: Identifier) -> Record | None:
    """The source that has the identifier already, in this form or another."""
    wanted = set(identity(identifier.fields))
    loaded = load_records(reading.files, reading.failed, reading.kept)
    sources = (record for record in loaded.records.values() if record.kind.name == "source")
    return next((record for record in sources if wanted & set(identity(record.authored()))), None)


def chosen(data: bytes, path: str, identifier: Identifier, day: date) -> Imported:
    """The item of some CSL-JSON that the identifier names, or its only one. ValueError when there is none."""
    made = read_csl_json(ForeignFile(path, data), Run(day))
    wanted = set(identity(identifier.fields))
    fitting = [draft for draft in made.drafts if wanted & set(identity(draft.fields))]
    unnamed = [draft for draft in made.drafts if not _named_otherwise(draft, identifier)]
    found = fitting or (unnamed if len(made.drafts) == 1 else [])
    if not found:
        why = made.problems[0].message if made.problems else f"no item has {identifier.field} {identifier.value}"
        raise ValueError(f"{path}: {why}")
    gaps = [gap for gap in made.gaps if gap.where == found[0].where]
    return Imported(drafts=found[:1], gaps=gaps)


def _named_otherwise(draft: Draft, identifier: Identifier) -> bool:
    """Whether an item has another identifier of the same sort: then it is another work."""
    return identifier.field != "url" and identifier.field in draft.fields


def new_source(
    reading: Reading, identifier: Identifier, made: Imported, id_: str = ""
) -> tuple[TextFile, tuple[Gap, ...]]:
    """The file of a source and what of its metadata was left out or guessed. ValueError when it would not hold."""
    draft = made.drafts[0]
    fields = {**draft.fields, **{name: value for name, value in identifier.fields.items() if name not in draft.fields}}
    wish = id_ or draft.wish
    draft = Draft("source", draft.key, draft.where, fields, draft.said, wish=wish)
    plan = make_plan(Imported(drafts=[draft], gaps=made.gaps), reading.files, reading.failed)
    if not plan.files:
        raise ValueError(plan.outcomes[0].why or f"sources/{plan.outcomes[0].id} is the same work")
    file = plan.files[0]
    if id_ and not file.path.startswith(f"sources/{id_}."):
        raise ValueError(f"the id '{id_}' cannot be had: {file.path.split('/')[1].rpartition('.')[0]} could")
    return TextFile(file.path, file.data.decode("utf-8")), plan.gaps


def plain_id(identifier: Identifier) -> str:
    """An id for a work of which only the identifier is known."""
    value = re.sub(r"^https?://(www\.)?", "", identifier.value)
    return nearest_id(value if identifier.field == "url" else f"{identifier.field}-{value}") or "source"


def empty_source(identifier: Identifier) -> str:
    """The skeleton of a source with its identifier filled in."""
    return filled(kind_named("source"), identifier.fields)


def csl_of(identifier: Identifier, item: Mapping[str, Any]) -> bytes:
    """One CSL-JSON item as a file of them, with the identifier that it was asked by."""
    name = _CSL_NAMES.get(identifier.field)
    named = {**item, **({name: identifier.value} if name else {"number": f"arXiv:{identifier.value}"})}
    return json.dumps([named]).encode()
