"""Words → the records that say them: all of them, or as many as any record does.

A record says them if they stand in its title and one passage: a paragraph, an evidence item or stance with its sources
and their authors, or the title of a record that it is linked to. That joins a person with a position, and a claim with
its source. What its neighbours' titles say alone is
found with them. Words are compared without their endings.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.assistants.site import Data, Site

Passage = tuple[str, int]
"""A record, and which of its passages."""
TITLE, OWN, BORROWED = 8, 2, 1
"""Where a passage has a word from: the record's title, its own text, the titles of others. These are bits."""
NEAREST = 3
MOST_WORDS = 40
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"\b([^\W\d_]+)-(\d\w*(?:\.\d\w*)?)")
"""A name with a number, as `GPT-4.5`, which is one word."""
_ENDINGS = (
    "ations",
    "ation",
    "ions",
    "ings",
    "ated",
    "ates",
    "ate",
    "ion",
    "ing",
    "ied",
    "ies",
    "ed",
    "es",
    "s",
    "ly",
    "e",
    "y",
)
_NO_TEXT = frozenset(("id", "url", "archive_url", "date", "added", "updated", "consulted", "sha256", "csl"))
_STOPPED = """
a about according all am an and any anybody anyone are as at be because been being between but by can claim claimed
claims could did do does done each either else ever every evidence find for from get give given had has have he held
her his hold holds how i if in into is it its just know lean leaning leans ledger many may me more most much my no not
of on one or our person position positions record recorded records reject rejects rest resting rests said say says she
show shows so some somebody someone source sources state such support supports tell than that the their them then
there these they thing things think thinks this those to up us was we were what when where whether which while who
whom whose why will with would you your
"""
"""What questions are made of, and what every record is about."""
_STOP = frozenset(_STOPPED.split())


class Found(NamedTuple):
    """The records that say all words, the best first; else those that say most, and the words that each says not."""

    whole: tuple[str, ...]
    parts: tuple[str, ...]
    lacking: Mapping[str, tuple[str, ...]]


def words_of(text: str) -> dict[str, str]:
    """The words that are looked for, without their endings, and how they were written."""
    text = _NUMBERED.sub(r"\1\2", text)
    found = {_stem(word): word for word in _words(text) if word not in _STOP and (len(word) > 1 or word.isdigit())}
    return dict(list(found.items())[:MOST_WORDS])


def found_by(site: Site, text: str, kind: str = "") -> Found:
    """What some words find among the records, or those of a kind."""
    said, words = _index(site), words_of(text)
    scores: defaultdict[Passage, int] = defaultdict(int)
    has: defaultdict[Passage, set[str]] = defaultdict(set)
    for word in words:
        for passage, weight in said.get(word, {}).items():
            if not kind or site.records[passage[0]]["kind"] == kind:
                scores[passage] += weight
                has[passage].add(word)
    only_others = {one for one in has if all(said[word][one] & BORROWED for word in has[one])}
    best: dict[str, set[str]] = {}
    for passage in sorted(has.keys() - only_others, key=lambda one: (-len(has[one]), -scores[one], one)):
        best.setdefault(passage[0], has[passage])
    whole = tuple(id_ for id_, found in best.items() if len(found) == len(words))
    parts = () if whole else tuple(list(best)[:NEAREST])
    return Found(whole, parts, {id_: tuple(words[one] for one in words if one not in best[id_]) for id_ in parts})


@lru_cache(maxsize=2)
def _index(site: Site) -> Mapping[str, Mapping[Passage, int]]:
    """By word, the passages that say it, and where they have it from."""
    found: defaultdict[str, dict[Passage, int]] = defaultdict(dict)
    for id_, line in site.records.items():
        title = _stems(f"{line.get('title', '')} {id_}")
        for at, (own, borrowed) in enumerate((("", ""), *_passages(site, line))):
            for bit, words in ((TITLE, title), (OWN, _stems(own)), (BORROWED, _stems(borrowed))):
                for word in words:
                    found[word][id_, at] = found[word].get((id_, at), 0) | bit
    return found


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


def _texts(value: Any) -> Iterator[str]:
    """Every text in what was written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        fields: Data = value
        for name, one in fields.items():
            if name not in _NO_TEXT:
                yield from _texts(one)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("'s ", " ")
    return [*_WORD.findall(plain), *("".join(one) for one in _NUMBERED.findall(plain))]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text)}


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")  # noqa: PLR2004
    short = word.removesuffix(ending)
    return short[:-1] if short[-2:-1] == short[-1:] and not short.isdigit() else short
