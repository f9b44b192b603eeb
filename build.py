"""`python build.py` is `ledger build`."""

import sys

from ledger_kb import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
