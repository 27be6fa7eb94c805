"""A world in which commands are supposed: what is put is there, what is taken back or let go is not."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from registry.ids import stable_id
from registry.organization.kinds import Hierarchy, Kind
from registry.reads import Bearer
from registry.staged import Staged
from tests.support.dalian import CITY, FOUNDED, department, established
from tests.support.given import given


def test_a_staged_world_shows_what_is_put_and_what_is_taken_back() -> None:
    register = given(replace(established(CITY, "市科协", Kind.ASSOCIATION), code="CITY")).register
    later = given(
        replace(established(CITY, "市科协", Kind.ASSOCIATION), code="CITY"),
        department(stable_id("D"), "办公室"),
    ).register
    world = Staged(register)
    office = later.entities[stable_id("D")]
    assert world.held(office.id) is None
    world.put(office)
    assert world.entity(office.id) is office
    assert [r.source for r in world.references_to(CITY)] == [office.id]
    assert [r.target for r in world.superiors(office.id, Hierarchy.PART_OF)] == [CITY]
    world.restore(office.id, None)
    assert world.entity(office.id) is None
    assert world.references_to(CITY) == []


def test_what_is_let_go_still_bears_what_it_bore() -> None:
    world = Staged(given().register)
    association = established(CITY, "市科协", Kind.ASSOCIATION)
    bearing = given(replace(association, code="CITY")).register.entities[CITY]
    world.put(bearing)
    expected = [Bearer(CITY, FOUNDED, date.max)]
    assert world.bearers("CODE", "CITY") == expected
    world.let_go(CITY)
    assert world.entity(CITY) is None
    assert world.bearers("CODE", "CITY") == expected
    assert world.bearers("CODE", "OTHER") == []
