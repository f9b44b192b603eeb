"""Fields of a record's file set anew: the edits to its text, which touch nothing else in it.

In: a file that gives every field lines of its own, and the new values. Out: edits. ValueError for a file that is
written otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.documents import Document
from ledger.editing.rename import Edit
from ledger.editing.yamltext import record_text


def field_edits(document: Document, values: Mapping[str, Any], order: Sequence[str]) -> list[Edit]:
    """The edits that give fields new values; a new field stands below the one before it in `order`.

    Comments between fields stay; those within a value that is replaced go with it.
    """
    places = _places(document)
    edits = [(*places[name], record_text({name: value})) for name, value in values.items() if name in places]
    new: dict[int, str] = {}
    for name in sorted(values.keys() - places.keys(), key=order.index):
        before = [place for known, place in places.items() if order.index(known) < order.index(name)]
        at = max((end for _, end in before), default=0)
        new[at] = new.get(at, "") + record_text({name: values[name]})
    text = document.lines.text
    return edits + [(at, at, ("" if at == 0 or text[at - 1] == "\n" else "\n") + lines) for at, lines in new.items()]


def _places(document: Document) -> dict[str, tuple[int, int]]:
    """Where the lines of each field begin and end, without the comments and empty lines that follow them."""
    text = document.lines.text
    keys = sorted((start, str(path[0])) for path, (start, _) in document.nodes.keys.items() if len(path) == 1)
    if any(start and text[start - 1] != "\n" for start, _ in keys):
        raise ValueError("its fields do not have lines of their own: change it by hand")
    ends = [start for start, _ in keys[1:]] + [len(text)]
    return {name: (start, end - _after(text[start:end])) for (start, name), end in zip(keys, ends, strict=True)}


def _after(lines: str) -> int:
    """How much of some lines stands behind a value: comments, empty lines, and the mark that a document ends."""
    return sum(map(len, _trailing(lines.splitlines(keepends=True))))


def _trailing(lines: list[str]) -> Iterator[str]:
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith(("#", "..."))):
        yield lines.pop()
