"""What a signature is worth in law: the Electronic Transactions Act, B.E. 2544, as amended.

Section 9: any electronic signature that names its maker and is as reliable as the purpose asks.
Section 26: presumed reliable; linked to and controlled by the signer alone, every later change is
noticed: a digital signature. Sections 26 and 28: the same with a certificate of a certification
service that answers for it. (Read after ETDA's explanation of the three classes, quoted by
fusionsol.com, 4 August 2021; whether a given authority reaches a class is for a lawyer, hence the
trust list says it, authority by authority, and without a word there the least is assumed.)
"""

from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509


class LegalClass(StrEnum):
    """The classes, the least first."""

    DEMONSTRATION = "demonstration"
    """Section 9 in form, made with development keys: no effect."""
    SECTION_9 = "section-9"
    SECTION_26 = "section-26"
    SECTION_26_28 = "section-26-28"


@dataclass(frozen=True, slots=True)
class ClassOfAuthority:
    """Which class the certificates of one authority have."""

    authority: str
    """SHA-256 of the authority's certificate, 64 small hexadecimal digits."""
    legal_class: LegalClass
    policies: tuple[str, ...]
    """Certificate policies (dotted), one of which a signer's certificate must name; none: any."""


def legal_class_of(
    signer: x509.Certificate,
    authority: str,
    classes: tuple[ClassOfAuthority, ...],
    *,
    demonstration: bool,
) -> LegalClass:
    """Return the class of signatures with ``signer``, which ``authority`` (SHA-256) certified."""
    if demonstration:
        return LegalClass.DEMONSTRATION
    policies = _policies(signer)
    for each in classes:
        if each.authority == authority and (not each.policies or policies & set(each.policies)):
            return each.legal_class
    return LegalClass.SECTION_9


def _policies(certificate: x509.Certificate) -> set[str]:
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.CertificatePolicies):
            return {policy.policy_identifier.dotted_string for policy in extension.value}
    return set()
