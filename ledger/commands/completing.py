"""What a shell offers while a command line is typed: ids of the ledger, kinds, checks.

In: the parser of a command. Out: the same, with what completes each argument. Ids are the names of files: none is
opened, and only a name that can be an id is offered.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

Completer = Callable[..., Iterable[str]]
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _ids(folder: str = "*") -> Completer:
    """The ids of records in the content folder that was named, or those of a kind."""

    def complete(parsed_args: argparse.Namespace, **_: Any) -> list[str]:
        content = getattr(parsed_args, "content", None) or Path("content")
        paths = (path for path in Path(content).glob(f"{folder}/*") if path.suffix in (".yml", ".md"))
        return sorted({path.stem for path in paths if _ID.fullmatch(path.stem)})

    return complete


def _kinds(**_: Any) -> list[str]:
    from ledger.records import KINDS  # slow to import

    return [kind.name for kind in KINDS]


def _plurals(**_: Any) -> list[str]:
    from ledger.query.columns import PLURALS  # slow to import

    return [*PLURALS.values()]


def _checks(**_: Any) -> Iterable[str]:
    from ledger import explanations  # slow to import

    return explanations.known()


WORDS = (
    "NEW", "QUERY", "FILTER", "WORDS", "TEXT", "DATE", "URL", "NUMBER", "N", "SECONDS", "FIELD=VALUE", "IDENTIFIER",
    "ID@HASH",
)  # fmt: skip
"""What only the editor knows; anything else is the name of a file."""
COMPLETERS: Mapping[str, Completer] = {
    "SOURCE": _ids("sources"),
    "ID": _ids(),
    "OLD": _ids(),
    "KIND": _kinds,
    "list KIND": _plurals,
    "CHECK-ID": _checks,
} | dict.fromkeys(("new ID", "add ID", *WORDS), lambda **_: ())
"""What an argument is called in the help, after the name of a command where it means something else there."""


def with_completers(parser: argparse.ArgumentParser, command: str) -> None:
    """Let the arguments of a command be completed."""
    for action in parser._actions:
        completer = COMPLETERS.get(f"{command} {action.metavar}") or COMPLETERS.get(str(action.metavar))
        if completer:
            action.completer = completer  # type: ignore[attr-defined]
