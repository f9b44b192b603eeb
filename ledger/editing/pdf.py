"""The text of a PDF, page by page, as far as it has any (the extra `pdf`).

In: the path of a file. Out: the text, the line on which each page begins, and what took it out.
ValueError says why there is none. The file is read in a process of its own, which has so much time and memory.
"""

import logging
import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from ledger.editing import installing
from ledger.files import MAX_TEXT_BYTES
from ledger.importers import bounded

MAX_BYTES = 100_000_000
MAX_PAGES = 1_000
SECONDS, MEMORY = 60.0, 1 << 30
_ENCRYPTED = "{} is encrypted: save it without a password, or copy the text that is quoted"
_BESIDE_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class FileText(NamedTuple):
    """A text, how it was extracted where that matters, and the line on which each page begins, if there are pages."""

    text: str
    how: str = ""
    pages: tuple[int, ...] = ()


class UnreadableError(ValueError):
    """Why a PDF gives no text."""


def is_pdf(start: bytes) -> bool:
    """Whether a file begins as a PDF does: the mark is among the first 1,024 bytes, ISO 32000."""
    return b"%PDF-" in start[:1024]


def read_pdf(file: Path) -> FileText:
    """The text of a file. ValueError when there is none to be had."""
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"{file} has more than {MAX_BYTES:,} bytes: give the pages that are quoted")
    try:
        read = bounded.read_one(partial(_read, file))
    except ImportError:
        hint = f"`pdftotext {file}` first, or `{installing.missing('pdf')}`"
        raise ValueError(f"this is a PDF: {hint}") from None
    if read is None:
        raise ValueError(f"reading {file} takes too much time or memory: `pdftotext {file}` first")
    version, texts = read
    pages = ["\n".join(_BESIDE_TEXT.sub(" ", page).split("\n")).strip() for page in texts]
    if not any(pages):
        raise ValueError(f"{file} holds pictures of pages and no text: let a program recognise it first, as ocrmypdf")
    begins = accumulate((page.count("\n") + 2 for page in pages[:-1]), initial=1)
    return FileText("\n\n".join(pages) + "\n", f"from the PDF, by pypdf {version}", tuple(begins))


def _read(file: Path) -> tuple[str, list[str]]:
    """The version of pypdf, and what it finds on each page."""
    import pypdf  # an extra

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # we report ourselves what it cannot read
    bounded.limit(SECONDS, MEMORY)
    try:
        return pypdf.__version__, list(_texts(pypdf.PdfReader(file), file))
    except (UnreadableError, MemoryError):
        raise
    except Exception as problem:  # whatever is in the file; some ways to encrypt take another package
        broken = f"{file} cannot be read as a PDF: `pdftotext {file}` may read it, or copy the text that is quoted"
        is_encrypted = type(problem).__name__ == "DependencyError"
        raise UnreadableError(_ENCRYPTED.format(file) if is_encrypted else broken) from None


def _texts(reader: Any, file: Path) -> Iterator[str]:
    """The text of each page, up to the limits."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(_ENCRYPTED.format(file))
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableError(f"{file} has more than {MAX_PAGES:,} pages: give those that are quoted")
    left = MAX_TEXT_BYTES
    for page in reader.pages:
        text = page.extract_text()
        left -= len(text.encode("utf-8", "replace"))
        if left < 0:
            what = f"more than {MAX_TEXT_BYTES:,} bytes of text"
            raise UnreadableError(f"{file} has {what}: give the pages that are quoted")
        yield text
