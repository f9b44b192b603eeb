"""Identifiers of works and people: their forms and check digits, and how they are written; addresses without tracking.

In: the name of a field, and a text. Out: whether it can be such an identifier; what follows a beginning as in
`doi:10.1000/182`; one form for all ways to write the same; an address without what was put into it to follow readers.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

WAYS_IN: Mapping[str, re.Pattern[str]] = {
    field: re.compile(ways, re.IGNORECASE)
    for field, ways in {
        "doi": r"(?:https?://)?(?:dx[.-]|www\.)?doi[.-]org(?:\.[a-z0-9.-]+)?/(?:doi:)?|doi(?::\s*|\s+(?=10\.))|(?:info|urn):doi[:/]",
        "arxiv": r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|ps|format|e-print)/|arxiv:\s*",
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
PROFILES: Mapping[str, str] = {
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "orcid": "https://orcid.org/{}",
    "ror": "https://ror.org/{}",
}
"""Identifier of a proponent → where it leads to who that is."""
_CITED_ARXIV = re.compile(r"\s*arxiv:\s*(\S+)(?:\s+\[[\w.-]+\])?\s*", re.IGNORECASE)
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_LONGEST = 2_048
"""The longest DOI that is looked at, in characters."""
_PMID = r"[1-9]\d{0,8}"
_AFTER_ARXIV = re.compile(r"(?:v\d+)?(?:\.pdf)?(?:[?#].*)?/?$", re.IGNORECASE)


def after(field: str, text: str) -> str:
    """What follows a known beginning; empty when the text has none."""
    written = text.strip()
    way = WAYS_IN[field].match(written) if field in WAYS_IN else None
    return written[way.end() :] if way else ""


def doi_in(text: str) -> str:
    """The DOI that a text is, with or without a beginning; empty when it is none.

    An address is decoded, and a sentence's full stop or bracket behind the DOI is left out. What a DOI may hold: ISO
    26324 and the DOI Handbook, 2.2 (any printable character); how an address writes it: 2.5.2.4.
    """
    written = html.unescape(text.strip()[:_LONGEST]).lstrip("<([{\"'")
    number = after("doi", written)
    if number and "://" in written:
        number = re.split("[?#]", number)[0].rstrip("/")
    found = unquote(number or written).strip()
    while found and (found[-1] in ".,;:'\"" or _closes_nothing(found)):
        found = found[:-1]
    return found if good_doi(found) else ""


def _closes_nothing(text: str) -> bool:
    """Whether a text ends with a bracket that was never opened in it."""
    opener = _CLOSERS.get(text[-1], "")
    return opener != "" and text.count(text[-1]) > text.count(opener)


def leads_to(name: str, value: str) -> str:
    """The address of a work by its identifier, percent-encoded as RFC 3986 says."""
    return RESOLVERS[name].format(quote(value, safe="/:;(),@!$*=~"))


def cited_arxiv(text: str) -> str:
    """The number of `arXiv:2001.08361v1 [cs.LG]`; any other text as it is."""
    cited = _CITED_ARXIV.fullmatch(text)
    return cited[1] if cited else text


def without_version(arxiv: str) -> str:
    """An arXiv number without its version and what an address puts behind it."""
    return _AFTER_ARXIV.sub("", arxiv)


def same_work(name: str, value: str) -> str:
    """One form for an identifier however it is written: a DOI, arXiv or PubMed number in an address counts as such."""
    if name == "url":
        written = without_tracking(value.strip()).partition("#")[0].removesuffix("/")
        if number := after("arxiv", written):
            return same_work("arxiv", number)
        if after("doi", written) and (doi := doi_in(written)):
            return same_work("doi", doi)
        if re.fullmatch(_PMID, number := re.split("[?/]", after("pmid", written))[0]):
            return same_work("pmid", number)
        host, slash, path = re.sub(r"^https?://(www\.)?", "", written, flags=re.IGNORECASE).partition("/")
        return host.casefold() + slash + path
    number = value.strip().casefold().removesuffix("/")
    if name == "doi" and number.startswith(ARXIV_DOI):
        return same_work("arxiv", number[len(ARXIV_DOI) :])
    return f"{name}:{without_version(number) if name == 'arxiv' else number}"


def works_in(fields: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Each work that some fields name, in its one form, with the first of the fields that names it."""
    found: dict[str, str] = {}
    for name in names:
        if value := fields.get(name):
            found.setdefault(same_work(name, value), name)
    return found


