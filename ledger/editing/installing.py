"""How this program was installed: what installs the same elsewhere, and what is missing of an extra here.

In: what pip wrote down when it installed the program (PEP 610, `direct_url.json`), and the folder it runs from. Out: a
line of a `requirements.txt`, with the wheel that it names where no address would do, and commands for hints.
"""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

import ledger
from ledger.system import near

NAME = ledger.__distribution__
SECONDS = 300
"""How long the making of a wheel may take."""


class Requirement(NamedTuple):
    """A line for pip, and the wheel that it names, if it names one: its name, and its bytes."""

    line: str
    wheel: str = ""
    data: bytes = b""


def requirement() -> Requirement:
    """What installs this very program elsewhere.

    ValueError where only this machine has it and no wheel can be made; the message says what failed.
    """
    if project := _project():
        return _built(str(project.parent))
    origin = _origin()
    return _from(origin) if origin else Requirement(f"{NAME}=={ledger.__version__}")


def _project() -> Path | None:
    """The `pyproject.toml` of the source that the program runs from, if it does, whatever pip wrote down."""
    path = Path(ledger.__file__).resolve().parents[1] / "pyproject.toml"
    return path if path.is_file() and f'name = "{NAME}"' in path.read_text(encoding="utf-8") else None


def _origin() -> Mapping[str, Any]:
    """The "direct URL" of PEP 610; nothing where the program is from an index."""
    try:
        return dict(json.loads(distribution(NAME).read_text("direct_url.json") or "{}"))
    except PackageNotFoundError:
        return {}


def _from(origin: Mapping[str, Any]) -> Requirement:
    """What a direct URL leads to: an address that anybody can reach, or a wheel of what only this machine has."""
    address, inside = str(origin["url"]), origin.get("subdirectory")
    place, fragment = _on_disk(address), f"#subdirectory={inside}" if inside else ""
    if place and not place.exists():
        raise ValueError(f"what it was installed from is gone: {place}")
    if vcs := origin.get("vcs_info"):
        what = f"{vcs['vcs']}+{address}@{vcs['commit_id']}{fragment}"
        return _built(what) if place else Requirement(f"{NAME} @ {what}")
    if place is None:
        return Requirement(f"{NAME} @ {address}{_hash_of(origin) or fragment}")
    return _kept(place, origin) if place.suffix == ".whl" else _built(f"{place}{fragment}")


def _on_disk(address: str) -> Path | None:
    """The path of a `file:` URL."""
    parts = urlsplit(address)
    return Path(url2pathname(parts.path)) if parts.scheme == "file" else None


def _hash_of(origin: Mapping[str, Any]) -> str:
    """The hash of an archive as the fragment by which pip checks it."""
    known = origin.get("archive_info", {}).get("hashes", {}).get("sha256")
    return f"#sha256={known}" if known else ""


def _kept(wheel: Path, origin: Mapping[str, Any]) -> Requirement:
    """The wheel that the program was installed from, if it is still the same."""
    data = wheel.read_bytes()
    if _hash_of(origin) not in ("", f"#sha256={sha256(data).hexdigest()}"):
        raise ValueError(f"{wheel} is no longer the wheel that it was installed from")
    return _vendored(wheel.name, data)


def _built(what: str) -> Requirement:
    """A wheel that pip makes of a folder, an archive or a repository: offline where the build backend is here."""
    if importlib.util.find_spec("pip") is None:
        raise ValueError(f"a wheel of {what} is needed, and pip, which makes it, is not in this environment")
    offline = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    with TemporaryDirectory() as folder:
        options = ["--quiet", "--no-deps", *offline, "--wheel-dir", folder]
        command = [sys.executable, "-P", "-m", "pip", "wheel", *options, what]
        try:
            made = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise ValueError(f"pip was still making a wheel of {what} after {SECONDS} seconds") from None
        wheels = sorted(Path(folder).glob("*.whl"))
        if made.returncode or not wheels:
            raise ValueError(f"pip could not make a wheel of {what}: {_last_error(made.stderr)}")
        return _vendored(wheels[0].name, wheels[0].read_bytes())


def _last_error(said: str) -> str:
    """The line of what pip said that says why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return next(reversed(errors or lines), "it said nothing")


def _vendored(name: str, data: bytes) -> Requirement:
    return Requirement(f"./vendor/{name}", name, data)


def missing(extra: str) -> str:
    """The command that installs what an extra of this program needs, into the environment that the program is in."""
    return shlex.join([*_installer(), *(_wanted(extra) or [f"{NAME}[{extra}]"])])


def _wanted(extra: str) -> list[str]:
    """The packages of an extra: as the source names them, or as they are known of what is installed."""
    if project := _project():
        said = tomllib.loads(project.read_text(encoding="utf-8"))
        return list(said["project"]["optional-dependencies"][extra])
    with suppress(PackageNotFoundError):
        mark = re.compile(rf"""extra\s*==\s*["']{re.escape(extra)}["']""")
        return [line.partition(";")[0].strip() for line in distribution(NAME).requires or () if mark.search(line)]
    return []


def _installer() -> list[str]:
    """What installs packages beside this program: its own pip, or uv, which needs none."""
    if importlib.util.find_spec("pip"):
        return [near(sys.executable), "-m", "pip", "install"]
    return ["uv", "pip", "install", "--python", near(sys.executable)]
