"""Text as a source prints it, with nothing mended but the blanks."""


def printed(text: str) -> str:
    """Return ``text`` with its white space (line ends, no-break spaces) as single blanks.

    Records keep what was printed, slips of spelling too; ``thai_text.tidy`` is for comparing.
    Holds: ``printed(printed(t)) == printed(t)``.
    """
    return " ".join(text.split())
