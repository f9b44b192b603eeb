"""What became of a quote, for readers: found or not, where, and how anybody can look.

In: the key of a quote, as in `Analysis.quotes`. Out: a sentence, the words in their place, the hash of the text, and
an address that opens the live page at the words.
"""

from dataclasses import dataclass

from ledger import words
from ledger.analysis.quotes import AROUND, Verdict
from ledger.context import Viewing
from ledger.dates import parse_date

SHORT = 12
"""So many characters of a hash are enough to tell texts apart by eye."""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """The verdict on a quote."""

    verdict: str
    """As a word for styling."""
    said: str
    before: str
    """What stands around the words, with an ellipsis where the text goes on."""
    passage: str
    """The words as they stand in the text; empty where the text is not kept, or they are not in it."""
    after: str
    sha256: str
    short: str
    """The beginning of the hash, as readers see it."""
    live: str


def view_quote(viewing: Viewing, key: str) -> QuoteView | None:
    """The verdict on a quote; nothing where there is no quote."""
    found = viewing.analysis.quotes.get(key)
    if found is None:
        return None
    foldings = words.listed([words.FOLDINGS[name] for name in found.foldings])
    return QuoteView(
        verdict=found.verdict,
        said=_said(found, foldings),
        before=f"…{found.before}" if (found.start or 0) > len(found.before) else found.before,
        passage=found.passage,
        after=f"{found.after}…" if len(found.after) == AROUND else found.after,
        sha256=found.sha256 or "",
        short=words.QUOTE_CHECK["short"].format(found.sha256[:SHORT]) if found.sha256 else "",
        live=found.link or "",
    )


def _said(found: Verdict, foldings: str) -> str:
    form = "text-not-kept" if found.verdict == "no-snapshot" and found.sha256 else found.verdict
    return words.QUOTE_VERDICTS[form].format(
        captured=_day(found.captured), recorded=_day(found.recorded), line=found.line, foldings=foldings
    )


def _day(text: str | None) -> str:
    return parse_date(text).in_words() if text else ""
