"""Texts that cite a source, each with the sentence around the citation, as words alone.

In: a source as its page sees it. Out: the records whose texts cite it, and those sentences. A sentence that is too
long is cut at words, around the citation.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from itertools import accumulate, chain, pairwise, takewhile
from typing import Any, Literal

from ledger import links, markup
from ledger.context import PageContext, link_to
from ledger.edges import VERBATIM
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import FOLDER_OF, Controversy, Source
from ledger.references import Reference
from ledger.views import View
from ledger.yamlnodes import FieldPath

TWO_LINES, SIXTY_WORDS = 200, 400
"""How many characters fit into two lines, and into some sixty words."""
LONGEST = 240
"""How many characters an excerpt has at most."""
BARE = 40
"""A sentence shorter than this that begins with the citation is the citation alone: the one before it is meant."""
HERE = "\ufdd0"
"""Stands before a citation; no text of a record can hold it."""
_CITATION = re.compile(r'<a (?=[^<>]*class="here ([^"<>]*)")[^<>]*+>')
_TAG = re.compile(r'<(?>(?:[^"<>]|"[^"]*")*)>')
_BLOCK = re.compile(
    r'</?(?:p|li|ul|ol|h[1-6]|blockquote|pre|table|thead|tbody|tr|td|th|dl|dd|dt|br|hr)\b(?>(?:[^"<>]|"[^"]*")*)>'
)
_END = re.compile(r"[.!?…][\"'”’)\]]*+\s++")
_LETTER = re.compile(r"\w")
_SHORTENED = re.compile(r"(?:\b(?:\w|al|vs|cf|pp|[Ff]igs?|[Nn]o|[Ss]ec|Dr|Mrs?|Ms|St)|\.\w)\.\Z")
"""The end of a word that has a full stop of its own: `et al.`, `e.g.`, `J.`"""


def view_citations(context: PageContext, source: Record[Source]) -> tuple[View, ...]:
    """Everything that cites the source in a text, by kind and title."""
    citing = dict.fromkeys(links.linked(links.links_in(context.ledger, source.id), "cites"))
    found = (citing_sentences(context.ledger, id_).get(source.id, {}) for id_ in citing)
    refs, kinds = [(context.ref(node), said) for of in found for node, said in of.items()], [*FOLDER_OF]
    refs.sort(key=lambda one: (kinds.index(one[0].kind), one[0].title.casefold(), one[0].href))
    return tuple(View(record=ref, sentences=said) for ref, said in refs)


@result
def citing_sentences(ledger: Ledger, id_: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Source → the record, or a part of it, whose texts cite the source → the sentences in which they do."""
    nodes = {edge.path: edge.start for edge in ledger.edges_of(id_) if edge.name == "cites"}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for path, text in _texts(ledger.records[id_].authored(), ()) if nodes else ():
        if path in nodes:
            for source, sentences in excerpts(ledger, text, markdown=path == ("body",)).items():
                found.setdefault(source, {}).setdefault(nodes[path], {}).update(dict.fromkeys(sentences))
    return {source: {node: tuple(said) for node, said in by_node.items()} for source, by_node in found.items()}


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


def excerpts(ledger: Ledger, text: str, *, markdown: bool) -> dict[str, tuple[str, ...]]:
    """The sentences of a text that cite sources, by the sources' ids."""

    @cache
    def shown(form: Literal["link", "citation"], target: str, words: str) -> markup.Link | None:
        link = link_to(ledger, Reference(form, target, words, 0, 0), str)
        return link._replace(css=f"here {ledger.present_id(target)}") if link and form == "citation" else link

    def resolve(reference: Reference) -> markup.Link | None:
        return shown(reference.form, reference.target, reference.words)

    html = str(markup.body(text, resolve, for_words=True) if markdown else markup.short(text, resolve))
    cited = _CITATION.findall(html)
    said: dict[str, list[str]] = {source: [] for source in cited}
    sources = iter(cited)
    for block in _BLOCK.split(_CITATION.sub(HERE, html)):
        for source, sentence in _sentences(_words(block), sources) if HERE in block else ():
            said[source].append(sentence)
    return {source: tuple(found) for source, found in said.items()}


def _words(block: str) -> str:
    return " ".join(unescape(_TAG.sub("", block)).split())


def _sentences(marked: str, sources: Iterator[str]) -> Iterator[tuple[str, str]]:
    """For each source that a block cites, the sentences that do, each with the one before where it does nothing else.

    The sources are those of the marks, in their order. The text is gone through once for all of them, of which there
    may be hundreds.
    """
    parts, places = marked.split(HERE), defaultdict[str, list[int]](list)
    for place, source in zip(accumulate(map(len, parts[:-1])), sources, strict=False):
        places[source].append(place)
    text = "".join(parts)
    spans = list(pairwise((0, *_ends(text), len(text))))
    starts = [start for start, _ in spans]
    for source, offsets in places.items():
        for at in dict.fromkeys(bisect_right(starts, offset) - 1 for offset in offsets):
            start, end = spans[at]
            here = offsets[bisect_left(offsets, start)]
            is_alone = end - start < BARE and not text[start:here].strip("([ ")
            first = spans[at - 1][0] if is_alone and at else start
            place = offsets[bisect_left(offsets, first)]
            near = max(first, place - 2 * LONGEST)  # no more than that is shown, and a sentence can be the whole text
            yield source, shortened(text[near : min(end, place + 2 * LONGEST)], place - near)


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


def shortened(sentence: str, at: int) -> str:
    """A sentence, cut around the citation that stands at a place in it if it is too long."""
    text = sentence.strip()
    at = max(0, at - (len(sentence) - len(sentence.lstrip())))
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


def answer_of(context: PageContext, record: Record[Controversy], most: int) -> str:
    """The sentences with which the status note begins, or else the summary; empty where there is neither."""
    note = record.fields.status_note
    return first_sentences(context.plain((note and note.text) or record.fields.summary or ""), most)
