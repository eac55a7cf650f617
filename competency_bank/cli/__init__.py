"""The command line: ``competency-bank VERB``.

``program`` holds the verbs, one module a noun. ``serve`` has a small program of its own: the others
load what draws and seals documents, which would cost a starting server a second.
"""

import sys
from importlib import import_module

from competency_bank.settled_memory import settle

SERVE = "serve"
OPTIONS_WITH_VALUE = frozenset({"--home"})


def main() -> None:
    """Run the program; the entry point of ``competency-bank``."""
    name = "serving" if _verb(sys.argv[1:]) == SERVE else "program"
    program = import_module(f"competency_bank.cli.{name}").program
    settle()
    program()


def _verb(words: list[str]) -> str | None:
    """Return the first word that is neither an option nor an option's value."""
    waiting = iter(words)
    for word in waiting:
        if word in OPTIONS_WITH_VALUE:
            next(waiting, None)
        elif not word.startswith("-"):
            return word
    return None
