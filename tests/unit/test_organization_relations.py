"""Relations, identifiers and designations: begun, ended, ending by themselves, unique where they must be."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import Code
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind
from tests.support.dalian import (
    BUILDING,
    CELL,
    CITY,
    DEPARTMENTS,
    FOUNDED,
    OFFICE,
    PARTY,
    PROPAGANDA,
    SOCIETIES,
    SOCIETY,
    established,
    function,
)
from tests.support.given import BY, given

DAY = date(2015, 5, 1)
LATER = date(2016, 5, 1)
EVE = date(2016, 4, 30)


def opening(until: date | None = None, on: date = DAY) -> c.OpenRelation:
    return c.OpenRelation(
        organization=SOCIETY,
        hierarchy=Hierarchy.GUIDES,
        superior=CITY,
        until=until,
        effective_on=on,
        **BY,
    )


def closing(on: date = LATER) -> c.CloseRelation:
    return c.CloseRelation(
        organization=SOCIETY, hierarchy=Hierarchy.GUIDES, superior=CITY, effective_on=on, **BY
    )


def test_a_relation_is_opened_and_closed() -> None:
    history = given(*SOCIETIES)
    history.when(opening()).then(
        e.RelationOpened(effective_on=DAY, hierarchy=Hierarchy.GUIDES, superior=CITY)
    )
    history.when(closing()).then(
        e.RelationClosed(effective_on=LATER, hierarchy=Hierarchy.GUIDES, superior=CITY)
    )
    assert history.register.superior(SOCIETY, "GUIDES", EVE) == [CITY]
    assert history.register.superior(SOCIETY, "GUIDES", LATER) == []


@pytest.mark.parametrize("until", [None, LATER])
def test_opening_a_relation_that_is_there_with_the_same_end_is_quiet(until: date | None) -> None:
    given(*SOCIETIES, opening(until)).when(opening(until)).then_nothing()


def test_opening_again_without_end_lets_a_relation_go_on() -> None:
    history = given(*SOCIETIES, opening(LATER))
    history.when(opening(None, EVE)).then_recorded("organization.relation_opened")
    assert history.register.superior(SOCIETY, "GUIDES", LATER) == [CITY]


def test_closing_a_relation_that_is_not_there_is_refused() -> None:
    refusal = given(*SOCIETIES).when(closing())
    refusal.then_refused(Code.NO_SUCH_RELATION, relation="GUIDES", superior=CITY, date=LATER)


def test_opening_a_relation_in_a_single_parent_hierarchy_moves() -> None:
    history = given(*DEPARTMENTS)
    move = c.OpenRelation(
        organization=OFFICE,
        hierarchy=Hierarchy.PART_OF,
        superior=PROPAGANDA,
        effective_on=DAY,
        **BY,
    )
    history.when(move).then_recorded("organization.relation_opened")
    assert history.register.superior(OFFICE, "PART_OF", FOUNDED) == [CITY]
    assert history.register.superior(OFFICE, "PART_OF", DAY) == [PROPAGANDA]


def test_a_relation_to_what_is_no_organization_is_refused() -> None:
    history = given(*SOCIETIES, function(BUILDING, "系统组织建设"))
    command = c.OpenRelation(
        organization=SOCIETY, hierarchy=Hierarchy.LEADS, superior=BUILDING, effective_on=DAY, **BY
    )
    history.when(command).then_refused(
        Code.WRONG_NOUN, id=BUILDING, actual="function", expected="organization"
    )


def test_a_relation_to_what_is_not_registered_is_refused() -> None:
    command = c.OpenRelation(
        organization=SOCIETY, hierarchy=Hierarchy.LEADS, superior=OFFICE, effective_on=DAY, **BY
    )
    given(*SOCIETIES).when(command).then_refused(Code.NOT_FOUND, id=OFFICE)


def test_a_relation_before_the_superior_exists_is_refused() -> None:
    young = established(OFFICE, "研究会", Kind.ASSOCIATION, on=LATER)
    command = c.OpenRelation(
        organization=SOCIETY, hierarchy=Hierarchy.LEADS, superior=OFFICE, effective_on=EVE, **BY
    )
    given(*SOCIETIES, young).when(command).then_refused(
        Code.OUTSIDE_LIFE, source=SOCIETY, target=OFFICE, start=EVE
    )


def test_a_relation_from_the_superiors_first_day_is_accepted() -> None:
    young = established(OFFICE, "研究会", Kind.ASSOCIATION, on=LATER)
    command = c.OpenRelation(
        organization=SOCIETY, hierarchy=Hierarchy.LEADS, superior=OFFICE, effective_on=LATER, **BY
    )
    given(*SOCIETIES, young).when(command).then_recorded("organization.relation_opened")


def test_an_end_not_after_the_beginning_is_refused() -> None:
    given(*SOCIETIES).when(opening(until=DAY)).then_refused(Code.INVALID_DATE, field="until", date=DAY)


def identifier(value: str, until: date | None = None, on: date = DAY) -> c.AssignIdentifier:
    return c.AssignIdentifier(
        organization=SOCIETY, scheme="OLD", value=value, until=until, effective_on=on, **BY
    )


def test_an_identifier_is_assigned_replaced_and_withdrawn() -> None:
    history = given(*SOCIETIES)
    history.when(identifier("1")).then(e.IdentifierAssigned(effective_on=DAY, scheme="OLD", value="1"))
    history.when(identifier("2", on=EVE)).then_recorded("organization.identifier_assigned")
    withdrawn = c.WithdrawIdentifier(organization=SOCIETY, scheme="OLD", effective_on=LATER, **BY)
    history.when(withdrawn).then(e.IdentifierWithdrawn(effective_on=LATER, scheme="OLD"))
    assert history.register.entities[SOCIETY].identifiers == (
        (DAY, EVE, ("OLD", "1")),
        (EVE, LATER, ("OLD", "2")),
    )


@pytest.mark.parametrize("until", [None, LATER])
def test_assigning_an_identifier_that_is_borne_with_the_same_end_is_quiet(until: date | None) -> None:
    given(*SOCIETIES, identifier("1", until)).when(identifier("1", until)).then_nothing()


def test_assigning_an_identifier_again_without_end_prolongs_it() -> None:
    history = given(*SOCIETIES, identifier("1", LATER))
    history.when(identifier("1")).then_recorded("organization.identifier_assigned")
    assert history.register.entities[SOCIETY].identifiers == ((DAY, date.max, ("OLD", "1")),)


def test_withdrawing_an_identifier_that_is_not_borne_is_refused() -> None:
    command = c.WithdrawIdentifier(organization=SOCIETY, scheme="OLD", effective_on=DAY, **BY)
    given(*SOCIETIES).when(command).then_refused(Code.NO_SUCH_RELATION, relation="OLD", date=DAY)


@pytest.mark.parametrize("scheme", ["CODE", "INSTRUMENT_NUMBER"])
def test_the_registrys_own_schemes_are_not_assigned(scheme: str) -> None:
    command = c.AssignIdentifier(organization=SOCIETY, scheme=scheme, value="1", effective_on=DAY, **BY)
    given(*SOCIETIES).when(command).then_refused(Code.INVALID_INPUT, field="scheme")


def test_a_wrong_credit_code_is_refused() -> None:
    command = c.AssignIdentifier(organization=SOCIETY, scheme="USCC", value="123", effective_on=DAY, **BY)
    given(*SOCIETIES).when(command).then_refused(Code.INVALID_IDENTIFIER, value="123", scheme="USCC")


def test_identifiers_must_not_overlap_not_even_for_a_day() -> None:
    history = given(*SOCIETIES, identifier("1", until=LATER))
    for on, until, holder in ((EVE, None, SOCIETY), (FOUNDED, date(2015, 5, 2), SOCIETY)):
        command = c.AssignIdentifier(
            organization=PARTY, scheme="OLD", value="1", until=until, effective_on=on, **BY
        )
        history.when(command).then_refused(Code.IDENTIFIER_TAKEN, value="1", holder=holder)
    for on, until in ((LATER, None), (FOUNDED, DAY)):
        command = c.AssignIdentifier(
            organization=PARTY, scheme="OLD", value="1", until=until, effective_on=on, **BY
        )
        history.when(command).then_recorded("organization.identifier_assigned")


def test_a_dissolved_organization_bears_no_identifier_any_more() -> None:
    dissolved = c.DissolveOrganization(organization=CELL, effective_on=DAY, **BY)
    first = c.AssignIdentifier(organization=CELL, scheme="OLD", value="1", effective_on=FOUNDED, **BY)
    given(*SOCIETIES, first, dissolved).when(identifier("1")).then_recorded(
        "organization.identifier_assigned"
    )


def designation(until: date | None = None, on: date = DAY) -> c.GrantDesignation:
    return c.GrantDesignation(organization=SOCIETY, name="示范性学会", until=until, effective_on=on, **BY)


def test_a_designation_is_granted_and_ended() -> None:
    history = given(*SOCIETIES)
    history.when(designation()).then(e.DesignationGranted(effective_on=DAY, name="示范性学会"))
    ended = c.EndDesignation(organization=SOCIETY, name="示范性学会", effective_on=LATER, **BY)
    history.when(ended).then(e.DesignationEnded(effective_on=LATER, name="示范性学会"))
    assert history.register.state(SOCIETY, EVE).designations
    assert not history.register.state(SOCIETY, LATER).designations


@pytest.mark.parametrize("until", [None, LATER])
def test_granting_a_designation_that_is_there_with_the_same_end_is_quiet(until: date | None) -> None:
    given(*SOCIETIES, designation(until)).when(designation(until)).then_nothing()


def test_granting_a_designation_again_without_end_prolongs_it() -> None:
    history = given(*SOCIETIES, designation(LATER))
    history.when(designation(on=EVE)).then_recorded("organization.designation_granted")
    assert history.register.state(SOCIETY, LATER).designations


def test_ending_a_designation_that_is_not_there_is_refused() -> None:
    command = c.EndDesignation(organization=SOCIETY, name="示范性学会", effective_on=DAY, **BY)
    given(*SOCIETIES).when(command).then_refused(Code.NO_SUCH_RELATION, relation="示范性学会")


@pytest.mark.parametrize("command", [opening(), identifier("1"), designation()])
def test_nothing_is_attached_to_what_does_not_live(
    command: c.OpenRelation | c.AssignIdentifier | c.GrantDesignation,
) -> None:
    dissolved = c.DissolveOrganization(organization=SOCIETY, effective_on=DAY, **BY)
    given(*SOCIETIES, dissolved).when(command).then_refused(Code.NOT_ALIVE, id=SOCIETY, date=DAY)
