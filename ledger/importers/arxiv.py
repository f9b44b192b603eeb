"""An item of CSL-JSON that takes arXiv for a journal → the item of a preprint, with its number.

In: an item, as Google Scholar (`arXiv preprint arXiv:2001.08361`), DBLP (`CoRR`, volume `abs/2001.08361`), NASA ADS
(`arXiv e-prints`) and others write it. Out: the item with the number under `custom`; what is said otherwise is noted.
arXiv's numbers: https://info.arxiv.org/help/arxiv_identifier.html
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.identifiers import ARXIV_DOI, after, doi_in, good_arxiv
from ledger.importers.drafts import Log

_ARCHIVE = re.compile(
    r"\s*(?:(?:e-?|pre-?)prints?\b[\s,:]*(?:(?:at|in|on)\s+)?)?(?:the\s+)?"
    r"(?:arxiv(?:\.org)?|corr|computing research repository)(?:[\s:,;/\[(].*|\s*e-?prints?|preprint.*)?\s*",
    re.IGNORECASE | re.DOTALL,
)
_REPOSITORIES = re.compile(
    r"\s*(?:[a-z]{2,12}rxiv\b.*|(?:ssrn|osf preprints?|research square|preprints(?:\.org)?|vixra|peerj preprints"
    r"|social science research network)(?:\s+(?:electronic journal|preprints?|\([^()]*\)))?\s*)",
    re.IGNORECASE | re.DOTALL,
)
"""Other places for preprints, as bioRxiv and SSRN."""
_BETWEEN = re.compile(r"[\s,;\[\]()<>\"]+")
_BEHIND = re.compile(r"(?:\.pdf)?(?:[?#].*)?[/.]*$", re.IGNORECASE)
_IN_JOURNALS = ("article-journal", "article-magazine", "article-newspaper", "paper-conference", "periodical",
                "document")  # fmt: skip
_GIVEN = ("container-title", "volume", "page", "number", "issue")
"""Where the number stands when arXiv stands for a journal."""
_LONGEST = 1_000


def is_arxiv(container: str) -> bool:
    """Whether what a work is said to be in is arXiv."""
    text = container[:_LONGEST]
    return _ARCHIVE.fullmatch(text) is not None or "arxiv.org/" in text.casefold()


def is_repository(container: str) -> bool:
    """Whether it is arXiv or another place for preprints."""
    return is_arxiv(container) or _REPOSITORIES.fullmatch(container[:_LONGEST]) is not None


def arxiv_in(text: str) -> str:
    """The first arXiv number in a text; empty when there is none."""
    pieces = (after("arxiv", piece) or re.sub(r"^abs/", "", piece) for piece in _BETWEEN.split(text[:_LONGEST]))
    return next((number for piece in pieces if good_arxiv(number := _BEHIND.sub("", piece[:_LONGEST]))), "")


def as_preprint(item: Mapping[str, Any], log: Log) -> Mapping[str, Any]:
    """The item with its arXiv number, and without arXiv as its journal."""
    said = {name: str(item.get(name) or "") for name in (*_GIVEN, "URL", "DOI")}
    in_archive = is_arxiv(said["container-title"])
    on_shelf = is_arxiv(str(item.get("publisher") or ""))
    custom = item["custom"]
    number = str(custom.get("arxiv") or "") or (arxiv_in(said["number"]) if after("arxiv", said["number"]) else "")
    if (in_archive or on_shelf) and not number:
        number = next(filter(None, (arxiv_in(said[name]) for name in _GIVEN)), "")
    if not number and (number := _resolved(said["DOI"], said["URL"])):
        log.guess("arxiv", "read from its address", number)
    new = dict(item) | ({"custom": {**custom, "arxiv": number}} if number else {})
    if number and (in_archive or on_shelf):
        # What says where on arXiv the work is, and nothing else.
        given = [name for name in _GIVEN if is_arxiv(said[name]) or arxiv_in(said[name]) == number]
        new = {name: value for name, value in new.items() if name not in given}
    if number and in_archive:
        log.gap("container-title", "arXiv is no journal: its number is kept in `arxiv`", said["container-title"])
    is_preprint = is_repository(said["container-title"]) or (number and not said["container-title"])
    if is_preprint and item.get("type") in _IN_JOURNALS:
        log.guess("type", "it is a preprint, and in no journal: set to article", item["type"])
        new["type"] = "article"
    return new


def _resolved(doi: str, url: str) -> str:
    """The number of a work by its DOI or address."""
    written = doi_in(doi).casefold()
    number = written.removeprefix(ARXIV_DOI) if written.startswith(ARXIV_DOI) else after("arxiv", url)
    return arxiv_in(f"arXiv:{number}") if number else ""
