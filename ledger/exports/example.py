"""A small ledger with one record of each kind, in `example/`: what the examples in the schemas are made of."""

from pathlib import Path

from ledger.files import TextFile
from ledger.loading import Loaded, load_records

FOLDER = Path(__file__).with_suffix("")


def example() -> Loaded:
    """Its records."""
    files = sorted((path.relative_to(FOLDER).as_posix(), path) for path in FOLDER.rglob("*.yml"))
    return load_records(TextFile(address, path.read_text(encoding="utf-8")) for address, path in files)
