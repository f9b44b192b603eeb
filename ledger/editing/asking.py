"""What is worth asking of a new record, in which order, and what is like what somebody typed.

In: a kind's models. Out: for each model the fields that are asked for; near matches among what can be chosen.
"""

from collections.abc import Mapping, Sequence

from ledger.editing.answers import Model, fields_in
from ledger.editing.trial import Choice
from ledger.naming import Names, plain_letters
from ledger.records import (
    Attestation,
    BearsOn,
    Chart,
    Claim,
    Controversy,
    Evidence,
    Position,
    Proponent,
    Source,
    Stance,
)

ASKED: Mapping[Model, tuple[str, ...]] = {
    Controversy: ("thread",),
    Position: ("label",),
    Claim: ("bears_on", "evidence"),
    BearsOn: ("why",),
    Evidence: ("locator", "directness", "basis"),
    Source: ("url",),
    Proponent: ("summary", "stances"),
    Stance: ("attested",),
    Attestation: ("shows",),
    Chart: ("items",),
}
"""What is asked for beside the required fields."""
NEEDED = ("attested",)
"""Lists that may be empty in a file, but not in one that the checks accept."""
WHY: Mapping[str, str] = {
    "bears_on": "without a position, the claim is on no page of a controversy",
    "evidence": "until there is some, `ledger check` refuses a claim about facts",
    "stances": "without a stance, a source or an event, nothing leads to this proponent",
    "items": "a chart draws the figures of these",
}
"""Why an optional list is asked for."""
NEXT: Mapping[str, str] = {
    "thread": "ledger new controversy",
    "controversy": "ledger new position, once for each answer: there must be two or more",
    "position": "ledger new position for the other answers, then ledger new claim",
    "claim": "ledger new claim for the next one, or ledger serve to see the page",
    "source": "cite it in a claim's evidence: ledger new claim",
    "proponent": "name them as the author of their sources: ledger link-authors",
    "event": "ledger serve, to see it on the timeline",
    "chart": "ledger serve, to see it drawn",
    "term": "ledger serve, to see it on the pages that use the word",
    "challenge": "ledger serve, to see it on the page of what it challenges",
    "page": "write its text below `body: |` in the file",
}
"""What one does after a record of a kind."""
SHOWN = 9
"""So many choices are listed at once."""


def asked_of(model: Model) -> list[str]:
    """The names of the fields that are asked for, in the order of the model."""
    more = ASKED.get(model, ())
    return [name for name, field in fields_in(model).items() if field.is_required() or name in more]


def like(words: str, choices: Sequence[Choice]) -> list[Choice]:
    """What has all the words in its id or title; failing that, what has an id like them."""
    wanted = plain_letters(words).split()
    found = [one for one in choices if all(word in plain_letters(" ".join(one)) for word in wanted)]
    if not found:
        near = set(_close(words, [id_ for id_, _ in choices]))
        found = [one for one in choices if one[0] in near]
    return found[:SHOWN]


def _close(words: str, ids: Sequence[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    return get_close_matches(words.casefold(), Names(list(ids)).like(words), n=SHOWN, cutoff=0.6)
