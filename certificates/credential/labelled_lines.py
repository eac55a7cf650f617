"""Lines with a label: what Open Badges 3.0 has no property for, said where a person reads it too.

A description is one heading line and then ``label: value`` lines. Values hold no line break
(``plain_words``), so the lines can be taken apart again.
"""

from collections.abc import Sequence

Labelled = tuple[str, str | None]
"""A label and its value; None where there is nothing to say."""


def written(head: str, *labelled: Labelled) -> str:
    """Return the heading and one line for each value that is there."""
    return "\n".join([head, *(label + value for label, value in labelled if value is not None)])


def below_head(text: str) -> list[str]:
    """Return the lines under the heading."""
    return text.split("\n")[1:]


def value_of(lines: Sequence[str], label: str) -> str | None:
    """Return what follows ``label``, which stands once or not at all."""
    return next((line.removeprefix(label) for line in lines if line.startswith(label)), None)


def values_of(lines: Sequence[str], label: str) -> tuple[str, ...]:
    """Return what follows ``label`` on each line that has it."""
    return tuple(line.removeprefix(label) for line in lines if line.startswith(label))
