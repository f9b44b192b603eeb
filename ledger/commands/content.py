"""What commands share that work on a folder of records: it must be there, and a ValueError is a matter of usage."""

import argparse
from collections.abc import Callable
from functools import wraps

from ledger.commands.running import USAGE, Run, fail, missing_folder


def on_content(hint: str = "") -> Callable[[Run], Run]:
    """Make a command say what is missing or wrong, and `hint`, and give the exit code of wrong usage."""

    def checked(run: Run) -> Run:
        @wraps(run)
        def command(arguments: argparse.Namespace) -> int:
            if missing := missing_folder(arguments.content):
                return fail(USAGE, *missing)
            try:
                return run(arguments)
            except ValueError as problem:
                return fail(USAGE, str(problem), hint)

        return command

    return checked
