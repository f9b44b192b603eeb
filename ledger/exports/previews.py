"""What a link leads to, in a few words: small script files that `static/previews.js` loads when a reader asks.

In: a Ledger. Out: `previews/<folder>-<letter>.js`, the records of a kind whose ids begin with the letter, each with
its kind, title and text. Scripts, since a page that is opened from disk may load nothing else.
"""

from collections.abc import Callable, Iterator, Mapping

from ledger import citations, urls, words
from ledger.analysis import Analysis
from ledger.exports.strict_json import compact
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Kind
from ledger.views.viewing import Viewing

LENGTH = 280
"""How many characters of a title or text a preview shows."""


def letters(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The letters with which the ids of a kind that has previews begin."""
    return tuple(sorted({id_[0] for id_ in ledger.members(kind.name)})) if kind.name in TEXTS else ()


def address(kind: Kind, letter: str) -> str:
    """Where the previews of a kind's records with a letter are."""
    return f"previews/{kind.folder}-{letter}.js"


def preview(ledger: Ledger, analysis: Analysis, kind: Kind, letter: str) -> Iterator[OutFile]:
    """One file of previews."""
    ids = (id_ for id_ in ledger.members(kind.name) if id_.startswith(letter))
    cards = {id_: card(ledger, analysis, ledger.records[id_]) for id_ in ids}
    text = f"ledgerPreviews({compact(kind.folder)},{compact(cards)});\n"
    yield OutFile(address(kind, letter), text.encode("utf-8"))


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
