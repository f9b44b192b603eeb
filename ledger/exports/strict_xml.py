"""Elements → XML bytes that every parser reads: UTF-8, indented, without the characters that XML forbids."""

import re
from xml.etree import ElementTree as ET

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def element(name: str, text: str = "", **attributes: str) -> ET.Element:
    """An element with text and attributes, both without what XML forbids."""
    made = ET.Element(name, {key: allowed(value) for key, value in attributes.items()})
    made.text = allowed(text) or None
    return made


def to_bytes(root: ET.Element) -> bytes:
    """One XML document that ends with a line break."""
    ET.indent(root, "")
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
