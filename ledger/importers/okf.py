"""A bundle of the Open Knowledge Format → drafts: claims, sources, terms and others by their type, all else pages.

In: the Markdown files of a folder, or of a zip archive, which is never unpacked onto the disk. Out: drafts, gaps and
problems. The format says what a concept is made from, and neither what a source shows nor how it was read: every
record is a draft. https://github.com/GoogleCloudPlatform/knowledge-catalog, `okf/SPEC.md`, version 0.2.
"""

import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname, join, normpath
from typing import Any

from ledger.diagnostics import Span, visible
from ledger.importers import bounded
from ledger.importers.cleaning import is_address, is_id, one_line, slug, without_references
from ledger.importers.csl import add_source
from ledger.importers.drafts import Draft, Fields, ForeignFile, Imported, Log, Ref, Run
from ledger.importers.front_matter import FrontMatter, split_front_matter
from ledger.importers.the_ledger import clean_markdown

OURS = "process:ledger-kb"
"""Who `generated` the bundles that Ledger makes."""
SHOWS = "Named as a source of this concept. What it shows there was not recorded."
_KINDS = {
    "claim": "claim", "source": "source", "reference": "source", "paper": "source", "article": "source",
    "term": "term", "glossary term": "term", "definition": "term", "person": "proponent", "proponent": "proponent",
    "organisation": "proponent", "organization": "proponent", "thread": "thread", "controversy": "controversy",
    "position": "position",
}  # fmt: skip
"""Types of concepts that are kinds of records here; the format has no list of them."""
_REFUSED = {
    "event": "the format has no word for the day of an event",
    "chart": "the format has no words for what a chart draws",
}
_MADE = ("overview", "redirect")
"""Pages that Ledger makes of its records."""
_RESERVED = ("index.md", "log.md")
_GUESSED = {"note", "evidence", "type", "status", "question", "key_sources"}
_TAKEN = {
    "type",
    "title",
    "description",
    "resource",
    "tags",
    "sources",
    "status",
    "generated",
    "verified",
    "stale_after",
}
_FOOTNOTE = re.compile(r"^\[\^[^\]\[\n]+\]:[^\n]*\n?|\[\^[^\]\[\n]+\]", re.MULTILINE)
MOST_FILES = 20_000
MOST_BYTES = 64 << 20
"""Of all files of an archive together, unpacked."""
LARGEST = 4 << 20
"""Bytes of one file of an archive."""


@dataclass(frozen=True, slots=True)
class _Concept:
    """One file: its id in the bundle, the kind of record that it becomes, its fields, its body."""

    id: str
    kind: str
    path: str
    data: Mapping[str, Any] = field(repr=False)
    body: str = field(repr=False)
    is_ours: bool

    @property
    def name(self) -> str:
        return basename(self.id)

    def text(self, name: str) -> str:
        value = self.data.get(name, "")
        return without_references(one_line(value)) if isinstance(value, str) else ""

    @property
    def title(self) -> str:
        return self.text("title") or self.name.replace("-", " ").replace("_", " ")


@dataclass
class _Bundle:
    """What is known of the whole: its concepts by id, and what was made."""

    name: str
    run: Run
    made: Imported
    concepts: dict[str, _Concept] = field(default_factory=dict)
    sources: dict[str, Ref] = field(default_factory=dict)
    disputes: dict[str, str] = field(default_factory=dict)
    """The controversies by the last part of their ids."""

    def key(self, id_: str) -> str:
        return f"{self.name}#{id_}"

    def add(self, concept: _Concept, fields: Fields, wish: str = "", within: str = "") -> None:
        """The draft of a concept; empty fields are left out."""
        log = self.made.log(concept.path)
        fields |= {"tags": _tags(concept), "note": _note(concept, log)}
        filled = {name: value for name, value in fields.items() if value not in ("", [], None)}
        stated = frozenset(filled) - _GUESSED
        filled |= {"draft": "true", "added": self.run.day.isoformat()}
        name = wish or (concept.name if is_id(concept.name) else slug(concept.name) or concept.kind)
        key = self.key(concept.id)
        self.made.drafts.append(Draft(concept.kind, key, concept.path, filled, stated, name, within))


