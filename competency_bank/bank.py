"""An opened bank: settings, keys and database together, as both doors use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from certificates.document.issuer_marks import NO_MARKS, IssuerMarks
from certificates.errors import KeyUnusable
from certificates.sealing.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from certificates.sealing.cosignature import read_verifier_key
from certificates.sealing.key_renewal import load_proof_key
from certificates.sealing.keys import TIME_STAMP_NAME, CheckpointKey, KeyRing, load_keys
from certificates.sealing.time_stamping import OwnTimeStamps, stamped_by
from certificates.sealing.token_keys import Token, TokenPlace, opened_token, pin_in
from certificates.sealing.trust_list import Witness
from competency_bank.domain.errors import NotFound
from competency_bank.domain.terms import Terms
from competency_bank.services import audit_bank, erase_person, publish_trust
from competency_bank.settings import Settings
from competency_bank.storage.database import Database, Transaction
from competency_bank.storage.issued_files import (
    destroy_document,
    document_digest,
    one_at_a_time,
    write_whole,
)
from competency_bank.storage.log_guard import require_sound
from competency_bank.storage.log_state import CheckpointReader, HeadFile, LogState
from competency_bank.storage.people_rows import find_person

if TYPE_CHECKING:
    from certificates.sealing.time_stamp_client import AuthorityByAddress

PEPPER_FILE = "matching.key"
PEPPER_BYTES = 32
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank, opened: everything the doors need to begin a trip."""

    settings: Settings
    keys: KeyRing
    pepper: bytes
    """Key under which national numbers are matched; lies beside the signing keys."""
    database: Database
    marks: IssuerMarks = NO_MARKS
    """The issuer's emblem and signatories."""

    @property
    def terms(self) -> Terms:
        """What holds for everything this bank issues."""
        return Terms(
            issuer=self.keys.issuer,
            public_url=self.settings.public_url,
            serial_prefix=self.settings.serial_prefix,
            demonstration=self.keys.development,
            marks=self.marks,
        )

    @property
    def proof_key(self) -> CheckpointKey:
        """The key that signs Data Integrity proofs; raises KeyUnusable."""
        return load_proof_key(self.settings.keys)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Open the writing transaction of one request, with the time of the door's clock."""
        with self.database.writing(now()) as transaction:
            yield transaction

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Open the reading transaction of one request."""
        with self.database.reading(now()) as transaction:
            yield transaction

    def trust_list(self, transaction: Transaction) -> bytes:
        """Return the signed trust list as it stands now, status lists within."""
        return publish_trust.trust_list(
            transaction, keys=self.keys, terms=self.terms, witnesses=self.witnesses()
        )

    def witnesses(self) -> tuple[Witness, ...]:
        """Return whose cosignatures this bank publishes; raises KeyUnusable."""
        try:
            lines = self.settings.witnesses.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return ()
        return tuple(read_verifier_key(line) for line in lines if line)

    def publish(self) -> Path:
        """Write the trust list where verifiers fetch it, and return the file.

        One process at a time: another that read the bank earlier must not put an older list, in
        which a revoked certificate still stands, over a newer one.
        """
        self.settings.trust.mkdir(parents=True, exist_ok=True)
        path = self.settings.trust / "trust.json"
        with one_at_a_time(self.settings.home / "publishing.lock"):
            with self.reading() as transaction:
                data = self.trust_list(transaction)
            write_whole(path, data)
        return path

    def erase(self, name: str, *, by: str, reason: str) -> erase_person.Erased:
        """Erase a person's data, in the database, in its log of writes and among the documents.

        The documents go after the commit: a crash between leaves files that the audit names and
        that the same call removes.
        """
        with self.writing() as transaction:
            who = find_person(transaction, by).id
            done = erase_person.erase_person(transaction, name, by=who, reason=reason)
        for serial in done.serials:
            destroy_document(self.settings.issued, serial)
        self.database.scrub()
        return done

    def audit(self) -> audit_bank.Audit:
        """Derive everything again from entry 0."""
        with self.reading() as transaction:
            return audit_bank.audit_bank(
                transaction,
                open_checkpoint=self.checkpoint_reader,
                document_digest=lambda serial: document_digest(self.settings.issued, serial),
            )

    @property
    def checkpoint_reader(self) -> CheckpointReader:
        """What verifies the checkpoints of this bank's log."""
        return _reader(self.keys)

    def require_sound_log(self) -> None:
        """Raise unless the stored log agrees with what was signed; see ``log_guard``."""
        with self.reading() as transaction:
            require_sound(transaction)


