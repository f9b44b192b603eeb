"""Ledger: sourced knowledge bases of controversies, as a website and as data.

`__all__` is what programs may build on; `docs/python.md` shows it at work. The names are looked up when they are first
used, so that importing the package costs next to nothing.
"""

# ruff: noqa: F403, F405 - `ledger.api` has the same `__all__`
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.api import *

__all__ = [
    "Analysis", "Answer", "Challenge", "Chart", "Claim", "Controversy", "Diagnostic", "Event", "Level", "LoadedLedger",
    "Page", "Position", "Proponent", "QueryError", "Record", "Source", "Span", "Term", "Thread", "load",
]  # fmt: skip

__version__ = "0.1.0"
__distribution__ = "ledger-kb"
"""What the program is called where packages are kept, and what `ledger_kb.py` knows it by."""


def __getattr__(name: str) -> Any:
    """A public name, from the module that has it."""
    if name not in __all__:
        started = os.path.basename(sys.argv[0] if sys.argv else "").partition(".")[0]  # noqa: PTH119 - quick to import
        if started == "ledger" and "ledger_kb" not in sys.modules and not name.startswith("__"):
            import ledger_kb  # the command `ledger` of another package

            ledger_kb.stop_another()
        raise AttributeError(f"module 'ledger' has no attribute '{name}'")
    from ledger import api  # what it brings along is slow to import

    return getattr(api, name)
