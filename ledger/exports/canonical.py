"""Values → canonical JSON, of which there is only one for each value: the JSON Canonicalization Scheme, RFC 8785.

In: what a JSON file holds. Out: bytes without white space, keys sorted by their UTF-16 code units, numbers written as
ECMAScript writes them. Whoever makes them again from the same value gets the same hash, in any language.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

LARGEST, SMALLEST = 21, -6
"""Where ECMAScript begins to write powers of ten: numbers with more digits before the point, or more zeros after it."""


def canonical(value: Any) -> bytes:
    """The value as canonical JSON."""
    return _written(value).encode("utf-8")


def sha256(data: bytes) -> str:
    """The SHA-256 hash, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_written(key)}:{_written(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """The shortest digits that give the number back, placed as ECMAScript's Number::toString places them."""
    exact = Decimal(json.dumps(value, allow_nan=False)).normalize()
    shown, point = "".join(map(str, exact.as_tuple().digits)), exact.adjusted() + 1
    minus = "-" if value < 0 else ""
    if len(shown) <= point <= LARGEST:
        return minus + shown.ljust(point, "0")
    if 0 < point <= LARGEST:
        return f"{minus}{shown[:point]}.{shown[point:]}"
    if SMALLEST < point <= 0:
        return f"{minus}0.{'0' * -point}{shown}"
    return f"{minus}{shown[0]}{'.' if shown[1:] else ''}{shown[1:]}e{point - 1:+d}"
