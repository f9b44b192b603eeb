"""The questions of `ledger new`: every field that is worth asking for, until the answer will do.

In: a draft with the answers that were given already. Out: the draft with all others, and drafts of the records that
were added on the way. Nothing is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from pydantic.fields import FieldInfo

from ledger import terminal
from ledger.commands import prompting
from ledger.diagnostics import visible
from ledger.editing import answers, new, trial
from ledger.editing.answers import Model
from ledger.editing.trial import Choice, Draft
from ledger.files import TextFile
from ledger.importers.names import read_names
from ledger.modelling import fields_in
from ledger.naming import Names, plain_letters
from ledger.records import (
    Attestation,
    BearsOn,
    Chart,
    Claim,
    Controversy,
    Evidence,
    Position,
    Proponent,
    Source,
    Stance,
)
from ledger.validating import field_at, part_of, value_at
from ledger.yamlnodes import FieldPath

ADD = "+"
"""What one types to add the record that is not there yet."""
ASKED: Mapping[Model, tuple[str, ...]] = {
    Controversy: ("thread",),
    Position: ("label",),
    Claim: ("bears_on", "evidence"),
    BearsOn: ("why",),
    Evidence: ("locator", "directness", "basis"),
    Source: ("url",),
    Proponent: ("summary", "stances"),
    Stance: ("attested",),
    Attestation: ("shows",),
    Chart: ("items",),
}
"""What is asked for beside the required fields."""
NEEDED = ("attested",)
"""Lists that may be empty in a file, but not in one that the checks accept."""
WHY: Mapping[str, str] = {
    "bears_on": "without a position, the claim is on no page of a controversy",
    "evidence": "until there is some, `ledger check` refuses a claim about facts",
    "stances": "without a stance, a source or an event, nothing leads to this proponent",
    "items": "a chart draws the figures of these",
}
"""Why an optional list is asked for."""
NEXT: Mapping[str, str] = {
    "thread": "ledger new controversy",
    "controversy": "ledger new position, once for each answer: there must be two or more",
    "position": "ledger new position for the other answers, then ledger new claim",
    "claim": "ledger new claim for the next one, or ledger serve to see the page",
    "source": "cite it in a claim's evidence: ledger new claim",
    "proponent": "name them as the author of their sources: ledger link-authors",
    "event": "ledger serve, to see it on the timeline",
    "chart": "ledger serve, to see it drawn",
    "term": "ledger serve, to see it on the pages that use the word",
    "challenge": "ledger serve, to see it on the page of what it challenges",
    "page": "write its text below `body: |` in the file",
}
"""What one does after a record of a kind."""
SHOWN = 9
"""How many choices are listed at once."""


class Question(NamedTuple):
    """One question: where the answer goes, its words, whether there must be one, what it names, what can be chosen."""

    path: FieldPath
    said: str
    is_needed: bool
    wants: str
    choices: Sequence[Choice]
    is_open: bool = False
    """Whether it takes several answers, one after the other."""
    whole: FieldPath = ()
    words: tuple[str, ...] = ()
    """Words that answer for the whole list, of which this is the first field."""

    @property
    def can_add(self) -> bool:
        """Whether what it names can be added on the way."""
        return self.wants not in ("", "evidence", "record")


@dataclass
class Dialog:
    """The questions about one record, and the records that its answers made necessary."""

    draft: Draft
    made: list[Draft] = field(default_factory=list)
    controversy: str | None = None
    """Of which controversy positions are listed; empty for any, None before it was asked."""

    def run(self) -> list[Draft]:
        """Ask for everything; the records that are to be written, this one last."""
        draft = self.draft
        terminal.say(f"A new {draft.kind.name}. {(draft.kind.model.__doc__ or '').strip()}")
        draft.data = {**trial.letter_of(draft.kind, draft.id), **draft.data}
        self._ask_fields(draft.kind.model, ())
        draft.id = draft.id or self._ask_id()
        draft.imply()
        return [*self.made, draft]

    def _ask_id(self) -> str:
        """The id, which is proposed where one can be made."""
        draft = self.draft
        proposed = new.proposed_id(draft.world, draft.kind, draft.data)
        terminal.say("id: names the record and its file for good; of a-z, 0-9 and hyphens")
        prompting.offer(())
        while True:
            id_ = prompting.read(f"  [{proposed}] " if proposed else "  ") or proposed
            try:
                new.check_new(draft.world, draft.kind, id_)
            except ValueError as problem:
                terminal.say(f"  {visible(str(problem))}")
            else:
                return id_

    # Fields

    def _ask_fields(self, model: Model, path: FieldPath) -> None:
        known = fields_in(model)
        for name in asked_of(model):
            here, one = (*path, name), known[name]
            part = part_of(one)
            if path and name == "id":  # the parts of a list are numbered
                continue
            if part and answers.takes_list(one.annotation) and name != "authors":
                self._ask_parts(here, one, part)
            elif value_at(self.draft.data, here) is None:
                self._ask(self._question(here, one))
                self._take_letter()

    def _take_letter(self) -> None:
        """Give a position the next free letter, and so its id, once its controversy is known."""
        draft = self.draft
        if draft.kind.name == "position" and not draft.id:
            draft.id = new.proposed_id(draft.world, draft.kind, draft.data)
            new.check_new(draft.world, draft.kind, draft.id)
            draft.data |= trial.letter_of(draft.kind, draft.id)

    def _ask_parts(self, path: FieldPath, one: FieldInfo, part: Model) -> None:
        """Ask for the parts of a list, one after the other, and for what the given ones lack."""
        given = value_at(self.draft.data, path)
        if given is not None:
            for at in range(len(given) if isinstance(given, list) else 0):
                self._ask_fields(part, (*path, at))
            return
        first = next(name for name in asked_of(part) if name != "id")
        for at in count():
            if not self._ask(self._first_of(path, one, at, first)) or not value_at(self.draft.data, (*path, at)):
                return
            self._ask_fields(part, (*path, at))

    def _first_of(self, path: FieldPath, one: FieldInfo, at: int, first: str) -> Question:
        """The question with which a part begins: its first field, or a word that stands for the whole list."""
        here = (*path, at, first)
        inner = field_at(self.draft.kind.model, here) or one
        words = answers.choices(one.annotation) if at == 0 else ()
        question = self._question(here, inner)
        name = str(path[-1])
        why = f"\n  {WHY[name]}" if name in WHY else ""
        begun = "" if question.wants else f"\n{question.said}"
        return question._replace(
            said=f"{_label(path)}: {one.description if at == 0 else 'one more?'}{why if at == 0 else ''}{begun}",
            is_needed=(one.is_required() or name in NEEDED) and at == 0,
            whole=path,
            words=(*words, "[]") if words else (),
        )

    # One field

    def _question(self, path: FieldPath, one: FieldInfo) -> Question:
        is_list = answers.takes_list(one.annotation)
        wants = answers.wanted_by(self.draft.kind, path, is_list=is_list)
        choices = self.draft.world.choices(wants) if wants else [(word, "") for word in answers.choices(one.annotation)]
        said = f"{_label(path)}: {one.description}"
        return Question(path, said, one.is_required(), wants, choices, is_open=bool(wants) and is_list)

    def _ask(self, question: Question) -> bool:
        """Ask until the answer will do; whether there was one."""
        if not question.is_needed and question.wants and not question.choices and question.path[-1] == "thread":
            return False
        terminal.say(question.said + ("" if question.is_needed else " (Enter leaves it out)"))
        shown = _show(question, self._of_one_controversy(question))
        prompting.offer([*question.words, *(id_ for id_, _ in question.choices)])
        is_found = False
        while text := _read(is_needed=question.is_needed and not is_found):
            if text in question.words:
                return self._take(question._replace(path=question.whole, wants=""), text)
            text = self._add(question.wants) if text == ADD and question.can_add else prompting.numbered(text, shown)
            near = like(text, question.choices) if question.wants else ()
            if question.wants and near and text not in (id_ for id_, _ in question.choices):
                terminal.say(visible(f"  there is no {question.wants} '{text}'; one of these?"))
                prompting.list_out(near)
                shown = near
            elif self._take(question, text):
                is_found = True
            if is_found and not question.is_open:
                break
        return is_found

    def _of_one_controversy(self, question: Question) -> Sequence[Choice]:
        """What is listed at once: of many positions, only those of one controversy, which is asked for first."""
        controversies = self.draft.world.choices("controversy")
        if question.wants != "position" or len(controversies) <= 1:
            return question.choices
        if self.controversy is None:
            terminal.say("  of which controversy? (Enter: any)")
            positions = {id_: id_.rpartition("-")[0] for id_, _ in question.choices}
            self.controversy = prompting.choose("  > ", controversies, positions)
        return [one for one in question.choices if one[0].startswith(f"{self.controversy}-")] or question.choices

    def _add(self, wants: str) -> str:
        """Ask for another record, which this one will name, and give its id."""
        draft = Draft(self.draft.world, answers.kind_named(wants), "", self.draft.day)
        for made in Dialog(draft).run():
            text = new.skeleton(made.kind, made.data)
            self.draft.world, _ = self.draft.world.having(TextFile(made.path, text))
            self.made.append(made)
        terminal.say(f"Back to the {self.draft.kind.name}.")
        return self.made[-1].id

    def _take(self, question: Question, text: str) -> bool:
        """Take an answer, or say what is wrong with it."""
        path = question.path
        try:
            self.draft.take(path, text)
        except ValueError as problem:
            terminal.say(f"  {visible(str(problem))}")
            return False
        if path[-1] == "authors" and not _are_right(text):
            self.draft.data = {name: one for name, one in self.draft.data.items() if name != "authors"}
            return False
        return True


def _read(*, is_needed: bool) -> str:
    while not (text := prompting.read("  > ")) and is_needed:
        terminal.say("  this needs an answer")
    return text


def _show(question: Question, first: Sequence[Choice]) -> Sequence[Choice]:
    """List what can be chosen, if that is not too much; gives the list by whose numbers one may answer."""
    choices = question.choices
    if not question.wants:
        prompting.line_out(new.explained([word for word, _ in choices]))
        return choices
    listed = first if len(first) <= SHOWN else ()
    prompting.list_out(listed)
    others = f"{len(choices)} to choose from: type words of a title, or an id, which Tab completes"
    hints = [others] if len(listed) < len(choices) else []
    hints += ["or " + " or ".join(f"`{word}`" for word in question.words)] if question.words else []
    hints += [f"{ADD} adds one that is not there" if choices else f"there is none yet: {ADD} adds one"]
    terminal.say("  " + "; ".join(hints if question.can_add else hints[:-1]))
    return listed


def _are_right(text: str) -> bool:
    """Whether names were understood; asks only about what was guessed."""
    names = read_names(text) if text != "unknown" else []
    said = "; ".join(", ".join(one.parts.values()) for one in names)
    if not any(one.is_guess for one in names) or prompting.agreed(visible(f"  read as: {said} (right? [yes]) ")):
        return True
    terminal.say("  write Family, Given; and {Organisation} for a name that has no parts")
    return False


def _label(path: FieldPath) -> str:
    return ".".join(step for step in path if isinstance(step, str))


# Which fields, and which choices


def asked_of(model: Model) -> list[str]:
    """The names of the fields that are asked for, in the order of the model."""
    more = ASKED.get(model, ())
    return [name for name, field in fields_in(model).items() if field.is_required() or name in more]


def like(words: str, choices: Sequence[Choice]) -> list[Choice]:
    """The records with all the words in id or title; failing that, those with a similar id."""
    wanted = plain_letters(words).split()
    found = [one for one in choices if all(word in plain_letters(" ".join(one)) for word in wanted)]
    if not found:
        from difflib import get_close_matches  # only for a slip

        near = get_close_matches(words.casefold(), Names([id_ for id_, _ in choices]).like(words), n=SHOWN)
        found = [one for one in choices if one[0] in near]
    return found[:SHOWN]
