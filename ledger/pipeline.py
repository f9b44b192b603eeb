"""The whole of a build: files → records → graph → checks → pages → bytes → the published site.

In: folders and options. Out: a Report of everything that was found and done. Nothing here prints or reads a clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ledger import checks, exports, files, graph, loading, render, write
from ledger.analysis import analyse
from ledger.analysis.as_of import seen_on
from ledger.checks import Examined
from ledger.checks.rendered import rendered_site
from ledger.diagnostics import Diagnostic, Lines, has_errors, in_order
from ledger.graph import Ledger
from ledger.loading import Clock
from ledger.outfile import OutFile
from ledger.pages import all_pages
from ledger.records import CheckException


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is told: folders, and what overrides the content's own settings."""

    content: Path
    output: Path
    templates: Path | None = None
    base_url: str | None = None
    as_of: date | None = None
    clock: Clock = "believed"
    """What `as_of` is a day of."""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did. `found = records + ignored + failed`; pages are the HTML files published."""

    problems: tuple[Diagnostic, ...]
    examined: tuple[Examined, ...]
    excused: tuple[tuple[Diagnostic, CheckException], ...]
    drafts: tuple[str, ...]
    ignored: tuple[str, ...]
    records: int
    failed: int
    pages: int
    published: bool
    base_url: str
    """Where the site is to be found; empty when nobody has said."""
    texts: Mapping[str, Lines] = field(repr=False)

    @property
    def found(self) -> int:
        """How many files were found in the content folder."""
        return self.records + len(self.ignored) + self.failed


def build(options: Options) -> Report:
    """Check the content, render the site and publish it if nothing stands against it."""
    write.claim_output(options.output, options.content)
    write.recover(options.output)
    return _run(options, publish=True)


def check(options: Options) -> Report:
    """Everything that a build does, but for publishing."""
    return _run(options, publish=False)


def _run(options: Options, *, publish: bool) -> Report:
    reading = files.read(options.content)
    loaded = loading.load_records(reading.files, reading.failed, reading.kept)
    ledger = graph.build_graph(loaded, as_of=options.as_of if options.clock == "believed" else None)
    findings = checks.run(ledger)
    problems = [*reading.problems, *loaded.problems, *findings.problems]
    examined = [*_examined_on_reading(len(reading.files) + len(reading.failed)), *findings.examined]
    site: tuple[OutFile, ...] = ()
    if not has_errors(problems, strict=options.strict):
        site = tuple(render_site(graph.published(_shown(ledger, options)), options))
        on_site = checks.run_on_site(rendered_site(ledger, site, base_url=base_url(ledger, options)))
        problems += on_site.problems
        examined += on_site.examined
    published = publish and not has_errors(problems, strict=options.strict)
    if published:
        write.publish(site, options.output, content=options.content)
    return Report(
        problems=tuple(in_order(problems)),
        examined=tuple(examined),
        excused=findings.excused,
        drafts=tuple(record.document.path for record in ledger.records.values() if record.is_draft),
        ignored=tuple(reading.ignored),
        records=loaded.count,
        failed=len(loaded.failed),
        pages=sum(file.path.endswith(".html") for file in site),
        published=published,
        base_url=base_url(ledger, options),
        texts=reading.texts,
    )


def _shown(ledger: Ledger, options: Options) -> Ledger:
    """The ledger of the day that was asked for. The content was checked as it is, whatever the day."""
    if options.as_of is None:
        return ledger
    loaded = seen_on(ledger.index.loaded, options.clock, options.as_of)
    if loaded.cut is None:
        return ledger
    return graph.build_graph(loaded, as_of=options.as_of if options.clock == "believed" else loaded.cut.newest)


def base_url(ledger: Ledger, options: Options) -> str:
    """The site's public address as the build was told, or as the content says; empty without either."""
    return options.base_url or ledger.settings.base_url or ""


def render_site(ledger: Ledger, options: Options) -> Iterator[OutFile]:
    """Every file of the site."""
    analysis = analyse(ledger)
    folders = render.template_folders(options.templates)
    base = base_url(ledger, options)
    yield from render.render_pages(all_pages(ledger, analysis, base_url=base), folders)
    yield from exports.every_file(ledger, base)
    yield from render.static_files(folders)


def _examined_on_reading(count: int) -> Iterator[Examined]:
    """The checks that reading makes look at every file."""
    for id_ in loading.READING_CHECKS:
        yield Examined(id_, count)
