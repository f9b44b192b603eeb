"""Pages → files: each view through its template.

In: pages, and the folders to look for templates in, first come first served, file by file. Out: HTML files, and the
static files of the templates' `static/`. A name that a template does not know stops the build.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from ledger import words
from ledger.outfile import OutFile
from ledger.pages import Page

STATIC = "static"


def packaged_templates() -> Path:
    """The templates that come with the program: inside the package when installed, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def template_folders(given: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for: the folder that was named, `./templates`, the packaged ones."""
    return (*((given,) if given else ()), Path("templates"), packaged_templates())


def render_pages(pages: Iterable[Page], folders: Sequence[Path]) -> Iterator[OutFile]:
    """Render every page."""
    environment = _environment(folders)
    for page in pages:
        yield render_page(page, environment)


def render_page(page: Page, environment: Environment) -> OutFile:
    """Render one page."""
    try:
        text = environment.get_template(page.template).render(frame=page.frame, view=page.view)
    except Exception as bug:
        bug.add_note(f"at {page.origin or page.url} (template {page.template})")
        raise
    return OutFile(page.url, text.encode("utf-8"))


def static_files(folders: Sequence[Path]) -> Iterator[OutFile]:
    """The files under `static/`, each from the first folder that has it."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / STATIC).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), path)
    for address, path in sorted(found.items()):
        yield OutFile(address, path.read_bytes())


def _environment(folders: Sequence[Path]) -> Environment:
    return environment_for(ChoiceLoader([FileSystemLoader(folder, encoding="utf-8") for folder in folders]))


def environment_for(loader: BaseLoader) -> Environment:
    """What turns templates into pages, wherever they are loaded from."""
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
    )
    constants: dict[str, Any] = {"words": words}
    environment.globals.update(constants)
    return environment
