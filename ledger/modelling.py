"""How records are modelled: the base of every kind, and the parts that several kinds have.

In: plain data with every scalar as text. Out: values that are never changed again. `exclude_unset` gives back exactly
the fields that were written.
"""

from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from ledger import vocabulary
from ledger.fields import LIST_LENGTH, Body, Date, Flag, Id, Line, Number, Reference, Text

FORMAT = "1"
"""The version of the record format that this program reads."""


def needs(description: str) -> Any:
    """A required field."""
    return Field(description=description)


def may(description: str) -> Any:
    """A field that may be left out."""
    return Field(default=None, description=description)


def lists(description: str) -> Any:
    """A list that may be left out."""
    return Field(default=(), description=description, max_length=LIST_LENGTH)


def preset(value: str, description: str) -> Any:
    """A setting that has a value when it is left out."""
    return Field(default=Decimal(value), description=f"{description}; {value} unless given")


_WRITTEN: dict[frozenset[str], set[str]] = {}


def _shared(written: set[str]) -> set[str]:
    return _WRITTEN.setdefault(frozenset(written), written)


class Model(BaseModel):
    """The base of every part of a record: frozen, with no field that it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, hide_input_in_errors=True, defer_build=True)

    def model_post_init(self, _: Any) -> None:
        """Share with others the set of the fields that were written: there are few, and each takes much room."""
        object.__setattr__(self, "__pydantic_fields_set__", _shared(self.model_fields_set))


def fields_in(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the names under which records have them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


class Withdrawal(Model):
    """Why a record was withdrawn; its page stays."""

    date: Date = needs("when it was withdrawn")
    why: Text = needs("the reason, for readers")
    merged_into: Reference | None = may("the record that says it now")


class CheckException(Model):
    """A check that this record breaks for a reason."""

    check: Line = needs("the id of the check")
    why: Text = needs("the reason")
    until: Date | None = may("when the exception ends")


class Common(Model):
    """What every kind may have."""

    body: Body | None = may("longer text, in Markdown")
    tags: tuple[Line, ...] = Field(default=(), description="words by which readers find it", max_length=50)
    search_words: tuple[Line, ...] = Field(
        default=(),
        description="what readers may type to find it, where its page has other words; not shown",
        max_length=50,
    )
    added: Date | None = may("when it entered the ledger")
    updated: Date | None = may("when it last changed in substance")
    former_ids: tuple[Id, ...] = lists("ids it had before; they stay as redirects")
    draft: Flag | None = may("`true` while it is checked and listed but not published")
    withdrawn: Withdrawal | None = may("set when the record is withdrawn")
    note: Text | None = may("for editors; not published")
    exceptions: tuple[CheckException, ...] = lists("checks that this record breaks for a reason")


class Assessment(Model):
    """An editor's rating; the list only ever grows."""

    rating: vocabulary.Rating = needs("how sure")
    by: Reference = needs("the editor who rated, as listed in site.yml")
    date: Date = needs("when")
    why: Text = needs("the reason, for readers")
    diverges_because: Text | None = may("why it differs from the computed verdict")


class Hit(Model):
    """What a search found, and what became of it."""

    source: Reference = needs("the source that was found")
    became: Reference | Literal["dropped"] = needs("the evidence item that it became, as `claim/e1`, or `dropped`")
    why: Text | None = may("why it was dropped")


class Search(Model):
    """What was looked for, also when nothing was found."""

    date: Date = needs("when")
    by: Reference = needs("the editor who searched, as listed in site.yml")
    for_: Text = Field(alias="for", description="what was looked for")
    where: tuple[Line, ...] = Field(description="the places searched", min_length=1, max_length=LIST_LENGTH)
    query: Line | None = may("the words typed")
    found: Number = needs("how many hits mattered")
    kept: tuple[Reference, ...] = lists("the sources kept")
    side: Literal["for", "against"] | None = may("which side of the claim was looked for: evidence for or against it")
    hits: tuple[Hit, ...] = lists("what became of each hit")
