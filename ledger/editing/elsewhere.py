"""Claims of other ledgers that say the same as ours: what they say now, as their published data has it.

In: claims with `same_as`, and a Client. Out: what became of each entry, and the values that its record is to be given.
Nothing is asked but the JSON beside the page that an entry names.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.analysis.wording import HASH
from ledger.editing.fetching import Client
from ledger.editing.telling import Told
from ledger.importers.cleaning import one_line
from ledger.loading import Record, is_a
from ledger.records import Claim
from ledger.vocabulary import VERDICTS

LONGEST = 1_000
"""Characters of a statement that are kept."""


class Seen(NamedTuple):
    """An entry that was read again: its claim and place, and what it says now; or why it could not be read."""

    record: Record[Claim]
    at: int
    values: dict[str, str]
    why: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether the claim there is another than the one that was compared."""
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
    """What the records are to be given."""
    lists: dict[str, tuple[Record[Claim], list[dict[str, str]]]] = {}
    for one in found:
        if one.values:
            entries = [dict(entry) for entry in one.record.document.data["same_as"]]
            _, entries = lists.setdefault(one.record.id, (one.record, entries))
            entries[one.at] = {name: entries[one.at][name] for name in ("url", "hash")} | one.values
    return [(record, {"same_as": entries}) for record, entries in lists.values()]


def _said(client: Client, url: str) -> dict[str, str]:
    """What a claim says now. OSError, or ValueError, why that cannot be known."""
    page = url.partition("#")[0]
    if not re.search(r"\.(?:html|json)$", page):
        raise ValueError("it is no page of a claim: such an address ends in .html")
    answer = client.ask(re.sub(r"\.html$", ".json", page), accept="application/json")
    if answer.status != 200:  # noqa: PLR2004 - of HTTP
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


def told(found: Iterable[Seen]) -> Iterator[Told]:
    """What became of each entry, at its place."""
    for one in found:
        url = one.record.fields.same_as[one.at].url
        what = one.why or (f"changed: its hash is {one.values['latest']}" if one.is_changed else "unchanged")
        data = {"claim": one.record.id, "url": url, "changed": one.is_changed}
        data |= {"problem": one.why} if one.why else one.values
        yield Told(one.record.span("same_as", one.at, "url"), f"{what}: {url}", data)
