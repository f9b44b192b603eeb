"""IO in: the folder `public` beside the content → files that go to the root of the site as they are.

In: the folder, and the addresses of the site's own files. Out: files, and what is wrong with the folder. Only regular
files are opened, never through a link, and none that is too large. Nothing here ever takes the place of a file of the
site.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from ledger.diagnostics import Diagnostic, Span, error, visible
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.settings import Site
from ledger.system import OPEN_TO_READ
from ledger.write import folded, is_safe

PUBLIC_FILE, BAD_MARK = "public-file", "bad-mark"
CHECKS = (PUBLIC_FILE, BAD_MARK)
"""What can be found here."""
MOST_FILES = 1_000
MOST_BYTES, MOST_IN_ALL = 10_000_000, 100_000_000
"""As large as a file may be, and all of them together."""
MARK_BYTES = 100_000
"""As large as a mark may be: every page loads it."""
MARK_PIXELS = 2_048
_HIDDEN = (".well-known", ".nojekyll")
"""The only names with a point in front that hosts and other programs ask for; any other stays where it is."""
_DROPPINGS = re.compile(r".*~|#.*#|.*\.swp|Thumbs\.db|desktop\.ini")
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_PNG_SIZE = (16, 20, 24)
"""Where the width of a PNG stands, where its height, and where that ends."""
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "text", "tspan", "path", "rect", "circle"),
        *("ellipse", "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop", "pattern"),
        *("clipPath", "mask"),
    )
)
"""The elements that a mark may have: none of them runs, loads or moves anything."""
_LOADS = re.compile(r"url\((?!\s*['\"]?#)|@import|\\|javascript:|expression\(", re.IGNORECASE)


class Public(NamedTuple):
    """What the folder holds."""

    folder: Path = Path()
    files: tuple[OutFile, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    def data(self, address: str) -> bytes | None:
        """The bytes of one file; None where there is none."""
        return next((file.data for file in self.files if file.path == address), None)


def read_public(folder: Path | None) -> Public:
    """All files of a folder, by address, and what is wrong with it; nothing where there is none."""
    if folder is None or not os.path.lexists(folder):
        return Public()
    if folder.is_symlink() or not folder.is_dir():
        return Public(
            folder, (), (_wrong(folder, "this is a link or a file, where a folder should be: it was not read"),)
        )
    found, problems, size = list[OutFile](), list[Diagnostic](), 0
    for address, entry in _walk(folder, ""):
        if len(found) >= MOST_FILES:
            problems.append(_wrong(folder, f"the folder holds more than {MOST_FILES:,} files", "take some out of it"))
            break
        read = _read(address, entry)
        if isinstance(read, Diagnostic):
            problems.append(read)
        elif (size := size + len(read.data)) > MOST_IN_ALL:
            problems.append(_wrong(folder, f"its files have more than {MOST_IN_ALL:,} bytes", "take some out of it"))
            break
        else:
            found.append(read)
    return Public(folder, tuple(found), tuple(problems))


def findings_of(public: Public, addresses: Collection[str], site: Record[Site] | None) -> Iterator[Diagnostic]:
    """All that is wrong with the folder, given the addresses of the site's own files and its settings."""
    yield from public.problems
    if public.files:
        yield from _in_the_way(public, addresses)
    if site and site.fields.mark and (wrong := wrong_mark(public, site.fields.mark, site.span("mark"))):
        yield wrong


def _in_the_way(public: Public, addresses: Collection[str]) -> Iterator[Diagnostic]:
    """The files that would take the place of another file."""
    tops = {_top(folded(file.path)) for file in public.files}
    taken = {name: address for address in addresses if _top(name := folded(address)) in tops}
    folders = {above: address for name, address in taken.items() for above in _above(name)}
    for file in public.files:
        name = folded(file.path)
        others = (taken.get(name), folders.get(name), *(taken.get(above) for above in _above(name)))
        if other := next(filter(None, others), None):
            message = f"the site has '{other}', which stays; this file was not copied"
            yield _wrong(public.folder / file.path, message, "rename it, or take it out of `public`")
            continue
        taken[name] = file.path
        folders |= dict.fromkeys(_above(name), file.path)


