"""Words → the records that say them: all of them, or as many as any record does.

A record says them if they stand in what it is called (its title, other names and search words) and one passage: a
paragraph, an evidence item or stance with its sources and their authors, or the title of a record that it is linked to.
That joins a person with a position, and a claim with its source. What its neighbours' titles say alone is found with
them. Words are compared without their endings, and a name in the question is also looked for by the other names of the
same thing, as the site's own search does.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial, reduce
from operator import and_, or_
from typing import NamedTuple

from ledger import texts
from ledger.assistants.site import Data, Site
from ledger.query.evaluate import texts_in

Passage = tuple[str, int]
"""A record, and which of its passages."""
Name = tuple[str, ...]
"""Words without their endings."""
TITLE, OWN, BORROWED = 8, 2, 1
"""Where a passage has a word from: what the record is called, its own text, the titles of others. These are bits."""
CITED = frozenset(("source", "event", "chart"))
"""Kinds that come after others that say as much: they are about a thing, and are not the thing."""
PHRASE = 5
"""Words of a question that one name may have."""
NEAREST = 3
NAME, SENTENCE, LINKED = "name", "sentence", "linked record or source"
MOST_WORDS = 40
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"\b([^\W\d_]+)-(\d\w*(?:\.\d\w*)?)")
"""A name with a number, as `GPT-4.5`, which is one word."""
_ENDINGS = ("ations", "ation", "ions", "ings", "ated", "ates", "ate", "ion", "ing", "ied", "ies", "ed", "es", "s",
            "ly", "e", "y")  # fmt: skip
_NO_TEXT = frozenset(("id", "url", "archive_url", "date", "added", "updated", "consulted", "sha256", "csl"))
_texts = partial(texts_in, without=_NO_TEXT)
_STOPPED = """
according anybody anyone article articles believe believes between claim claimed claims either evidence expect expects
found hold holds lean leaning leans ledger many nobody note noted paper papers person position positions publish
published record recorded records reject rejects rest resting rests show shows somebody someone source sources speak
spoke spoken state stated states statement studied studies study support supports tell tells things think thinks
thought wrote write written
"""
"""What questions to a ledger are made of, and what every record is about; `search_language` has those of a language."""
_ASIDE = frozenset(_STOPPED.split())


class Found(NamedTuple):
    """The records that say all words, best first; otherwise those that say most of them, with the words each lacks."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]


class Place(NamedTuple):
    """Where a record says some of the words: a name, a sentence, or what a linked record or a source is called."""

    where: str
    text: str
    words: tuple[str, ...]


class _Index(NamedTuple):
    """The passages that say a word, and where they have it from; the records of a name, and all names of a record."""

    said: Mapping[str, Mapping[Passage, int]]
    named: Mapping[Name, list[str]]
    names: Mapping[str, tuple[Name, ...]]


def words_of(site: Site, text: str) -> dict[str, str]:
    """The words to look for, without their endings, and how they were written."""
    stop = _stop(str((site.manifest.get("site") or {}).get("language", "")))
    said = (word for word in _words(_NUMBERED.sub(r"\1\2", text)) if word not in stop)
    found = {_stem(word): word for word in said if len(word) > 1 or word.isdigit()}
    return dict(list(found.items())[:MOST_WORDS])


@lru_cache
def _stop(language: str) -> frozenset[str]:
    """The words that are ignored in a language, and in English."""
    spoken = (texts.texts_in(one, {}) for one in (language or texts.ENGLISH, texts.ENGLISH))
    lists = [one.entries[f"search_language.{name}"].plain for one in spoken for name in ("stops", "asking")]
    return _ASIDE.union(*(one.split() for one in lists if one))


def found_by(site: Site, text: str, kind: str = "") -> Found:
    """What some words find among the records, or among those of a kind."""
    index, words = _index(site), words_of(site, text)
    has: defaultdict[Passage, dict[str, int]] = defaultdict(dict)
    for covered, passages in _saying(index, tuple(words)):
        for passage, bits in passages.items():
            if not kind or site.records[passage[0]]["kind"] == kind:
                has[passage].update((word, has[passage].get(word, 0) | bits) for word in covered)
    best: dict[str, dict[str, int]] = {}
    own = {one: bits for one, bits in has.items() if not all(bit & BORROWED for bit in bits.values())}
    ranks = {one: _rank(site, index, one, bits) for one, bits in own.items()}
    for passage in sorted(ranks, key=lambda one: (ranks[one], one)):
        best.setdefault(passage[0], has[passage])
    called = index.named.get(tuple(words), ())
    whole = sorted((id_ for id_, found in best.items() if len(found) == len(words)), key=lambda id_: id_ not in called)
    parts = () if whole else tuple(list(best)[:NEAREST])
    lacking = {id_: tuple(words[one] for one in words if one not in best[id_]) for id_ in parts}
    return Found(tuple(whole), parts, lacking)


def places_of(site: Site, id_: str, text: str) -> tuple[Place, ...]:
    """The fewest places in which a record says the words: its names, its sentences, its neighbours."""
    index, words = _index(site), words_of(site, text)
    said = [(place, _covered(index, tuple(words), _stems(place[1]))) for place in _places(site, site.records[id_])]
    found, left = [], set(words)
    while left and said:
        (where, words_there), covered = max(said, key=lambda one: len(one[1] & left))
        if not covered & left:
            break
        found.append(Place(where, words_there, tuple(words[one] for one in words if one in covered & left)))
        left -= covered
    return tuple(found)


