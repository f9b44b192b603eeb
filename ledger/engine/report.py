"""What a build found and did, as a value; and whether there is nothing to do, told without reading a record.

In: the options of a build and the store. Out: a Report. This module imports nothing that is slow to import.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ledger.diagnostics import Diagnostic, Lines, Span, as_row, from_row
from ledger.engine.store import Store, head_of, is_tracked
from ledger.write import MANIFEST, recover

RENDERERS = ("babel", "jinja2", "markdown", "markupsafe", "nh3", "pydantic", "pyyaml", "resvg_py")
"""What the bytes of a site depend on beside this program."""
PUBLIC = "public"
"""The folder beside the content whose files go to the site as they are."""
IDLE, CHECKED = "idle", "checked"
"""Under which names the store has what tells that nothing has changed: since a build, since a check."""


Sources = Mapping[str, tuple[int, ...]]
"""What the system says of every file that is read, by its path from the content folder."""


class Options(NamedTuple):
    """What a build is given: folders, and what overrides the content's own settings."""

    content: Path
    output: Path
    templates: Path | None = None
    base_url: str | None = None
    as_of: date | None = None
    clock: Literal["happened", "believed"] = "believed"
    """What `as_of` is a day of."""
    strict: bool = False
    workers: int | None = None
    """How many processes make the site; None: as many as this process may use, if there is enough to do."""
    cache: bool = True
    """Whether the store is used."""
    bytecode: Path | None = None
    """Where compiled templates are kept: a folder of the user's own."""
    history: bool = False
    """Whether there are pages of what claims said before, even if the settings do not name them."""
    publish: bool = True
    """Whether a site is wanted; else everything is checked, and files that only programs read are not made."""


class Report(NamedTuple):
    """What a build found and did. `found = records + ignored + failed`; pages are the HTML files published."""

    problems: tuple[Diagnostic, ...]
    examined: tuple[tuple[str, int | None], ...]
    """Each check, and how many items it looked at; None when it did not run, since files were missing."""
    excused: tuple[tuple[Diagnostic, str, str], ...]
    """What a record's own exceptions excuse: the finding, why, and until when."""
    drafts: tuple[str, ...]
    ignored: tuple[str, ...]
    records: int
    failed: int
    pages: int
    published: bool
    base_url: str
    """Where the site is to be found; empty when nobody has said."""
    made: int = 0
    """How many tasks were done anew; where none was, how many files came, went or are others."""
    notes: tuple[tuple[str, str], ...] = ()
    """What an editor should know beside the findings, each with what to do."""
    texts: Mapping[str, str] = {}
    """The texts of the files with a finding."""
    head: str = ""
    """The commit from which the history of the claims was read; empty where it was not."""

    @property
    def found(self) -> int:
        """How many files were found in the content folder."""
        return self.records + len(self.ignored) + self.failed

    def line(self, span: Span) -> str | None:
        """The line that a finding is about; None where there is no text."""
        text = self.texts.get(span.path)
        return None if text is None else Lines(text).line(span.line)


def configuration(options: Options) -> dict[str, Any]:
    """Everything but the content on which the bytes of a site depend, and what is found."""
    return {
        "program": _tree_digest([Path(__file__).resolve().parents[1]], (".py", ".json", ".yml")),
        "python": sys.version,
        "renderers": _versions(),
        "templates": _tree_digest(template_folders(options.templates), ""),
        "base_url": options.base_url,
        "as_of": str(options.as_of),
        "clock": options.clock,
        "strict": options.strict,
        "history": options.history,
    }


def packaged_templates() -> Path:
    """The templates that come with the program: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def template_folders(given: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for: the folder that was named, the packaged ones."""
    return (*((given,) if given else ()), packaged_templates())


def unused_templates(options: Options) -> bool:
    """Whether templates lie in the folder `templates` here, which nobody has named; not where the program's are."""
    folder, own = Path("templates"), packaged_templates()
    if options.templates is not None or not folder.is_dir() or folder.samefile(own):
        return False
    return any((folder / path.name).exists() for path in own.glob("*.html"))


def public_folder(options: Options) -> Path | None:
    """The folder `public` beside the content, whose files go to the root of the site; None where the site itself is."""
    folder = Path(os.path.abspath(options.content)).parent / PUBLIC  # noqa: PTH100 - a link stays one
    place, real = Path(os.path.realpath(options.output)), Path(os.path.realpath(folder))
    is_site = place == real or real in place.parents or (folder / MANIFEST).is_file()
    return None if is_site else folder


