"""The record of a check: which steps were done, and how each ended.

``verify`` raises when it stops, so the caller who wants to tell people how far it came hands in a
``Journal`` and reads it afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from certificates.errors import CheckStopped, NotChecked


class Step(StrEnum):
    """The steps of a check, in their order."""

    FORMAT = "format"
    COVERAGE = "coverage"
    SEAL = "seal"
    TIME_STAMP = "time-stamp"
    SIGNER = "signer"
    LEGAL_CLASS = "legal-class"
    CREDENTIAL = "credential"
    AGREEMENT = "agreement"
    MANDATE = "mandate"
    LOG = "log"
    STATUS = "status"
    DATES = "dates"


class Outcome(StrEnum):
    """How a step ended."""

    OK = "ok"
    FAILED = "failed"
    NOT_CHECKED = "not-checked"


PROVED: Final = "proved"
NOT_REACHED: Final = "not-reached"


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step and how it ended."""

    step: Step
    outcome: Outcome
    code: str
    """``proved``, ``not-reached``, or the code of what was found."""


@dataclass(slots=True)
class Journal:
    """What a check has done so far."""

    steps: list[StepDone] = field(default_factory=list)
    credential: dict[str, object] | None = None
    """The credential, from the moment its signature and its issuer are proved."""

    @contextmanager
    def step(self, step: Step) -> Iterator[None]:
        """Record ``step`` as done, or as what stopped it."""
        try:
            yield
        except CheckStopped as stop:
            unknown = isinstance(stop, NotChecked)
            self._add(step, Outcome.NOT_CHECKED if unknown else Outcome.FAILED, code=stop.code)
            raise
        self._add(step, Outcome.OK, code=PROVED)

    def note(self, step: Step, code: str) -> None:
        """Record ``step`` as done, with what it found."""
        self._add(step, Outcome.OK, code=code)

    def skip(self, step: Step, code: str) -> None:
        """Record that ``step`` could not be or need not be done."""
        self._add(step, Outcome.NOT_CHECKED, code=code)

    def interrupt(self, code: str) -> None:
        """Record that the step under way ended in a way that was not foreseen."""
        done = {each.step for each in self.steps}
        self.skip(next((step for step in Step if step not in done), Step.DATES), code)

    def complete(self) -> tuple[StepDone, ...]:
        """Return all steps; those that were not reached say so."""
        done = {each.step: each for each in self.steps}
        return tuple(
            done.get(step, StepDone(step, Outcome.NOT_CHECKED, NOT_REACHED)) for step in Step
        )

    def _add(self, step: Step, outcome: Outcome, *, code: str) -> None:
        self.steps.append(StepDone(step, outcome, code))
