"""How the ledger is doing: what is in it, how it was made, what it lacks, and how far its verdicts can be trusted.

In: a ledger seen from a page. Out: charts with their tables, how much the verdicts depend on choices, how far rules and
editors agree, and lists of what is weakest, as long as a page may be.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

from ledger import texts
from ledger.analysis import analyse
from ledger.analysis.agreement import kappa
from ledger.analysis.grades import TYPES
from ledger.analysis.positions import likelihood
from ledger.analysis.ratings import EDITORS, Rating
from ledger.analysis.strip import Effect, Group
from ledger.analysis.ties import by_title
from ledger.analysis.verdicts import WORDS
from ledger.context import PageContext
from ledger.graph import Ledger, compared
from ledger.rating_words import verdict_class, verdict_words
from ledger.records import KINDS, Claim, Source
from ledger.settings import ReadTwice
from ledger.views import View, figures
from ledger.views.challenges import counted
from ledger.views.charts import Bar, bars
from ledger.views.impact import view_impact
from ledger.views.paging import ROWS
from ledger.views.verdict import apart_words, because_words, choice_said

CHANGING: tuple[Effect, ...] = ("flips", "opens", "tips")
"""What a choice may do to a verdict other than leaving it on its side."""
YEARS = 20
"""How many years have a bar of their own; what is older shares one."""
NO_VERDICT: Mapping[str, str] = {
    "no evidence": "statistics.no_evidence",
    "no question of evidence": "statistics.no_question",
}
"""Why a claim has no verdict → the text that says so."""
CHECKED: Mapping[str, str] = {"exact": "kept", "normalised": "kept", "recorded": "found"}
"""The verdicts on exact words that were found in the text → whether that text is kept, or was."""
NAMED = ROWS // 4
"""How many records each of the page's four lists names."""


class ClaimFacts(NamedTuple):
    """What the page counts of a claim."""

    type: str
    rating: str
    """The editors' newest; empty without one."""
    consulted: tuple[str, ...]
    """What was read of the source of each item."""
    words: tuple[str, ...]
    """Of each item: whether it has exact words, and whether these were found in the text."""
    searched: str
    """For which sides somebody has logged a search; empty for a claim that evidence can't settle."""


class SourceFacts(NamedTuple):
    """What it counts of a source."""

    tier: str
    year: str
    """Empty if it is not known."""
    is_untraced: bool


Claims = Mapping[str, ClaimFacts]
Pairs = Sequence[tuple[str, str]]
"""Of each claim two words by which it is counted."""


@compared
def _facts_of_claim(ledger: Ledger, claim: str) -> ClaimFacts:
    fields, verdicts = ledger.core(Claim, claim).fields, analyse(ledger).quotes_of(claim)
    quoted = (verdicts.get(item.id) for item in fields.evidence)
    sides = sorted({search.side for search in fields.searches if search.side})
    searched = "both" if sides == ["against", "for"] else next(iter(sides), "neither")
    return ClaimFacts(
        type=fields.type,
        rating=fields.assessments[-1].rating if fields.assessments else "",
        consulted=tuple(item.consulted for item in fields.evidence),
        words=tuple(CHECKED.get(found.verdict, "unchecked") if found else "none" for found in quoted),
        searched=searched if fields.type in TYPES else "",
    )


@compared
def _facts_of_source(ledger: Ledger, source: str) -> SourceFacts:
    fields = ledger.core(Source, source).fields
    year = "" if fields.issued.is_unknown else f"{fields.issued.begins.year:04}"
    return SourceFacts(fields.tier, year, fields.derived_from == "unknown")


