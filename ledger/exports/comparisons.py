"""The comparisons of positions as data: beside each page that shows them, and `gaps.json` beside the board.

In: a Ledger and its Analysis. Out: files of plain data. A Fraction is written as `"8/15"`, exactly; weights are
numbers, of so few digits that a JSON number gives them back as they are.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from ledger import urls, words
from ledger.analysis import Analysis
from ledger.analysis.cruxes import Crux
from ledger.analysis.fairness import Fairness
from ledger.analysis.gaps import Gap, Row
from ledger.analysis.rivals import Rivals, Standing
from ledger.analysis.rivals import Row as RivalRow
from ledger.exports.record_json import card_of, summary
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.exports.workings import number
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.cruxes import named_by_editors
from ledger.views.gaps import homes_of, main_task, sentence
from ledger.views.viewing import Viewing

Content = dict[str, Any]


def comparison(ledger: Ledger, analysis: Analysis, id_: str, name: str) -> Iterator[OutFile]:
    """The data of a page of a controversy that compares its positions."""
    record = ledger.records[id_]
    page = urls.overview(record, name)
    head = {"schema": SCHEMA, "controversy": record.id, "url": page, "json": urls.twin(page)}
    yield OutFile(urls.twin(page), to_bytes({**head, **COMPARISONS[name](ledger, analysis, record)}))


def board(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """The board of open work, in order of score."""
    homes = homes_of(ledger)
    content = {
        "schema": SCHEMA,
        "title": words.BROWSE["gaps"],
        "url": urls.GAPS,
        "json": urls.twin(urls.GAPS),
        "rows": [
            {
                **summary(ledger, card_of(ledger, row.id)),
                "controversies": list(homes.get(row.id, ())),
                **_board_row(row),
            }
            for row in analysis.comparisons.gaps
        ],
    }
    yield OutFile(urls.twin(urls.GAPS), to_bytes(content))


def _evidence(_: Ledger, analysis: Analysis, record: Record) -> Content:
    found = analysis.comparisons.rivals.get(record.id, Rivals(record.id, (), (), ()))
    return {
        "positions": list(found.positions),
        "standings": [_standing(standing) for standing in found.standings],
        "rows": [_rival_row(row) for row in found.rows],
    }


def _standing(standing: Standing) -> Content:
    return {
        "position": standing.position,
        "tested": standing.tested,
        "diagnostic": standing.diagnostic,
        "sources": standing.sources,
        "tested_weight": number(standing.tested_weight),
        "inconsistency": number(standing.inconsistency),
        "share": _fraction(standing.share),
        "untested": standing.is_untested,
        "rank": standing.rank,
    }


def _rival_row(row: RivalRow) -> Content:
    cells = [
        {
            "position": cell.position,
            "verdict": cell.verdict,
            "ways": [
                {
                    "claim": way.claim,
                    "relation": way.relation or None,
                    "backward": way.backward,
                    "onto": way.onto,
                    "edge": way.edge,
                    "sign": way.sign,
                }
                for way in cell.ways
            ],
        }
        for cell in row.cells
    ]
    return {
        "item": row.item,
        "source": row.source,
        "weight": number(row.weight),
        "cells": cells,
        "told": row.told,
        "pairs": row.pairs,
        "diagnosticity": _fraction(row.diagnosticity),
    }


def _cruxes(ledger: Ledger, analysis: Analysis, record: Record) -> Content:
    found = analysis.comparisons.cruxes.get(record.id)
    named = named_by_editors(Viewing(ledger, urls.overview(record, "cruxes"), analysis), record)
    return {
        "of_fact": [_crux(crux, named=crux.claim in named) for crux in (found.of_fact if found else ())],
        "of_meaning": [_crux(crux, named=crux.claim in named) for crux in (found.of_meaning if found else ())],
    }


def _crux(crux: Crux, *, named: bool) -> Content:
    moves = [
        {
            "position": move.position,
            "if_true": _fraction(move.if_true),
            "if_false": _fraction(move.if_false),
            "swing": _fraction(move.swing),
        }
        for move in crux.moves
    ]
    return {
        "claim": crux.claim,
        "type": crux.type,
        "apart": _fraction(crux.apart),
        "helped": crux.helped,
        "hurt": crux.hurt,
        "pairs": crux.pairs,
        "moves": moves,
        "named": named,
    }


def _fairness(_: Ledger, analysis: Analysis, record: Record) -> Content:
    found = analysis.comparisons.fairness.get(record.id, ())
    return {"apart_times": number(analysis.profile.apart_times), "positions": [_given(one) for one in found]}


def _given(one: Fairness) -> Content:
    backing = one.backing
    return {
        "position": one.position,
        "items": backing.items,
        "sources": backing.sources,
        "origins": backing.origins,
        "quoted": backing.quoted,
        "verified": backing.verified,
        "verified_share": _fraction(backing.verified_share),
        "own_words": backing.own_words,
        "own_words_share": _fraction(backing.own_words_share),
        "tiers": dict(backing.tiers),
        "median_age": _fraction(backing.median_age),
        "words": one.words,
        "steelman": one.has_steelman,
        "assessed_days": one.assessed_days,
        "holders": list(one.holders),
        "unregistered": list(one.unregistered),
        "searches": one.searches,
        "flags": [
            {
                "measure": flag.measure,
                "word": flag.word,
                "value": _fraction(flag.value),
                "median": _fraction(flag.median),
            }
            for flag in one.flags
        ],
    }


def _board_row(row: Row) -> Content:
    return {
        "load": row.load,
        "crux": _fraction(row.crux),
        "importance": _fraction(row.importance),
        "thinness": _fraction(row.thinness),
        "score": _fraction(row.score),
        "task": main_task(row),
        "gaps": [_gap(gap) for gap in row.gaps],
    }


def _gap(gap: Gap) -> Content:
    return {
        "gap": gap.kind,
        "points": _fraction(gap.points),
        "task": gap.task,
        "sentence": sentence(gap),
        "figures": dict(gap.figures),
        "ids": list(gap.ids),
    }


COMPARISONS: Mapping[str, Callable[[Ledger, Analysis, Record], Content]] = {
    "evidence": _evidence,
    "cruxes": _cruxes,
    "fairness": _fairness,
}
"""The pages of a controversy that compare its positions, and how their data is made."""


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
