"""How a source is written out: a short label for the text, a whole reference for a list.

In: a source's fields. Out: plain words. The order of parts follows author–date styles: who, when, what, where.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from ledger import texts
from ledger.dates import SHORT_MONTHS
from ledger.identifiers import RESOLVERS
from ledger.records import Author, Source

MANY_AUTHORS = 2


def named_authors(source: Source) -> tuple[Author, ...]:
    """The authors that are named."""
    return () if source.authors == "unknown" else source.authors


def label(source: Source) -> str:
    """Enough to tell sources apart in a sentence: `Kaplan et al. 2020`, `Reuters, Nov 2024`.

    Papers go by their authors; reporting goes by its outlet, an announcement by who made it, both with the month.
    """
    known = _outlet(source) if source.tier == "reporting" else _announcer(source)
    return f"{known}, {_month(source)}" if known else f"{_short_names(source)} {_year(source)}"


def _outlet(source: Source) -> str:
    return str(source.container_title or source.publisher or "")


def _announcer(source: Source) -> str:
    """The organisation that an official statement is of; empty where only persons are named."""
    if source.tier != "official-statement":
        return ""
    first = next(iter(named_authors(source)), None)
    whole = first.literal if first and not first.family else ""
    return str(whole or source.publisher or (source.container_title if source.type in _SITES else "") or "")


_SITES = frozenset(("post-weblog", "report", "webpage"))
"""The types whose container is the site of who published them."""


def _month(source: Source) -> str:
    """`Nov 2024`, or the year where no month is told."""
    start, _, end = source.issued.text.partition("/")
    year, *month = re.findall(r"\d+", start if start != ".." else end)[:2]
    return " ".join([*(SHORT_MONTHS[int(one) - 1].capitalize() for one in month), year])


def _short_names(source: Source) -> str:
    if not named_authors(source):
        return _outlet(source) or "Unknown author"
    names = [str(author.family or author.literal or author.given) for author in named_authors(source)]
    if len(names) > MANY_AUTHORS or source.et_al:
        return f"{names[0]} et al."
    return " and ".join(names)


def _year(source: Source) -> str:
    start, _, end = source.issued.text.partition("/")
    return str(start if start != ".." else end)[:4]


def author_name(author: Author) -> str:
    """A name in reading order."""
    person = " ".join(part for part in (author.given, author.family) if part)
    return f"{author.literal} ({person})" if author.literal and person else author.literal or person


def authors_line(source: Source, *, most: int = 0) -> str:
    """Every author in reading order, or that nobody is named; of more than `most` only the first."""
    if source.authors == "unknown" or not source.authors:
        return "Author unknown"
    names = [author_name(author) for author in source.authors]
    if most and len(names) > most:
        return f"{names[0]} et al."
    return _listed(names) + (" et al." if source.et_al else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def where(source: Source) -> str:
    """The journal, volume, issue, pages and publisher, as far as given."""
    volume = source.volume or ""
    if source.issue:
        volume += f"({source.issue})"
    pages = f"pp. {source.pages}" if source.pages else ""
    return ", ".join(part for part in (source.container_title, volume, pages, source.publisher) if part)


def address(source: Source) -> str:
    """Where the work itself is found: by its DOI, its arXiv number or its own address; empty when there is none."""
    forms = ((source.doi, RESOLVERS["doi"]), (source.arxiv, RESOLVERS["arxiv"]), (source.url, "{}"))
    return next((form.format(quote(text, safe=":/?#[]@!$&'()*+,;=%~")) for text, form in forms if text), "")


def in_a_note(source: Source) -> str:
    """What stands behind the label in a margin: the title, and where it came out."""
    return " ".join(_sentence(part) for part in (source.title, source.container_title or source.publisher) if part)


def in_full(source: Source, title: str) -> str:
    """The whole reference in one line; `title` is the source's title without markup."""
    parts = (f"{authors_line(source)}, {texts.day(source.issued)}", title, where(source))
    return " ".join([*(_sentence(part) for part in parts if part), *filter(None, [address(source)])])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
