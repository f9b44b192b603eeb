"""`ledger completion`: what makes a shell complete commands, options and ids, by `argcomplete`."""

import argparse

from ledger import terminal
from ledger.commands.running import BUILT

SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    what = "bash, zsh or fish; docs/editing-commands.md says where to put what is printed"
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=what)


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    from argcomplete.shell_integration import shellcode  # noqa: PLC0415 - only when it is needed

    terminal.say(shellcode(["ledger"], shell=arguments.shell).strip())
    return BUILT
