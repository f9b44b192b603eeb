"""IO in: the content folder → the texts of its files, and what could not be read.

Only regular files are opened, never through a link, and never one that is too large. Every file that is found ends up
in one of three lists: read, ignored (editors' droppings, kept texts), or failed (with a problem that says why).
"""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from ledger.decoding import MAX_BYTES, control_in, decode_text
from ledger.diagnostics import Diagnostic, Span, did_you_mean, error, has_errors, visible, warning
from ledger.naming import nearest_id
from ledger.records import FOLDERS, ROOT_FILES, SNAPSHOT
from ledger.system import OPEN_TO_READ

_DROPPINGS = re.compile(r"\..*|.*~|#.*#|.*\.swp|Thumbs\.db|desktop\.ini|(README|LICEN[CS]E)(\.md|\.txt)?")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SUFFIXES = (".yml", ".md")
_MAX_PATH = 240
MAX_TEXT_BYTES = 10_000_000
"""As large as the text of a snapshot may be."""
BEGUN = ".ledger-begun-"
"""How the name of a folder begins that stands in the content while files are exchanged."""


class TextFile(NamedTuple):
    """One file that was read: its path below the content folder, with `/`, and its text."""

    path: str
    text: str

    @property
    def fields(self) -> tuple[int, int] | None:
        """Where the fields begin and end: in a `.md` file between its first two lines of ---, if it has them."""
        if not self.path.endswith(".md"):
            return 0, len(self.text)
        opening = _FENCE.search(self.text)
        closing = _FENCE.search(self.text, opening.end()) if opening else None
        return (opening.end() + 1, closing.start()) if opening and closing else None


class KeptText(NamedTuple):
    """The text of a snapshot as it was read, with LF line breaks, and the hash that it has now."""

    path: str
    text: str
    sha256: str


Stat = tuple[int, int, int, int, int]
"""Size, last change of the bytes and of the file in nanoseconds, which file it is, how many names it has."""
Known = Callable[[str, Stat], bool]
"""Whether a file of that path and state was read before."""


def stat_of(about: os.stat_result) -> Stat:
    """What tells a file that has changed from one that has not."""
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino, about.st_nlink


@dataclass(slots=True)
class Reading:
    """What a walk over the content folder gave."""

    files: list[TextFile] = field(default_factory=list)
    kept: list[KeptText] = field(default_factory=list)
    """The texts of snapshots, which are ignored as records."""
    ignored: list[str] = field(default_factory=list)
    cut_off: bool = False
    """Whether files were being exchanged: some may still have a second name in the work folder."""
    failed: list[str] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """Every text that could be decoded, by path, to show lines of."""
    stats: dict[str, Stat] = field(default_factory=dict)
    """What the system says of each file that was read or is known, by path."""
    known: list[str] = field(default_factory=list)
    """Files that were not opened, since they are as they were."""

    is_known: Known | None = None

    def refuse(self, path: str, problem: Diagnostic) -> None:
        """Note a file that cannot be used, and why."""
        self.failed.append(path)
        self.problems.append(problem)


def read(content: Path, known: Known | None = None) -> Reading:
    """Read every record file below `content` that is not known.

    FileNotFoundError or NotADirectoryError when there is no such folder.
    """
    reading = Reading(is_known=known)
    entries = _entries(content)
    for work in (entry.name for entry in entries if entry.name.startswith(BEGUN)):
        reading.cut_off = True
        reading.problems.append(_cut_off(_shown(work)))
    for entry in entries:
        if _DROPPINGS.fullmatch(entry.name):
            reading.ignored.append(_shown(entry.name))
        elif entry.name in ROOT_FILES:
            _read_file(reading, entry, entry.name)
        elif entry.is_symlink():
            reading.refuse(_shown(entry.name), _linked(_shown(entry.name)))
        elif entry.is_dir(follow_symlinks=False):
            _read_folder(reading, entry)
        else:
            _refuse_stray(reading, entry.name)
    return reading


def read_text(content: Path, path: str) -> str:
    """The text of a file that was read before. OSError or ValueError where it cannot be read any more."""
    text, _ = decode_text(path, (content / path).read_bytes())
    if text is None:
        raise ValueError(f"{path} has changed while it was read")
    return text


def _cut_off(work: str) -> Diagnostic:
    message = "an earlier run was cut off while it changed files: some are as they were and some are not"
    hint = "run that command (`ledger import`, `mv`, `add`, `snapshot`) again: it first puts everything back"
    return error("cut-off", Span(work), message, hint)


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name)


