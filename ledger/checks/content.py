"""Checks of the content as a whole: there is something to publish, and nothing is written that is no longer read."""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.checks.checking import Finding, check, settings
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.records import KINDS, Claim
from ledger.settings import Site
from ledger.yamlnodes import FieldPath

MOVED: Mapping[FieldPath, str] = {
    ("profile", "apart_times"): "comparison: {{apart_times: {}}}",
    ("profile", "agreement", "search_periods"): "search_periods: {}",
}
"""Settings that stood in an old profile: where each stands now."""


@check("missing-site", Level.ERROR, items=lambda _: ("site.yml",), of="ledger", excusable=False)
def missing_site(ledger: Ledger, item: str) -> Iterator[Finding]:
    """A ledger has a `site.yml`."""
    if ledger.site is None and not any(path.casefold().startswith("site.") for path in ledger.failed):
        hint = "make one with the lines `format: 1` and `title: …`"
        yield Finding(Span(item), "the content folder has no site.yml", hint)


@check("empty-ledger", Level.ERROR, items=lambda _: (".",), of="ledger", excusable=False)
def empty_ledger(ledger: Ledger, item: str) -> Iterator[Finding]:
    """There is a record to publish, or one that failed: an empty site never replaces a full one."""
    cards = [card for kind in KINDS for id_ in ledger.members(kind.name) if (card := ledger.card(id_))]
    if all(card.draft for card in cards) and not ledger.failed - {"site.yml"}:
        hint = "all are drafts: remove `draft: true` from one, or add one" if cards else "add a record"
        yield Finding(Span(item), "there is no record to publish", f"{hint}: `ledger new controversy ID`")


@check("no-longer-read", Level.WARNING, kinds=(Claim,), others=settings)
def no_longer_read(_: Ledger, item: Record[Any]) -> Iterator[Finding]:
    """Nothing is left of an earlier method of rating: weights of the site, and outcomes in words of one's own."""
    if is_a(item, Site):
        yield from _old_settings(item)
    resolution = item.fields.resolution if is_a(item, Claim) else None
    if resolution and resolution.outcome and resolution.held is None:
        message = "only `held` and `failed` decide a prediction; these words change nothing"
        hint = "write one of the two, or put the words into `body` and leave `outcome` out until it is known"
        yield Finding(item.span("resolution", "outcome"), message, hint)


@check("same-as-changed", Level.WARNING, kinds=(Claim,))
def same_as_changed(_: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """A claim of another ledger that says the same was not changed since an editor found it so."""
    for at, one in enumerate(item.fields.same_as):
        if one.latest and one.latest != one.hash:
            day = f" on {one.seen.text}" if one.seen else ""
            message = f"the claim there was changed: its hash was {one.latest}{day}"
            hint = f"read it; if the two still say the same, write `hash: {one.latest}`, else take this entry out"
            yield Finding(item.span("same_as", at, "hash"), message, hint)


def _old_settings(site: Record[Site]) -> Iterator[Finding]:
    """The weights as one, and each setting that has another place now."""
    written = site.fields.profile
    if written is None:
        return
    agreement = written.get("agreement")
    inner = agreement if isinstance(agreement, dict) else {}
    values: dict[FieldPath, Any] = {("profile", name): value for name, value in written.items()}
    values |= {("profile", "agreement", name): value for name, value in inner.items()}
    moved = [path for path in values if path in MOVED]
    if len(moved) < len(values) - bool(inner) or not values:
        hint = "remove it; what can be chosen is under `strip`, `comparison` and `search_periods`, see docs/method.md"
        message = "ratings have no weights any more, so `profile` changes nothing"
        yield Finding(site.document.key_span(("profile",)), message, hint)
    for path in moved:
        hint = f"write `{MOVED[path].format(values[path])}` in site.yml, and remove the line here"
        yield Finding(site.document.key_span(path), f"`{path[-1]}` has another place now", hint)
