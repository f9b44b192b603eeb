"""Doing tasks: one after the other, in forked processes, or on any `concurrent.futures.Executor`.

In: a Site, the keys of tasks, a Work folder or none, an Executor or none. Out: what each task gave, in any order.
Workers write the files of their tasks into the work folder themselves, so that bytes do not pile up; where a worker
cannot reach that folder, it gives the bytes back.

A forked worker has the Site already, and a part of the ledger, of whose records it does the checks, the data and the
pages: what it has computed of them is needed again. Any other reads the content anew, once, and refuses to go on when
it is not the content that its caller has.
"""

import gc
import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateNotFound

from ledger import exports, render
from ledger.engine import done as parcels
from ledger.engine import fragments
from ledger.engine.done import Done, Output, Parcel
from ledger.engine.past import with_past
from ledger.engine.processes import can_fork, forked
from ledger.engine.report import Options, template_folders
from ledger.engine.shared_values import SharedValues
from ledger.engine.state import FileRead, State, packed, past_of, read_files, read_state, unpacked
from ledger.engine.tasks import JSON, WHOLES, Made, Site, digest, ledgers_of, page_links, places, planned, unmade
from ledger.exports.updating import Changed
from ledger.files import TextFile
from ledger.graph import get_ready
from ledger.records import KINDS, SITE
from ledger.system import give_back_memory
from ledger.write import Work

WORTH_FORKING = 200
"""With fewer tasks than these, one process is as fast; unless the ledger is so large that single tasks are."""
LARGE = 1_000
"""From this many records on, a single page can take long enough to be worth another process."""
CHUNK = 48
"""How many tasks a worker is given at a time, at most."""
LEAST = 5
"""A chunk has at least one task more than this, while there are enough for all: each chunk costs a millisecond."""
WIDE = 6
"""The most tasks of no single record, such as lists, in a chunk: each may have read a megabyte of keys."""
AHEAD = 3
"""How many chunks a worker may have ahead: being done, waiting, or done and not yet looked at."""
SHARES = 16
"""A chunk is this part of what is left for each worker, so that chunks get smaller: tasks differ in cost."""


class Recipe(NamedTuple):
    """From what a worker that was not forked makes the Site: options, and the hash of the content that is meant."""

    options: Options
    digest: str


class ContentChanged(Exception):  # noqa: N818 - not an error of the program
    """A worker finds other content than its caller has."""


_site: tuple[str, Site] | None = None
"""The Site of this process and the hash of its content: set before workers are forked, made once in any other."""
_alone = Lock()
"""Threads of one process do tasks in turn: a Ledger notes the reads of one task at a time."""


class Pool(NamedTuple):
    """One Executor for each forked worker or one for all, what these need, and whether they write files where we do."""

    executors: Sequence[Executor]
    recipe: Recipe
    workers: int
    shares_disk: bool
    places: Mapping[str, int]
    """The place of each task of one record in the order that workers divide. Tasks of no single record come first."""


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: what a build makes either goes at once or stays until its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def are_worth_forking(tasks: int, records: int) -> bool:
    """Whether several processes are faster than one."""
    return tasks >= WORTH_FORKING or (records >= LARGE and tasks > SHARES)


@contextmanager
def pool_of(
    site: Site, keys: Sequence[str], recipe: Recipe, workers: int, executor: Executor | None = None
) -> Iterator[Pool | None]:
    """The workers of one build, for these tasks; none where one process will do. A given Executor stays open."""
    if executor is not None:
        with _known_here(site, recipe):
            yield Pool([executor], recipe, workers, shares_disk=False, places=places(site.whole.index, keys))
    elif workers <= 1 or not can_fork():
        yield None
    else:
        gc.freeze()
        try:
            with _sharing(site, workers) as shares, _known_here(shares, recipe), ExitStack() as stack:
                own = [stack.enter_context(forked(1)) for _ in range(workers)]
                yield Pool(own, recipe, workers, shares_disk=True, places=places(site.whole.index, keys))
        finally:
            gc.unfreeze()


@contextmanager
def _known_here(site: Site, recipe: Recipe) -> Iterator[None]:
    global _site  # noqa: PLW0603 - what a forked process finds
    before, _site = _site, (recipe.digest, site)
    try:
        yield
    finally:
        _site = before