def read_okf(file: ForeignFile, run: Run) -> Imported:
    """The drafts of a bundle in a zip archive."""
    made = Imported()
    found = list(_unpacked(file, made))
    bounded.allow(sum(len(one.data) for one in found))
    if found or not made.refused:
        made.add(read_okf_folder(file.path, found, run))
    return made


def read_okf_folder(name: str, files: Iterable[ForeignFile], run: Run) -> Imported:
    """The drafts of a bundle, given by its files: their paths begin with the bundle's own name."""
    made = Imported()
    read = [(file, front) for file in files if (front := _front(file, made))]
    is_ours = any(_by(front.fields) == OURS for _, front in read)
    found = [one for file, front in read if (one := _concept(file, front, made, is_ours=is_ours))]
    bundle = _Bundle(name, run, made, {one.id: one for one in found})
    bundle.disputes.update((one.name, one.id) for one in found if one.kind == "controversy")
    if not made.read and not found:
        made.refuse(name, "it holds no concept: a Markdown file whose front matter has a `type`")
    for concept in sorted(found, key=lambda one: (one.kind != "source", one.kind != "controversy", one.id)):
        _READ[concept.kind](concept, bundle)
    return made


def _front(file: ForeignFile, made: Imported) -> FrontMatter | None:
    """The front matter of a concept; None for what is none, which is noted."""
    if basename(file.path) in _RESERVED:
        made.log(file.path).gap("index.md and log.md", "they list the concepts and their history: not read")
        return None
    lines = made.text_of(file)
    if lines is None:
        return None
    front, found = split_front_matter(file.path, lines)
    made.problems += found
    type_ = front.fields.get("type") if front and front.marks == "---" else None
    if not front or not isinstance(type_, str) or not type_.strip():
        why = "it has no front matter in YAML with a `type`"
        made.reject(file.path, why, Span(file.path), "", "the format needs one: `type: Claim`")
        return None
    return front


def _by(fields: Mapping[str, Any]) -> str:
    """Who or what wrote a concept."""
    made = fields.get("generated")
    return str(made.get("by", "")) if isinstance(made, dict) else ""


def _concept(file: ForeignFile, front: FrontMatter, made: Imported, *, is_ours: bool) -> _Concept | None:
    """A file as a concept; None for a page that Ledger makes of its records."""
    is_ours = is_ours and _by(front.fields) in ("", OURS)
    word = one_line(front.fields["type"]).casefold()
    id_ = file.path.partition("/")[2].removesuffix(".md")
    if is_ours and (word in _MADE or id_.count("/") != 1):  # a record's further pages are below its own
        made.log(file.path).gap("pages that Ledger makes of records", "they are made anew: not read")
        return None
    if is_ours and word in _REFUSED:
        made.refuse(file.path, _REFUSED[word])
        return None
    kind = _KINDS.get(word, "page")
    if word == "reference" and not is_address(str(front.fields.get("resource", ""))):
        kind = "page"  # of documentation: what is cited has an address
    if kind == "page" and word != "page":
        why = "no kind of record here has this name: a page"
        made.log(file.path).guess(f"type: {word[:60]}", why, front.fields.get("title", ""))
    return _Concept(id_, kind, file.path, front.fields, front.body, is_ours)


# Kinds


def _claim(concept: _Concept, bundle: _Bundle) -> None:
    log = bundle.made.log(concept.path)
    log.guess("claims.type", "the format has no word for it: set to empirical", concept.title)
    refs = _sources(concept, bundle) or [_bundle(bundle)]
    log.guess("evidence", "what a source shows, and how it was read, is not said: said so in each item", concept.title)
    evidence = [
        {"id": f"e{at}", "source": ref, "relation": "mentions", "shows": SHOWS, "consulted": "memory"}
        for at, ref in enumerate(refs, start=1)
    ]
    fields: Fields = {"statement": _whole_title(concept), "type": "empirical", "evidence": evidence}
    bundle.add(concept, fields | {"body": _body(concept, log)})


