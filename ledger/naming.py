"""Which ids a record may have: the reserved ones, and the nearest good one to some words."""

import re
import unicodedata

from ledger.fields import ID_LENGTH

_DEVICES = ("con", "prn", "aux", "nul", "conin", "conout", "clock")
_PORTS = tuple(f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_PAGES = ("index", "404", "assets", "feed", "search", "api", "sitemap", "robots")
RESERVED = frozenset((*_DEVICES, *_PORTS, *_PAGES))
"""Names that some file system or the site itself needs."""


def nearest_id(words: str) -> str:
    """The valid id closest to some words, or nothing when they hold no usable letter."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_LENGTH].strip("-")
