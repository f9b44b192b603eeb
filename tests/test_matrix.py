"""Claims by positions: the table, its order, and its words."""

from making import CLAIM, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger import words
from ledger.strength import evidence_words
from ledger.views.matrix import Matrix, view_matrix

FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\nrests_on: [one, both]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrejects: [both]\n",
    "claims/one.yml": CLAIM,
    "claims/both.yml": CLAIM,
    "claims/counts.yml": CLAIM
    + "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n",
    "claims/apart.yml": CLAIM,
    "sources/s.yml": SOURCE,
    "sources/t.yml": SOURCE,
}


def matrix(files: dict[str, str], *, limit: int | None = None) -> Matrix:
    ledger = ledger_of(files)
    return view_matrix(seen_from(ledger, "controversies/c/matrix.html"), ledger.records["c"], limit=limit)


def table(view: Matrix) -> dict[str, list[list[str]]]:
    return {
        row.claim.id: [[words.WAYS[way] for way in cell] for cell in row.cells]
        for _, rows in view.groups
        for row in rows
    }


def test_each_cell_says_what_the_claim_does_to_the_position():
    assert table(matrix(FILES)) == {
        "both": [["rests on it"], ["rejects it"]],
        "counts": [["counts for"], ["counts against"]],
        "one": [["rests on it"], []],
    }


def test_claims_that_touch_more_positions_come_first_under_a_heading_of_their_own():
    view = matrix(FILES)
    assert [(heading, [row.claim.id for row in rows]) for heading, rows in view.groups] == [
        ("Claims that matter to two positions", ["both", "counts"]),
        ("Claims that matter to one position", ["one"]),
    ]
    assert [(column.fields.letter, column.fields.label) for column in view.columns] == [("A", "Late"), ("B", None)]


def test_a_short_table_says_how_much_it_leaves_out():
    view = matrix(FILES, limit=1)
    assert (list(table(view)), view.more) == (["both"], "Two more claims are in the full table.")
    assert matrix(FILES).more == ""


def evidence(*pairs: tuple[str, str]) -> str:
    item = "  - {{id: e{}, source: {}, relation: {}, shows: A gap., consulted: memory}}\n"
    items = "".join(item.format(at, *pair) for at, pair in enumerate(pairs))
    return f"evidence:\n{items}" if items else ""


def said(*pairs: tuple[str, str]) -> str:
    ledger = ledger_of(FILES | {"claims/one.yml": CLAIM + evidence(*pairs)})
    return evidence_words(ledger, ledger.records["one"])


def test_a_count_of_sources_never_stands_alone():
    assert said() == "no evidence recorded"
    assert said(("s", "mentions")) == "no evidence recorded"
    assert said(("s", "supports")) == "one source for, none against"
    assert said(("s", "disputes")) == "no source for, one against"
    assert said(("s", "supports"), ("t", "supports"), ("t", "disputes")) == "two sources for, one against"
    assert said(("s", "supports"), ("t", "qualifies")) == "one source for, none against, one qualifies it"


def test_two_items_of_one_source_are_one_source():
    assert said(("s", "supports"), ("s", "supports")) == "one source for, none against"


def test_the_newest_rating_stands_with_the_evidence():
    rated = "assessments: [{rating: low, by: ann, date: 1999, why: W.}, {rating: high, by: ann, date: 2000, why: W.}]\n"
    (row,) = (
        row
        for _, rows in matrix(FILES | {"claims/one.yml": CLAIM + rated}).groups
        for row in rows
        if row.claim.id == "one"
    )
    assert (row.rating, row.rating_words, row.evidence) == ("high", "leans right", "no evidence recorded")


def test_the_page_has_a_table_with_scopes_and_a_caption():
    page = site_of(ledger_of(FILES))["controversies/c/matrix.html"].decode()
    assert page.count("<caption>") == 1
    assert page.count('scope="col"') == 3
    assert page.count('scope="row"') == 3
    assert page.count('scope="rowgroup"') == 2


def test_the_controversy_shows_the_first_claims_and_leads_to_the_further_pages():
    site = site_of(ledger_of(FILES))
    page = Reader(site["controversies/c.html"].decode())
    assert {"c/map.html", "c/matrix.html", "c/timeline.html"} <= set(page.links)
    assert "counts against" in page.text


def test_a_controversy_without_claims_says_so():
    page = Reader(
        site_of(ledger_of({"controversies/c.yml": FILES["controversies/c.yml"]}))[
            "controversies/c/matrix.html"
        ].decode()
    )
    assert "No claim is tied to a position yet." in page.text
