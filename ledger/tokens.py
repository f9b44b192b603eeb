"""Stand-ins for references while a text passes through Markdown: two noncharacters and a number.

In: a text and its references. Out: the text with a token for each. Nobody can write a token: noncharacters and other
characters that HTML forbids are replaced first.
"""

import re

from ledger.references import Reference

OPEN, CLOSE = "\ufdd0", "\ufdd1"
TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without the characters that HTML forbids; nobody can write a token or a mark of Python-Markdown's."""
    return _ODD.sub("\ufffd", text)


def with_tokens(text: str, references: tuple[Reference, ...]) -> str:
    """The text with a token in the place of each reference."""
    parts, last = [], 0
    for number, reference in enumerate(references):
        parts += [clean(text[last : reference.start]), f"{OPEN}{number}{CLOSE}"]
        last = reference.end
    return "".join([*parts, clean(text[last:])])
