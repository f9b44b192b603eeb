"""Pages → files: each view through its template.

In: pages, and the folders to look for templates in, first come first served, file by file. Out: HTML files, and the
static files of the templates' `static/`. A name that a template does not know stops the build. Templates read records
and results as they are, through filters that see the ledger from the page: `{{ item.shows|text }}`.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextvars import ContextVar
from keyword import iskeyword
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, ClassVar

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, MacroRef

from ledger import citations, texts, urls
from ledger.context import PageContext
from ledger.outfile import OutFile
from ledger.pages import Page
from ledger.slips import PACKAGED
from ledger.texts.languages import direction

STATIC = "static"
_PROGRAM = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
"""This file as it was loaded: what it compiles templates to fits no other version of it."""
_SEEN_FROM: ContextVar[PageContext] = ContextVar("context")
"""The ledger as the page sees it that is being rendered. Imported macros have no other way to it."""


def _when_shown(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that Jinja leaves to each page: of a fixed text it would keep what the first page made of it."""
    return pass_context(lambda _, value: function(value))


def _of_page(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method of PageContext as a filter."""
    return pass_context(lambda _, value: method(_SEEN_FROM.get(), value))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "text": _of_page(PageContext.text),
    "plain": _of_page(PageContext.plain),
    "body": _of_page(PageContext.body),
    "ref": _of_page(PageContext.ref),
    "refs": _of_page(PageContext.refs),
    "url": _of_page(PageContext.url),
    "editor": _of_page(PageContext.editor),
    "day": _when_shown(texts.day),
    "capital": texts.capital,
    "tag": urls.tag,
    "name": _when_shown(citations.author_name),
    "label": _when_shown(citations.label),
}
"""Short field → its references as links; the same without markup; Markdown field → HTML; id → RecordRef; ids → these;
address of the site → link; id of an editor → name; date → words, nothing where there is none; words → with a
capital; tag → address; author → name; source → a few words."""


SAID: Mapping[str, Callable[..., Any]] = {
    "t": texts.t,
    "say": texts.say,
    "pattern": texts.pattern,
    "number": texts.number,
    "group": texts.Group,
    "from_to": texts.from_to,
    "period": texts.period,
    "direction": direction,
}
"""How templates say something: as HTML, as plain text for an attribute or a title, as JSON for a script; a number; the
texts of a group; a stretch of time; and where the lines of a language begin."""


class _Pieces(CodeGenerator):
    """Templates → code that puts out plain pieces; they are joined, and never escaped again.

    Functions and macros are called as they are in Python: nothing that templates call asks for the context. What stands
    together is put out as one piece.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        self.writeline("escaped, pieces = environment.escaped, environment.pieces")
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Any) -> None:  # noqa: N802
        if frame.buffer is None:
            frame = frame.copy()
            frame.buffer = "yield pieces"
        super().visit_Output(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Any, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        if forward_caller or not node.args:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        first, *others = node.args
        self.visit(node.node, frame)
        self.write("(")
        self.visit(first, frame)
        self.signature(nodes.Call(node.node, others, node.kwargs, node.dyn_args, node.dyn_kwargs), frame)
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Any) -> None:
        names = [one.name for one in macro_ref.node.args]
        asks_for_more = macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs
        if asks_for_more or any(map(iskeyword, names)):
            super().macro_def(macro_ref, frame)
            return
        given, passed = ", ".join(f"{name}=missing" for name in names), ", ".join(names)
        self.write(f"(lambda _macro, _safe: lambda {given}: _safe(_macro({passed})))(macro, environment.safe)")


class _Compiled(BytecodeCache):
    """What templates were compiled to, for this process."""

    _kept: ClassVar[dict[str, tuple[str, CodeType]]] = {}
    """Name and path of a template → the hash of its text and what that was compiled to, the last one alone."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is kept of a text."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


class _Environment(Environment):
    """The one that knows them."""

    code_generator_class = _Pieces
    escaped, safe = staticmethod(texts.escaped), staticmethod(texts.safe)
    pieces = SimpleNamespace(append=str, extend="".join)
    own: tuple[Path, ...] = ()
    """The folders of templates that are the user's own."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template knows. (The library's own ChainMap is searched name by name at each import.)"""
        return {**self.globals, **(d or {})}


def own_folders(environment: Environment) -> tuple[Path, ...]:
    """The folders of templates whose slips are the user's."""
    return environment.own if isinstance(environment, _Environment) else ()