def sources(options: Options) -> Sources:
    """What the system says of every file that is read: those of the content, and those of `public`."""
    public = public_folder(options)
    beside = stats_below(public) if public and not public.is_symlink() else {}
    return stats_below(options.content) | {f"../{PUBLIC}/{path}": stat for path, stat in beside.items()}


def _versions() -> list[str]:
    """The folders that say which versions of the renderers are installed, `jinja2-3.1.6.dist-info`, in Python's order.

    `importlib.metadata` says the same, but takes as long as all the rest of a build that has nothing to do.
    """
    folders = filter(os.path.isdir, (folder or "." for folder in sys.path))
    found = [name for folder in folders for name in sorted(os.listdir(folder)) if name.endswith("-info")]  # noqa: PTH208
    return [name for name in found if name.partition("-")[0].lower() in RENDERERS]


def _tree_digest(folders: Iterable[Path], ending: str | tuple[str, ...]) -> str:
    """The hash of what the system says of every file below some folders."""
    found = [
        (path, stat) for folder in folders for path, stat in sorted(stats_below(folder, but="__pycache__").items())
    ]
    return hashlib.sha256(repr([entry for entry in found if entry[0].endswith(ending)]).encode()).hexdigest()


def stats_below(folder: Path, but: str = "") -> dict[str, tuple[int, ...]]:
    """Size, times, number and mode of every file below a folder, by its path there; no link is followed.

    Folders of one name may be left out.
    """
    found: dict[str, tuple[int, ...]] = {}
    waiting = [""]
    while waiting:
        inner = waiting.pop()
        try:
            entries = list(os.scandir(os.path.join(folder, inner)))  # noqa: PTH118 - for each of many folders
        except OSError:
            continue
        for entry in entries:
            path = f"{inner}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if entry.name != but:
                    waiting.append(f"{path}/")
                continue
            about = entry.stat(follow_symlinks=False)
            found[path] = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino, about.st_mode)
    return found


# Nothing to do


def nothing_to_do(options: Options, content: Sources) -> Report | None:
    """The report of the last build, if another one would change nothing. Raises what `write.recover` raises."""
    recover(options.output)
    if not options.cache or is_tracked(options.content):
        return None
    saved = Store(options.content, configuration(options)).load(IDLE)
    report = _still_true(saved, options, content)
    same_place = report and str(options.output.resolve()) == saved.get("place")
    return report if same_place and site_stats(options.output) == saved.get("site") else None


def nothing_to_check(options: Options, content: Sources) -> Report | None:
    """The report of the last check or build, if another check would find the same."""
    if not options.cache or is_tracked(options.content):
        return None
    store = Store(options.content, configuration(options))
    found = (_still_true(store.load(name), options, content) for name in (CHECKED, IDLE))
    return next((report._replace(published=False, pages=0) for report in found if report), None)


def _still_true(saved: Any, options: Options, content: Sources) -> Report | None:
    """The report that was stored, when the content is as it was, and no commit has come."""
    try:
        unsure = any(stat[1] >= saved["began"] for stat in content.values())
        if unsure or {path: list(stat) for path, stat in content.items()} != saved["content"]:
            return None
        report = _report(saved["report"])
        return report if report.head in ("", head_of(options.content)) else None
    except (TypeError, KeyError, ValueError):
        return None


def site_stats(output: Path) -> dict[str, list[int]]:
    """Size and time of every file of a site; taking a file over into another site changes neither."""
    return {path: list(stat[:2]) for path, stat in stats_below(output).items()}


def save_idle(  # noqa: PLR0913, PLR0917 - what was told, and what it was told of
    store: Store, options: Options, report: Report, began: int, content: Mapping[str, Any], site: Mapping[str, Any]
) -> None:
    """Remember that there is nothing to do until something changes."""
    where = {"place": str(options.output.resolve()), "site": site} if report.published else {}
    plain = report._asdict() | {
        "problems": [as_row(problem) for problem in report.problems],
        "excused": [[as_row(problem), why, until] for problem, why, until in report.excused],
    }
    value = {"began": began, "content": content, **where, "report": plain}
    store.save(IDLE if report.published else CHECKED, value)


def _report(saved: Mapping[str, Any]) -> Report:
    problems = tuple(from_row(row) for row in saved["problems"])
    excused = tuple((from_row(row), why, until) for row, why, until in saved["excused"])
    lists = {name: tuple(saved[name]) for name in ("drafts", "ignored")}
    notes = tuple((message, hint) for message, hint in saved["notes"])
    examined = tuple((name, count) for name, count in saved["examined"])
    return Report(
        **{**saved, **lists, "problems": problems, "excused": excused, "examined": examined, "notes": notes, "made": 0}
    )