def view_statistics(context: PageContext) -> View:
    """Figures of what stands: drafts and withdrawn records are left out."""
    ledger = context.ledger
    counts = {kind.name: len(ledger.standing(kind.name)) for kind in KINDS}
    sources = {id_: _facts_of_source(ledger, id_) for id_ in ledger.standing("source")}
    claims = {id_: _facts_of_claim(ledger, id_) for id_ in ledger.standing("claim")}
    untraced = [id_ for id_, one in sources.items() if one.is_untraced]
    ratings = context.analysis.ratings
    readings = sorted(ledger.settings.readings, key=lambda one: one.date.earliest, reverse=True)
    return View(
        verdicts=tuple(_verdicts(claims, ratings)),
        choices=_choices(context),
        agreement=_agreement(context),
        # Two readings of the same items: when and how, and how far they agree on each field.
        readings=tuple(
            View(date=one.date, drawn=one.drawn, fields=tuple(map(_read_twice, one.fields))) for one in readings
        ),
        # What came of challenges and predictions, in sentences.
        fared=tuple(counted(context, ledger.standing("challenge"), ledger.standing("claim"))),
        charts=(
            _chart("records", (Bar(texts.say(f"kinds.{kind}"), count) for kind, count in counts.items())),
            _chart("tiers", _bars(texts.Group("tier"), (source.tier for source in sources.values()))),
            _chart("years", _years(source.year for source in sources.values())),
            _chart("reading", _bars(texts.Group("consulted"), (item for c in claims.values() for item in c.consulted))),
            _chart("words", _bars(texts.Group("words_seen"), (item for c in claims.values() for item in c.words))),
            _chart("searches", _bars(texts.Group("searched"), (claim.searched for claim in claims.values()))),
            _chart("types", _bars(texts.Group("claim_type"), (claim.type for claim in claims.values()))),
        ),
        gaps=(
            _gap(ledger, "one-sided", *_one_sided(context)),
            _gap(ledger, "divergences", *_diverging(context)),
            _gap(ledger, "single-points", *_single_points(context)),
            _gap(ledger, "untraced", untraced, len(sources)),
        ),
        withdrawn=sum(len(ledger.members(kind)) - count for kind, count in counts.items()),
    )


def _one_sided(context: PageContext) -> tuple[list[str], int]:
    """The claims for which nobody has looked for the weaker side, and how many have a verdict or a range."""
    rated = _rated(context)
    return [id_ for id_, rating in rated.items() if not rating.looked_for], len(rated)


def _rated(context: PageContext) -> Mapping[str, Rating]:
    """The claims with a verdict or a range."""
    return {id_: rating for id_, rating in context.analysis.ratings.items() if not rating.not_rated}


def _table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> View:
    """A table: its column headings and its rows, whose first cell names the row."""
    return View(columns=tuple(columns), rows=tuple(rows))


def _chart(id_: str, counted: Iterable[Bar], table: View | None = None, most: int = 0) -> View:
    """A chart, its place on the page, its bars, and its table."""
    rows = tuple(counted)
    columns = (texts.say(f"chart_of.{id_}"), texts.say("statistics.how_many"))
    plain = _table(columns, ((row.label, texts.number(row.count)) for row in rows))
    label = texts.say("statistics.bar_chart", title=texts.say(f"chart.{id_}"))
    return View(id=id_, drawing=bars(rows, label=label, most=most), table=table or plain, bars=rows)


def _bars(labels: Mapping[str, str], values: Iterable[str]) -> tuple[Bar, ...]:
    """A bar for every word of a list, also for those that nothing has."""
    counts = Counter(values)
    return tuple(Bar(label, counts[value]) for value, label in labels.items())


def _years(found: Iterable[str]) -> tuple[Bar, ...]:
    """A bar for every year that has a source, newest first; the oldest share one."""
    counts = Counter(filter(None, found))
    years = sorted(counts, reverse=True)
    recent, earlier = [Bar(year, counts[year]) for year in years[:YEARS]], years[YEARS:]
    if not earlier:
        return tuple(recent)
    return (*recent, Bar(texts.say("statistics.before", year=earlier[0]), sum(counts[year] for year in earlier)))


# The verdicts


