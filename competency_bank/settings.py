"""Settings, read from the environment (``COMPETENCY_BANK_*``) here and nowhere else."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from certificates.asking.permitted_hosts import hosts_in


def _host_list(text: str) -> str:
    hosts_in(text)
    return text


class Settings(BaseSettings):
    """What may differ from one installation to the next; every default works out of the box."""

    model_config = SettingsConfigDict(env_prefix="COMPETENCY_BANK_", extra="ignore")

    home: Path = Path("var")
    """Folder of the bank: database, keys, issued documents, trust list."""
    database_url: str | None = None
    """SQLAlchemy address of the database; the default is ``bank.sqlite`` in the home."""
    public_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/]+[^/]$")
    """Address under which people reach the bank, as printed in QR codes."""
    serial_prefix: str = Field(default="CB", pattern=r"^[A-Z0-9]{2,8}$")
    """First part of every serial."""
    issuer_id: str = "https://competency-bank.example/issuers/demonstration"
    """URI of the issuer that development keys are made for."""
    issuer_folder: Path | None = None
    """Folder of the issuer's emblem and signatories; the default is ``issuer`` in the home."""
    issuer_name_th: str = "ผู้ออกหนังสือรับรองสาธิต ธนาคารสมรรถนะ"
    issuer_name_en: str = "Demonstration issuer, Competency Bank"
    time_stamps: str = Field(default="", pattern=r"^(|own|https?://\S+)$")
    """Who stamps seals with the time: nobody, ``own`` (the development authority in this process),
    or the address of an RFC 3161 authority."""
    fetch_allowed: Annotated[str, AfterValidator(_host_list)] = ""
    """Hosts of other issuers that may be asked for their keys and status lists: ``name`` or
    ``name:port``, between commas. Empty: nobody is ever asked."""
    pkcs11_module: Path | None = None
    """Full path of the PKCS#11 library of the token that holds keys; without it keys are files."""
    pkcs11_token: str = "competency-bank"  # noqa: S105 - a label, no secret
    """Label of that token."""
    pkcs11_pin: SecretStr | None = None
    pkcs11_pin_file: Path | None = None
    """File with the PIN, readable by its owner only; used where ``pkcs11_pin`` is not set."""

    @property
    def database(self) -> str:
        """Address of the database."""
        return self.database_url or f"sqlite:///{self.home / 'bank.sqlite'}"

    @property
    def may_be_asked(self) -> frozenset[str]:
        """Hosts in ``fetch_allowed``."""
        return hosts_in(self.fetch_allowed)

    @property
    def issuer(self) -> Path:
        """Folder of the issuer's own marks, see ``certificates.document.issuer_folder``."""
        return self.issuer_folder or self.home / "issuer"

    @property
    def keys(self) -> Path:
        """Folder of the private keys, readable by the owner only."""
        return self.home / "keys"

    @property
    def issued(self) -> Path:
        """Folder of the sealed documents."""
        return self.home / "issued"

    @property
    def log_head(self) -> Path:
        """File of the newest signed head of the log, outside the database."""
        return self.home / "log-head"

    @property
    def log_number(self) -> Path:
        """File that counts the logs of this bank: a new one begins when entries were lost."""
        return self.home / "log-number"

    @property
    def witnesses(self) -> Path:
        """File of the verifier keys of the log's witnesses, one a line."""
        return self.home / "witnesses"

    @property
    def archive(self) -> Path:
        """Folder of sealed documents with archive revisions; the ledger names those in issued."""
        return self.home / "archive"

    @property
    def trust(self) -> Path:
        """Folder of what verifiers need."""
        return self.home / "trust"
