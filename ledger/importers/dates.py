"""Dates as other programs write them → dates as records have them (EDTF).

In: a date of CSL-JSON, or text. Out: EDTF, or nothing where it is no date.
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.dates import MONTHS, SHORT_MONTHS, parse_date

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{2}:.*)?/*([~?%]?)", re.DOTALL)
_ENGLISH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_MARKS = {"possibly about ": "%", "about ": "~", "possibly ": "?"}
_IN_WORDS = re.compile(rf"(?:(\d{{1,2}}) (?=[A-Z]))?(?:({'|'.join(MONTHS)}) )?(\d{{1,4}})")


def read_date(text: str) -> str:
    """The text where it is a date of ours."""
    try:
        return parse_date(text).text
    except ValueError:
        return ""


def date_from_text(text: str) -> str:
    """A date that another program wrote, as EDTF: ISO with or without time, `2020/01/23`, `23 January 2020`."""
    text = " ".join(text.split())
    if good := read_date(text):
        return good
    if iso := _ISO.fullmatch(text):
        year, *rest, mark = iso.groups()
        return read_date("-".join([year, *(f"{int(part):02}" for part in rest if part)]) + mark)
    if not (words := _ENGLISH.fullmatch(text)) or (words[1] and words[3]):
        return ""
    day = words[1] or words[3]
    return read_date(f"{words[4]}-{month_number(words[2]):02}" + (f"-{int(day):02}" if day else ""))


def month_number(word: str) -> int:
    """The number of a month that is written out, shortened or a number; 0 for anything else."""
    short = word[:3].lower()
    return SHORT_MONTHS.index(short) + 1 if short in SHORT_MONTHS else int(word) if word.isdecimal() else 0


def date_from_words(words: str) -> str:
    """The date that `PartialDate.in_words` wrote; empty when it is none."""
    text = re.sub(r" or later\Z", "/..", re.sub(r"\Aby ", "../", words.replace("/", "?").replace(" to ", "/")))
    return read_date("/".join(end if end == ".." else _one_date(end) for end in text.split("/")))


def _one_date(words: str) -> str:
    mark = next((mark for mark in _MARKS if words.startswith(mark)), "")
    plain = words.removeprefix(mark)
    if found := _IN_WORDS.fullmatch(plain):
        day, month, year = found.groups()
        plain = f"{int(year):04}" + (f"-{MONTHS.index(month) + 1:02}" if month else "")
        plain += f"-{int(day):02}" if day else ""
    elif not re.fullmatch(r"\d{4}(-\d{2}){1,2}", plain):
        return ""
    return plain + _MARKS.get(mark, "")


# CSL-JSON


def csl_date_text(written: Any) -> str:
    """A date of CSL-JSON, or a text, as EDTF; empty when it is none."""
    if isinstance(written, str):
        return date_from_text(written)
    if not isinstance(written, Mapping):
        return ""
    ends = [_parts(end) for end in written.get("date-parts") or () if isinstance(end, list)]
    text = "/".join(ends[:2]) if ends and all(ends) else date_from_text(_words(written))
    circa = "~" if written.get("circa") and text and "/" not in text and text[-1] not in "~?%" else ""
    return read_date(text + circa)


def unread_parts(written: Mapping[str, Any]) -> dict[str, Any]:
    """What a date of CSL-JSON says beyond what `csl_date_text` reads of it: a season, other words."""
    used = {"circa", *(("date-parts",) if written.get("date-parts") else ("raw", "literal"))}
    text, rest = csl_date_text(written), written.items()
    said = {name: value for name, value in rest if name not in used and value not in ("", None, [], {})}
    return {name: value for name, value in said.items() if not text or date_from_text(str(value)) != text}


def known_part(written: Any) -> str:
    """The year, or year and month, of what as a whole is no date: `2020/02/31` is in February 2020 at least."""
    if isinstance(written, Mapping):
        ends = written.get("date-parts")
        first = ends[0] if isinstance(ends, list) and ends else None
        return known_part("-".join(map(str, first)) if isinstance(first, list) else _words(written))
    start = re.match(r"\s*(\d{4})[-/.](\d{1,2})(?!\d)", str(written))
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", str(written))
    month = read_date(f"{start[1]}-{int(start[2]):02}") if start else ""
    return month or (read_date(years[0]) if len(years) == 1 else "")


def _words(written: Mapping[str, Any]) -> str:
    return str(written.get("raw") or written.get("literal") or "")


def _parts(end: list[Any]) -> str:
    try:
        year, *rest = (int(part) for part in end if str(part).strip())
    except (TypeError, ValueError, OverflowError):
        return ""
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest[:2])]) if year > 0 else ""
