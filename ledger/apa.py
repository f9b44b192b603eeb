"""How a source is cited in the style of the American Psychological Association, 7th edition.

In: a source's fields, its title without markup. Out: the reference in pieces, each with whether it is set in italics.
Author, date, title, place: the order, the punctuation and the forms of names are the style's, whatever the language of
the ledger; its own words (`n.d.`, `In`, `pp.`) and dates are in that language. Titles keep their capitals, since no
rule tells a name from a word. Sources: the Publication Manual (2020), chapters 9 and 10, and the style `apa` of the
Citation Style Language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

from ledger import texts
from ledger.citations import address, author_name, sentence
from ledger.dates import PartialDate
from ledger.records import Author, Source

Piece = tuple[str, bool]
"""Some words, and whether they are in italics."""

MOST_AUTHORS = 20
"""Of more authors the first 19 and the last are named."""
_BY_DAY = frozenset(
    (
        *("article-magazine", "article-newspaper", "broadcast", "document", "event", "interview", "motion_picture"),
        *("pamphlet", "performance", "personal_communication", "post", "post-weblog", "song", "speech", "webpage"),
    )
)
"""The types of which month and day are told; of the others, the year."""
_PERIODICALS = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "periodical", "post-weblog", "review", "review-book")
)
_INSIDE = frozenset(
    ("broadcast", "chapter", "entry", "entry-dictionary", "entry-encyclopedia", "interview", "paper-conference", "song")
)
"""The types that stand in a larger work: "In" it."""
_LAW = frozenset(("bill", "hearing", "legal_case", "legislation", "regulation", "treaty"))
_DESCRIBED = frozenset(
    (
        *("broadcast", "dataset", "interview", "map", "motion_picture", "personal_communication", "post", "review"),
        *("review-book", "software", "song", "speech", "thesis"),
    )
)
"""The types that are named in brackets."""
_UNCERTAIN = re.compile(r"[~?%]|\.\.")


Group = tuple[Piece, ...]
"""Pieces with nothing between them; a space stands between two groups."""


def apa(source: Source, title: str) -> Group:
    """The reference; `title` is the source's title without markup."""
    if source.type in _LAW:
        return _joined([*_law(source, title), _plain(_link(source))])
    who, when = _who(source), _plain(f"({_when(source.issued, source.type)}).")
    what = _ended(_what(source, title))
    front = [_plain(sentence(who)), when, *what] if who else [*what, when]
    return _joined([*front, *_ended(_where(source)), _plain(_link(source))])


def page_apa(ledger: str, day: PartialDate | None, title: str, canonical: str, version: str = "") -> Group:
    """A page of the ledger, which is its author; `canonical` is its address, or empty; so is the version."""
    when = _plain(f"({_when(day, 'webpage') if day else texts.say('apa.undated')}).")
    of_version = _plain(f"({texts.say('apa.version', version=version)})") if version else ()
    title = title.removesuffix(".") if version else title
    return _joined([_plain(sentence(ledger)), when, *_ended([_italic(title), of_version]), _plain(canonical)])


def _plain(text: str) -> Group:
    return ((text, False),) if text else ()


def _italic(text: str) -> Group:
    return ((text, True),) if text else ()


def _joined(groups: Iterable[Group]) -> Group:
    """One group of all, with spaces; what is of one sort is one piece."""
    whole = [group for group in groups if group]
    pieces = [piece for at, group in enumerate(whole) for piece in (*(_plain(" ") if at else ()), *group)]
    return tuple(("".join(text for text, _ in run), italic) for italic, run in groupby(pieces, key=itemgetter(1)))


def _ended(groups: Iterable[Group]) -> list[Group]:
    """Groups with a full stop at the end, unless something else ends them."""
    whole = [group for group in groups if group]
    if not whole or whole[-1][-1][0].endswith((".", "?", "!")):
        return whole
    return [*whole[:-1], (*whole[-1], (".", False))]


# Who


def _who(source: Source) -> str:
    names = [_name(author) for author in source.named_authors]
    if not names:
        return ""
    if source.et_al:
        return f"{', '.join(names)}, et al."
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, . . . {names[-1]}"
    return ", & ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _name(author: Author) -> str:
    """`Kaplan, J. D.`; a name that is one piece as it stands, beside a person's in brackets."""
    if not author.family:
        return author_name(author)
    person = ", ".join(filter(None, (author.family, _initials(author.given or ""))))
    return f"{person} [{author.literal}]" if author.literal else person


def _initials(given: str) -> str:
    return " ".join(filter(None, map(_initial, re.split(r"\s+|(?<=\.)(?=[^\W\d_])", given.strip()))))


def _initial(part: str) -> str:
    """`Jean-Paul` → `J.-P.`; `de` and names in letters without capitals stay."""
    bits = [bit.strip(".") for bit in part.split("-")]
    return "-".join(f"{bit[0]}." if bit[0].isupper() else bit for bit in bits if bit)


# When


def _when(day: PartialDate, type_: str) -> str:
    """`2024, November 8`, as far as it is told; `ca.` before a date that is not certain."""
    if day.is_unknown:
        return texts.say("apa.undated")
    shown = dict.fromkeys(_date(end, whole=type_ in _BY_DAY) for end in day.told)
    told = "–".join(shown)
    return texts.say("apa.about", date=told) if _UNCERTAIN.search(day.text) else told


