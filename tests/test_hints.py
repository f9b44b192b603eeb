"""What is said to slips that people make who know other formats: a hint names what to write, at the right place."""

import pytest
from making import CLAIM, EVIDENCE, SOURCE, ledger_of

from ledger import checks, files, loading
from ledger.files import TextFile
from ledger.query.lexer import InvalidQuery, as_text
from ledger.query.parser import parse

A_SOURCE = ("authors: unknown", "derived_from: unknown")


JANE = "write `- literal: Jane Doe`, or `family: …` and `given: …`"
NOTHING = "write `[]` if it was traced and nothing is behind it, or `unknown`"
STRAIGHT = "put the whole value in straight quotes"


def source(field: str, value: str) -> str:
    """The usual source with another value of a field."""
    old = next(one for one in A_SOURCE if one.startswith(field))
    return SOURCE.replace(old, f"{field}:{value}")


@pytest.mark.parametrize(
    ("path", "text", "line", "hint"),
    [
        ("sources/s.yml", source("derived_from", " none"), 6, NOTHING),
        ("sources/s.yml", source("derived_from", " Nothing."), 6, NOTHING),
        ("sources/s.yml", source("derived_from", "\n  - kaplan"), 7, "write `- source: kaplan`"),
        ("sources/s.yml", source("authors", " n/a"), 3, "write `unknown`"),
        ("sources/s.yml", source("authors", " Jane Doe"), 3, JANE),
        ("sources/s.yml", source("authors", "\n  - Jane Doe"), 4, JANE),
        ("sources/s.yml", SOURCE + "tags: none\n", 7, "leave the field out"),
        ("sources/s.yml", SOURCE + "tags: maps\n", 7, "as `- maps`"),
        ("sources/s.yml", SOURCE + "interests:\n  - Money.\n", 8, "write `- note: Money.`"),
        ("claims/x.yml", CLAIM + "bears_on:\n  - c-a\n", 4, "write `- position: c-a`"),
        ("claims/x.yml", CLAIM + "evidence:\n  - s\n", 4, "write `- source: s`"),
        ("proponents/p.yml", "name: A\ntype: person\naffiliations:\n  - MIT\n", 4, "write `- name: MIT`"),
        # names of fields that are others here
        ("sources/s.yml", SOURCE + "version: 2\n", 7, "`csl: {version: …}`"),
        ("sources/s.yml", SOURCE + "editors: A. B.\n", 7, "`csl: {editor: …}`"),
        ("sources/s.yml", SOURCE + "edition: 2\n", 7, "`csl: {edition: …}`"),
        ("sources/s.yml", SOURCE + "place: Rome\n", 7, "`csl: {publisher-place: …}`"),
        ("sources/s.yml", SOURCE + "issn: 1\n", 7, "`csl: {ISSN: …}`"),
        ("sources/s.yml", SOURCE + "journal: Tides\n", 7, "did you mean 'container_title'?"),
        ("sources/s.yml", SOURCE + "year: 1999\n", 7, "did you mean 'issued'?"),
        ("claims/x.yml", CLAIM + "title: T\n", 3, "did you mean 'statement'?"),
        ("claims/x.yml", CLAIM + EVIDENCE.replace("relation", "effect"), 3, "did you mean 'relation'?"),
        # what is missing
        ("site.yml", "title: T\n", 1, "add a line `format: 1`"),
        ("claims/x.yml", "statement: S.\n", 1, "one of: empirical, predictive"),
        ("sources/s.yml", "type: report\n", 1, "add a line `authors: …`; it is a list, or the word `unknown`"),
        ("claims/x.yml", "statement: S.\ntype:\n", 2, "write its value after `type:`; it is one of: empirical"),
        # words of a choice that are others here
        ("sources/s.yml", SOURCE.replace("type: report", "type: preprint"), 1, "did you mean 'article'?"),
        ("sources/s.yml", SOURCE.replace("report", "Journal Article"), 1, "did you mean 'article-journal'?"),
        ("claims/x.yml", CLAIM + EVIDENCE.replace("supports", "refutes"), 3, "did you mean 'disputes'?"),
        # dates in other forms
        *(
            ("sources/s.yml", SOURCE.replace("1999", written), 4, f"did you mean '{meant}'?")
            for written, meant in (
                ("23.1.1999", "1999-01-23"), ("1999-1-3", "1999-01-03"), ("1999/01/23", "1999-01-23"),
                ("19990123", "1999-01-23"), ("1999-01-23T10:00", "1999-01-23"), ("1999-2", "1999-02"),
                ("1998–1999", "1998/1999"), ("c. 1999", "1999~"),
            )
        ),
        ("sources/s.yml", SOURCE.replace("1999", "1/2/1999"), 4, "accepted: 2020"),
        ("sources/s.yml", SOURCE.replace("1999", "1999-02-30"), 4, "accepted: 2020"),
        ("sources/s.yml", SOURCE + "added: 1998-1999\n", 7, "accepted: 2020"),
        # entries of lists
        ("claims/x.yml", CLAIM + "tags:\n  -a\n  -b\n", 4, "as `- a`"),
        ("claims/x.yml", CLAIM + "tags:\n  • a b\n", 4, "as `- a b`"),
        ("claims/x.yml", CLAIM + "tags: a, b\n", 3, "write `tags: [a, b]`"),
        ("claims/x.yml", CLAIM + "tags:\n  * a\n", 4, "begin it with `- `"),
        ("claims/x.yml", CLAIM + EVIDENCE.replace("source: s", "source: [[s]]"), 3, "write `source: s` if it is an id"),
        # signs that only look like YAML's
        ("claims/x.yml", "statement: “It moves: a lot”\ntype: empirical\n", 1, STRAIGHT),
        ("claims/x.yml", "statement: „It moves: so“\ntype: empirical\n", 1, STRAIGHT),
        ("claims/x.yml", "statement: **Surely** it moves.\ntype: empirical\n", 1, "leave them out; only `body`"),
        ("claims/x.yml", "statement: «It: so»\ntype: empirical\n", 1, STRAIGHT),
        ("claims/x.yml", "statement: It moves.\ntype： empirical\n", 2, "write an ordinary colon"),
        ("claims/x.yml", CLAIM + "tags:\n  – a\n  – b: c\n", 5, "begin an item of a list with `- `"),
    ],
)  # fmt: skip
def test_a_hint_names_what_to_write(path, text, line, hint):
    _, found = loading.load_record(TextFile(path, text))
    assert [problem for problem in found if problem.span.line == line and hint in problem.hint], found


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("New Claim.yaml", "did you mean 'new-claim.yml'?"),
        ("Foo.YML", "did you mean 'foo.yml'?"),
        ("Übung_2.yaml", "did you mean 'ubung-2.yml'?"),
        ("a.MD", "did you mean 'a.md'?"),
        ("a.Markdown", "did you mean 'a.md'?"),
        ("日本.yaml", "a record's file has a name of a-z, 0-9 and hyphens"),
        *(
            (f"fig.{ending}", "a picture cannot be kept here: link to it")
            for ending in ("png", "JPG", "svg", "webp", "tiff")
        ),
        ("talk.mp4", "a recording cannot be kept here"),
        ("refs.bib", "bring it in with `ledger import`"),
        ("paper.pdf", "`ledger snapshot`"),
        ("x.yml.orig", "left over"),
        ("x.yml.txt", "did you mean 'x.yml'?"),
        ("x", "a record's file ends in .yml or .md"),
    ],
)
def test_a_file_of_another_sort_is_told_where_it_belongs(name, hint):
    assert files.stray(f"claims/{name}").startswith(hint) or hint in files.stray(f"claims/{name}")


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"claims/x.yml": CLAIM + EVIDENCE + "scope: See [@s; @b].\n"}, "cite one work at a time: [@s] [@b]"),
        ({"claims/x.yml": CLAIM + EVIDENCE + "scope: See [@s, @s].\n"}, "cite one work at a time: [@s] [@s]"),
        ({"claims/x.yml": CLAIM + EVIDENCE + "body: See [@s; b, p. 3].\n"}, "cite one work at a time: [@s] [@b, p. 3]"),
        (
            {"claims/x.yml": CLAIM + EVIDENCE + "scope: See [@s p. 3].\n"},
            "put a comma before the place in the source: [@s, p. 3]",
        ),
        ({"claims/x.yml": CLAIM + EVIDENCE.replace("source: s", "source: claims\\s.yml")}, "did you mean 's'?"),
        ({"sources/t.yml": SOURCE + "doi: https://doi.org/10.1000/x1\n"}, "write 10.1000/x1"),
    ],
)
def test_a_reference_or_an_identifier_is_told_its_form(more, hint):
    ledger = ledger_of({"sources/s.yml": SOURCE, "claims/y.yml": CLAIM + EVIDENCE, **more})
    assert hint in [problem.hint for problem in checks.run(ledger)]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("events where published > 2015", "the date of events is `date`; or write `events since 2016`"),
        ("claims order by year", "the date of claims is `added`"),
        ("sources where author = hook", "write `sources by hook`"),
        ("claims where source = s", "write `claims with evidence from s`"),
        ("controversies where claims > 3", "write `controversies of ID`"),
        ("sources where journal contains tides", "did you mean `container_title`?"),
        ("sources where doi", "`is empty` or `is not empty`"),
        ("sources where tier high", "`is empty` or `is not empty`"),
    ],
)
def test_a_query_is_told_what_says_it(query, hint):
    with pytest.raises(InvalidQuery) as caught:
        parse(query)
    assert hint in as_text(caught.value.problem, query)
