"""Argdown → its statements and arguments with their texts, tags and data, and the relations between them.

In: a text in Argdown (https://argdown.org/syntax/). Out: a Map, and gaps. It is read line by line as @argdown/core
reads it, in time that grows with the text alone; what it would not accept is taken as far as it can be understood.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ledger.diagnostics import Lines, warning
from ledger.importers.cleaning import one_line
from ledger.importers.drafts import Imported, Log
from ledger.yamlnodes import build_nodes

MOST = 20_000
"""Statements and arguments of one map that are read."""
_COMMENT, _DATA = "\x01", "\x02"
"""What stands for each character of a comment or of data while lines are read: no text that is read has either."""
_FRONT = re.compile(r"\s*={3,}\n(.*?)\n={3,}[ \t]*(?:\n|\Z)", re.DOTALL)
_APART = re.compile(r"\\.|//[^\n]*|/\*|<!--|\[[^\[\]\n]*\]\([^()\n]*\)|[\[<][^\[\]<>\n]*[\]>]|\{")
"""What a comment or data may begin with, and stretches within which neither begins."""
_BRACES = re.compile(r"\\.|[{}]|\n[ \t]*\n")
_REST = re.compile(r"[ \t]*(?://|/\*|<!--|\n|\Z)")
"""What may stand behind data, which ends its line."""
_CLOSES = {"/*": "*/", "<!--": "-->"}
_LINE = re.compile(
    rf"(?P<indent>[ \t{_COMMENT}]*)"
    r"(?:(?P<sign>\+>|->|_>|><|<\+|<-|<_|\+|-(?!-)|_(?=\s))|(?P<heading>\#+)(?=[ ])|(?P<item>\*|\d+\.)(?=\s)"
    r"|(?P<number>\(\d+\))|(?P<rule>-{2,}))?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_SAID = ("title", "author")
"""What front matter says of the map; all else is for the program that draws it."""
_SORTS = ("sign", "heading", "item", "number", "rule")
_TITLE = re.compile(r"\s*(?:\[([^\[\]\n]+)\](?!\()|<([^<>\n]+)>)(:?)")
_INLINE = re.compile(
    r"\\(?P<escaped>.)|\[(?P<shown>[^\[\]\n]+)\]\((?P<address>[^()\n]+)\)|@(?:\[(?P<mention>[^\[\]\n]+)\]|<(?P<other>[^<>\n]+)>)"
    r"|\#(?:\((?P<tag>[^()\n]+)\)|(?P<word>[A-Za-z0-9\-\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+))"
    r"|(?P<strong>(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w))",
    re.DOTALL,
)
Way = Literal["supports", "disputes", "undercuts"]
_WAYS: Mapping[str, Way] = {"+": "supports", "-": "disputes", "_": "undercuts"}
_INFERENCE = "\n"
"""The name of what an attack on an inference is about: no title has it."""


class Name(NamedTuple):
    """What a statement or argument is called; one without a title by its text."""

    title: str
    is_argument: bool = False


@dataclass
class Node:
    """A statement or argument: the file and line where it stands first, its text, tags and data."""

    name: Name
    where: str
    text: str = ""
    tags: dict[str, None] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)


class Relation(NamedTuple):
    """One name supports, disputes or undercuts another, or follows from it."""

    start: Name
    way: Way | Literal["depends-on"]
    end: Name


@dataclass
class Map:
    """What one or more files say: each statement and argument once, each relation with the place where it stands."""

    nodes: dict[Name, Node] = field(default_factory=dict)
    relations: dict[Relation, str] = field(default_factory=dict)
    concluded: dict[Name, Name] = field(default_factory=dict)
    """Arguments that are written out in steps, and what each comes to."""


class Head(NamedTuple):
    """What a file is called, who made it, and its first heading."""

    path: str
    title: str
    author: str
    heading: str


class _Part(NamedTuple):
    """A heading, statement or argument with its sign: where it begins, how far it is indented, and its text."""

    sort: str
    sign: str
    indent: int
    start: int
    text: str


def read_into(whole: Map, path: str, lines: Lines, made: Imported) -> Head:
    """Add what a text says to a map; gaps and problems are noted."""
    return _Reader(path, lines, made, whole).read()


def _masked(text: str, start: int) -> str:
    """The text with every character of comments and data replaced, so that all else stays where it is."""
    closes, pieces, at, open_ = _pairs(text), [_COMMENT * start], start, set[str]()
    search = start
    while found := _APART.search(text, search):
        what, end, sign = found[0], found.end(), ""
        if what in _CLOSES:
            close = -1 if what in open_ else text.find(_CLOSES[what], end)
            open_ |= {what} if close < 0 else set()
            sign, end = (_COMMENT, close + len(_CLOSES[what])) if close >= 0 else ("", end)
        elif what == "{":
            close = closes.get(found.start(), -1)
            sign, end = (_DATA, close + 1) if close >= 0 and _REST.match(text, close + 1) else ("", end)
        elif what.startswith("//"):
            sign = _COMMENT
        if sign:
            pieces += [text[at : found.start()], sign * (end - found.start())]
            at = end
        search = end
    return "".join([*pieces, text[at:]])


def _pairs(text: str) -> dict[int, int]:
    """Where each brace of one block is closed."""
    found, opened = dict[int, int](), list[int]()
    for one in _BRACES.finditer(text):
        if one[0] == "{":
            opened.append(one.start())
        elif one[0] == "}" and opened:
            found[opened.pop()] = one.start()
        elif one[0].startswith("\n"):
            opened.clear()
    return found


def _parts(masked: str) -> Iterator[_Part]:
    """What stands in the text, one after the other, with what parts the blocks."""
    last: list[_Part] = []
    more = list[str]()
    is_rule, at = False, 0

    def ended() -> Iterator[_Part]:
        yield from (one._replace(text="\n".join((one.text, *more))) for one in last)
        last.clear()
        more.clear()

    for line in masked.split("\n"):
        start, at = at, at + len(line) + 1
        bare = line.replace(_COMMENT, " ").strip()
        found = _LINE.match(line)
        if not bare or not found or is_rule:
            is_rule = is_rule and not bare.endswith("--")
            if not bare and _COMMENT not in line:
                yield from (*ended(), _Part("blank", "", 0, start, ""))
        elif last and not any(found[name] for name in _SORTS) and not _begins_anew(last[0], line):
            more.append(line)
        else:
            yield from ended()
            sort = next((name for name in _SORTS if found[name]), "top")
            is_rule = sort == "rule" and (bare == "--" or not bare.endswith("--"))
            width = len(found["indent"].replace(_COMMENT, ""))
            last.append(_Part(sort, found["sign"] or "", width, start + found.start("rest"), found["rest"]))
    yield from ended()


class _Reader:
    """The state of one reading: what is found so far, and below which names the next line may stand."""

    def __init__(self, path: str, lines: Lines, made: Imported, whole: Map) -> None:
        self.path, self.lines, self.made, self.map = path, lines, made, whole
        self.heading = ""
        self.above: list[tuple[int, Name]] = []
        self.premises: list[Name] = []
        self.is_concluded = False
        self.argument: Name | None = None
        """The argument that stands right above: the steps that follow are its own."""

    def read(self) -> Head:
        front = _FRONT.match(self.lines.text)
        data = self.yaml(front.start(1), front.end(1)) if front else {}
        title, author = (one_line(value) if isinstance(value := data.get(name, ""), str) else "" for name in _SAID)
        for name, value in data.items():
            if name not in _SAID:
                self.log(0).gap(f"front matter: {name}", "of the program that draws the map: left out", value)
        masked = _masked(self.lines.text, front.end() if front else 0)
        for part in _parts(masked):
            if len(self.map.nodes) >= MOST:
                message = f"a map has {MOST:,} statements at most"
                span = self.lines.span(self.path, part.start, part.start)
                self.made.reject(self.path, "too many statements: the rest was not read", span, message, "divide it")
                break
            self.take(part)
        return Head(self.path, title, author, self.heading)

    def take(self, part: _Part) -> None:
        """Note what a part says."""
        if part.sort == "blank":
            self.above.clear()
        elif part.sort == "rule":
            self.infer(part)
        elif part.sort == "heading":
            self.head(part)
        elif part.sort == "sign":
            self.relate(part)
        else:
            name = self.node(part)
            if part.sort == "item":
                self.log(part.start).gap("a list", "its items came in as statements: their order is left out")
            if part.sort == "number" and name:
                self.step(name, part.start)
            else:
                self.premises, self.is_concluded = [], False
                self.argument = name if name and name.is_argument else None
            self.above = [(-1, name)] if name else []

    def head(self, part: _Part) -> None:
        text, _, data = self.inline(part, part.text)
        if not self.heading:
            self.heading = text
        else:
            self.log(part.start).gap("a heading", "claims stand in no sections here: left out", text)
        for name in data.keys() - {"url"}:
            self.log(part.start).gap(f"heading: {name}", "of the program that draws the map: left out", data[name])

    def relate(self, part: _Part) -> None:
        name = self.node(part)
        while self.above and self.above[-1][0] >= part.indent:
            self.above.pop()
        if not name:
            return
        if not self.above:
            message = "this relation stands below nothing that it could be to"
            self.warn(part.start, message, "indent it below a statement")
            self.log(part.start).gap("a relation", "it stands below no statement: left out", name.title)
        elif (parent := self.above[-1][1]).title == _INFERENCE:
            self.log(part.start).gap("an attack on a step", "no relation attacks a step here: left out", name.title)
        else:
            self.tie(parent, part.sign, name, part.start)
        self.above.append((part.indent, name))

    def tie(self, parent: Name, sign: str, name: Name, at: int) -> None:
        """The relation of a sign that stands before a name below another."""
        if sign == "><":
            why = "it has no direction: taken as disputing, from the first to the second"
            self.log(at).guess("a contradiction", why, f"{parent.title} >< {name.title}")
        way: Way = "disputes" if sign == "><" else _WAYS[sign.strip("<>")]
        start, end = (parent, name) if sign.endswith(">") or sign == "><" else (name, parent)
        if start != end:
            self.map.relations.setdefault(Relation(start, way, end), self.where(at))

    def step(self, name: Name, at: int) -> None:
        """A statement of an argument's steps: a premise, or what follows from those above."""
        if self.is_concluded:
            for premise in self.premises:
                self.map.relations.setdefault(Relation(name, "depends-on", premise), self.where(at))
            self.premises, self.is_concluded = [], False
            if self.argument:
                self.map.concluded[self.argument] = name
        self.premises.append(name)

    def infer(self, part: _Part) -> None:
        """A step from premises to a conclusion."""
        rule = one_line(part.text.strip("- \t"))
        why = "the conclusion depends on its premises here, and the rule is left out"
        self.log(part.start).gap("a step from premises to a conclusion", why, rule)
        self.is_concluded = True
        self.above = [(-1, Name(_INFERENCE))]

    def node(self, part: _Part) -> Name | None:
        """The name of a part, whose text, tags and data are noted."""
        found = _TITLE.match(part.text)
        is_definition = bool(found and found[3])
        text, tags, data = self.inline(part, part.text[found.end() :] if found else part.text)
        if found and not is_definition and text:  # words in brackets that begin a sentence
            found, (text, tags, data) = None, self.inline(part, part.text)
        title = one_line((found[1] or found[2]) if found else text)
        if not title:
            self.warn(part.start, "here stands nothing that could be a statement", "")
            return None
        name = Name(title, bool(found and found[2]))
        node = self.map.nodes.setdefault(name, Node(name, self.where(part.start)))
        said = text if is_definition or not found else ""
        if said and node.text and said != node.text:
            self.log(part.start).gap("a second text", f"'{name.title}' has a text already: left out", said)
        node.text = node.text or said
        node.tags |= dict.fromkeys(tags)
        node.data = {**data, **node.data}
        return name

    def inline(self, part: _Part, text: str) -> tuple[str, list[str], dict[str, Any]]:
        """Plain words, the tags among them, and the data behind them."""
        tags, data = list[str](), {}
        words, mark, _ = text.partition(_DATA)
        if mark:
            start = part.start + part.text.index(_DATA)
            end = start + len(re.match(f"{_DATA}+", part.text[start - part.start :])[0])  # type: ignore[index]
            data = self.yaml(start, end)

        def plain(found: re.Match[str]) -> str:
            if tag := found["tag"] or found["word"]:
                tags.append(one_line(tag))
            if found["address"]:
                self.log(part.start).gap("a link", "statements are plain text: its words are kept", found["address"])
            return found["escaped"] or found["shown"] or found["mention"] or found["other"] or ""

        return one_line(_INLINE.sub(plain, words.replace(_COMMENT, " "))), tags, data

    def yaml(self, start: int, end: int) -> dict[str, Any]:
        """Data as YAML; what cannot be read is left out, and said."""
        nodes, found = build_nodes(self.path, self.lines, start, end)
        self.made.problems += found
        if nodes is None:
            self.log(start).gap("data", "it cannot be read: left out", self.lines.text[start:end])
        return dict(nodes.data) if nodes else {}

    def where(self, at: int) -> str:
        return f"{self.path}:{self.lines.span(self.path, at, at).line}"

    def log(self, at: int) -> Log:
        return self.made.log(self.where(at))

    def warn(self, at: int, message: str, hint: str) -> None:
        self.made.problems.append(warning("import", self.lines.span(self.path, at, at), message, hint))


def _begins_anew(last: _Part, line: str) -> bool:
    """Whether a line without a sign does not go on with the part above it: it has a title, or that is a heading."""
    bare = line.strip(f" \t{_DATA}{_COMMENT}")
    title = _TITLE.match(bare)
    is_title = title and (title[3] or not bare[title.end() :])
    return bool(bare and (last.sort == "heading" or is_title))
