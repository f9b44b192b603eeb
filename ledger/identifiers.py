"""Identifiers of works as people write them: in an address, or behind a name, as in `doi:10.1000/182`.

In: the name of a source's field, and a text. Out: what follows such a beginning.
"""

import re
from collections.abc import Mapping

WAYS_IN: Mapping[str, re.Pattern[str]] = {
    field: re.compile(ways, re.IGNORECASE)
    for field, ways in {
        "doi": r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*|(?:info|urn):doi[:/]",
        "arxiv": r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|ps)/|arxiv:\s*",
        "pmid": r"(?:https?://)?(?:www\.|pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/)?|pmid:\s*",
        "isbn": r"(?:urn:)?isbn(?:-1[03])?[:\s]\s*",
    }.items()
}
"""What stands before an identifier, by the field that it belongs to."""
ARXIV_DOI = "10.48550/arxiv."
"""How the DOI of every work on arXiv begins, in small letters; its number follows."""
RESOLVERS: Mapping[str, str] = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}
"""Identifier of a work → where it leads to the work."""
_AFTER_ARXIV = re.compile(r"(?:v\d+)?(?:\.pdf)?(?:[?#].*)?/?$", re.IGNORECASE)


def after(field: str, text: str) -> str:
    """What follows a known beginning; empty when the text has none."""
    written = text.strip()
    way = WAYS_IN[field].match(written) if field in WAYS_IN else None
    return written[way.end() :] if way else ""


def without_version(arxiv: str) -> str:
    """An arXiv number without its version and what an address puts behind it."""
    return _AFTER_ARXIV.sub("", arxiv)
