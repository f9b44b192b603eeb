"""A controversy as Argdown: positions and claims as statements, evidence as arguments, with who supports and attacks.

In: a Ledger, and its public address if there is one. Out: `controversies/<id>.argdown`. What Argdown has no word for
(`qualifies`, `depends-on` and so on) stands in the data of the statement; parentheses in tags are left out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger import citations, texts, urls
from ledger.analysis.ties import CLAIM_RELATIONS, bearings, positions_of
from ledger.context import PageContext, shortened
from ledger.exports.escaping import INCLUDES, in_argdown, one_line
from ledger.exports.graphs import between, claims_of
from ledger.exports.naming import seen_from
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Claim, Controversy, Position, Source

SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("rests_on", "supports"), "+"),
    **dict.fromkeys(("rejects", "disputes", "excludes"), "-"),
    "undercuts": "_",
}
"""Relation → what stands before a supporter, an attacker, an undercutter."""
_ODD = re.compile(rf"[{{}}=\x7f-\x9f\ufeff\ufffe\uffff]|{INCLUDES}")

Told = Mapping[str, str | Sequence[str]]


def argdown_file(ledger: Ledger, record: Record[Controversy], base_url: str) -> OutFile:
    """The file of a controversy."""
    address = urls.of_record(record)
    context = seen_from(ledger, address, base_url)
    text = "\n\n".join(_document(context, record))
    return OutFile(urls.beside(address, ".argdown"), f"{text}\n".encode())


def _document(context: PageContext, record: Record[Controversy]) -> Iterator[str]:
    title = context.plain(record.title)
    yield f"===\ntitle: {_quoted(title)}\n==="
    yield f"# {in_argdown(context.plain(record.fields.question)) or record.id} {_data({'url': _url(context, record)})}"
    positions = positions_of(context.ledger, record)
    yield f"## {texts.say('controversy_page.positions')}"
    tied = bearings(context.ledger, positions)
    for position in positions:
        yield "\n".join([_position(context, position), *_ties_of_position(context, position, tied)])
    claims = claims_of(context.ledger, record.id)
    related = between(context.ledger, claims)
    yield "## " + texts.say("kinds.claim")
    for id_ in claims:
        claim = context.ledger.record(Claim, id_)
        near = [(one, relation) for one, relation, other in related if other == id_ and one in claims]
        others = [f"  {SIGNS[relation]} [{one}]" for one, relation in near if relation in SIGNS]
        yield "\n".join([_claim(context, claim), *others, *_evidence(context, claim, signed=True)])
        yield from _evidence(context, claim, signed=False)


def _position(context: PageContext, record: Record[Position]) -> str:
    fields = record.fields
    lists = {"rests_on": fields.rests_on, "rejects": fields.rejects}
    for kind in ("narrows", "compatible"):
        lists[kind] = tuple(own.position for own in fields.relations if own.type == kind)
    ids = {name: [*map(context.ref_id, named)] for name, named in lists.items()}
    told = {"letter": fields.letter, "label": fields.label or "", **ids, **_standing(context, record)}
    return _statement(context, record, ["position", *fields.tags], told)


def _ties_of_position(context: PageContext, record: Record[Position], tied: Mapping[str, Any]) -> Iterator[str]:
    for claim, by_position in tied.items():
        for way in by_position.get(record.id, ()):
            yield f"  {SIGNS[way]} [{claim}]"
    for own in record.fields.relations:
        if own.type in SIGNS:
            yield f"  {SIGNS[own.type]} [{context.ref_id(own.position)}]"


def _claim(context: PageContext, record: Record[Claim]) -> str:
    own, unsaid = record.fields.relations, (kind for kind in CLAIM_RELATIONS if kind not in SIGNS)
    related = {kind: [context.ref_id(tie.claim) for tie in own if tie.type == kind] for kind in unsaid}
    told = {**related, **_standing(context, record)}
    return _statement(context, record, [record.fields.type, *record.fields.tags], told)


def _standing(context: PageContext, record: Record[Claim] | Record[Position]) -> Told:
    """The newest rating with who and when, and the address."""
    newest = record.fields.assessments[-1:]
    by = ({"rating": one.rating, "rated_by": context.editor(one.by), "rated": one.date.text} for one in newest)
    return {**next(by, {}), "url": _url(context, record)}


def _statement(context: PageContext, record: Record[Any], tags: Sequence[str], told: Told) -> str:
    return f"[{record.id}]: {in_argdown(context.plain(record.title)) or record.id}{_tags(tags)} {_data(told)}"


def _evidence(context: PageContext, claim: Record[Claim], *, signed: bool) -> Iterator[str]:
    """Evidence items as arguments: with a sign below their claim, or by themselves if they take no side."""
    for item in claim.fields.evidence:
        sign = SIGNS.get(item.relation)
        if (sign is not None) == signed:
            source = context.ledger.record(Source, context.ref_id(item.source))
            told = {
                "claim": "" if signed else claim.id,
                "source": source.id,
                "reference": citations.in_full(source.fields, shortened(context.plain(source.title))),
                "locator": context.plain(item.locator or ""),
                "quote": item.quote or "",
                "consulted": item.consulted,
                "url": _url(context, claim, item.id),
            }
            shown = in_argdown(context.plain(item.shows)) or item.id
            argument = f"<{claim.id}/{item.id}>: {shown}{_tags([item.relation])} {_data(told)}"
            yield f"  {sign} {argument}" if signed else argument


def _url(context: PageContext, record: Record[Any], part: str = "") -> str:
    return context.url(urls.of_record(record, part))


def _tags(tags: Sequence[str]) -> str:
    plain = (" ".join(re.sub(r"[()]", " ", one_line(tag)).split()) for tag in tags)
    return "".join(f" #({tag})" for tag in dict.fromkeys(plain) if tag)


def _data(told: Told) -> str:
    """Data of a statement as one line of YAML."""
    return "{" + ", ".join(f"{name}: {_quoted(value)}" for name, value in told.items() if value) + "}"


def _quoted(value: str | Sequence[str]) -> str:
    """A text or a list of texts as YAML, without what ends Argdown's data or its front matter, or includes a file."""
    if not isinstance(value, str):
        return "[" + ", ".join(_quoted(text) for text in value) + "]"
    written = json.dumps(one_line(value), ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
