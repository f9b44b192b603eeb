"""IO in: the content folder as git has it at a commit, laid into another folder to be read like any content; what each
commit changed, and the bytes of any content.

In: the content folder and the name of a commit, branch or tag. Out: files. The work tree, the index and the branches
stay as they are, and no filter, hook or attribute of the repository is run: `git ls-tree` names the files and
`git cat-file` gives their bytes; `git rev-list` names the commits, and `git diff-tree` the files that they changed.
Nothing is fetched. ValueError: why it cannot be done.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple, cast

from ledger.files import MAX_TEXT_BYTES
from ledger.git import command_of, run
from ledger.wordings import Commit

_REGULAR, _LINK = ("100644", "100755"), "120000"


def find_base(content: Path, name: str) -> tuple[str, str]:
    """The commit at which this branch and the named one parted, and what to know about it.

    Where git knows of none, the named commit itself.
    """
    _check_repository(content)
    commit = None if name.startswith("-") else _asked(content, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit is None:
        raise ValueError(f"git knows no commit, branch or tag '{name}' here{_shallow(content)}")
    apart = _asked(content, "merge-base", commit, "HEAD")
    if apart is None:
        return commit, f"git knows no common ancestor of '{name}' and this branch{_shallow(content)}"
    return apart, ""


def _check_repository(content: Path) -> None:
    # A repository without a work tree may be made of files that somebody proposed.
    if _asked(content, "rev-parse", "--is-inside-work-tree") == "true":
        return
    if any((folder / ".git").exists() for folder in (*content.absolute().parents, content)):
        raise ValueError(f"git does not read the repository of '{content}': `git -C {content} status` says why")
    raise ValueError(f"'{content}' is in no git repository: `git init` makes one")


def _shallow(content: Path) -> str:
    if _asked(content, "rev-parse", "--is-shallow-repository") != "true":
        return ""
    return (
        ": this clone has only the newest commits; fetch more with `git fetch --unshallow`, or on GitHub"
        " with `fetch-depth: 0`"
    )


def lay_out(content: Path, commit: str, folder: Path) -> None:
    """Write the files that the content folder has in a commit into an empty folder."""
    listed = run(content, "ls-tree", "-r", "-z", commit, "--", ".")
    if listed.returncode:
        raise ValueError(f"git cannot list the files of {commit}: {_told(listed)}")
    files: dict[str, str] = {}
    for row in filter(None, listed.stdout.split(b"\0")):
        about, _, path = row.partition(b"\t")
        mode, _, name = about.decode().split()
        target = folder / os.fsdecode(path)
        if mode == _LINK and _is_inside(os.fsdecode(path)):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to("nowhere")  # it is never followed: reading refuses links
        files |= {os.fsdecode(path): name} if mode in _REGULAR else {}
    _write(content, folder, files)


def _write(content: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Write the content named for each path; a file too large to be read is written empty."""
    paths: dict[str, list[str]] = {}
    for path in filter(_is_inside, files):
        paths.setdefault(files[path], []).append(path)
    for name, size, data in _contents(content, sorted(paths), MAX_TEXT_BYTES):
        for target in (folder / path for path in paths[name]):
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.write(data or b"")
                file.truncate(size)


def _contents(
    content: Path, names: Sequence[str], largest: int, lacks: str = ""
) -> Iterator[tuple[str, int, bytes | None]]:
    """Contents by their names: the size of each, and its bytes; None for one that is too large."""
    if len(names) > MOST_OBJECTS:
        raise ValueError(f"the files had more than {MOST_OBJECTS:,} contents: that is more than are read")
    command, left = [*command_of(content), "cat-file", "--batch", "--buffer"], MOST_BYTES
    with _asking(names) as asked, subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE) as git:  # noqa: S603 - no shell
        stream = cast(IO[bytes], git.stdout)
        for name in names:
            # The name, the type and the size on a line, the bytes, and a line break.
            head = stream.readline().decode().split()
            if len(head) != 3 or head[0] != name:  # else it says that it is missing
                raise ValueError(f"git does not have the files of every commit{lacks or ': fetch them first'}")
            size, data = int(head[2]), None
            if size <= largest:
                left -= size
                data = stream.read(size)
            for start in range(0, size if data is None else 0, 1 << 20):
                stream.read(min(1 << 20, size - start))
            if left < 0:
                raise ValueError(f"the files had more than {MOST_BYTES:,} bytes in all: that is more than are read")
            stream.read(1)
            yield name, size, data


@contextmanager
def _asking(lines: Iterable[str]) -> Iterator[IO[bytes]]:
    """A file of lines for git to read."""
    with tempfile.TemporaryFile() as names:
        names.write("".join(f"{line}\n" for line in lines).encode())
        names.seek(0)
        yield names


# The history of files

MOST_COMMITS = 50_000
"""As many commits are looked at."""
MOST_OBJECTS, MOST_BYTES = 100_000, 1 << 30
"""As many contents of files are read, and as many bytes."""
_ROW = "--format=%H%x00%P%x00%cs%x00%s"
_GONE = ""


