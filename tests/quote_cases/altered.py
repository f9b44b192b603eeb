"""Cases made from sentences by one change each; what must come of it follows from the change alone."""

from collections.abc import Callable, Iterator

SENTENCES = (
    "Nobody has ever measured the lake's depth in winter, but 14 boats crossed it in 1903.",
    'The keeper\'s log says "no light before noon" on 26 of the 31 days of that month.',
    "A well-built dam does not leak; this one lost 7.5 litres a second for 4 years.",
    "We found no evidence that the efficient office staff had finished the first draft.",
    "Élodie's café à la plage was naïvely rebuilt after the flood of 1911, not before.",
    "In the model-based forecast, prices fall by 12% until 2031 and never recover.",
    "Die Brücke über den Fluß wurde nicht erneuert, obwohl 3 Gutachten es verlangten.",
    "The committee didn't say that the bridge's cost-benefit ratio was ever below 2.",
)
Case = tuple[str, str, str]


def cases() -> Iterator[Case]:
    """Each case: the verdict, the text, the quote."""
    for sentence in SENTENCES:
        for verdict, text, quote in _changes(sentence):
            yield verdict, f"Before it. {text} Behind it.", quote


def _changes(sentence: str) -> Iterator[Case]:
    words = sentence.split(" ")
    yield from _harmless(sentence, words)
    yield from _harmful(sentence, words)


def _harmless(sentence: str, words: list[str]) -> Iterator[Case]:
    yield "exact", sentence, sentence
    yield "exact", sentence, " ".join(words[2:-2])
    yield "exact", sentence, " ".join(words[:4])
    yield "normalised", sentence.replace(" ", "\n"), sentence
    yield "normalised", sentence.replace(" ", "\u00a0"), sentence
    yield "normalised", sentence.replace(" ", " \r\n  "), sentence
    yield "normalised", sentence, "  ".join(words)
    yield "normalised", "\u200b".join(sentence), sentence
    yield "normalised", "\u00ad".join(sentence), sentence
    yield "normalised", _at_longest(words, lambda word: word[:3] + "-\n" + word[3:]), sentence
    yield "normalised", sentence, _at_longest(words, lambda word: word[:3] + "-\n" + word[3:])
    yield "exact", sentence, " ".join([*words[:4], "…", *words[-4:]])
    yield "exact", sentence, " ".join([*words[:4], "[...]", *words[-4:]])
    for plain, typeset in (("'", "’"), ("fi", "ﬁ"), ("ff", "ﬀ"), ("-", "\u2011"), ("é", "e\u0301"), ("ü", "u\u0308")):
        if plain in sentence:
            yield "normalised", sentence.replace(plain, typeset), sentence
            yield "normalised", sentence, sentence.replace(plain, typeset)


def _harmful(sentence: str, words: list[str]) -> Iterator[Case]:
    for at in range(0, len(words), 2):
        yield "not-found", sentence, " ".join([*words[:at], "other", *words[at + 1 :]])
    for at in range(1, len(words) - 1, 3):
        yield "not-found", sentence, " ".join([*words[:at], *words[at + 1 :]])
        yield "not-found", sentence, " ".join([*words[:at], words[at + 1], words[at], *words[at + 2 :]])
    yield "not-found", sentence, sentence.swapcase()
    yield "not-found", sentence, _at_longest(words, str.upper)
    yield "not-found", sentence, " ".join([*words[-4:], "…", *words[:4]])
    for old, new in (
        (" not ", " "),
        (" no ", " "),
        ("never", "ever"),
        ("Nobody", "Somebody"),
        ("n't", ""),
        (" nicht", ""),
    ):
        if old in sentence:
            yield "not-found", sentence, sentence.replace(old, new)
            yield "not-found", sentence.replace(old, new), sentence
    for digit in sorted(set(sentence) & set("0123456789")):
        yield "not-found", sentence, sentence.replace(digit, str((int(digit) + 1) % 10))
    for accented, plain in (
        ("É", "E"),
        ("é", "e"),
        ("ü", "u"),
        ("ß", "ss"),
        ("-", ""),
        ("'", ""),
        (",", ""),
        (".", ";"),
    ):
        if accented in sentence:
            yield "not-found", sentence, sentence.replace(accented, plain)


def _at_longest(words: list[str], change: Callable[[str], str]) -> str:
    longest = max((word for word in words if word.isalpha()), key=len)
    return " ".join(change(word) if word == longest else word for word in words)
