"""Files of The Ledger's format → their fields with the place of each, or the problem; what becomes of each field.

In: the files of a folder. Out: pages, one a record. Unknown fields, values of the wrong type, broken YAML and ids that
are given twice become problems at their places; the rest is read. What stands in `LEFT_OUT` is reported for each
record that has it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ledger.diagnostics import Lines, Span, did_you_mean, error, warning
from ledger.importers.drafts import ForeignFile, Imported, Log
from ledger.importers.front_matter import FrontMatter, split_front_matter
from ledger.yamlnodes import FieldPath, build_nodes

FOLDERS = ("threads", "controversies", "actors", "events")
"""Folders of records, in the order in which they are read."""
GOES_TO: dict[str, dict[str, str]] = {
    "controversies": {
        "id": "its id", "title": "`title`, and `question` with a question mark", "thread": "`thread`",
        "status": "`status`", "polarity": "`polarity`", "last_updated": "the date of `status_note`, and `note`",
        "positions": "a position each, lettered A, B, C … by order",
    },
    "position": {
        "claim": "`statement`, and a claim that the position rests on",
        "proponents": "a stance of each, inferred and attested by the position's sources",
        "sources": "a source each, an evidence item of the claim, and `key_sources`",
    },
    "source": {"url": "`url`", "title": "`title`", "type": "`type`"},
    "events": {
        "id": "its id", "title": "`title`", "date": "`date`", "category": "`type` where there is such a type",
        "actors": "`proponents`", "tags": "`tags`", "threads": "`about`", "sources": "a source each, and `sources`",
    },
    "event actor": {"id": "`proponents`"},
    "threads": {"id": "its id", "title": "`title`", "summary": "`summary`", "description": "`summary`"},
    "actors": {
        "id": "its id", "name": "`name`", "type": "`type`", "website": "`homepage`", "aliases": "`other_names`",
        "founded": "`founded`",
    },
}  # fmt: skip
"""What becomes of each field, by part of the format."""
_NO_RATING = "a bare word without author, date and reason is no rating here"
LEFT_OUT: dict[str, dict[str, str]] = {
    "position": {"confidence": _NO_RATING},
    "source": {"confidence": _NO_RATING},
    "events": {
        "significance": "events are not ranked here",
        "confidence": _NO_RATING,
        "regions": "records have no regions here",
    },
    "event actor": {"role": "an event lists who took part, not as what"},
}
"""Fields that have no place here, and why, by part of the format."""


def _words(**theirs: str) -> dict[str, str]:
    """Their words for each of ours, given between spaces; our `_` is a hyphen."""
    return {word: ours.replace("_", "-") for ours, words in theirs.items() for word in words.split()}


WORDS = {
    ("controversies", "status"): _words(
        active="active open ongoing emerging", dormant="dormant stale", resolved="resolved settled closed"
    ),
    ("controversies", "polarity"): _words(binary="binary", multi_axis="multi-axis multi_axis multiaxis"),
    ("actors", "type"): _words(
        person="person individual researcher people executive politician",
        organisation="organisation organization company lab government university nonprofit non-profit agency "
        "institution startup regulator",
        publication="publication media newspaper outlet journal",
    ),
    ("events", "category"): _words(
        publication="publication research paper",
        release="release product launch model-release model",
        statement="statement announcement",
        funding="funding investment",
        result="result benchmark milestone",
        policy="policy regulation legal governance",
    ),
    ("source", "type"): _words(
        article="paper preprint arxiv",
        article_journal="journal journal-article",
        post_weblog="blog blog-post blog_post essay newsletter",
        article_newspaper="news article journalism press",
        webpage="website webpage official announcement press-release documentation",
        report="report whitepaper system-card",
        broadcast="video podcast interview broadcast",
        post="tweet social social-media post",
        book="book",
        dataset="dataset",
        speech="speech talk",
        legislation="legislation",
    ),
}
"""The words that a field of the format knows, and ours for them; any other word is reported."""


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

    @property
    def id(self) -> str:
        """The id that it gives, or its file's name."""
        given = self.data.get("id")
        return (given.strip() if isinstance(given, str) else "") or self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def span(self, *path: str | int) -> Span:
        """The place of one of its fields, or of itself."""
        whole = (*self.path, *path)
        while whole and whole not in self.places:
            whole = whole[:-1]
        start, end = self.places.get(whole, (0, 0))
        text = self.lines.text[start:end].rstrip().split("\n", 1)[0]
        return self.lines.span(self.file, start, start + len(text))

    def warn(self, message: str, *path: str | int, hint: str = "") -> None:
        """Note a problem that does not keep the record out."""
        self.made.problems.append(warning("import", self.span(*path), message, hint))

    def leave_out(self, message: str, why: str, value: object, *path: str | int, hint: str = "") -> None:
        """Note a problem at a field, and that its value is not carried over."""
        self.warn(message, *path, hint=hint)
        self.log.gap(f"{self.sort}.{str(path[0])[:80]}", why, value)

    def refuse(self, why: str, *path: str | int) -> None:
        """Note that this part stays out."""
        self.made.reject(self.where, why, self.span(*path))

    def text(self, name: str) -> str:
        """A field's text; one of another type is reported."""
        value = self.data.get(name, "")
        if isinstance(value, str):
            return value.strip()
        self.leave_out(f"`{name}` should be text", "not text: left out", value, name)
        return ""

    def texts(self, name: str) -> list[tuple[int, str]]:
        """The texts in a list with their numbers; a single text counts as a list of one."""
        return [(at, item.strip()) for at, item in self._items(name, str) if item.strip()]

    def parts(self, name: str, sort: str, short: str) -> list["Part"]:
        """The groups in a list; a text stands for a group with only the field `short`."""
        groups = [
            replace(self, sort=sort, data={short: item} if isinstance(item, str) else item, path=(*self.path, name, at))
            for at, item in self._items(name, (str, dict))
        ]
        for part in groups:
            part.check_fields()
        return groups

    def _items(self, name: str, wanted: type | tuple[type, ...]) -> Iterator[tuple[int, Any]]:
        value = self.data.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list):
            self.leave_out(f"`{name}` should be a list", "not a list: left out", value, name)
            return
        for at, item in enumerate(listed):
            if isinstance(item, wanted):
                yield at, item
            else:
                message = f"entry {at + 1} of `{name}` is not of the right type"
                self.leave_out(message, "an entry of another type: left out", item, name, at)

    def check_fields(self) -> None:
        """Report every field that has no place here, known to the format or not."""
        known, left = GOES_TO[self.sort], LEFT_OUT.get(self.sort, {})
        for name, value in self.data.items():
            if name in left:
                self.log.gap(f"{self.sort}.{name}", left[name], value)
            elif name not in known:
                hint = did_you_mean(name, [*known, *left])
                message = f"there is no field `{name[:80]}` here"
                self.leave_out(message, "unknown to the format: left out", value, name, hint=hint)

    def word(self, name: str, instead: str = "") -> str:
        """A field that is one of a list of words, in our words; any other is reported, with what is set `instead`."""
        written, words = self.text(name), WORDS[self.sort, name]
        key = written.casefold().replace(" ", "-")
        if key in words:
            return words[key]
        if written:
            why = f"not a word known here: {f'set to {instead}' if instead else 'left out'}"
            hint = did_you_mean(key, words)
            self.leave_out(f"`{name}` cannot be '{written[:80]}'", why, written, name, hint=hint)
        elif instead:
            self.log.guess(f"{self.sort}.{name}", "not said: the most general word is set", instead)
        return instead