class Edit(NamedTuple):
    """What a commit did to the files of the content folder, as the present branch has it."""

    commit: Commit
    files: Mapping[str, str]
    """The files that it changed, by path, each with the name of its content; the empty text where it is gone."""
    place: int
    """Of the branch's own line: with which of its commits it came, counted from the oldest."""
    is_own: bool
    """Whether it is one of these itself, rather than one that was merged into it."""
    is_merge: bool


class _Row(NamedTuple):
    commit: Commit
    parents: list[str]


class History(NamedTuple):
    """The commits of the present branch that this clone has."""

    content: Path
    lacks: str
    """What to know of a clone that has less than the repository; empty for a whole one."""
    is_shallow: bool = False
    """Whether it has the newest commits alone."""

    def edits(self, *paths: str) -> list[Edit]:
        """The commits that changed some files or folders, those of the branch's own line in order, the oldest first.

        What was merged comes before its merge. On the own line a merge has all that came with it.
        """
        rows = self._rows()
        own, places = _own_line(rows)
        asked = [name for name in places if name in own or len(rows[name].parents) < 2]  # no merge
        changed = self._changed([" ".join((name, *rows[name].parents[:1])) for name in asked], paths)
        edits = (
            Edit(rows[name].commit, changed[name], places[name], name in own, len(rows[name].parents) > 1)
            for name in asked
            if name in changed
        )
        order = {name: -at for at, name in enumerate(rows)}
        return sorted(edits, key=lambda one: (one.place, one.is_own, order[one.commit.name]))

    def _rows(self) -> dict[str, _Row]:
        """Every commit by its name, the newest first."""
        most = f"--max-count={MOST_COMMITS + 1}"
        listed = run(self.content, "rev-list", "--topo-order", "--encoding=UTF-8", most, _ROW, "HEAD")
        if listed.returncode:
            raise ValueError(f"git cannot list the commits: {_told(listed)}{self.lacks}")
        lines = (row.split("\0", 3) for row in listed.stdout.decode(errors="replace").split("\n") if "\0" in row)
        found = {name: _Row(Commit(name, day, subject), parents.split()) for name, parents, day, subject in lines}
        if len(found) > MOST_COMMITS:
            raise ValueError(f"there are more than {MOST_COMMITS:,} commits: that is more than are looked at")
        return found

    def _changed(self, asked: Sequence[str], paths: Iterable[str]) -> dict[str, dict[str, str]]:
        """Commit → the files in which it differs from its first parent."""
        with _asking(asked) as names:
            flags = ("--stdin", "--root", "-r", "-z", "--no-renames", "--no-ext-diff", "--relative")
            listed = run(self.content, "diff-tree", *flags, "--", *paths, stdin=names)
        if listed.returncode:
            raise ValueError(f"git does not give what each commit changed: {_told(listed)}{self.lacks}")
        found: dict[str, dict[str, str]] = {}
        files: dict[str, str] = {}
        fields = iter(listed.stdout.split(b"\0"))
        for field in fields:
            if field.startswith(b":"):
                _, mode, _, name, _ = field.decode().split(" ")
                files[os.fsdecode(next(fields))] = name if mode in _REGULAR else _GONE
            elif field:
                files = found.setdefault(field.decode(), {})
        return found

    def contents(self, names: Iterable[str], largest: int) -> Iterator[tuple[str, bytes]]:
        """The bytes of contents by their names; those that are too large are left out."""
        for name, _, data in _contents(self.content, sorted(names), largest, self.lacks):
            if data is not None:
                yield name, data


def _own_line(rows: Mapping[str, _Row]) -> tuple[set[str], dict[str, int]]:
    """The commits of the branch's own line; and every commit with the number of the one of them it came with."""
    line, name = [], next(iter(rows), "")
    while name in rows:
        line.append(name)
        name = next(iter(rows[name].parents), "")
    places: dict[str, int] = {}
    for place, own in enumerate(reversed(line)):
        waiting = [own]
        while waiting:
            name = waiting.pop()
            if name in rows and name not in places:
                places[name] = place
                waiting += rows[name].parents
    return set(line), places


def history(content: Path) -> History:
    """The history of the content folder."""
    _check_repository(content)
    if _asked(content, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
        raise ValueError("nothing is committed here yet")
    partial = _asked(content, "config", "--get-regexp", r"^remote\..*\.promisor$")
    lacks = ": this clone has left out contents of older commits; a whole one has them" if partial else ""
    shallow = _shallow(content)
    return History(content, shallow or lacks, bool(shallow))


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    return done.stderr.decode(errors="replace").strip()


def _is_inside(path: str) -> bool:
    """Whether a path that a commit names is below the folder: a repository made by hand may name any."""
    return not path.startswith("/") and not {"", ".", "..", ".git"} & set(path.split("/"))


def _asked(content: Path, *arguments: str) -> str | None:
    """The one line that git answers; None when it refuses."""
    done = run(content, *arguments)
    return None if done.returncode else done.stdout.decode(errors="replace").strip()
