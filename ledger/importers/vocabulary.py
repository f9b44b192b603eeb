"""The words of other programs: variables of CSL, types of BibTeX and RIS, and what they are here.

In: nothing. Out: tables.
"""

from typing import get_args

from ledger.bibliography import DATES, NAMES, entry_type, ris_type
from ledger.vocabulary import SourceType

TEXTS = frozenset(
    (
        *("annote", "archive", "archive_collection", "archive_location", "archive-place", "authority", "call-number"),
        *("chapter-number", "citation-number", "collection-number", "collection-title", "container-title-short"),
        *("dimensions", "division", "edition", "event", "event-place", "event-title", "first-reference-note-number"),
        *("genre", "ISSN", "jurisdiction", "keyword", "locator", "medium", "note", "number", "number-of-pages"),
        *("number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page-first"),
        *("part", "part-title", "PMCID", "printing", "publisher-place", "references", "reviewed-genre"),
        *("reviewed-title", "scale", "section", "source", "status", "supplement", "title-short", "version"),
        *("volume-title", "volume-title-short", "year-suffix"),
    )
)
"""The text and number variables of CSL 1.0.2 that a source keeps under `csl`."""
VARIABLES = (TEXTS | NAMES | DATES) - {"author", "issued", "accessed", "keyword", "note"}
"""Every variable of CSL that a source keeps under `csl`, other than its note."""

BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "collection",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "manual": "book",
    "mastersthesis": "thesis",
    "mvbook": "book",
    "online": "webpage",
    "patent": "patent",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "collection",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
"""Entry types of BibTeX and BibLaTeX; any other is judged by its fields."""

RIS_TYPES = {
    "ADVS": "motion_picture",
    "ART": "graphic",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "CLSWK": "classic",
    "COMP": "software",
    "CONF": "collection",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "FIGURE": "figure",
    "GEN": "document",
    "GOVDOC": "report",
    "HEAR": "hearing",
    "ICOMM": "post",
    "INPR": "article",
    "JFULL": "periodical",
    "JOUR": "article-journal",
    "MANSCPT": "manuscript",
    "MAP": "map",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "MULTI": "webpage",
    "MUSIC": "musical_score",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "RPRT": "report",
    "SER": "periodical",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "article",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
}
"""Types of RIS; any other is a document."""

BIBTEX_MEANS = {
    word: frozenset(ours for ours in get_args(SourceType) if entry_type(ours) == entry_type(known))
    for word, known in BIBTEX_TYPES.items()
}
RIS_MEANS = {
    word: frozenset(ours for ours in get_args(SourceType) if ris_type(ours) == ris_type(known))
    for word, known in RIS_TYPES.items()
}
"""The types that a word of theirs may mean: those that are written alike there."""

PLAIN_TIERS = {
    "article-journal": "peer-reviewed",
    "paper-conference": "peer-reviewed",
    "dataset": "dataset",
    "article-newspaper": "reporting",
    "article-magazine": "reporting",
    "post": "social",
    "post-weblog": "commentary",
    "review": "synthesis",
    "entry-dictionary": "synthesis",
    "entry-encyclopedia": "synthesis",
    "bill": "primary-document",
    "hearing": "primary-document",
    "legal_case": "primary-document",
    "legislation": "primary-document",
    "patent": "primary-document",
    "regulation": "primary-document",
    "standard": "primary-document",
    "treaty": "primary-document",
}
"""The authority that a type plainly means."""
LOWEST_TIER = "commentary"
"""What stands where a type says nothing of authority: the entry says itself that it was not judged."""
