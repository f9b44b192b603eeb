"""What a table of Retraction Watch, as Crossref publishes it, says of the sources: retractions, concerns, corrections.

In: sources and a CSV file with a row for each notice. Out: for each source that a row may be about, the status that it
should have, or why that is not known. A work is known by its DOI or PubMed number, or else by title, authors and year.
ValueError for a file that is no such table. The values go into records through `rewriting`.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import quote

from ledger.analysis.titles import Work, fit, name_words, words_of, work_of
from ledger.editing.registries import Result
from ledger.identifiers import FORMS, RESOLVERS, same_work, works_in
from ledger.loading import Record, is_a
from ledger.records import Source

MAX_BYTES = 1_000_000_000
NEEDED = ("Title", "RetractionNature", "RetractionDate", "OriginalPaperDOI")
STATUSES = {
    "retraction": "retracted",
    "expressionofconcern": "concern",
    "correction": "corrected",
    "reinstatement": "current",
}
"""The nature of a notice, in small letters without spaces → what becomes of a source by it."""
_GRAVITY = ("current", "corrected", "concern", "retracted")
_FALLEN = re.compile("^(?:retracted|withdrawn|retraction|removed)(?:article|chapter|paper)?")
"""What publishers write before the title."""
_IN_ADDRESSES = "/:;"
_FEW_WORDS = 4
"""Many works may share a title of fewer words, such as Editorial or Reply."""
_LONGEST = 400
State = Literal["proposed", "recorded", "unknown"]


class Notice(NamedTuple):
    """A row of the table: what it says of which work, whose identifiers are in `numbers`, and its own ones in `own`."""

    number: str
    nature: str
    day: date | None
    reason: str
    work: Work
    numbers: Mapping[str, str]
    own: Mapping[str, str]

    @property
    def status(self) -> str:
        """The status that it gives a source; empty when its nature is not known."""
        return STATUSES.get(_bare(self.nature), "")

    @property
    def address(self) -> str:
        """Where the notice itself can be read, if it has a number."""
        return next((RESOLVERS[name].format(quote(value, safe=_IN_ADDRESSES)) for name, value in self.own.items()), "")

    @property
    def keys(self) -> set[str]:
        """The keys under which its work may be known."""
        title = self.work.titles[0]
        named = {_title_key(title)} if words_of(title) else set()
        return named | {same_work(name, value) for name, value in self.numbers.items()}

    @property
    def where(self) -> str:
        """Its number in the table, after what is said about it."""
        return f" (record {_plain(self.number)})" if self.number else ""


class Proposal(NamedTuple):
    """What the table says of a source: the values that its record should have, and in words how that is known."""

    record: Record[Source]
    state: State
    said: str
    values: dict[str, str]


class _Known(NamedTuple):
    """A notice that may be about a source, with the reasons for and against."""

    notice: Notice
    by: str
    doubt: str


# The table


def read_table(file: Path) -> Iterator[Notice]:
    """The rows of a table, one at a time. ValueError says in which line it cannot be read."""
    if file.stat().st_size > MAX_BYTES:
        raise ValueError(f"{file} has more than {MAX_BYTES:,} bytes")
    with file.open("rb") as lines:
        rows = csv.reader(map(_decoded, lines))
        try:
            names = [_bare(name) for name in next(rows, [])]
            if missing := [name for name in NEEDED if _bare(name) not in names]:
                raise ValueError(f"{file} is no table of Retraction Watch: it has no column {' or '.join(missing)}")
            yield from (_notice(dict(zip(names, row, strict=False))) for row in rows if any(row))
        except csv.Error as problem:
            raise ValueError(f"{file}, line {rows.line_num}: {problem}") from None


def _decoded(line: bytes) -> str:
    """The tables in circulation have lines in both encodings."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _bare(name: str) -> str:
    return re.sub(r"\W", "", name).lower()


