"""The terms that the contexts of our credentials define: nothing else is ever signed.

A JSON-LD signature does not cover a property that no context defines: it could be changed and the
signature would still hold. The tables follow the published contexts: W3C Verifiable Credentials
2.0, CLR 2.0.1, Open Badges 3.0.3 with its extensions, Data Integrity 2.0 for the proofs of
endorsements. ``endorsementJwt`` and ``jti`` are left out: only one of the two versions of the Open
Badges context in circulation has them.
"""

from collections.abc import Mapping
from typing import Any, Final

from certificates.errors import CannotSay


def _terms(names: str) -> frozenset[str]:
    return frozenset(names.split())


_ANYWHERE: Final = _terms(
    "@context id type name description alignment endorsement image inLanguage "
    "narrative url awardedDate"
)
_CREDENTIAL: Final = _terms(
    "credentialSchema credentialStatus credentialSubject evidence issuer proof "
    "refreshService termsOfUse validFrom validUntil"
)
_OF_TYPE: Final[Mapping[str, frozenset[str]]] = {
    "VerifiableCredential": _CREDENTIAL,
    "EnvelopedVerifiableCredential": frozenset(),
    "OpenBadgeCredential": frozenset(),
    "EndorsementCredential": frozenset(),
    "ClrCredential": _terms("partial"),
    "AchievementSubject": _terms(
        "achievement activityEndDate activityStartDate creditsEarned identifier "
        "licenseNumber result role source term"
    ),
    "ClrSubject": _terms("identifier achievement association verifiableCredential"),
    "Association": _terms("associationType sourceId targetId"),
    "Achievement": _terms(
        "achievementType creator creditsAvailable criteria fieldOfStudy humanCode "
        "otherIdentifier related resultDescription specialization tag version"
    ),
    "Alignment": _terms(
        "targetCode targetDescription targetFramework targetName targetType targetUrl"
    ),
    "Related": _terms("version"),
    "Result": _terms("achievedLevel resultDescription status value"),
    "ResultDescription": _terms(
        "allowedValue requiredLevel requiredValue resultType rubricCriterionLevel valueMax valueMin"
    ),
    "RubricCriterionLevel": _terms("level points"),
    "Evidence": _terms("audience genre"),
    "Profile": _terms("otherIdentifier official parentOrg email phone address"),
    "IdentifierEntry": _terms("identifier identifierType"),
    "IdentityObject": _terms("hashed identityHash identityType salt"),
    "EndorsementSubject": _terms("endorsementComment"),
    "BitstringStatusListEntry": _terms("statusPurpose statusListIndex statusListCredential"),
    "1EdTechJsonSchemaValidator2019": frozenset(),
    "DataIntegrityProof": _terms(
        "cryptosuite created expires domain challenge nonce proofPurpose proofValue "
        "verificationMethod"
    ),
}
_UNTYPED: Final = _terms("criteria credentialSubject")
"""Members whose value may go without a type."""


def refuse_undefined(credential: Mapping[str, Any]) -> None:
    """Raise ``CannotSay('undefined-term')`` for the first term that no context defines.

    Language maps and ``@value`` objects are refused with it: no single form of them both passes the
    published schema and is signed.
    """
    _refuse(credential, under="")


def _refuse(value: object, *, under: str) -> None:
    if isinstance(value, Mapping):
        allowed = _ANYWHERE | _terms_of(value, under)
        for name, member in value.items():
            if name not in allowed:
                raise CannotSay("undefined-term", field=under, term=name)
            _refuse(member, under=name)
    elif isinstance(value, list):
        for each in value:
            _refuse(each, under=under)


def _terms_of(value: Mapping[str, Any], under: str) -> frozenset[str]:
    types = value.get("type", [])
    names = [types] if isinstance(types, str) else types
    if not names and under not in _UNTYPED:
        raise CannotSay("undefined-term", field=under, term="type")
    terms: frozenset[str] = frozenset()
    for name in names:
        if name not in _OF_TYPE:
            raise CannotSay("undefined-term", field=under, term=name)
        terms |= _OF_TYPE[name]
    return terms