def read_pages(files: list[ForeignFile], made: Imported) -> dict[str, list[Part]]:
    """The records of every folder, in the order of their files."""
    pages: dict[str, list[Part]] = {folder: [] for folder in FOLDERS}
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        folder = _folder(file.path)
        if not folder:
            made.log(file.path).gap("other files", "no record of this format: not read", file.path.rsplit("/", 1)[-1])
            continue
        page = _read_page(file, folder, made)
        if page and (first := seen.setdefault((folder, page.id), file.path)) is not file.path:
            page.refuse(f"the id '{page.id[:80]}' is taken by {first}", "id")
        elif page:
            page.check_fields()
            pages[folder].append(page)
    return pages


def _folder(path: str) -> str:
    """The folder that says what a file is: the first below the one that was named, or below its `content`."""
    _, *steps = path.split("/")
    folder, *below = [*(steps[1:] if steps[:1] == ["content"] else steps), ""]
    endings = (".yml", ".yaml") if folder == "actors" else (".md", ".markdown")
    return folder if folder in FOLDERS and any(below) and path.endswith(endings) else ""


def _read_page(file: ForeignFile, folder: str, made: Imported) -> Part | None:
    lines = made.text_of(file)
    if lines is None:
        return None
    front: FrontMatter | None
    if folder == "actors":
        nodes, found = build_nodes(file.path, lines, 0, len(lines.text))
        front = FrontMatter(nodes.data, "", places=nodes.values) if nodes else None
    else:
        front, found = split_front_matter(file.path, lines)
    if not front or not front.fields:
        why = "it cannot be read" if found else "it has no fields"
        made.refuse(file.path, why, found or [error("import", Span(file.path), why)])
        return None
    made.problems += found
    return Part(folder, front.fields, (), file.path, lines, front.places or {}, made, front.body)
