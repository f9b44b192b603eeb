"""Figures as readers see them: rounded where they are read, exact where they are checked.

In: Fractions. Out: words such as `2.25`, `0.53 (8/15)`, `−0.5` and `8 %`. What is rounded, half up, stands in full in
the data of its page.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ledger import texts

PLACES = Decimal("0.01")
LONGEST = 3
"""How many places a decimal may have before it is rounded."""


def figure(value: Fraction) -> str:
    """A fraction in full: what it is made of stands beside a rounded decimal."""
    return in_full(value) or "{} ({})".format(rounded(value), str(value).replace("-", "−"))


def in_full(value: Fraction) -> str:
    """A fraction as a decimal of few places; nothing where it is none."""
    scaled = value * 10**LONGEST
    if scaled.denominator != 1:
        return ""
    return plain(Decimal(scaled.numerator).scaleb(-LONGEST))


def rounded(value: Fraction, places: Decimal = PLACES) -> str:
    """A fraction to two places, for where its parts are shown beside it, or to others."""
    return plain((Decimal(value.numerator) / Decimal(value.denominator)).quantize(places, ROUND_HALF_UP))


def tenths(value: Fraction) -> str:
    """A fraction to one place."""
    return rounded(value, Decimal("0.1"))


def percent(share: Fraction) -> str:
    """A share in whole hundredths; what would be rounded to nothing is said to be something."""
    whole = int(share * 100 + Fraction(1, 2))
    return texts.percent(whole) if whole or not share else texts.say("number.under", percent=texts.percent(1))


def plain(value: Decimal) -> str:
    """A decimal without an exponent or zeros at its end."""
    said = f"{value:f}"
    whole = said.rstrip("0").rstrip(".") if "." in said else said
    return texts.decimal(whole).replace("-", "−") if value else "0"
