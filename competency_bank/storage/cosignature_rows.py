"""What witnesses signed: lines kept beside the checkpoints they stand on.

Trust: whoever writes here can take lines away or add wrong ones; readers check each line.
"""

from sqlalchemy import delete, insert

from competency_bank.storage.database import Transaction
from competency_bank.storage.mapped_row import table
from competency_bank.storage.plain_statements import ask
from competency_bank.storage.tables import CosignatureRow

_cosignatures = table(CosignatureRow)
_LINES = "SELECT line FROM cosignatures WHERE size = ? ORDER BY witness"


def keep_cosignature(transaction: Transaction, size: int, witness: str, line: str) -> None:
    """Keep the line of a witness on the checkpoint of this size, in place of an older one."""
    where = (_cosignatures.c.size == size) & (_cosignatures.c.witness == witness)
    transaction.connection.execute(delete(_cosignatures).where(where))
    row = {"size": size, "witness": witness, "line": line, "at": transaction.now}
    transaction.connection.execute(insert(_cosignatures), row)


def cosigned(transaction: Transaction, size: int, note: str) -> str:
    """Return the checkpoint of this size with the lines of witnesses behind the log's own."""
    rows = ask(transaction.connection, _LINES, (size,))
    return note + "".join([f"{line}\n" for (line,) in rows])
