"""The types of the records' fields: how a text that stands in a file becomes a value.

In: plain text, lists and dicts as an editor wrote them. Out: checked, frozen values that keep what was written.
Nothing is guessed: `no` and `007` stay text in a text field, and are refused in one that is not.
"""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError, core_schema

from ledger.dates import UNDATED, PartialDate, parse_date

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID = re.compile(ID_PATTERN)
ID_LENGTH = 64
LIST_LENGTH = 1_000
DIGITS = 15
"""As many as every program keeps: a number that JSON carries is written back as it was."""
MAGNITUDE = 99
ISSUES = "issues"
"""In place of a mail address: challenges are issues at the site's repository."""
ACCEPTED_DATES = "accepted: 2020, 2020-01, 2020-01-23, each with ~ (about) or ? (uncertain)"
ACCEPTED_SPANS = ACCEPTED_DATES + "; ../2020-01 (by), 2020-01/.. (or later), 2020/2021"

OTHER_DATES = {
    r"(\d\d?)\. ?(\d\d?)\. ?(\d{4})": "{2}-{1:0>2}-{0:0>2}",
    r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?:[T ].*)?": "{0}-{1:0>2}-{2:0>2}",
    r"(\d{4})(\d\d)(\d\d)": "{0}-{1}-{2}",
    r"(\d{4})[-/.](\d\d?)": "{0}-{1:0>2}",
    r"(\d{4}) ?[-–—] ?(\d{4})": "{0}/{1}",
    r"(?:c|ca|circa|about)\.? ?(\d{4})": "{0}~",
}
"""How dates are written elsewhere, and here. Of 1/2/2020 nobody knows which is the month."""
_LIKE_A_DATE = r"[^/]{2,11}(/[^/]{2,11})?"


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: only spaces, and marks without width."""
    return not text[:1].isalnum() and all(c.isspace() or unicodedata.category(c) in {"Cf", "Cc", "Mn"} for c in text)


def _visible(value: Any) -> Any:
    if isinstance(value, str) and is_blank(value):
        raise PydanticCustomError("blank-text", "there is nothing to read here", {"hint": BLANK_HINT})
    return value


def _partial_date(value: Any) -> PartialDate:
    read = _date_or_span(value, ACCEPTED_DATES)
    if read.is_interval:
        raise PydanticCustomError("bad-date", "one date is meant here, not an interval", {"hint": ACCEPTED_DATES})
    return read


def _date_span(value: Any) -> PartialDate:
    return _date_or_span(value, ACCEPTED_SPANS)


def _date_or_span(value: Any, hint: str) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "a date is expected here", {"hint": hint})
    try:
        return parse_date(value)
    except ValueError as problem:
        why = str(problem) if re.fullmatch(_LIKE_A_DATE, value) else f"'{value[:40]}' is not a date"
        meant = _meant_date(value)
        near = f"did you mean '{meant.text}'?" if meant and (hint != ACCEPTED_DATES or not meant.is_interval) else hint
        raise PydanticCustomError("bad-date", "{why}", {"why": why, "hint": near}) from None


def _meant_date(text: str) -> PartialDate | None:
    """The date that a text in another form means; None if it could mean several, or none."""
    for pattern, form in OTHER_DATES.items():
        if found := re.fullmatch(pattern, text, re.IGNORECASE):
            with suppress(ValueError):
                return parse_date(form.format(*found.groups()))
    return None


def _issued(value: Any) -> PartialDate:
    if value in (UNDATED.text, UNDATED):
        return UNDATED
    hint = f"{ACCEPTED_SPANS}; `{UNDATED.text}` for a work without a date"
    return _date_or_span(value, hint)


def _url(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and parts.username is None
        good = good and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or re.search(r"[\s\\<>\"^`{|}\x00-\x20\x7f]", value):
        hint = "write a whole address that starts with https:// or http://, without spaces or a password"
        raise PydanticCustomError("bad-url", "'{url}' is not a web address", {"url": value[:80], "hint": hint})
    return value


def _secure(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith("https://"):
        hint = "write a whole address that starts with https://"
        raise PydanticCustomError("bad-url", "'{url}' is not a secure web address", {"url": value[:80], "hint": hint})
    return value


def _bare(value: Any) -> Any:
    if isinstance(value, str) and re.search("[?#]", value):
        hint = "write it as https://example.org/ledger"
        raise PydanticCustomError("bad-url", "'{url}' has a query or a fragment", {"url": value, "hint": hint})
    return value


def _pattern(value: Any) -> Any:
    if isinstance(value, str) and not value.startswith("mailto:"):
        _url(re.sub(r"\{[a-z]+\}", "x", value))
    return value


_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)


def _issues_or_mail(value: Any) -> Any:
    if isinstance(value, str) and value != ISSUES and not _MAIL.fullmatch(value):
        hint = "write `issues`, or a mail address alone, as editors@example.org"
        raise PydanticCustomError(
            "bad-value", "'{text}' is no place for challenges", {"text": value[:80], "hint": hint}
        )
    return value


def _colour(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        hint = 'write six digits of 0-9 and a-f after #, in quotation marks: "#1f4e79"'
        raise PydanticCustomError("bad-value", "'{text}' is not a colour", {"text": value[:40], "hint": hint})
    return value


def _picture(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(
        r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:svg|png)", value
    ):
        hint = "name a file of the folder `public` that ends in .svg or .png, of letters, digits, hyphens and points"
        raise PydanticCustomError("bad-value", "'{text}' names no picture", {"text": value[:80], "hint": hint})
    return value


def _number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    hint = f"write the number alone, without a unit, with a point: 5, -0.076, 5.576e6; {DIGITS} digits at most"
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "a number is expected here", {"hint": hint})
    form = re.fullmatch(r"[+-]?(?P<digits>[0-9]+(\.[0-9]+)?)([eE][+-]?[0-9]{1,2})?", value)
    if not form or len(form["digits"].replace(".", "")) > DIGITS or abs(Decimal(value).adjusted()) > MAGNITUDE:
        raise PydanticCustomError("bad-number", "'{text}' is not a number", {"text": value[:40], "hint": hint})
    return Decimal(value)


def _within(least: int, most: int, decimals: int, wanted: str) -> Callable[[Decimal], Decimal]:
    """What refuses a number outside a range, or with more decimals."""

    def check(value: Decimal) -> Decimal:
        if not least <= value <= most or value != round(value, decimals):
            why = {"why": f"{value} is out of range", "hint": f"write {wanted}"}
            raise PydanticCustomError("bad-number", "{why}", why)
        return value

    return check


def plain_number(value: Decimal) -> int | float:
    """A number as JSON writes it: a whole one without a point, where every program keeps its digits."""
    whole = value == value.to_integral_value() and "." not in str(value) and abs(value) < 10**DIGITS
    return int(value) if whole else float(value)


def _flag(value: Any) -> bool:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise PydanticCustomError("bad-value", "expected `true` or `false`", {"hint": "write one of these two words"})


def accepts(type_: TypeAdapter[Any], value: Any) -> bool:
    """Whether a value will do for a type."""
    try:
        type_.validate_python(value)
    except ValidationError:
        return False
    return True


def is_id(text: str) -> bool:
    """Whether a text may be the id of a record."""
    return len(text) <= ID_LENGTH and "\n" not in text and _ID.fullmatch(text) is not None


def _slug(value: Any) -> Any:
    if isinstance(value, str) and not is_id(value):
        raise PydanticCustomError("bad-id", "'{id}' is not a valid id", {"id": value[:80], "hint": ID_HINT})
    return value


ID_HINT = f"an id is made of a-z, 0-9 and single hyphens between them, at most {ID_LENGTH} characters"
BLANK_HINT = "write something, or remove the field"
VISIBLE = BeforeValidator(_visible)


class Words(NamedTuple):
    """What refuses a text, and how long it may be. (The parts of pydantic that say the same take twice the time.)"""

    max_length: int | None = None
    check: Callable[[Any], Any] = _visible

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        """How pydantic checks it."""
        text = core_schema.str_schema(max_length=self.max_length)
        return core_schema.no_info_before_validator_function(self.check, text)


class Read(NamedTuple):
    """What is read from a text, written as one again, and how a JSON Schema says so: as items of its object."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    schema: tuple[tuple[str, str], ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        """How pydantic reads and writes it."""
        write = core_schema.plain_serializer_function_ser_schema(self.write)
        return core_schema.no_info_plain_validator_function(self.read, serialization=write)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        """The JSON Schema."""
        return dict(self.schema)


Line = Annotated[str, Words(300)]
"""A title, name or label."""
Text = Annotated[str, Words(8_000)]
"""Plain text of a sentence or a few, with `[[id]]` and `[@source]` and no other markup."""
Body = Annotated[str, Words()]
"""Markdown; `markup.py` bounds its size."""
Id = Annotated[str, Words(check=_slug)]
"""An id that this record gives to a part of itself, or gave to itself before."""
Reference = Annotated[str, Words(200)]
"""The id of another record. Whether there is one is the graph's and its checks' business."""
Url = Annotated[str, VISIBLE, BeforeValidator(_url), Field(max_length=2_000)]
"""A whole web address."""
SecureUrl = Annotated[str, VISIBLE, BeforeValidator(_url), BeforeValidator(_secure), Field(max_length=2_000)]
"""A whole web address that starts with `https://`."""
BaseUrl = Annotated[str, VISIBLE, BeforeValidator(_url), BeforeValidator(_bare), Field(max_length=2_000)]
"""A web address that others are made from: it has no query and no fragment."""
LinkPattern = Annotated[str, VISIBLE, BeforeValidator(_pattern), Field(max_length=2_000)]
"""A web or mail address with places to fill in, in braces."""
ChallengePlace = Annotated[str, VISIBLE, BeforeValidator(_issues_or_mail), Field(max_length=254)]
"""`issues`, or a mail address, of as many characters as RFC 5321 lets one have."""
Colour = Annotated[str, VISIBLE, BeforeValidator(_colour)]
"""A colour of the screen: `#` and three numbers of two digits each, in base 16."""
Picture = Annotated[str, VISIBLE, BeforeValidator(_picture), Field(max_length=200)]
"""The path of a picture in the folder `public`."""
Number = Annotated[Decimal, Read(_number, plain_number, (("type", "number"),))]
"""A number, kept exactly as written."""
Step = Annotated[Number, AfterValidator(_within(0, 2, 0, "0, 1 or 2"))]
"""How many steps down a reason causes."""
Total = Annotated[Number, AfterValidator(_within(0, 1_000, 2, "a number from 0 to 1000, with two decimals at most"))]
"""How many times one number is another."""
Count = Annotated[Number, AfterValidator(_within(1, 1_000, 0, "a whole number from 1 to 1000"))]
"""How many of something."""
LineNumber = Annotated[Number, AfterValidator(_within(1, 10_000_000, 0, "a whole number from 1 to 10000000"))]
"""A line of a text."""
Days = Annotated[Number, AfterValidator(_within(1, 36_500, 0, "a whole number from 1 to 36500"))]
"""How many days there are between two times at which something is due."""
Flag = Annotated[bool, Read(_flag, bool, (("type", "boolean"),))]
"""`true` or `false`, nothing else."""
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?[~?%]?"
_SPAN = rf"({_DATE}|\.\.)(/({_DATE}|\.\.))?"


def _dates(read: Callable[[Any], PartialDate], pattern: str) -> Read:
    return Read(read, str, (("type", "string"), ("pattern", pattern)))


Date = Annotated[PartialDate, _dates(_partial_date, f"^{_DATE}$")]
"""A date as far as it is known."""
DateSpan = Annotated[PartialDate, _dates(_date_span, f"^{_SPAN}$")]
"""A date as far as it is known, or an interval, which may be open."""
Issued = Annotated[PartialDate, _dates(_issued, f"^(unknown|{_SPAN})$")]
"""A date as far as it is known, an interval, or that there is none."""


def _known_or_list(value: Any) -> str:
    return "unknown" if isinstance(value, str) else "listed"


UNKNOWN = Annotated[Literal["unknown"], Tag("unknown")]
UNKNOWN_OR_LIST = Discriminator(_known_or_list)
