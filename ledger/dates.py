"""Dates as far as they are known: EDTF level 0 with `~` (about) and `?` (uncertain), and intervals.

In: text such as `2020`, `2020-01`, `2020-01-23~`, `2020/2021`, `../2026-04-26`, `2025-09/..`. Out: a PartialDate that
keeps the text as written and knows its earliest and latest day. Source: Library of Congress, Extended Date/Time
Format (EDTF) specification, 2019, level 0; the qualifiers and `..` are its level 1.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")
UNKNOWN = "unknown"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3].lower() for month in MONTHS)
"""As BibTeX and others write them."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date or interval as written, its earliest and latest day, and its precision (1 year, 2 month, 3 day)."""

    text: str
    earliest: date
    latest: date
    precision: int

    def __str__(self) -> str:
        return self.text

    def sort_key(self) -> tuple[date, int, date, str]:
        """Order by earliest day, coarser first."""
        return self.earliest, self.precision, self.latest, self.text

    @property
    def is_unknown(self) -> bool:
        """Whether the record says that nobody knows it."""
        return self.text == UNKNOWN

    @property
    def begins(self) -> date:
        """The first day; for what is open to that side the last, which is the only one known."""
        if self.is_unknown:
            return date.min
        return self.latest if self.earliest == date.min else self.earliest

    @property
    def ends(self) -> date:
        """The last day; for what is open to that side the first."""
        if self.is_unknown:
            return date.min
        return self.earliest if self.latest == date.max else self.latest

    def as_it_began(self) -> tuple[date, int, date, str]:
        """Order by the day on which it began, coarser first."""
        return self.begins, self.precision, self.latest, self.text

    @property
    def is_interval(self) -> bool:
        """Whether two ends were written."""
        return "/" in self.text

    @property
    def told(self) -> list[list[str]]:
        """Year, month and day of each known end, as written and as far as given; empty for an unknown date."""
        return [re.findall(r"\d+", end) for end in self.text.split("/") if end not in ("..", UNKNOWN)]


UNDATED = PartialDate(UNKNOWN, date.min, date.max, 0)
"""The date of what bears none, and of which none is known: it is neither before nor after any other."""


@lru_cache(maxsize=1 << 12)
def parse_date(text: str) -> PartialDate:
    """Read one date or interval. ValueError says what is wrong and what is accepted."""
    start, slash, end = text.partition("/")
    if not slash:
        return _single(text)
    if start == end == "..":
        raise ValueError("an interval needs at least one date")
    first = _single(start) if start != ".." else PartialDate(start, date.min, date.min, 0)
    last = _single(end) if end != ".." else PartialDate(end, date.max, date.max, 0)
    if last.latest < first.earliest:
        raise ValueError(f"the interval ends ({end}) before it starts ({start})")
    return PartialDate(text, first.earliest, last.latest, max(first.precision, last.precision))


def _single(text: str) -> PartialDate:
    match = _DATE.fullmatch(text)
    if not match or not text.isascii():
        raise ValueError(f"'{text}' is not a date")
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    if not year:
        raise ValueError("the year 0000 does not exist")
    if month is not None and not 1 <= month <= len(MONTHS):
        raise ValueError(f"there is no month {match[2]}")
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"{MONTHS[month - 1]} {year} has no day {match[3]}")
    last_month = month or len(MONTHS)
    latest = date(year, last_month, day or monthrange(year, last_month)[1])
    return PartialDate(text, date(year, month or 1, day or 1), latest, 1 + (month is not None) + (day is not None))
