"""What the names in a credential mean as linked data (JSON-LD 1.1), for the contexts we know.

``linked_terms.txt`` states facts about the published contexts, one a line; the tests compare them
with the contexts themselves. A context that is not named here is never fetched: what it means is
not known, so nothing that names it can be signed or checked as linked data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from certificates.errors import CannotSay

FACTS: Final = "linked_terms.txt"
CONTEXT_NAMES: Final = {
    "https://www.w3.org/ns/credentials/v2": "vc",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ext",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr",
}
"""Address of each context we know, and its name in the table."""
EVERYWHERE: Final = "-"
NONE: Final = "-"
REFERENCES: Final = frozenset({"@id", "@vocab"})
STRUCTURE: Final = frozenset({"id", "type", "@context"})
"""Members that belong to JSON-LD itself, in every node."""
XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Term:
    """How one property is written as a statement about its subject."""

    predicate: str
    """The IRI between angle brackets, as N-Quads write it."""
    reference: str | None
    """``@id`` or ``@vocab`` where a text is the name of a thing, else None."""
    datatype: str | None
    """IRI of the datatype that texts, numbers and truth values are given, if any."""
    closing: str
    """What follows a text: its quotation mark, and its datatype if it is no plain string."""
    container: str | None
    """``@list`` or ``@graph``; None for what has no order and no graph of its own."""


Scope = Mapping[str, Term]
"""The properties that one node may have, by name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a list of contexts defines."""

    types: Mapping[str, str]
    """Type -> its IRI between angle brackets."""
    everywhere: Scope
    of_type: Mapping[str, Scope]
    """What only nodes of a type may have."""

    def scope(self, types: tuple[str, ...]) -> Scope:
        """Return the properties that a node of these types may have."""
        scope = dict(self.everywhere)
        for one in sorted(types):
            scope |= self.of_type.get(one, {})
        return scope


def vocabulary_of(contexts: object) -> Vocabulary:
    """Return the names that a credential's ``@context`` defines.

    Raises:
        CannotSay: ``context-unknown``: not a list of contexts we know.

    """
    listed = contexts if isinstance(contexts, list) else [contexts]
    names = [CONTEXT_NAMES.get(str(one)) for one in listed]
    known = tuple(name for name in names if name is not None)
    if not names or len(known) < len(names):
        raise CannotSay("context-unknown", context=str(contexts)[:200])
    return _vocabulary(known)


def refuse_undefined(credential: Mapping[str, object]) -> None:
    """Raise ``CannotSay('undefined-term')`` for the first term that no context of it defines there.

    A JSON-LD signature does not cover such a property: it could be changed and the signature would
    still hold. Language maps and ``@value`` objects are refused with it: no single form of them
    both passes the published schema and is signed.
    """
    _refuse(credential, vocabulary_of(credential.get("@context")), under="")


def _refuse(value: object, vocabulary: Vocabulary, *, under: str) -> None:
    if isinstance(value, list):
        for each in value:
            _refuse(each, vocabulary, under=under)
    if not isinstance(value, Mapping):
        return
    stated = value.get("type", ())
    types = tuple(stated) if isinstance(stated, list | tuple) else (stated,)
    scope = vocabulary.scope(types)
    unknown = [name for name in types if name not in vocabulary.types]
    unknown += [name for name in value if name not in scope and name not in STRUCTURE]
    if unknown:
        raise CannotSay("undefined-term", field=under, term=unknown[0])
    for name in value.keys() - STRUCTURE:
        _refuse(value[name], vocabulary, under=name)


@cache
def _vocabulary(names: tuple[str, ...]) -> Vocabulary:
    types: dict[str, str] = {}
    everywhere: dict[str, Term] = {}
    of_type: dict[str, dict[str, Term]] = {}
    for name in names:
        for scope, term, meaning in _facts()[name]:
            if term[0].islower():
                target = everywhere if scope == EVERYWHERE else of_type.setdefault(scope, {})
                target[term] = meaning
            else:
                types[term] = meaning.predicate
    return Vocabulary(types, everywhere, of_type)


@cache
def _facts() -> dict[str, list[tuple[str, str, Term]]]:
    text = (files(__package__) / FACTS).read_text(encoding="utf-8")
    prefixes: dict[str, str] = {}
    found: dict[str, list[tuple[str, str, Term]]] = {name: [] for name in CONTEXT_NAMES.values()}
    for line in text.splitlines():
        words = line.split()
        if words[0] == "prefix":
            prefixes[words[1]] = words[2]
        elif words[0] != "#":
            context, scope, term, *meaning = words
            found[context].append((scope, term, _term(meaning, prefixes)))
    return found


def _term(meaning: list[str], prefixes: Mapping[str, str]) -> Term:
    iri, coercion, container = meaning
    reference = coercion if coercion in REFERENCES else None
    datatype = None if reference or coercion == NONE else _whole(coercion, prefixes)
    plain = datatype is None or datatype == XSD_STRING
    return Term(
        predicate=f"<{_whole(iri, prefixes)}>",
        reference=reference,
        datatype=datatype,
        closing='"' if plain else f'"^^<{datatype}>',
        container=container if container in {"@list", "@graph"} else None,
    )


def _whole(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    return prefixes.get(prefix, f"{prefix}{colon}") + rest
