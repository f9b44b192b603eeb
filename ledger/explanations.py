"""What each check is for: one Markdown page a check, in `catalogue/`, with a bad and a good example.

In: a check's id. Out: its page, as the tests run it and the command line prints it.
"""

import re
from pathlib import Path

CATALOGUE = Path(__file__).resolve().parent / "catalogue"


def known() -> tuple[str, ...]:
    """Every check's id, sorted."""
    return tuple(sorted(path.stem for path in CATALOGUE.glob("*.md")))


def explain(check: str) -> str | None:
    """The page of a check, if there is one."""
    return (CATALOGUE / f"{check}.md").read_text(encoding="utf-8").rstrip() if check in known() else None


def table() -> str:
    """Every check with the first sentence of its page."""
    width = max(len(check) for check in known())
    return "\n".join(f"{check:<{width}}  {_first_sentence(explain(check) or '')}" for check in known())


def _first_sentence(text: str) -> str:
    paragraph = text.split("\n\n")[1].replace("\n", " ")
    return re.split(r"(?<=[.!?])\s", paragraph, maxsplit=1)[0]
