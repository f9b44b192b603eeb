"""What readers type finds what they look for, in the flagship: `search_questions.yml`."""

import re
from functools import cache

import pytest
import yaml
from finding import Answer, answers
from making import FLAGSHIP, HERE, ledger_at

from ledger import texts

pytestmark = [pytest.mark.content, pytest.mark.needs("node")]

QUESTIONS = {
    one["asked"]: f"{one['first']}.html"
    for one in yaml.safe_load((HERE / "search_questions.yml").read_text(encoding="utf-8"))
}
SILENT = frozenset(" ".join((texts.say("search_language.stops"), texts.say("search_language.asking"))).split())


@cache
def answered() -> dict[str, Answer]:
    return dict(zip(QUESTIONS, answers(ledger_at(FLAGSHIP), QUESTIONS), strict=True))


def telling(text: str) -> set[str]:
    """The words of a text that say something, in lower case."""
    return set(re.findall(r"\w+", text.casefold())) - SILENT


def alike(one: str, other: str) -> bool:
    """Whether two words may be forms of the same."""
    return one.startswith(other) or other.startswith(one) or (len(one) > 4 and one[:5] == other[:5])


@pytest.mark.parametrize("asked", QUESTIONS)
def test_the_page_that_answers_a_question_comes_first(asked: str):
    assert answered()[asked].urls[:1] == (QUESTIONS[asked],)


def test_there_are_forty_questions_and_fifteen_share_no_word_with_the_title_that_they_find():
    apart = [
        asked
        for asked, answer in answered().items()
        if not any(
            alike(one, other) for one in telling(asked) for other in telling(re.sub(r"[][]", "", answer.marked[0]))
        )
    ]
    assert len(QUESTIONS) >= 40
    assert len(apart) >= 15, apart
