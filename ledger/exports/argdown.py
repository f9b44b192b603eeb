"""A controversy as Argdown: positions and claims as statements, evidence as arguments, with who supports and attacks.

In: a Ledger, and its public address if there is one. Out: `controversies/<id>.argdown`. What Argdown has no word for
(`qualifies`, `depends-on` and so on) stands in the data of the statement; parentheses in tags are left out.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger import citations, urls, words
from ledger.analysis import analyse
from ledger.analysis.ties import CLAIM_RELATIONS, bearings, positions_of
from ledger.context import Viewing
from ledger.exports.escaping import in_argdown, one_line
from ledger.exports.graphs import between, claims_of
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
_ODD = re.compile("[{}=\x7f-\x9f\ufeff\ufffe\uffff]")

Told = Mapping[str, str | Sequence[str]]


def argdown_file(ledger: Ledger, record: Record[Controversy], base_url: str) -> OutFile:
    """The file of a controversy."""
    address = urls.of_record(record)
    viewing = Viewing(ledger, address, analyse(ledger), root=urls.public(base_url, "") if base_url else "")
    text = "\n\n".join(_document(viewing, record))
    return OutFile(urls.beside(address, ".argdown"), f"{text}\n".encode())


def _document(viewing: Viewing, record: Record[Controversy]) -> Iterator[str]:
    title = viewing.plain(record.title)
    yield f"===\ntitle: {_quoted(title)}\n==="
    yield f"# {in_argdown(viewing.plain(record.fields.question)) or record.id} {_data({'url': _url(viewing, record)})}"
    positions = positions_of(viewing.ledger, record)
    yield f"## {words.CONTROVERSY_PAGE['positions']}"
    tied = bearings(viewing.ledger, positions)
    for position in positions:
        yield "\n".join([_position(viewing, position), *_ties_of_position(viewing, position, tied)])
    claims = claims_of(viewing.ledger, record.id)
    related = between(viewing.ledger, claims)
    yield f"## {words.KINDS['claim'][1]}"
    for id_ in claims:
        claim = viewing.ledger.record(Claim, id_)
        near = [(one, relation) for one, relation, other in related if other == id_ and one in claims]
        others = [f"  {SIGNS[relation]} [{one}]" for one, relation in near if relation in SIGNS]
        yield "\n".join([_claim(viewing, claim), *others, *_evidence(viewing, claim, signed=True)])
        yield from _evidence(viewing, claim, signed=False)


def _position(viewing: Viewing, record: Record[Position]) -> str:
    fields = record.fields
    related = {
        kind: [viewing.ref_id(own.position) for own in fields.relations if own.type == kind]
        for kind in ("narrows", "compatible")
    }
    told = {"letter": fields.letter, "label": fields.label or "", **related, **_standing(viewing, record)}
    return _statement(viewing, record, ["position", *fields.tags], told)


def _ties_of_position(viewing: Viewing, record: Record[Position], tied: Mapping[str, Any]) -> Iterator[str]:
    for claim, by_position in tied.items():
        for way in by_position.get(record.id, ()):
            yield f"  {SIGNS[way]} [{claim}]"
    for own in record.fields.relations:
        if own.type in SIGNS:
            yield f"  {SIGNS[own.type]} [{viewing.ref_id(own.position)}]"


def _claim(viewing: Viewing, record: Record[Claim]) -> str:
    unsaid = [kind for kind in CLAIM_RELATIONS if kind not in SIGNS]
    own = record.fields.relations
    related = {kind: [viewing.ref_id(tie.claim) for tie in own if tie.type == kind] for kind in unsaid}
    told = {**related, **_standing(viewing, record)}
    return _statement(viewing, record, [record.fields.type, *record.fields.tags], told)


def _standing(viewing: Viewing, record: Record[Claim] | Record[Position]) -> Told:
    """The newest rating with who and when, and the address."""
    if not record.fields.assessments:
        return {"url": _url(viewing, record)}
    newest = record.fields.assessments[-1]
    by = {"rated_by": viewing.editor(newest.by), "rated": newest.date.text}
    return {"rating": newest.rating, **by, "url": _url(viewing, record)}


def _statement(viewing: Viewing, record: Record[Any], tags: Sequence[str], told: Told) -> str:
    return f"[{record.id}]: {in_argdown(viewing.plain(record.title)) or record.id}{_tags(tags)} {_data(told)}"


def _evidence(viewing: Viewing, claim: Record[Claim], *, signed: bool) -> Iterator[str]:
    """Evidence items as arguments: with a sign below their claim, or by themselves if they take no side."""
    for item in claim.fields.evidence:
        sign = SIGNS.get(item.relation)
        if (sign is not None) == signed:
            source = viewing.ledger.record(Source, viewing.ref_id(item.source))
            told = {
                "claim": "" if signed else claim.id,
                "source": source.id,
                "reference": citations.in_full(source.fields, viewing.plain(source.title)),
                "locator": viewing.plain(item.locator or ""),
                "quote": item.quote or "",
                "url": _url(viewing, claim, item.id),
            }
            shown = in_argdown(viewing.plain(item.shows)) or item.id
            argument = f"<{claim.id}/{item.id}>: {shown}{_tags([item.relation])} {_data(told)}"
            yield f"  {sign} {argument}" if signed else argument


def _url(viewing: Viewing, record: Record[Any], part: str = "") -> str:
    return viewing.url(urls.of_record(record, part))


def _tags(tags: Sequence[str]) -> str:
    plain = (" ".join(re.sub(r"[()]", " ", one_line(tag)).split()) for tag in tags)
    return "".join(f" #({tag})" for tag in dict.fromkeys(plain) if tag)


def _data(told: Told) -> str:
    """Data of a statement as one line of YAML."""
    return "{" + ", ".join(f"{name}: {_quoted(value)}" for name, value in told.items() if value) + "}"


def _quoted(value: str | Sequence[str]) -> str:
    """A text or a list of texts as YAML, without the characters that end Argdown's data or its front matter."""
    if not isinstance(value, str):
        return "[" + ", ".join(_quoted(text) for text in value) + "]"
    written = json.dumps(one_line(value), ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