def _top(address: str) -> str:
    return address.partition("/")[0]


def _above(address: str) -> list[str]:
    parts = address.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def wrong_mark(public: Public, mark: str, span: Span) -> Diagnostic | None:
    """What is wrong with the picture that the settings name as the mark."""
    data = public.data(mark)
    if data is None:
        return error(
            BAD_MARK, span, f"there is no file '{mark}' in the folder `public`", "put it there, beside `content`"
        )
    if len(data) > MARK_BYTES:
        message = f"the mark has {len(data):,} bytes, and every page loads it; {MARK_BYTES:,} are the limit"
        return error(BAD_MARK, span, message, "make it smaller, or draw it as SVG")
    why = _wrong_svg(data) if mark.endswith(".svg") else _wrong_png(data)
    hint = "save it as a plain SVG of shapes alone, or as PNG" if mark.endswith(".svg") else "save it again as PNG"
    return error(BAD_MARK, span, f"'{mark}' cannot be the mark: {why}", hint) if why else None


def _wrong(path: Path, message: str, hint: str = "put the files themselves into a folder `public`") -> Diagnostic:
    shown = visible(os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace"))  # noqa: PTH100
    return error(PUBLIC_FILE, Span(shown.replace("\\", "/")), message, hint)


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        hidden = entry.name.startswith(".") and (prefix or entry.name not in _HIDDEN)
        if hidden or _DROPPINGS.fullmatch(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, Path(entry.path)


def _read(address: str, path: Path) -> OutFile | Diagnostic:
    if not is_safe(address):
        return _wrong(path, "no address of a site can have this name", "rename it with letters, digits and hyphens")
    try:
        handle = os.open(path, OPEN_TO_READ)
    except OSError as problem:
        if path.is_symlink() or not path.is_file():
            return _wrong(path, "this is a link or a device, not a file: it was not opened", "put the file itself here")
        return _wrong(path, f"cannot be read: {problem.strerror}", "check its permissions")
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            return _wrong(path, "this is a link or a device, not a file: it was not opened", "put the file itself here")
        if about.st_size > MOST_BYTES:
            message = f"the file has {about.st_size:,} bytes; {MOST_BYTES:,} are the limit"
            return _wrong(path, message, "put it on a host for large files, and link to it")
        return OutFile(address, opened.read())


def _wrong_png(data: bytes) -> str:
    if not data.startswith(_PNG) or len(data) < _PNG_SIZE[-1]:
        return "it is no PNG"
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in _PNG_SIZE[:2])
    return "" if 0 < width <= MARK_PIXELS and 0 < height <= MARK_PIXELS else f"it has {width} × {height} pixels"


def _wrong_svg(data: bytes) -> str:
    """Why a drawing is more than shapes, if it is: whatever is not known to be harmless is refused."""
    if b"\0" in data or b"<!DOCTYPE" in data.upper() or b"<!ENTITY" in data.upper() or b"<?xml-" in data:
        return "it has a document type, or leads to a style sheet"
    root = None
    with suppress(ET.ParseError, UnicodeDecodeError, LookupError):
        root = ET.fromstring(data.decode("utf-8-sig"))  # noqa: S314 - no entities, see above
    if root is None or root.tag != f"{_SVG}svg":
        return "it is no SVG in UTF-8"
    return next((why for element in root.iter() if (why := _wrong_element(element))), "")


def _wrong_element(element: ET.Element) -> str:
    name = str(element.tag).removeprefix(_SVG)
    if name not in _SHAPES:
        return f"it holds <{visible(name[:60])}>"
    if name == "style" and _LOADS.search(element.text or ""):
        return "its style loads something"
    for key, value in element.attrib.items():
        short = key.rpartition("}")[2].casefold()
        if short.startswith("on") or (short == "href" and not value.startswith("#")) or _LOADS.search(value):
            return f'its <{name}> has {visible(short[:60])}="{visible(value[:60])}"'
    return ""
