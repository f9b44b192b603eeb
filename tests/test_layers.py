"""The rooms of `docs/architecture.md`: who may import whom, and who may touch the world.

Each row of its table is a room and names modules or packages; a module is in the room that names it or, failing that,
its package. Imports are read from the source, lazy ones and those for type checking included.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from making import ROOT, python

PACKAGE = ROOT / "ledger"
ROW = re.compile(r"^\|[^|]*\| (`[a-z_]+(?:/[a-z_]+)?(?:\.py|/)`[^|]*)\|", re.MULTILINE)
NAME = re.compile(r"`([a-z_]+(?:/[a-z_]+)?)(?:\.py|/)`( †)?")
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
def rooms() -> list[dict[str, bool]]:
    """The rooms that the documentation lists, from the ground up: what is in each, and whether it touches the world."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = text.partition("## The rooms")[2].partition("\n## ")[0]
    return [{name.replace("/", "."): bool(mark) for name, mark in NAME.findall(row)} for row in ROW.findall(table)]


@cache
def order() -> dict[str, int]:
    """What the documentation names, with the number of its room."""
    return {name: number for number, room in enumerate(rooms()) for name in room}


@cache
def paths() -> dict[str, Path]:
    """The file of every module of the package by its name below it."""
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name, parsed: where a test asks, since it takes a second."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in paths().items()}


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


def named(module: str) -> str:
    """What stands for a module in the documentation: itself or its package; for a package cut up, its last part."""
    name = module.removesuffix(".__init__")
    package = name.partition(".")[0]
    inside = [listed for listed in order() if listed.startswith(f"{package}.")]
    found = next((one for one in (name, package, *reversed(inside)) if one in order()), "")
    assert found, f"docs/architecture.md does not list {module}"
    return found


@cache
def uses() -> dict[str, list[str]]:
    """The modules of the package that each of them imports."""
    return {
        name: sorted({used for found in imports(tree) if (used := module_of(found))})
        for name, tree in modules().items()
    }


def test_the_documentation_lists_every_module_once_and_nothing_else():
    listed = [name for room in rooms() for name in room]
    assert len(listed) == len(set(listed))
    assert {named(module) for module in modules() if module != "__init__"} == set(listed)


@pytest.mark.parametrize("module", [name for name in paths() if name != "__init__"])
def test_a_module_imports_only_from_its_room_and_those_above(module: str):
    here = order()[named(module)]
    assert [used for used in uses()[module] if used != "__init__" and order()[named(used)] > here] == []


def test_no_module_imports_itself_by_a_detour():
    try:
        TopologicalSorter(uses()).prepare()
    except CycleError as found:
        pytest.fail(" imports ".join(reversed(found.args[1])))


def test_only_the_modules_marked_in_the_documentation_touch_the_world():
    touching = {named(name) for name, tree in modules().items() if name != "__init__" and any(_touches(tree))}
    assert touching - {name for room in rooms() for name, marked in room.items() if marked} == set()


def _touches(tree: ast.Module) -> Iterator[str]:
    yield from (name for name in imports(tree) if name.split(".")[0] in FILE_MODULES)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in FILE_CALLS:
            yield name


def test_only_the_command_line_reads_the_clock():
    reading = {named(name) for name, tree in modules().items() if name != "__init__" and any(_asks(tree))}
    assert reading <= {"cli", "commands"}


def _asks(tree: ast.Module) -> Iterator[str]:
    yield from (name for name in imports(tree) if name.startswith(CLOCK_AND_ENVIRONMENT))
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    yield from (name for name in attributes if name in ("now", "today", "utcnow", "environ", "getenv"))


def test_only_the_terminal_prints():
    """What is printed passes through one function, which leaves nothing in it that a terminal or a CI log obeys."""
    others = {name: tree for name, tree in modules().items() if name not in ("terminal", "editing.pdf_child")}
    names = {name for name, tree in others.items() if {"print", "input"} & {*_names(tree)}}
    assert names == set()
    streams = re.compile(r"sys\.std(out|err)(?!\.isatty)|__std(out|err)__|print_exc|argparse\.ArgumentParser\(")
    assert [name for name, tree in others.items() if streams.search(ast.unparse(tree))] == []


def _names(tree: ast.Module) -> Iterator[str]:
    return (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


SLOW = {"jinja2", "markdown", "networkx", "nh3", "rich", "trafilatura", "watchfiles", "distributed"}
"""Packages that take long to import."""
READING = {"pydantic", "yaml", "orjson", "http", "socket", "sqlite3", "asyncio", "importlib.metadata"}
"""What who reads records, or asks the network, cannot do without, and the others can."""


def imported_by(arguments: list[str], cwd: Path, slow: set[str]) -> list[str]:
    """Which of some modules a command line has imported when it is done."""
    program = f"""
import ledger_kb, sys
sys.argv = ["ledger", *{arguments}]
try:
    ledger_kb.main()
except SystemExit:
    pass
print(sorted({slow} & set(sys.modules)), file=sys.stderr)
"""
    run = python("-c", program, cwd=cwd)
    assert run.stdout != ""
    return ast.literal_eval(run.stderr.splitlines()[-1])


def test_small_commands_do_without_the_slow_libraries(tmp_path: Path):
    assert imported_by(["explain", "orphan"], tmp_path, SLOW) == []


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_what_reads_no_record_imports_nothing_but_the_command_line(argument: str, tmp_path: Path):
    own = {f"ledger.{name}" for name in modules()} - {"ledger.cli", "ledger.terminal", "ledger.diagnostics"}
    own -= {f"ledger.{name}" for name in modules() if name.startswith("commands.")}
    assert imported_by([argument], tmp_path, SLOW | READING | own) == []
