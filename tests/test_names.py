"""Names as people type them: which part is the family name, and what is no person's name."""

import pytest

from ledger.importers.names import read_name, read_names


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Jane Doe", "Doe", "Jane"),
        ("Doe, Jane", "Doe", "Jane"),
        ("  Jane  A.  Doe ", "Doe", "Jane A."),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("María de la Cruz", "de la Cruz", "María"),
        ("Martin Luther King Jr.", "King Jr.", "Martin Luther"),
        ("García Márquez, Gabriel", "García Márquez", "Gabriel"),
        ("J. Doe", "Doe", "J."),
        ("Иван Петров", "Петров", "Иван"),
        ("Van Morrison", "Morrison", "Van"),
    ],
)
def test_persons(text: str, family: str, given: str):
    assert read_name(text).parts == {"family": family, "given": given}


@pytest.mark.parametrize(
    "text",
    [
        "OpenAI", "Epoch AI", "The Royal Society", "University of Oxford", "Acme, Inc.", "Department of Health, London",
        "Bank for International Settlements", "Doe & Sons", "@janedoe", "user_17", "村上春樹", "Stiftung Warentest",
    ],
)  # fmt: skip
def test_what_is_no_persons_name_stays_as_it_is(text: str):
    assert read_name(text).parts == {"literal": text}


def test_braces_say_that_a_name_has_no_parts():
    assert read_name("{Ars Technica}") == ({"literal": "Ars Technica"}, False)
    assert read_name("Ars Technica").is_guess


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kaplan, Jared; OpenAI", ["Kaplan Jared", "OpenAI"]),
        ("Jane Doe and Max Roe", ["Doe Jane", "Roe Max"]),
        ("Jane Doe, Ann Poe & Max Roe", ["Doe Jane", "Poe Ann", "Roe Max"]),
        ("Centre for Food and Farming", ["Centre for Food and Farming"]),
        ("Jane Doe;", ["Doe Jane"]),
        ("Doe, Jane and Roe, Max", ["Doe Jane", "Roe Max"]),
        ("Doe, J., Roe, M. and Poe, A.", ["Doe J.", "Roe M.", "Poe A."]),
        ("Doe J, Roe MX", ["Doe J", "Roe MX"]),
        ("Centre for Food, Farming and Fish", ["Centre for Food, Farming and Fish"]),
    ],
)
def test_several(text: str, names: list[str]):
    assert [" ".join(one.parts.values()) for one in read_names(text)] == names


def test_commas_that_may_mean_two_things_are_refused():
    with pytest.raises(ValueError, match="separate authors by semicolons"):
        read_names("Doe, Jane, Roe, Max")
