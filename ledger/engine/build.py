"""Build and check: the whole way from the content folder to a Report, and to a published site.

In: options. Out: a Report of everything that was found and done. Nothing here prints or reads a clock.

State → which tasks are out of date → the checks → data of records → pages, and beside them files of the whole ledger →
links → exchange. With an error among the findings, everything ends there and the old site stays.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ledger import checks, exports, files, render, write
from ledger.diagnostics import as_row, has_errors, in_order
from ledger.engine import fragments, processes, report, runner, traces
from ledger.engine.budget import most_bytes, over_budget
from ledger.engine.done import Done
from ledger.engine.findings import Findings, findings_of_links, found_while_reading
from ledger.engine.fragments import Fragments, StoreDamaged
from ledger.engine.memory import STATE, Memory, memory_for, recalled, save
from ledger.engine.past import with_past
from ledger.engine.report import Options, Report, Sources
from ledger.engine.runner import Pool, Recipe
from ledger.engine.state import Seen, State, changes, read_state, seen
from ledger.engine.tasks import CHECKS, DATA, FILES, PAGES, WHOLES, Site, planned
from ledger.engine.traces import Change, Traces
from ledger.engine.wholes import Pieces, data_of, job_of, pieces_before
from ledger.graph import UNKNOWN
from ledger.graph import unpacked as value_of
from ledger.public import CHECKS as PUBLIC_CHECKS
from ledger.public import Public, findings_of, read_public
from ledger.slips import TEMPLATE_ERROR
from ledger.system import give_back_memory
from ledger.write import Kept, Work


def build(options: Options, executor: Executor | None = None) -> Report:
    """Check the content, render the site and publish it if nothing stands against it.

    Raises Refused when the output folder must not be touched, and OSError.
    """
    content = report.sources(options)
    return report.nothing_to_do(options, content) or build_changed(options, content, executor)


def build_changed(options: Options, content: Sources, executor: Executor | None = None) -> Report:
    """The same when there is something to do. `content` is what the system said of the files that will be read."""
    memory = memory_for(options)
    notes = memory.notes
    with runner.no_collection():
        try:
            return _built(options, memory, content, executor)
        except StoreDamaged:
            if memory.store:
                memory.store.forget(STATE)
                memory.store.forget(fragments.NAME)
            return _built(options, Memory(memory.store, notes=notes), content, executor)


def check(options: Options, content: Sources | None = None, executor: Executor | None = None) -> Report:
    """Everything that a build does, but for publishing and for the files that only programs read."""
    options, content = options._replace(publish=False), report.sources(options) if content is None else content
    with runner.no_collection():
        return _run(options, recalled(options, memory_for(options)), content, executor)


def _built(options: Options, memory: Memory, content: Sources, executor: Executor | None) -> Report:
    """Build with a given memory. A second process takes over the files of the old site while the content is read."""
    has_old = memory.store is not None and memory.store.has(STATE)
    workers = _workers(options) if has_old and not executor else 1
    with (
        write.noting_publication() as done,
        write.publishing(options.output, options.content) as work,
        processes.beside(work.keep_all if has_old else Kept, workers) as kept,
    ):
        return _run(options, recalled(options, memory), content, executor, _Place(work, kept, done))


# One run


class _Place(NamedTuple):
    """Where the new site is made."""

    work: Work
    kept: Callable[[], Kept]
    """What waits until files of the old site are taken over, and gives them."""
    done: list[bool]
    """Not empty once the new site is in the place of the old one."""


@dataclass(slots=True)
class _Run:
    """What one run has found so far."""

    options: Options
    memory: Memory
    state: State
    site: Site
    seen: tuple[Seen, Seen] | None
    kept: Traces
    """What is known of tasks: from before, and more with each that is done."""
    recipe: Recipe
    executor: Executor | None
    pool: Pool | None = None
    pools: ExitStack = field(default_factory=ExitStack)
    """What ends the workers of the pool."""
    public: Public = field(default_factory=Public)
    made: int = 0
    bytes: int = 0
    """How many bytes the files have that were made."""
    written: int = 0
    """How many those of the content have."""
    addresses: Sequence[str] = ()
    """Of every file of the site."""
    there: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """What the system says of the files of the old site that are as they were made."""
    shared: Set[str] = frozenset()
    """Those of them that both sites have."""
    known: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """What the system says of files of the old site that are taken over, as far as that needs no look at them."""


def _run(
    options: Options, memory: Memory, content: Sources, executor: Executor | None, place: _Place | None = None
) -> Report:
    state = read_state(options, memory.files, partial(runner.read_by_several, workers=_workers(options)))
    state, notes = with_past(options, state, workers=_workers(options))
    memory.notes += notes if options.publish else ()
    bare = runner.bare_site(options, state)
    now, change = _changed_since(memory, state, bare)
    site = planned(bare)
    recipe = Recipe(options, runner.content_digest(state))
    run = _Run(options, memory, state, site, now, _still_true(memory, change, site), recipe, executor)
    run.written = sum(stat[0] for stat in state.reading.stats.values())
    run.public = read_public(report.public_folder(options))
    own = _own_addresses(run)
    run.addresses = [*own, *(file.path for file in run.public.files)]
    if place:
        _find_old(run, place.work, place.kept())
    give_back_memory()
    with run.pools:  # no worker writes any more when the work folder is cleared away
        _fork(run, _stale(run) if options.publish else _stale(run, CHECKS, PAGES))
        _do(run, _stale(run, CHECKS))
        found = found_while_reading(state)
        found.add(checks.summed(run.kept.tasks[key].value for key in site.tasks if key.startswith(CHECKS)))
        found.add(_of_public(run, own))
        if _stops(run, found):
            return _reported(run, found, published=False)
        return _published(run, found, content, place) if place else _checked(run, found, content)


def _workers(options: Options) -> int:
    return options.workers or processes.processors()


def _changed_since(memory: Memory, state: State, site: Site) -> tuple[tuple[Seen, Seen] | None, Change | None]:
    """What is compared next time, and what has changed; the site is given what has not, before tasks are planned by it.

    The days of the past are always made anew.
    """
    if state.shown.loaded.cut is not None:
        return None, None
    now = seen(state)
    if memory.seen is None:
        return now, None
    change = Change(memory.traces, changes(memory.seen, now, memory.traces.words), site.again)
    site.remember(lambda name: value_of(name, value) if (value := change.value(name)) else UNKNOWN)
    return now, change


def _still_true(memory: Memory, change: Change | None, site: Site) -> Traces:
    """The tasks that need not be done."""
    if change is None:
        return Traces()
    kept = memory.traces.still_true(change, (*site.tasks, *(WHOLES + whole.name for whole in exports.WHOLES)))
    kept.add_results(site.shown.take_traces())
    return kept


def _stale(run: _Run, *kinds: str) -> list[str]:
    """The tasks that are out of date, of some kinds or of all."""
    return [key for key in run.site.tasks if key.startswith(kinds or "") and key not in run.kept.tasks]


def _fork(run: _Run, keys: Sequence[str]) -> None:
    """Take as many workers as are worth their while for some tasks, unless there are any."""
    if run.pool is None:
        are_worth = run.options.workers or runner.are_worth_forking(len(keys), len(run.state.index.cards))
        workers = _workers(run.options) if are_worth else 1
        run.pool = run.pools.enter_context(runner.pool_of(run.site, keys, run.recipe, workers, run.executor))


def _do(run: _Run, keys: Sequence[str], work: Work | None = None) -> None:
    _take(run, _begin(run, keys, work))


def _begin(run: _Run, keys: Sequence[str], work: Work | None = None) -> Iterator[Done]:
    return runner.run(run.site, keys, pool=run.pool, work=work)


def _take(run: _Run, begun: Iterable[Done], pieces: Fragments | None = None) -> None:
    most = _most_bytes(run)
    for done in begun:
        parts = done.made.fragments
        if pieces and parts:
            pieces.put(done.made.key.removeprefix(DATA), parts)
        run.kept.add(done, {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()})
        run.made += 1
        run.bytes += sum(one.size for one in done.outputs)
        if run.bytes > most:
            break


def _most_bytes(run: _Run) -> int:
    past = run.state.index.past
    earlier = sum(map(len, past.said.values())) if past else 0
    return most_bytes(len(run.state.index.cards) + earlier, run.written)


def _over_budget(run: _Run) -> Mapping[str, Any] | None:
    """What is too large; then not everything was made, and nothing is published. Files of the whole grow with it."""
    kept = ((key, trace) for key, trace in run.kept.tasks.items() if not key.startswith(WHOLES))
    made = ((key, one) for key, trace in kept for one in trace.outputs)
    problems = [as_row(one) for one in over_budget(made, _most_bytes(run), run.written, partial(_path_of, run))]
    return {"problems": problems, "examined": {}, "excused": []} if problems else None


def _path_of(run: _Run, key: str) -> str:
    """The file of the record that a task is of; the folder where it is of no record."""
    name = PurePosixPath(key.partition(":")[2]).stem
    record = run.site.shown.records.get(name)
    return record.path if record else "."


def _checked(run: _Run, found: Findings, content: Sources) -> Report:
    _do(run, _stale(run, PAGES))
    if over := _over_budget(run):
        found.add(over)
        return _reported(run, found, published=False)
    found.add_all(_unmade(run))
    found.add(_of_links(run))
    if not _stops(run, found):
        _remember(run, _unchanged_files(run))
    return _remembered(run, _reported(run, found, published=False), content, {})


def _unchanged_files(run: _Run) -> dict[str, Sequence[int]]:
    """What the system says of the files of the old site, without those of which this run has made others."""
    before = run.memory.traces.tasks
    new = [trace for key, trace in run.kept.tasks.items() if before.get(key) is not trace]
    made = {one.address for trace in new for one in trace.outputs}
    return {address: stat for address, stat in run.memory.site.items() if address not in made}


def _remembered(run: _Run, done: Report, content: Sources, site: Mapping[str, Any]) -> Report:
    """The report, told again until something changes; `site` is what the system says of the files of a new one."""
    if run.memory.store and not has_errors(done.problems, strict=run.options.strict, drafts=done.drafts):
        report.save_idle(run.memory.store, run.options, done, run.memory.began, content, site)
    return done


def _published(run: _Run, found: Findings, content: Sources, place: _Place) -> Report:
    options, memory, work = run.options, run.memory, place.work
    with _fragments(memory, work) as (pieces, is_stored):
        _drop_lost(run, has_pieces=is_stored)
        _fork(run, _stale(run))  # with a site that is gone there is more to do than it seemed
        _keep(run, work)
        data, others = _stale(run, DATA), _stale(run, PAGES, FILES)
        former = pieces_before(pieces, work, [key.removeprefix(DATA) for key in data])
        begun, rest = _begin(run, data, work), _begin(run, others, work)
        write.check_addresses(run.addresses)
        _take(run, begun, pieces)
        wholes = _begin_wholes(run, work, former)
        _take(run, rest)
        if over := _over_budget(run):
            found.add(over)
            return _reported(run, found, published=False)
        unmade = _unmade(run)
        static, links = _static(run, work), _of_links(run)
        found.add_all(unmade or _finish_wholes(run, wholes))
        found.add(links)
        if _stops(run, found):
            return _reported(run, found, published=False)
        manifest = {one.address: one.digest for trace in run.kept.tasks.values() for one in trace.outputs}
        before = {} if run.made else write.manifest_of(options.output)
        site = work.commit(manifest | static, run.known)
        place.done.append(True)
        if before:
            run.made = sum(before.get(one) != static.get(one) for one in (before.keys() | static) - manifest.keys())
        with runner.meanwhile(run.pool, work.clear):
            _remember(run, site)
    return _remembered(run, _reported(run, found, published=True), content, site)


@contextmanager
def _fragments(memory: Memory, work: Work) -> Iterator[tuple[Fragments, bool]]:
    folders = [memory.store.folder] if memory.store else []
    with fragments.opened([*folders, work.parts]) as (pieces, is_first):
        yield pieces, is_first and bool(folders)


def _own_addresses(run: _Run) -> list[str]:
    """The addresses of the files that are made here."""
    shown, base = run.site.shown, run.site.base_url
    wholes = (address for whole in exports.WHOLES for address in whole.addresses(shown, base))
    static = render.static_addresses(report.template_folders(run.options.templates))
    own = (address for task in run.site.tasks.values() for address in task.addresses)
    return [*own, *wholes, *static]


def _of_public(run: _Run, own: Sequence[str]) -> Mapping[str, Any]:
    """What is wrong with the folder `public`, given the addresses of the files that are made here."""
    found = [as_row(one) for one in findings_of(run.public, own, run.site.whole.site)]
    return {"problems": found, "examined": dict.fromkeys(PUBLIC_CHECKS, len(run.public.files)), "excused": []}


def _of_links(run: _Run) -> Mapping[str, Any]:
    """What is wrong with the links of the site."""
    return findings_of_links(run.site, run.addresses, run.kept, run.memory.traces, run.memory.addresses)


def _remember(run: _Run, site: Mapping[str, Any]) -> None:
    if run.memory.store is None:
        return
    about = [one.others for one in run.seen] if run.seen else None
    rest = {"seen": about, **traces.packed(run.kept), "addresses": run.addresses, "site": site}
    save(run.memory.store, run.memory.began, run.options, run.state.files, rest)


def _find_old(run: _Run, work: Work, old: Kept) -> None:
    """Note which files of the old site are as they were made, and take all others out of the new one."""
    run.there = {one: stat for one, stat in run.memory.site.items() if old.stats.get(one) == stat}
    run.shared = run.there.keys() - old.left
    run.known = {one: stat for one, stat in run.there.items() if one not in old.closed}
    work.drop(old.stats.keys() - old.left - run.shared)


def _drop_lost(run: _Run, *, has_pieces: bool) -> None:
    """Forget the tasks whose files are not in the old site as they were made, or whose pieces are not there."""
    run.kept.tasks = {
        key: trace
        for key, trace in run.kept.tasks.items()
        if all(one.address in run.there for one in trace.outputs) and (has_pieces or not trace.fragments)
    }


def _keep(run: _Run, work: Work) -> None:
    """Keep the files of the old site that need not be made again, and take the others out of the new one."""
    kept = (trace for key, trace in run.kept.tasks.items() if not key.startswith(WHOLES))
    wanted = {one.address for trace in kept for one in trace.outputs}
    work.drop(run.shared - wanted)
    same = {*(run.shared & wanted), *work.keep(sorted(wanted - run.shared))}
    run.known = {address: stat for address, stat in run.known.items() if address in same}


def _unmade(run: _Run) -> list[Any]:
    """What is said of the pages and data that could not be made."""
    tasks = run.kept.tasks.items()
    return [trace.value for key, trace in tasks if trace.value and not key.startswith((CHECKS, WHOLES))]


def _begin_wholes(run: _Run, work: Work, pieces: Pieces) -> list[tuple[str, Callable[[], Done]]]:
    """Take over those that are made of the same as before, and begin to make the others: hashes of what they are of.

    None are begun where the data of a record is missing.
    """
    ids = run.site.shown.index.cards
    if not (data := data_of(ids, run.kept)) and ids:
        return []
    pieces.there.settle(ids)
    before, jobs = data_of(ids, run.memory.traces), []
    for whole in exports.WHOLES:
        key = WHOLES + whole.name
        old, addresses = run.kept.tasks.pop(key, None), whole.addresses(run.site.shown, run.site.base_url)
        if old and {one.address for one in old.outputs} != set(addresses):
            old = None
        job, summary = job_of(whole, data, pieces, before, old.value if old else "")
        if old and old.value == summary:
            run.kept.tasks[key] = old
            work.keep(addresses)
        elif addresses:
            jobs.append((summary, job._replace(reads=run.kept.texts_read(key))))
    made = runner.run_wholes(run.site, [job for _, job in jobs], run.pool, work)
    return list(zip((summary for summary, _ in jobs), made, strict=True))


def _finish_wholes(run: _Run, wholes: Iterable[tuple[str, Callable[[], Done]]]) -> list[Any]:
    """Wait for them; out comes what is said of those that could not be made."""
    unmade = []
    for summary, get in wholes:
        done = get()
        if done.made.value:
            unmade.append(done.made.value)
            continue
        run.kept.add(done, {})
        run.kept.tasks[done.made.key].value = summary
        run.made += 1
    return unmade


def _static(run: _Run, work: Work) -> dict[str, str]:
    """The files that templates bring along, and those of the folder `public`."""
    found = {}
    for file in (*render.static_files(report.template_folders(run.options.templates)), *run.public.files):
        work.put(file.path, file.data)
        found[file.path] = hashlib.sha256(file.data).hexdigest()
    return found


# What is said of it


def _template(path: str) -> str:
    """The text of a template with a slip in it."""
    return Path(path).read_text(encoding="utf-8", errors="replace")


def _stops(run: _Run, found: Findings) -> bool:
    """Whether nothing is published."""
    return has_errors(found.problems, strict=run.options.strict, drafts=_drafts(run.state))


def _drafts(state: State) -> tuple[str, ...]:
    return tuple(state.loaded.records[id_].path for id_, card in state.index.cards.items() if card.draft)


def _reported(run: _Run, found: Findings, *, published: bool) -> Report:
    state, content = run.state, run.options.content
    problems = tuple(in_order(found.problems))
    paths = sorted({problem.span.path for problem in problems} & state.files.keys())
    texts = {path: state.reading.texts.get(path) or files.read_text(content, path) for path in paths}
    texts |= {path: text for path, text in state.reading.texts.items() if path not in state.files}
    texts |= {one.span.path: _template(one.span.path) for one in problems if one.check == TEMPLATE_ERROR}
    return Report(
        problems=problems,
        examined=tuple(found.examined.items()),
        excused=tuple(found.excused),
        drafts=_drafts(state),
        ignored=tuple(state.reading.ignored),
        records=state.loaded.count,
        failed=len(state.loaded.failed),
        pages=sum(key.startswith(PAGES) for key in run.site.tasks) if published else 0,
        published=published,
        base_url=run.site.base_url,
        made=run.made,
        notes=run.memory.notes,
        texts=texts,
        head=state.index.past.head if state.index.past else "",
    )
