"""Addresses that open a page at some words: `#:~:text=`, as browsers read it.

In: a page's address and the words as they stand there. Out: the address, with these words for any that it named. Words
are percent-encoded, and so are the hyphen, comma and ampersand, which have a meaning in the fragment itself.
"""

from urllib.parse import quote

WORDS = 8
"""Of longer words only so many are named at either end: a browser looks for what lies between."""


def address_of_words(url: str, parts: tuple[str, ...], prefix: str = "", suffix: str = "") -> str:
    """The address of the words, which may be in several parts; `prefix` and `suffix` stand beside them."""
    first, last = parts[0].split(), parts[-1].split()
    if len(parts) > 1 or len(first) > 2 * WORDS:
        text = [" ".join(first[:WORDS]), " ".join(last[-WORDS:])]
    else:
        text = [" ".join(first)]
    before = [_encoded(prefix) + "-"] if prefix.strip() else []
    after = ["-" + _encoded(suffix)] if suffix.strip() else []
    shown = ",".join([*before, *map(_encoded, text), *after])
    url = url.partition(":~:")[0].removesuffix("#")
    return f"{url}{'' if '#' in url else '#'}:~:text={shown}"


def _encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
