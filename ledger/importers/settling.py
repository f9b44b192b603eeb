"""What our own checks would say of an import → the same import without what would be an error in the content.

In: a state with its new records and its changes, and the content. Out: the state, in which fields and records that
cannot be held are left out and reported, and changes that would be errors are not made.

Every new file is settled by itself first, and then with the content, in a few rounds at most: so the work grows with
the number of records and not with that of the errors.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from ledger import checks, graph
from ledger.diagnostics import Diagnostic
from ledger.files import TextFile
from ledger.importers.deciding import KIND, State
from ledger.importers.drafts import Draft, Fields, Log
from ledger.loading import ReadFile, assemble, read_file

_PATIENCE = 12
"""After so many rounds no field is left out any more, but whole records are: what is wrong may depend on others."""
Read = Mapping[str, ReadFile]
Errors = Mapping[str, list[Diagnostic]]


def settle(state: State, content: Read, unread: Collection[str]) -> None:
    """Take out, field by field and at last record by record, what would be an error in the content."""
    read = {**content, **{file.path: read_file(file) for file in state.changed()}}
    made: dict[str, tuple[Draft, TextFile]] = {}
    for draft in list(state.new.values()):
        if settled := _settled_alone(draft, state):
            file, read_alone = settled
            made[file.path], read[file.path] = (draft, file), read_alone
    waiting, rounds = {*made, *(file.path for file in state.changed())}, 0
    before = _errors(content, unread, waiting - made.keys())
    while errors := _new(_errors(read, unread, waiting), before):
        rounds += 1
        for path, problems in errors.items():
            if path not in made:
                state.leave_as_it_was(path, f"with that it would have an error: {problems[0].message}")
                read[path] = content[path]
                continue
            draft, file = made[path]
            _drop(draft, file, problems if rounds <= _PATIENCE else [], problems[0], state)
            if draft.key in state.new:
                made[path] = draft, state.file(draft)
                read[path] = read_file(made[path][1])
            else:
                del made[path], read[path]
        waiting &= {*made, *(file.path for file in state.changed())}


def _settled_alone(draft: Draft, state: State) -> tuple[TextFile, ReadFile] | None:
    """The file of a draft without what is an error in it, whatever stands in the others; None if nothing is left."""
    while draft.key in state.new:
        file = state.file(draft)
        read = read_file(file)
        problems = [problem for problem in read[1] if problem.level == "error"]
        if not problems:
            return file, read
        _drop(draft, file, problems, problems[0], state)
    return None


def _drop(draft: Draft, file: TextFile, problems: Iterable[Diagnostic], first: Diagnostic, state: State) -> None:
    """Leave out the fields that are wrong, or the record where it cannot do without one."""
    wrong = {_field_at(draft.fields, file, problem): problem for problem in problems}
    optional = {name for name in wrong if name and not KIND[draft.kind].model.model_fields[name].is_required()}
    if not wrong or len(optional) < len(wrong):
        needed = next((problem for name, problem in wrong.items() if name not in optional), first)
        state.decide(draft, "skipped", "", f"it cannot be held: {needed.message}")
        return
    for name, problem in wrong.items():
        Log(draft.where, state.gaps).gap(name, f"left out: {problem.message}", draft.fields.pop(name))


def _errors(read: Read, unread: Collection[str], paths: Collection[str]) -> Errors:
    """The errors of some files by path: those of their own, and when there are none those of the whole."""
    if not paths:
        return {}
    loaded = assemble(read, unread)
    errors = (problem for problem in loaded.problems if problem.level == "error")
    if found := _by_path(errors, paths):
        return found
    ids = [record.id for record in loaded.records.values() if record.path in paths]
    return _by_path(checks.errors(graph.build_graph(loaded), ids), paths)


def _new(found: Errors, before: Errors) -> Errors:
    """The errors that were not there before."""
    known = {path: {(one.check, one.message) for one in problems} for path, problems in before.items()}
    new = {path: [one for one in problems if (one.check, one.message) not in known.get(path, ())]
           for path, problems in found.items()}  # fmt: skip
    return {path: problems for path, problems in new.items() if problems}


def _by_path(problems: Iterable[Diagnostic], paths: Collection[str]) -> Errors:
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for problem in problems:
        if problem.span.path in paths:
            found[problem.span.path].append(problem)
    return found


def _field_at(fields: Fields, file: TextFile, problem: Diagnostic) -> str:
    lines = file.text.split("\n")[: problem.span.line]
    if file.path.endswith(".md") and "---" in lines[1:]:
        return "body" if "body" in fields else ""
    names = [line.partition(":")[0] for line in lines if line[:1].isalpha() and ":" in line]
    return next((name for name in reversed(names) if name in fields), "")
