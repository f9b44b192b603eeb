"""What may be meant by a word that is no field of a kind.

In: a token of a query, and the kind that it is about. Out: a hint, empty if nothing comes near, or what is wrong.
"""

from ledger.diagnostics import nearest
from ledger.query.columns import KIND_WORDS, PLURALS, columns, date_column, other_names
from ledger.query.grammar import GRAMMAR
from ledger.query.lexer import MAX_HINT, InvalidQuery, Token, said, suggestion
from ledger.query.steps import steps


def chosen(token: Token, kind: str) -> str:
    """The column of which a word is a value."""
    having = sorted(name for name, one in columns(kind).items() if token.key in one.choices and "." not in name)
    return said("did_you_mean", word=f"`{having[0]} = {token.key}`") if having else ""


def elsewhere(token: Token, kind: str, value: str) -> str:
    """What says it where a word is no field: the date of a kind, a step to another one, or a field of another name."""
    word, plural = token.key, PLURALS[kind]
    if word in GRAMMAR["time_words"]:
        return said("date_is", kind=plural, column=date_column(kind).name)
    if target := KIND_WORDS.get(GRAMMAR["kind_words"].get(word, word)):
        known = ((one, steps()[one]) for one in GRAMMAR["steps_to"])
        reached = (one for one, found in known if any(kind in step.before and target in step.after for step in found))
        id_ = value.lower().replace(" ", "-") if value.strip("0123456789") else "ID"
        return said("step_to", kind=plural, step=next(reached), id=id_)
    meant = other_names(kind).get(word)
    return said("did_you_mean", word=f"`{meant}`") if meant else ""


def unknown_column(token: Token, kind: str, value: str = "") -> InvalidQuery:
    """That a kind has no such field, with what says it instead; `value` is what it was to be compared with."""
    if token.type != "word":
        return token.error("no_field")
    name, known = token.column, columns(kind)
    outer = name.rpartition(".")[0]
    near = [one for one in known if one.rpartition(".")[0] == (outer if outer in known else "")]
    others = [plural for other, plural in PLURALS.items() if name in columns(other)]
    close, hint = nearest(name[:MAX_HINT], near), suggestion(name, near, what="fields") or suggestion(name, known)
    if not outer and (other := elsewhere(token, kind, value)):
        hint = other
    elif others:
        hint = said("field_of", kinds=", ".join(others)) + (f"; {hint}" if close else "")
    elif not close and (inside := sorted(one for one in known if one.endswith(f".{name}"))):
        hint = said("did_you_mean", word=f"`{inside[0]}`")
    return token.error("unknown_field", hint, kind=PLURALS[kind])
