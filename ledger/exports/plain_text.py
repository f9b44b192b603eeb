"""Everything that a record says, as plain words: what full-text search looks through.

In: the ledger as a page sees it, and a record. Out: one text; references stand in it as the words that readers see.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from ledger.edges import VERBATIM
from ledger.exports.columns import texts_of
from ledger.loading import Record
from ledger.records import CheckException
from ledger.views.viewing import Viewing

_texts = cache(texts_of)


def plain_text(viewing: Viewing, record: Record) -> str:
    """All words of a record but its title, one field a line, then its body."""
    said = list(_said(viewing, record.fields, without=("note", record.kind.title_field)))
    return "\n".join([*said, " ".join(viewing.body_words(record.fields.body).split())]).strip()


def _said(viewing: Viewing, part: BaseModel, without: tuple[str, ...] = ()) -> Iterator[str]:
    words = _texts(type(part))
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in without or not value:
            continue
        if isinstance(value, str):
            if name in words:
                yield value if name in VERBATIM else viewing.plain(value)
        else:
            yield from _inside(viewing, value)


def _inside(viewing: Viewing, value: Any) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, BaseModel) and not isinstance(item, CheckException):
            yield from _said(viewing, item)