@contextmanager
def _sharing(site: Site, workers: int) -> Iterator[Site]:
    """The same Site for workers that take large results from each other."""
    if site.shown is not site.whole:
        yield site  # with drafts the same name means two values
        return
    shared, before = SharedValues(workers), site.shown.earlier
    site.remember(shared.after(before))
    try:
        yield replace(site, shared=shared)
    finally:
        site.remember(before)
        shared.close()


@contextmanager
def meanwhile(pool: Pool | None, work: Callable[[], None]) -> Iterator[None]:
    """Let a worker of this machine do something while what is inside is done; nothing is done without one."""
    if pool is None or not pool.shares_disk:
        yield
        return
    begun = pool.executors[-1].submit(work)
    yield
    begun.result()


def run(site: Site, keys: Sequence[str], *, pool: Pool | None = None, work: Work | None = None) -> Iterator[Done]:
    """Begin to do tasks: what each gave, in any order, done by now where there are workers for it.

    The bytes of their files are written where there is a work folder.
    """
    if pool is None:
        return (_done(site, key, work) for key in keys)
    done = _begun(pool, _parts(pool, keys), work if pool.shares_disk else None)
    return done if pool.shares_disk else (_without_bytes(one, work) for one in done)


def _parts(pool: Pool, keys: Sequence[str]) -> list[deque[str]]:
    """Each worker's tasks: neighbours in the order, every second part from its end, so that two meet in the middle."""
    ordered, many = sorted(keys, key=lambda key: pool.places.get(key, -1)), len(pool.executors)
    cuts = [len(ordered) * at // many for at in range(many + 1)]
    return [deque(ordered[cuts[at] : cuts[at + 1]][:: -1 if at % 2 else 1]) for at in range(many)]


def _begun(pool: Pool, parts: list[deque[str]], work: Work | None) -> Iterator[Done]:
    """Give every worker chunks of its own part, then of the far end of the largest that is left."""
    waiting: dict[Future[Parcel], int] = {}

    def give(worker: int) -> None:
        own, largest = parts[worker], max(parts, key=len)
        most = WIDE if own and own[0] not in pool.places else CHUNK
        left = sum(map(len, parts)) // pool.workers
        size = min(most, max(left // SHARES, min(left, LEAST)) + 1)
        take = own.popleft if own else largest.pop
        if chunk := [take() for _ in range(min(size, len(own or largest)))]:
            waiting[pool.executors[worker].submit(_run_chunk, pool.recipe, chunk, work, worker)] = worker

    def taken() -> Iterator[Done]:
        while waiting:
            wait(waiting, return_when=FIRST_COMPLETED)
            first = next(filter(Future.done, waiting))
            worker, parcel = waiting.pop(first), first.result()
            give(worker)
            yield from parcels.unpacked(parcel)

    # The results of all chunks together are larger than the ledger: few may wait, and what was taken is forgotten.
    for at in range(AHEAD * pool.workers):
        give(at % len(parts))
    return taken()


def _run_chunk(recipe: Recipe, keys: Sequence[str], work: Work | None, worker: int = 0) -> Parcel:
    with _alone:
        site = _site_here(recipe)
        made = parcels.packed(_done_by(worker, site, key, work) for key in keys)
        give_back_memory()
        return made


def _done_by(worker: int, site: Site, key: str, work: Work | None) -> Done:
    if site.shared is None:
        return _done(site, key, work)
    site.shared.look(worker)
    done = _done(site, key, work)
    site.shared.add(worker, done.traces)
    return done


def _site_here(recipe: Recipe) -> Site:
    global _site  # noqa: PLW0603 - made once in each worker
    if _site is None or _site[0] != recipe.digest:
        state, _ = with_past(recipe.options, read_state(recipe.options, {}))
        if content_digest(state) != recipe.digest:
            raise ContentChanged(f"the content at {recipe.options.content} is not the one that is built")
        _site = recipe.digest, planned(bare_site(recipe.options, state))
    return _site[1]


def bare_site(options: Options, state: State, templates: Environment | None = None) -> Site:
    """The Site of a state, before it is known what is to be done."""
    templates = templates or render.environment_in(template_folders(options.templates), options.bytecode)
    return Site(*ledgers_of(state), options.base_url or state.base_url, templates, publishes=options.publish)


def content_digest(state: State) -> str:
    """The hash of every file that was read."""
    texts = {id_: kept.sha256 for id_, kept in state.loaded.kept.items()}
    read = [*((path, one.digest) for path, one in state.files.items()), *sorted(texts.items())]
    return digest(repr([*read, *sorted(past_of(state.index).items())]).encode())


def _done(site: Site, key: str, work: Work | None) -> Done:
    try:
        made = site.run(key)
    except TemplateNotFound as bug:
        made = unmade(site, key, bug)
    except OSError:
        raise
    except Exception as bug:
        made = unmade(site, key, bug)
    done = noted(site, made)
    return _without_bytes(done, work) if work else done


def noted(site: Site, made: Made) -> Done:
    """What a task gave, with all that is noted of it."""
    outputs = tuple(Output(file.path, digest(file.data), len(file.data)) for file in made.files)
    return Done(made, outputs, page_links(made.files), site.take_traces())


def _without_bytes(done: Done, work: Work | None) -> Done:
    if work:
        for file in done.made.files:
            work.put(file.path, file.data)
    return done._replace(made=done.made._replace(files=()))


# Files of the whole ledger, of pieces


class WholeJob(NamedTuple):
    """One file, or some that are made together: from which pieces, by record, with the hash of each.

    Where the pieces are the records' own JSON files, their addresses stand in place of hashes.
    """

    name: str
    pieces: str
    hashes: dict[str, str]
    changed: Changed
    """What the old files need to be like the new ones, where that is known and little."""
    reads: Sequence[str] = ()
    """What was read to make the old files."""


def run_wholes(site: Site, jobs: Sequence[WholeJob], pool: Pool | None, work: Work) -> list[Callable[[], Done]]:
    """Begin to make files of the whole ledger in the work folder: what waits for each, and gives what it gave."""
    if pool is None or not pool.shares_disk:
        return [partial(_whole, site, job, work) for job in jobs]
    turns = zip(jobs, cycle(reversed(pool.executors)), strict=False)
    return [executor.submit(_whole_there, pool.recipe, job, work).result for job, executor in turns]


def _whole_there(recipe: Recipe, job: WholeJob, work: Work) -> Done:
    return _whole(_site_here(recipe), job, work)


def _whole(site: Site, job: WholeJob, work: Work) -> Done:
    whole = next(one for one in exports.WHOLES if one.name == job.name)
    found = fragments.pieces(Path(job.pieces), whole.fragment, job.hashes)
    if whole.fragment == JSON:
        found = partial(_json_lines, work, list(job.hashes.values()))
    elif not whole.fragment:
        found = partial(iter, ())
    addresses = whole.addresses(site.shown, site.base_url)
    try:
        with site.reading() as reads:
            if job.changed and whole.update and whole.update(job.changed, addresses, work.old, work.path):
                reads.update(job.reads)
            else:
                whole.write(site.shown, found, work.path, site.base_url)
    except (OSError, fragments.StoreDamaged):
        raise
    except Exception as bug:
        return Done(unmade(site, WHOLES + addresses[0], bug), (), {}, site.shown.take_traces())
    outputs = tuple(_output(address, work.path(address)) for address in addresses)
    return Done(Made(WHOLES + job.name, frozenset(reads)), outputs, {}, site.shown.take_traces())


def _json_lines(work: Work, addresses: Sequence[str]) -> Iterator[bytes]:
    return (work.read(address).rstrip(b"\n") for address in addresses)


def _output(address: str, path: Path) -> Output:
    with path.open("rb") as file:
        return Output(address, hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


# Reading, by several processes


def read_by_several(content: Path, texts: Sequence[TextFile], workers: int) -> list[FileRead]:
    """What many files give, each worker reading its share.

    What workers need later too is made once, as far as it can be meanwhile: who is forked has it.
    """
    if workers <= 1 or len(texts) < WORTH_FORKING or not can_fork():
        return read_files(content, texts)
    for kind in (*KINDS, SITE):
        kind.model.model_rebuild()
    size = -(-len(texts) // (workers * 4))
    shares = [texts[at : at + size] for at in range(0, len(texts), size)]
    with forked(workers) as executor:
        found = [executor.submit(_read_share, content, share) for share in shares]
        get_ready()
        import ledger.markdown_html  # noqa: F401

        return [one for future, share in zip(found, shares, strict=True) for one in _received(content, share, future)]


def _read_share(content: Path, share: Sequence[TextFile]) -> list[list[Any]]:
    read = dict(zip((file.path for file in share), read_files(content, share), strict=True))
    return packed(read)


def _received(content: Path, share: Sequence[TextFile], future: "Future[list[list[Any]]]") -> Iterator[FileRead]:
    """What a worker read; a file with an error, of which nothing was packed, is read here."""
    found = unpacked(content, future.result())
    for file in share:
        yield found.get(file.path) or read_files(content, [file])[0]
