"""The page of what a claim said before: the words of then, the verdict, what has changed since and why.

In: what git has of a claim under a hash, seen from its page. Out: what the page shows. All of it was written by whoever
committed it: texts are shown as those of any record are, and the subjects of commits as plain words.
"""

from collections.abc import Iterator
from itertools import groupby, islice
from posixpath import commonprefix

from ledger import rating_words, texts, urls
from ledger.analysis.differences import FieldChange, differences
from ledger.analysis.wording import cited_of, wording_of
from ledger.context import PageContext, RecordRef
from ledger.dates import parse_date
from ledger.diagnostics import visible
from ledger.records import Claim, Evidence
from ledger.views import View
from ledger.views.paging import left_out
from ledger.wordings import Commit, Then, Wording

LONG_STATEMENT = 240
"""How many characters a statement has at most in large letters."""
SHOWN = dict.fromkeys(("", "shows", "quote", "locator", "limits", "why"), "") | {
    "relation": "effect",
    "consulted": "consulted",
    "rating": "claim_rating",
}
"""What is shown as it was and is, with the texts for a word of the records; of other fields, that they have changed."""
MOST_ROWS = 60
"""As many things that have changed are shown."""
AROUND, LONGEST = 12, 120
"""As many words are shown on each side of those that have changed, and as many of these."""
SUBJECT = 200
"""As many signs of a commit's subject are shown."""
MOST_EARLIER = 100
"""As many of the newest wordings of a claim are listed."""
COMMITS = 20
"""As many of the newest commits are shown."""


def view_wording(context: PageContext, claim: str, then: Then) -> View:
    """Everything on the page of an earlier wording; `claim` is the last id that the claim had."""
    wording, why, card = then.wording, then.why, context.ledger.card(claim)
    fields = wording.record.fields
    others = view_earlier(context, claim)
    changes = list(_changes(context, wording, card.id)) if card else []
    left = wording.more + max(len(wording.changes) - COMMITS, 0)
    return View(
        fields=fields,
        # Whether the statement is too long for large letters.
        long=len(fields.statement) > LONG_STATEMENT,
        hash=wording.hash,
        # The claim as it is; None if it is gone.
        now=context.ref(card.id) if card else None,
        # From when to when it said so, in sentences.
        when=tuple(_when(wording)),
        verdict=rating_words.verdict_sentence(rating_words.short_rating(then.verdict)) if then.verdict else "",
        # Of what the verdict is, or why there is none.
        computed=texts.say("was.printed" if then.is_printed else f"was_unrated.{why}" if why else "was.computed"),
        changes=tuple(changes[:MOST_ROWS]),
        more_changes=left_out("was.more_changes", len(changes) - MOST_ROWS),
        # The day, the name in short and the subject of each commit since, the newest first.
        commits=tuple(map(_commit, reversed(wording.changes[-COMMITS:]))),
        more_commits=left_out("was.more_commits", left),
        # Each with a link to its source, if that is still there.
        items=tuple((one, _source(context, one)) for one in fields.evidence[: urls.PARTS]),
        # All earlier wordings of the claim, this one among them; none where it is the only one.
        others=others if len(others) > 1 else (),
    )


def _source(context: PageContext, item: Evidence) -> RecordRef | None:
    card = context.ledger.card(item.source)
    return context.ref(card.id) if card and card.kind == "source" else None


# When


def _when(wording: Wording) -> Iterator[str]:
    if wording.is_merged:
        yield texts.say("was.merged")
        return
    start = _day(wording.since)
    if wording.is_oldest:
        yield texts.say("was.oldest", date=start)
    end = {"end": _day(wording.until)} if wording.until else {}
    yield texts.say("was.from_to" if end else "was.since", start=start, **end)
    if wording.times > 1:
        yield texts.say("was.times", count=wording.times)


