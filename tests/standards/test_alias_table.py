"""Every name of a unit, and where it was read."""

from datetime import date

from hypothesis import given

from standards.alias_table import alias_table, collisions, named
from standards.catalogue import Catalogue
from standards.model import AliasKind, Edition
from standards.shipped import shipped_editions
from tests.strategies import editions

SHIPPED = alias_table(Catalogue(shipped_editions()))


def test_every_name_has_its_edition_its_day_and_its_page() -> None:
    (row,) = [one for one in named(SHIPPED, "THR-HOH-1-200ZB") if one.scope is None][:1]

    assert (row.edition, row.since) == ("tpqi-facts-2026-11", row.since)
    assert isinstance(row.since, date)
    assert row.source_url == "https://tpqi-net.tpqi.go.th/qualifications/unitinfo/14796"


def test_a_local_code_of_two_books_is_seen_to_collide() -> None:
    found = [group for group in collisions(SHIPPED) if group[0].value == "10302"]

    assert len(found) == 1
    assert {row.scope for row in found[0]} == {"std1949", "std2029"}
    assert len({row.unit for row in named(SHIPPED, "std1949:10302")}) == 1


def test_a_unit_of_several_codes_stands_under_each() -> None:
    codes = {"MLD-LQCX-001B", "--ZZZ-2-002ZB"}
    units = {
        row.unit for row in SHIPPED if row.value in codes and row.kind is AliasKind.CERTIFICATE_CODE
    }

    assert len(units) == 1


@given(editions())
def test_names_never_make_two_units_one(edition: Edition) -> None:
    catalogue = Catalogue([edition])
    rows = alias_table(catalogue)

    assert {row.unit for row in rows} <= {unit.key for unit in catalogue.units}
    assert len(catalogue.units) == len(edition.units)
    assert all(named([row], row.value) == (row,) for row in rows)
