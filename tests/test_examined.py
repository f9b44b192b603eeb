"""Every check says how many items it looked at, and that is how many there are.

What there is, is counted here from the files themselves, with a YAML reader and an HTML reader of other makes than the
program's, for a small site that has one of everything and for the content of the repository.
"""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from cases import blocks_in, lay_over_base
from making import FLAGSHIP

from ledger import public
from ledger.checks import CHECKS, IDS, SITE_IDS
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.loading import READING_CHECKS

ONE_OF_EVERYTHING = """
```yaml site.yml
format: 1
title: A small ledger
language: en
licence: CC BY 4.0
editors:
  - id: ann
    name: Ann
colours: {ink: {light: "#101010", dark: "#f0f0f0"}}
navigation: [{to: claims}]
repository: https://github.com/ann/bend
challenges: issues
```
```yaml challenges/k.yml
title: Not said
target: x/e1
type: other
says: No, see [[nowhere]].
by: Jo
date: 1999
sources: [s]
resolution: {date: 2000, outcome: upheld, reason: R., changed: [x]}
```
```yaml texts.yml
tags: {tag: Subject}
search:
  found: {one: One, other: "{count} found"}
```
```yaml claims/x.yml
statement: The bend moved in 1998, says [[p]].
type: empirical
question: Did the bend move?
bears_on:
  - position: c-a
    relation: supports
relations:
  - claim: y
    type: qualifies
    why: See [[y|the scales]] and [@s, sheet 3].
evidence:
  - id: e1
    source: s
    relation: supports
    shows: Two maps differ by 40 metres.
    consulted: full-text
    quote: "[[not a link]]"
    by: ann
    about_rival: y
    via: s2
    quantity: {measure: shift, value: "40", unit: m, as_of: "1999"}
searches:
  - date: 2024-05-01
    by: ann
    for: other maps
    where: [the archive]
    found: 1
    kept: [s]
    side: against
    hits: [{source: s, became: x/e1}]
assessments:
  - {rating: low, by: ann, date: 2024-05-01, why: One map.}
  - {rating: high, by: ann, date: 2024-05-02, why: Two maps.}
first_stated: s
added: 2024-05-01
updated: 2024-05-02
body: |
  It did [@s]. `[[code]]` is none.
```
```md controversies/c.md
---
title: The bend
question: Does the river move its bend?
thread: t
status: active
board: [x]
---
```
```yaml sources/s.yml
type: article
title: Maps of the valley
authors:
  - family: Stone
    proponent: p
  - literal: The Valley Society
issued: 1999
url: https://arxiv.org/abs/math/9901123
arxiv: math/9901123
doi: 10.1000/182
tier: primary-document
derived_from:
  - source: s2
    how: copies
```
```yaml sources/s2.yml
type: report
title: Older maps
authors: unknown
issued: 1950
url: https://example.com/maps
tier: primary-document
derived_from: []
```
```yaml claims/w.yml
statement: The bend is a meander.
type: definitional
withdrawn: {date: 2024-05-03, why: It is no claim., merged_into: x}
```
```yaml proponents/g.yml
name: The mapmakers
type: group
members:
  - id: p
  - {name: Ann, from: 1999, until: 2001}
exceptions:
  - check: orphan
    why: It is needed soon.
```
```yaml events/e.yml
title: The bend moved
date: 1998-05
end_date: 1998-06
sources: [s]
proponents: [p]
about: [x]
evidence_for: [x/e1]
```
```yaml charts/shift.yml
title: How far did the bend move?
form: range
controversy: c
items: [x/e1]
```
```yaml snapshots/s.yml
sha256: 09ae5de6dce435e2fb4121539908790b8d6eacb22703fbbd85ba0a06584d0adc
captured: 2024-05-01
```
```text snapshots/s.txt
The bend, see [[not a link]], moved.
```
```md positions/c-b.md
---
controversy: c
letter: B
statement: It stays.
parts:
  - id: still
    statement: It stands still.
    assessments:
      - {rating: low, by: ann, date: 2024-05-01, why: Two maps.}
      - {rating: high, by: ann, date: 2024-05-02, why: Three maps.}
rests_on: [y]
rejects: [x]
---
See [[c-a]] and [the map](https://example.com/map).
```
"""

