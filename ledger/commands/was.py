"""`ledger was`: what a claim said when it was cited, and what has changed since.

`ledger keep` writes down what claims say today, with their verdicts, for who has no git.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from ledger import terminal, texts
from ledger.analysis.differences import differences
from ledger.analysis.wording import cited_of
from ledger.commands.diff import of_field
from ledger.commands.query import read_ledger
from ledger.commands.running import CONTENT_ERRORS, Failure, add_content, add_date, day_of
from ledger.diagnostics import visible
from ledger.editing.claim_history import Answer
from ledger.editing.kept_wordings import append, lines_to_keep, read_kept, said_anywhere, verdicts_shown
from ledger.editing.replacing import lock_content
from ledger.engine.past import verdict_then
from ledger.loading import Record
from ledger.modelling import Assessment
from ledger.outfile import log_of
from ledger.rating_words import short_rating, verdict_words
from ledger.records import Claim, Evidence
from ledger.system import naming
from ledger.wordings import Commit, Wording

NOT_KEPT = "what the site showed is not known: `ledger keep` had not written it down"
SHORT_NAME = 10
"""As many digits of a commit's name."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The claim and the hash, as a citation names them."""
    what = "the claim's id, the one of that time or the present one, and the version that the citation names"
    parser.add_argument("cited", metavar="ID@HASH", help=what)
    add_content(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print the answer, from what git or the log of wordings has."""
    id_, at, wanted = arguments.cited.partition("@")
    if not at:
        raise ValueError(f"'{arguments.cited}' has no `@`: `ledger was ID@HASH`, as `ledger cite` prints both")
    found = said_anywhere(arguments.content, id_, wanted.casefold())
    verdict = _verdict(arguments.content, found.then)
    terminal.say("\n".join(_lines(found, f"{id_}@{wanted.casefold()}", verdict)))


def _verdict(content: Path, then: Wording) -> str:
    """The verdict as it was shown or as today's program finds it, or a note that it is not known."""
    if shown := verdicts_shown(content, then):
        return "; ".join(f"{verdict_words(one.verdict)}, as kept on {one.day}" for one in shown)
    found = verdict_then(content, then)
    if found.verdict is None:
        return f"not known. {texts.say(f'was_unrated.{found.why}')}"
    of = "now" if then.is_now else "then"
    return f"{verdict_words(short_rating(found.verdict))}, as this program rates the records of {of}; {NOT_KEPT}"


def _lines(found: Answer, cited: str, verdict: str) -> Iterator[str]:
    yield cited
    yield from _when(found.then)
    yield from ("", *_said(found.then.record.fields), f"verdict: {verdict}")
    yield from ("", *_since(found))


def _when(then: Wording) -> Iterator[str]:
    if then.since is None:
        yield "  as the file is now; not committed yet"
        return
    earlier = ", or earlier: this clone has no older commits" if then.is_oldest else ""
    yield f"  since {_commit(then.since)}{earlier}"
    if then.is_merged:
        yield "  only on a branch that was merged later"
        return
    if not then.is_now:
        yield f"  until {_commit(then.until) if then.until else 'now, with a change that is not committed yet'}"
    if then.times > 1:
        yield f"  and before that, {then.times} times in all"


def _said(claim: Claim) -> Iterator[str]:
    yield f"statement: {_line(claim.statement)}"
    if claim.scope:
        yield f"scope: {_line(claim.scope)}"
    yield f"rating: {_rating(claim.assessments[-1])}" if claim.assessments else "rating: none"
    yield "evidence:" if claim.evidence else "evidence: none"
    for item in claim.evidence:
        yield from _item(item)


def _rating(made: Assessment) -> str:
    said = f"{made.rating}, by {_line(made.by)} on {_line(str(made.date))}: {_line(made.why)}"
    return f"{said} ({_line(made.diverges_because)})" if made.diverges_because else said


def _item(item: Evidence) -> Iterator[str]:
    place = f", {_line(item.locator)}" if item.locator else ""
    yield f"  {item.id} {item.relation}, from {_line(item.source)}{place}: {_line(item.shows)}"
    if item.quote:
        yield f"     “{_line(item.quote)}”"
    if item.limits:
        yield f"     limits: {_line(item.limits)}"


def _since(found: Answer) -> Iterator[str]:
    then, now = found
    if now.record is None:
        yield "now: the claim is not there, or its file has an error"
    elif now.hash == then.hash:
        yield f"now: {now.record.id}@{now.hash}, which is the same"
    else:
        yield f"now: {now.record.id}@{now.hash}"
        yield from ("", "changed since:", *_changed(then.record, now.record))
    if then.changes:
        yield from ("", "commits since, with their own words:")
        yield from [f"  and {then.more:,} before these"] if then.more else []
        yield from (f"  {_commit(one)}: {_line(one.subject)}" for one in then.changes)


def _changed(then: Record[Claim], now: Record[Claim]) -> Iterator[str]:
    before, after = (cited_of(one.authored()) for one in (then, now))
    return (of_field(one, visible) for one in differences(before, after))


def _commit(commit: Commit) -> str:
    return f"{commit.day} ({commit.name[:SHORT_NAME]})" if commit.name else commit.day


def _line(text: str) -> str:
    """Text of a stranger on one line."""
    return visible(" ".join(text.split()))


def add_keep_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and the day."""
    add_content(parser)
    add_date(parser, "on which this is published")


def keep(arguments: argparse.Namespace) -> None:
    """Add what the log does not have yet."""
    arguments.drafts = False
    read = read_ledger(arguments)
    if read.loaded.failed or read.ledger.unsound:
        raise Failure(CONTENT_ERRORS, "nothing was kept: records have errors", "`ledger check` names them")
    log = log_of(arguments.content)
    with lock_content(arguments.content), read.ledger.reading():
        kept, wrong = read_kept(arguments.content)
        new = [*lines_to_keep(read.ledger, kept, day_of(arguments))]
        with naming(log):
            append(log, new)
    terminal.say(f"{log.name}: {len(new)} new, {len(kept)} were there" + (f", {len(wrong)} are wrong" if wrong else ""))
