"""Whether a value can stand in a field, as the models themselves say.

In: a field's name and a text. Out: yes or no.
"""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from ledger.fields import Url

_ADDRESS: TypeAdapter[str] = TypeAdapter(Url)


@cache
def is_address(text: str) -> bool:
    """Whether a text is a web address that a record may give."""
    try:
        _ADDRESS.validate_python(text)
    except ValidationError:
        return False
    return True
