"""`python -m ledger` is the command `ledger`."""

from ledger_kb import command

if __name__ == "__main__":
    command()
