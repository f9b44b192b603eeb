"""LaTeX, as it stands in BibTeX, → plain text, and names → their parts.

In: the value of a field. Out: text with its accents and signs as characters, and the commands that have none. The
library `pylatexenc` (the extra `import`) knows most commands.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from ledger.bibliography import OTHERS
from ledger.importers.names import is_organisation, read_name, split_names

_LATEX = re.compile(r"[\\{}$~%]|--|``|''")
_COMMAND = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s\\{}])")
_OF_BIBTEX = re.compile(r"(?<!\\)[%&]")
"""Signs that begin a comment or a column in LaTeX, and mean nothing in BibTeX."""
_ESCAPED = re.compile(r"\{\\([_%&#~$])\}|\\([_%&#~${}/])")
_UNKNOWN = re.compile("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1")
"""An unknown command between two characters that no foreign text has once it was read."""
_SPACED_ACCENT = re.compile(r"\\([vcuHkrdbt])\s+(\\?[A-Za-z])")
_SPACED_SIGN = re.compile(r"(\\[A-Za-z]+)\s+")
_MATHS = re.compile(r"(?<!\\)\$([^$]*)(?<!\\)\$|\\ensuremath\{([^{}]*)\}")
_RAISED = re.compile(r"([_^])(?:\{([^{}]*)\}|(\w))")
_RAISED_TEXT = re.compile(r"\\text(sub|super)script\{([^{}]*)\}")
_LOWER, _UPPER = (
    str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
    str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ"),
)
"""Signs below and above the line, as Unicode has them."""
_TILDE = re.compile(r"\{\\textasciitilde\s*\}|\\textasciitilde(?:\{\}|\s)?|\\~\{\}|\$\\sim\$")
_SIGNS_IN_MATHS = re.compile(r"\{?\$\s*(<|>|\\lt|\\gt|\\#|_)\s*\$\}?|\{?\\text(less|greater)(?:\{\}|\s|(?=\}))\}?")
_SIGN = {r"\lt": "<", r"\gt": ">", r"\#": "#", "less": "<", "greater": ">"}
_BARE_ADDRESS = re.compile(r"https?://(?:\\[_%&#~$]|[^\s{}<>\"\\])+")
_ARGUMENT = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_ADDRESS = re.compile(rf"\\(?:url|nolinkurl|path){_ARGUMENT}|\\href{_ARGUMENT}")
_ADDRESS_SHOWN = re.compile(r"[a-z]+://", re.IGNORECASE)
_ENOUGH = 3
"""A name of this many words, one of which is like *Institute*, is taken for an organisation's."""
_ET_AL = re.compile(r"et[ ~]al\.?", re.IGNORECASE)
_PART = re.compile(r"\s*([A-Za-z-]+)\s*=\s*(.*)", re.DOTALL)
_PARTS = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
"""The parts of an extended name of BibLaTeX, and what CSL calls them."""
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
          "MakeUppercase", "url", "singleletter")  # fmt: skip
"""Commands that show what they are given."""
_HIDDEN = ("noopsort", "noop", "nosort", "sortnoop", "SortNoop", "NoopSort", "presort", "printfirst")
"""Commands for the order of a list, which show nothing of what they are given."""


def plain(value: str) -> str:
    """The text that LaTeX would show, on one line."""
    return " ".join(_UNKNOWN.sub("", _decoded(value)).split())


def unknown(value: str) -> list[str]:
    """The commands in a value whose signs `plain` leaves out."""
    return [f"\\{name}" for name in dict.fromkeys(_UNKNOWN.findall(_decoded(value)))]


