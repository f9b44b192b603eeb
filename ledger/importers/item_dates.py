"""The dates of one item of CSL-JSON → those of a source.

In: an item, and what its note says of a day. Out: `issued`, guessed where it is not said, and `accessed`; gaps.
"""

from collections.abc import Mapping
from typing import Any

from ledger.dates import parse_date
from ledger.importers.foreign import Fields, Log, Run
from ledger.importers.foreign_dates import csl_date_text, known_part, read_date, unread_parts

Item = Mapping[str, Any]


def read_dates(item: Item, known: Mapping[str, str], log: Log, run: Run) -> Fields:
    """Both dates, as EDTF; `known` is what a note of ours says, which is more exact than CSL can."""
    exact = [(item.get("custom") or {}).get("issued"), known.get("issued")]
    if exact[0] and not read_date(str(exact[0])):
        log.gap("custom.issued", "not a date: left out", exact[0])
    issued = next((text for text in exact if text and read_date(str(text))), "") or read_date_of("issued", item, log)
    accessed = read_date_of("accessed", item, log)
    if accessed and "/" in accessed:
        log.gap("accessed", "one day is meant, not an interval: left out", accessed)
        accessed = ""
    if not issued:
        issued = f"../{accessed or run.day.isoformat()}"
        log.guess("issued", "not said: on or before the day it was read or imported", issued)
    if accessed and parse_date(issued).earliest > parse_date(accessed).latest:
        log.gap("accessed", "earlier than the day it was issued: left out", accessed)
        accessed = ""
    return {"issued": issued} | ({"accessed": accessed} if accessed else {})


def read_date_of(name: str, item: Item, log: Log) -> str:
    """The date of one variable as EDTF; of what is no date the year, and nothing where there is none."""
    written = item.get(name)
    if not written:
        return ""
    text = csl_date_text(written)
    if not text and (text := known_part(written)):
        log.gap(name, "not a date: the year, or year and month, is kept", written)
    elif not text:
        log.gap(name, "not a date: left out", written)
    if isinstance(written, Mapping):
        for part, value in unread_parts(written).items():
            log.gap(f"{name}.{part}", "a date here has no such part: left out", value)
    return text
