"""The method on one page: what counts once, grades, levels, verdicts and choices, from the tables of the code itself.

In: a ledger seen from the page. Out: tables in words. The texts between them are data.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby

from ledger import texts
from ledger.analysis.grades import FAMILIES, TYPES, Choices, every_reason
from ledger.analysis.strip import ALTERNATIVES
from ledger.analysis.verdicts import LEVELS, LIMITED, MEDIUM, ROBUST, WEAK, WORDS, balance
from ledger.context import PageContext
from ledger.rating_words import reason_words
from ledger.views import View

PAGE = "method"
"""The id of the page that says how the ledger is made."""
CHOICES = Choices()
STRONGER = (ROBUST, MEDIUM, LIMITED, WEAK)
OTHER = (WEAK, LIMITED, MEDIUM, ROBUST)
NOTED: Mapping[tuple[str, str], str] = {("basis", "commentary"): "commentary", ("status", "corrected"): "corrected"}
"""Reasons with an exception that no type of claim explains → the text that says it."""


def view_method(context: PageContext) -> View:
    """Everything on the page."""
    card, settings = context.ledger.card(PAGE), context.ledger.settings
    added, every = (one.says for one in settings.strip), settings.review_every_days
    return View(
        # Question → the reasons of that family.
        reasons=tuple((texts.say(f"family.{family}"), tuple(rows)) for family, rows in _reasons()),
        # Level → what it takes, the highest first.
        levels=tuple((texts.say(f"level.{level}"), texts.say(f"level_takes.{level}")) for level in reversed(LEVELS)),
        others=(texts.say("method.none_or_weak"), *(texts.say(f"level.{LEVELS[at]}") for at in OTHER[1:])),
        # Level of the stronger side → the verdict at each level of the other side; empty where that would be stronger.
        verdicts=tuple((texts.say(f"level.{LEVELS[at]}"), tuple(_verdicts(at))) for at in STRONGER),
        # The choices that are made otherwise, those of the site last.
        alternatives=(*(texts.say(f"alternative.{one}") for one, _ in ALTERNATIVES), texts.say("without.any"), *added),
        # How long a search counts.
        looked=texts.say("method.looked", days=int(every * settings.search_periods)) if every is not None else "",
        # The page of prose that says how the ledger is made; empty where there is none.
        page=card.id if card and card.kind == "page" else "",
    )


def _reasons() -> Iterator[tuple[str, Iterator[View]]]:
    """Every reason of the method, by family, in the order of the words for them."""
    found, order = every_reason(CHOICES), [(of, why) for of in FAMILIES for why in texts.Group(f"grade_{of}")]
    keys = sorted(found, key=lambda key: (FAMILIES.index(key[0]), order.index(key)))
    for family, several in groupby(keys, key=lambda key: key[0]):
        yield family, (_row(key, [found[key][type_] for type_ in TYPES]) for key in several)


def _row(key: tuple[str, str], steps: list[frozenset[int]]) -> View:
    """A reason, how many steps down it causes, and for which claims or cases that differs."""
    usual, *others = (_steps(of) for of in steps)
    differing = [
        texts.say(f"grade_unless.{type_}", steps=of) for type_, of in zip(TYPES[1:], others, strict=True) if of != usual
    ]
    note = texts.say(f"grade_unless.{NOTED[key]}") if key in NOTED else ""
    return View(why=reason_words(*key), steps=usual, unless="; ".join(filter(None, (*differing, note))))


def _steps(found: frozenset[int]) -> str:
    return texts.listed([texts.in_words(steps) for steps in sorted(found)], "or") or texts.say("method.no_step")


def _verdicts(stronger: int) -> Iterator[str]:
    """The verdicts with the stronger side for the claim."""
    for other in OTHER:
        yield texts.say(f"verdict.{WORDS[balance(stronger, other)]}") if other <= stronger else ""