def _notice(row: Mapping[str, str]) -> Notice:
    def cell(name: str) -> str:
        return " ".join(row.get(_bare(name), "").split())

    names = tuple(name.strip() for name in cell("Author").split(";") if name.strip())
    issued = _day(cell("OriginalPaperDate"))
    reasons = (one.strip(" +") for one in cell("Reason").split(";"))
    return Notice(
        cell("Record ID"),
        cell("RetractionNature"),
        _day(cell("RetractionDate")),
        _plain("; ".join(filter(None, reasons))),
        Work((cell("Title"),), names, issued.year if issued else None),
        _numbers(cell("OriginalPaperDOI"), cell("OriginalPaperPubMedID")),
        _numbers(cell("RetractionDOI"), cell("RetractionPubMedID")),
    )


def _day(text: str) -> date | None:
    """A day as 7/24/2024 0:00 or 2024-07-24."""
    match = re.match(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})\b|(\d{4})-(\d{2})-(\d{2})\b", text)
    if not match:
        return None
    year, month, day = (match["y"], match["m"], match["d"]) if match["y"] else match.groups()[3:]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _numbers(doi: str, pmid: str) -> dict[str, str]:
    """The identifiers that are ones: where there is none, the table says `unavailable` or 0."""
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)
    return {name: value for name, value in (("doi", doi), ("pmid", pmid)) if FORMS[name][1](value)}


def _plain(text: str) -> str:
    """A text in which nothing reads as a mark of ours."""
    return " ".join(re.sub(r"[\[\]<>*_`\\|{}$#]|[^\x20-\x7e\xa0-\uffff]", " ", text)[:_LONGEST].split())


# Which notices are of which source


def proposals(records: Iterable[Record[Any]], notices: Iterable[Notice], day: date) -> list[Proposal]:
    """What the notices say about each source, in order of id; sources without a possible notice are left out."""
    sources = {record.id: record for record in records if is_a(record, Source) and not record.fields.withdrawn}
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for record in sources.values():
        for key in _keys(record.fields):
            by_key[key].append(record.id)
    found: defaultdict[str, list[_Known]] = defaultdict(list)
    for notice in notices:
        for id_ in sorted({id_ for key in notice.keys for id_ in by_key.get(key, ())}):
            if known := _known(sources[id_].fields, notice):
                found[id_].append(known)
    return [one for id_ in sorted(found) for one in _proposed(sources[id_], found[id_], by_key, day)]


def _keys(source: Source) -> set[str]:
    return {_title_key(source.title), *works_in(vars(source), "doi", "arxiv", "url", "pmid")}


def _title_key(title: str) -> str:
    return "title:" + _FALLEN.sub("", "".join(words_of(title)))


def _known(source: Source, notice: Notice) -> _Known | None:
    """The reasons for and against a notice being about a source; None when nothing points to it."""
    ours, mine = work_of(source), _keys(source)
    same = [name.upper() for name, value in notice.numbers.items() if same_work(name, value) in mine]
    other = [name.upper() for name in notice.numbers if name.upper() not in same and getattr(source, name)]
    if same and other:
        return _Known(notice, same[0], f"its {same[0]} is the same, its {other[0]} another")
    if same:
        is_other = fit(ours, notice.work) == "differs"
        return _Known(notice, same[0], f"there it is called '{_plain(notice.work.titles[0])}'" if is_other else "")
    return _by_words(ours, notice, other)


def _by_words(ours: Work, notice: Notice, differ: Sequence[str]) -> _Known | None:
    """The same for a notice with the title of the work: authors and year decide."""
    names = [name_words(work.names) for work in (ours, notice.work)]
    same_year = ours.year == notice.work.year
    short = len(words_of(ours.titles[0])) < _FEW_WORDS
    if all(names) and not names[0] & names[1]:
        return _Known(notice, "title", "its authors are others") if same_year and not short else None
    if short and not (all(names) and same_year):
        return None
    doubts = (
        ("its title is short", short),
        (f"its {differ[0] if differ else ''} is another", bool(differ)),
        ("its authors are not known", not all(names)),
        (f"it is of {notice.work.year or 'no year'}", not same_year),
    )
    return _Known(notice, "title", next((doubt for doubt, is_so in doubts if is_so), ""))


