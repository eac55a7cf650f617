"""The answer to a class sheet, the same on the command line, in the API and on the page."""

from typing import Any

from competency_bank.domain.sheet_messages import refusal_message
from competency_bank.services.record_units import Recorded


def sheet_answer(done: Recorded) -> dict[str, Any]:
    """Return what was recorded, what stood already, and every refused row with its reason."""
    refused = []
    for one in done.refused:
        message = refusal_message(one)
        refused.append(
            {
                "row": one.row,
                "column": one.column,
                "code": one.code,
                "message": {"th": message.th, "en": message.en},
                "suggestion": one.suggestion,
            }
        )
    return {
        "recorded": len(done.outcome.passes),
        "already": done.outcome.already,
        "refused": refused,
        "checkpoint": done.checkpoint,
    }
