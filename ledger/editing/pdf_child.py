"""The text of a PDF, read by pypdf in a process of its own, which has so much time and memory and no more.

In: the path of a file, and how many pages and bytes of text are read at most. Out, on standard output: JSON with the
`pages` and the `version` of pypdf, or with the `problem`. It is run as a program, and imports nothing of ours.
"""

import contextlib
import json
import sys

MEMORY = 1 << 30
SECONDS = 60
MISSING, ENCRYPTED, BROKEN, TOO_MANY, TOO_LONG = "missing", "encrypted", "broken", "too many pages", "too long"


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    for name, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS)):
        with contextlib.suppress(AttributeError, OSError, ValueError):  # macOS takes no limit of memory
            what = getattr(resource, name)
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _pages(path: str, most_pages: int, most_bytes: int) -> dict[str, object]:
    import pypdf  # noqa: PLC0415 - an extra

    reader = pypdf.PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": ENCRYPTED}
    if len(reader.pages) > most_pages:
        return {"problem": TOO_MANY}
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        most_bytes -= len(pages[-1].encode("utf-8", "replace"))
        if most_bytes < 0:
            return {"problem": TOO_LONG}
    return {"pages": pages, "version": pypdf.__version__}


def _read(path: str, most_pages: int, most_bytes: int) -> dict[str, object]:
    try:
        return _pages(path, most_pages, most_bytes)
    except ImportError:
        return {"problem": MISSING}
    except Exception as problem:  # whatever is in the file; some ways to encrypt take another package
        return {"problem": ENCRYPTED if type(problem).__name__ == "DependencyError" else BROKEN}


if __name__ == "__main__":
    _limit()
    said = _read(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(json.dumps(said).encode("ascii"))
