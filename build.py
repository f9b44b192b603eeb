"""`python build.py` is `ledger build`."""

import sys

from ledger_kb import command

if __name__ == "__main__":
    sys.argv.insert(1, "build")
    command()
