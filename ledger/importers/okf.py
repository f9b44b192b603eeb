"""A bundle of the Open Knowledge Format → drafts: claims, sources, terms and others by their type, all else pages.

In: the Markdown files of a folder, or of a zip archive, which is never unpacked onto the disk. Out: drafts, gaps and
problems. The format says what a concept is made from, and neither what a source shows nor how it was read: every
record is a draft. https://github.com/GoogleCloudPlatform/knowledge-catalog, `okf/SPEC.md`, version 0.2.
"""

import io
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
from ledger.importers.cleaning import is_address, may_be_id, one_line, plain_line, slug, without_references
from ledger.importers.csl import add_source, implied_source
from ledger.importers.drafts import Fields, ForeignFile, Imported, Log, Ref, Run, editors_note
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
_SORTS_OF_PROPONENTS = {"person": "person", "organisation": "organisation", "organization": "organisation"}
_GUESSED = {"note", "evidence", "type", "status", "question", "key_sources"}
_TAKEN = {"type", "title", "description", "resource", "tags", "sources", "status", "generated", "verified",
          "stale_after"}  # fmt: skip
_FOOTNOTE = re.compile(r"^\[\^[^\]\[\n]+\]:[^\n]*\n?|\[\^[^\]\[\n]+\]", re.MULTILINE)
MOST_FILES = 20_000
MOST_BYTES = 64 << 20
"""Of all files of an archive together, unpacked."""
_OF_ARCHIVES = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError)
"""What the library raises for archives that are broken, encrypted or packed in a way that it does not know."""
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
        return plain_line(value) if isinstance(value, str) else ""

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
    disputes: dict[str, str] = field(default_factory=dict)
    """The controversies by the last part of their ids."""

    def key(self, id_: str) -> str:
        return f"{self.name}#{id_}"

    def log(self, concept: _Concept) -> Log:
        return self.made.log(concept.path)


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
    disputes = {one.name: one.id for one in found if one.kind == "controversy"}
    bundle = _Bundle(name, run, made, {one.id: one for one in found}, disputes)
    if not made.read and not found:
        made.refuse(name, "it holds no concept: a Markdown file whose front matter has a `type`")
    for concept in sorted(found, key=lambda one: (one.kind != "source", one.kind != "controversy", one.id)):
        if concept.kind == "source":
            _source(concept, bundle)
        elif concept.kind == "position":
            _position(concept, bundle)
        else:
            _record(concept, bundle, _wish(concept))
    return made


def _front(file: ForeignFile, made: Imported) -> FrontMatter | None:
    """The front matter of a concept; None for what is none, which is noted."""
    if basename(file.path) in ("index.md", "log.md"):
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
    # Pages that Ledger makes of its records; further pages of one are below its own.
    if is_ours and (word in ("overview", "redirect") or id_.count("/") != 1):
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