# What follows


def _proposed(
    record: Record[Source], found: Sequence[_Known], by_key: Mapping[str, list[str]], day: date
) -> Iterator[Proposal]:
    for one in found:
        if one.doubt:
            said = f"{_plain(one.notice.nature)}, by its {one.by} perhaps of this source, but {one.doubt}"
            yield Proposal(record, "unknown", said + one.notice.where, {})
    sure = [one for one in found if not one.doubt]
    if sure:
        yield _settled(record, sure, by_key, day)


def _settled(record: Record[Source], sure: Sequence[_Known], by_key: Mapping[str, list[str]], day: date) -> Proposal:
    """The status that a source has according to its notices."""
    last, why_not = _decisive([one.notice for one in sure])
    present = record.fields.status or "current"
    if last is None:
        return Proposal(record, "unknown", why_not, {})
    status, since = last.status, f" since {last.day}" if last.day else ""
    said = f"{status}{since}, by its {sure[0].by}: {last.reason or 'no reason given'}{last.where}"
    said += f", {last.address}" if last.address else ""
    if present == status:
        return Proposal(record, "recorded", said, {})
    if present not in _GRAVITY or (status != "current" and _GRAVITY.index(status) < _GRAVITY.index(present)):
        return Proposal(record, "unknown", f"the record says {present}; {said}", {})
    return Proposal(record, "proposed", said, _values(record, last, status, by_key, day))


def _decisive(notices: Sequence[Notice]) -> tuple[Notice | None, str]:
    """The notice that says what a work is now, the gravest since a reinstatement; or why that is unclear."""
    if odd := next((one for one in notices if not one.status), None):
        return None, f"a notice of the sort '{_plain(odd.nature)}'{odd.where}"
    back = [one for one in notices if one.status == "current"]
    if not back:
        return min(notices, key=lambda one: (-_GRAVITY.index(one.status), one.day or date.max)), ""
    dated = all(one.day for one in notices)
    last = max(back, key=lambda one: one.day or date.min)
    if not dated or any(one.day == last.day for one in notices if one not in back):
        return None, f"it was reinstated, and the table does not say whether last{last.where}"
    since = [one for one in notices if one.day and last.day and one.day > last.day]
    return _decisive(since) if since else (last, "")


def _values(
    record: Record[Source], last: Notice, status: str, by_key: Mapping[str, list[str]], day: date
) -> dict[str, str]:
    notices = [same_work(name, value) for name, value in last.own.items()]
    there = next((id_ for key in notices for id_ in by_key.get(key, ()) if id_ != record.id), "")
    values = {
        "status": status,
        "status_date": last.day.isoformat() if last.day else "",
        "status_recorded": day.isoformat(),
        "status_why": f"{last.reason or 'No reason is given'}, says Retraction Watch{last.where}.",
        "notice": there,
        "notice_url": "" if there else last.address,
    }
    return {name: value for name, value in values.items() if value}


# What is said of it


def results(found: Iterable[Proposal]) -> Iterator[Result]:
    """What the table says about each source, with a line where the record should say something else, or may have to."""
    for one in found:
        line = "" if one.state == "recorded" else f"{one.state}: {one.said}"
        span = one.record.span("status" if one.record.fields.status else "title")
        data = {"source": one.record.id, "state": one.state, "said": one.said, "values": one.values}
        yield Result(span, line, data)


def summary(found: Sequence[Proposal], sources: int) -> str:
    """`200 sources: 2 proposed, 1 recorded already, 3 unknown`."""
    states = [one.state for one in found]
    proposed, recorded, unknown = (states.count(state) for state in get_args(State))
    return f"{sources} sources: {proposed} proposed, {recorded} recorded already, {unknown} unknown"
