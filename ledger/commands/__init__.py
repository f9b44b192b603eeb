"""The commands, one module each: `NAME`, `HELP`, the arguments it takes, and what it does with them.

In: arguments as argparse read them. Out: an exit code. What only one command needs is imported when it runs.
"""
