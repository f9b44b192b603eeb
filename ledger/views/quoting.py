"""What became of a quote, for readers: found or not, where, and how anybody can look.

In: the key of a quote, as in `Analysis.quotes`. Out: a sentence, the words in their place, the hash of the text, and
an address that opens the live page at the words.
"""

from collections.abc import Mapping

from ledger import texts
from ledger.analysis.quotes import AROUND, Verdict
from ledger.context import PageContext
from ledger.dates import parse_date
from ledger.views import View

BESIDE = 90
"""So many characters of the text are shown on either side of a quote beside what it shows."""


def view_quote(context: PageContext, key: str) -> View | None:
    """The verdict on a quote, an ellipsis where the text goes on; nothing where there is no quote."""
    found = context.analysis.quotes.get(key)
    if found is None:
        return None
    short = "exact" if found.verdict == "normalised" else found.verdict
    days = {"captured": _day(found.captured), "recorded": _day(found.recorded)}
    return View(
        found=found,
        said=_said(found, days),
        before=f"…{found.before}" if (found.start or 0) > len(found.before) else found.before,
        after=f"{found.after}…" if len(found.after) == AROUND else found.after,
        # The verdict in a few words.
        in_short=texts.say(f"quote_short.{short}", **days),
    )


def words_beside(found: Verdict) -> tuple[str, str]:
    """The words before a quote and after it, as far as the text is kept, an ellipsis where they are cut."""
    before, after = " ".join(found.before.split()), " ".join(found.after.split())
    if len(before) > BESIDE:
        before = "… " + before[-BESIDE:].partition(" ")[2]
    if len(after) > BESIDE:
        after = after[:BESIDE].rpartition(" ")[0] + " …"
    return before, after


def _said(found: Verdict, days: Mapping[str, str]) -> str:
    form = "text-not-kept" if found.verdict == "no-snapshot" and found.sha256 else found.verdict
    foldings = [texts.say(f"folding.{name}") for name in found.foldings]
    return texts.say(f"quote_check.{form}", line=found.line, foldings=foldings, **days)


def _day(text: str | None) -> str:
    return texts.day(parse_date(text)) if text else ""
