"""The text of a PDF, page by page, as far as it has any (the extra `pdf`).

In: the path of a file. Out: the text, the line on which each page begins, and what took it out.
ValueError says why there is none. `pdf_child.py` reads the file, in a process with limits.
"""

import json
import re
import subprocess
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from ledger.editing import installing, pdf_child
from ledger.files import MAX_TEXT_BYTES

MAX_BYTES = 100_000_000
MAX_PAGES = 1_000
PATIENCE = 120
"""Seconds in all; `pdf_child.py` counts its own work."""
_BESIDE_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_WHY = {
    pdf_child.MISSING: "this is a PDF: `pdftotext {file}` first, or `{install}`",
    pdf_child.ENCRYPTED: "{file} is encrypted: save it without a password, or copy the text that is quoted",
    pdf_child.BROKEN: "{file} cannot be read as a PDF: `pdftotext {file}` may read it, or copy the text that is quoted",
    pdf_child.TOO_MANY: f"{{file}} has more than {MAX_PAGES:,} pages: give those that are quoted",
    pdf_child.TOO_LONG: f"{{file}} has more than {MAX_TEXT_BYTES:,} bytes of text: give the pages that are quoted",
    "": "reading {file} takes too much time or memory: `pdftotext {file}` first",
}


class FileText(NamedTuple):
    """A text, how it was taken where that matters, and the line on which each page begins, if it has any."""

    text: str
    how: str = ""
    pages: tuple[int, ...] = ()


def is_pdf(start: bytes) -> bool:
    """Whether a file begins as a PDF does: the mark is among the first 1,024 bytes, ISO 32000."""
    return b"%PDF-" in start[:1024]


def read_pdf(file: Path) -> FileText:
    """The text of a file. ValueError when there is none to be had."""
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"{file} has more than {MAX_BYTES:,} bytes: give the pages that are quoted")
    said = _asked(file)
    if "pages" not in said:
        raise ValueError(_WHY[said.get("problem", "")].format(file=file, install=installing.missing("pdf")))
    pages = ["\n".join(_BESIDE_TEXT.sub(" ", page).split("\n")).strip() for page in said["pages"]]
    if not any(pages):
        raise ValueError(f"{file} holds pictures of pages and no text: let a program recognise it first, as ocrmypdf")
    begins = accumulate((page.count("\n") + 2 for page in pages[:-1]), initial=1)
    return FileText("\n\n".join(pages) + "\n", f"from the PDF, by pypdf {said['version']}", tuple(begins))


def _asked(file: Path) -> dict[str, Any]:
    """What the process says; nothing where it was stopped."""
    command = [sys.executable, "-P", pdf_child.__file__, str(file.resolve()), str(MAX_PAGES), str(MAX_TEXT_BYTES)]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own
        found: dict[str, Any] = json.loads(ran.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return found