def now() -> datetime:
    """Return the time of the server clock: UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def token_of(settings: Settings) -> Token | None:
    """Return the opened token that the settings name, if they name one; raises KeyUnusable."""
    if settings.pkcs11_module is None:
        return None
    pin = settings.pkcs11_pin.get_secret_value() if settings.pkcs11_pin else ""
    if not pin and settings.pkcs11_pin_file is not None:
        pin = pin_in(settings.pkcs11_pin_file)
    return opened_token(TokenPlace(settings.pkcs11_module, settings.pkcs11_token, pin))


def time_stamps_of(
    keys: KeyRing, settings: Settings
) -> "OwnTimeStamps | AuthorityByAddress | None":
    """Return the time-stamping authority that the settings name; raises KeyUnusable."""
    if not settings.time_stamps:
        return None
    if settings.time_stamps != "own":
        from certificates.sealing.time_stamp_client import (  # noqa: PLC0415  (who asks nobody has no client)
            AuthorityByAddress,
        )

        return AuthorityByAddress(settings.time_stamps)
    if keys.time_stamps is None:
        raise KeyUnusable("key-missing", file=f"{TIME_STAMP_NAME}.pem")
    return OwnTimeStamps(keys.time_stamps, now)


def stamping(keys: KeyRing, settings: Settings) -> KeyRing:
    """Return the keys so that seals are stamped with the time, where the settings say so."""
    authority = time_stamps_of(keys, settings)
    if authority is None:
        return keys
    document = stamped_by(keys.document, authority.stamp, longest=authority.longest)
    return replace(keys, document=document)


def open_bank(settings: Settings) -> Bank:
    """Open a bank that exists; raises NotFound("no-bank") otherwise."""
    if not (settings.keys / PEPPER_FILE).exists():
        raise NotFound("no-bank", name=str(settings.home))
    return assemble(settings)


def assemble(settings: Settings, *, guarded: bool = True) -> Bank:
    """Open what must be there: keys and database; raises KeyUnusable, MarkUnusable, CannotSet.

    ``guarded`` is False only where somebody accepted that signed entries were lost: then the log
    is not compared with the head that this bank keeps outside the database.
    """
    marks = _marks(settings.issuer)
    keys = stamping(load_keys(settings.keys, token=token_of(settings)), settings)
    pepper = (settings.keys / PEPPER_FILE).read_bytes()

    origin = publish_trust.log_origin(keys, log_number(settings))

    def sign(size: int, root: bytes) -> str:
        return sign_checkpoint(Checkpoint(origin, size, root), keys.checkpoint)

    head = HeadFile(settings.log_head) if guarded else None
    log = LogState(open_checkpoint=_reader(keys), head=head)
    database = Database(settings.database, sign_checkpoint=sign, log=log)
    return Bank(settings, keys=keys, pepper=pepper, database=database, marks=marks)


def _marks(folder: Path) -> IssuerMarks:
    """Return the issuer's own marks; a bank without any loads nothing of the press for them."""
    if not folder.exists():
        return NO_MARKS
    from certificates.document.issuer_folder import read_issuer_folder  # noqa: PLC0415  (the press)

    return read_issuer_folder(folder)


def log_number(settings: Settings) -> int:
    """Return which of the bank's logs is written to; 1 unless entries were ever lost."""
    try:
        return int(settings.log_number.read_text(encoding="ascii"))
    except FileNotFoundError:
        return 1


def _reader(keys: KeyRing) -> CheckpointReader:
    origin = publish_trust.log_origin(keys)

    def read(note: str) -> tuple[int, bytes]:
        opened = open_checkpoint(note, origin=origin, public_key=keys.checkpoint.public_bytes)
        return opened.size, opened.root

    return read
