"""Texts that no spreadsheet runs, for every CSV that is written.

In: a text. Out: the text, with a `'` before it if a spreadsheet would run it or if it begins with `'`: who reads takes
one `'` off the start of a text.
"""

GUARD = "'"
GUARDED = (GUARD, "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text may begin that is guarded: what spreadsheets run (OWASP, CSV Injection), and the guard itself."""


def guarded(text: str) -> str:
    """A text that no spreadsheet runs."""
    return GUARD + text if text.startswith(GUARDED) else text
