"""IO in: what git says of the repository that a folder is in.

Git may use no transport, so nothing is fetched. A repository without a work tree is not taken for the one that the
folder is in: anybody can propose files that make one, with settings by which git runs programs. ValueError: git is not
installed, or takes too long.
"""

import shutil
import subprocess
from pathlib import Path
from typing import IO

_TRANSPORTS = ("ext", "fd", "file", "ftp", "ftps", "git", "http", "https", "ssh")
"""Those that git has; a repository may have a setting for one of them that is stronger than the one for all."""
PATIENCE = 300
"""Seconds after which git is no longer waited for."""


def run(
    content: Path, *arguments: str, stdin: int | IO[bytes] = subprocess.DEVNULL
) -> subprocess.CompletedProcess[bytes]:
    """What git says of a folder, also where it refuses."""
    command = [*command_of(content), *arguments]
    try:
        return subprocess.run(command, capture_output=True, check=False, stdin=stdin, timeout=PATIENCE)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ValueError(f"git did not answer within {PATIENCE} seconds") from None


def command_of(content: Path) -> list[str]:
    """The command to which the arguments are added."""
    program = shutil.which("git")
    if program is None:
        raise ValueError("git is not installed here")
    offline = ("protocol.allow=never", *(f"protocol.{name}.allow=never" for name in _TRANSPORTS))
    settings = ("safe.bareRepository=explicit", "core.fsmonitor=false", *offline)
    return [program, "--no-optional-locks", *(word for one in settings for word in ("-c", one)), "-C", str(content)]
