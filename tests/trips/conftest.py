"""Fixtures of the whole trips."""

from functools import lru_cache

import pytest

from competency_bank.services import audit_bank


@pytest.fixture
def editions_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit reads each edition anew; the same bytes are read once for all histories."""
    once = lru_cache(maxsize=16)(audit_bank._edition_digest)  # noqa: SLF001  (a pure function)
    monkeypatch.setattr(audit_bank, "_edition_digest", once)
