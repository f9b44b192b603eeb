"""Why a question about what somebody wrote finds too little: an author who is not linked to the record of a person.

In: a Ledger, a query and its answer. Out: what to say, and what to do; nothing where the answer is whole.
"""

from collections.abc import Iterator

from ledger.analysis.authors import is_excused, unlinked_authors
from ledger.graph import Ledger
from ledger.query.evaluate import Answer
from ledger.query.parser import Filter, Junction, Traversal, parse

WRITTEN = "written_by"


def not_linked(ledger: Ledger, query: str, answer: Answer) -> tuple[str, str] | None:
    """Which links are missing to a person who is asked for."""
    for id_ in map(ledger.present_id, _writers(parse(query).selection.filter)):
        if ledger.node_kind(id_) == "proponent":
            near = {one.source for one in unlinked_authors(ledger) if id_ in one.proponents}
            if near := {source for source in near if not is_excused(ledger, source)}:
                many = "1 source has an author" if len(near) == 1 else f"{len(near):,} sources have authors"
                return f"{many} who may be '{id_}' and are not linked", f"ledger link-authors --to {id_}"
            if not answer.rows and all(edge.name != WRITTEN for edge in ledger.edges_into(id_)):
                hint = f"write `proponent: {id_}` beside the author, or see `ledger link-authors`"
                return f"no author of a source is linked to '{id_}'", hint
    return None


def _writers(asked: Filter) -> Iterator[str]:
    """The ids after the steps that lead through what somebody wrote."""
    if isinstance(asked, Junction):
        for one in asked.filters:
            yield from _writers(one)
    elif isinstance(asked, Traversal):
        if asked.target.id and any(hop.edge == WRITTEN for step in asked.meant for path in step.paths for hop in path):
            yield asked.target.id.text
        yield from _writers(asked.target.filter)