# Forms and check digits


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def good_doi(text: str) -> bool:
    """A DOI in the form of ISO 26324. One that ends with a full stop or comma has taken it from a sentence."""
    return re.fullmatch(r"10\.\d{4,9}(\.\d+)*/\S*[^\s.,]", text) is not None


def good_arxiv(text: str) -> bool:
    """An arXiv number of either scheme, as arXiv documents them, with or without version."""
    new = re.fullmatch(r"(\d{2})(\d{2})\.(\d{4,5})(v[1-9]\d*)?", text)
    if new:
        fits = len(new[3]) == (4 if new[1] + new[2] < "1501" else 5)
        return "01" <= new[2] <= "12" and new[1] + new[2] >= "0704" and fits
    return re.fullmatch(r"[a-z-]+(\.[A-Za-z-]{2,})?/\d{2}(0[1-9]|1[0-2])\d{3}(v[1-9]\d*)?", text) is not None


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
    "doi": ("a DOI", good_doi,
            "write it as 10.1038/s41586-024-07566-y, without https://doi.org/ and a full stop behind it"),
    "arxiv": ("an arXiv number", good_arxiv, "write the number alone: 2001.08361"),
    "isbn": ("an ISBN", good_isbn, "check the digits; the last one is computed from the others"),
    "citation_key": ("a citation key", _like(r"[^\s\"#%'(),={}~\\]{1,200}"),
                     "write it as in BibTeX: letters and digits, and - _ : . + / between them"),
    "pmid": ("a PubMed number", _like(_PMID), "write the number alone: 31452104"),
    "orcid": ("an ORCID", good_orcid,
              "write it as 0000-0002-1825-0097; the last character is computed from the others"),
    "ror": ("a ROR id", _like(r"0[a-z0-9]{6}\d{2}"), "write the last part: 05a28rw58"),
    "wikidata": ("a Wikidata number", _like(r"Q[1-9]\d*"), "write it as Q42"),
}  # fmt: skip
"""Field → what it holds, whether a text can be that, and what to do otherwise. A DOI has the form of ISO 26324."""


# Addresses without `utm_source`, `fbclid` and their like

_TRACKING = (
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|piwik_\w+|matomo_\w+|hsa_\w+|at_(?:medium|campaign"
    r"|custom\d|bbc_team|link_\w+|ptr_name|format|campaign_type)|fbclid|fb_(?:action_ids|action_types|ref|source)|gclid|gclsrc"
    r"|gbraid|wbraid|gad_(?:source|campaignid)|dclid|msclkid|yclid|ymclid|twclid|ttclid|li_fat_id|igshid?|igsh|srsltid"
    r"|mc_[ce]id|mkt_tok|_hsenc|_hsmi|__hs(?:tc|sc|fp)|hsCtaTracking|vero_(?:conv|id)|oly_(?:anon|enc)_id|wickedid|rb_clickid"
    r"|s_cid|ss_(?:source|campaign_\w+|email_id)|_ga|_gl|_openstat|ns_(?:campaign|mchannel|source|linkname|fee)|elqtrackid"
    r"|cmpid|ncid|soc_(?:src|trk)|guce_referr(?:er|er_sig)|guccounter|sc_(?:campaign|channel|content|country|geo|medium"
    r"|outcome)|trk(?:Campaign|Info)|ref_(?:src|url)|epik|__twitter_impression|action_(?:object|type|ref)_map|wt_?mc(?:_o)?"
    r"|spm|scm_id|mibextid|si(?=(?:=[\w-]{11,})(?:[&;#]|\Z))"
)
_PARAMETER = re.compile(rf"(?i)(?P<before>[?#&;])(?:amp;)?(?:{_TRACKING})(?:=[^&;#]*+)?(?=[&;#]|\Z)")


def without_tracking(address: str) -> str:
    """The address without the parameters that only follow readers, in the query or behind `#`; else byte for byte.

    The address of an archived copy holds the one that was archived, and is left alone.
    """
    if re.search(r".://.*/https?:/", address):
        return address
    place, hash_, fragment = address.partition("#")
    before, question, query = place.partition("?")
    kept = _without(query)
    rest = _without(fragment) if "=" in fragment and not fragment.startswith((":~:", "!")) else fragment
    return before + (question if kept or not query else "") + kept + (hash_ if rest or not fragment else "") + rest


def _without(query: str) -> str:
    left = _PARAMETER.sub("", f"&{query}")
    return left.lstrip("&;") if left != f"&{query}" else query
