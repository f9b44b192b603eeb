"""A formula in a line of plain signs: `L(N) = E + A/N^α`.

In: the tree of its MathML. Out: words for where there is no markup.
"""

import re
import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

_SPACED = frozenset("=+−-<>≤≥≠≈≡∼∝∈∉⊂⊆∪∩→←⇒⇔↦×⋅·±∧∨∣")
_WHOLE = re.compile(r"[\w.′]*\Z")
_MARKS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "‾": "\u0304", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308"}
_PRIMES = frozenset("′″‴⁗")


def in_a_line(math: Element) -> str:
    """The formula of a `math` element, on one line."""
    return unicodedata.normalize("NFC", " ".join(_said(math).split()))


def _said(element: Element) -> str:
    inner = [_said(one) for one in element]
    if element.tag in _WORDS:
        return _WORDS[element.tag](inner)
    if element.tag == "mtr":
        return (" " if element[0].get("columnalign") == "right" else ", ").join(cell.strip() for cell in inner)
    text = element.text or ""
    if element.tag == "mo":
        return f" {text} " if text in _SPACED or len(text) > 1 else f"{text} " if text in ",;" else text
    return (f" {text} " if element.tag == "mi" and len(text) > 1 else text) + "".join(inner)


def _fraction(inner: list[str]) -> str:
    above, below = (part if "^" in part and _WHOLE.match(part.replace("^", "")) else _group(part) for part in inner)
    return f"{above}/{below}"


def _scripts(inner: list[str]) -> str:
    base, low, high = inner[0].strip(), inner[1], inner[2] if len(inner) > len("bl") else ""
    above = high if set(high) <= _PRIMES else f"^{_group(high)}"
    return f"{base}_{_group(low)}{above}{'' if _WHOLE.match(base) else ' '}"


def _raised(inner: list[str]) -> str:
    base, high = inner
    return f"{base}{high}" if high and set(high) <= _PRIMES else f"{base}^{_group(high)}"


def _above(inner: list[str]) -> str:
    base, mark = inner[0].strip(), inner[1].strip()
    if mark in _MARKS:
        return f"{base}{_MARKS[mark]}" if len(base) == 1 else f"({base}){mark}"
    return base if mark == "⏞" else f"{base}^{_group(mark)}"


_WORDS: dict[str, Callable[[list[str]], str]] = {
    "mspace": lambda _: " ",
    "mfrac": _fraction,
    "msqrt": lambda inner: f"√{_group(''.join(inner))}",
    "mroot": lambda inner: f"root({inner[0]}, {inner[1]})",
    "msub": _scripts,
    "msubsup": _scripts,
    "munder": lambda inner: inner[0] if inner[1] == "⏟" else _scripts(inner),
    "munderover": _scripts,
    "msup": _raised,
    "mover": _above,
    "mtable": "; ".join,
}


def _group(said: str) -> str:
    said = " ".join(said.split())
    return said if _WHOLE.match(said) or len(said) == 1 else f"({said})"
