"""The site's own colours as a style sheet.

In: the settings. Out: one rule that gives a value to names that every other style sheet uses. A colour is `#` and six
digits, and nothing else can stand in the settings.
"""

from ledger import urls
from ledger.graph import Ledger
from ledger.outfile import OutFile


def colours_file(ledger: Ledger) -> OutFile:
    """The style sheet."""
    colours = ledger.settings.colours
    shades = ((name, getattr(colours, name)) for name in type(colours).model_fields) if colours else ()
    lines = (f"  --{name}: light-dark({one.light}, {one.dark});\n" for name, one in shades if one)
    return OutFile(urls.COLOURS, f":root {{\n{''.join(lines)}}}\n".encode())
