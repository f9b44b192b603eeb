"""Where the commands `ledger` and `ledger-kb` begin: is the package `ledger` this program's own?

Other packages bring a `ledger` too, as a folder, a module or a command. Installed beside this program they replace its
files or come before them on the path; taken away again, they take its files along. The package cannot say so itself,
since it may be somebody else's.
"""

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

NAME = "ledger-kb"
ENVIRONMENT = 3
"""The exit code: what is wrong is where the program is installed."""
FILES = ("ledger/", "ledger.py")


def main() -> int:
    """Run the command line, or say what is in its place."""
    if _is_own():
        code: int = import_module("ledger.cli").main()
        return code
    print(_complaint(), file=sys.stderr)  # noqa: T201 - the module that prints is in the package
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
    again = "install this program again, with --force-reinstall after `pip install`"
    if spec is None or spec.origin is None:
        gone = "files of this program are gone: a package that brought a 'ledger' too was taken away, and they with it"
        return f"ledger: {gone}\n  hint: {again}"
    others = ", ".join(rivals()) or "another package"
    hint = f"give it an environment of its own (python3 -m venv .venv), or remove the other one and {again}"
    return f"ledger: in the place of this program is a 'ledger' of {others}: {spec.origin}\n  hint: {hint}"


def rivals() -> Iterator[str]:
    """Name and version of each other package here that brings a module or a command `ledger`."""
    from importlib.metadata import distributions  # noqa: PLC0415 - slow, and seldom needed

    for one in sorted(distributions(), key=lambda one: str(one.name)):
        paths = (path.as_posix() for path in one.files or ())
        scripts = (entry.name for entry in one.entry_points if entry.group == "console_scripts")
        if one.name != NAME and (any(path.startswith(FILES) for path in paths) or "ledger" in scripts):
            yield f"{one.name} {one.version}"


if __name__ == "__main__":
    command()