Sort = Literal["record", "text", "ignored", "stray"]


def sort_of(path: str) -> Sort:
    """What a file below the content folder is by its path: a record, the text of a snapshot, or nothing that is read.

    A stray file is an error.
    """
    folder, *inner = path.split("/")
    if _DROPPINGS.fullmatch(folder):
        return "ignored"
    if not inner or folder not in FOLDERS:
        return "record" if path in ROOT_FILES else "stray"
    if _DROPPINGS.fullmatch(inner[0]):
        return "ignored"
    if len(inner) > 1 or not _is_text(path):
        return "stray"
    if folder == SNAPSHOT.folder and path.endswith(".txt"):
        return "text"
    return "record" if path.endswith(_SUFFIXES) else "stray"


def _read_folder(reading: Reading, folder: os.DirEntry[str]) -> None:
    if folder.name not in FOLDERS:
        hint = did_you_mean(folder.name, FOLDERS) or f"a folder is a kind: {', '.join(FOLDERS)}"
        path = _shown(folder.name)
        problem = error("unread-file", Span(path), "not read: no kind of record has this folder", hint)
        _refuse_folder(reading, folder, path, problem)
        return
    for entry in _entries(folder):
        path = f"{folder.name}/{entry.name}"
        sort = sort_of(path)
        if sort == "ignored":
            reading.ignored.append(_shown(path))
        elif not _is_text(entry.name):
            hint = "rename the file with the letters a-z, 0-9 and hyphens"
            reading.refuse(_shown(path), error("bad-file-name", Span(_shown(path)), "its name is not UTF-8", hint))
        elif sort == "text":
            _read_kept_text(reading, entry, path)
        elif entry.is_dir(follow_symlinks=False):
            _refuse_folder(reading, entry, _shown(path), _folder_instead(_shown(path)))
        elif sort == "record" or not entry.is_file(follow_symlinks=False):
            _read_file(reading, entry, path)
        else:
            _refuse_stray(reading, path)


def _refuse_folder(reading: Reading, folder: os.DirEntry[str], path: str, problem: Diagnostic) -> None:
    """Note a folder that is not read, and the records in it: that no other file has them is no second mistake."""
    reading.problems.append(problem)
    records = list[str]()
    with suppress(OSError):
        records += [f"{path}/{_shown(one.name)}" for one in _entries(folder) if one.name.endswith(_SUFFIXES)]
    reading.failed += records or [path]


def _is_text(name: str) -> bool:
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _shown(path: str) -> str:
    return visible(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _refuse_stray(reading: Reading, path: str) -> None:
    shown = _shown(path)
    reading.refuse(shown, error("unread-file", Span(shown), "not read: this is not a record's file", stray(path)))


def stray(path: str) -> str:
    """What to do about a file that is none of a record, given its path."""
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".") if "." in name else (name, "", "")
    root = f"{stem.casefold()}.yml"
    if not folder and root in ROOT_FILES:
        return f"give it the name {root}"
    if not folder and name.endswith(_SUFFIXES):
        return f"move it into the folder of its kind: {', '.join(FOLDERS)}"
    for endings, hint in _OF_OTHERS.items():
        if ending.casefold() in endings.split():
            return hint
    if not ending:
        return "a record's file ends in .yml or .md"
    if not (near := nearest_id(stem.partition(".")[0])):
        return "a record's file has a name of a-z, 0-9 and hyphens, and ends in .yml or .md"
    name = f"{near}.{'md' if ending.casefold() in _PROSE else 'yml'}"
    return f"did you mean '{name}'?" if folder else f"call it '{name}', in the folder of its kind: {', '.join(FOLDERS)}"


_PROSE = ("md", "markdown", "mdown", "mkd", "mdx")
_OF_OTHERS = {
    "png jpg jpeg jpe gif svg webp avif apng bmp tif tiff heic heif ico psd eps ai jxl": (
        "a picture cannot be kept here: link to it, or say what it shows; the site's own pictures go into `public`"
    ),
    "mp4 mov avi mkv webm mp3 wav ogg oga flac m4a": "a recording cannot be kept here: link to it",
    "bib ris nbib enw json csl bibtex biblatex": "bring it in with `ledger import`, from outside of this folder",
    "pdf doc docx odt rtf epub html htm": (
        "only records are kept here: write one of the work, and keep its text beside it with `ledger snapshot`"
    ),
    "csv tsv xls xlsx ods zip gz tar": "only records are kept here: move it to another place",
    "orig rej bak old tmp": "this is left over from an edit or a merge: remove it",
}
"""What files of other sorts are, by their endings, and where they belong."""


