"""The further pages of a controversy as links: its argument map, its claims by positions, its timeline."""

from dataclasses import dataclass

from ledger import urls, words
from ledger.context import Viewing
from ledger.loading import Record


@dataclass(frozen=True, slots=True)
class Overview:
    """A further page: its title, what is there, and whether it is the one that is shown."""

    href: str
    title: str
    what: str
    current: bool


def view_overviews(viewing: Viewing, controversy: Record) -> tuple[Overview, ...]:
    """Links to every further page of a controversy."""
    return tuple(
        Overview(viewing.url(page), title, what, current=page == viewing.page)
        for name, (title, what) in words.OVERVIEWS.items()
        for page in [urls.overview(controversy, name)]
    )