def _whole_title(concept: _Concept) -> str:
    """The title; where Ledger cut it, as the page has it."""
    title = concept.title
    heading = re.search(r"^# (.+)$", concept.body, re.MULTILINE) if concept.is_ours and title.endswith("…") else None
    whole = one_line(re.sub(r"\\(.)", r"\1", heading[1])) if heading else ""
    return without_references(whole) if whole.startswith(title[:-1].rstrip()) else title


def _source(concept: _Concept, bundle: _Bundle) -> None:
    resource = concept.text("resource")
    item = {"title": concept.title, "type": "document", "URL": resource if is_address(resource) else ""}
    named = [{"source": ref, "how": "unknown"} for ref in _sources(concept, bundle)]
    add_source(item, concept.path, bundle.made, bundle.run)
    made = bundle.made.drafts.pop()
    more: Fields = {"derived_from": named} if named else {}
    more |= {"summary": concept.text("description")} if concept.text("description") else {}
    log = bundle.made.log(concept.path)
    more |= {name: text for name, text in (("body", _body(concept, log)), ("note", _note(concept, log))) if text}
    fields = {**made.fields, **more, "draft": "true"}
    wish = concept.name if is_id(concept.name) else made.wish
    is_named = concept.is_ours and wish == concept.name
    stated = made.stated - {"type"}
    bundle.made.drafts.append(
        replace(made, key=bundle.key(concept.id), fields=fields, wish=wish, stated=stated, is_named=is_named)
    )


def _term(concept: _Concept, bundle: _Bundle) -> None:
    log = bundle.made.log(concept.path)
    definition = concept.text("description") or _first_words(concept)
    fields: Fields = {"term": concept.title, "definition": definition, "sources": _sources(concept, bundle)}
    bundle.add(concept, fields | {"body": _body(concept, log)})


def _proponent(concept: _Concept, bundle: _Bundle) -> None:
    word, log = one_line(str(concept.data["type"])).casefold(), bundle.made.log(concept.path)
    type_ = {"person": "person", "organisation": "organisation", "organization": "organisation"}.get(
        word, "organisation"
    )
    if word not in ("person", "organisation", "organization"):
        log.guess("proponents.type", "not said whether it is a person: set to organisation", concept.title)
    resource = concept.text("resource")
    home = resource if is_address(resource) and not concept.is_ours else ""
    _leave_sources(concept, log)
    fields: Fields = {"name": concept.title, "type": type_, "summary": concept.text("description"), "homepage": home}
    bundle.add(concept, fields | {"body": _body(concept, log)})


def _thread(concept: _Concept, bundle: _Bundle) -> None:
    log = bundle.made.log(concept.path)
    _leave_sources(concept, log)
    fields: Fields = {"title": concept.title, "summary": concept.text("description") or concept.title}
    bundle.add(concept, fields | {"body": _body(concept, log)})


def _controversy(concept: _Concept, bundle: _Bundle) -> None:
    log, title = bundle.made.log(concept.path), concept.title
    log.guess("controversies.status", "the format has no word for it: set to active", title)
    _leave_sources(concept, log)
    question = title if title.endswith("?") else f"{title}?"
    fields: Fields = {"title": title, "question": question, "status": "active", "summary": concept.text("description")}
    bundle.add(concept, fields | {"body": _body(concept, log)})


def _position(concept: _Concept, bundle: _Bundle) -> None:
    found = re.fullmatch(r"(.+)-([a-z])", concept.name)
    answers = bundle.disputes.get(found[1]) if found else None
    log = bundle.made.log(concept.path)
    if not found or not answers:
        why = "it answers no controversy of the bundle that its name says, as `dispute-a` does: a page"
        log.gap("a position", why, concept.title)
        _page(replace(concept, kind="page"), bundle)
        return
    controversy = bundle.key(answers)
    fields: Fields = {
        "controversy": Ref(controversy),
        "letter": found[2].upper(),
        "statement": _whole_title(concept),
        "key_sources": _sources(concept, bundle),
    }
    bundle.add(concept, fields | {"body": _body(concept, log)}, found[2], controversy)