def _verdicts(claims: Claims, ratings: Mapping[str, Rating]) -> Iterator[View]:
    """Claims by verdict and by the editors' newest rating, on one scale; then those with a verdict by what there is."""
    by_verdict = [(_verdict_said(ratings[id_]), one.type) for id_, one in claims.items()]
    by_rating = [(one.rating, one.type) for one in claims.values()]
    rated = [ratings[id_] for id_ in claims if not ratings[id_].not_rated]
    types, most = texts.Group("claim_type"), max(map(_most, (by_verdict, by_rating)))
    editors = {rating: texts.say(f"claim_rating.{rating}") for rating in reversed(tuple(EDITORS))}
    amounts = {word: texts.say(f"solidity.{word}") for word in reversed([*texts.Group("solidity")])}
    yield _crossed("verdicts", {said: said for said in _verdict_words(ratings)}, by_verdict, types, most)
    yield _crossed("ratings", editors | {"": texts.say("verdicts.not_rated")}, by_rating, types, most)
    solid = [(str(one.solidity), verdict_class(one)) for one in rated]
    yield _crossed("solidity", amounts, solid, texts.Group("verdict"))


def _verdict_words(ratings: Mapping[str, Rating]) -> Iterator[str]:
    """The five verdicts, each range that occurs, and why there may be none."""
    ranges = sorted({one.short for one in ratings.values() if one.range}, key=likelihood, reverse=True)
    yield from (*texts.Group("verdict").values(), *map(verdict_words, ranges), *map(texts.say, NO_VERDICT.values()))


def _verdict_said(rating: Rating) -> str:
    return texts.say(NO_VERDICT[rating.not_rated]) if rating.not_rated else verdict_words(rating)


def _most(pairs: Pairs) -> int:
    return max(Counter(word for word, _ in pairs).values(), default=0)


def _crossed(id_: str, labels: Mapping[str, str], pairs: Pairs, columns: Mapping[str, str], most: int = 0) -> View:
    """A chart by the first word of each pair; its table tells the second ones apart."""
    counts = Counter(pairs)
    rows = ((label, *(texts.number(counts[word, column]) for column in columns)) for word, label in labels.items())
    table = _table((texts.say(f"chart_of.{id_}"), *columns.values()), rows)
    return _chart(id_, _bars(labels, (word for word, _ in pairs)), table, most)


# How much they depend on choices


def _choices(context: PageContext) -> View:
    """How much the verdicts depend on choices: what that comes to in sentences, and the choices that matter most."""
    found = context.analysis.steadiness
    said = (*_group_said("on_a_side", found.on_a_side), *_group_said("open", found.open))
    rows = tuple(
        (choice_said(context, one.alternative), *(texts.number(one.effects.get(effect, 0)) for effect in CHANGING))
        for one in found.choices
    )
    heads = (texts.say("statistics.choice"), *(texts.say(f"statistics.{effect}") for effect in CHANGING))
    table = _table(heads, rows)
    return View(said=said or (texts.say("statistics.no_verdict"),), table=table if rows else None)


def _group_said(name: str, group: Group) -> Iterator[str]:
    """How many claims keep their side under every alternative, and what becomes of the others."""
    if group.claims:
        yield texts.say(f"statistics.steady_{name}", count=group.claims, steady=_of(group.steady, group.claims))
        shares = [
            texts.say(f"statistics.{name}_{effect}", percent=figures.percent(Fraction(many, group.alternatives)))
            for effect, many in group.effects.items()
        ]
        yield texts.say("statistics.all_choices", many=group.alternatives, what=shares[::-1])


def _of(part: int, whole: int) -> str:
    share = figures.percent(Fraction(part, whole))
    return texts.say("statistics.share", part=part, percent=share) if part else texts.in_words(0)


# How far rules and editors agree


def _agreement(context: PageContext) -> View:
    """How far rules and editors agree: in sentences, and which verdicts met how often."""
    found = context.analysis.agreement
    if not found.claims:
        return View(said=(texts.say("statistics.agreement_none"),), table=None)
    same, near = (_of(found.apart(steps), found.claims) for steps in (0, 1))
    said = [texts.say("statistics.agreement_same", count=found.claims, same=same, near=near)]
    if found.kappa is not None:
        said.append(texts.say("statistics.agreement_kappa", kappa=figures.rounded(found.kappa)))
    columns = tuple(reversed(range(len(WORDS))))
    names = [texts.say(f"verdict.{WORDS[at]}") for at in columns]
    rows = tuple(
        (name, *(texts.number(found.pairs.get((at, other), 0)) for other in columns))
        for name, at in zip(names, columns, strict=True)
    )
    return View(said=tuple(said), table=_table((texts.say("statistics.agreement_corner"), *names), rows))


