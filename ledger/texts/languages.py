"""The languages of the interface: their files `<language>.yml`, and what Babel knows of each.

In: the tag of a language, as in `de` or `de-AT`. Out: texts by key, and how the language writes numbers, dates, lists
and plurals. `en.yml` has every text; what another file does not have is said in English.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ledger.texts.entries import OTHER, Entry, entry

if TYPE_CHECKING:
    from babel.core import Locale

ENGLISH = "en"
FOLDER = Path(__file__).resolve().parent
BRITISH = "en_GB"
"""What `en` is: days before months, no comma in front of the last of several. `en-US` has its own."""
SCRIPT_LENGTH = 4
"""How long the part of a language's tag is that names a script."""
RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"))
"""Languages whose lines begin on the right, unless their tag names another script."""
RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))
SAMPLE = 1_000
"""Up to which number a form must come up to be one that a text needs: some languages have one for millions alone."""


def direction(language: str) -> str:
    """Where the lines of a language begin, given its tag: `ltr` or `rtl`."""
    first, *rest = parts(language)
    scripts = [part for part in rest if len(part) == SCRIPT_LENGTH and part.isalpha()]
    from_right = scripts[0] in RIGHT_TO_LEFT_SCRIPTS if scripts else first in RIGHT_TO_LEFT
    return "rtl" if from_right else "ltr"


def parts(language: str) -> list[str]:
    """The parts of a tag in small letters, the language first."""
    return language.lower().replace("_", "-").split("-")


@cache
def available() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


@cache
def file_of(language: str) -> Mapping[str, Mapping[str, str | Mapping[str, str]]]:
    """A language's file as it was written: group → name → text, or texts by plural form."""
    import yaml  # what prints no text does without it

    found = yaml.compose((FOLDER / f"{language}.yml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    return _plain(found) if found else {}


def _plain(node: Any) -> Any:
    """What a node of YAML says: a text, or texts by name."""
    return node.value if isinstance(node.value, str) else {name.value: _plain(value) for name, value in node.value}


@cache
def entries(language: str) -> Mapping[str, Entry]:
    """Every text by its key, `group.name`, in a language or, where it has none, in English."""
    first = parts(language)[0]
    known = [one for one in dict.fromkeys((ENGLISH, first)) if one in available()]
    return {
        f"{group}.{name}": entry(group, one, value)
        for one in known
        for group, named in file_of(one).items()
        for name, value in named.items()
    }


def locale_of(language: str) -> str:
    """The name of Babel's locale for a tag; British English for one that Babel does not know."""
    from babel.core import Locale, UnknownLocaleError

    try:
        name = str(Locale.parse(language, sep="-" if "-" in language else "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return BRITISH
    return BRITISH if name == ENGLISH else name


@cache
def _locale(name: str) -> "Locale":
    from babel.core import Locale  # it takes long, and what prints no text does without it

    return Locale.parse(name)


@cache
def plural_forms(locale: str) -> frozenset[str]:
    """The forms that a text needs."""
    form = _locale(locale).plural_form
    return frozenset({OTHER, *(form(number) for number in range(SAMPLE))})


@lru_cache(maxsize=4096)
def plural_form(number: int, locale: str) -> str:
    """The form that goes with a number."""
    return str(_locale(locale).plural_form(number))


@lru_cache(maxsize=4096)
def number(value: int, locale: str) -> str:
    """A whole number in figures."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale))


@cache
def signs(locale: str) -> Mapping[int, str]:
    """What a language writes for the point and the comma of an English number."""
    symbols = _locale(locale).number_symbols["latn"]
    return str.maketrans({".": str(symbols["decimal"]), ",": str(symbols["group"])})


@lru_cache(maxsize=4096)
def date_in_words(year: int, month: int, day: int, locale: str) -> str:
    """A day, a month where `day` is 0, or a year where `month` is too."""
    from babel.dates import format_date, format_skeleton

    if day:
        return str(format_date(date(year, month, day), "long", locale=locale))
    return str(format_skeleton("yMMMM" if month else "y", date(year, month or 1, 1), locale=locale))


@lru_cache(maxsize=4096)
def month_in_short(year: int, month: int, locale: str) -> str:
    """A month with its year, for tight places."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMM", date(year, month, 1), locale=locale))


@cache
def month_name(month: int, locale: str) -> str:
    """The name of a month as it is said by itself."""
    return str(_locale(locale).months["stand-alone"]["wide"][month])


@lru_cache(maxsize=4096)
def ordinal_form(number: int, locale: str) -> str:
    """The form that goes with a place in a row."""
    return str(_locale(locale).ordinal_form(number))


def listed(several: list[str], locale: str, style: Literal["standard", "or"]) -> str:
    """Words in a row, all of them or any."""
    from babel.lists import format_list

    return str(format_list(several, style, _locale(locale)))
