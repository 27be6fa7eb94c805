"""Hierarchies have no cycle on any day, no gap where there must be none, and nobody out of place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import MUST_BELONG, PLACES, Hierarchy, Kind, fits
from registry.reorganization import commands as r
from registry.reorganization.events import NewPlace, Plan, Superior
from tests.support.dalian import ASSOCIATION, CITY, FOUNDED, SOCIETIES, SOCIETY, established
from tests.support.given import BY, Given, given

A, B, C = (stable_id(name) for name in "甲乙丙")
T1, T2, T3, T4 = date(2012, 1, 1), date(2013, 1, 1), date(2014, 1, 1), date(2015, 1, 1)

KIND_OF: dict[Hierarchy, Kind] = {
    Hierarchy.PART_OF: Kind.ASSOCIATION,
    Hierarchy.LEADS: Kind.ASSOCIATION,
    Hierarchy.GUIDES: Kind.ASSOCIATION,
    Hierarchy.HOSTS: Kind.ASSOCIATION,
    Hierarchy.PARTY_SUPERIOR: Kind.PARTY_ORGANIZATION,
    Hierarchy.COVERS: Kind.PARTY_ORGANIZATION,
}
"""A kind that may be at both ends; in SUPERVISES there is none, so that it has no cycles by its kinds."""


def three(kind: Kind = Kind.ASSOCIATION) -> Given:
    return given(*(established(who, name, kind) for who, name in zip((A, B, C), "甲乙丙", strict=True)))


def opening(
    below: UUID,
    above: UUID,
    hierarchy: Hierarchy = Hierarchy.PART_OF,
    start: date = T1,
    until: date | None = None,
) -> c.OpenRelation:
    return c.OpenRelation(
        organization=below,
        hierarchy=hierarchy,
        superior=above,
        until=until,
        effective_on=start,
        **BY,
    )


@pytest.mark.parametrize("hierarchy", KIND_OF)
def test_no_cycle_in_any_hierarchy(hierarchy: Hierarchy) -> None:
    history = three(KIND_OF[hierarchy]).given(opening(A, B, hierarchy), opening(B, C, hierarchy))
    refusal = history.when(opening(C, A, hierarchy)).then_refused(Code.CYCLE, child=C, hierarchy=hierarchy)
    assert refusal.details["path"] == " → ".join(map(str, (C, A, B, C)))


@pytest.mark.parametrize("hierarchy", KIND_OF)
def test_nobody_is_their_own_superior(hierarchy: Hierarchy) -> None:
    history = three(KIND_OF[hierarchy])
    history.when(opening(A, A, hierarchy)).then_refused(Code.CYCLE, child=A, path=A)


def test_supervision_has_no_cycles_by_its_kinds() -> None:
    places = PLACES[Hierarchy.SUPERVISES]
    assert places.subordinates is not None
    assert places.superiors is not None
    assert places.subordinates & places.superiors == set()


def test_a_cycle_that_exists_only_during_some_days_is_found() -> None:
    history = three().given(opening(A, B, start=T1, until=T3), opening(B, C, start=T2, until=T4))
    history.when(opening(C, A, start=T1)).then_refused(Code.CYCLE, child=C)
    history.when(opening(C, A, start=T2, until=T3)).then_refused(Code.CYCLE, child=C)


def test_what_follows_each_other_in_time_is_no_cycle() -> None:
    history = three().given(opening(A, B, start=T1, until=T3), opening(B, C, start=T2, until=T4))
    history.when(opening(C, A, start=T1, until=T2)).then_recorded("organization.relation_opened")
    history.when(opening(C, A, start=T3)).then_recorded("organization.relation_opened")


def test_two_hierarchies_may_run_in_opposite_directions() -> None:
    history = three().given(opening(A, B))
    history.when(opening(B, A, Hierarchy.GUIDES)).then_recorded("organization.relation_opened")


def test_a_cycle_made_by_a_correction_is_found() -> None:
    history = three().given(opening(A, B, start=T1, until=T2), opening(B, A, start=T3))
    record = history.register.fact(B, e.RelationOpened)
    command = AmendEvent(
        entity=B,
        position=record.position,
        replacement=replace(record.event, effective_on=FOUNDED),
        effective_on=T4,
        **BY,
    )
    history.when(command).then_refused(Code.CYCLE)


def test_a_cycle_made_by_two_moves_of_one_act_is_found_and_a_swap_is_none() -> None:
    history = three().given(opening(A, B))

    def plan(*moves: tuple[UUID, UUID]) -> Plan:
        moved = (NewPlace(organization=a, to=Superior(Hierarchy.PART_OF, b)) for a, b in moves)
        return Plan(moved=tuple(moved))

    def adopted(reform: UUID, *moves: tuple[UUID, UUID]) -> Command:
        history.given(
            r.ProposeReorganization(
                reorganization=reform, title="改革", plan=plan(*moves), effective_on=T1, **BY
            )
        )
        return r.AdoptReorganization(
            reorganization=reform, takes_effect_on=T2, effective_on=T1, preview="", **BY
        )

    round_about = adopted(stable_id("环"), (B, C), (C, A))
    history.when(round_about).then_refused(Code.CYCLE)
    swapped = adopted(stable_id("换"), (B, A), (A, C))
    assert isinstance(swapped, r.AdoptReorganization)
    seen = history.register.preview(swapped).preview
    assert history.when(replace(swapped, preview=seen)).records
    assert history.register.superior(B, "PART_OF", T2) == [A]


KINDS_OUT_OF_PLACE = [
    (Hierarchy.GUIDES, Kind.DEPARTMENT, Kind.ASSOCIATION),
    (Hierarchy.SUPERVISES, Kind.ASSOCIATION, Kind.ASSOCIATION),
    (Hierarchy.SUPERVISES, Kind.SOCIETY, Kind.SOCIETY),
    (Hierarchy.PARTY_SUPERIOR, Kind.SOCIETY, Kind.PARTY_ORGANIZATION),
    (Hierarchy.PARTY_SUPERIOR, Kind.PARTY_ORGANIZATION, Kind.SOCIETY),
    (Hierarchy.COVERS, Kind.SOCIETY, Kind.ASSOCIATION),
    (Hierarchy.PART_OF, Kind.BRANCH, Kind.ASSOCIATION),
    (Hierarchy.PART_OF, Kind.BRANCH, Kind.BRANCH),
]


@pytest.mark.parametrize(("hierarchy", "below", "above"), KINDS_OUT_OF_PLACE)
def test_kinds_out_of_place_are_refused(hierarchy: Hierarchy, below: Kind, above: Kind) -> None:
    assert not fits(hierarchy, below, above)
    host = [established(C, "学会", Kind.SOCIETY)]
    inside = dict.fromkeys(MUST_BELONG, (Hierarchy.PART_OF, C))
    for who, name, kind in ((A, "甲", below), (B, "乙", above)):
        places = [inside[kind]] if kind in inside else []
        host.append(established(who, name, kind, *places))
    given(*host).when(opening(A, B, hierarchy)).then_refused(
        Code.HIERARCHY_KINDS, child_kind=below, superior_kind=above, hierarchy=hierarchy
    )


@pytest.mark.parametrize("kind", sorted(MUST_BELONG))
def test_kinds_that_must_belong_do_so_from_their_first_day(kind: Kind) -> None:
    given(ASSOCIATION).when(established(A, "甲", kind)).then_refused(
        Code.MUST_BELONG, kind=kind, id=A, start=FOUNDED
    )


def test_a_place_that_lapses_leaves_a_gap_and_is_refused() -> None:
    inside = (Hierarchy.PART_OF, CITY)
    history = given(ASSOCIATION, established(A, "甲", Kind.DEPARTMENT, inside))
    history.when(opening(A, CITY, start=T1, until=T2)).then_refused(Code.MUST_BELONG, id=A, start=T2)
    closing = c.CloseRelation(
        organization=A, hierarchy=Hierarchy.PART_OF, superior=CITY, effective_on=T1, **BY
    )
    history.when(closing).then_refused(Code.MUST_BELONG, id=A, start=T1)


def test_a_gap_of_one_day_is_a_gap() -> None:
    inside = (Hierarchy.PART_OF, CITY)
    history = given(ASSOCIATION, established(B, "乙", Kind.ASSOCIATION))
    history.given(established(A, "甲", Kind.DEPARTMENT, inside))
    history.given(opening(A, B, start=T3))
    history.when(opening(A, CITY, start=T1, until=date(2013, 12, 31))).then_refused(
        Code.MUST_BELONG, id=A, start=date(2013, 12, 31), end=T3
    )
    history.given(established(C, "丙", Kind.ASSOCIATION))
    history.when(opening(A, C, start=T1, until=T3)).then_recorded("organization.relation_opened")


def test_a_society_may_be_without_a_place() -> None:
    closing = c.CloseRelation(
        organization=SOCIETY,
        hierarchy=Hierarchy.SUPERVISES,
        superior=CITY,
        effective_on=T1,
        **BY,
    )
    given(*SOCIETIES).when(closing).then_recorded("organization.relation_closed")


def test_a_branch_stands_in_a_society_with_a_department_but_no_branch_in_it() -> None:
    assert fits(Hierarchy.PART_OF, Kind.BRANCH, Kind.SOCIETY)
    assert fits(Hierarchy.PART_OF, Kind.BODY, Kind.BRANCH)
    assert not fits(Hierarchy.PART_OF, Kind.BRANCH, Kind.BRANCH)
    assert not fits(Hierarchy.PART_OF, Kind.BRANCH, Kind.DEPARTMENT)
