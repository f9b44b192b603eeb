"""What a link leads to, in a few words: small script files that `static/previews.js` loads when a reader asks.

In: a Ledger. Out: `previews/<folder>-<letter>.js`, the records of a kind whose ids begin with the letter, each with
its kind, title and text. Scripts, since a page that is opened from disk may load nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from ledger import citations, urls, words
from ledger.analysis import Analysis
from ledger.exports.strict_json import compact
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import KINDS
from ledger.views.viewing import Viewing

LENGTH = 280
"""How many characters of a title or text a preview shows."""


def previews(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """Every file of previews."""
    for kind in KINDS:
        if kind.name in TEXTS:
            by_id = sorted(ledger.of_kind(kind.name), key=lambda record: record.id)
            for letter, records in groupby(by_id, key=lambda record: record.id[0]):
                cards = {record.id: card(ledger, analysis, record) for record in records}
                text = f"ledgerPreviews({compact(kind.folder)},{compact(cards)});\n"
                yield OutFile(f"previews/{kind.folder}-{letter}.js", text.encode("utf-8"))


def card(ledger: Ledger, analysis: Analysis, record: Record) -> tuple[str, str, str]:
    """What the record is, its title and its text, as plain words."""
    viewing = Viewing(ledger, urls.of_record(record), analysis)
    what, text = TEXTS[record.kind.name](record)
    kind = words.KINDS[record.kind.name][0]
    return f"{kind} · {what}" if what else kind, shortened(viewing.plain(record.title)), shortened(viewing.plain(text))


def shortened(text: str) -> str:
    """The text, cut after a word with an ellipsis where it is too long."""
    if len(text) <= LENGTH:
        return text
    cut = text[: LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—") + "…"


def _rated(record: Record) -> str:
    ratings = record.fields.assessments
    return f"{words.RATINGS[ratings[-1].rating]}: {ratings[-1].why}" if ratings else words.NOT_RATED


def _claim(record: Record) -> tuple[str, str]:
    return words.CLAIM_TYPES[record.fields.type], _rated(record)


def _source(record: Record) -> tuple[str, str]:
    fields = record.fields
    return words.TIERS[fields.tier], f"{citations.label(fields)}. {fields.summary or ''}".strip()


TEXTS: Mapping[str, Callable[[Record], tuple[str, str]]] = {
    "position": lambda record: (record.fields.letter, _rated(record)),
    "claim": _claim,
    "source": _source,
    "proponent": lambda record: (record.fields.type, record.fields.summary or ""),
    "term": lambda record: ("", record.fields.definition),
}
"""Kinds that have previews, and what stands there beside the title."""