def view_earlier(context: PageContext, claim: str) -> tuple[View, ...]:
    """The earlier wordings of a claim that have pages, the newest first."""
    said = [one.wording for one in context.ledger.said_before(claim)]
    now = wording_of(context.ledger, claim) if said and context.ledger.card(claim) else ""
    others = islice((one for one in said if one.hash != now), MOST_EARLIER)
    # Where each is shown, since when it was said, and its hash.
    return tuple(
        View(address=urls.wording(one.record.id, one.hash), day=_day(one.since), hash=one.hash) for one in others
    )


def _day(commit: Commit | None) -> str:
    """The day of a commit in words; one that is no date as it is."""
    try:
        return texts.day(parse_date(commit.day)) if commit else ""
    except ValueError:
        return visible(commit.day) if commit else ""


def _commit(one: Commit) -> tuple[str, str, str]:
    subject = visible(" ".join(one.subject.split()))
    return _day(one), one.name[:10], subject if len(subject) <= SUBJECT else subject[: SUBJECT - 1] + "…"


# What has changed since


def _changes(context: PageContext, wording: Wording, claim: str) -> Iterator[View]:
    """What is no longer as it was, thing by thing."""
    records = (wording.record, context.ledger.record(Claim, claim))
    items = {item.id: item for one in reversed(records) for item in one.fields.evidence}
    before, after = ({"rating": {}} | cited_of(one.authored()) for one in records)
    for (thing, id_), changes in groupby(differences(before, after), _thing):
        item = items.get(id_)
        yield _changed(context, thing, item, [(_field(one), one) for one in changes])


def _thing(one: FieldChange) -> tuple[str, str]:
    """`evidence e3 shows` is of the item e3, `rating why` of the rating."""
    thing, _, rest = one.field.partition(" ")
    return thing, rest.partition(" ")[0] if thing == "evidence" else ""


def _field(one: FieldChange) -> str:
    """Which field of the thing; empty where the thing itself came or went."""
    return (one.field.split(" ")[2 if one.field.startswith("evidence ") else 1 :] or [""])[0]


def _changed(context: PageContext, thing: str, item: Evidence | None, changes: list[tuple[str, FieldChange]]) -> View:
    """What has changed of one thing: the sentence, its scope, the rating, or an item, which is called by its source."""
    source = item and _source(context, item)
    name = (source.label or source.title if source else visible(item.source)) if item else texts.say(f"was_of.{thing}")
    rows = (_row(context, field, item, one) for field, one in changes if field in SHOWN)
    also = dict.fromkeys(texts.say(f"was_detail.{field}") for field, _ in changes if field not in SHOWN)
    # What else is no longer as it was, without saying how.
    left = texts.say("was.also", details=texts.listed([*also])) if also else ""
    return View(name=name, rows=tuple(rows), also=left)


def _row(context: PageContext, field: str, item: Evidence | None, one: FieldChange) -> View:
    """A text that has changed: what it is, the words that went and came, and some on either side."""
    sides = (said and (item.shows if item and not field else said) for said in (one.before, one.after))
    part = field or (item and ("came" if one.before is None else "went"))
    said = texts.say(f"was_part.{part}") if part else ""
    return View(said=said, **_parted(*(_in_words(context, SHOWN[field], side or "") for side in sides)))


def _in_words(context: PageContext, group: str, said: str) -> str:
    """A word of the records as pages say it; a text with its references in words."""
    return texts.say(f"{group}.{said}") if group and said else context.plain(said)


def _parted(before: str, after: str) -> dict[str, str]:
    """Words that both begin with, those that went, those that came, and words that both end with; cut where long."""
    old, new = before.split(), after.split()
    first = len(commonprefix([old, new]))
    last = len(commonprefix([old[first:][::-1], new[first:][::-1]]))
    end = [len(old) - last, len(new) - last]
    start, close = old[max(first - AROUND, 0) : first], old[end[0] : end[0] + AROUND]
    return {
        "before": " ".join(["…"] * (first > AROUND) + start),
        "removed": _cut(old[first : end[0]]),
        "added": _cut(new[first : end[1]]),
        "after": " ".join(close + ["…"] * (last > AROUND)),
    }


def _cut(words: list[str]) -> str:
    return " ".join(words[:LONGEST] + ["…"] * (len(words) > LONGEST))