@lru_cache(maxsize=64)  # each field is asked for its text and for its commands
def _decoded(value: str) -> str:
    """The text that LaTeX would show, with unknown commands marked."""
    value = _BARE_ADDRESS.sub(lambda found: found[0].replace("~", r"\textasciitilde{}"), value)
    value = _MATHS.sub(lambda maths: _RAISED.sub(_raised, maths[0]), value)
    value = _RAISED_TEXT.sub(lambda found: _on_line("_" if found[1] == "sub" else "^", found[2]) or found[2], value)
    if not _LATEX.search(value):
        return value
    if value.count("{") > _DEEP:
        return re.sub(r"[{}\\]", "", value)
    decoder, known = _decoder()
    try:
        shown: str = decoder.latex_to_text(_OF_BIBTEX.sub(r"\\\g<0>", value), latex_context=known)
    except (AttributeError, LookupError, TypeError, ValueError):  # the library's answers to a missing argument
        shown = re.sub(r"[{}\\]", "", _COMMAND.sub("\ufdd0\\1\ufdd1", value))
    return shown.replace("\u02c6", "^")  # what a raised hat is decoded to


def _raised(found: re.Match[str]) -> str:
    """What is raised or lowered in a formula, in characters for it as far as there are any."""
    return _on_line(found[1], found[2] or found[3] or "") or found[0]


def _on_line(where: str, text: str) -> str:
    """The characters in their form below or above the line; empty when one of them has no such form."""
    table = _LOWER if where == "_" else _UPPER
    return text.translate(table) if text and all(ord(char) in table for char in text) else ""


def verbatim(value: str) -> str:
    """An address or identifier: read as it stands, but for commands and escapes that some programs add."""
    found = _ADDRESS.search(value) if value.lstrip().startswith(("\\", "{\\")) else None
    return _unescaped((found[1] or found[2] or "") if found else value.strip())


def _unescaped(text: str) -> str:
    said = _SIGNS_IN_MATHS.sub(lambda found: _SIGN.get(found[1] or found[2], found[1]), _TILDE.sub("~", text))
    is_wrapped = said.startswith("{") and said.find("}") == len(said) - 1
    return _ESCAPED.sub(r"\1\2", said[1:-1] if is_wrapped else said)


def take_addresses(value: str) -> tuple[str, list[str]]:
    """A text without the addresses of its commands, but with the words of links, and those addresses."""
    parts = ((found[1] or found[2] or "").strip() for found in _ADDRESS.finditer(value))
    found = [_unescaped(part) for part in parts if _ADDRESS_SHOWN.match(part)]
    return (_ADDRESS.sub("", value), found) if found else (value, [])


def bare_address(text: str) -> str:
    """The address when a text is nothing but one; empty otherwise."""
    written = _TILDE.sub("~", text).strip(" .,;")
    return _unescaped(written) if _BARE_ADDRESS.fullmatch(written) else ""


def names(value: str) -> list[dict[str, str]]:
    """The names of a list, as CSL has them; one in braces is one piece."""
    return [one for name in members(" ".join(value.split())) if name for one in _loose(name) or [_name(name)]]


def between_other_signs(value: str) -> list[str]:
    """The members of a list that hold several names without `and` between them, which `names` takes apart."""
    return [one for one in members(" ".join(value.split())) if one and _loose(one) and not _ET_AL.fullmatch(one)]


def unbraced(value: str) -> list[str]:
    """The members of a list that would be organisations, had they the braces that BibTeX wants around them."""
    return [one for one in members(" ".join(value.split())) if _is_unbraced(one)]


def _is_unbraced(written: str) -> bool:
    words = plain(written).replace("&", "").split() if not set("{},=") & {*written} else []
    return len(words) >= _ENOUGH and not any(len(word.strip(".")) == 1 for word in words) and is_organisation(words)


