"""Hypothesis strategies shared by the tests."""

from datetime import date

from hypothesis import strategies as st

from standards import model
from standards.reading_json import with_digest

_THAI = "".join(chr(point) for point in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5A)))

plain_text = st.text(alphabet=_THAI + "abcXYZ019 -./()", min_size=1, max_size=12).filter(str.strip)
"""Text without hidden characters, not blank."""

messy_text = st.text(
    alphabet=st.one_of(
        st.sampled_from(_THAI + "\u0e4d\u0e32\u0e33\u0e48\u0e49\u0e40\u0e40 \u00a0\u200b\u200d"),
        st.characters(),
    ),
    max_size=20,
)
"""Anything at all, with many of the signs that go wrong in Thai."""

_maybe_text = st.none() | plain_text
_levels = st.sampled_from(model.LevelScale).flatmap(
    lambda scale: st.builds(model.Level, value=st.integers(1, 3), scale=st.just(scale))
)
_aliases = st.builds(
    model.Alias, kind=st.sampled_from(model.AliasKind), value=plain_text, scope=_maybe_text
)
_criteria = st.builds(model.Criterion, code=_maybe_text, text_th=plain_text, text_en=_maybe_text)
_elements = st.builds(
    model.Element,
    code=plain_text,
    title_th=plain_text,
    title_en=_maybe_text,
    criteria=st.lists(_criteria, max_size=2).map(tuple),
    assessment_methods=st.lists(plain_text, max_size=2).map(tuple),
)


def units(key: str) -> st.SearchStrategy[model.Unit]:
    """Draw any unit with that key, of the owner TST."""
    return st.builds(
        model.Unit,
        key=st.just(model.UnitKey(key)),
        owner=st.just(model.OwnerCode("TST")),
        code=_maybe_text,
        aliases=st.lists(_aliases, max_size=2).map(tuple),
        title_th=plain_text,
        title_en=_maybe_text,
        industry=_maybe_text,
        sector=_maybe_text,
        occupation=_maybe_text,
        levels=st.lists(_levels, max_size=2).map(tuple),
        revision=st.builds(
            model.Revision,
            number=st.none() | st.integers(1, 9),
            year=st.none() | st.integers(2000, 2030),
            raw=st.none() | st.sampled_from(["", "/", "- / -", "2 / 2566"]),
        ),
        isco=st.lists(plain_text, max_size=2).map(tuple),
        target_groups=st.lists(plain_text, max_size=2).map(tuple),
        elements=st.none() | st.lists(_elements, max_size=2).map(tuple),
        source_url=_maybe_text,
    )


@st.composite
def groups(draw: st.DrawFn, keys: tuple[model.UnitKey, ...]) -> model.UnitGroup:
    """Draw some of ``keys``, with a minimum that can be met."""
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=4)) if keys else []
    minimum = draw(st.integers(0, len(chosen)))
    return model.UnitGroup(name=draw(_maybe_text), minimum=minimum, units=tuple(chosen))


@st.composite
def qualifications(
    draw: st.DrawFn, keys: tuple[model.UnitKey, ...], *, key: str = "q-0"
) -> model.Qualification:
    """Draw any qualification made of ``keys``."""
    return model.Qualification(
        key=model.QualificationKey(key),
        owner=model.OwnerCode("TST"),
        aliases=tuple(draw(st.lists(_aliases, max_size=1))),
        title_th=draw(plain_text),
        title_en=draw(_maybe_text),
        industry=draw(_maybe_text),
        occupation=draw(_maybe_text),
        level=draw(st.none() | _levels),
        groups=tuple(draw(st.lists(groups(keys), max_size=2))),
        composition_known=draw(st.booleans()),
        certifying_bodies=tuple(draw(st.lists(plain_text, max_size=1))),
        published=draw(st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        source_url=draw(_maybe_text),
    )


@st.composite
def editions(draw: st.DrawFn) -> model.Edition:
    """Draw any edition with up to three units and two qualifications, its digest right."""
    keys = tuple(model.UnitKey(f"u-{n}") for n in range(draw(st.integers(0, 3))))
    count = draw(st.integers(0, 2))
    return with_digest(
        model.Edition(
            id=model.EditionId(draw(plain_text)),
            owner=model.OwnerCode("TST"),
            title_th=draw(plain_text),
            title_en=draw(_maybe_text),
            released=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
            made_up=draw(st.booleans()),
            units=tuple(draw(units(key)) for key in keys),
            qualifications=tuple(draw(qualifications(keys, key=f"q-{n}")) for n in range(count)),
            digest="",
        )
    )
