"""Dates as other programs write them → dates as records have them.

In: a date of CSL-JSON, or text. Out: EDTF, or nothing where it is no date.
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.dates import SHORT_MONTHS, parse_date


def read_date(text: str) -> str:
    """The text where it is a date of ours."""
    try:
        return parse_date(text).text
    except ValueError:
        return ""


def csl_date_text(written: Any) -> str:
    """A date of CSL-JSON, or a text, as EDTF; empty when it is none."""
    if isinstance(written, str):
        return date_from_text(written)
    if not isinstance(written, Mapping):
        return ""
    ends = [_parts(end) for end in written.get("date-parts") or () if isinstance(end, list)]
    text = (
        "/".join(ends[:2])
        if ends and all(ends)
        else date_from_text(str(written.get("raw") or written.get("literal") or ""))
    )
    circa = "~" if written.get("circa") and text and "/" not in text and text[-1] not in "~?%" else ""
    return read_date(text + circa)


def unread_parts(written: Mapping[str, Any]) -> dict[str, Any]:
    """What a date of CSL-JSON says beyond what `csl_date_text` reads of it: a season, other words."""
    used = {"date-parts", "circa"} if written.get("date-parts") else {"raw", "literal", "circa"}
    text = csl_date_text(written)
    return {
        name: value
        for name, value in written.items()
        if name not in used and value not in ("", None, [], {}) and (not text or date_from_text(str(value)) != text)
    }


def known_part(written: Any) -> str:
    """The year, or year and month, of what as a whole is no date: `2020/02/31` is in February 2020 at least."""
    if isinstance(written, Mapping):
        ends = written.get("date-parts")
        if isinstance(ends, list) and ends and isinstance(ends[0], list):
            return known_part("-".join(map(str, ends[0])))
        return known_part(written.get("raw") or written.get("literal") or "")
    text = str(written)
    start = re.match(r"\s*(\d{4})(?:[-/.](\d{1,2})(?!\d))?", text)
    month = read_date(f"{start[1]}-{int(start[2]):02}") if start and start[2] else ""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    return month or (read_date(years[0]) if len(years) == 1 else "")


def _parts(end: list[Any]) -> str:
    try:
        numbers = [int(part) for part in end if str(part).strip()]
    except (TypeError, ValueError):
        return ""
    kept = [f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])] if numbers and numbers[0] > 0 else []
    return "-".join(kept)


_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{2}:.*)?/*([~?%]?)", re.DOTALL)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)


def date_from_text(text: str) -> str:
    """A date that another program wrote, as EDTF: ISO with or without time, `2020/01/23`, `23 January 2020`."""
    text = " ".join(text.split())
    if good := read_date(text):
        return good
    if iso := _ISO.fullmatch(text):
        year, month, day, mark = iso.groups()
        return read_date(
            "-".join(f"{int(part):02}" if part != year else part for part in (year, month, day) if part) + mark
        )
    words = _WORDS.fullmatch(text)
    if words and words[2][:3].lower() in SHORT_MONTHS and not (words[1] and words[3]):
        day = words[1] or words[3]
        month = SHORT_MONTHS.index(words[2][:3].lower()) + 1
        return read_date(f"{words[4]}-{month:02}" + (f"-{int(day):02}" if day else ""))
    return ""
