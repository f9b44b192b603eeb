"""Files of The Ledger's format → their fields with the place of each, or the problem.

In: the files of a folder. Out: pages, one a record. Unknown fields, values of the wrong type, broken YAML and ids that
are given twice become problems at their places; the rest is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.diagnostics import Diagnostic, Lines, Span, did_you_mean, error, warning
from ledger.importers.foreign import ForeignFile, Imported, Log
from ledger.importers.front_matter import split_front_matter
from ledger.importers.reading import foreign_text
from ledger.importers.the_ledger_format import FOLDERS, GOES_TO, LEFT_OUT
from ledger.yamlnodes import FieldPath, build_nodes

_SUFFIXES = {"actors": (".yml", ".yaml")}


@dataclass(frozen=True, slots=True)
class Part:
    """A group of fields in a file: the file's first fields, or those of one position, source or actor in it."""

    sort: str
    data: Mapping[str, Any]
    path: FieldPath
    file: str
    lines: Lines = field(repr=False)
    places: Mapping[FieldPath, tuple[int, int]] = field(repr=False)
    made: Imported = field(repr=False)
    body: str = ""

    @property
    def where(self) -> str:
        """The file and line, as the report shows it."""
        return f"{self.file}:{self.span().line}"

    @property
    def log(self) -> Log:
        """Where its gaps are noted."""
        return self.made.log(self.where)

    def span(self, *path: str | int) -> Span:
        """The place of one of its fields, or of itself."""
        whole = (*self.path, *path)
        while whole and whole not in self.places:
            whole = whole[:-1]
        start, end = self.places.get(whole, (0, 0))
        text = self.lines.text[start:end].rstrip().split("\n", 1)[0]
        return self.lines.span(self.file, start, start + len(text))

    def tell(self, message: str, *path: str | int, hint: str = "") -> None:
        """Note a problem that does not keep the record out."""
        self.made.problems.append(warning("import", self.span(*path), message, hint))

    def refuse(self, why: str, *path: str | int) -> None:
        """Note that this part stays out."""
        self.made.refuse(self.where, why, [error("import", self.span(*path), why)])

    def text(self, name: str) -> str:
        """A field's text; one of another type is told and reported."""
        value = self.data.get(name, "")
        if isinstance(value, str):
            return value.strip()
        self.tell(f"`{name}` should be text", name)
        self.log.gap(f"{self.sort}.{name}", "not text: left out", value)
        return ""

    def texts(self, name: str) -> list[tuple[int, str]]:
        """The texts in a list with their numbers; a single text counts as a list of one."""
        return [(at, item.strip()) for at, item in self._items(name, str) if item.strip()]

    def parts(self, name: str, sort: str, short: str) -> list["Part"]:
        """The groups in a list; a text stands for a group with only the field `short`."""
        groups: list[Part] = []
        for at, item in self._items(name, (str, dict)):
            data = {short: item} if isinstance(item, str) else item
            part = Part(sort, data, (*self.path, name, at), self.file, self.lines, self.places, self.made)
            part.check_fields()
            groups.append(part)
        return groups

    def _items(self, name: str, wanted: type | tuple[type, ...]) -> Iterator[tuple[int, Any]]:
        value = self.data.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list):
            self.tell(f"`{name}` should be a list", name)
            self.log.gap(f"{self.sort}.{name}", "not a list: left out", value)
            return
        for at, item in enumerate(listed):
            if isinstance(item, wanted):
                yield at, item
            else:
                self.tell(f"entry {at + 1} of `{name}` is not of the right type", name, at)
                self.log.gap(f"{self.sort}.{name}", "an entry of another type: left out", item)

    def check_fields(self) -> None:
        """Report every field that has no place here, known to the format or not."""
        known, left = GOES_TO[self.sort], LEFT_OUT.get(self.sort, {})
        for name, value in self.data.items():
            if name in left:
                self.log.gap(f"{self.sort}.{name}", left[name], value)
            elif name not in known:
                self.tell(f"there is no field `{name[:80]}` here", name, hint=did_you_mean(name, [*known, *left]))
                self.log.gap(f"{self.sort}.{name[:80]}", "unknown to the format: left out", value)

    def word(self, name: str, words: Mapping[str, str], instead: str) -> str:
        """A field that is one of a list of words; any other is told and reported."""
        written = self.text(name)
        key = written.casefold().replace(" ", "-")
        if key in words:
            return words[key]
        if written:
            self.tell(f"`{name}` cannot be '{written[:80]}'", name, hint=did_you_mean(key, words))
            self.log.gap(
                f"{self.sort}.{name}",
                f"not a word known here: {f'set to {instead}' if instead else 'left out'}",
                written,
            )
        elif instead:
            self.log.guess(f"{self.sort}.{name}", "not said: the most general word is set", instead)
        return instead


def read_pages(files: list[ForeignFile], made: Imported) -> dict[str, list[Part]]:
    """The records of every folder, in the order of their files."""
    pages: dict[str, list[Part]] = {folder: [] for folder in FOLDERS}
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        folder = _folder(file.path)
        if folder is None:
            made.log(file.path).gap("other files", "no record of this format: not read", file.path.rsplit("/", 1)[-1])
            continue
        page = _read_page(file, folder, made)
        if page and _is_first(page, seen):
            page.check_fields()
            pages[folder].append(page)
    return pages


def _folder(path: str) -> str | None:
    """The folder that says what a file is: the first below the one that was named, or below its `content`."""
    _, *steps = path.split("/")
    steps = steps[1:] if steps[:1] == ["content"] else steps
    if len(steps) < 2 or steps[0] not in FOLDERS:  # noqa: PLR2004 - a folder and a file
        return None
    return steps[0] if path.endswith(_SUFFIXES.get(steps[0], (".md", ".markdown"))) else None


def _read_page(file: ForeignFile, folder: str, made: Imported) -> Part | None:
    text = foreign_text(file, made)
    if text is None:
        return None
    lines, body = made.texts[file.path], ""
    found: list[Diagnostic]
    if folder == "actors":
        nodes, found = build_nodes(file.path, lines, 0, len(text))
        data, places = (nodes.data, nodes.values) if nodes else (None, {})
    else:
        front, found = split_front_matter(file.path, text, lines)
        data, places, body = (front.fields, front.places or {}, front.body) if front else (None, {}, "")
    if not data:
        why = "it cannot be read" if found else "it has no fields"
        made.refuse(file.path, why, found or [error("import", Span(file.path), why)])
        return None
    made.problems += found
    return Part(folder, data, (), file.path, lines, places, made, body)


def _is_first(page: Part, seen: dict[tuple[str, str], str]) -> bool:
    """Whether no file before had the same id; without an id the file's name is one."""
    first = seen.setdefault((page.sort, id_of(page)), page.file)
    if first is not page.file:
        page.refuse(f"the id '{id_of(page)[:80]}' is taken by {first}", "id")
        return False
    return True


def id_of(page: Part) -> str:
    """The id that a record gives, or its file's name."""
    given = page.data.get("id")
    return given.strip() if isinstance(given, str) and given.strip() else page.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
