"""Dates as other programs write them → dates as records have them (EDTF).

In: a date of CSL-JSON, or text. Out: EDTF, or nothing where it is no date.
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.dates import MONTHS, SHORT_MONTHS, parse_date

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ]\d{2}:[^/]*)?/*([~?%]?)")
_ENGLISH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -]+)?([A-Za-z]{3,9})\.?[ -]+(?:(\d{1,2})(?:st|nd|rd|th)?,?[ -]+)?(\d{4})"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s+([A-Za-z]{3,9})\.?(?:\s+(\d{1,2}))?")
_MONTHS_JOINED = re.compile(
    r"(\d{4} )?([A-Za-z]{3,9})\.?(?: (\d{1,2}))?\s?[-–/]\s?([A-Za-z]{3,9}\.?)?(?: ?(\d{1,2}))?( \d{4})?"
)
_UNSPECIFIED = re.compile(r"(\d{1,3})([XxUu]{1,3})([~?%]?)")
_UNKNOWN_PARTS = re.compile(r"(\d{4}(?:-\d{2})?)(?:-(?:XX|xx|UU|uu)){1,2}([~?%]?)")
_ABOUT = re.compile(r"\[?(?:ca?\.\s*|ca\s+|circa\s+|about\s+|approx(?:\.|imately)?\s+|~)(\d{4})\]?", re.IGNORECASE)
_DECADE = re.compile(r"(\d{3})0['’]?s")
_SIDE = re.compile(r"(before|by|until|after|since)\s+(\d{4})", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4}[~?%]?)\s?(?:-{1,3}|–|—)\s?(\d{4}[~?%]?)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_BEFORE_CHRIST = re.compile(r"\s*-\s*\d|.*\d\s*B\.?\s?C\b", re.DOTALL)
_OPEN = ("", "..", "open", "unknown")
"""What stands for an end of an interval that is open or unknown."""
_YEAR = 4
_MARKS = {"possibly about ": "%", "about ": "~", "possibly ": "?"}
_IN_WORDS = re.compile(rf"(?:(\d{{1,2}}) (?=[A-Z]))?(?:({'|'.join(MONTHS)}) )?(\d{{1,4}})")


def read_date(text: str) -> str:
    """The text where it is a date of ours."""
    try:
        return parse_date(text).text
    except ValueError:
        return ""


def date_from_text(text: str) -> str:
    """A date that another program wrote, as EDTF; empty where it is none.

    ISO with or without time, `2020/01/23`, `23 January 2020`, `2010 Mar-Apr`, `c. 1850`, `1939-1945`, and what of EDTF
    levels 0 and 1 records have no form for: `1997/`, `199X`, `1999-XX`. Years before the first are none.
    """
    text = " ".join(text.split())
    return next(filter(None, (form(text) for form in _FORMS)), "")


def _open(text: str) -> str:
    """`1997/` and `/1997`, which BibLaTeX writes for what is open or unknown to one side."""
    return _interval(text) if text.count("/") == 1 and (text[0] == "/" or text[-1] == "/") else ""


def _iso(text: str) -> str:
    if not (iso := _ISO.fullmatch(text)):
        return ""
    year, *rest, mark = iso.groups()
    return read_date("-".join([year, *(f"{int(part):02}" for part in rest if part)]) + mark)


def _in_english(text: str) -> str:
    if first := _YEAR_FIRST.fullmatch(text):
        year, word, day = first.groups()
    elif (words := _ENGLISH.fullmatch(text)) and not (words[1] and words[3]):
        year, word, day = words[4], words[2], words[1] or words[3]
    else:
        return ""
    return read_date(f"{year}-{month_number(word):02}" + (f"-{int(day):02}" if day else ""))


def _of_months(text: str) -> str:
    """`2010 Mar-Apr`, `March/April 2010`, `2010 Mar 3-10`."""
    joined = _MONTHS_JOINED.fullmatch(text)
    if not joined or bool(joined[1]) == bool(joined[6]):
        return ""
    year, first, day, last, until = (joined[1] or joined[6]).strip(), *joined.group(2, 3, 4, 5)
    ends = (first, day), (last or first, until)
    if not (last or until):
        return ""
    return _interval(
        "/".join(f"{year}-{month_number(month):02}" + (f"-{int(at):02}" if at else "") for month, at in ends)
    )


def _unspecified(text: str) -> str:
    """`199X` is an interval of ten years, `1999-XX` a year."""
    if known := _UNKNOWN_PARTS.fullmatch(text):
        return read_date(known[1] + known[2])
    found = _UNSPECIFIED.fullmatch(text)
    if not found or len(found[1] + found[2]) != _YEAR:
        return ""
    return read_date("/".join(found[1] + digit * len(found[2]) + found[3] for digit in "09"))


def _about(text: str) -> str:
    about = _ABOUT.fullmatch(text)
    return read_date(f"{about[1]}~") if about else ""


def _in_words(text: str) -> str:
    """`1920s`, `before 1920`, `1850~?`."""
    if decade := _DECADE.fullmatch(text):
        return read_date(f"{decade[1]}0/{decade[1]}9")
    if side := _SIDE.fullmatch(text):
        return read_date(f"{side[2]}/.." if side[1].lower() in ("after", "since") else f"../{side[2]}")
    return read_date(text[:-2] + "%") if text.endswith(("~?", "?~")) else ""


def _of_years(text: str) -> str:
    years = _YEARS.fullmatch(text)
    return read_date(f"{years[1]}/{years[2]}") if years else ""


def _of_digits(text: str) -> str:
    digits = _DIGITS.fullmatch(text)
    return read_date("-".join(digits.groups())) if digits else ""


def _interval(text: str) -> str:
    """Two dates with a slash between them, of which one may be open or unknown; the decades of `199X/200X`."""
    first, slash, last = (part.strip() for part in text.partition("/"))
    if not slash or "/" in last or (first in _OPEN and last in _OPEN):
        return ""
    ends = [".." if end.casefold() in _OPEN else date_from_text(end) for end in (first, last)]
    start, end = ends[0].partition("/")[0], ends[1].rpartition("/")[2]
    return read_date(f"{start}/{end}") if start and end else ""


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
        if isinstance(first, list):
            return read_date(_parts(first)) or known_part("-".join(map(str, first)))
        return known_part(_words(written))
    text = str(written)
    if _BEFORE_CHRIST.match(text):
        return ""
    if text.count("/") == 1 and all(re.match(r"\s*\d{4}(?!\d)", end) for end in text.split("/")):
        return read_date("/".join(known_part(end) for end in text.split("/")))
    if decade := re.match(r"\s*(\d{1,3}[XxUu]{1,3})-", text):
        return _unspecified(decade[1])
    start = re.match(r"\s*(\d{4})[-/.](\d{1,2})(?!\d)", text)
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
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


_FORMS = (
    read_date,
    _open,
    _iso,
    _in_english,
    _of_months,
    _unspecified,
    _about,
    _in_words,
    _of_years,
    _of_digits,
    _interval,
)
