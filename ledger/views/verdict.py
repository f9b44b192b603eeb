"""The verdict on a claim, and how it came about, so that a reader can follow it step by step.

In: a claim, seen from a page. Out: the verdict in words and on the scale, what counts once, how much depends on our
choices, how far it differs from the editors' rating, and the grade of every item with its reasons.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ledger import rating_words, texts, urls
from ledger.analysis.questions import ends_under
from ledger.analysis.ratings import Rating, ShortRating, Tie, ends_of
from ledger.analysis.strip import STEADY, Mark
from ledger.analysis.verdicts import WORDS
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Claim
from ledger.views import View
from ledger.views.board import axis_of
from ledger.views.paging import parts_of

POINTS = {"for": "for", "against": "against", "open": "open", "contested": "open"}
"""Direction of a verdict → how it is counted."""
MARKS = 40
"""How many marks of a strip are shown at most, those that change the verdict first."""
NAMED = 4
"""How many of the choices that a verdict turns on are named."""


def view_verdict(context: PageContext, claim: Record[Claim]) -> View | None:
    """The verdict on a claim; nothing for one that was withdrawn."""
    rating = context.analysis.ratings.get(claim.id)
    if rating is None:
        return None
    here = {item.id for item in parts_of(context, claim.fields.evidence)}
    marks = context.analysis.strips.get(claim.id, ())
    return View(
        # The verdict as a sentence.
        said=rating_words.verdict_sentence(rating),
        # What the editors say, as a sentence, where it is another verdict.
        editors=_editors(rating),
        # The editors' newest reason.
        why=context.text(rating.editor.why) if rating.editor else Markup(),
        # Where the verdict lies between wrong and right; None where there is nothing to rate.
        axis=None if rating.not_rated else axis_of(*ends_under(rating, marks)),
        # How much evidence there is: in a word, sources and teams.
        evidence=tuple(rating_words.amounts(rating)),
        remarks=rating_words.remarks(rating, claim.fields.type),
        # All that counts once, in figures.
        counts=rating_words.counts_words(rating.counts) if rating.counts.works else "",
        strip=_strip(context, rating, marks),
        # How far it differs from the editors' rating; empty where it does not.
        apart=apart_words(rating),
        because=because_words(context, rating),
        # The evidence items on this page, each with its grade and the reasons in words.
        items=tuple((item, rating_words.grade_words(item)) for item in rating.items if item.id in here),
        # How much evidence there is, by side.
        levels=_levels(rating),
        ties=tuple(_ties(context, rating.ties)),
        method=context.url(urls.METHOD_PAGE),
    )


def scale_of(rating: ShortRating) -> tuple[bool, ...]:
    """The five verdicts from wrong to right: whether a rating is that one, or in its range; none without a rating."""
    low, high = ends_of(rating)
    if low is None or high is None:
        return ()
    return tuple(WORDS.index(low) <= at <= WORDS.index(high) for at in range(len(WORDS)))


def _editors(rating: Rating) -> str:
    """The verdict of the editors, where that of the evidence is another."""
    low, high = ends_of(rating)
    if rating.editor is None:
        return texts.say("rated.none")
    agrees = low and high and WORDS.index(low) <= WORDS.index(rating.editor.verdict) <= WORDS.index(high)
    return "" if agrees else texts.say("verdict_line.editors", rating=texts.say(f"verdict.{rating.editor.verdict}"))


class VerdictWord(NamedTuple):
    """A verdict in words, as a word for styling, on the scale from wrong to right, and as words for the small scale."""

    words: str
    css: str
    scale: tuple[bool, ...] = ()
    chip: str = ""


def verdict_on(context: PageContext, id_: str) -> VerdictWord:
    """The verdict on a claim; no words for what has none."""
    rating = context.analysis.ratings.get(id_)
    if rating is None:
        return NO_VERDICT
    words, css = rating_words.verdict_words(rating), rating_words.verdict_class(rating)
    return VerdictWord(words, css, scale_of(rating), rating_words.chip_class(rating))


NO_VERDICT = VerdictWord("", "none")


def counted_verdicts(context: PageContext, claims: Iterable[str]) -> str:
    """Where the evidence on some claims points, counted; a claim with solid evidence on both sides is open."""
    ratings = (context.analysis.ratings.get(id_) for id_ in claims)
    counted = Counter(POINTS.get(rating.direction or "", "unrated") for rating in ratings if rating)
    if not counted:
        return ""
    said = [texts.say("position_page.verdicts", **{name: counted[name] for name in POINTS.values()})]
    said += [texts.say("position_page.not_rated", count=counted["unrated"])] if counted["unrated"] else []
    return " ".join(said)


def _levels(rating: Rating) -> tuple[tuple[str, str], ...]:
    if rating.not_rated == "no question of evidence":
        return ()
    return tuple((texts.say(f"graded.{side}"), texts.say(f"level.{level}")) for side, level in rating.evidence.items())


# Where it differs from the editors' rating


def apart_words(rating: Rating) -> str:
    """How far the two ratings differ."""
    return texts.say("divergences.apart", count=rating.divergence.steps) if rating.divergence else ""


def because_words(context: PageContext, rating: Rating) -> Markup:
    """The editors' reason why the two differ, or that there is none."""
    found = rating.divergence
    if found is None:
        return Markup()
    if not found.because:
        return texts.t("divergences.no_reason")
    return texts.t("divergences.because", why=context.text(found.because))


