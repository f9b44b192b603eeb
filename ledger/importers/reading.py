"""Foreign bytes → text, or the reason why not; foreign files found, never through a link.

In: bytes. Out: text without invisible characters, with problems at their places.
"""

from ledger.decoding import decode_text
from ledger.diagnostics import Lines, Span, error
from ledger.importers.cleaning import visible_text
from ledger.importers.foreign import MAX_BYTES, ForeignFile, Imported


def foreign_text(file: ForeignFile, made: Imported) -> str | None:
    """The text of a foreign file; None (and refused) when it is too large or no UTF-8."""
    if len(file.data) > MAX_BYTES:
        message = f"the file has {len(file.data):,} bytes; {MAX_BYTES:,} are the limit"
        made.refuse(file.path, "too large", [error("import", Span(file.path), message, "divide it")])
        return None
    text, found = decode_text(file.path, file.data)
    if text is None:
        made.refuse(file.path, "not UTF-8", found)
        return None
    clean = visible_text(text)
    if clean != text:
        made.log(file.path).gap(
            "invisible characters", "characters that cannot be seen are left out", len(text) - len(clean)
        )
    made.texts[file.path] = Lines(clean)
    return clean
