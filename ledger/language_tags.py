"""What a language is called: its tag, as BCP 47 has it, and the tag that other names of a language mean.

In: `en`, `pt-BR`, `zh-Hant`; or `english`, `eng`, `ngerman`, `en_US`. Out: what is wrong with a tag, or the tag of a
name. Sources: RFC 5646, section 2.1; Babel knows which languages, scripts and regions there are (Unicode CLDR).
"""

import re
from functools import cache

_TAG = re.compile(
    r"(?i)(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{5,8})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
LONGEST = 60
_NAMED_IN = ("en", "de", "fr", "es")
"""Languages in which the names of languages are known."""
_OTHER_NAMES = {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "australian": "en-AU",
    "canadian": "en-CA", "newzealand": "en-NZ", "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT",
    "swissgerman": "de-CH", "nswissgerman": "de-CH", "francais": "fr", "acadian": "fr-CA", "canadien": "fr-CA",
    "brazil": "pt-BR", "brazilian": "pt-BR", "portuges": "pt", "mexican": "es-MX", "castilian": "es",
    "norsk": "nb", "nynorsk": "nn", "italiano": "it", "nederlands": "nl", "svenska": "sv", "dansk": "da", "suomi": "fi",
    "polski": "pl", "português": "pt", "русский": "ru", "中文": "zh", "日本語": "ja", "한국어": "ko", "slovene": "sl",
    "greek": "el", "persian": "fa", "farsi": "fa", "bahasa": "id",
}  # fmt: skip
"""Names of babel, polyglossia and BibLaTeX, and of the languages' own, that no list of names has."""


def tag_problem(written: str) -> str:
    """What is wrong with the tag of a language; empty when it is one."""
    match = _TAG.fullmatch(written) if len(written) <= LONGEST else None
    if not match:
        return f"'{written[:LONGEST]}' is not the tag of a language"
    languages, scripts, regions = _known()
    first = match["language"].partition("-")[0].lower()
    if first not in languages and (len(first) != 3 or first in _aliases()):  # Babel has few of these
        return f"no language has the tag '{first}'"
    if match["script"] and match["script"].title() not in scripts:
        return f"no script has the tag '{match['script']}'"
    if match["region"] and match["region"].upper() not in regions:
        return f"no country has the tag '{match['region']}'"
    return ""


def language_tag(written: str) -> str:
    """The tag of a language, given the tag or one of its other names; empty when it is not known."""
    text = " ".join(written.split())[:LONGEST]
    tag = text.replace("_", "-")
    if not tag_problem(tag):
        return _cased(tag)
    first, hyphen, rest = tag.partition("-")
    meant = _aliases().get(first.lower(), first) + hyphen + {"uk": "GB"}.get(rest.lower(), rest)
    return _cased(meant) if not tag_problem(meant) else _names().get(text.casefold(), "")


def _cased(tag: str) -> str:
    """A tag as RFC 5646, section 2.1.1, writes it: `zh-Hant-TW`."""
    first, *rest = tag.split("-")
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)
    return "-".join([first.lower(), *cased]) if "-x-" not in tag.lower() else tag


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    from babel import Locale  # slow to import

    english = Locale("en")
    return frozenset(english.languages), frozenset(english.scripts), frozenset(english.territories) | {"001"}


@cache
def _aliases() -> dict[str, str]:
    """The present tags of languages by their former ones and by those of three letters that have two: `eng`."""
    from babel.core import get_global  # slow to import

    return {old: new.replace("_", "-") for old, new in get_global("language_aliases").items()}


@cache
def _names() -> dict[str, str]:
    from babel import Locale  # slow to import

    lists = (Locale(language).languages.items() for language in reversed(_NAMED_IN))
    return {name.casefold(): code.replace("_", "-") for one in lists for code, name in one} | _OTHER_NAMES
