"""What others say of works and claims that our records name: registries of their titles, and other ledgers.

In: sources or claims, a client that may touch the network, and of registries what is remembered of earlier answers.
Out: a result for each DOI, arXiv and PubMed number, and whether it is what the source calls the work; for each entry of
`same_as` what the claim there says now, as its published data has it, and the values that our record is to be given.
What goes wrong with one of them is its alone.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from ledger.analysis.titles import Work, fit, work_of
from ledger.analysis.wording import HASH
from ledger.diagnostics import Span
from ledger.editing.adding import Identifier, fetch_metadata, strings
from ledger.editing.fetching import Client
from ledger.identifiers import works_in
from ledger.importers.cleaning import one_line
from ledger.importers.dates import csl_date_text, known_part
from ledger.loading import Record, is_a
from ledger.records import Claim, Source
from ledger.vocabulary import VERDICTS

State = Literal["fits", "differs", "incomparable", "unknown", "unreachable"]
STATES: tuple[State, ...] = get_args(State)
COMPARED: tuple[State, ...] = ("differs", "incomparable")
FAILED: tuple[State, ...] = ("differs", "unknown", "unreachable")
ASKED = ("doi", "arxiv", "pmid")
"""Identifiers whose registries are asked."""
_ENGLISH = ("arxiv", "pmid")
"""Identifiers whose registries give every title in English; PubMed calls the language of the work another."""
_KEPT = ("title", "original-title", "author", "issued", "language")
Items = dict[str, dict[str, Any]]
"""Identifier → what its registry said of the work, and when."""
LONGEST = 1_000
"""Characters of a statement that are kept."""


class Result(NamedTuple):
    """A message for people, which may be empty, and the same place as data."""

    span: Span
    said: str
    data: dict[str, Any]


def as_lines(found: Iterable[Result], content: str) -> Iterator[str]:
    """A line for each, with its place."""
    for span, said, _ in found:
        if said:
            yield f"{content}/{span.path}:{span.line}:{span.column}: {said}"


def as_data(found: Iterable[Result], content: str) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [{**one.data, "path": f"{content}/{one.span.path}", "line": one.span.line} for one in found]


# Titles


class Wanted(NamedTuple):
    """An identifier, its source, and the field in which it is."""

    record: Record[Source]
    identifier: Identifier
    field: str


def identifiers_of(records: Iterable[Record[Any]]) -> Iterator[Wanted]:
    """Every identifier that a registry can be asked for, once a source, also one in its address."""
    for record in records:
        if is_a(record, Source) and not record.fields.withdrawn:
            written = vars(record.fields)
            for work, name in works_in(written, *ASKED, "url").items():
                field, _, number = work.partition(":")
                if field in ASKED:
                    yield Wanted(record, Identifier(field, written[name] if field == name else number), name)


def check_titles(wanted: Iterable[Wanted], client: Client, day: date, known: Items) -> Iterator[Result]:
    """Ask for each identifier that is not known already, which it is then; its `state` is in the data."""
    for one in wanted:
        try:
            state, said = _compared(one, client, day, known)
        except OSError as problem:
            state, said = "unreachable", problem.strerror or str(problem) or type(problem).__name__
        except ValueError as problem:
            state, said = "unknown", str(problem)
        except Exception as problem:  # whatever a registry sends: the other identifiers are asked
            state, said = "unknown", f"unreadable: {type(problem).__name__}"
        yield _result(one, state, said)


def _compared(wanted: Wanted, client: Client, day: date, known: Items) -> tuple[State, str]:
    key = _key(wanted.identifier)
    if key not in known:
        said = fetch_metadata(wanted.identifier, client)
        known[key] = {name: said[name] for name in _KEPT if name in said} | {"asked": day.isoformat()}
    theirs = work_of_item(known[key], wanted.identifier)
    if not theirs.titles:
        return "unknown", "the registry gives no title"
    return fit(work_of(wanted.record.fields), theirs), _described(theirs)


def _result(wanted: Wanted, state: State, said: str) -> Result:
    """The outcome for an identifier, with a line when its title does not fit or is not known."""
    record, (name, value), field = wanted
    beside = f" is {said}; here it is '{record.title}'" if state in COMPARED else f" ({said})"
    line = "" if state == "fits" else f"{state}: {name} {value}{beside}"
    data = {"source": record.id, "field": name, "value": value, "state": state, "said": said}
    return Result(record.span(field), line, data)


def _key(identifier: Identifier) -> str:
    return f"{identifier.field}:{identifier.value}"


def work_of_item(item: Mapping[str, Any], identifier: Identifier) -> Work:
    """What a registry says of it, in CSL-JSON: Crossref has lists where DataCite has texts."""
    authors = item.get("author")
    named = [one for one in (authors if isinstance(authors, list) else ()) if isinstance(one, dict)]
    names = (one.get(part) for one in named for part in ("family", "literal", "name"))
    language = "en" if identifier.field in _ENGLISH else str(item.get("language") or "")
    titles = (*strings(item.get("title")), *strings(item.get("original-title")))
    return Work(titles, tuple(n for n in names if isinstance(n, str)), _year(item), language)


def _year(item: Mapping[str, Any]) -> int | None:
    issued = item.get("issued") or ""
    year = (csl_date_text(issued) or known_part(issued))[:4]
    return int(year) if year.isdecimal() else None


def _described(work: Work) -> str:
    """The title, who wrote it and when: `'Attention Is All You Need' (Vaswani and others, 2017)`."""
    who = work.names[0] + (" and others" if len(work.names) > 1 else "") if work.names else ""
    about = ", ".join(filter(None, (who, str(work.year or ""))))
    return f"'{work.titles[0]}'" + (f" ({about})" if about else "")


# What is remembered


def read_items(data: bytes, *, today: date, days: int) -> Items:
    """The answers that are young enough to be believed. ValueError when the file is none of ours."""
    try:
        items = {key: dict(item) for key, item in json.loads(data)["titles"].items()}
        ages = {key: (today - date.fromisoformat(item["asked"])).days for key, item in items.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("it is not a cache of `ledger links --titles`") from None
    return {key: item for key, item in items.items() if 0 <= ages[key] < days}


def contradicted(records: Iterable[Record[Any]], known: Items) -> Iterator[Result]:
    """The identifiers under which the registry, as remembered, has another title than the source. Asks nobody."""
    for one in identifiers_of(records):
        theirs = work_of_item(known.get(_key(one.identifier), {}), one.identifier)
        if theirs.titles and fit(work_of(one.record.fields), theirs) == "differs":
            yield _result(one, "differs", _described(theirs))


def summary(found: Iterable[Result]) -> str:
    """`12 identifiers = 10 fits + 1 differs + 0 incomparable + 1 unknown + 0 unreachable`."""
    states = [one.data["state"] for one in found]
    return f"{len(states)} identifiers = " + " + ".join(f"{states.count(state)} {state}" for state in STATES)


# Claims of other ledgers


class Seen(NamedTuple):
    """An entry that was read again: its claim and place, and what it says now or why it could not be read."""

    record: Record[Claim]
    at: int
    values: dict[str, str]
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the claim there is no longer the one that was compared."""
        return bool(self.values) and self.values["latest"] != self.record.fields.same_as[self.at].hash