def _read_twice(found: ReadTwice) -> str:
    pairs = Counter[tuple[str, str]]()
    for pair in found.pairs:
        pairs[pair.first, pair.second] += int(pair.items)
    same, value = sum(many for (one, other), many in pairs.items() if one == other), kappa(pairs)
    return texts.say(
        "statistics.read_twice" if value is not None else "statistics.read_twice_alike",
        field=texts.say(f"read_twice.{found.field}"),
        count=pairs.total(),
        same=texts.number(same),
        kappa=figures.rounded(value) if value is not None else "",
        differ=texts.number(int(found.both_differ)),
    )


def _gap(ledger: Ledger, id_: str, found: Collection[str], of: int) -> View:
    """Records that lack something: the first of them, how many there are, and out of how many."""
    first = sorted(found, key=lambda one: by_title(ledger, one))[:NAMED]
    return View(id=id_, records=tuple(first), many=len(found), of=of)


# The claims whose two ratings part


def _diverging(context: PageContext) -> tuple[list[str], int]:
    """The claims whose two ratings part, and how many have both."""
    both = {id_: rating for id_, rating in _rated(context).items() if rating.editor}
    return [id_ for id_, rating in both.items() if rating.divergence], len(both)


def view_divergences(context: PageContext) -> View:
    """Those without a reason first, then those that part furthest."""
    claims, both = _diverging(context)
    shown = sorted(claims, key=lambda claim: _order(context, claim))[:ROWS]
    share = texts.say("divergences.some", count=len(claims), of=both)
    return View(share=share, entries=tuple(_divergence(context, id_) for id_ in shown), left=len(claims) - len(shown))


def _order(context: PageContext, claim: str) -> tuple[Any, ...]:
    found = context.analysis.ratings[claim].divergence
    return bool(found and found.because), -(found.steps if found else 0), *by_title(context.ledger, claim)


def _divergence(context: PageContext, id_: str) -> View:
    """A claim with both ratings, how far they part, and why."""
    rating = context.analysis.ratings[id_]
    verdict = texts.say(f"verdict.{rating.editor.verdict}") if rating.editor else ""
    return View(
        claim=context.ref(id_),
        editors=texts.say("divergences.editors", rating=verdict),
        computed=texts.say("divergences.computed", verdict=verdict_words(rating)),
        apart=apart_words(rating),
        because=because_words(context, rating),
    )


# The sources without one of which nothing that counts is left on the stronger side of a claim


def _single_points(context: PageContext) -> tuple[Mapping[str, tuple[str, ...]], int]:
    """The claims that depend on a single source, with these sources, and how many have a verdict."""
    return dict(context.analysis.single_points.items()), len(_rated(context))


def view_single_points(context: PageContext) -> View:
    """The sources on which most claims depend come first."""
    points, weighed = _single_points(context)
    many = {source: 0 for found in points.values() for source in found}
    for source in many:
        changes = context.analysis.if_retracted(source).claims
        many[source] = sum(source in points.get(change.claim, ()) for change in changes)
    sources = sorted(many, key=lambda source: (-many[source], context.ref(source).label, source))
    before = accumulate((max(1, many[source]) for source in sources), initial=0)
    shown = [source for source, rows in zip(sources, before, strict=False) if rows < ROWS]
    share = texts.say("single_points.some", count=len(points), of=weighed)
    entries = tuple(_single_point(context, id_) for id_ in shown)
    return View(share=share, entries=entries, left=len(sources) - len(shown))


def _single_point(context: PageContext, id_: str) -> View:
    """A source and the claims that depend on it alone, with how their verdicts would change."""
    impact = view_impact(context, context.ledger.record(Source, id_))
    return View(source=context.ref(id_), claims=tuple(change for change in impact.claims if change.alone))
