"""Runs of words as hashes: what copying looks like, without keeping the copied text.

`python tests/word_runs.py FILE … > tests/examined_documents.txt` writes the hashes of every run of eight words of some
documents. Words are compared without case, punctuation, accents and references.
"""

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

LENGTH = 8
HASHES = Path(__file__).parent / "examined_documents.txt"


def words(text: str) -> list[str]:
    """The words of a text, in one spelling."""
    text = re.sub(r"\[\[[^\]|]*\|([^\]]*)\]\]|\[\[([^\]]*)\]\]|\[@[^\]]*\]", r"\1\2", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.findall(r"[a-z0-9]+", plain)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Every run of eight words: its hash and the words."""
    found = words(text)
    for at in range(len(found) - LENGTH + 1):
        run = " ".join(found[at : at + LENGTH])
        yield hashlib.sha256(run.encode("ascii")).hexdigest()[:10], run


def known_hashes() -> frozenset[str]:
    """The hashes of the documents that the flagship ledger examines."""
    return frozenset(HASHES.read_text(encoding="ascii").split())


if __name__ == "__main__":
    hashes = {run for path in sys.argv[1:] for run, _ in runs(Path(path).read_text(encoding="utf-8"))}
    sys.stdout.write("\n".join(sorted(hashes)) + "\n")