def _record(concept: _Concept, bundle: _Bundle, wish: str, within: str = "") -> None:
    """The draft of any concept but a source."""
    log = bundle.log(concept)
    fields = _FIELDS[concept.kind](concept, bundle)
    fields |= {} if "body" in fields else {"body": _body(concept, log)}
    tags = concept.data.get("tags")
    fields["tags"] = [plain_line(one) for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    fields |= {"note": _note(concept, log), "draft": "true", "added": bundle.run.day.isoformat()}
    key = bundle.key(concept.id)
    bundle.made.record(concept.kind, key, concept.path, fields, unsaid=_GUESSED, wish=wish, within=within)


def _wish(concept: _Concept) -> str:
    return concept.name if may_be_id(concept.name) else slug(concept.name) or concept.kind


def _source(concept: _Concept, bundle: _Bundle) -> None:
    log, resource = bundle.log(concept), concept.text("resource")
    named = [{"source": ref, "how": "unknown"} for ref in _sources(concept, bundle)]
    more = {"derived_from": named, "summary": concept.text("description"), "body": _body(concept, log),
            "note": _note(concept, log)}  # fmt: skip
    item = {"title": concept.title, "type": "document", "URL": resource if is_address(resource) else ""}
    if made := add_source(item, concept.path, bundle.made, bundle.run):
        known = {"wish": concept.name, "is_named": concept.is_ours} if may_be_id(concept.name) else {}
        filled = {name: value for name, value in more.items() if value}
        bundle.made.amend(filled, key=bundle.key(concept.id), stated=made.stated - {"type"}, **known)


def _position(concept: _Concept, bundle: _Bundle) -> None:
    """A position of the controversy that its name says, as `dispute-a` does; else a page."""
    controversy, _, letter = concept.name.rpartition("-")
    if re.fullmatch("[a-z]", letter) and controversy in bundle.disputes:
        _record(concept, bundle, letter, bundle.key(bundle.disputes[controversy]))
    else:
        why = "it answers no controversy of the bundle that its name says, as `dispute-a` does: a page"
        bundle.log(concept).gap("a position", why, concept.title)
        page = replace(concept, kind="page")
        _record(page, bundle, _wish(page))


def _of_claim(concept: _Concept, bundle: _Bundle) -> Fields:
    log, title = bundle.log(concept), concept.title
    log.guess("claims.type", "the format has no word for it: set to empirical", title)
    log.guess("evidence", "what a source shows, and how it was read, is not said: said so in each item", title)
    evidence = [
        {"id": f"e{at}", "source": ref, "relation": "mentions", "shows": SHOWS, "consulted": "memory"}
        for at, ref in enumerate(_sources(concept, bundle) or [_bundle(bundle)], start=1)
    ]
    return {"statement": _whole_title(concept), "type": "empirical", "evidence": evidence}


def _whole_title(concept: _Concept) -> str:
    """The title; where Ledger cut it, as the page has it."""
    title = concept.title
    heading = re.search(r"^# (.+)$", concept.body, re.MULTILINE) if concept.is_ours and title.endswith("…") else None
    whole = one_line(re.sub(r"\\(.)", r"\1", heading[1])) if heading else ""
    return without_references(whole) if whole.startswith(title[:-1].rstrip()) else title


def _of_term(concept: _Concept, bundle: _Bundle) -> Fields:
    words = (part for part in concept.body.split("\n\n") if part.strip() and not part.startswith("#"))
    definition = concept.text("description") or plain_line(next(words, ""))
    return {"term": concept.title, "definition": definition, "sources": _sources(concept, bundle)}


def _of_proponent(concept: _Concept, bundle: _Bundle) -> Fields:
    type_ = _SORTS_OF_PROPONENTS.get(one_line(str(concept.data["type"])).casefold(), "")
    if not type_:
        why = "not said whether it is a person: set to organisation"
        bundle.log(concept).guess("proponents.type", why, concept.title)
    resource = concept.text("resource")
    home = resource if is_address(resource) and not concept.is_ours else ""
    _leave_sources(concept, bundle)
    summary = concept.text("description")
    return {"name": concept.title, "type": type_ or "organisation", "summary": summary, "homepage": home}


def _of_thread(concept: _Concept, bundle: _Bundle) -> Fields:
    _leave_sources(concept, bundle)
    return {"title": concept.title, "summary": concept.text("description") or concept.title}


def _of_controversy(concept: _Concept, bundle: _Bundle) -> Fields:
    title = concept.title
    bundle.log(concept).guess("controversies.status", "the format has no word for it: set to active", title)
    _leave_sources(concept, bundle)
    question = title if title.endswith("?") else f"{title}?"
    return {"title": title, "question": question, "status": "active", "summary": concept.text("description")}


def _of_position(concept: _Concept, bundle: _Bundle) -> Fields:
    controversy, _, letter = concept.name.rpartition("-")
    answers = Ref(bundle.key(bundle.disputes[controversy]))
    statement, sources = _whole_title(concept), _sources(concept, bundle)
    return {"controversy": answers, "letter": letter.upper(), "statement": statement, "key_sources": sources}


def _of_page(concept: _Concept, bundle: _Bundle) -> Fields:
    """A page, which has its sources as a list at its end."""
    log = bundle.log(concept)
    parts = [concept.text("description"), _body(concept, log)]
    if named := [_listed(one) for one in _entries(concept, log)]:
        log.gap("sources", "a page has none of its own: a list at its end", ", ".join(named))
        parts += ["## Sources", "\n".join(f"- {one}" for one in named)]
    return {"title": concept.title, "body": "\n\n".join(filter(None, parts))}


_FIELDS: Mapping[str, Callable[[_Concept, _Bundle], Fields]] = {
    "claim": _of_claim,
    "term": _of_term,
    "proponent": _of_proponent,
    "thread": _of_thread,
    "controversy": _of_controversy,
    "position": _of_position,
    "page": _of_page,
}
"""What is special about each kind."""


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
    found, log = dict[Ref, None](), bundle.log(concept)
    for entry in _entries(concept, log):
        resource = one_line(entry["resource"])
        path = resource.partition("#")[0].removesuffix(".md")
        inside = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(concept.id), path))
        if inside in bundle.concepts and bundle.concepts[inside].kind == "source" and inside != concept.id:
            found[Ref(bundle.key(inside))] = None
        elif is_address(resource):
            found[_document(entry, resource, concept, bundle)] = None
        else:
            log.gap("sources", "no document that could be found: left out", resource)
    return list(found)