def _date(parts: list[str], *, whole: bool) -> str:
    year, month, day = [*map(int, parts), 0, 0][:3]
    if not (whole and month):
        return str(year)
    told = {"year": str(year), "month": texts.month_name(month)}
    return texts.say("apa.day", day=str(day), **told) if day else texts.say("apa.month", **told)


# What


def _what(source: Source, title: str) -> list[Group]:
    """The title, with what tells editions apart in parentheses and what sort of thing it is in brackets."""
    alone = not source.container_title or not (source.type in _PERIODICALS or source.type in _INSIDE)
    further, sort = "; ".join(_further(source)), _sort(source)
    named = _italic(title) if alone else _plain(title)
    return [named, _plain(f"({further})" if further else ""), _plain(f"[{sort}]" if sort else "")]


def _further(source: Source) -> Iterator[str]:
    csl = source.csl or {}
    for role in ("interviewer", "host", "translator"):
        if role in csl:
            yield texts.say(f"apa.{role}", name=csl[role])
    if "edition" in csl:
        yield _edition(csl["edition"])
    if "version" in csl:
        yield texts.say("apa.version", version=csl["version"])
    if "number" in csl:
        yield _numbered(source.type, csl)
    if source.volume and source.type == "book":
        yield texts.say("apa.volume", volume=source.volume)


def _edition(text: str) -> str:
    if text.isdecimal():
        return texts.say("apa.edition", ordinal=texts.ordinal(int(text)))
    return texts.say("apa.edition", ordinal=text.removesuffix(" ed.").removesuffix(" edition"))


def _numbered(type_: str, csl: Mapping[str, str]) -> str:
    number = texts.say("apa.number", number=csl["number"])
    return f"{csl.get('genre') or texts.say('apa.report')} {number}" if type_ == "report" else number


def _sort(source: Source) -> str:
    csl = source.csl or {}
    numbered = source.type == "report" and "number" in csl
    sort = csl.get("genre", "") if not numbered else ""
    sort = sort or csl.get("medium", "") or (texts.say(f"apa_sort.{source.type}") if source.type in _DESCRIBED else "")
    return ", ".join(filter(None, (sort, source.publisher))) if source.type == "thesis" else sort


# Where


def _where(source: Source) -> list[Group]:
    """The journal, book, site, archive or publisher; none that is the author too."""
    type_, container = source.type, source.container_title or ""
    if container and (type_ in _PERIODICALS or (type_ == "paper-conference" and source.volume)):
        return [_periodical(source, container)]
    if container and type_ in _INSIDE:
        return _inside(source, container)
    if type_ == "article":
        return [_plain(container or ("arXiv" if source.arxiv else source.publisher or ""))]
    names = (container, "" if type_ == "thesis" else source.publisher or "")
    return [_plain("; ".join(dict.fromkeys(name for name in names if name and name not in _whole_names(source))))]


def _whole_names(source: Source) -> frozenset[str]:
    """The organisations among the authors: no place is named that is the author too."""
    return frozenset(author.literal or "" for author in source.named_authors)


def _periodical(source: Source, container: str) -> Group:
    """`Nature, 12(3), 7–19`: the name and the volume in italics."""
    volume, issue, pages = source.volume, source.issue, _dashed(source.pages or "")
    name = f"{container}, {volume}" if volume else container
    after = ("" if volume else ", ") + f"({issue})" if issue else ""
    return (*_italic(name), *_plain(after + (f", {pages}" if pages else "")))


def _inside(source: Source, container: str) -> list[Group]:
    """`In Book (pp. 7–19). Publisher`."""
    editor, pages = (source.csl or {}).get("editor", ""), _dashed(source.pages or "")
    key = "apa.pages" if re.search("[–,]", pages) else "apa.page"
    place = f"({texts.say(key, pages=pages)})" if pages else ""
    publisher = source.publisher if source.publisher not in (container, *_whole_names(source)) else ""
    named = texts.say("apa.editor", name=editor) if editor else ""
    head = [_plain(texts.say("apa.inside")), _plain(named), _italic(container), _plain(place)]
    return [*_ended(head), _plain(publisher or "")]


def _dashed(pages: str) -> str:
    return re.sub(r"(?<=\w)\s*[-–]+\s*(?=\w)", "–", pages)


def _law(source: Source, title: str) -> list[Group]:
    """`A v. B, No. 7 (Court 2025)`: names of cases stand upright in a list."""
    number = (source.csl or {}).get("number", "")
    numbered = texts.say("apa.number", number=number) if number else ""
    named = ", ".join(filter(None, (title, source.container_title, numbered)))
    court = (source.csl or {}).get("authority") or _who(source) or source.publisher or ""
    return [_plain(named), _plain(f"({' '.join(filter(None, (court, _when(source.issued, 'book'))))}).")]


def _link(source: Source) -> str:
    """The address, with nothing behind it; what became of a work that was retracted."""
    fell = source.status == "retracted" and source.status_date
    retraction = texts.say("apa.retraction", date=_when(fell, "webpage")) if fell else ""
    return " ".join(filter(None, (address(source), retraction)))
