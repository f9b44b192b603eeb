"""Questions on the terminal: a line, one of several, a yes or a no.

In: what is asked. Out: what was answered. The end of the input stops the command, as Ctrl-C does.
"""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from ledger import terminal
from ledger.diagnostics import visible

COLUMNS = 100


def read(prompt: str) -> str:
    """A line from the terminal."""
    try:
        return terminal.ask(prompt).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def list_out(choices: Sequence[tuple[str, str]]) -> None:
    """Number what can be chosen, each with what it is."""
    width = max((len(id_) for id_, _ in choices), default=0)
    for number, (id_, title) in enumerate(choices, 1):
        line = visible(f"  {number} {id_:{width}}  {title}").rstrip()
        terminal.say(line if len(line) <= COLUMNS else f"{line[: COLUMNS - 2]} …")


def line_out(words: Sequence[str]) -> None:
    """Number what can be chosen, as many on a line as fit."""
    pieces = [f"{number} {word}".replace(" ", "\0") for number, word in enumerate(words, 1)]
    lines = textwrap.wrap("  ".join(pieces), COLUMNS - 2, break_on_hyphens=False)
    for line in lines:
        terminal.say(f"  {line}".replace("\0", " "))


def numbered(text: str, choices: Sequence[tuple[str, str]]) -> str:
    """The choice with that number, or the text as it is."""
    at = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(len(choices))) else 0
    return choices[at - 1][0] if 1 <= at <= len(choices) else text


def choose(prompt: str, choices: Sequence[tuple[str, str]], meant: Mapping[str, str] | None = None) -> str:
    """One of a few, by its number, its name, or what else is meant by it; nothing for an empty line."""
    list_out(choices)
    while answer := numbered(read(prompt), choices):
        answer = (meant or {}).get(answer, answer)
        if answer in (id_ for id_, _ in choices):
            return answer
        terminal.say(visible(f"  '{answer}' is none of these"))
    return ""


def agreed(prompt: str) -> bool:
    """Whether the answer is yes; an empty line is one."""
    return read(prompt).casefold() in ("", "y", "yes")


def completing(words: Sequence[str]) -> Callable[[str, int], str | None]:
    """What the library `readline` asks for when Tab is pressed: the nth word that begins with a text."""

    def complete(text: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(text)]
        return found[state] if state < len(found) else None

    return complete


def offer(words: Sequence[str]) -> None:
    """Let Tab complete these words from now on, where the system can."""
    with suppress(ImportError):
        import readline  # not on every system, and only on a terminal

        readline.set_completer(completing(words))
        readline.set_completer_delims("")
        uses_libedit = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if uses_libedit else "tab: complete")
