"""The page of a chart: the figures drawn, what they show in a sentence, and where each comes from.

In: a chart, seen from a page. Out: its view, and the chart as a figure for the text of any other page. The sentence is
made of the figures alone.
"""

from collections.abc import Sequence

from markupsafe import Markup

from ledger import figure_words, texts
from ledger.analysis.figures import DATED, Figure
from ledger.context import PageContext
from ledger.figure_words import figure_said, is_log, is_percent, labels, says_of, when
from ledger.loading import Record
from ledger.records import Chart
from ledger.views import View
from ledger.views.chart_drawing import Drawing, Mark, in_page, lines, rows
from ledger.views.number_scale import Scale, scale_of
from ledger.views.numbers import view_conflicts
from ledger.views.paging import ROWS, rows_of

MOST = 60
"""So many figures are drawn at most; the table has all of them."""


def view_chart(context: PageContext, record: Record[Chart]) -> View:
    """Everything on a chart's page."""
    found, disputed = context.analysis.charts.get(record.id, ()), _disputed(context, record.id)
    says = says_of(context.ledger, record.id)
    here = rows_of(context, found)[:ROWS]
    units = {one.unit or "" for one in here}
    unit = units.pop() if len(units) == 1 and not is_percent(here[0]) else ""
    names = {one: name for one, (name, _) in zip(found, labels(context.ledger, found), strict=True)}
    return View(
        # What it shows, in a sentence or two.
        says=says,
        # The drawing with what its axis shows; empty where nothing can be drawn.
        picture=_picture(context, record, says),
        rows=tuple(_row(context, one, names[one], unit, disputed=one in disputed) for one in here),
        # That of all of these, where it is the same and no share.
        unit=unit,
        # Whether any of these says when it held.
        is_dated=any(one.as_of for one in here),
        # Whether several things are measured.
        has_measures=len({one.measure for one in found}) > 1,
        # How many figures are in the files alone.
        left=len(found) - len(here) if context.pages == 1 else 0,
        conflicts=view_conflicts(context, context.analysis.conflicts_of(record.id)),
    )


def _disputed(context: PageContext, chart: str) -> set[Figure]:
    return {one for conflict in context.analysis.conflicts_of(chart) for one in conflict.figures}


def _picture(context: PageContext, record: Record[Chart], says: str) -> Markup:
    """The drawing, with what it measures above and how it is read below."""
    drawing, found = drawing_of(context, record), context.analysis.charts.get(record.id, ())
    if drawing is None:
        return Markup()
    notes = [texts.say("figures.log")] if is_log(record.fields) else []
    notes += [texts.say("figures.sign")] if _disputed(context, record.id).intersection(found) else []
    form = Markup('<p class="meta">{}</p>')
    above, below = (form.format(" ".join(one)) if one else "" for one in ([measured(found)], notes))
    return Markup("{}\n{}\n{}").format(above, in_page(drawing, says), below)


def measured(found: Sequence[Figure]) -> str:
    """What is measured, where that is one thing, and in what unit."""
    units, measures = ({one.unit for one in found}, {one.measure for one in found})
    unit = next(iter(units)) if len(units) == 1 else ""
    unit = texts.say("figures.percent") if is_percent(found[0]) and unit else unit
    if len(measures) > 1:
        return texts.say("figures.in", unit=unit) if unit else ""
    [measure] = measures
    said = texts.say("figures.measured", measure=measure, unit=unit) if unit else measure
    return texts.capital(said)


def _row(context: PageContext, figure: Figure, name: str, unit: str, *, disputed: bool) -> View:
    """A figure in the table."""
    item, source = context.ref(figure.item), context.ref(figure.source)
    name = figure.scope if figure.scope and name == source.label else name
    said = figure_words.value_words((figure.value, figure.low, figure.high)) if unit else figure_said(figure)
    return View(
        item=item,
        name=name,
        source=source,
        figure=figure,
        said=said,
        when=when(figure),
        # How the source was read.
        how=texts.say(f"consulted.{context.item(figure.item).consulted}"),
        # Whether another source gives a figure that cannot be right together with it.
        disputed=disputed,
    )


# The drawing


def drawing_of(context: PageContext, record: Record[Chart]) -> Drawing | None:
    """The shapes of a chart; nothing where none of its figures can be drawn."""
    form, drawn = record.fields.form, marks_of(context, record)
    if drawn is None:
        return None
    if form in DATED:
        return lines(*drawn, figure_words.number, slope=form == "slope")
    return rows(*drawn, figure_words.number, bars=form == "bars")


def marks_of(context: PageContext, record: Record[Chart]) -> tuple[list[Mark], Scale] | None:
    """What is drawn, and along which axis; nothing where none of the figures can be drawn.

    A figure has a place above zero on an axis of powers of ten, and with a date where time runs.
    """
    fields, disputed = record.fields, _disputed(context, record.id)
    every = context.analysis.charts.get(record.id, ())
    on_axis = (one for one in every if one.numbers[0] > 0 or not is_log(fields))
    found = [one for one in on_axis if one.as_of or fields.form not in DATED][:MOST]
    if not found:
        return None
    names = labels(context.ledger, found)
    marks = [_mark(context, one, name, disputed=one in disputed) for one, name in zip(found, names, strict=True)]
    return marks, _scale(fields, found)


def _scale(fields: Chart, found: Sequence[Figure]) -> Scale:
    numbers = [number for one in found for number in one.numbers]
    if is_log(fields) and fields.form == "bars":
        numbers.append(min(numbers) / 2)  # else the shortest bar might have no length
    share = all(is_percent(one) for one in found)
    with_zero = fields.form != "range" or share or min(numbers) * 2 < max(numbers)
    return scale_of(numbers, is_log=is_log(fields), with_zero=with_zero)


def _mark(context: PageContext, figure: Figure, name: tuple[str, str], *, disputed: bool) -> Mark:
    value = figure_words.value_words((figure.value, figure.low, figure.high))
    said = figure_said(figure) if is_percent(figure) else value
    aloud = f"{name[0]}: {figure_said(figure)}, {name[1]}"
    said = f"≠ {said}" if disputed else said
    return Mark(figure, *name, said, aloud.rstrip(", "), context.ref(figure.item).href)


# In the text of other pages


def figure_for(context: PageContext, id_: str) -> Markup:
    """The chart that a text shows where its id stands alone in a paragraph; empty for what is no standing chart."""
    id_ = context.ref_id(id_)
    if not context.ledger.stands(id_) or context.ledger.node_kind(id_) != "chart":
        return Markup()
    record, ref = context.ledger.record(Chart, id_), context.ref(id_)
    says = says_of(context.ledger, id_)
    form = Markup('<figure class="chart-figure">\n<figcaption><strong>{}</strong> {}</figcaption>\n{}\n{}\n</figure>')
    whole = Markup('<p class="meta"><a href="{}">{}</a></p>').format(ref.href, texts.t("figures.whole"))
    return form.format(ref.title, says, _picture(context, record, says), whole)
