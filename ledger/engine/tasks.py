"""What is to be made: every file of the site and every check, as tasks that read one Ledger and nothing else.

In: the Ledgers of a State. Out: tasks by key, each with the addresses of its files, known before anything is made; and
what one gave once it was run. A task is a pure function of what it reads: its files are the same wherever it runs.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import Any, NamedTuple

from jinja2 import Environment

from ledger import bugs, checks, exports, render, texts, urls
from ledger.checks.rendered import PageLinks, links_of
from ledger.diagnostics import Span, as_row
from ledger.edges import owner_id
from ledger.engine.shared_values import SharedValues
from ledger.engine.state import State
from ledger.graph import Computed, Ledger
from ledger.indexing import Index
from ledger.outfile import OutFile
from ledger.pages import Page, Place, site_map
from ledger.slips import slip
from ledger.typography import curly

JSON = "json"
"""The fragment that is a record's own JSON file, the first of its files."""
PAGES, DATA, FILES, CHECKS, WHOLES = "page:", "data:", "file:", "check:", "whole:"
"""How the keys of tasks begin."""
APART = "=drafts:"
"""How the keys of results begin that were computed with drafts where the site is shown without: they may have read
something else than those of the same name."""
PLAN = "plan"
"""Under which key it is noted what was read to name the tasks."""


class Made(NamedTuple):
    """What a task read and gave; without the bytes where a worker has written them."""

    key: str
    reads: frozenset[str]
    files: tuple[OutFile, ...] = ()
    fragments: Mapping[str, bytes] = {}
    value: Any = None
    """What a check found, or why there is no file, as plain values."""


class Task(NamedTuple):
    """One task: the addresses of its files, and how they are made, of what."""

    key: str
    addresses: tuple[str, ...]
    make: Callable[[Any, "Site"], Made]
    of: Any


@dataclass(frozen=True, slots=True)
class Site:
    """All that tasks are made from."""

    whole: Ledger
    """Every record, as it is now: what is checked."""
    shown: Ledger
    """What is shown."""
    base_url: str
    templates: Environment = field(repr=False)
    tasks: Mapping[str, Task] = field(repr=False, default_factory=dict)
    planned: frozenset[str] = frozenset()
    """What was read to name the tasks: they are the same as long as that is."""
    publishes: bool = True
    """Whether files are made that only programs read."""
    shared: SharedValues | None = field(repr=False, default=None)
    """The results that forked workers share."""

    def again(self, name: str) -> str:
        """A compared result as it is now, as JSON; nothing fits where drafts make two of it."""
        return self.shown.again(name) if self.shown is self.whole else ""

    def remember(self, earlier: Callable[[str], Any]) -> None:
        """Let the ledger take values from before a change; where drafts make two ledgers, they may not fit."""
        if self.shown is self.whole:
            self.shown.earlier = earlier

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """Collect the keys of what is read to make files. The public address is always one of them."""
        with self.shown.reading() as reads:
            self.shown.note("setting:base_url")
            yield reads

    def take_traces(self) -> dict[str, Computed]:
        """What the results that are new since the last call have read."""
        found = self.shown.take_traces()
        if self.whole is not self.shown:
            traces = self.whole.take_traces().items()
            found |= {apart(name): one._replace(reads=tuple(map(apart, one.reads))) for name, one in traces}
        return found

    def run(self, key: str) -> Made:
        """Do one task."""
        task = self.tasks[key]
        return task.make(task.of, self)


def apart(key: str) -> str:
    """The key of a result that was computed with drafts; the keys of records and the like stay as they are."""
    return APART + key.removeprefix("=") if key.startswith("=") else key


def together(key: str) -> str:
    """The key of the same result where no drafts are apart."""
    return "=" + key.removeprefix(APART) if key.startswith(APART) else key


def planned(site: Site) -> Site:
    """The same with everything that is to be done for it.

    If it can't be named what the site consists of, there is one page, which can't be made: the checks go before.
    """
    tasks = [Task(CHECKS + id_, (), _checked, id_) for id_ in ("", *site.whole.index.cards)]
    with site.shown.reading() as reads:
        try:
            tasks += (*_pages(site), *_data(site))
        except Exception as bug:
            tasks.append(Task(PAGES, (), _raised, bug))
    return replace(site, tasks={task.key: task for task in tasks}, planned=frozenset(reads))


def planned_again(site: Site, before: Site, is_changed: Callable[[str], bool]) -> Site:
    """The same as before a change, if what was read to name the tasks is still the same, and the records are."""
    same = site.base_url == before.base_url and site.whole.index.cards.keys() == before.whole.index.cards.keys()
    if same and not is_changed(PLAN):
        return replace(site, tasks=before.tasks, planned=before.planned)
    return planned(site)


