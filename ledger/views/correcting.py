"""Where readers suggest a correction, or send what they found: the site's own address, or its page about it."""

from urllib.parse import quote

from ledger import urls
from ledger.context import Viewing
from ledger.loading import Record

CORRECTIONS = "corrections"
"""The id of the page that tells readers how to correct something."""


def corrections(viewing: Viewing, record: Record | None = None) -> str:
    """Where the site says, for this record; else the ledger's own page about corrections, where there is one."""
    pattern = viewing.ledger.settings.corrections_url
    if pattern:
        id_, path = (record.id, record.path) if record else ("", "")
        return pattern.replace("{id}", quote(id_)).replace("{path}", quote(path))
    page = viewing.ledger.card(CORRECTIONS)
    return viewing.url(urls.of_card(page)) if page and page.kind == "page" else ""
