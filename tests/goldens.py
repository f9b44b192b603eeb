"""A site as a few texts that a reviewer can read: what is kept of an expected one, and how another one differs.

Kept are a few whole files, a list of the hashes of all, and for each page the words and links of its main part. A
change of what stands around every page moves hashes and the whole files; a change of words shows these words.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from difflib import unified_diff
from html.parser import HTMLParser
from pathlib import Path

HASHES, WORDS, WHOLE = "hashes.txt", "words.txt", "whole"
LONGEST = 200
"""Lines of a difference that are shown."""
INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "s", "small", "span"}
INLINE |= {"strong", "sub", "sup", "time", "tspan", "u", "wbr"}
UNSEEN = {"script", "style", "template"}


class Words(HTMLParser):
    """The words and links of the main part of a page, a line for each block; a link stands as `[words](address)`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.links: list[str] = []
        self.unseen = 0
        head, _, rest = page.partition("<main")
        self.feed("<main" + rest.rpartition("</main>")[0] if rest else head)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.parts.append("" if tag in INLINE else "\n")
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.parts.append("[")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        if tag == "a" and self.links:
            self.parts.append(f"]({self.links.pop()})")
        self.parts.append("" if tag in INLINE else "\n")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self.unseen else re.sub(r"\s+", " ", data))

    @property
    def lines(self) -> list[str]:
        """What a reader sees, block by block."""
        return [line for part in "".join(self.parts).split("\n") if (line := " ".join(part.split()))]


def words(site: Mapping[str, bytes]) -> str:
    """The words and links of every page."""
    pages = ((path, Words(data.decode()).lines) for path, data in sorted(site.items()) if path.endswith(".html"))
    return "\n".join("\n".join([f"== {path}", *lines, ""]) for path, lines in pages)


def hashes(site: Mapping[str, bytes]) -> str:
    """A line for each file: the beginning of the hash of its bytes, and its address."""
    return "".join(f"{hashlib.sha256(data).hexdigest()[:20]} {path}\n" for path, data in sorted(site.items()))


def texts(site: Mapping[str, bytes], whole: Iterable[str]) -> dict[str, str]:
    """What is kept of a site, by the path below the folder of what is expected."""
    kept = {f"{WHOLE}/{path}": site[path].decode() for path in whole if path in site}
    return {HASHES: hashes(site), WORDS: words(site), **kept}


def write(folder: Path, site: Mapping[str, bytes], whole: Iterable[str]) -> None:
    """Keep a site as what is expected."""
    for path, text in texts(site, whole).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def differences(folder: Path, site: Mapping[str, bytes], whole: Iterable[str]) -> str:
    """How a site differs from the one that is expected, as a reader would want to be told; empty if it does not."""
    made = texts(site, whole)
    expected = {path: (folder / path).read_bytes().decode() if (folder / path).is_file() else "" for path in made}
    order = sorted(made, key=lambda path: (path != WORDS, path == HASHES, path))
    shown = [line for path in order for line in _lines(path, expected[path], made[path])]
    more = [f"... and {len(shown) - LONGEST} lines more"] if len(shown) > LONGEST else []
    return "\n".join([*shown[:LONGEST], *more])


def _lines(path: str, expected: str, made: str) -> list[str]:
    names = (f"expected {path}", f"made {path}")
    return [*unified_diff(expected.split("\n"), made.split("\n"), *names, lineterm="", n=1)]