def places(index: Index, keys: Iterable[str]) -> dict[str, int]:
    """The place of each task of one record, in an order that puts records that name each other close together."""
    names = {key: key.partition(":")[2].removesuffix(".html").split("/") for key in keys}
    found = {key: next(filter(index.cards.__contains__, reversed(parts)), "") for key, parts in names.items()}
    order = _by_neighbours(index, {id_ for id_ in found.values() if id_})
    return {key: order[id_] for key, id_ in found.items() if id_}


def _by_neighbours(index: Index, ids: set[str]) -> dict[str, int]:
    """Places by id: next comes, each time, the record with the most links to those that have a place.

    It is the maximum adjacency order of M. Stoer and F. Wagner, A simple min-cut algorithm, 1997.
    """
    near, found = {id_: _linked(index, id_) & ids for id_ in ids}, dict[str, int]()
    links, waiting = dict.fromkeys(ids, 0), [(0, id_) for id_ in sorted(ids)]
    while waiting:
        _, id_ = heappop(waiting)
        if id_ not in found:
            found[id_] = len(found)
            for other in near[id_].difference(found):
                links[other] += 1
                heappush(waiting, (-links[other], other))
    return found


def _linked(index: Index, id_: str) -> set[str]:
    """The records that a record names or that name it."""
    named = {owner_id(edge.target) for edge in index.edges.get(id_, ())}
    return named.union(edge.owner for edge in index.incoming.get(id_, ()))


def ledgers_of(state: State) -> tuple[Ledger, Ledger]:
    """The ledger that is checked, and the one that is shown."""
    whole = Ledger(state.index)
    return whole, whole if state.shown is state.index else Ledger(state.shown)


def _checked(id_: str, site: Site) -> Made:
    with site.whole.reading() as reads, texts.spoken(texts.english()):
        found = checks.of_record(site.whole, id_) if id_ else checks.of_ledger(site.whole)
    keys = reads if site.whole is site.shown else map(apart, reads)
    return Made(f"{CHECKS}{id_}", frozenset(keys), value=found)


def _raised(bug: Exception, _: Site) -> Made:
    raise bug


def unmade(site: Site, key: str, bug: Exception) -> Made:
    """What is said in place of what a task should have given."""
    if own := slip(bug, render.own_folders(site.templates), site.templates.list_templates()):
        return Made(key, frozenset(), value={"problems": [as_row(own)], "examined": {}, "excused": []})
    name, task = key.partition(":")[2], site.tasks.get(key)
    record = site.whole.index.loaded.records.get(name.rpartition("/")[2].removesuffix(".html"))
    is_its = record is not None and name in (record.id, urls.of_record(record))
    span = Span(record.path if record and is_its else name or ".")
    address = next(iter(task.addresses), "the site") if task else name
    is_check = key.startswith(CHECKS)
    found = bugs.check_failed("of the record", span, bug) if is_check else bugs.unmade_file(address, span, bug)
    return Made(key, frozenset(), value={"problems": [as_row(found)], "examined": {}, "excused": []})


def _pages(site: Site) -> Iterator[Task]:
    for place in site_map(site.shown, base_url=site.base_url):
        yield Task(PAGES + place.url, exports.page_addresses(place.url), _page, place)


def _page(place: Place, site: Site) -> Made:
    with site.reading() as reads:
        page = place.make(site.shown)
        file = render.render_page(page, site.templates)
        language = site.shown.settings.language or texts.ENGLISH
        files = _typeset(page, file.data, language) if site.publishes else (file,)  # a check follows its links alone
    return Made(PAGES + place.url, frozenset(reads), tuple(files))


def _typeset(page: Page, html: bytes, language: str) -> Iterator[OutFile]:
    """A page with the quotation marks of its language, and what is made of it beside."""
    yield OutFile(page.url, curly(html.decode(), language).encode())
    yield from exports.page_files(page, html)


def _data(site: Site) -> Iterator[Task]:
    ledger, base = site.shown, site.base_url
    for id_, card in ledger.index.cards.items():
        yield Task(f"{DATA}{id_}", exports.record_addresses(ledger, card, base), _record_data, id_)
    for one in exports.files(ledger, base):
        yield Task(FILES + one.addresses[0], one.addresses, _files, one)


def _record_data(id_: str, site: Site) -> Made:
    with site.reading() as reads:
        files = tuple(exports.record_files(site.shown, id_, site.base_url))
        fragments = {name: make(site.shown, id_, site.base_url) for name, make in exports.FRAGMENTS.items()}
    return Made(f"{DATA}{id_}", frozenset(reads), files, fragments)


def _files(task: exports.FileTask, site: Site) -> Made:
    with site.reading() as reads:
        files = tuple(task.make(site.shown))
    return Made(FILES + task.addresses[0], frozenset(reads), files)


def digest(data: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.sha256(data).hexdigest()


def page_links(files: Iterable[OutFile]) -> dict[str, PageLinks]:
    """The links and anchors of every page among some files."""
    return {file.path: links_of(file.data) for file in files if file.path.endswith(".html")}