def _loose(written: str) -> list[dict[str, str]]:
    """The names in a text that is none in BibTeX: `Roe, M.; Doe, J.`, `Max Roe, Jane Doe, Ann Poe`; none of one name.

    What cannot be taken apart is one piece.
    """
    if _ET_AL.fullmatch(written):
        return [{"literal": OTHERS}]
    if written.startswith("{") or _PART.match(written):
        return []
    for sign in (";", r"\&", "&"):
        pieces = [piece.strip() for piece in _split(written, sign) if piece.strip()]
        if len(pieces) > 1 and (sign == ";" or all(re.search("[ ,]", piece) for piece in pieces)):
            is_one = sign != ";" and is_organisation(plain(written).replace("&", "").split())
            return [] if is_one else [one for piece in pieces for one in _loose(piece) or [_name(piece)]]
    parts = [part.strip() for part in _split(written, ",") if part.strip()]
    if len(parts) < 3 or (len(parts) == 3 and not all(" " in part for part in parts)):  # von Last, Jr, First
        return []
    return [read_name(one).parts for one in split_names(plain(written), [f"{{{plain(written)}}}"])]


def members(listed: str) -> Iterator[str]:
    """The members of a list on one line: what stands between the words `and` outside of all braces."""
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
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if written == "others":
        return {"literal": OTHERS}
    if extended := _extended(written):
        return extended
    if _is_unbraced(written):
        return {"literal": plain(written)}
    whole = _SPACED_SIGN.sub(r"\1{}", _SPACED_ACCENT.sub(r"\\\1{\2}", written))
    parts: Any = parse_single_name_into_parts(whole, strict=False)
    words = {"non-dropping-particle": parts.von, "family": parts.last, "suffix": parts.jr, "given": parts.first}
    found = {part: text for part, listed in words.items() if (text := plain(" ".join(listed)))}
    return found if found.keys() & {"given", "non-dropping-particle"} else {"literal": plain(written)}


def _extended(written: str) -> dict[str, str]:
    """The parts of `family=Harman, given=Hans, prefix=von`, as the manual of BibLaTeX has it; none of other names."""
    pieces = [_PART.fullmatch(piece) for piece in _split(written)]
    named = [(piece[1].lower(), plain(piece[2].strip().strip('"'))) for piece in pieces if piece]
    if not any(name in _PARTS for name, _ in named) or len(named) != len(pieces):
        return {}
    found = {_PARTS.get(name, name): text for name, text in named if text}
    return found if "given" in found or "family" not in found else {"literal": found.pop("family"), **found}


def _split(written: str, sign: str = ",") -> list[str]:
    """What stands between commas, or other signs, outside of braces and quotation marks."""
    parts, depth, quoted = [""], 0, False
    for piece in re.split(r'(\\.|[{},;&"])', written):
        depth += (piece == "{") - (piece == "}")
        quoted ^= piece == '"' and not depth
        if piece == sign and depth <= 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


@cache
def _decoder() -> tuple[Any, Any]:
    from pylatexenc import latex2text, latexwalker, macrospec  # type: ignore[import-untyped]

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # what it does not know is reported in our words

    def shown(node: Any, l2tobj: Any) -> str:
        arguments = node.nodeargd.argnlist if node.nodeargd else ()
        return str(l2tobj.nodelist_to_text([one for one in arguments if one is not None]))

    def marked(node: Any, l2tobj: Any) -> str:
        return f"\ufdd0{node.macroname}\ufdd1" + shown(node, l2tobj)

    def link(node: Any, l2tobj: Any) -> str:
        return str(l2tobj.nodelist_to_text(list(node.nodeargd.argnlist[1:])))

    replaced = {**_SIGNS, **dict.fromkeys(_HIDDEN, ""), **dict.fromkeys(_SHOWN, shown), "href": link}
    texts = latex2text.get_default_latex_context_db()
    macros = [latex2text.MacroTextSpec(name, simplify_repl=sign) for name, sign in replaced.items()]
    texts.add_context_category("ours", macros, prepend=True)
    texts.set_unknown_macro_spec(latex2text.MacroTextSpec("", simplify_repl=marked))
    known = latexwalker.get_default_latex_context_db()
    taking = [macrospec.std_macro("href", "{{"), *(macrospec.std_macro(name, "{") for name in (*_SHOWN, *_HIDDEN))]
    known.add_context_category("ours", taking, prepend=True)
    return latex2text.LatexNodes2Text(latex_context=texts), known
