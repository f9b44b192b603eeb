"""Dates as far as they are known."""

from datetime import date

import pytest

from ledger import texts
from ledger.dates import PartialDate, parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "words"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31), "2020"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        ("2020-01-23", date(2020, 1, 23), date(2020, 1, 23), "23 January 2020"),
        ("2025-02~", date(2025, 2, 1), date(2025, 2, 28), "about February 2025"),
        ("1999?", date(1999, 1, 1), date(1999, 12, 31), "possibly 1999"),
        ("1999%", date(1999, 1, 1), date(1999, 12, 31), "possibly about 1999"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "1"),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), "31 December 9999"),
        ("1900/1901-03", date(1900, 1, 1), date(1901, 3, 31), "1900 to March 1901"),
        ("../2026-04-26", date.min, date(2026, 4, 26), "by 26 April 2026"),
        ("2025-09/..", date(2025, 9, 1), date.max, "September 2025 or later"),
        ("1999~/2001?", date(1999, 1, 1), date(2001, 12, 31), "about 1999 to possibly 2001"),
    ],
)
def test_a_date_keeps_its_precision(text: str, earliest: date, latest: date, words: str):
    read = parse_date(text)
    assert (read.text, read.earliest, read.latest) == (text, earliest, latest)
    assert texts.day(read) == words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2024-02-30", "February 2024 has no day 30"),
        ("2023-02-29", "February 2023 has no day 29"),
        ("2024-13", "there is no month 13"),
        ("2024-00", "there is no month 00"),
        ("2024-01-00", "January 2024 has no day 00"),
        ("0000", "the year 0000 does not exist"),
        ("2020/2019", "the interval ends"),
        ("../..", "needs at least one date"),
        ("20240101", "is not a date"),
        ("01/02/2024", "is not a date"),
        ("10000", "is not a date"),
        ("2020-1", "is not a date"),
        ("2020 ", "is not a date"),
        ("2020\n", "is not a date"),
        ("٢٠٢٠", "is not a date"),
        ("2020/2021/2022", "is not a date"),
        ("/2020", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_what_is_no_date_says_why(text: str, why: str):
    with pytest.raises(ValueError, match=why):
        parse_date(text)


def test_dates_sort_by_earliest_day_and_coarser_first():
    written = ["2020-01-02", "2020", "../2019", "2020-01", "2020-01-01", "2019/..", "2019-12-31", "2020~"]
    assert [str(day) for day in sorted(map(parse_date, written), key=PartialDate.sort_key)] == [
        "../2019",
        "2019/..",
        "2019-12-31",
        "2020",
        "2020~",
        "2020-01",
        "2020-01-01",
        "2020-01-02",
    ]


def test_only_what_has_two_ends_is_an_interval():
    assert parse_date("2020/..").is_interval
    assert not parse_date("2020~").is_interval
