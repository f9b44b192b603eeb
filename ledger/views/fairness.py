"""What each position of a controversy is given, side by side: what it lacks, and where the figures differ widely.

In: a ledger seen from a page, and a controversy. Out: who lacks what each should have, and a table of figures by
positions, with flags. It reports; nothing is evened out.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ledger import texts
from ledger.analysis.fairness import Flag, Share
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views import View, figures
from ledger.views.all_evidence import Columns, columns_of

SHARES = ("verified-share", "own-words-share")
"""The measures that are shares of a whole."""
AGES = ("median-age", "assessed-days")
"""Those that are days."""
UNITS = (("days", Fraction(1), 60), ("months", Fraction(1461, 48), 24), ("years", Fraction(1461, 4), None))
"""Unit of an age → its days, and below how many of it an age is given in it."""
HALF = "½"


def view_fairness(context: PageContext, controversy: Record[Controversy]) -> View:
    """Everything on the page."""
    found = context.analysis.fairness.get(controversy.id, ())
    columns = columns_of(context.ledger, (one.position for one in found))
    shown = [_values(context, one) for one in found]
    times = figures.figure(Fraction(context.ledger.settings.comparison.apart_times))
    caption = "fairness.caption" if len(found) > 1 else "fairness.caption_alone"
    return View(
        found=" ".join(_said(columns, found)),
        caption=texts.say(caption, times=times),
        columns=columns,
        floors=tuple(_floors(columns, found)),
        rows=tuple(_row(found, shown, measure) for measure in texts.Group("fairness_measure")),
    )


# What was found


def _said(columns: Columns, found: Sequence[Share]) -> Iterator[str]:
    """Which positions lack something, and in how many figures they differ widely."""
    short = [column.fields.letter for column, one in zip(columns, found, strict=True) if one.floors]
    if len(found) == 1:
        yield texts.say("fairness.it_lacks" if short else "fairness.it_has_all")
        return
    if len(short) in {0, len(found)}:
        yield texts.say("fairness.every_lacks" if short else "fairness.nobody_lacks")
    else:
        yield texts.say("fairness.lack", count=len(short), positions=short)
    yield texts.say("fairness.differ", count=len({flag.measure for one in found for flag in one.flags}))


def _floors(columns: Columns, found: Sequence[Share]) -> Iterator[View]:
    """Each is said, whether nobody lacks it, some do or all."""
    for floor, name in texts.Group("fairness_floor").items():
        short = [column.fields.letter for column, one in zip(columns, found, strict=True) if floor in one.floors]
        yield View(name=name, said=_lacking(short, len(found)), is_lacking=bool(short))


def _lacking(short: Sequence[str], many: int) -> str:
    if not short:
        return texts.say("fairness.every_has" if many > 1 else "fairness.there")
    if len(short) < many:
        return texts.say("fairness.missing_for", positions=short)
    return texts.say("fairness.missing_for_every" if many > 1 else "fairness.missing")


# The figures


def _row(found: Sequence[Share], shown: Sequence[Mapping[str, str]], measure: str) -> View:
    """A row: what is counted, and the figure of each position."""
    cells = tuple(_cell(one, values, measure) for one, values in zip(found, shown, strict=True))
    return View(name=texts.say(f"fairness_measure.{measure}"), cells=cells)


def _cell(one: Share, values: Mapping[str, str], measure: str) -> View:
    """A figure of a position, and what is flagged about it, in words."""
    flag = next((flag for flag in one.flags if flag.measure == measure), None)
    return View(value=values[measure], flag=_flagged(flag) if flag else "")


def _flagged(flag: Flag) -> str:
    if flag.word == "missing":
        return texts.say("fairness_flag.missing")
    median = figures.percent(flag.median) if flag.measure in SHARES else _halves(flag.median)
    return texts.say(f"fairness_flag.{flag.word}", median=_age(flag.median) if flag.measure in AGES else median)


def _values(context: PageContext, one: Share) -> Mapping[str, str]:
    """Measure → the figure of the position, as the table says it."""
    tiers = (f"{texts.say(f'tier.{tier}')} {count}" for tier, count in one.tiers.items())
    rated = one.assessed_days
    return {
        "items": str(one.items),
        "sources": str(one.sources),
        "works": str(one.works),
        "teams": str(one.teams),
        "quoted": str(one.quoted),
        "verified-share": _share(one.verified, one.items),
        "own-words-share": _share(one.own_words, one.items),
        "tiers": ", ".join(tiers) or texts.say("fairness.no_share"),
        "median-age": texts.say("fairness.unknown") if one.median_age is None else _age(one.median_age),
        "words": str(one.words),
        "steelman": texts.say("fairness.written" if one.steelman else "fairness.not_written"),
        "assessed-days": texts.say("fairness.never") if rated is None else _age(Fraction(rated), ago=True),
        "holders": str(len(one.holders)),
        "unregistered": _unregistered(context, one),
        "searches": str(one.searches),
        "searches-against": str(one.searches_against),
    }


def _share(part: int, whole: int) -> str:
    if not whole:
        return texts.say("fairness.no_share")
    return texts.say("fairness.of" if part else "fairness.none_of", part=part, whole=whole)


def _halves(value: Fraction) -> str:
    """A median of counts: a whole number, or one and a half."""
    whole, half = divmod(value, 1)
    return f"{whole or ''}{HALF}" if half else str(whole)


def _age(days: Fraction, *, ago: bool = False) -> str:
    """An age in whole days, months or years, whichever says it well enough."""
    found = [(unit, int(days / length + Fraction(1, 2)), most) for unit, length, most in UNITS]
    unit, many = next((unit, many) for unit, many, most in found if most is None or many < most)
    return texts.say(f"ago.{unit}" if ago else f"age.{unit}", count=many)


def _unregistered(context: PageContext, one: Share) -> str:
    """How many, and who: a name, or the name of a group of which no member is named."""
    records = context.ledger.records
    names = (context.plain(records[name].title) if name in records else name for name in one.unregistered)
    return f"{len(one.unregistered)}: {', '.join(names)}" if one.unregistered else "0"
