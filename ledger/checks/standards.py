"""Checks of what others have rules for: addresses that follow nobody, tags of languages, names of licences."""

import re
from collections.abc import Iterator
from typing import Any

from ledger.checks.bodies import texts_in
from ledger.checks.checking import Finding, check, settings
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.identifiers import without_tracking
from ledger.language_tags import language_tag, tag_problem
from ledger.licences import is_licence, nearest_licence
from ledger.loading import Record, is_a
from ledger.records import Source
from ledger.settings import Site
from ledger.yamlnodes import FieldPath

EXACT = frozenset(("archive_url", "quote", "quote_prefix", "quote_suffix", "query", "search_words"))
"""Fields whose characters are somebody else's, or are no words."""
_ADDRESS = re.compile(r"https?://[^\s<>\[\]\"`]++")
Text = tuple[Record[Any], FieldPath, str]


def _with_address(_: Ledger, record: Record[Any]) -> Iterator[Text]:
    """Every field in which there is an address with a parameter."""
    for path, text in texts_in(record):
        if "://" in text and "=" in text and EXACT.isdisjoint(path):
            yield record, path, text


@check("tracking-parameter", Level.WARNING, items=_with_address, others=settings)
def tracking_parameter(_: Ledger, item: Text) -> Iterator[Finding]:
    """No address tells a site where its reader came from, or who that is."""
    record, path, text = item
    for found in _ADDRESS.finditer(text):
        written = found[0].rstrip(".,;:!?)") if path == ("body",) else found[0]
        clean = without_tracking(written)
        if clean != written:
            span = record.document.inner_span(path, written, text.count(written, 0, found.start()))
            yield Finding(span, "this address has parameters that only follow readers", f"write {clean}")


def _language(_: Ledger, record: Record[Any]) -> Iterator[tuple[Record[Any], str]]:
    """The language that a source or the site says it is in."""
    if (is_a(record, Source) or is_a(record, Site)) and record.fields.language:
        yield record, record.fields.language


@check("bad-language", Level.WARNING, items=_language, others=settings)
def bad_language(_: Ledger, item: tuple[Record[Any], str]) -> Iterator[Finding]:
    """A language is named by its tag: browsers, screen readers and citation programs go by that."""
    record, written = item
    if why := tag_problem(written):
        hint = f"write {tag}" if (tag := language_tag(written)) else "write its tag: en, de, pt-BR, zh-Hant"
        yield Finding(record.span("language"), why, hint)


def _licence(ledger: Ledger) -> Iterator[tuple[Record[Site], str]]:
    """The licence of the content, if it has one."""
    if ledger.site and ledger.site.fields.licence:
        yield ledger.site, ledger.site.fields.licence


@check("bad-licence", Level.WARNING, items=_licence, of="ledger")
def bad_licence(_: Ledger, item: tuple[Record[Site], str]) -> Iterator[Finding]:
    """A licence has an identifier that programs know, or an address."""
    site, written = item
    if not is_licence(written):
        near = nearest_licence(written)
        hint = (
            f"write {near}" if near else "write its SPDX identifier, CC-BY-4.0, its address, or LicenseRef- and a name"
        )
        yield Finding(site.span("licence"), f"'{written[:80]}' is not the identifier of a licence", hint)
