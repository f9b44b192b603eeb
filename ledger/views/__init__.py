"""What templates see: values ready to be printed, and the functions that make them from the ledger."""

from types import SimpleNamespace


class View(SimpleNamespace):
    """What one template sees, or a part of it, by name: said once, where it is worked out.

    What Python works with, beyond reading a name, has a type of its own. A template that asks for a name that is not
    there fails.
    """
