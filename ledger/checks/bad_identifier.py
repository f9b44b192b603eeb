"""DOI, arXiv, ISBN, PubMed, ORCID, ROR and Wikidata identifiers have their form and their check digits."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "bad-identifier"
LEVEL = Level.ERROR


def good_doi(text: str) -> bool:
    """A DOI as `10.<registrant>/<suffix>`, ISO 26324."""
    return re.fullmatch(r"10\.\d{4,9}(\.\d+)*/[^\s\"<>]+", text) is not None


def good_arxiv(text: str) -> bool:
    """An arXiv number of either scheme, as arXiv documents them, with or without version."""
    new = re.fullmatch(r"(\d{2})(\d{2})\.(\d{4,5})(v[1-9]\d*)?", text)
    if new:
        fits = len(new[3]) == (4 if new[1] + new[2] < "1501" else 5)
        return "01" <= new[2] <= "12" and new[1] + new[2] >= "0704" and fits
    return re.fullmatch(r"[a-z-]+(\.[A-Z]{2})?/\d{2}(0[1-9]|1[0-2])\d{3}(v[1-9]\d*)?", text) is not None


def good_isbn(text: str) -> bool:
    """An ISBN of 10 or 13 digits whose check digit is right, ISO 2108."""
    digits = re.sub(r"[ -]", "", text)
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 - at) * (10 if d == "X" else int(d)) for at, d in enumerate(digits)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    return False


def good_orcid(text: str) -> bool:
    """An ORCID whose check character is right, ISO 7064 mod 11-2."""
    if not re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == text[-1]


FORMS: Mapping[str, tuple[str, Callable[[str], bool], str]] = {
    "doi": ("a DOI", good_doi, "write it as 10.1038/s41586-024-07566-y, without https://doi.org/"),
    "arxiv": ("an arXiv number", good_arxiv, "write the number alone: 2001.08361"),
    "isbn": ("an ISBN", good_isbn, "check the digits; the last one is computed from the others"),
    "pmid": (
        "a PubMed number",
        lambda text: re.fullmatch(r"[1-9]\d{0,8}", text) is not None,
        "write the number alone: 31452104",
    ),
    "orcid": (
        "an ORCID",
        good_orcid,
        "write it as 0000-0002-1825-0097; the last character is computed from the others",
    ),
    "ror": (
        "a ROR id",
        lambda text: re.fullmatch(r"0[a-z0-9]{6}\d{2}", text) is not None,
        "write the last part: 05a28rw58",
    ),
    "wikidata": ("a Wikidata number", lambda text: re.fullmatch(r"Q[1-9]\d*", text) is not None, "write it as Q42"),
}


def items(ledger: Ledger) -> Iterable[tuple[Record, str]]:
    """Every identifier of a source or proponent."""
    return [
        (record, name)
        for record in ledger.records.values()
        for name in FORMS
        if record.kind.name in ("source", "proponent") and getattr(record.fields, name, None)
    ]


def check(ledger: Ledger, item: tuple[Record, str]) -> Iterator[Diagnostic]:
    """An identifier that cannot be one."""
    record, name = item
    what, is_good, hint = FORMS[name]
    if not is_good(getattr(record.fields, name)):
        message = f"'{getattr(record.fields, name)}' is not {what}"
        yield Diagnostic(record.document.span((name,)), LEVEL, ID, message, hint)