def is_in_one_place(places: Sequence[Place]) -> bool:
    """Whether a name and one sentence say all the words."""
    return all(one.where != LINKED for one in places) and sum(one.where == SENTENCE for one in places) <= 1


def _places(site: Site, line: Data) -> Iterator[tuple[str, str]]:
    """Every name, sentence and neighbour of a record; a single word is mostly an id. What somebody searched for is
    nothing that the record says.
    """
    yield from ((NAME, one) for one in _called(line))
    for name, value in line["record"].items():
        for one in _texts(value) if name not in {*_NO_TEXT, "searches"} else ():
            yield from ((SENTENCE if " " in each else LINKED, each) for each in _SENTENCES.split(one))
    yield from ((LINKED, borrowed) for _, borrowed in _passages(site, line) if borrowed)


def _covered(index: _Index, words: Name, said: Set[str]) -> set[str]:
    """The words that are said, as they are or by another name of the same thing."""
    names = (words[start:end] for start in range(len(words)) for end in range(start + 1, start + PHRASE + 1))
    meant = (name for name in names if any(said >= {*one} for one in _other_names(index, name)))
    return {word for word in words if word in said}.union(*meant)


def _other_names(index: _Index, name: Name) -> set[Name]:
    """The other names of what has this one."""
    return {other for id_ in index.named.get(name, ()) for other in index.names[id_]} - {name, ()}


def _saying(index: _Index, words: Name) -> Iterator[tuple[Name, Mapping[Passage, int]]]:
    """Each word with the passages that say it, and each name with those that say another name of the same."""
    for word in words:
        yield (word,), index.said.get(word, {})
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + PHRASE) + 1):
            name = words[start:end]
            yield from ((name, _saying_all(index, other)) for other in sorted(_other_names(index, name)))


def _saying_all(index: _Index, words: Name) -> Mapping[Passage, int]:
    """The passages that say all of some words; borrowed if all are."""
    fewest, *rest = sorted((index.said.get(word, {}) for word in words), key=len)
    bits = {one: [fewest[one], *(said[one] for said in rest)] for one in fewest if all(one in said for said in rest)}
    return {one: reduce(or_, all_) & ~BORROWED | reduce(and_, all_) & BORROWED for one, all_ in bits.items()}


def _rank(site: Site, index: _Index, passage: Passage, bits: Mapping[str, int]) -> tuple[int, bool, float]:
    """The rank of a passage, the best lowest: by its words, by its kind, then by where they stand."""
    titled = sum(1 for one in bits.values() if one & TITLE)
    share = titled / max(1, len(index.names[passage[0]][0]))
    return -len(bits), site.records[passage[0]]["kind"] in CITED, -sum(bits.values()) * (1 + min(1, share))


@lru_cache(maxsize=2)
def _index(site: Site) -> _Index:
    found: defaultdict[str, dict[Passage, int]] = defaultdict(dict)
    named: defaultdict[Name, list[str]] = defaultdict(list)
    names: dict[str, tuple[Name, ...]] = {}
    for id_, line in site.records.items():
        called = [str(line.get("title", "")), *_texts(line["record"].get("other_names", ()))]
        names[id_] = tuple(dict.fromkeys(tuple(words_of(site, one)) for one in called))
        for name in names[id_]:
            named[name].append(id_)
        title = _stems(" ".join([*_called(line), id_]))
        for at, (own, borrowed) in enumerate((("", ""), *_passages(site, line))):
            for bit, words in ((TITLE, title), (OWN, _stems(own)), (BORROWED, _stems(borrowed))):
                for word in words:
                    found[word][id_, at] = found[word].get((id_, at), 0) | bit
    return _Index(found, named, names)


def _called(line: Data) -> list[str]:
    """What a record is called: its title, other names and search words."""
    record = line["record"]
    return [str(line.get("title", "")), *_texts(record.get("other_names", ())), *_texts(record.get("search_words", ()))]


def _passages(site: Site, line: Data) -> Iterator[tuple[str, str]]:
    """What is looked at together, beside the title: each part with its sources, each paragraph, each neighbour.

    Of each its own words and those of others.
    """
    for name, value in line["record"].items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                sources = sorted({part.get("source", "") for part in (one, *one.get("attested", ()))} - {""})
                yield " ".join(_texts(one)), " ".join(_source(site, id_) for id_ in sources)
            elif name not in _NO_TEXT:
                yield from ((paragraph, "") for paragraph in str(one).split("\n\n"))
    for way in ("links_out", "links_in"):
        yield from (("", _neighbour(site, link)) for link in line.get(way, ()))


def _neighbour(site: Site, link: Data) -> str:
    """What a linked record is called, and the controversy that it is a position of."""
    about = site.records.get(link["id"], {"record": {}})["record"].get("controversy", "")
    return f"{link.get('title', '')} {link['id']} {site.records.get(about, {}).get('title', '')}"


def _source(site: Site, id_: str) -> str:
    """The title of a source, its year, and who wrote it."""
    line = site.records.get(site.present_id(id_), {"record": {}})
    authors = [one for one in line["record"].get("authors", ()) if isinstance(one, dict)]
    people = [site.records.get(one.get("proponent", ""), {}).get("title", "") for one in authors]
    return " ".join([str(line.get("title", "")), str(line["record"].get("issued", ""))[:4], *people, *_texts(authors)])


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'s ", " ")
    return [*_WORD.findall(plain), *("".join(one) for one in _NUMBERED.findall(plain))]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text) if word not in _ASIDE}


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    short = word.removesuffix(ending)
    return short[:-1] if short[-2:-1] == short[-1:] and not short.isdigit() else short
