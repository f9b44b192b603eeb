"""How a source is written out: a short label for the text, a whole reference for a list.

In: a source's fields. Out: plain words, in the language of the ledger. The order of parts follows author–date styles:
who, when, what, where.
"""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from ledger import texts
from ledger.identifiers import leads_to
from ledger.records import Author, Source

MANY_AUTHORS = 2


def label(source: Source) -> str:
    """Enough to tell sources apart in a sentence: `Kaplan et al. 2020`, `Reuters, Nov 2024`."""
    return said_short(*label_of(source))


def label_of(source: Source) -> tuple[tuple[str, ...], str]:
    """What a label is made of, before it is said in a language: who the source is of, and when it came out.

    Papers go by their authors; reporting goes by its outlet, an announcement by who made it, both with the month. There
    are no names where nobody is named; behind the first of several that are not all named stands an empty name. The
    date is `2024-11`, the year alone, or `unknown`.
    """
    known = _outlet(source) if source.tier == "reporting" else _announcer(source)
    year, *month = source.issued.told[0][:2] if source.issued.told else [source.issued.text]
    return ((known,), "-".join((year, *month))) if known else (_short_names(source), year)


def said_short(names: Sequence[str], when: str) -> str:
    """A label in words."""
    named = names[0] if len(names) == 1 else texts.say("citing.unknown") if not names else ""
    named = named or (texts.listed(names) if names[-1] else texts.say("citing.and_others", names=names[0]))
    key = "citing.label_month" if "-" in when else "citing.label"
    return texts.say(key, names=named, date=texts.short_month(when))


def _outlet(source: Source) -> str:
    return str(source.container_title or source.publisher or "")


def _announcer(source: Source) -> str:
    """The organisation that an official statement is of; empty where only persons are named."""
    if source.tier != "official-statement":
        return ""
    first = next(iter(source.named_authors), None)
    whole = first.literal if first and not first.family else ""
    return str(whole or source.publisher or (source.container_title if source.type in _SITES else "") or "")


_SITES = frozenset(("post-weblog", "report", "webpage"))
"""The types whose container is the site of who published them."""


def _short_names(source: Source) -> tuple[str, ...]:
    if not source.named_authors:
        return tuple(filter(None, (_outlet(source) or host(source).removeprefix("www."),)))
    names = tuple(str(author.family or author.literal or author.given) for author in source.named_authors)
    return (names[0], "") if len(names) > MANY_AUTHORS or source.et_al else names


def host(source: Source) -> str:
    """The site that a source is on, `example.org`; empty where no address is known."""
    return urlsplit(source.url).hostname or "" if source.url else ""


def author_name(author: Author) -> str:
    """A name in reading order."""
    person = " ".join(part for part in (author.given, author.family) if part)
    return f"{author.literal} ({person})" if author.literal and person else author.literal or person


def authors_line(source: Source, *, most: int = 0) -> str:
    """Every author in reading order, or that nobody is named; of more than `most` only the first."""
    names = [author_name(author) for author in source.named_authors]
    if not names:
        return texts.say("citing.authors_unknown")
    if most and len(names) > most:
        return texts.say("citing.and_others", names=names[0])
    return texts.say("citing.and_others", names=names) if source.et_al else texts.listed(names)


def where(source: Source) -> str:
    """The journal, volume, issue, pages and publisher, as far as given."""
    volume = source.volume or ""
    if source.issue:
        volume += f"({source.issue})"
    pages = texts.say("citing.pages", pages=source.pages) if source.pages else ""
    return ", ".join(part for part in (source.container_title, volume, pages, source.publisher) if part)


def address(source: Source) -> str:
    """Where the work itself is found: by its DOI, its arXiv number or its own address; empty when there is none."""
    named = next(((name, text) for name in ("doi", "arxiv") if (text := vars(source)[name])), None)
    return leads_to(*named) if named else quote(source.url or "", safe=":/?#[]@!$&'()*+,;=%~")


def in_a_note(source: Source) -> str:
    """What stands behind the label in a margin: the title, and where it came out."""
    return " ".join(sentence(part) for part in (source.title, source.container_title or source.publisher) if part)


def in_full(source: Source, title: str) -> str:
    """The whole reference in one line; `title` is the source's title without markup."""
    parts = (f"{authors_line(source)}, {texts.day(source.issued)}", title, where(source))
    return " ".join([*(sentence(part) for part in parts if part), *filter(None, [address(source)])])


def sentence(text: str) -> str:
    """The words with a full stop, unless something else ends them."""
    return text if text.endswith((".", "?", "!")) else f"{text}."
