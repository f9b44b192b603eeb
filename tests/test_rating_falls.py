"""What goes together: what falls with a retraction, what is left out with a work. Small ledgers, reckoned by hand."""

from hashlib import sha256

from rating_ledgers import LOOKED, item, ledger, rating, second_hand, source

from ledger.analysis import results

RETRACTED = {"status": "retracted", "status_date": "2026-01-05"}
USES = {"how": "uses-data"}


def test_data_that_stand_on_fallen_data_fall_too():
    made = {
        "counts": source(tier="dataset", **RETRACTED),
        "table": source(tier="dataset", derived_from=[{"source": "counts", **USES}]),
        "study": source(derived_from=[{"source": "table", **USES}]),
    }
    assert rating(ledger(made, [item("study")], searches=[LOOKED])).not_rated == "no evidence"


def test_every_earlier_version_of_a_retracted_work_falls():
    made = {"draft": source(version_of="preprint"), "preprint": source(version_of="article")}
    made["article"] = source(**RETRACTED)
    assert rating(ledger(made, [item("draft")], searches=[LOOKED])).not_rated == "no evidence"


def test_only_the_outcome_of_a_prediction_decides():
    held = {"condition": "C.", "outcome": "held"}
    found = rating(ledger({"p": source()}, [item("p")], searches=[LOOKED], resolution=held))
    assert (found.decided, found.verdict) == (False, "perhaps-true")


def without(found, name):
    return next(mark.verdict for mark in results.strip(found, "k") if mark.without == name)


def test_a_work_is_no_longer_repeated_where_what_repeats_it_is_left_out():
    # Strong, seen and repeated: medium evidence. The repetition is weak itself, and without it p is one strong work.
    made = {"p": source(), "r": second_hand(("replicates", "p"))}
    found = ledger(made, [item("p"), item("r", consulted="memory")], searches=[LOOKED])
    assert rating(found).verdict == "probably-true"
    assert without(found, "r") == "perhaps-true"


def test_what_is_tied_to_a_work_is_left_out_with_it_and_what_is_tied_to_that_is_not():
    # What a reports of p and q is tied to p, and n is tied to that by the author of q.
    made = {
        "p": source(),
        "q": source(authors=[{"literal": "Q"}]),
        "a": second_hand(("reports", "p"), ("reports", "q"), tier="reporting"),
        "n": source(authors=[{"literal": "Q"}]),
    }
    items = [item("p", relation="disputes"), item("a", basis="reporting"), item("n")]
    found = ledger(made, items, searches=[LOOKED])
    assert [mark.without for mark in results.strip(found, "k") if mark.without] == ["n", "p"]
    assert without(found, "p") == "perhaps-true"


def test_two_versions_of_a_data_set_are_the_same_data():
    made = {
        "edition-1": source(tier="dataset", version_of="edition-2"),
        "edition-2": source(tier="dataset"),
        "m": source(derived_from=[{"source": "edition-1", **USES}]),
        "n": source(derived_from=[{"source": "edition-2", **USES}]),
    }
    found = rating(ledger(made, [item("m"), item("n")], searches=[LOOKED]))
    assert (found.counts.teams, found.counts.datasets, found.verdict) == (1, 1, "perhaps-true")


def test_a_rival_is_not_hurt_by_a_quote_that_is_not_found():
    rival = {"id": "e1", **item("q", about_rival="k", quote="words that are not there")}
    other = {"statement": "J.", "type": "empirical", "added": "2026-01-10", "evidence": [rival]}
    text = "Quite another text.\n"
    read = {"sha256": sha256(text.encode()).hexdigest(), "captured": "2026-01-10"}
    more, texts = {"claims/j.yml": other, "snapshots/q.yml": read}, {"snapshots/q.txt": text}
    made = {"p": source(), "q": source()}
    found = rating(ledger(made, [item("p")], more=more, texts=texts, searches=[LOOKED]))
    assert (found.verdict, found.items[1].counts) == ("perhaps-true", "quote not found")
