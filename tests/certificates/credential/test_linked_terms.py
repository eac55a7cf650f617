"""Our table of names says what the published contexts say."""

from typing import Any

import pytest

from certificates.credential.linked_terms import CONTEXT_NAMES, vocabulary_of
from certificates.errors import CannotSay
from tests.certificates.linked_judges import published

LEFT_OUT = {
    "vc": {
        *(
            "VerifiablePresentation",
            "JsonSchema",
            "_sd",
            "_sd_alg",
        ),
        *("EnvelopedVerifiablePresentation", "JsonSchemaCredential", "...", "aud", "cnf", "exp"),
        *("iat", "iss", "jku", "kid", "nbf", "sub", "x5u", "statusMessage"),
    },
    "ob": {"endorsementJwt", "jti"},
    "ext": set(),
    "clr": {"cred", "obi"},
}
"""Names we never sign: of other document kinds, with parts we do not read, or, for the two of
Open Badges, defined in one of the two texts that circulate under the same address and not in the
other."""


def _meaning(
    term: str | dict[str, Any], context: dict[str, Any]
) -> tuple[str, str | None, str | None]:
    """Return IRI, type and container of a term as the context states it."""
    stated = {"@id": term} if isinstance(term, str) else term
    container = stated.get("@container")
    iri, kind = _whole(stated["@id"], context), stated.get("@type")
    kept = container if container in {"@list", "@graph"} else None
    return iri, kind if kind is None or kind[0] == "@" else _whole(kind, context), kept


def _whole(iri: str, context: dict[str, Any]) -> str:
    if ":" not in iri:
        return _meaning(context[iri], context)[0]
    prefix, _, rest = iri.partition(":")
    return context[prefix] + rest if isinstance(context.get(prefix), str) else iri


def _terms(context: dict[str, Any], name: str) -> dict[str, Any]:
    special = {"id", "type", *LEFT_OUT[name]}
    return {term: said for term, said in context.items() if term[0] != "@" and term not in special}


@pytest.mark.parametrize("address", CONTEXT_NAMES)
def test_every_name_means_what_the_published_context_says(address: str) -> None:
    name, vocabulary = CONTEXT_NAMES[address], vocabulary_of([address])
    context = published(address)["@context"]
    types, everywhere = {}, {}
    for term, said in _terms(context, name).items():
        if term[0].islower():
            everywhere[term] = _meaning(said, context)
            continue
        types[term] = f"<{_meaning(said, context)[0]}>"
        inner = said.get("@context", {}) if isinstance(said, dict) else {}
        expected = {
            one: _meaning(more, inner)
            for one, more in _terms(inner, name).items()
            if one not in LEFT_OUT[name]
        }
        ours = {
            one: (each.predicate[1:-1], each.reference or each.datatype, each.container)
            for one, each in vocabulary.of_type.get(term, {}).items()
        }
        assert ours == expected, term

    assert vocabulary.types == types
    assert everywhere == {
        one: (each.predicate[1:-1], each.reference or each.datatype, each.container)
        for one, each in vocabulary.everywhere.items()
    }


@pytest.mark.parametrize(
    "contexts", [None, [], "https://elsewhere.example/v1", ["https://www.w3.org/ns/credentials/v1"]]
)
def test_a_context_we_do_not_know_is_not_guessed(contexts: object) -> None:
    with pytest.raises(CannotSay, match="context-unknown"):
        vocabulary_of(contexts)
