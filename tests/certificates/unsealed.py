"""Drafts as files that can be looked at: with nothing in the place of the signature."""

from certificates.document.draft import Draft

NOTHING = b"1 0 obj\nnull\nendobj\n"


def unsealed(draft: Draft) -> bytes:
    """Return the file of ``draft``, whole but for its seal."""
    return draft.beginning + NOTHING + draft.ending(len(draft.beginning) + len(NOTHING))
