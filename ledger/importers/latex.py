"""LaTeX, as it stands in BibTeX, → plain text, and names → their parts.

In: the value of a field. Out: text with its accents and signs as characters, and the commands that have none. The
library `pylatexenc` (the extra `import`) knows most commands.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ledger.bibliography import OTHERS

_LATEX = re.compile(r"[\\{}$~%]|--|``|''")
_COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s\\{}])")
_PERCENT = re.compile(r"(?<!\\)%")
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_UNKNOWN = re.compile("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1")
"""An unknown command between two characters that no foreign text has once it was read."""
_SPACED_ACCENT = re.compile(r"\\([vcuHkrdbt])\s+(\\?[A-Za-z])")
_SPACED_SIGN = re.compile(r"(\\[A-Za-z]+)\s+")
_DEEP = 100
"""How many braces one value may open before it is read without commands: real ones open a few."""
_SIGNS = {
    "S": "§", "P": "¶", "pounds": "£", "copyright": "©", "euro": "€", "EUR": "€", "yen": "¥", "ddag": "‡",
    "degree": "°", "ohm": "Ω", "slash": "/", "textgreater": ">", "textless": "<", "textbar": "|", "newline": " ",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "-": "", "nobreakspace": " ", "enspace": " ", "thinspace": " ",
    **dict.fromkeys(("bf", "bfseries", "em", "it", "itshape", "rm", "rmfamily", "sc", "scshape", "sf", "sffamily",
                     "sl", "tt", "ttfamily", "upshape", "mdseries", "normalfont", "small", "footnotesize", "large",
                     "newblock", "relax", "protect", "noindent", "break", "linebreak", "nolinebreak", "allowbreak",
                     "null", "/", "@", "!", "cal", "begingroup", "endgroup"), ""),
}  # fmt: skip
"""Signs that the library does not know, and commands that show nothing by themselves."""
_SHOWN = ("mbox", "hbox", "fbox", "text", "texttt", "textsf", "lowercase", "uppercase", "MakeLowercase",
          "MakeUppercase", "url")  # fmt: skip
"""Commands that show what they are given."""


def plain(value: str) -> str:
    """The text that LaTeX would show, on one line."""
    return " ".join(_UNKNOWN.sub("", _decoded(value)).split())


def unknown(value: str) -> list[str]:
    """The commands in a value whose signs `plain` leaves out."""
    return [f"\\{name}" for name in dict.fromkeys(_UNKNOWN.findall(_decoded(value)))]


def _decoded(value: str) -> str:
    """The text that LaTeX would show, with unknown commands marked."""
    if not _LATEX.search(value):
        return value
    if value.count("{") > _DEEP:
        return re.sub(r"[{}\\]", "", value)
    decoder, known = _decoder()
    try:
        # A percent sign begins a comment in LaTeX but not in BibTeX.
        shown: str = decoder.latex_to_text(_PERCENT.sub(r"\\%", value), latex_context=known)
    except (AttributeError, LookupError, TypeError, ValueError):  # the library's answers to a missing argument
        shown = re.sub(r"[{}\\]", "", _COMMAND.sub("\ufdd0\\1\ufdd1", value))
    return shown.replace("\u02c6", "^")  # what a raised hat is decoded to


def verbatim(value: str) -> str:
    """An address or identifier: read as it stands, but for escapes that some programs add."""
    inner = re.fullmatch(r"\{?\\url\{(.*)\}\}?", value.strip(), re.DOTALL)
    return _ESCAPED.sub(r"\1", inner[1] if inner else value.strip()).replace(r"{\textasciitilde}", "~")


def names(value: str) -> list[dict[str, str]]:
    """The names of a list, as CSL has them; one in braces is one piece."""
    return [_name(name) for name in _each(" ".join(value.split())) if name]


def _each(listed: str) -> Iterator[str]:
    """What stands between the words `and` outside of all braces."""
    depth = start = 0
    for mark in re.finditer(r"\\.|[{}]|(?:^|(?<= ))and(?= |$)", listed, re.IGNORECASE):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            depth = max(0, depth - 1)
        elif not mark[0].startswith("\\") and not depth:
            yield listed[start : mark.start()].strip()
            start = mark.end()
    yield listed[start:].strip()


def _name(written: str) -> dict[str, str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts  # noqa: PLC0415

    if written == "others":
        return {"literal": OTHERS}
    whole = _SPACED_SIGN.sub(r"\1{}", _SPACED_ACCENT.sub(r"\\\1{\2}", written))
    parts: Any = parse_single_name_into_parts(whole, strict=False)
    words = {"non-dropping-particle": parts.von, "family": parts.last, "suffix": parts.jr, "given": parts.first}
    found = {part: text for part, listed in words.items() if (text := plain(" ".join(listed)))}
    return found if found.keys() & {"given", "non-dropping-particle"} else {"literal": plain(written)}


@cache
def _decoder() -> tuple[Any, Any]:
    from pylatexenc import latex2text, latexwalker, macrospec  # type: ignore[import-untyped]  # noqa: PLC0415

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what it does not know is reported in our words

    def shown(node: Any, l2tobj: Any) -> str:
        arguments = node.nodeargd.argnlist if node.nodeargd else ()
        return str(l2tobj.nodelist_to_text([one for one in arguments if one is not None]))

    def marked(node: Any, l2tobj: Any) -> str:
        return f"\ufdd0{node.macroname}\ufdd1" + shown(node, l2tobj)

    def link(node: Any, l2tobj: Any) -> str:
        return str(l2tobj.nodelist_to_text(list(node.nodeargd.argnlist[1:])))

    replaced = {**_SIGNS, **dict.fromkeys(_SHOWN, shown), "href": link}
    texts = latex2text.get_default_latex_context_db()
    macros = [latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in replaced.items()]
    texts.add_context_category("ours", macros, prepend=True)
    texts.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=marked))
    known = latexwalker.get_default_latex_context_db()
    taking = [macrospec.std_macro("href", "{{"), *(macrospec.std_macro(name, "{") for name in _SHOWN)]
    known.add_context_category("ours", taking, prepend=True)
    return latex2text.LatexNodes2Text(latex_context=texts), known