# The strip


def _strip(context: PageContext, rating: Rating, marks: Sequence[Mark]) -> View | None:
    """How much a verdict depends on choices: the marks, what they come to, and the other verdicts."""
    if not marks:
        return None
    first = {*sorted(marks, key=lambda mark: mark.effect == STEADY)[:MARKS]}
    shown = tuple(mark for mark in marks if mark in first)
    moved = [_choice(context, mark) for mark in marks if mark.effect != STEADY]
    said = [rating_words.strip_words(rating, marks), *(_between(rating, marks) if moved else ())]
    if moved:
        more = len(moved) - NAMED
        key = "strip.depends_on_more" if more > 0 else "strip.depends"
        said.append(texts.say(key, choices="; ".join(moved[:NAMED]), count=more))
    return View(
        marks=shown,
        # Whether they do not all have the same effect.
        is_mixed=len({mark.effect for mark in shown}) > 1,
        said=" ".join(said),
        # Every other verdict, with the choices that lead to it; then the verdict, and how many choices leave it so.
        verdicts=tuple(_verdicts(context, rating, marks)),
    )


def _verdicts(context: PageContext, rating: Rating, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    others: dict[str, list[str]] = {}
    for mark in marks:
        if (mark.verdict, mark.range) != (rating.verdict, rating.range):
            verdict = rating_words.verdict_words(ShortRating(mark.verdict, mark.range, None, None))
            others.setdefault(verdict, []).append(_choice(context, mark))
    for verdict, choices in others.items():
        yield verdict, rating_words.and_more("; ".join(choices[:MARKS]), len(choices) - MARKS)
    if left := len(marks) - sum(map(len, others.values())):
        yield rating_words.verdict_words(rating), texts.say("strip.others" if others else "strip.all", count=left)


def _choice(context: PageContext, mark: Mark) -> str:
    """What an alternative changes."""
    if mark.without:
        return texts.say("without.this", source=_name(context, mark.without))
    return choice_said(context, mark.alternative)


def choice_said(context: PageContext, alternative: str) -> str:
    """What an alternative changes, in general."""
    added = {one.id: one.says for one in context.ledger.settings.strip}
    key = "without.any" if alternative == "without" else f"alternative.{alternative}"
    return added.get(alternative) or texts.say(key)


def _name(context: PageContext, id_: str) -> str:
    return context.ref(id_).label or context.ref(id_).title


def _between(rating: Rating, marks: Iterable[Mark]) -> Iterator[str]:
    """Between which verdicts all alternatives lie, if they are not always the same."""
    ends = [end for mark in marks for end in (mark.range or (mark.verdict,)) if end] + [*filter(None, ends_of(rating))]
    low, high = min(ends, key=WORDS.index), max(ends, key=WORDS.index)
    if low != high:
        yield texts.say("strip.between", low=texts.say(f"verdict.{low}"), high=texts.say(f"verdict.{high}"))


# Ties


def _ties(context: PageContext, ties: Iterable[Tie]) -> Iterator[Markup]:
    """Which works share what, those that share several things once."""
    shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for tie in ties:
        shared.setdefault((tie.shared, tie.works), []).append(tie.by)
    for (kind, works), names in shared.items():
        yield texts.t(f"graded.tied_by_{kind}", sources=_some(context, works), names=_some(context, names))


def _some(context: PageContext, ids: Sequence[str]) -> str:
    names = [_name(context, id_) if context.ledger.card(id_) else id_ for id_ in ids]
    if len(names) <= NAMED:
        return texts.listed(names)
    return rating_words.and_more(", ".join(names[:NAMED]), len(names) - NAMED)
