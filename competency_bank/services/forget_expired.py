"""Trip: what was kept for a while goes: repeated requests, sign-ins, sheets, wallets' offers."""

from competency_bank.storage import (
    answered_request_rows,
    pending_sheet_rows,
    session_rows,
    wallet_rows,
)
from competency_bank.storage.database import Transaction


def forget_expired(transaction: Transaction) -> int:
    """Delete everything whose time is over and return how many rows went; safe to repeat."""
    return (
        answered_request_rows.forget_answers(transaction)
        + session_rows.forget_expired(transaction)
        + pending_sheet_rows.forget_stale(transaction)
        + wallet_rows.forget_ended(transaction)
    )
