"""What an entry of BibTeX takes from others by `crossref` and `xdata`.

In: the texts of an entry's fields, and every entry of the file by its key. Out: its fields with those of its parents
that it lacks; a parent that is not there is reported. The rules are those of the manual of BibLaTeX, 2.4.1, 3.13.6 and
appendix B, and, for what BibTeX has of them, of btxdoc, 2.1.
"""

from collections.abc import Mapping

from ledger.importers.drafts import Log

Texts = dict[str, str]
Parents = Mapping[str, tuple[str, Texts]]
_DEPTH = 5
"""How many steps a chain of parents has at most."""
_OWN = {
    "abstract", "annotation", "annote", "archiveprefix", "crossref", "doi", "entryset", "eprint", "eprinttype",
    "eprintclass", "execute", "file", "ids", "keywords", "label", "number-of-pages", "options", "pages", "pagetotal",
    "pmcid", "pmid", "presort", "primaryclass", "related", "relatedtype", "shorthand", "shorttitle", "sortkey",
    "sorttitle", "url", "urldate", "xdata", "xref",
}  # fmt: skip
"""What is said of an entry alone, and numbers by which a work is known."""
_SAME = (
    {"date", "year", "month", "day"}, {"journal", "journaltitle"}, {"address", "location"},
    {"institution", "school", "organization"},
)  # fmt: skip
"""Fields of which one says what the others would."""
_AS_CONTAINER = {
    **dict.fromkeys(("inbook", "incollection", "inproceedings", "conference", "inreference", "suppbook",
                     "suppcollection", "bookinbook"), ("booktitle", "booksubtitle")),
    **dict.fromkeys(("article", "suppperiodical", "review"), ("journaltitle", "journalsubtitle")),
}  # fmt: skip
"""What a parent's title and subtitle are to a child of a type."""


def inherited(type_: str, fields: Texts, parents: Parents, log: Log) -> Texts:
    """The fields of an entry with those that it inherits."""
    made = dict(fields)
    for name in ("xdata", "crossref"):
        for key in _keys(fields.get(name, "")):
            for field, text in _from(name, key, type_, parents, log).items():
                if field not in made and not any(field in same and same & fields.keys() for same in _SAME):
                    made[field] = text
    return made


def keys_of(fields: Texts) -> list[str]:
    """The keys of the entries from which one inherits at once."""
    return [*_keys(fields.get("xdata", "")), *_keys(fields.get("crossref", ""))]


def _keys(written: str) -> list[str]:
    return [key for part in written.split(",") if (key := part.strip().lower())]


def _from(name: str, key: str, type_: str, parents: Parents, log: Log) -> Texts:
    """What an entry gives to one that names it, with what it has from its own parents."""
    found: Texts = {}
    for _ in range(_DEPTH):
        if key not in parents:
            log.gap(name, "no entry of this file has this key: nothing is inherited", key)
            return found
        _, fields = parents[key]
        found = (dict(fields) if name == "xdata" else _as_child(type_, fields)) | found
        further = keys_of(fields)
        if not further:
            return found
        key = further[0]
    log.gap(name, f"a chain of more than {_DEPTH} entries: what is behind it is left out", key)
    return found


def _as_child(type_: str, fields: Texts) -> Texts:
    """A parent's fields under the names that they have in a child; without its title where that is nobody's."""
    title, subtitle = _AS_CONTAINER.get(type_, ("", ""))
    names = {"title": title, "subtitle": subtitle, "titleaddon": ""}
    given = {names.get(field, field): text for field, text in fields.items() if field not in _OWN}
    given.pop("", None)
    return given if "booktitle" not in fields else given | {"booktitle": fields["booktitle"]}
