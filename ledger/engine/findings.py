"""What a run finds: put together from all checks, and what is wrong with the links of the site.

In: findings as plain values, and what is known of tasks. Out: Findings. Links are followed again only where it may
matter.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from ledger import checks
from ledger.checks.rendered import broken_link, duplicate_anchor, rendered_site
from ledger.diagnostics import Diagnostic, from_row
from ledger.engine.state import State
from ledger.engine.tasks import PAGES, Site
from ledger.engine.traces import Trace, Traces
from ledger.loading import READING_CHECKS


@dataclass(slots=True)
class Findings:
    """What checks found, put together: what each looked at, and what was excused."""

    problems: list[Diagnostic] = field(default_factory=list)
    examined: dict[str, int | None] = field(default_factory=dict)
    excused: list[tuple[Diagnostic, str, str]] = field(default_factory=list)

    def add_all(self, values: Iterable[Mapping[str, Any]]) -> None:
        """The same of several."""
        for value in values:
            self.add(value)

    def add(self, value: Mapping[str, Any]) -> None:
        """Put the findings of some checks, as plain values, to the others."""
        self.problems += [from_row(row) for row in value["problems"]]
        self.excused += [(from_row(row), why, until) for row, why, until in value["excused"]]
        for name, count in value["examined"].items():
            before = self.examined.get(name, 0)
            self.examined[name] = None if count is None or before is None else before + count


def found_while_reading(state: State) -> Findings:
    """What reading the content found."""
    count = len(state.reading.files) + len(state.reading.known) + len(state.reading.failed)
    return Findings(list(state.problems), dict.fromkeys(READING_CHECKS, count))


def findings_of_links(
    site: Site, addresses: Sequence[str], kept: Traces, before: Traces, addresses_before: Collection[str]
) -> Mapping[str, Any]:
    """What is wrong with the links of the site, given what the run before knew of tasks, and its addresses.

    Links that led somewhere do so still, unless an address or an anchor is gone, or a file that anybody could link into
    is a page with anchors now: what may lead there is followed again. All are counted, since the checks are not asked
    about those of which it is known that they lead somewhere.
    """
    pages = {key: trace for key, trace in kept.tasks.items() if key.startswith(PAGES)}
    new = {key: trace for key, trace in pages.items() if before.tasks.get(key) is not trace}
    known = {*addresses_before}
    moved = known.difference(addresses) | known.intersection(_first_pages(before, new))
    gone = {(one, "") for one in moved} | _gone_anchors(kept, before, new)
    if gone:
        new |= _leading_to(gone, kept, pages)
    links, others = kept.page_links(*new.values()), partial(_anchors, kept)
    found = checks.of_site(rendered_site(site.whole, addresses, links, others, base_url=site.base_url))
    counts = [kept.count_links(trace) for trace in pages.values()]
    for at, check in enumerate((broken_link, duplicate_anchor)):
        found["examined"][check.id] = sum(count[at] for count in counts)
    return found


Place = tuple[str, str]
"""A page or other file, and an anchor there; the empty text for none."""


def _first_pages(before: Traces, new: Mapping[str, Trace]) -> set[str]:
    """The pages that were not made before."""
    return {page for key, trace in new.items() if key not in before.tasks for page in trace.pages}


def _gone_anchors(kept: Traces, before: Traces, new: Collection[str]) -> set[Place]:
    """The anchors that pages had and have no more."""
    known = [key for key in new if key in before.tasks]
    return {one for key in known for one in _places(before, before.tasks[key]) - _places(kept, kept.tasks[key])}


def _places(kept: Traces, trace: Trace) -> set[Place]:
    return {(page, one) for page in trace.pages for one in kept.anchors(page)}


def _leading_to(gone: Iterable[Place], kept: Traces, pages: Mapping[str, Trace]) -> dict[str, Trace]:
    """The pages with a link that may lead to one of some places, since it names a file like theirs."""
    named = {(_name(address), anchor) for address, anchor in gone}
    last = {"", ".", "..", *(name for name, _ in named)}
    like = [
        (number, word)
        for number, word in enumerate(kept.words)
        if word.partition("#")[0].rpartition("/")[2] in last or "%" in word or "?" in word
    ]
    links = {number for number, word in like if not named.isdisjoint(_ends(word))}
    return {key: trace for key, trace in pages.items() if kept.has_links(trace, links)}


def _ends(link: str) -> tuple[Place, Place]:
    """The name of the file that a link leads to, with no anchor and with its own."""
    path, _, anchor = link.partition("#")
    name = _name(unquote(path.partition("?")[0]))
    return (name, ""), (name, unquote(anchor))


def _name(path: str) -> str:
    return (normpath(path) if path.endswith(("/", ".")) else path).rpartition("/")[2]


def _anchors(kept: Traces, page: str) -> frozenset[str] | None:
    trace = kept.tasks.get(PAGES + page)
    return kept.anchors(page) if trace and page in trace.pages else None
