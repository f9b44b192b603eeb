"""Whether a record may have an id: its form, and whether something has it already.

In: an id, the content folder. Out: nothing, or the file that has it; ValueError says what is wrong with it.
"""

import re
from pathlib import Path

from ledger.fields import ID_HINT, ID_LENGTH, ID_PATTERN
from ledger.naming import RESERVED, nearest_id
from ledger.records import FOLDERS


def check_id(id_: str) -> None:
    """ValueError when it cannot be the id of a record."""
    if not re.fullmatch(ID_PATTERN, id_) or "\n" in id_ or len(id_) > ID_LENGTH:
        near = nearest_id(id_)
        hint = f"; did you mean '{near}'?" if near not in ("", id_) else ""
        raise ValueError(f"'{id_}' cannot be an id: {ID_HINT}{hint}")
    if id_ in RESERVED:
        raise ValueError(f"'{id_}' cannot be an id: some file systems or the site itself use it")


def named(content: Path, id_: str) -> Path | None:
    """The file that is named so already, in any folder."""
    for folder in FOLDERS:
        found = sorted((content / folder).glob(f"{id_}.*"))
        if found:
            return found[0]
    return None
