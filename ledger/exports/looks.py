"""Style sheets that depend on the ledger: its own colours, and what is filtered by the letters of its positions.

In: the settings, the positions. Out: one rule that gives a value to names that every other style sheet uses, and rules
for each letter, since CSS can't compare what is chosen with what is there. A colour is `#` and six digits, a letter is
one of A to Z, and nothing else can stand in the content.
"""

from collections.abc import Iterator

from ledger import urls
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.records import Position
from ledger.views.shared_claims import STEPS


def colours_file(ledger: Ledger) -> OutFile:
    """The style sheet."""
    colours = ledger.settings.colours
    shades = ((name, getattr(colours, name)) for name in type(colours).model_fields) if colours else ()
    lines = (f"  --{name}: light-dark({one.light}, {one.dark});\n" for name, one in shades if one)
    return OutFile(urls.COLOURS, f":root {{\n{''.join(lines)}}}\n".encode())


def letters_file(ledger: Ledger) -> OutFile:
    """The style sheet for the Evidence tab."""
    letters = {ledger.core(Position, id_).fields.letter.lower() for id_ in ledger.members("position")}
    return OutFile(urls.LETTERS, "".join(line for letter in sorted(letters) for line in _of_letter(letter)).encode())


def _of_letter(a: str) -> Iterator[str]:
    """What a letter hides when it is chosen, when nothing is left then, and which lines are pale beside its own."""
    chosen = f".shared:has(#only-{a}:checked)"
    beside = (f"#{side}:target ~ .highlights > li:not(.{side})" for side in (f"for-{a}", f"against-{a}"))
    hidden = (f"{chosen} .shared-claim:not(.p-{a})", *beside)
    none = [f"{chosen}:not(:has(.p-{a}))"]
    none += [f"{chosen}:has(#rated-{step}:checked):not(:has(.p-{a}.v-{step}))" for step in STEPS]
    yield f"@media screen {{\n{', '.join(hidden)} {{ display: none; }}\n"
    yield f"{', '.join(none)} {{ --none-fits: block; }}\n}}\n"
    yield f".shared-picture:has(.end-{a}:is(:hover, :focus-visible)) .tie:not(.camp-{a}) {{ opacity: .1; }}\n"
