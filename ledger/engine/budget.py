"""How large a site may become, so that a little text of a stranger's never fills a disk or the hour of a CI job.

In: what a run has made. Out: findings. References, titles and lists have limits of their own; this one holds for
whatever they leave.
"""

from collections.abc import Callable, Iterable, Iterator

from ledger.diagnostics import Diagnostic, Span, error
from ledger.engine.done import Output

LARGEST_FILE = 16 << 20
AT_FIRST, FOR_A_RECORD, FOR_A_BYTE = 16 << 20, 256 << 10, 100
"""What a site may have in any case, for each of its records, and for each byte that was written."""
HINT = "divide what is listed or cited there, or shorten the titles that are repeated"


def most_bytes(records: int, written: int) -> int:
    """How many bytes the files of the records may have together."""
    return AT_FIRST + FOR_A_RECORD * records + FOR_A_BYTE * written


def over_budget(
    made: Iterable[tuple[str, Output]], most: int, written: int, path_of: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """What is too large: each file, given with its task, of which the path is asked for; and their sum."""
    total = 0
    for key, one in made:
        total += one.size
        if one.size > LARGEST_FILE:
            message = f"{one.address} has {one.size:,} bytes; {LARGEST_FILE:,} are the limit of a file of the site"
            yield error("too-large", Span(path_of(key)), message, HINT)
    if total > most:
        message = f"the site has too many bytes for the {written:,} that were written; {most:,} are the limit"
        yield error("too-large", Span("."), message, HINT)
