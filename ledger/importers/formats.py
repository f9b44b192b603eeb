"""What a foreign file is: by its first bytes, and only then by how its name ends.

In: a file. Out: the format that reads it, or the name of a format that nothing here reads, with what to do. A file that
is none of the others is an article.
"""

import re
from pathlib import PurePath
from typing import NamedTuple

from ledger.importers.drafts import ForeignFile

_LOOKED_AT = 4_096
"""How many bytes of a file are looked at to tell what it is."""
_EXPORT = "export it as BibTeX, RIS or CSL-JSON"
_UNPACK = "unpack it, and name a file that was in it"
_ZIP = f"{_UNPACK}; a bundle of the Open Knowledge Format is read with: ledger import okf FILE"
_SAVE = "save its text, and name the file of that"


class Unreadable(NamedTuple):
    """A format that is not read here: its name, and what to do."""

    name: str
    hint: str = _EXPORT


_ISI = Unreadable("ISI, the Web of Science's format")
_PDF = Unreadable("a PDF file", _SAVE)
_PACKED = Unreadable("a zip archive, as Word, LibreOffice, EPUB and Zotero write", _ZIP)
_BINARY = (
    (b"%PDF-", _PDF),
    (b"PK\x03\x04", _PACKED),
    (b"PK\x05\x06", Unreadable("a zip archive", _UNPACK)),
    (b"\xd0\xcf\x11\xe0", Unreadable("a Word or Excel file", _SAVE)),
    (b"{\\rtf", Unreadable("RTF, rich text", _SAVE)),
    (b"\x1f\x8b", Unreadable("a gzip archive", _UNPACK)),
    (b"BZh", Unreadable("a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ", Unreadable("an xz archive", _UNPACK)),
    (b"7z\xbc\xaf", Unreadable("a 7z archive", _UNPACK)),
    (b"Rar!", Unreadable("a RAR archive", _UNPACK)),
    (b"SQLite format 3", Unreadable("an SQLite database")),
    *((begins, Unreadable("a picture", _SAVE)) for begins in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
    (b"%!PS", Unreadable("a PostScript file", _SAVE)),
)
"""First bytes of what is no text."""
_XML = (
    (r"<rdf:RDF", "RDF"),
    (r"<(?:records|xml>\s*<records)\b", "EndNote XML"),
    (r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle)\b", "PubMed XML"),
    (r"<modsCollection|<mods\b|<mods:", "MODS XML"),
    (r"<(?:marc:)?(?:collection|record)\b", "MARC XML"),
    (r"<(?:feed|rss)\b", "a feed"),
    (r"<svg\b", "a picture"),
)
_CELLS = {
    *("title", "author", "authors", "year", "doi", "key", "item type", "publication year", "isbn", "url", "journal"),
    *("source title", "abstract", "publication title", "issn", "pages", "date", "volume", "publisher", "pmid", "notes"),
}
"""How the columns of tables of references are called."""
_TEXT: tuple[tuple[str, str | Unreadable], ...] = (
    (r"PMID ?- ?\d", "pubmed"),
    (r"TY {0,2}- {0,2}[A-Z]", "ris"),
    (r"(?:[A-Z][A-Z0-9] {1,2}- ?[^\n]*\n){1,40}(?:TY|ER) {0,2}-", "ris"),
    (r"@[A-Za-z]{3,30}[ \t]*[{(]", "bibtex"),
    (r"FN (?:Clarivate|Thomson|ISI)|(?:FN[^\n]*\nVR|VR) \d|PT [A-Z]\nAU ", _ISI),
    (r"%0 [A-Z]", Unreadable("EndNote's format (Refer, .enw)")),
    (r"RT [A-Z][a-z]|\{Reference Type\}:", Unreadable("RefWorks' format")),
    (r"%YAML|(?:---[ \t]*\n)?(?:references|bibliography):[ \t]*\n|cff-version:", Unreadable("YAML")),
    (r"(?:---[ \t]*\n)?- (?:id|type|title|citation-key):", Unreadable("YAML")),
    (r"\\documentclass|\\begin\{|\\bibitem", Unreadable("LaTeX", "import its .bib file")),
)
"""How a text of a format begins."""
_PROLOGUE = re.compile(r"<\?[^?]{0,500}\?>|<!--[^>]{0,2000}-->|<!DOCTYPE(?! html)[^>\[]{0,500}>")
_ARTICLES = (".md", ".markdown", ".html", ".htm")
"""Endings of articles, which may well begin like something else."""
_BY_ENDING: dict[str, str | Unreadable] = {
    ".bib": "bibtex", ".bibtex": "bibtex", ".json": "csl-json", ".ris": "ris", ".nbib": "pubmed",
    ".argdown": "argdown", ".ad": "argdown",
    ".xml": Unreadable("XML"), ".rdf": Unreadable("RDF"), ".enw": Unreadable("EndNote's format (.enw)"),
    ".enl": Unreadable("an EndNote library"), ".ciw": _ISI,
    ".isi": _ISI, ".yaml": Unreadable("YAML"), ".yml": Unreadable("YAML"),
    ".cff": Unreadable("YAML"), ".csv": Unreadable("a table (CSV)"), ".tsv": Unreadable("a table (TSV)"),
    ".docx": Unreadable("a Word file", _SAVE), ".doc": Unreadable("a Word file", _SAVE),
    ".odt": Unreadable("a LibreOffice file", _SAVE), ".xlsx": Unreadable("a spreadsheet"),
    ".ods": Unreadable("a spreadsheet"), ".pdf": Unreadable("a PDF file", _SAVE),
    ".zip": _PACKED, ".epub": Unreadable("an EPUB book", _SAVE),
    ".sqlite": Unreadable("an SQLite database"), ".db": Unreadable("a database"), ".ttl": Unreadable("RDF"),
    ".mods": Unreadable("MODS XML"), ".tex": Unreadable("LaTeX", "import its .bib file"),
}  # fmt: skip
"""What a name's ending says where the first bytes say nothing."""


def format_of(file: ForeignFile) -> str | Unreadable:
    """The format of a file."""
    start, ending = file.data[:_LOOKED_AT], _ending(file)
    if binary := no_text(file):
        return binary
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    found = _known_text(text) or _xml(text) or _table(text) or _json(text, file.data.rstrip()[-1:])
    by_bytes = "" if ending in _ARTICLES and (found == "csl-json" or isinstance(found, Unreadable)) else found
    return by_bytes or _BY_ENDING.get(ending, "article")


def no_text(file: ForeignFile) -> Unreadable | None:
    """What a file is that is no text, by its first bytes; of what is packed as a zip archive, by its name too."""
    start = file.data[:_LOOKED_AT]
    binary = next((what for bytes_, what in _BINARY if start.startswith(bytes_)), None)
    if b"%PDF-" in start[:1_024]:
        return _PDF
    if binary is None and b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unreadable("no text", _SAVE)
    by_name = _BY_ENDING.get(_ending(file))
    return by_name if binary is _PACKED and isinstance(by_name, Unreadable) else binary


def _ending(file: ForeignFile) -> str:
    return PurePath(file.path).suffix.lower()


def _known_text(text: str) -> str | Unreadable:
    if text.startswith("%") and not re.match("%0 |%YAML", text):  # comments above the entries of BibTeX
        lines = (line.strip() for line in text.split("\n"))
        text = next((line for line in lines if line and not line.startswith("%")), "")
    return next((what for begins, what in _TEXT if re.match(begins, text)), "")


def _xml(text: str) -> str | Unreadable:
    """The format of a text in XML or HTML."""
    head = _PROLOGUE.sub(" ", text).lstrip()
    if name := next((name for begins, name in _XML if re.match(begins, head, re.IGNORECASE)), ""):
        return Unreadable(name)
    if re.match(r"<!doctype html|<html|<head|<body", head, re.IGNORECASE):
        return "article"
    return Unreadable("XML") if text.startswith("<?xml") else ""


def _table(text: str) -> str | Unreadable:
    """A table whose first line names columns as those of references are called."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    cells = [cell.strip(" \"'").casefold() for cell in first.split(mark)]
    if len(cells) >= 3 and len(_CELLS.intersection(cells)) >= 2:  # a sentence has neither
        return Unreadable("a table (TSV)" if mark == "\t" else "a table (CSV)")
    return ""


def _json(text: str, last: bytes) -> str:
    """A list of objects, or one object and nothing behind it: front matter in JSON has an article behind it."""
    is_json = re.match(r"\[\s*(?:\{\s*[\"}]|\]\s*$)", text) or (re.match(r'\{\s*"', text) and last == b"}")
    return "csl-json" if is_json else ""
