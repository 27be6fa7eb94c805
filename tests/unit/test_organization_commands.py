"""What each command to an organization records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import UNSET

from registry.errors import Code
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind, Status, Tier
from tests.support.dalian import ASSOCIATION, BUILDING, CITY, DEPARTMENTS, FOUNDED, OFFICE, function
from tests.support.given import BY, given

DAY = date(2015, 5, 1)
LATER = date(2016, 5, 1)


def test_establishing_records_the_organization_its_places_and_its_identifiers() -> None:
    command = c.EstablishOrganization(
        organization=OFFICE,
        name="办公室",
        short_name="办",
        kind=Kind.DEPARTMENT,
        code="D1",
        places=(c.Place(Hierarchy.PART_OF, CITY),),
        identifiers=(("OLD", "7"),),
        effective_on=DAY,
        **BY,
    )
    outcome = given(ASSOCIATION).when(command)
    outcome.then(
        e.OrganizationEstablished(
            effective_on=DAY, name="办公室", short_name="办", kind=Kind.DEPARTMENT, code="D1"
        ),
        e.RelationOpened(effective_on=DAY, hierarchy=Hierarchy.PART_OF, superior=CITY),
        e.IdentifierAssigned(effective_on=DAY, scheme="OLD", value="7"),
    )
    act, *others = outcome.records
    assert act.cause is None
    assert {record.cause for record in others} == {act.position}


def test_establishing_is_refused_when_the_id_is_taken() -> None:
    given(ASSOCIATION).when(ASSOCIATION).then_refused(Code.ALREADY_EXISTS, id=CITY)


def test_an_organization_is_not_established_suspended() -> None:
    command = c.EstablishOrganization(
        organization=CITY,
        name="市科协",
        kind=Kind.ASSOCIATION,
        status=Status.SUSPENDED,
        effective_on=DAY,
        **BY,
    )
    given().when(command).then_refused(Code.INVALID_INPUT, field="status")


@pytest.mark.parametrize(
    ("places", "field"),
    [
        ((c.Place(Hierarchy.PART_OF, CITY), c.Place(Hierarchy.PART_OF, OFFICE)), "places"),
        ((c.Place(Hierarchy.GUIDES, CITY), c.Place(Hierarchy.GUIDES, CITY)), "places"),
    ],
)
def test_two_places_where_there_is_one_are_refused(places: tuple[c.Place, ...], field: str) -> None:
    command = c.EstablishOrganization(
        organization=OFFICE, name="办公室", kind=Kind.SOCIETY, places=places, effective_on=DAY, **BY
    )
    given(ASSOCIATION).when(command).then_refused(Code.INVALID_INPUT, field=field)


def test_two_identifiers_of_one_scheme_are_refused() -> None:
    command = c.EstablishOrganization(
        organization=CITY,
        name="市科协",
        kind=Kind.ASSOCIATION,
        identifiers=(("OLD", "1"), ("OLD", "2")),
        effective_on=DAY,
        **BY,
    )
    given().when(command).then_refused(Code.INVALID_INPUT, field="identifiers")


def test_renaming_keeps_the_short_name_unless_it_is_given() -> None:
    history = given(
        c.EstablishOrganization(
            organization=CITY,
            name="市科协",
            short_name="科协",
            kind=Kind.ASSOCIATION,
            effective_on=FOUNDED,
            **BY,
        )
    )
    renamed = c.RenameOrganization(organization=CITY, name="大连市科协", effective_on=DAY, **BY)
    history.when(renamed).then(e.OrganizationRenamed(effective_on=DAY, name="大连市科协", short_name=UNSET))
    assert history.register.state(CITY, DAY).short_name == "科协"
    bare = c.RenameOrganization(
        organization=CITY, name="大连市科协", short_name=None, effective_on=LATER, **BY
    )
    history.when(bare).then(e.OrganizationRenamed(effective_on=LATER, name="大连市科协", short_name=None))
    assert history.register.state(CITY, DAY).short_name == "科协"
    assert history.register.state(CITY, LATER).short_name is None


def test_renaming_to_the_same_name_is_quiet() -> None:
    command = c.RenameOrganization(organization=CITY, name="市科协", effective_on=DAY, **BY)
    given(ASSOCIATION).when(command).then_nothing()


def test_renaming_what_does_not_exist_is_refused() -> None:
    command = c.RenameOrganization(organization=CITY, name="甲", effective_on=DAY, **BY)
    given().when(command).then_refused(Code.NOT_FOUND, noun="organization", id=CITY)


def test_renaming_before_the_establishment_is_refused() -> None:
    early = date(2009, 12, 31)
    command = c.RenameOrganization(organization=CITY, name="甲", effective_on=early, **BY)
    given(ASSOCIATION).when(command).then_refused(Code.NOT_ALIVE, id=CITY, date=early)


def test_recoding_takes_a_code_and_takes_it_away() -> None:
    history = given(ASSOCIATION)
    coded = c.RecodeOrganization(organization=CITY, code="K1", effective_on=DAY, **BY)
    history.when(coded).then(e.OrganizationRecoded(effective_on=DAY, code="K1"))
    bare = c.RecodeOrganization(organization=CITY, code=None, effective_on=LATER, **BY)
    history.when(bare).then(e.OrganizationRecoded(effective_on=LATER, code=None))


def test_recoding_to_the_same_code_is_quiet() -> None:
    command = c.RecodeOrganization(organization=CITY, code=None, effective_on=DAY, **BY)
    given(ASSOCIATION).when(command).then_nothing()


def test_recoding_to_the_code_of_another_is_refused_while_that_one_lives() -> None:
    history = given(
        *DEPARTMENTS[:2], c.RecodeOrganization(organization=CITY, code="K1", effective_on=DAY, **BY)
    )
    command = c.RecodeOrganization(organization=OFFICE, code="K1", effective_on=LATER, **BY)
    history.when(command).then_refused(
        Code.IDENTIFIER_TAKEN, scheme="CODE", value="K1", holder=CITY, start=LATER
    )


def test_reclassifying_leaves_alone_what_is_unset_and_empties_what_is_null() -> None:
    history = given(
        c.EstablishOrganization(
            organization=CITY,
            name="市科协",
            kind=Kind.ASSOCIATION,
            profile=e.Profile(tier=Tier.MUNICIPAL, subtype="机关"),
            effective_on=FOUNDED,
            **BY,
        )
    )
    change = e.ProfileChange(subtype=None)
    command = c.ReclassifyOrganization(organization=CITY, change=change, effective_on=DAY, **BY)
    history.when(command).then(e.OrganizationReclassified(effective_on=DAY, change=change))
    assert history.register.state(CITY, DAY).profile == e.Profile(tier=Tier.MUNICIPAL, subtype=None)


def test_reclassifying_to_what_it_is_or_to_nothing_new_is_quiet() -> None:
    history = given(ASSOCIATION)
    for change in (e.ProfileChange(), e.ProfileChange(tier=None)):
        command = c.ReclassifyOrganization(organization=CITY, change=change, effective_on=DAY, **BY)
        history.when(command).then_nothing()


def test_reclassifying_before_the_establishment_is_refused() -> None:
    change = e.ProfileChange(tier=Tier.MUNICIPAL)
    command = c.ReclassifyOrganization(organization=CITY, change=change, effective_on=date(2009, 1, 1), **BY)
    given(ASSOCIATION).when(command).then_refused(Code.NOT_ALIVE, id=CITY)


def test_suspending_and_activating() -> None:
    history = given(ASSOCIATION)
    suspended = c.SuspendOrganization(organization=CITY, effective_on=DAY, **BY)
    history.when(suspended).then(e.OrganizationSuspended(effective_on=DAY))
    history.when(suspended).then_nothing()
    activated = c.ActivateOrganization(organization=CITY, effective_on=LATER, **BY)
    history.when(activated).then(e.OrganizationActivated(effective_on=LATER))
    history.when(activated).then_nothing()
    assert history.register.state(CITY, DAY).status is Status.SUSPENDED
    assert history.register.state(CITY, LATER).status is Status.ACTIVE


def test_a_planned_organization_is_activated_but_not_suspended() -> None:
    planned = c.EstablishOrganization(
        organization=CITY,
        name="市科协",
        kind=Kind.ASSOCIATION,
        status=Status.PLANNED,
        effective_on=FOUNDED,
        **BY,
    )
    history = given(planned)
    suspended = c.SuspendOrganization(organization=CITY, effective_on=DAY, **BY)
    history.when(suspended).then_refused(Code.NOT_ALLOWED_IN_STATUS, id=CITY, status=Status.PLANNED, date=DAY)
    activated = c.ActivateOrganization(organization=CITY, effective_on=DAY, **BY)
    history.when(activated).then(e.OrganizationActivated(effective_on=DAY))


@pytest.mark.parametrize("kind", [c.SuspendOrganization, c.ActivateOrganization])
def test_what_is_dissolved_is_neither_suspended_nor_activated(
    kind: type[c.SuspendOrganization | c.ActivateOrganization],
) -> None:
    dissolved = c.DissolveOrganization(organization=CITY, effective_on=DAY, **BY)
    command = kind(organization=CITY, effective_on=DAY, **BY)
    given(ASSOCIATION, dissolved).when(command).then_refused(Code.NOT_ALIVE, id=CITY, date=DAY)


def test_a_stale_version_is_refused() -> None:
    command = c.RenameOrganization(organization=CITY, name="甲", expected_version=2, effective_on=DAY, **BY)
    given(ASSOCIATION).when(command).then_refused(Code.VERSION_CONFLICT, id=CITY, actual=1, expected=2)


def test_the_version_that_was_read_is_accepted() -> None:
    command = c.RenameOrganization(organization=CITY, name="甲", expected_version=1, effective_on=DAY, **BY)
    given(ASSOCIATION).when(command).then_recorded("organization.renamed")


def test_a_function_is_no_organization() -> None:
    command = c.RenameOrganization(organization=BUILDING, name="甲", effective_on=DAY, **BY)
    history = given(ASSOCIATION, function(BUILDING, "系统组织建设"))
    history.when(command).then_refused(
        Code.WRONG_NOUN, id=BUILDING, actual="function", expected="organization"
    )
