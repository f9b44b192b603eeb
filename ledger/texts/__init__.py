"""The words that the site puts around the content: each is looked up by its key, in the language of the ledger.

In: a key, `group.name`, and what goes into the named places of its text. Out: a text (`say`), or safe HTML (`t`), in
which everything is escaped but what is Markup already. The language is that of the Ledger that is being read: whatever
is made meanwhile speaks it, and the groups that it takes texts from are noted there. Elsewhere it is English.

The texts stand in `en.yml`, `de.yml` and so on; `content/texts.yml` may replace any of them (`own.py`).
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal

from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]

from ledger.dates import UNKNOWN, PartialDate
from ledger.texts import languages, own
from ledger.texts.entries import CAPITAL, COUNT, NONE, OTHER, Entry, Form, entry

ENGLISH = languages.ENGLISH
Note = Callable[[str], None]
FEW = 1_000
"""Below this a number is its figures alone, in every language."""


class Texts:
    """Every text of one ledger: its own ones, then those of its language, then English."""

    def __init__(self, language: str, own: Mapping[str, str | Mapping[str, str]] | None = None) -> None:
        self.language, self.first = language, languages.parts(language)[0]
        self._own = {key: entry(key.partition(".")[0], self.first, value) for key, value in (own or {}).items()}
        known = languages.entries(language)
        self.entries: Mapping[str, Entry] = {**known, **self._own} if self._own else known
        """Every text by its key."""
        is_spoken = self._own or self.first in languages.available()
        self.locale = languages.locale_of(language) if is_spoken else languages.BRITISH
        """How dates, numbers and lists are written: as in English where all texts are."""
        self._names: dict[str, list[str]] = {}
        for key, one in self.entries.items():
            self._names.setdefault(one.group, []).append(key.partition(".")[2])

    def digest(self, group: str) -> str:
        """What tells whether the texts of a group have changed, among those of one version of the program."""
        return repr((self.language, self.locale, [one for one in self._own.items() if one[1].group == group]))

    def names(self, group: str) -> Sequence[str]:
        """The names of the texts of a group, in the order of `en.yml`."""
        return self._names[group]


def texts_in(language: str, data: Mapping[str, Any]) -> Texts:
    """The texts of a ledger, given its language and what its `texts.yml` says."""
    return Texts(language, own.usable(language, data)) if data else _without_own(language)


def english() -> Texts:
    """The English ones: findings and messages are in English whatever the ledger's language."""
    return _without_own(ENGLISH)


@lru_cache(maxsize=8)
def _without_own(language: str) -> Texts:
    return Texts(language)


_Voice = tuple[Texts, Note]
"""Who speaks: the texts, and who notes that a group of them was read. It is made for each result, so it is bare."""
_VOICE: ContextVar[_Voice | None] = ContextVar("texts", default=None)


def _voice() -> _Voice:
    return _VOICE.get() or (english(), _noted_nowhere)


def _noted_nowhere(_: str) -> None:
    """Nobody wants to know."""


@contextmanager
def spoken(texts: Texts, note: Note = _noted_nowhere) -> Iterator[None]:
    """Say everything in the language of some texts meanwhile; `note` is told `texts:GROUP` of each that is used."""
    before = _VOICE.set((texts, note))
    try:
        yield
    finally:
        _VOICE.reset(before)


def language_now() -> str:
    """The language in which is spoken, for what no Ledger is read for."""
    return _voice()[0].language


# Texts


def say(key: str, **places: Any) -> str:
    """A text with its places filled in. KeyError for a key or a place that there is not: that is a bug."""
    texts, note = _VOICE.get() or _voice()
    found = texts.entries[key]
    note(found.key)
    return found.plain if found.plain is not None else _filled(found.only or _form(texts, found, places), places, str)


def t(key: str, **places: Any) -> Markup:
    """The same as HTML; where a language has no such text, it is marked as English."""
    texts, note = _VOICE.get() or _voice()
    found = texts.entries[key]
    note(found.key)
    if found.plain is not None and found.language == texts.first:
        return _as_html(found.plain)
    html = _filled(found.only or _form(texts, found, places), places, escaped)
    return safe(html if found.language == texts.first else _marked(html, texts))


@lru_cache(maxsize=1 << 12)
def _as_html(plain: str) -> Markup:
    """A text without places: most of what a template says."""
    return Markup(escaped(plain))  # noqa: S704 - it is escaped


safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""What is escaped, as Markup. (The class itself asks each text first whether it is.)"""


def escaped(value: Any) -> str:
    """A value as it stands in a page: what is safe already as it is, anything else escaped.

    It is `markupsafe.escape` without a Markup object for each of the hundreds of pieces of a page.
    """
    if type(value) is str:
        return _escape_inner(value)
    if type(value) is Markup:
        return value
    return str(value.__html__()) if hasattr(value, "__html__") else _escape_inner(str(value))


def pattern(key: str) -> str:
    """A text with its places left open, for a script: its forms by name, as JSON."""
    texts, note = _VOICE.get() or _voice()
    found = texts.entries[key]
    note(found.key)
    return json.dumps({name: _left_open(form) for name, form in found.forms.items()}, ensure_ascii=False)


def _marked(html: str, texts: Texts) -> str:
    way = "" if languages.direction(texts.language) == "ltr" else ' dir="ltr"'
    return f'<span lang="{ENGLISH}"{way}>{html}</span>'


def _left_open(form: Form) -> str:
    made = [*form.text]
    for at, place, _ in form.places:
        made[at] = f"{{{place}}}"
    return "".join(made)


def _form(texts: Texts, found: Entry, places: Mapping[str, Any]) -> Form:
    count = places[COUNT]
    if count == 0 and NONE in found.forms:
        return found.forms[NONE]
    locale = texts.locale if found.language == texts.first else languages.BRITISH
    return found.forms.get(languages.plural_form(count, locale)) or found.forms[OTHER]


def _filled(form: Form, places: Mapping[str, Any], safe: Callable[[Any], str]) -> str:
    made = [*(form.html if safe is escaped else form.text)]
    for at, place, how in form.places:
        value = places[place]
        made[at] = safe(value) if isinstance(value, str) else _shown(value, how, safe)
    return "".join(made)


def _shown(value: Any, how: str, safe: Callable[[Any], str]) -> str:
    """What goes into a place and is no text: numbers, dates and lists as the language writes them."""
    if isinstance(value, list | tuple):
        return listed([str(safe(one)) for one in value])
    if isinstance(value, int):
        said = in_words(value) if how else number(value)
        return safe(capital(said) if how == CAPITAL else said)
    return safe(day(value) if isinstance(value, PartialDate | date) else value)


def capital(said: str) -> str:
    """The same with a capital in front."""
    return said[:1].upper() + said[1:]


# Numbers, dates and lists


def _locale(group: str) -> str:
    """How the language writes them, which is noted as if a text of the group was read."""
    texts, note = _voice()
    note(f"texts:{group}")
    return texts.locale


def number(value: int) -> str:
    """A whole number in figures: `1,234`."""
    if 0 <= value < FEW:
        return str(value)
    return languages.number(value, _locale("number"))


def in_words(value: int) -> str:
    """A number as a text has it: written out up to twelve."""
    return say(f"number.{value}") if f"number.{value}" in _voice()[0].entries else number(value)


def ordinal(value: int) -> str:
    """A number as a place in a row: `3rd`."""
    texts, _ = _voice()
    form = languages.ordinal_form(value, texts.locale)
    key = f"ordinal.{form}"
    return say(key if key in texts.entries else "ordinal.other", number=str(value))


def decimal(figures: str) -> str:
    """A decimal, given with a point, and perhaps with commas between thousands: `1,002.5`."""
    return figures.translate(languages.signs(_locale("number")))


def percent(hundredths: int | str) -> str:
    """A share in hundredths: `19 %`."""
    return say("number.percent", number=hundredths)


def listed(several: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """Words in a row: `a, b and c`."""
    locale = _locale("number")
    if len(several) <= 1:
        return "".join(several)
    return languages.listed([*several], locale, "standard" if last == "and" else "or")


def day(value: PartialDate | date | None) -> str:
    """A date as far as it is known: `23 January 2020`, `about February 2025`; nothing where there is none."""
    if value is None:
        return ""
    written = value.text if isinstance(value, PartialDate) else value.isoformat()
    start, slash, end = written.partition("/")
    if written == UNKNOWN:
        return say("date.undated")
    if not slash:
        return _single(start)
    if start == "..":
        return say("date.by", date=_single(end))
    if end == "..":
        return say("date.or_later", date=_single(start))
    return from_to(_single(start), _single(end))


def short_month(text: str) -> str:
    """A month in a few letters, given as `2024-11`: `Nov 2024`; a year as it is."""
    locale = _locale("date")
    year, _, month = text.partition("-")
    if text == UNKNOWN:
        return say("apa.undated")
    return languages.month_in_short(int(year), int(month), locale) if month else year


def month_name(month: int) -> str:
    """The name of a month by itself."""
    return languages.month_name(month, _locale("date"))


QUALIFIERS = {"~": "date.about", "?": "date.possibly", "%": "date.possibly_about"}


def _single(text: str) -> str:
    locale = _locale("date")
    year, month, on = (*map(int, text.rstrip("~?%").split("-")), 0, 0)[:3]
    said = languages.date_in_words(year, month, on, locale)
    return say(QUALIFIERS[text[-1]], date=said) if text[-1] in QUALIFIERS else said


def from_to(start: str, end: str) -> str:
    """A stretch of time, or a day where there is no end."""
    return say("date.from_to", start=start, end=end) if end else start


def period(start: str, end: str) -> str:
    """How long somebody was somewhere, as far as it is known."""
    if start and end:
        return from_to(start, end)
    return say("date.since", date=start) if start else say("date.until", date=end) if end else ""


# Words for what records say in a closed list of words


class Group(Mapping[str, str]):
    """The texts of a group without places, by name, in the order of `en.yml`: the words for a closed list of values."""

    def __init__(self, group: str) -> None:
        self._group = group

    def __getitem__(self, name: str) -> str:
        return say(f"{self._group}.{name}")

    def __contains__(self, name: object) -> bool:
        return f"{self._group}.{name}" in _voice()[0].entries

    def __iter__(self) -> Iterator[str]:
        return iter(_voice()[0].names(self._group))

    def __len__(self) -> int:
        return len(_voice()[0].names(self._group))

    @property
    def keys_in_full(self) -> list[str]:
        """The keys under which templates say the texts of the group."""
        return [f"{self._group}.{name}" for name in self]
