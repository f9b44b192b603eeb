"""What a controversy's ratings were when, as data beside its page: `controversies/<id>/history.json`.

In: a Ledger and its Analysis. Out: one file for each controversy, with everything that the page has, in ids.
"""

from collections.abc import Iterator
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.analysis.history import Point, RatingChange, Timeline
from ledger.analysis.ratings import ShortRating
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


def history(ledger: Ledger, analysis: Analysis, id_: str) -> Iterator[OutFile]:
    """The file of a controversy."""
    page = urls.overview(ledger.records[id_], "history")
    head = {"schema": SCHEMA, "controversy": id_, "url": page, "json": urls.twin(page)}
    clocks = [_course(course) for course in analysis.histories[id_]]
    yield OutFile(urls.twin(page), to_bytes({**head, "clocks": clocks}))


def _course(course: Timeline) -> dict[str, Any]:
    return {
        "clock": course.clock,
        "period": course.period,
        "start": {claim: _standing(standing) for claim, standing in course.start.items()},
        "points": [_point(point) for point in course.points],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "date": point.date.isoformat(),
        "claims": [_move(move) for move in point.claims],
        "positions": [
            {
                "position": one.position,
                "moved": one.moved,
                "bands": [
                    {"computed": count.computed, "direction": count.direction, "claims": list(count.claims)}
                    for count in one.bands
                ],
                "weakest": list(one.weakest),
            }
            for one in point.positions
        ],
    }


def _move(move: RatingChange) -> dict[str, Any]:
    movers = [{"date": mover.date.isoformat(), "cause": mover.cause, "id": mover.id} for mover in move.movers]
    before, after = (_standing(standing) if standing else None for standing in (move.before, move.after))
    return {"claim": move.claim, "before": before, "after": after, "movers": movers}


def _standing(standing: ShortRating) -> dict[str, Any]:
    return {"computed": standing.computed, "direction": standing.direction}