def read_again(records: Iterable[Record[Any]], client: Client, today: str) -> Iterator[Seen]:
    """Every entry of some records, one after the other."""
    for record in records:
        if is_a(record, Claim):
            for at, one in enumerate(record.fields.same_as):
                try:
                    yield Seen(record, at, {**_said(client, one.url), "seen": today})
                except (OSError, ValueError) as problem:
                    yield Seen(record, at, {}, one_line(str(problem)))


def changes(found: Iterable[Seen]) -> list[tuple[Record[Claim], dict[str, Any]]]:
    """The new values for the records."""
    lists: dict[str, tuple[Record[Claim], list[dict[str, str]]]] = {}
    for one in found:
        if one.values:
            entries = [dict(entry) for entry in one.record.document.data["same_as"]]
            _, entries = lists.setdefault(one.record.id, (one.record, entries))
            entries[one.at] = {name: entries[one.at][name] for name in ("url", "hash")} | one.values
    return [(record, {"same_as": entries}) for record, entries in lists.values()]


def _said(client: Client, url: str) -> dict[str, str]:
    """What a claim says now. OSError or ValueError says why that cannot be known."""
    page = url.partition("#")[0]
    if not re.search(r"\.(?:html|json)$", page):
        raise ValueError("it is no page of a claim: such an address ends in .html")
    answer = client.ask(re.sub(r"\.html$", ".json", page), accept="application/json")
    if answer.status != 200:  # of HTTP
        raise OSError(f"the server answers {answer.status}")
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("kind") != "claim" or not HASH.fullmatch(str(data.get("hash"))):
        raise ValueError("its data is not that of a claim of a ledger")
    rating = data.get("rating")
    verdict = rating.get("verdict") if isinstance(rating, dict) else None
    statement = one_line(str(data.get("title", "")))[:LONGEST].strip()
    said = {"latest": data["hash"], "statement": statement, "verdict": verdict if verdict in VERDICTS else ""}
    return {name: value for name, value in said.items() if value}


def results_of_claims(found: Iterable[Seen]) -> Iterator[Result]:
    """What became of each entry, at its place."""
    for one in found:
        url = one.record.fields.same_as[one.at].url
        what = one.why or (f"changed: its hash is {one.values['latest']}" if one.is_changed else "unchanged")
        data = {"claim": one.record.id, "url": url, "changed": one.is_changed}
        data |= {"problem": one.why} if one.why else one.values
        yield Result(one.record.span("same_as", one.at, "url"), f"{what}: {url}", data)
