"""Dates as other programs write them → dates as records have them (EDTF).

In: a date of CSL-JSON, or text. Out: EDTF, or nothing where it is no date. Of EDTF level 2 (sets, parts that are
uncertain, years beyond four digits; Library of Congress, 2019) records have few forms: what they cannot say exactly is
no date for `date_from_text`, and for `known_part` the time in which it lies, or nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.dates import MONTHS, SHORT_MONTHS, parse_date

_MARK, _TIME = r"(?P<mark>[~?%]?)", r"(?:[T ]\d{2}:[^/]*)?"
_MONTH, _DAY = r"(?P<m>[A-Za-z]{3,9})\.?", r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = (
    (rf"(?P<y>\d{{4}})(?:[-/](?P<m>\d{{1,2}})(?:[-/](?P<d>\d{{1,2}}))?)?{_TIME}/*{_MARK}", "{date}{mark}"),
    (rf"(?:{_DAY}\.?[ -]+)?{_MONTH}[ -]+(?P<y>\d{{4}})", "{date}"),
    (rf"{_MONTH}[ -]+(?:{_DAY},?[ -]+)?(?P<y>\d{{4}})", "{date}"),
    (rf"(?P<y>\d{{4}})\s+{_MONTH}(?:\s+(?P<d>\d{{1,2}}))?", "{date}"),
    (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", "{date}"),
    (rf"(?P<y>\d{{4}}(?:-\d{{2}})?)(?:-(?:XX|xx|UU|uu)){{1,2}}{_MARK}", "{date}{mark}"),
    *((rf"(?P<y>\d{{{4 - n}}})[XxUu]{{{n}}}{_MARK}", f"{{y}}{'0' * n}{{mark}}/{{y}}{'9' * n}{{mark}}")
      for n in (1, 2, 3)),
    (r"\[?(?i:ca?\.\s*|ca\s+|circa\s+|about\s+|approx(?:\.|imately)?\s+|~)(?P<y>\d{4})\]?", "{y}~"),
    (r"(?P<y>\d{3})0['’]?s", "{y}0/{y}9"),
    (r"(?i:before|by|until)\s+(?P<y>\d{4})", "../{y}"),
    (r"(?i:after|since)\s+(?P<y>\d{4})", "{y}/.."),
    (r"(?P<y>.*)(?:~\?|\?~)", "{y}%"),
    (r"(?P<y>\d{4}[~?%]?)\s?(?:-{1,3}|–|—)\s?(?P<m>\d{4}[~?%]?)", "{y}/{m}"),
)  # fmt: skip
"""How other programs write dates, and what of it makes EDTF: `date` is the year with what there is of month and day."""
_FORMS = [(re.compile(pattern), edtf) for pattern, edtf in _WRITTEN]
_MONTHS_JOINED = re.compile(
    r"(\d{4} )?([A-Za-z]{3,9})\.?(?: (\d{1,2}))?\s?[-–/]\s?([A-Za-z]{3,9}\.?)?(?: ?(\d{1,2}))?( \d{4})?"
)
_BEGINS_WITH_YEAR = re.compile(r"\s*[~?%]?(?:\d{4}(?!\d)|\d{1,3}[XxUu]{1,3})")
_BEFORE_CHRIST = re.compile(r"\s*-\s*\d|.*\d\s*B\.?\s?C\b", re.DOTALL)
_SET = re.compile(r"(?P<opens>[\[{]?)(?P<members>[^\[\]{}]*)[\]}]?")
_LISTED = re.compile(r"\d{3}[\dXxUu][\d~?%XxUu.-]*(?:,\s*\d{3}[\dXxUu][\d~?%XxUu.-]*)+")
_RANGE = re.compile(r"(.*?)\.\.(.*)")
_UNSURE_PARTS = re.compile(r"[~?%]?\d{4}[~?%]?(?:-[~?%]?\d\d[~?%]?){0,2}")
_SIGNIFICANT = re.compile(r"[Yy]?(\d{4})[Ss]([1-3])")
_TOO_LONG_YEAR = re.compile(r"[Yy]?-?\d+(?:[Ee]\d+)?(?:[Ss]\d+)?")
_PERIODS = {
    **{33 + at: (1 + 3 * at, 3) for at in range(4)}, **{37 + at: (1 + 4 * at, 4) for at in range(3)},
    **{40 + at: (1 + 6 * at, 6) for at in range(2)},
}  # fmt: skip
"""Quarters, thirds and halves of a year, which EDTF has in the place of the month: the first month and how many."""
_OPEN = ("", "..", "open", "unknown")
"""What stands for an end of an interval that is open or unknown."""
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
    if text.count("/") == 1 and "/" in (text[0], text[-1]):  # what is open or unknown to one side, as BibLaTeX has it
        return _interval(text)
    forms = (_in_form(text, pattern, edtf) for pattern, edtf in _FORMS)
    return read_date(text) or next(filter(None, forms), "") or _of_months(text) or _interval(text) or _in_level_2(text)


def _in_form(text: str, pattern: re.Pattern[str], edtf: str) -> str:
    if not (found := pattern.fullmatch(text)):
        return ""
    parts = {"m": "", "d": "", "mark": ""} | found.groupdict("")
    return read_date(edtf.format(date=_joined(parts["y"], parts["m"], parts["d"]), **parts))


def _joined(year: str, month: str, day: str | None) -> str:
    return year + (f"-{month_number(month):02}" if month else "") + (f"-{int(day):02}" if day else "")


def _of_months(text: str) -> str:
    """`2010 Mar-Apr`, `March/April 2010`, `2010 Mar 3-10`."""
    joined = _MONTHS_JOINED.fullmatch(text)
    if not joined or bool(joined[1]) == bool(joined[6]):
        return ""
    year, first, day, last, until = (joined[1] or joined[6]).strip(), *joined.group(2, 3, 4, 5)
    ends = (_joined(year, first, day), _joined(year, last or first, until))
    return _interval("/".join(ends)) if last or until else ""


def _interval(text: str) -> str:
    """Two dates with a slash between them, of which one may be open or unknown; the decades of `199X/200X`."""
    first, slash, last = (part.strip() for part in text.partition("/"))
    if not slash or "/" in last or (first in _OPEN and last in _OPEN):
        return ""
    ends = [".." if end.casefold() in _OPEN else date_from_text(end) for end in (first, last)]
    start, end = ends[0].partition("/")[0], ends[1].rpartition("/")[2]
    return read_date(f"{start}/{end}") if start and end else ""


def _in_level_2(text: str) -> str:
    """What of EDTF level 2 is said as well by a date or an interval: a part of a year, a set of one member."""
    if (part := re.fullmatch(r"(\d{4})-(\d\d)", text)) and (period := _PERIODS.get(int(part[2]))):
        return read_date(f"{part[1]}-{period[0]:02}/{part[1]}-{sum(period) - 1:02}")
    found = _SET.fullmatch(text)
    return _member(found["members"]) if found and found["opens"] and "," not in found["members"] else ""


def _member(text: str) -> str:
    """A member of a set: a date, or all from one to another with two dots between them, of which one may be open."""
    if not (found := _RANGE.fullmatch(text.strip())):
        return date_from_text(text) if text.strip() else ""
    return _interval(f"{found[1].strip() or '..'}/{found[2].strip() or '..'}")


def _within(text: str) -> str | None:
    """The time in which a date of EDTF level 2 lies: from the first to the last member of a set, the whole date where a
    part of it is unsure, a decade or century for a year of fewer digits. None where a text has no such form.
    """
    if "," in text and (found := _SET.fullmatch(text)) and (found["opens"] or _LISTED.fullmatch(text)):
        return _span([_member(one) for one in found["members"].split(",")])
    if digits := _SIGNIFICANT.fullmatch(text):
        known = digits[1][: int(digits[2])]
        return read_date(f"{known:0<4}/{known:9<4}")
    if _UNSURE_PARTS.fullmatch(text) and (marks := set(re.findall("[~?%]", text))):
        return read_date(re.sub("[~?%]", "", text) + ("%" if len(marks) > 1 else marks.pop()))
    return "" if _TOO_LONG_YEAR.fullmatch(text) and not re.fullmatch(r"\d{4}|\d{6}|\d{8}", text) else None


def _span(members: list[str]) -> str:
    """From the first of some dates to the last; nothing where one of them cannot be read."""
    dates = [parse_date(one) for one in members if one]
    if len(dates) < len(members):
        return ""
    start, end = min(dates, key=lambda one: one.earliest), max(dates, key=lambda one: one.latest)
    first, last = start.text.partition("/")[0], end.text.rpartition("/")[2]
    return read_date(first) if first == last else read_date(f"{first}/{last}")


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
    if not isinstance(written, Mapping):
        return _known(" ".join(str(written).split()))
    ends = written.get("date-parts")
    first = ends[0] if isinstance(ends, list) and ends else None
    if isinstance(first, list):
        return read_date(_parts(first)) or _known("-".join(map(str, first)))
    return _known(" ".join(_words(written).split()))


def _known(text: str) -> str:
    if _BEFORE_CHRIST.match(text):
        return ""
    if (within := _within(text)) is not None:
        return within
    if text.count("/") == 1 and all(map(_BEGINS_WITH_YEAR.match, text.split("/"))):
        first, last = (date_from_text(end) or known_part(end) for end in text.split("/"))
        return read_date(f"{first.partition('/')[0]}/{last.rpartition('/')[2]}")
    if decade := re.match(r"\s*(\d{1,3}[XxUu]{1,3})-", text):
        return date_from_text(decade[1])
    start = re.match(r"\s*(\d{4})[-/.](\d{1,2})(?![\dXxUu])", text)
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