def _document(entry: Mapping[str, Any], address: str, concept: _Concept, bundle: _Bundle) -> Ref:
    said = {name: one_line(value) for name, value in entry.items() if isinstance(value, str)}
    author = re.sub(r"^(?:human|team|process):", "", said.get("author", ""))
    issued = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", said.get("last_modified", ""))
    item: dict[str, Any] = {"title": said.get("title", address), "type": "webpage", "URL": address}
    item |= {"author": [{"literal": author}]} if author else {}
    item |= {"issued": {"date-parts": [[int(part) for part in issued.groups()]]}} if issued else {}
    for name in sorted(entry.keys() & {"usage_count", "usage_window"}):
        why = "how often it is used is no sign of what it shows: left out"
        bundle.log(concept).gap(f"sources.{name}", why, entry[name])
    return implied_source(bundle.key(f"\n{address}"), item, concept.path, bundle.made, bundle.run)


def _bundle(bundle: _Bundle) -> Ref:
    """The bundle as a source, of claims that name none."""
    title = f"{basename(bundle.name.rstrip('/')) or 'A bundle'}: a bundle of the Open Knowledge Format"
    item = {"title": title, "type": "document"}
    return implied_source(bundle.key("\n"), item, bundle.name, bundle.made, bundle.run)


def _listed(entry: Mapping[str, Any]) -> str:
    resource = one_line(entry["resource"])
    title = one_line(str(entry.get("title", ""))) or resource
    words = without_references(re.sub(r"([\\\[\]*_`<>])", r"\\\1", title), markdown=True)
    return f"[{words}](<{resource}>)" if is_address(resource) and not re.search(r"[<>\s]", resource) else words


def _leave_sources(concept: _Concept, bundle: _Bundle) -> None:
    log, why = bundle.log(concept), "this kind of record has no list of sources: left out"
    for entry in _entries(concept, log):
        log.gap("sources", why, entry.get("title", entry["resource"]))


def _body(concept: _Concept, log: Log) -> str:
    """The text below the front matter; that of our own pages is printed from the records."""
    if concept.is_ours and concept.kind != "page":
        log.gap("the text", "Ledger printed it from the record: left out")
        return ""
    text = _FOOTNOTE.sub("", concept.body).strip()
    if text != concept.body.strip():
        log.gap("footnotes", "which sentence is from which source is not taken over", concept.title)
    return clean_markdown(text, log)


def _note(concept: _Concept, log: Log) -> str:
    """What the format says of a concept and a record does not, for the editors; each is reported."""
    kept = {name: value for name, value in concept.data.items() if name not in _TAKEN}
    resource = concept.text("resource")
    kept |= {"resource": resource} if resource and concept.kind != "source" else {}
    kept |= {name: concept.data[name] for name in ("verified", "stale_after", "generated") if name in concept.data}
    kept |= {"status": concept.data["status"]} if concept.data.get("status", "stable") != "stable" else {}
    return editors_note(kept, log)


# Archives


def _unpacked(file: ForeignFile, made: Imported) -> Iterator[ForeignFile]:
    """The Markdown in an archive, in memory, up to the limits; paths that lead out of it are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            yield from _files(archive, file.path, made)
    except _OF_ARCHIVES as problem:
        why = "no zip archive that can be read"
        made.reject(file.path, why, Span(file.path), f"not read: {one_line(str(problem))}")


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
        if why := _unsafe(info):
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
