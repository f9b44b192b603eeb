"""Where Viewing and what belongs to it were before they moved to `ledger.context`."""

from ledger.context import (
    LONGEST,
    STRUCK,
    RecordRef,
    Viewing,
    WordsLink,
    gone,
    link_to,
    short_label,
    shortened,
)

__all__ = ["LONGEST", "STRUCK", "RecordRef", "Viewing", "WordsLink", "gone", "link_to", "short_label", "shortened"]
