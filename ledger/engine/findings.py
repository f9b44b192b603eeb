"""What a run finds: put together from all checks, and what is wrong with the links of the site.

In: findings as plain values, and what is known of tasks. Out: Findings. Links are followed again only where it may
matter.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any
from urllib.parse import unquote

from ledger import checks
from ledger.analysis.lazy import Lookup
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
    site: Site, addresses: Sequence[str], kept: Traces, before: Traces, *, are_as_before: bool
) -> Mapping[str, Any]:
    """What is wrong with the links of the site; `before` is what the run before knew of tasks.

    Links that led somewhere do so still, unless an address or an anchor is gone: then all are followed again.
    """
    pages = {key: trace for key, trace in kept.tasks.items() if key.startswith(PAGES)}
    new = {key: trace for key, trace in pages.items() if before.tasks.get(key) is not trace}
    if not are_as_before or _may_miss(kept, before, new):
        new = pages
    links = {page: found for trace in new.values() for page, found in kept.page_links(trace).items()}
    all_pages = [page for trace in pages.values() for page in trace.pages]
    rendered = rendered_site(site.whole, addresses, links, base_url=site.base_url)
    found = checks.of_site(replace(rendered, anchors=Lookup(cache(partial(_anchors, kept)), lambda: all_pages)))
    old = [kept.count_links(trace) for key, trace in pages.items() if key not in new]
    for at, check in enumerate((broken_link, duplicate_anchor)):
        found["examined"][check.id] += sum(counts[at] for counts in old)
    return found


def _may_miss(kept: Traces, before: Traces, new: Collection[str]) -> bool:
    """Whether a page may lead to an anchor that is gone."""
    known = [key for key in new if key in before.tasks]
    gone = {one for key in known for one in _places(before, before.tasks[key]) - _places(kept, kept.tasks[key])}
    anchors = {place.partition("#")[2] for place in gone}
    return bool(gone) and any(_leads_to(gone, anchors, word) for word in kept.words)


def _places(kept: Traces, trace: Trace) -> set[str]:
    """The anchors of a task's pages, each behind the name of its page's file."""
    return {f"{_name(page)}#{one}" for page, found in kept.page_links(trace).items() for one in found.anchors}


def _leads_to(places: Collection[str], anchors: Collection[str], link: str) -> bool:
    path, _, anchor = (unquote(link) if "%" in link else link).partition("#")
    return anchor in anchors and f"{_name(path)}#{anchor}" in places


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _anchors(kept: Traces, page: str) -> frozenset[str] | None:
    trace = kept.tasks.get(PAGES + page)
    return frozenset(kept.page_links(trace)[page].anchors) if trace and page in trace.pages else None
