"""Tables: variables of CSL, types of works in BibTeX and RIS and here, and the authority that a type plainly means."""

from collections.abc import Callable, Mapping
from typing import get_args

from ledger.bibliography import DATES, NAMES, entry_type, ris_type
from ledger.vocabulary import SourceType

VARIABLES = (NAMES | DATES | {
    "annote", "archive", "archive_collection", "archive_location", "archive-place", "authority", "call-number",
    "chapter-number", "citation-number", "collection-number", "collection-title", "container-title-short",
    "dimensions", "division", "edition", "event", "event-place", "event-title", "first-reference-note-number",
    "genre", "ISSN", "jurisdiction", "locator", "medium", "number", "number-of-pages", "number-of-volumes",
    "original-publisher", "original-publisher-place", "original-title", "page-first", "part", "part-title", "PMCID",
    "printing", "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section", "source",
    "status", "supplement", "title-short", "version", "volume-title", "volume-title-short", "year-suffix",
}) - {"author", "issued", "accessed"}  # fmt: skip
"""Every variable of CSL 1.0.2 that a source keeps under `csl`, other than its note."""
BIBTEX_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "collection",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "manual": "book", "mastersthesis": "thesis", "mvbook": "book", "online": "webpage", "patent": "patent",
    "periodical": "periodical", "phdthesis": "thesis", "proceedings": "collection", "report": "report",
    "software": "software", "techreport": "report", "thesis": "thesis", "unpublished": "manuscript",
    "video": "motion_picture", "www": "webpage",
}  # fmt: skip
"""Entry types of BibTeX and BibLaTeX; any other is judged by its fields."""
RIS_TYPES = {
    "ADVS": "motion_picture", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book",
    "CASE": "legal_case", "CHAP": "chapter", "CLSWK": "classic", "COMP": "software", "CONF": "collection",
    "CPAPER": "paper-conference", "DATA": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure",
    "GEN": "document", "GOVDOC": "report", "HEAR": "hearing", "ICOMM": "post", "INPR": "article",
    "JFULL": "periodical", "JOUR": "article-journal", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "RPRT": "report", "SER": "periodical", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "THES": "thesis", "UNPB": "article", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""Types of RIS; any other is a document."""


def _meanings(types: Mapping[str, str], written: Callable[[str], str]) -> dict[str, frozenset[str]]:
    """Of each word of theirs, our types that are written alike there."""
    ours = get_args(SourceType)
    return {word: frozenset(one for one in ours if written(one) == written(known)) for word, known in types.items()}


BIBTEX_MEANS = _meanings(BIBTEX_TYPES, entry_type)
RIS_MEANS = _meanings(RIS_TYPES, ris_type)
"""The types that a word of theirs may mean."""

PLAIN_TIERS = {
    **dict.fromkeys(("article-journal", "paper-conference"), "peer-reviewed"),
    **dict.fromkeys(("article-newspaper", "article-magazine"), "reporting"),
    **dict.fromkeys(("review", "entry-dictionary", "entry-encyclopedia"), "synthesis"),
    **dict.fromkeys(("bill", "hearing", "legal_case", "legislation", "patent"), "primary-document"),
    **dict.fromkeys(("regulation", "standard", "treaty"), "primary-document"),
    "dataset": "dataset",
    "post": "social",
    "post-weblog": "commentary",
}
"""The authority that a type plainly means."""
