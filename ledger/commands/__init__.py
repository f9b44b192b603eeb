"""The commands, by what they are about: the arguments that each takes, and what it does with them.

In: arguments as argparse read them. Out: an exit code, nothing where all went well, or a `Failure`. `ledger.cli` names
them all, and imports the one that is asked for.
"""
