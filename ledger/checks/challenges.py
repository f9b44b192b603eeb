"""Checks of challenges: what was found right was put right, and readers can reach who answers."""

from collections.abc import Iterable, Iterator

from ledger import urls
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level
from ledger.fields import ISSUES
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Challenge
from ledger.settings import Site

UPHELD = ("upheld", "partly-upheld")


@check("upheld-without-effect", Level.WARNING, kinds=(Challenge,))
def upheld_without_effect(_: Ledger, item: Record[Challenge]) -> Iterator[Finding]:
    """A challenge that was right, if only in part, has changed something."""
    ruling = item.fields.resolution
    if ruling and ruling.outcome in UPHELD and not ruling.moved:
        message = f"the challenge was {ruling.outcome.replace('-', ' ')}, and nothing is said to have changed"
        hint = "say in `effect` what was changed, or name the records under `changed`"
        yield Finding(item.span("resolution", "outcome"), message, hint)


def _settings(ledger: Ledger) -> Iterable[Record[Site]]:
    return (ledger.site,) if ledger.site and ledger.site.fields.challenges == ISSUES else ()


@check("nowhere-to-challenge", Level.ERROR, items=_settings, of="ledger", excusable=False)
def nowhere_to_challenge(_: Ledger, item: Record[Site]) -> Iterator[Finding]:
    """Challenges that are to be issues have a repository on GitHub to be made in."""
    if not urls.on_github(item.fields.repository):
        message = "`challenges: issues` needs a `repository` on GitHub"
        hint = "add `repository: https://github.com/OWNER/NAME`, or give a mail address under `challenges`"
        yield Finding(item.span("challenges"), message, hint)