EDGES = ("unknown-id", "wrong-kind", "self-reference", "former-id", "reference-to-draft", "reference-to-withdrawn")
BODIES = ("unsafe-link", "list-layout", "raw-html", "unsupported-markup", "unread-formula")
IDENTIFIERS = {"sources": ("doi", "arxiv", "isbn", "pmid"), "proponents": ("orcid", "ror", "wikidata")}
QUOTES = ("quote-not-found", "quote-drifted", "quote-ambiguous", "quote-too-short", "quote-cuts-word")
QUOTED = ("evidence.quote", "stances.attested.quote", "would_change_mind.quote")
PARTS = ("evidence", "stances", "tensions", "parts", "editors")
REFERENCES = {
    "controversies": "thread tensions.claims board searches.kept searches.hits.source searches.hits.became see_also.id",
    "positions": "controversy rests_on rejects key_sources objections.claims would_change_mind.by "
    "would_change_mind.source relations.position",
    "claims": "bears_on.position relations.claim evidence.source evidence.about_rival evidence.via searches.kept "
    "searches.hits.source searches.hits.became first_stated about",
    "sources": "authors.proponent derived_from.source version_of interests.proponent interests.source notice",
    "proponents": "affiliations.id members.id interests.proponent interests.source stances.position "
    "stances.attested.source",
    "events": "sources proponents about evidence_for",
    "terms": "sources",
    "charts": "controversy items",
    "challenges": "target proponent sources resolution.changed",
}
QUANTITIES = ("quantity", "quantities")
DATED = (
    "added/updated added/withdrawn.date opened/status_note.date date/end_date date/resolution.date issued/accessed"
    " issued/status_date"
)
VERBATIM = ("quote", "quote_prefix", "quote_suffix", "query", "says", "url", "archive_url", "homepage")


def raw_records(content):
    """Every record as PyYAML reads it, its scalars as text: (folder, fields)."""
    for path in sorted([*content.glob("*/*.yml"), *content.glob("*/*.md"), content / "site.yml"]):
        fields, body = path.read_text(encoding="utf-8"), ""
        if path.suffix == ".md":
            _, fields, body = fields.split("---\n", 2)
        data = yaml.load(fields, yaml.CBaseLoader)
        yield path.relative_to(content).parent.name, {**data, **({"body": body} if body.strip() else {})}


def at(data, path):
    """Everything at the end of a dotted path, through lists; words in place of a list of entries are none."""
    values = [data]
    for step in path.split("."):
        inner = [value[step] for value in values if isinstance(value, dict) and step in value]
        values = [item for value in inner for item in (value if isinstance(value, list) else [value])]
    return [value for value in values if value != ""]


def mentions(value):
    """How many `[[…]]` and `[@…]` stand in the texts below a value."""
    if isinstance(value, dict):
        return sum(mentions(inner) for key, inner in value.items() if key not in VERBATIM)
    if isinstance(value, list):
        return sum(mentions(inner) for inner in value)
    return len(re.findall(r"\[\[.+?\]\]|\[@.+?\]", re.sub("`[^`]*`", "", value))) if isinstance(value, str) else 0


def works(source):
    """The works that a source says it is, in one form each."""
    for name in ("url", "doi", "arxiv"):
        value = source.get(name) or ""
        number = re.search(r"(?:arxiv\.org/[a-z]+/|arxiv\.|^)([a-z-]+/\d{7}|\d{4}\.\d{4,5})", value.lower())
        doi = re.search(r"(?:doi\.org/|^)(10\.\d{4,}/.+)", value.lower())
        if value:
            yield (number or doi)[1] if number or doi else re.sub(r"^https?://(www\.)?|#.*|/$", "", value)


def dated_pairs(data):
    """How many pairs of dates have an order."""
    orders = [pair.split("/") for pair in DATED.split()]
    pairs = sum(bool(at(data, first) and at(data, second)) for first, second in orders)
    ties = [*at(data, "affiliations"), *at(data, "members")]
    rated = [data.get("assessments"), *(part.get("assessments") for part in at(data, "parts"))]
    neighbours = sum(len(list(pairwise(ratings or []))) for ratings in rated)
    return pairs + sum("from" in t and "until" in t for t in ties) + neighbours


class Links(HTMLParser):
    """The addresses in one page."""

    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found |= {value for name, value in attrs if name in ("href", "src")}