def _own(folders: Sequence[Path]) -> tuple[Path, ...]:
    """All but the last one, which is the program's."""
    return tuple(folder for folder in folders[:-1] if folder.resolve() != folders[-1].resolve())


def render_page(page: Page, environment: Environment) -> OutFile:
    """Render one page."""
    _SEEN_FROM.set(page.context)
    about = {
        "frame": page.frame,
        "view": page.view,
        "page": page.url,
        "site": page.context.ledger.settings,
        "root": page.context.url(""),
    }
    try:
        text = _rendered(environment, environment.get_template(page.template), about)
    except Exception as bug:
        bug.add_note(f"at {page.origin or page.url} (template {page.template})")
        raise
    return OutFile(page.url, text.encode("utf-8"))


def _rendered(environment: Environment, template: Template, about: Mapping[str, Any]) -> str:
    """What `template.render` gives. A macro of the page holds the context, which holds the macro: here they part, so
    that the page's values go at once and need not be found by the collector of cycles.
    """
    context = template.new_context(dict(about))
    try:
        return environment.concat(template.root_render_func(context))
    except Exception:
        environment.handle_exception()
    finally:
        context.vars.clear()


def static_files(folders: Sequence[Path]) -> Iterator[OutFile]:
    """The files under `static/`, each from the first folder that has it."""
    return (OutFile(address, path.read_bytes()) for address, path in _static(folders))


def static_addresses(folders: Sequence[Path]) -> tuple[str, ...]:
    """Their addresses."""
    return tuple(address for address, _ in _static(folders))


def _static(folders: Sequence[Path]) -> list[tuple[str, Path]]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / STATIC).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return sorted(found.items())


def environment_in(folders: Sequence[Path], bytecode: Path | None = None) -> Environment:
    """What turns the templates of some folders into pages; their compiled form is kept in a folder that was given."""
    environment = environment_for(_Folders(folders))
    environment.own = _own(folders)
    if bytecode is not None:
        folder = bytecode / _PROGRAM
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return environment


def environment_read_once(folders: Sequence[Path]) -> tuple[Environment, dict[str, str]]:
    """The same with every template read and compiled now, and their texts by name: a mistake in one is raised."""
    environment, loader = environment_in(folders), _Folders(folders)
    sources = {name: loader.get_source(environment, name)[0] for name in loader.list_templates()}
    for name in sources:
        environment.get_template(name)
    return environment, sources


class _Folders(BaseLoader):
    """Templates from the first folder that has them; `!name` is that of the last one, which is the program's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Text and path of a template."""
        name = template.removeprefix(PACKAGED)
        folders = self._folders if name == template else self._folders[-1:]
        if not any(part in ("", ".", "..") or "\\" in part for part in name.split("/")):
            for folder in folders:
                if (path := folder / name).is_file():
                    return _text(path, template), str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """The names of all."""
        found = {path.relative_to(one).as_posix() for one in self._folders for path in one.rglob("*.html")}
        return sorted(name for name in found if not name.startswith(f"{STATIC}/"))


def _text(path: Path, name: str) -> str:
    """The text of a template; one that is not UTF-8 is as wrong as one with a mistake in its language."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise TemplateSyntaxError(f"byte 0x{data[problem.start]:02X} is not UTF-8", line, name, str(path)) from None


def environment_for(loader: BaseLoader) -> _Environment:
    """What turns templates into pages, wherever they are loaded from."""
    environment = _Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
        bytecode_cache=_Compiled(),
        cache_size=-1,
    )
    constants: dict[str, Any] = {"urls": urls, **SAID}
    environment.globals.update(constants)
    environment.filters.update(FILTERS)
    return environment
