"""Archived copies of sources: which have none, and addresses of copies written into their records.

In: sources; a list of archived addresses with the ids or addresses of the sources that they are copies of. Out: a line
for each source that lacks one, or what each is to be given. What cannot be used in a list is named.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.diagnostics import with_nearest
from ledger.editing.registries import Result
from ledger.identifiers import same_work, works_in
from ledger.importers.cleaning import is_address
from ledger.loading import Record, is_a
from ledger.records import Source

MAX_BYTES = 10_000_000
NAMING = ("url", "doi", "arxiv")
"""The fields by whose address a list may name a source."""
Given = list[tuple[Record[Source], dict[str, str]]]
"""Records, and the values that they are to be given."""
WANTED = {"archive_url": "no archived copy", "accessed": "no `accessed`"}


def lacking(records: Iterable[Record[Any]]) -> Iterator[Result]:
    """The sources that have an address and lack something, each at the place of its address."""
    for one in records:
        if is_a(one, Source) and one.fields.url and not one.fields.withdrawn:
            names = [name for name in WANTED if not vars(one.fields)[name]]
            said = f"{', '.join(WANTED[name] for name in names)}: {one.fields.url}"
            if names:
                yield Result(one.span("url"), said, {"source": one.id, "url": one.fields.url, "lacks": names})


def summary(found: Sequence[Result]) -> str:
    """`12 sources lack something: 10 an archived copy, 3 the date of access`."""
    copies, days = (sum(name in one.data["lacks"] for one in found) for name in WANTED)
    return f"{len(found)} sources lack something: {copies} an archived copy, {days} the date of access"


def read_list(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The rows of a list by their line: CSV or TSV by its name, else words apart by white space. ValueError if none."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"{name} has {len(data):,} bytes; {MAX_BYTES:,} are the limit")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ValueError(f"{name} is not UTF-8, at offset {problem.start}: save it as UTF-8") from None
    if name.lower().endswith((".csv", ".tsv")):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if name.lower().endswith(".tsv") else ",")
        try:
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        except csv.Error as problem:
            raise ValueError(f"{name}, line {reader.line_num}: {problem}") from None
    else:
        rows = [(at, line.split()) for at, line in enumerate(text.splitlines(), 1) if not line.startswith("#")]
    return [(at, row) for at, row in rows if any(row)]


def given(records: Mapping[str, Record[Any]], rows: Sequence[tuple[int, list[str]]]) -> tuple[Given, list[str]]:
    """What each row adds to a source, a copy and perhaps the day on which it was read; and what was not used."""
    sources = {id_: one for id_, one in records.items() if is_a(one, Source)}
    by_name = {name: one for one in sources.values() for name in (*one.former_ids, one.id)}
    by_address: defaultdict[str, list[Record[Source]]] = defaultdict(list)
    for one in sources.values():
        for key in sorted(works_in(vars(one.fields), *NAMING)):
            by_address[key].append(one)
    changes: dict[str, dict[str, str]] = {}
    left: list[str] = []
    for nth, (line, row) in enumerate(rows):
        named, copy, day = (*row, "", "")[:3]
        found = [by_name[named]] if named in by_name else by_address.get(same_work("url", named), [])
        if nth == 0 and not found and not any(map(is_address, row)):
            continue  # the names of the columns
        why = _unusable(found, named, copy, day, by_name)
        left += [f"line {line}: {why}"] if why else []
        for one in () if why else found:
            wanted = {"archive_url": copy} | ({"accessed": day} if day else {})
            there = {name: str(value) for name in wanted if (value := vars(one.fields)[name])}
            new = {name: value for name, value in wanted.items() if name not in there}
            if changes.setdefault(one.id, new) != new:
                left.append(f"line {line}: '{one.id}' was given something else before")
            else:
                left += [f"line {line}: '{one.id}' has `{name}` already: {value}"
                         for name, value in there.items() if value != wanted[name]]  # fmt: skip
    return [(sources[id_], new) for id_, new in sorted(changes.items()) if new], left


def _unusable(found: Sequence[Record[Source]], named: str, copy: str, day: str, ids: Iterable[str]) -> str:
    """Why nothing in a row can be written."""
    if not found:
        return with_nearest(f"no source has the id or address '{named}'", named, ids)
    if not is_address(copy):
        return f"'{copy}' is no address of a copy"
    if copy == found[0].fields.url:
        return f"'{copy}' is the source's own address"
    return f"'{day}' is no day: write it as 2026-05-01" if day and not _is_day(day) else ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
