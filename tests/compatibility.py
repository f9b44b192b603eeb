"""Whether data after a new schema still suits whoever goes by the old one: the rule of `docs/compatibility.md`.

`python tests/compatibility.py` pins the schemas of the present version below `tests/schemas/`; do it at each release.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ledger
from ledger.exports.schema_files import json_schema
from ledger.exports.schemas import SCHEMAS

HERE = Path(__file__).resolve().parent
PINNED = HERE / "schemas"
WRITTEN = frozenset(("record", "site"))
"""Keys below which stands what was written by an editor: programs make it, too, so nothing may become required."""
SAME = ("type", "const", "pattern", "format")
AT_MOST, AT_LEAST = ("maxLength", "maxItems", "maximum"), ("minLength", "minItems", "minimum")


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What in a new schema breaks a program that goes by the old one, each with its place; none if nothing does."""
    return list(dict.fromkeys(_Comparison(old, new).at(old, new, "$", written=False)))


class _Comparison:
    """Two schemas, and the pairs of their parts that were compared already."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.old, self.new = old, new
        self.seen: set[tuple[str, str, bool]] = set()

    def at(self, old: dict[str, Any], new: dict[str, Any], place: str, *, written: bool) -> Iterator[str]:
        pair = (old.get("$ref", ""), new.get("$ref", ""), written)
        if all(pair[:2]):
            if pair in self.seen:
                return
            self.seen.add(pair)
        old, new = _resolved(self.old, old), _resolved(self.new, new)
        if _options(old) or _options(new):
            yield from self._choices(_options(old) or [old], _options(new) or [new], place, written=written)
            return
        yield from _plain(old, new, place, written=written)
        yield from self._object(old, new, place, written=written)
        for key in ("items", "additionalProperties"):
            if isinstance(old.get(key), dict):
                yield from self.at(old[key], _schema(new.get(key)), f"{place}[]", written=written)

    def _object(self, old: dict[str, Any], new: dict[str, Any], place: str, *, written: bool) -> Iterator[str]:
        before, after = set(old.get("required", ())), set(new.get("required", ()))
        gone = set(old.get("properties", ())) - set(new.get("properties", ()))
        yield from (f"{place}.{key}: is gone" for key in sorted(gone))
        yield from (f"{place}.{key}: may be left out now" for key in sorted(before - after - gone))
        if written:
            yield from (f"{place}.{key}: must be written now" for key in sorted(after - before))
        for key, value in old.get("properties", {}).items():
            if key not in gone:
                inner = self.at(value, new["properties"][key], f"{place}.{key}", written=written or key in WRITTEN)
                yield from inner

    def _choices(self, old: list[Any], new: list[Any], place: str, *, written: bool) -> Iterator[str]:
        kinds_before, kinds_after = _by_kind(self.old, old), _by_kind(self.new, new)
        if kinds_before and kinds_after:
            yield from self._kinds(kinds_before, kinds_after, place, written=written)
            return
        fits = [[self._fits(one, other, written=written) for other in new] for one in old]
        if not all(map(any, fits)):
            yield f"{place}: one of its forms is gone or has changed"
        elif not all(map(any, zip(*fits, strict=True))):
            yield f"{place}: has a new form"

    def _kinds(
        self, old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]], place: str, *, written: bool
    ) -> Iterator[str]:
        """Records of a new kind may come beside the old ones: their `kind` tells them apart."""
        for kind, before in old.items():
            if kind in new:
                yield from self.at(before, new[kind], f"{place}({kind})", written=written)
            else:
                yield f"{place}({kind}): is gone"

    def _fits(self, old: dict[str, Any], new: dict[str, Any], *, written: bool) -> bool:
        return not list(_Comparison(self.old, self.new).at(old, new, "$", written=written))


def _plain(old: dict[str, Any], new: dict[str, Any], place: str, *, written: bool) -> Iterator[str]:
    for key in SAME:
        if old.get(key) != new.get(key):
            yield f"{place}: {key} was {old.get(key)!r}, is {new.get(key)!r}"
    if lost := set(old.get("enum", ())) - set(new.get("enum", ())):
        yield f"{place}: no longer takes {', '.join(map(repr, sorted(lost)))}"
    if "enum" in new and "enum" not in old:
        yield f"{place}: takes only some words now"
    if written:
        for key in AT_MOST:
            if new.get(key, float("inf")) < old.get(key, float("inf")):
                yield f"{place}: {key} is lower"
        for key in AT_LEAST:
            if new.get(key, 0) > old.get(key, 0):
                yield f"{place}: {key} is higher"


def _schema(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _resolved(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return _resolved(root, {**found, **{key: value for key, value in schema.items() if key != "$ref"}})


def _options(schema: dict[str, Any]) -> list[Any]:
    return schema.get("anyOf") or schema.get("oneOf") or []


def _by_kind(root: dict[str, Any], options: list[Any]) -> dict[str, dict[str, Any]]:
    """The forms by the one `kind` that each allows; none unless every form has one."""
    found = {_resolved(root, one).get("properties", {}).get("kind", {}).get("const"): one for one in options}
    return {} if None in found else found


def pinned(release: str) -> dict[str, dict[str, Any]]:
    """The schemas of a release by name."""
    return _pins(release)["schemas"]


def pinned_files(release: str) -> dict[str, list[str]]:
    """The addresses of the files that each schema of a release describes."""
    return _pins(release)["files"]


def _pins(release: str) -> dict[str, Any]:
    return json.loads((PINNED / f"{release}.json").read_text(encoding="utf-8"))


def releases() -> list[str]:
    """The releases that are pinned, oldest first."""
    found = (path.stem for path in PINNED.glob("*.json"))
    return sorted(found, key=lambda name: [int(part) for part in name.split(".")])


def pin(release: str) -> Path:
    """Write the present schemas as those of a release, in place of what was there; gives the file."""
    schemas = {schema.name: json_schema(schema) for schema in SCHEMAS}
    value = {"files": {schema.name: schema.files for schema in SCHEMAS}, "schemas": schemas}
    path = PINNED / f"{release}.json"
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8", newline="")
    return path


if __name__ == "__main__":
    sys.stdout.write(f"pinned in {pin(ledger.__version__).relative_to(HERE.parent)}\n")
