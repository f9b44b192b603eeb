"""IO in: the content folder as git has it at a commit, laid into another folder, to be read like any content.

In: the content folder and the name of a commit, branch or tag. Out: files. The work tree, the index and the branches
stay as they are, and no filter, hook or attribute of the repository is run: `git ls-tree` names the files and
`git cat-file` gives their bytes; `git rev-list` names the commits that changed a file. Nothing is fetched: git may use
no transport. ValueError: why it cannot be done.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from ledger.files import MAX_TEXT_BYTES

_NO_REPOSITORY = "'{0}' is in no repository of git, or git refuses it: try `git -C {0} status`"
_REGULAR, _LINK = ("100644", "100755"), "120000"


class Base(NamedTuple):
    """A commit to compare with: its full name, and what is to be known of it."""

    commit: str
    note: str = ""


class _Entry(NamedTuple):
    mode: str
    object: str
    size: int
    path: str


def find_base(content: Path, name: str) -> Base:
    """The commit from which this branch and what is named have gone apart; what is named where git knows none."""
    if _asked(content, "rev-parse", "--show-prefix") is None:
        raise ValueError(_NO_REPOSITORY.format(content))
    commit = None if name.startswith("-") else _asked(content, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit is None:
        raise ValueError(f"git knows no commit, branch or tag '{name}' here{_shallow(content)}")
    apart = _asked(content, "merge-base", commit, "HEAD")
    if apart is None:
        return Base(commit, f"git knows no common ancestor of '{name}' and this branch{_shallow(content)}")
    return Base(apart)


def _shallow(content: Path) -> str:
    if _asked(content, "rev-parse", "--is-shallow-repository") != "true":
        return ""
    return (
        ": this clone has only the newest commits; fetch more with `git fetch --unshallow`, or on GitHub"
        " with `fetch-depth: 0`"
    )


def lay_out(content: Path, commit: str, folder: Path) -> None:
    """Put the files that a commit has in the content folder into an empty one."""
    entries = [entry for entry in _entries(content, commit) if _is_inside(entry.path)]
    wanted = [entry for entry in entries if entry.mode in _REGULAR and entry.size <= MAX_TEXT_BYTES]
    for entry in entries:
        target = folder / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == _LINK:
            target.symlink_to("nowhere")  # it is never followed: reading refuses links
        elif entry.size > MAX_TEXT_BYTES:
            with target.open("wb") as file:  # too large to be read, but there
                file.truncate(entry.size)
    for entry, data in _contents(content, wanted):
        (folder / entry.path).write_bytes(data)


def _contents(content: Path, wanted: Sequence[_Entry]) -> Iterator[tuple[_Entry, bytes]]:
    """The bytes of each file."""
    with _asking(entry.object for entry in wanted) as names:
        command = [*_git(content), "cat-file", "--batch"]
        with subprocess.Popen(command, stdin=names, stdout=subprocess.PIPE) as process:  # noqa: S603 - no shell
            for entry in wanted:
                yield entry, _object(process.stdout, entry)


@contextmanager
def _asking(lines: Iterable[str]) -> Iterator[IO[bytes]]:
    """Lines as a file for git to read."""
    with tempfile.TemporaryFile() as names:
        names.write("".join(f"{line}\n" for line in lines).encode())
        names.seek(0)
        yield names


def _object(stream: IO[bytes] | None, entry: _Entry) -> bytes:
    """The next object: a line with its name, type and size, its bytes, and a line break."""
    head = stream.readline().split() if stream else []
    if stream is None or head[:1] != [entry.object.encode()] or head[-1] != str(entry.size).encode():
        raise ValueError(f"git does not give the file '{entry.path}': fetch it first")
    data = stream.read(entry.size)
    stream.read(1)
    return data


def _entries(content: Path, commit: str) -> Iterator[_Entry]:
    listed = _run(content, "ls-tree", "-r", "-z", "--long", commit, "--", ".")
    if listed.returncode:
        raise ValueError(f"git cannot list the files of {commit}: {_told(listed)}")
    for row in filter(None, listed.stdout.split(b"\0")):
        about, _, path = row.partition(b"\t")
        mode, _, name, size = about.decode().split()
        yield _Entry(mode, name, int(size) if size.isdigit() else 0, os.fsdecode(path))


# The history of files

MOST_COMMITS = 5_000
"""As many commits that changed a file are looked at."""
_ROW = "--format=%H%x00%cs%x00%s"


class Commit(NamedTuple):
    """A commit: its full name, its day as who committed has it, and the first line of its message, as written."""

    name: str
    day: str
    subject: str


@dataclass(frozen=True, slots=True)
class History:
    """The commits of the present branch that this clone has."""

    content: Path
    lacks: str
    """What to know of a clone that has less than the repository; empty for a whole one."""

    def commits(self, paths: Iterable[str], *, is_own_line: bool = False, since: Commit | None = None) -> list[Commit]:
        """The commits that changed any of some files of the content folder, the newest first.

        On the branch's own line, what was merged came with the merge; otherwise merges are left out. With `since`, only
        those that are not in that commit.
        """
        which = "--first-parent" if is_own_line else "--no-merges"
        of = f"{since.name}..HEAD" if since else "HEAD"
        most = f"--max-count={MOST_COMMITS + 1}"
        listed = _run(self.content, "rev-list", which, "--topo-order", most, _ROW, of, "--", *paths)
        if listed.returncode:
            raise ValueError(f"git cannot list the commits: {_told(listed)}{self.lacks}")
        rows = (row for row in listed.stdout.decode(errors="replace").split("\n") if "\0" in row)
        found = [Commit(*row.split("\0", 2)) for row in rows]
        if len(found) > MOST_COMMITS:
            raise ValueError(f"more than {MOST_COMMITS:,} commits changed the file: that is more than are looked at")
        return found

    def files(
        self, commits: Sequence[Commit], paths: Sequence[str]
    ) -> tuple[Mapping[str, list[tuple[str, str]]], Mapping[str, bytes]]:
        """Commit → which of some files it has, each with the name of its content; and content by that name."""
        asked = [(commit.name, path) for commit in commits for path in paths]
        entries = dict(zip(asked, self._entries(asked), strict=True))
        small = {entry.object: entry for entry in entries.values() if entry and entry.size <= MAX_TEXT_BYTES}
        data = {entry.object: text for entry, text in _contents(self.content, [*small.values()])}
        found: dict[str, list[tuple[str, str]]] = {commit.name: [] for commit in commits}
        for (commit, path), entry in entries.items():
            if entry:
                found[commit].append((path, entry.object if entry.object in data else ""))
        return found, data

    def _entries(self, asked: Sequence[tuple[str, str]]) -> Iterator[_Entry | None]:
        prefix = _asked(self.content, "rev-parse", "--show-prefix") or ""
        if "\n" in prefix:
            raise ValueError(f"the name of the folder '{self.content}' has a line break")
        with _asking(f"{commit}:{prefix}{path}" for commit, path in asked) as names:
            command = [*_git(self.content), "cat-file", "--batch-check"]
            told = subprocess.run(command, stdin=names, capture_output=True, check=False)  # noqa: S603 - no shell
        if told.returncode:
            raise ValueError(f"git does not give the file of every commit: {_told(told)}{self.lacks}")
        for (_, path), row in zip(asked, told.stdout.decode(errors="replace").splitlines(), strict=True):
            name, *what = row.rsplit(" ", 2)
            yield _Entry(_REGULAR[0], name, int(what[1]), path) if what[:1] == ["blob"] else None


def history(content: Path) -> History:
    """The history of the content folder."""
    if _asked(content, "rev-parse", "--show-prefix") is None:
        raise ValueError(_NO_REPOSITORY.format(content))
    if _asked(content, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
        raise ValueError("nothing is committed here yet")
    partial = _asked(content, "config", "--get-regexp", r"^remote\..*\.promisor$")
    lacks = ": this clone has left out contents of older commits; a whole one has them" if partial else ""
    return History(content, _shallow(content) or lacks)


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What git said was wrong."""
    return done.stderr.decode(errors="replace").strip()


def _is_inside(path: str) -> bool:
    """Whether a path that a commit names is below the folder: a repository made by hand may name any."""
    return not path.startswith("/") and not {"", ".", "..", ".git"} & set(path.split("/"))


def _asked(content: Path, *arguments: str) -> str | None:
    """What git answers on one line; None when it refuses."""
    done = _run(content, *arguments)
    return None if done.returncode else done.stdout.decode(errors="replace").strip()


def _run(content: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [*_git(content), *arguments]
    return subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - no shell


def _git(content: Path) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise ValueError("git is not installed here")
    return [program, "--no-optional-locks", "-c", "protocol.allow=never", "-C", str(content)]
