"""The rooms of `docs/architecture.md`: who may import whom, and who may touch the world.

Imports are read from the source, lazy ones and those for type checking included.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from making import ROOT, python

PACKAGE = ROOT / "ledger"
ROOMS = re.compile(r"^\|[^|]*\| `([a-z_]+(?:/[a-z_]+)?)(?:\.py|/)` (†?) ?\|", re.MULTILINE)
CLOCK_AND_ENVIRONMENT = (
    "time",
    "datetime.datetime",
    "datetime.date.today",
    "os.environ",
    "os.getenv",
    "random",
    "locale",
)
FILE_MODULES = ("os", "shutil", "tempfile", "subprocess", "socket", "fcntl", "ctypes", "glob", "mmap")
FILE_CALLS = (
    *("open", "input", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rename", "touch"),
    *("exists", "is_dir", "is_file", "glob", "rglob", "iterdir", "stat", "rmdir", "samefile"),
)


@cache
def rooms() -> dict[str, bool]:
    """Every module that the documentation lists, from the ground up, and whether it touches the world."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    return {name.replace("/", "."): bool(mark) for name, mark in ROOMS.findall(text)}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name below it, parsed."""
    paths = {path: path.relative_to(PACKAGE).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))}
    return {".".join(name.parts): ast.parse(path.read_text(encoding="utf-8")) for path, name in paths.items()}


def imports(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports; `from x import y` gives `x.y`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out from the package's name"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def module_of(imported: str) -> str | None:
    """The module of the package that an imported name is, or is in."""
    name = imported.removeprefix("ledger.") if imported.startswith("ledger.") else None
    while name:
        for module in (name, f"{name}.__init__"):
            if module in modules():
                return module
        name = name.rpartition(".")[0]
    return None


def room_of(module: str) -> str:
    """The listed room of a module; a package's `__init__` stands where its last module does."""
    package = module.partition(".")[0]
    if module in rooms():
        return module
    inside = [room for room in rooms() if room == package or room.startswith(f"{package}.")]
    assert inside, f"docs/architecture.md does not list {module}"
    return inside[-1]


USES = {
    name: sorted({used for found in imports(tree) if (used := module_of(found))}) for name, tree in modules().items()
}


def test_the_documentation_lists_every_module_and_no_other():
    whole = {room for room in rooms() if f"{room}.__init__" in modules()}
    alone = {name for name in modules() if not name.endswith("__init__") and name.partition(".")[0] not in whole}
    assert set(rooms()) == whole | alone


@pytest.mark.parametrize("module", [name for name in USES if name != "__init__"])
def test_a_module_imports_only_from_lower_rooms(module: str):
    order = list(rooms())
    here = order.index(room_of(module))
    assert [used for used in USES[module] if order.index(room_of(used)) > here] == []


def test_no_module_imports_itself_by_a_detour():
    assert list(TopologicalSorter(USES).static_order())


def test_only_the_modules_marked_in_the_documentation_touch_the_world():
    touching = {room_of(name) for name, tree in modules().items() if any(_touches(tree))}
    assert touching - {room for room, marked in rooms().items() if marked} == set()


def _touches(tree: ast.Module) -> Iterator[str]:
    yield from (name for name in imports(tree) if name.split(".")[0] in FILE_MODULES)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in FILE_CALLS:
            yield name


def test_only_the_command_line_reads_the_clock():
    reading = {room_of(name) for name, tree in modules().items() if any(_asks(tree))}
    assert reading <= {"cli", "commands"}


def _asks(tree: ast.Module) -> Iterator[str]:
    yield from (name for name in imports(tree) if name.startswith(CLOCK_AND_ENVIRONMENT))
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (name for name in attributes if name in ("now", "today", "utcnow", "environ", "getenv"))


def test_only_the_terminal_prints():
    calls = {
        name: [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)] for name, tree in modules().items()
    }
    printing = {name for name, made in calls.items() if any(getattr(call, "id", "") == "print" for call in made)}
    assert printing == {"terminal"}


@pytest.mark.parametrize(
    "command", ["['--help']", "['new', 'claim', 'a-claim', '--content', 'made']", "['explain', 'orphan']"]
)
def test_small_commands_do_without_the_slow_libraries(command: str, tmp_path: Path):
    program = f"""
import sys
from ledger.cli import main
try:
    main({command})
except SystemExit:
    pass
print(sorted({{"networkx", "jinja2", "markdown", "nh3", "rich"}} & set(sys.modules)), file=sys.stderr)
"""
    run = python("-c", program, cwd=tmp_path)
    assert run.stdout != ""
    assert run.stderr.splitlines()[-1] == "[]"
