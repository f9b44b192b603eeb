"""A report is no better than what it reports."""

from typing import Any

from rating_ledgers import item, ledger, rating, retold, source

from ledger.analysis import results
from ledger.rating_words import grade_words

POST = {"tier": "social"}
PRESS_RELEASE = {"tier": "official-statement"}


def grade(sources: dict[str, Any], *items: dict[str, Any], **claim: Any) -> list[str]:
    return [grade_words(one) for one in rating(ledger(sources, list(items), **claim)).items]


def report(how: str = "reports", *of: str) -> dict[str, Any]:
    return retold(*((how, id_) for id_ in of or ("p",)))


REPORTED = item("r", basis="reporting")


def test_a_report_of_a_study_is_moderate():
    assert grade({"p": source(), "r": report()}, REPORTED) == ["moderate evidence: it is reporting"]


def test_a_report_of_an_announcement_is_as_weak_as_the_announcement():
    made = grade({"p": source(**PRESS_RELEASE), "r": report()}, REPORTED)
    assert made == ["weak evidence: it is reporting and it goes back to an official statement"]
    assert grade({"p": source(**POST), "r": report()}, REPORTED) == [
        "weak evidence: it goes back to a post on social media (two steps)"
    ]


def test_a_report_of_a_work_under_concern_says_so():
    of_concern = source(status="concern", status_date="2026-01-05")
    assert grade({"p": of_concern, "r": report()}, REPORTED) == [
        "weak evidence: it is reporting and it goes back to a source under an expression of concern"
    ]


def test_the_interest_of_an_author_goes_along_with_what_is_retold():
    interested = source(interests=[{"note": "It sells maps."}])
    assert grade({"p": interested, "r": report()}, REPORTED) == [
        "weak evidence: it is reporting and it goes back to somebody with an interest in the matter"
    ]


def test_of_several_works_that_are_retold_the_best_counts():
    both = {"p": source(), "q": source(**POST), "r": report("reports", "p", "q")}
    assert grade(both, REPORTED) == ["moderate evidence: it is reporting"]


def test_the_speakers_own_words_stay_theirs_when_reported():
    files = {"p": source(**PRESS_RELEASE, authors=[{"literal": "Elm", "proponent": "elm"}]), "r": report()}
    made = ledger(files, [REPORTED], type="historical", about=["elm"], more={"proponents/elm.yml": ELM})
    assert [grade_words(one) for one in results.rating(made, "k").items] == ["moderate evidence: it is reporting"]


ELM = {"name": "Elm", "type": "organisation"}


def test_without_the_better_work_a_report_falls_back_on_the_worse():
    both = {"p": source(), "q": source(**POST), "r": report("reports", "p", "q")}
    found = results.if_retracted(ledger(both, [REPORTED]), "p").claims
    assert [(change.before.range, change.after.verdict) for change in found] == [(("open", "perhaps-true"), "open")]


def test_a_primary_document_of_an_act_is_no_mere_statement():
    said = item("p", basis="statement")
    assert grade({"p": source(tier="primary-document")}, said, type="historical") == ["strong evidence"]
    assert grade({"p": source()}, said, type="historical") == ["moderate evidence: it is a statement, not a finding"]