def _read_file(reading: Reading, entry: os.DirEntry[str], path: str) -> None:
    if _is_known(reading, entry, path):
        reading.known.append(path)
        return
    data = _read_bytes(reading, entry, path)
    if data is None:
        return
    text, problems = decode_text(path, data)
    reading.problems += problems
    if text is not None:
        reading.texts[path] = text
    if text is None or has_errors(problems):
        reading.failed.append(path)
    else:
        reading.files.append(TextFile(path, text))


def _is_known(reading: Reading, entry: os.DirEntry[str], path: str) -> bool:
    if reading.cut_off:
        return False
    about = stat_of(entry.stat(follow_symlinks=False))
    reading.stats[path] = about
    return reading.is_known is not None and reading.is_known(path, about)


def _read_kept_text(reading: Reading, entry: os.DirEntry[str], path: str) -> None:
    data = _read_bytes(reading, entry, path, MAX_TEXT_BYTES)
    if data is None:
        return
    try:
        kept = kept_text(path, data)
    except ValueError as problem:
        hint = "take the snapshot again with `ledger snapshot`, which writes UTF-8"
        reading.refuse(path, error("not-utf8", Span(path), str(problem), hint))
        return
    if control := control_in(path, kept.text):
        reading.texts[path] = kept.text
        reading.refuse(path, control)
        return
    reading.kept.append(kept)
    reading.ignored.append(path)


def kept_text(path: str, data: bytes) -> KeptText:
    """The text of a snapshot, from its bytes. ValueError when they are not UTF-8.

    Line breaks become LF before the hash is taken: a checkout may change them, and no word with them.
    """
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ValueError(f"not UTF-8: byte 0x{data[problem.start]:02X} at offset {problem.start}") from None
    return KeptText(path, text, hashlib.sha256(data).hexdigest())


def _read_bytes(reading: Reading, entry: os.DirEntry[str], path: str, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of a regular file; a link, a device or a file over the limit is never read."""
    try:
        handle = os.open(entry.path, OPEN_TO_READ)
    except OSError as problem:
        reading.refuse(path, _cannot_open(path, problem))
        return None
    about = os.fstat(handle)
    reading.stats[path] = stat_of(about)
    if refusal := _not_readable(path, about, limit):
        os.close(handle)
        reading.refuse(path, refusal)
        return None
    with os.fdopen(handle, "rb") as opened:
        if about.st_nlink > 1 and not reading.cut_off:
            message = "this file has another name elsewhere (a hard link)"
            reading.problems.append(warning("hard-link", Span(path), message, "make it a file of its own"))
        return opened.read()


def _cannot_open(path: str, problem: OSError) -> Diagnostic:
    if problem.errno in (errno.ELOOP, errno.ENXIO):
        return _linked(path)
    return error(
        "unreadable", Span(path), f"cannot be read: {os.strerror(problem.errno or 0)}", "check its permissions"
    )


def _linked(path: str) -> Diagnostic:
    message = "this is a link or a device, not a file: it was not opened"
    return error("not-a-file", Span(path), message, "put the file itself here")


def _folder_instead(path: str) -> Diagnostic:
    hint = "move the records in it to the folder of their kind, and remove it"
    return error("not-a-file", Span(path), "this is a folder, where a record's file should be", hint)


def _not_readable(path: str, about: os.stat_result, limit: int) -> Diagnostic | None:
    if stat.S_ISDIR(about.st_mode):
        return _folder_instead(path)
    if not stat.S_ISREG(about.st_mode):
        return error("not-a-file", Span(path), "this is a device, where a record's file should be", "remove it")
    if about.st_size > limit:
        message = f"the file has {about.st_size:,} bytes; {limit:,} are the limit"
        hint = "divide the record" if limit == MAX_BYTES else "keep only the part that is quoted, as a new snapshot"
        return error("too-large", Span(path), message, hint)
    if len(path) > _MAX_PATH:
        return error("bad-file-name", Span(path), f"the path is longer than {_MAX_PATH} characters", "shorten the name")
    return None
