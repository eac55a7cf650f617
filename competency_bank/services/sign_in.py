"""Trip: into the bank, by a link with a secret in it.

Links are how the demonstration lets people in. Every secret is random and kept only as a hash.
"""

import secrets
from datetime import timedelta

from competency_bank.domain.errors import NotAllowed
from competency_bank.domain.people import Role
from competency_bank.storage import people_rows, session_rows
from competency_bank.storage.database import Transaction
from competency_bank.storage.session_rows import SignedIn

LINK_LIVES = timedelta(days=7)
SESSION_LIVES = timedelta(hours=12)
SECRET_BYTES = 32


def make_link(transaction: Transaction, person: str, role: Role) -> str:
    """Return the secret of a new sign-in link for a person in one of their roles."""
    known = people_rows.find_person(transaction, person)
    if role not in people_rows.roles_of(transaction, known.id):
        raise NotAllowed("not-this-role", name=person)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    expires = transaction.now + LINK_LIVES
    session_rows.add_link(transaction, secret, SignedIn(known.id, role), expires)
    return secret


def start_session(transaction: Transaction, link_secret: str) -> tuple[str, SignedIn]:
    """Return the secret of a new session for whoever the link stands for.

    Always a new secret, so that one planted beforehand is worth nothing. Raises
    NotAllowed("link-unknown") for a link that is unknown or expired, without saying which.
    """
    who = session_rows.find_link(transaction, link_secret)
    if who is None:
        raise NotAllowed("link-unknown")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session_rows.add_session(transaction, secret, who, transaction.now + SESSION_LIVES)
    return secret, who