def _page(concept: _Concept, bundle: _Bundle) -> None:
    log = bundle.made.log(concept.path)
    body, named = _body(concept, log), [_listed(one) for one in _entries(concept, log)]
    if named:
        log.gap("sources", "a page has none of its own: a list at its end", ", ".join(named))
        body = "\n\n".join(filter(None, (body, "## Sources", "\n".join(f"- {one}" for one in named))))
    summary = concept.text("description")
    bundle.add(concept, {"title": concept.title, "body": "\n\n".join(filter(None, (summary, body)))})


_READ: Mapping[str, Callable[[_Concept, _Bundle], None]] = {
    "claim": _claim,
    "source": _source,
    "term": _term,
    "proponent": _proponent,
    "thread": _thread,
    "controversy": _controversy,
    "position": _position,
    "page": _page,
}


# Parts of a concept


def _entries(concept: _Concept, log: Log) -> Iterator[Mapping[str, Any]]:
    """The entries of `sources` that name something."""
    value = concept.data.get("sources", [])
    for one in value if isinstance(value, list) else [value]:
        entry: Mapping[str, Any] = one if isinstance(one, dict) else {"resource": one}
        if isinstance(entry.get("resource"), str) and entry["resource"].strip():
            yield entry
        else:
            log.gap("sources", "an entry without a `resource`: left out", one)


def _sources(concept: _Concept, bundle: _Bundle) -> list[Ref]:
    """The records of the sources: concepts of the bundle, and documents at addresses; what is neither is reported."""
    found, log = dict[Ref, None](), bundle.made.log(concept.path)
    for entry in _entries(concept, log):
        resource = one_line(entry["resource"])
        inside = _inside(resource, concept)
        if inside in bundle.concepts and bundle.concepts[inside].kind == "source" and inside != concept.id:
            found[Ref(bundle.key(inside))] = None
        elif is_address(resource):
            found[_document(entry, resource, concept, bundle)] = None
        else:
            log.gap("sources", "no document that could be found: left out", resource)
    return list(found)


def _inside(resource: str, concept: _Concept) -> str:
    """The concept that a path leads to."""
    path = resource.partition("#")[0].removesuffix(".md")
    return normpath(path.lstrip("/") if path.startswith("/") else join(dirname(concept.id), path))


def _document(entry: Mapping[str, Any], address: str, concept: _Concept, bundle: _Bundle) -> Ref:
    """A source by its address."""
    said = {name: one_line(value) for name, value in entry.items() if isinstance(value, str)}
    author = re.sub(r"^(?:human|team|process):", "", said.get("author", ""))
    issued = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", said.get("last_modified", ""))
    item: dict[str, Any] = {"title": said.get("title", address), "type": "webpage", "URL": address}
    item |= {"author": [{"literal": author}]} if author else {}
    item |= {"issued": {"date-parts": [[int(part) for part in issued.groups()]]}} if issued else {}
    for name in sorted(entry.keys() & {"usage_count", "usage_window"}):
        why = "how often it is used is no sign of what it shows: left out"
        bundle.made.log(concept.path).gap(f"sources.{name}", why, entry[name])
    return _made_source(address, item, concept.path, bundle)


def _bundle(bundle: _Bundle) -> Ref:
    """The bundle as a source, of claims that name none."""
    title = f"{basename(bundle.name.rstrip('/')) or 'A bundle'}: a bundle of the Open Knowledge Format"
    return _made_source("\n", {"title": title, "type": "document"}, bundle.name, bundle)


def _made_source(name: str, item: dict[str, Any], where: str, bundle: _Bundle) -> Ref:
    """A source by a name, made once."""
    if name not in bundle.sources:
        add_source(item, where, bundle.made, bundle.run)
        made, key = bundle.made.drafts.pop(), bundle.key(f"\n{name}")
        bundle.made.drafts.append(replace(made, key=key, fields={**made.fields, "draft": "true"}, implied=True))
        bundle.sources[name] = Ref(key)
    return bundle.sources[name]


