"""Where the commands `ledger` and `ledger-kb` begin: is the package `ledger` this program's own?

Other packages bring a `ledger` too, as a folder, a module or a command. Installed beside this program they replace its
files or come before them on the path; taken away again, they take its files along. The package cannot say so itself,
since it may be somebody else's.
"""

import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

NAME = "ledger-kb"
ENVIRONMENT = 3
"""The exit code: what is wrong is where the program is installed."""
FILES = ("ledger/", "ledger.py")
_AGAIN = "install this program again, with --force-reinstall after `pip install`"


def main() -> int:
    """Run the command line, or say what is in its place or missing."""
    if not _is_own():
        return _told(_complaint())
    try:
        run: Callable[[], int] = import_module("ledger.cli").main
    except (ImportError, AttributeError) as problem:
        return _told(_missing(getattr(problem, "name", "") or ""))
    try:
        return run()
    except ModuleNotFoundError as problem:  # commands import what they need
        return _told(_missing(problem.name or ""))


def _told(complaint: str) -> int:
    print(complaint, file=sys.stderr)  # noqa: T201 - the module that prints is in the package
    return ENVIRONMENT


def command() -> NoReturn:
    """`main` as a program of its own. It looks for no cycles of garbage, since nearly all that a command makes either
    goes at once or stays; and it ends at once: to take a large ledger apart in memory can take seconds.
    """
    gc.disable()
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or not there
            stream.flush()
    os._exit(code)


def _is_own() -> bool:
    """Whether it is; somebody else's may do anything when it is imported."""
    try:
        return getattr(import_module("ledger"), "__distribution__", "") == NAME
    except Exception:
        return False


def _complaint() -> str:
    """What is there instead, whose it is, and what to do."""
    spec = find_spec("ledger")
    if spec is None or spec.origin is None:
        return _missing("ledger")
    others = ", ".join(rivals()) or "another package"
    hint = f"give it an environment of its own (python3 -m venv .venv), or remove the other one and {_AGAIN}"
    return f"ledger: in the place of this program is a 'ledger' of {others}: {spec.origin}\n  hint: {hint}"


def _missing(name: str) -> str:
    """That a module is not there: one of this program's own, or one of a package that it needs."""
    gone = "files of this program are gone: a package that brought a 'ledger' too was taken away, and they with it"
    if name and name.partition(".")[0] != "ledger":
        gone = f"the package '{name.partition('.')[0]}', which this program needs, is not in its environment"
    return f"ledger: {gone}\n  hint: {_AGAIN}"


def stop_another() -> NoReturn:
    """End the command `ledger` of another package, which looks for its own `ledger` and finds this program's."""
    others = ", ".join(rivals()) or "another package"
    said = f"ledger: this command is that of {others}, and the 'ledger' that it needs has been replaced by ledger-kb"
    hint = "for this program type ledger-kb; to use both, give each an environment of its own (python3 -m venv .venv)"
    raise SystemExit(_told(f"{said}\n  hint: {hint}"))


def rivals() -> Iterator[str]:
    """Name and version of each other package here that brings a module or a command `ledger`."""
    from importlib.metadata import distributions  # slow, and seldom needed

    found = set[str]()
    for one in distributions():
        paths = (path.as_posix() for path in one.files or ())
        scripts = (entry.name for entry in one.entry_points if entry.group == "console_scripts")
        if one.name != NAME and (any(path.startswith(FILES) for path in paths) or "ledger" in scripts):
            found.add(f"{one.name} {one.version}")
    yield from sorted(found)


if __name__ == "__main__":
    command()
