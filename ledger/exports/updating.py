"""A file of the whole ledger after a change of few records: the old file, with other words in the place of theirs.

In: what each of these records added, and what it adds now; where the old files are, and where the new ones go. Out:
whether the new ones were made, with the bytes that all pieces together would give. They are not where more has changed
than texts that stand in their file once.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

from ledger.exports.naming import Places

Changed = Mapping[str, tuple[bytes, bytes]]
"""Record → the piece that it added, and the one that it adds now."""
Update = Callable[[Changed, tuple[str, ...], Places, Places], bool]
"""What has changed, the addresses of the files, where the old ones are, where the new ones go → whether they are made.
Whoever gets False makes the files anew.
"""
Text = tuple[str, bytes]
"""What stands in a file as it is: the address of that file, or `FIXED`."""
FIXED = ""
"""In place of an address: a text on which more depends than its own place, so that it must be as it was."""


def replacing(texts: Callable[[bytes], Iterable[Text]]) -> Update:
    """How files are updated in which texts of each piece stand as they are."""

    def update(changed: Changed, addresses: tuple[str, ...], old: Places, new: Places) -> bool:
        pairs = [pair for piece, now in changed.values() for pair in zip_longest(texts(piece), texts(now))]
        others = [(one, other) for one, other in pairs if one != other]
        if not all(one and other and one[0] == other[0] != FIXED for one, other in others):
            return False
        for address in addresses:
            found = [(one[1], other[1]) for one, other in others if one[0] == address]
            if not (data := _replaced(old(address).read_bytes(), found)):
                return False
            with new(address).open("wb") as file:
                file.writelines(data)
        return True

    return update


def _replaced(data: bytes, texts: Iterable[tuple[bytes, bytes]]) -> list[bytes | memoryview] | None:
    """The bytes with other texts in the place of some, in pieces; None where one of these does not stand there once."""
    places = sorted((data.find(before), len(before), after) for before, after in texts)
    if any(at < 0 or data.find(data[at : at + size], at + 1) >= 0 for at, size, _ in places):
        return None
    begin, found = 0, list[bytes | memoryview]()
    for at, size, after in places:
        found += [memoryview(data)[begin:at], after]
        begin = at + size
    return [*found, memoryview(data)[begin:]]