def _listed(entry: Mapping[str, Any]) -> str:
    """A source as an item of a list."""
    resource = one_line(entry["resource"])
    title = one_line(str(entry.get("title", ""))) or resource
    words = without_references(re.sub(r"([\\\[\]*_`<>])", r"\\\1", title), markdown=True)
    return f"[{words}](<{resource}>)" if is_address(resource) and not re.search(r"[<>\s]", resource) else words


def _leave_sources(concept: _Concept, log: Log) -> None:
    for entry in _entries(concept, log):
        log.gap(
            "sources", "this kind of record has no list of sources: left out", entry.get("title", entry["resource"])
        )


def _tags(concept: _Concept) -> list[str]:
    value = concept.data.get("tags", [])
    return (
        [without_references(one_line(one)) for one in value if isinstance(one, str)] if isinstance(value, list) else []
    )


def _body(concept: _Concept, log: Log) -> str:
    """The text below the front matter; that of our own pages is printed from the records."""
    if concept.is_ours and concept.kind != "page":
        log.gap("the text", "Ledger printed it from the record: left out")
        return ""
    text = _FOOTNOTE.sub("", concept.body).strip()
    if text != concept.body.strip():
        log.gap("footnotes", "which sentence is from which source is not taken over", concept.title)
    return clean_markdown(text, log)


def _first_words(concept: _Concept) -> str:
    plain = next((part for part in concept.body.split("\n\n") if part.strip() and not part.startswith("#")), "")
    return without_references(one_line(plain))


def _note(concept: _Concept, log: Log) -> str:
    """What the format says of a concept and a record does not, for the editors; each is reported."""
    kept = {name: value for name, value in concept.data.items() if name not in _TAKEN}
    resource = concept.text("resource")
    kept |= {"resource": resource} if resource and concept.kind != "source" else {}
    for name in ("verified", "stale_after", "generated"):
        kept |= {name: concept.data[name]} if name in concept.data else {}
    kept |= {"status": concept.data["status"]} if concept.data.get("status", "stable") != "stable" else {}
    for name, value in kept.items():
        log.gap(str(name), "no field here: kept in the editors' note", value)
    said = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in kept.values())
    lines = (f"{name}: {value}" for name, value in zip(kept, said, strict=True))
    return without_references(one_line("; ".join(lines)))[:2_000].strip()


# Archives


def _unpacked(file: ForeignFile, made: Imported) -> Iterator[ForeignFile]:
    """The Markdown in an archive, in memory, up to the limits; paths that lead out of it are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            yield from _files(archive, file.path, made)
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
    ) as problem:
        made.reject(
            file.path, "no zip archive that can be read", Span(file.path), f"not read: {one_line(str(problem))}"
        )


def _files(archive: zipfile.ZipFile, path: str, made: Imported) -> Iterator[ForeignFile]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        message = f"the archive holds more than {MOST_FILES:,} files or {MOST_BYTES >> 20} MB"
        made.reject(path, "too large", Span(path), message, "divide it, or unpack it and import the folder")
        return
    top = _top([info.filename for info in infos])
    for info in sorted(infos, key=lambda one: one.filename):
        name = visible(info.filename.removeprefix(top))
        shown = f"{basename(path)}/{name}"
        why = _unsafe(info)
        if why:
            made.reject(shown, why, Span(shown), f"not read: {why}")
        elif name.lower().endswith(".md") and not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            with archive.open(info) as opened:
                data = opened.read(LARGEST + 1)
            if len(data) > LARGEST:
                made.reject(shown, "too large", Span(shown), f"it has more than {LARGEST:,} bytes", "divide it")
            else:
                yield ForeignFile(shown, data)


def _unsafe(info: zipfile.ZipInfo) -> str:
    """Why a file of an archive is not read."""
    parts = info.filename.split("/")
    if info.filename.startswith("/") or ".." in parts or "\\" in info.filename or re.match("[A-Za-z]:", info.filename):
        return "its path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link"
    return "it is encrypted" if info.flag_bits & 1 else ""


def _top(names: list[str]) -> str:
    """The one folder in which all stands, as archives are often made."""
    tops = {name.partition("/")[0] for name in names if not name.startswith("__MACOSX/")}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""
