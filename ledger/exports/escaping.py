r"""Any text → text that stands for itself in another format: CommonMark, Argdown, DOT, XML.

In: words as anybody may have written them. Out: one line in which nothing is markup. White space of every sort, line
breaks included, becomes one space; characters that no format can carry are left out.
"""

import re
from xml.etree import ElementTree as ET

_IN_MARKDOWN = re.compile(r"[\\`*_\[\]<>#&~|^$@{}/.](?:(?<![/.])|(?<=:/)(?=/)|(?<=[wW][wW][wW]\.))")
"""One set of characters, then what must stand around two of them: it is looked for four times as fast as the three."""
_STARTS = "-+=:0123456789"
_STARTS_A_BLOCK = re.compile(r"([-+=:])|(\d{1,9})([.)])(?=\s|\Z)")
INCLUDES = r"(?<=@include)\("
"""What makes Argdown read a file, also in a quoted text and behind a backslash."""
_IN_ARGDOWN = re.compile(rf"[\\@#*_\[\]<>{{}}/=]|[.:](?=\S)|{INCLUDES}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_ADDRESS = {ord("("): "%28", ord(")"): "%29", ord("\\"): "%5C", ord("&"): "&amp;"}
_IN_DOT = {ord("\\"): "\\\\", ord('"'): '\\"', ord("&"): "&amp;"}


def one_line(text: str) -> str:
    """Words with one space between them, without characters that XML forbids."""
    return " ".join(allowed(text).split())


def in_markdown(text: str) -> str:
    """Words inside a line of CommonMark; spaces at the ends stay. Also no link to those who link bare addresses."""
    spaced = text if text.isprintable() and "  " not in text else re.sub(r"\s+", " ", allowed(text))
    return _IN_MARKDOWN.sub(lambda found: "\\" + found[0], spaced)


def at_line_start(markdown: str) -> str:
    """Escaped CommonMark that may stand at the start of a line: no list, no rule, no heading."""
    found = _STARTS_A_BLOCK.match(markdown) if markdown[:1] in _STARTS else None
    if found is None:
        return markdown
    return (f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}") + markdown[found.end() :]


def address_in_markdown(address: str) -> str:
    """An address as the target of a link."""
    return address.translate(_IN_ADDRESS)


def link_in_markdown(words: str, address: str) -> str:
    """A link by plain words."""
    return f"[{in_markdown(words).strip()}]({address_in_markdown(address)})"


def in_argdown(text: str) -> str:
    """Words inside a statement or a heading of Argdown."""
    return _IN_ARGDOWN.sub(lambda found: "\\" + found[0], one_line(text))


def in_dot(text: str) -> str:
    """A quoted string of DOT; Graphviz reads escapes and entities in labels."""
    return '"' + one_line(text).translate(_IN_DOT) + '"'


# XML


def allowed(text: str) -> str:
    """Text without the characters that XML forbids: all of them are characters that nobody can print."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def element(name: str, text: str = "", **attributes: str) -> ET.Element:
    """An element with text and attributes, both without what XML forbids."""
    made = ET.Element(name, {key: allowed(value) for key, value in attributes.items()})
    made.text = allowed(text) or None
    return made


def xml_bytes(root: ET.Element) -> bytes:
    """One XML document that ends with a line break, for every parser: UTF-8, indented."""
    ET.indent(root, "")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
