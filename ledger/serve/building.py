"""The content and templates as they are now → a site, or what stands against one.

In: the options of a build. Out: a Built. What has not changed since the last time is remembered: the records of a file
with the same text, and the templates.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import FunctionLoader

from ledger import checks, files, graph, loading, render
from ledger.diagnostics import Lines, has_errors
from ledger.files import Reading, TextFile
from ledger.pipeline import Options, base_url
from ledger.serve.findings import Finding, from_diagnostics, from_exception
from ledger.serve.lazy_site import LazySite, Theme
from ledger.serve.watching import Snapshot, look


@dataclass(frozen=True, slots=True)
class Built:
    """What one round gave: a site, or none and why. The texts are those of the files, to show lines of."""

    site: LazySite | None
    findings: tuple[Finding, ...]
    texts: Mapping[str, Lines] = field(default_factory=dict, repr=False)


class Builder:
    """Builds one content folder again and again."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._templates = render.template_folders(options.templates)
        self._read: dict[str, tuple[str, loading.ReadFile]] = {}
        self._theme: tuple[Snapshot, Theme] | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a site is made from."""
        found = {folder.resolve(): folder for folder in (self._options.content, *self._templates)}
        return tuple(found.values())

    def build(self) -> Built:
        """Build now. Nothing is raised: what goes wrong is among the findings."""
        try:
            return self._built()
        except Exception as problem:
            return Built(None, (from_exception(problem),))

    def _built(self) -> Built:
        theme = self._current_theme()
        reading = files.read(self._options.content)
        loaded = loading.load_records(reading.files, reading.failed, reading.kept, read=self._remembered)
        self._forget(file.path for file in reading.files)
        ledger = graph.build_graph(loaded)
        problems = (*reading.problems, *loaded.problems, *checks.run(ledger).problems)
        findings = from_diagnostics(problems, self._options.content, reading.texts)
        if has_errors(problems, strict=self._options.strict):
            return Built(None, findings)
        base = base_url(ledger, self._options)
        return Built(LazySite(ledger, theme, base, _digest(reading, theme, base)), findings, reading.texts)

    def _remembered(self, file: TextFile) -> loading.ReadFile:
        """What a file gave, read again only if its text is another."""
        before = self._read.get(file.path)
        if before is None or before[0] != file.text:
            before = self._read[file.path] = (file.text, loading.read_file(file))
        return before[1]

    def _forget(self, present: Iterable[str]) -> None:
        kept = set(present)
        self._read = {path: found for path, found in self._read.items() if path in kept}

    def _current_theme(self) -> Theme:
        seen = look(self._templates)
        if self._theme is None or self._theme[0] != seen:
            self._theme = (seen, load_theme(self._templates))
        return self._theme[1]


def load_theme(folders: tuple[Path, ...]) -> Theme:
    """Every template, compiled, so that a mistake in one is found before a page is shown."""
    sources = dict(_templates(folders))
    environment = render.environment_for(FunctionLoader(sources.get))
    for name in sources:
        environment.get_template(name)
    static = {file.path: file.data for file in render.static_files(folders)}
    digest = hashlib.sha256(repr((sorted(sources.items()), sorted(static.items()))).encode()).hexdigest()
    return Theme(environment, static, digest)


def _templates(folders: tuple[Path, ...]) -> Iterator[tuple[str, tuple[str, str, None]]]:
    """Name → text and path of every template, the last one first, so that the first one counts."""
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            if not name.startswith(f"{render.STATIC}/"):
                yield name, (path.read_text(encoding="utf-8"), str(path), None)


def _digest(reading: Reading, theme: Theme, base_url: str) -> str:
    """What a site is made from, in short."""
    found = hashlib.sha256(f"{base_url}\0{theme.digest}".encode())
    parts = [(file.path, file.text.encode("utf-8", "surrogatepass")) for file in reading.files]
    parts += [(kept.path, kept.sha256.encode()) for kept in reading.kept]
    for name, data in parts:
        found.update(f"\0{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()[:16]