class Standing:
    """The records of a content folder: all of them, those that have not been withdrawn, and those by their folder."""

    def __init__(self, content):
        self.records = list(raw_records(content))
        self.standing = [(kind, data) for kind, data in self.records if "withdrawn" not in data]
        self.of = {kind: [data for folder, data in self.standing if folder == kind] for kind, _ in self.records}
        self.everything = [data for kind, data in self.records if kind]
        (self.site,) = (data for folder, data in self.records if not folder)

    def many(self, *paths, kinds=()):
        """How much stands at the end of some paths, in records of some kinds or in every one."""
        among = [data for kind in kinds for data in self.of.get(kind, ())] if kinds else self.everything
        return sum(len(at(data, path)) for data in among for path in paths)

    def having(self, field, *kinds):
        """How many records have a field."""
        among = [data for kind in kinds for data in self.of.get(kind, ())] if kinds else self.everything
        return sum(field in data for data in among)


def existing(content, site):
    """What there is for each check to look at, in a content folder and in the site that was built from it."""
    found = Standing(content)
    return {
        **of_the_files(content, found),
        **of_references(found),
        **of_arguments(found),
        **of_sources(found),
        **of_charts(found),
        **of_the_site(found.site, site),
    }


def of_the_files(content, found):
    texts = list(content.glob("snapshots/*.txt"))
    return {
        **dict.fromkeys(READING_CHECKS, len(found.records) + len([*content.glob("texts.yml")])),
        **dict.fromkeys(("missing-site", "empty-ledger", "lone-date"), 1),
        **dict.fromkeys(public.CHECKS, len(list(content.parent.glob("public/*")))),
        **dict.fromkeys(("unknown-text", "bad-text", "place-left-out"), own_texts(content)),
        "stray-snapshot": len(found.of.get("snapshots", [])) + len(texts),
        "snapshot-hash": len(texts),
        "markup-limit": len(found.everything) - len(found.of.get("snapshots", [])),
        "unused-exception": found.many("exceptions"),
        "dates-out-of-order": sum(dated_pairs(data) for data in found.everything),
    }


def of_references(found):
    written = (
        id_ for kind, data in found.records for path in REFERENCES.get(kind, "").split() for id_ in at(data, path)
    )
    named = sum(id_ not in ("own", "dropped") for id_ in written)
    texts = sum(mentions(data) for data in found.everything)
    items = found.many("evidence", "stances")
    signed = ("assessments.by", "searches.by", "evidence.by", "parts.assessments.by")
    return {
        **dict.fromkeys(EDGES, named + items + texts + found.many("withdrawn.merged_into")),
        **dict.fromkeys(BODIES, found.having("body")),
        "duplicate-part": sum(bool(data.get(name)) for _, data in found.records for name in PARTS),
        "unknown-editor": found.many(*signed),
        "merge-loop": found.having("withdrawn"),
        "orphan": sum(len(found.of.get(kind, ())) for kind in ("sources", "proponents", "claims")),
    }


def of_arguments(found):
    disputes, claims, positions = (found.of[kind] for kind in ("controversies", "claims", "positions"))
    cited = [data for data in claims if any(item["relation"] != "mentions" for item in at(data, "evidence"))]
    return {
        "too-few-positions": len(disputes),
        "question-mark": len(disputes) + found.having("question", "claims"),
        "board-too-long": found.having("board", "controversies"),
        "board-without-stake": found.many("board", kinds=["controversies"]),
        **dict.fromkeys(
            ("board-without-question", "claim-without-evidence", "strong-tie-without-reason", "same-as-changed"),
            len(claims),
        ),
        **dict.fromkeys(("position-name", "unsupported-position"), len(positions)),
        "duplicate-letter": len({(data["controversy"], data["letter"]) for data in positions}),
        "search-unaccounted": found.many("searches.side", kinds=["claims"]),
        "no-longer-read": len(claims) + 1,
        "rating-divergence": found.having("assessments", "claims"),
        "only-mentions": len(claims),
        "upheld-without-effect": len(found.of.get("challenges", ())),
        "only-retracted": len(cited),
        "group-without-members": sum(data["type"] == "group" for data in found.of.get("proponents", ())),
        "stance-without-source": found.many("stances", kinds=["proponents"]),
    }


