"""CASE packages written by hand to the specification, without anything of our own exporter."""

from typing import Any

DAY = "2025-03-01T09:30:00+07:00"
DOCUMENT = 0


def uuid(n: int) -> str:
    """Return a UUID that ends in ``n``."""
    return f"11111111-2222-4333-8444-{n:012x}"


def link(n: int, room: str, title: str = "x") -> dict[str, Any]:
    """Return a link object."""
    return {"title": title, "identifier": uuid(n), "uri": f"https://board.example/{room}/{n}"}


def item(n: int, kind: str | None, text: str, **members: object) -> dict[str, Any]:
    """Return a CFItem in English unless ``language`` says otherwise."""
    typed = {} if kind is None else {"CFItemType": kind}
    return {
        "identifier": uuid(n),
        "uri": f"https://board.example/CFItems/{n}",
        "fullStatement": text,
        "lastChangeDateTime": DAY,
        **typed,
        **members,
    }


def association(
    n: int, origin: int, destination: int, tie: str = "isChildOf", **members: object
) -> dict[str, Any]:
    """Return a CFAssociation between two items; 0 stands for the document."""
    return {
        "identifier": uuid(n),
        "uri": f"https://board.example/CFAssociations/{n}",
        "associationType": tie,
        "originNodeURI": link(origin, "CFItems"),
        "destinationNodeURI": link(destination, "CFItems"),
        "lastChangeDateTime": DAY,
        **members,
    }


def package(
    items: list[dict[str, Any]], associations: list[dict[str, Any]], **members: object
) -> dict[str, Any]:
    """Return a CFPackage; ``members`` go into its document."""
    return {
        "CFDocument": {
            "identifier": uuid(DOCUMENT),
            "uri": "https://board.example/CFDocuments/0",
            "creator": "Example Board",
            "title": "Gardening",
            "lastChangeDateTime": DAY,
            "language": "en",
            **members,
        },
        "CFItems": items,
        "CFAssociations": associations,
    }
