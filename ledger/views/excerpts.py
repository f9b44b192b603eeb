"""Texts that cite a source, each with the sentence around the citation, as words alone.

In: a source as its page sees it. Out: the records whose texts cite it, and those sentences. A sentence that is too
long is cut at words, around the citation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import chain, pairwise, takewhile
from typing import Any

from ledger import links, markup, words
from ledger.graph import OWNING, VERBATIM
from ledger.loading import Record
from ledger.references import Reference, may_refer
from ledger.views.viewing import RecordRef, Viewing
from ledger.yamlnodes import FieldPath

LONGEST = 240
"""How many characters an excerpt has at most."""
BARE = 40
"""A sentence shorter than this that begins with the citation is the citation alone: the one before it is meant."""
HERE = "\ufdd0"
"""Stands before the citation; no text of a record can hold it."""
_CITATION = re.compile(r'<a (?=[^<>]*class="here")[^<>]*+>')
_TAG = re.compile(r'<(?:[^"<>]|"[^"]*")*+>')
_BLOCK = re.compile(
    r'</?(?:p|li|ul|ol|h[1-6]|blockquote|pre|table|thead|tbody|tr|td|th|dl|dd|dt|br|hr)\b(?:[^"<>]|"[^"]*")*+>'
)
_END = re.compile(r"[.!?…][\"'”’)\]]*+\s++")
_LETTER = re.compile(r"\w")
_SHORTENED = re.compile(r"(?:\b(?:\w|al|vs|cf|pp|[Ff]igs?|[Nn]o|[Ss]ec|Dr|Mrs?|Ms|St)|\.\w)\.\Z")
"""The end of a word that has a full stop of its own: `et al.`, `e.g.`, `J.`"""


@dataclass(frozen=True, slots=True)
class CitationView:
    """A record, or a part of one, whose texts cite the source, and the sentences in which they do."""

    record: RecordRef
    kind_word: str
    sentences: tuple[str, ...]


def view_citations(viewing: Viewing, source: Record) -> tuple[CitationView, ...]:
    """Everything that cites the source in a text, by kind and title."""
    citing = (link.record for link in links.links_in(viewing.ledger, source) if link.relation == "cites")
    records = {record.id: record for record in citing}
    found = [entry for record in records.values() for entry in _of_record(viewing, record, source)]
    return tuple(sorted(found, key=_order))


def _order(entry: CitationView) -> tuple[int, str, str]:
    return list(words.KINDS).index(entry.record.kind), entry.record.title.casefold(), entry.record.href


def _of_record(viewing: Viewing, record: Record, source: Record) -> Iterator[CitationView]:
    by_part: dict[str, list[str]] = {}
    for path, text in _texts(record.authored(), ()):
        found = excerpts(viewing, text, source.id, markdown=path == ("body",)) if may_refer(text) else ()
        if found:
            by_part.setdefault(_part(record, path), []).extend(found)
    for part, found_there in by_part.items():
        sentences = tuple(dict.fromkeys(found_there))
        yield CitationView(viewing.ref_to(record, part), words.KINDS[record.kind.name][0], sentences)


def _texts(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Every text of a record in which references count."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key)) if key not in VERBATIM else ()
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _texts(inner, (*path, at))


def _part(record: Record, path: FieldPath) -> str:
    """The id of the evidence item or stance that a field belongs to, if it belongs to one."""
    list_name, _ = OWNING.get(record.kind.name, ("", ""))
    if len(path) > 1 and path[0] == list_name and isinstance(path[1], int):
        return str(getattr(record.fields, list_name)[path[1]].id)
    return ""


def excerpts(viewing: Viewing, text: str, source: str, *, markdown: bool) -> tuple[str, ...]:
    """The sentences of a text that cite the source with this id."""

    def resolve(reference: Reference) -> markup.Link | None:
        link = viewing.resolve(reference)
        if link is None or reference.form != "citation" or viewing.ref_id(reference.target) != source:
            return link
        return replace(link, css="here")

    html = str(markup.body(text, resolve, notes=False) if markdown else markup.short(text, resolve))
    blocks = (_words(block) for block in _BLOCK.split(_CITATION.sub(HERE, html)) if HERE in block)
    return tuple(excerpt for block in blocks for excerpt in _sentences(block))


def _words(block: str) -> str:
    return " ".join(unescape(_TAG.sub("", block)).split())


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a block that hold a citation, each with the one before where it is a citation alone."""
    spans = list(pairwise((0, *_ends(text), len(text))))
    for at, (start, end) in enumerate(spans):
        sentence = text[start:end]
        if HERE not in sentence:
            continue
        alone = sentence.lstrip("([ ").startswith(HERE) and len(sentence.replace(HERE, "")) < BARE
        first = spans[at - 1][0] if alone and at else start
        yield shortened(text[first:end].strip())


def _ends(text: str) -> Iterator[int]:
    letter = _LETTER.search(text)
    for match in _END.finditer(text):
        if letter and letter.start() < match.end():
            letter = _LETTER.search(text, match.end())
        if not letter:
            return
        before = text[max(0, match.start() - 8) : match.start() + 1]
        if not letter[0].islower() and not letter[0].isdigit() and not _SHORTENED.search(before):
            yield match.end()


def first_sentences(text: str, most: int) -> str:
    """The sentences that a text without markup begins with, as many as fit into so many characters, one at least."""
    ends = chain(_ends(text), (len(text),))
    last = next(ends)
    for end in takewhile(lambda end: len(text[:end].rstrip()) <= most, ends):
        last = end
    return text[:last].rstrip()


def shortened(text: str) -> str:
    """A text with a marked citation, without the mark, cut around it if it is too long."""
    at, text = text.index(HERE), text.replace(HERE, "")
    if len(text) <= LONGEST:
        return text
    room = LONGEST - len("… …")
    start = max(0, min(at - room // 2, len(text) - room))
    end = start + room
    if start:
        start = min(at, text.find(" ", start) + 1 or at)
    if end < len(text):
        last = text.rfind(" ", at, end)
        end = last if last > at else end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