def of_sources(found):
    sources = found.of.get("sources", [])
    named = [len([a for a in at(data, "authors") if isinstance(a, dict)]) for data in found.everything]
    identified = (data.get(name) for kind, data in found.records for name in IDENTIFIERS.get(kind, ()))
    return {
        **dict.fromkeys(("derivation-loop", "chain-without-origin", "version-loop"), len(sources)),
        "bad-identifier": sum(map(bool, identified)),
        "arxiv-after-issued": found.having("arxiv", "sources"),
        "duplicate-source": len({work for data in sources for work in works(data)}),
        "home-page-source": found.having("url", "sources"),
        "unnamed-author": sum(named) + found.many("affiliations", "members"),
        "unlinked-author": sum(isinstance(a, dict) for data in sources for a in at(data, "authors")),
        "duplicate-citation-key": len({data.get("citation_key", object()) for data in sources}),
        "bad-language": found.having("language", "sources") + ("language" in found.site),
        **dict.fromkeys(QUOTES, sum(len(at(data, path)) for _, data in found.standing for path in QUOTED)),
    }


def of_charts(found):
    charts = found.of.get("charts", [])
    drawn = sum(len(data.get("items", ())) or 1 for data in charts)
    return {
        **dict.fromkeys(("chart-without-figure", "chart-off-log-axis", "chart-without-date"), drawn),
        "chart-mixed-units": len(charts),
        "quantity-out-of-order": found.many(*(f"evidence.{name}" for name in QUANTITIES), kinds=["claims"]),
    }


def of_the_site(settings, site):
    pages = [path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))]
    return {
        "low-contrast": pairs_of(settings.get("colours", {})),
        "unknown-place": len(settings.get("navigation", [])),
        "bad-licence": int("licence" in settings),
        "nowhere-to-challenge": int(settings.get("challenges") == "issues"),
        "broken-link": sum(len(Links(page).found) for page in pages),
        "duplicate-anchor": sum(len(set(re.findall(r'<[a-z0-9]+[^<>]* id="([^"]*)"', page))) for page in pages),
    }


TEXTS_LOOKED_AT = ("markup-in-plain-text", "tracking-parameter", "two-identifiers")
"""Checks of words and numbers wherever they stand: how many there are, their own tests know."""


def own_texts(content):
    """How many texts of the site a ledger replaces."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in content.glob("texts.yml")]
    return sum(len(named) for groups in files for named in groups.values())


def pairs_of(colours):
    """How many pairs of a text and a ground some colours change: of six texts and two grounds, in two themes."""
    grounds = len(colours.keys() & {"paper", "panel"})
    texts = len(colours.keys() & {"ink", "soft", "link"})
    return 2 * (6 * 2 - (6 - texts) * (2 - grounds))


def build(content, output):
    report = engine.build(Options(content=content, output=output))
    assert report.published, report.problems
    return counted(report)


def counted(report):
    return {name: many for name, many in report.examined if name not in TEXTS_LOOKED_AT}


@pytest.fixture
def small(tmp_path):
    lay_over_base(tmp_path / "content", blocks_in(ONE_OF_EVERYTHING))
    (tmp_path / "public").mkdir()
    (tmp_path / "public/CNAME").write_text("bend.example.org\n", encoding="utf-8")
    return tmp_path / "content"


def test_small_site(small, tmp_path):
    examined = build(small, tmp_path / "output")
    assert examined == existing(small, tmp_path / "output")
    assert min(examined.values()) > 0


def test_content_of_the_repository(flagship_folder):
    report = engine.check(Options(content=FLAGSHIP, output=Path("nowhere"), cache=False))
    assert counted(report) == existing(FLAGSHIP, flagship_folder)


def test_every_check_reports_once(small, tmp_path):
    report = engine.check(Options(content=small, output=tmp_path / "output"))
    assert [check for check, _ in report.examined] == [*READING_CHECKS, *IDS, *public.CHECKS, *SITE_IDS]


def test_checks_that_need_every_file_say_that_they_did_not_run(small, tmp_path):
    (small / "claims" / "z.yml").write_bytes(b"statement: [")
    report = engine.check(Options(content=small, output=tmp_path / "output"))
    waiting = {check for check, items in report.examined if items is None}
    assert waiting == {check.id for check in CHECKS if check.needs_every_file}
    assert waiting
