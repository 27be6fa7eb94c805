"""Whom the code of a row means that is an id, or that a spreadsheet was kept from calculating."""

from __future__ import annotations

from uuid import UUID

from graphql_api.imports.columns import Kind
from graphql_api.imports.wrong import Wrong
from registry.organization import commands as oc
from registry.organization.kinds import Hierarchy
from registry.person import commands as pc
from tests.support.dalian import CITY
from tests.unit.test_import_planning import OFFICE, Cells, city, planned, wrong

_SOMEBODY = UUID("0db0c543-a0ed-59dd-8985-e8fee7812a2b")
_PERSON: Cells = {"code": str(_SOMEBODY), "name": "王建国", "from": "2000-01-01"}


def test_a_code_that_is_an_id_means_that_person_also_when_it_is_new() -> None:
    register = city()
    (command,) = planned(register, Kind.PEOPLE, _PERSON)
    assert isinstance(command, pc.RegisterPerson)
    assert command.person == _SOMEBODY
    assert planned(register, Kind.PEOPLE, {**_PERSON, "code": str(_SOMEBODY).upper()}) == []
    (renamed,) = planned(register, Kind.PEOPLE, {**_PERSON, "name": "王建设", "from": "2010-01-01"})
    assert isinstance(renamed, pc.RenamePerson)
    assert renamed.person == _SOMEBODY


def test_an_id_of_something_else_is_no_person() -> None:
    row = {**_PERSON, "code": str(CITY), "from": "2012-01-01"}
    assert wrong(city(), Kind.PEOPLE, row) == (Wrong.NOT_THERE, "from")


def test_the_mark_before_a_code_is_the_spreadsheets_and_not_the_codes() -> None:
    register = city()
    rows = [{**_PERSON, "code": code} for code in ("'+1", "+1", "'A1", "A1", "''+1")]
    people = [command.person for row in rows for command in planned(register, Kind.PEOPLE, row)]  # type: ignore[attr-defined]  # each registers a person
    assert len(people) == 4, "only the first two are one"


def test_an_organization_without_a_code_is_known_by_its_id_and_keeps_having_none() -> None:
    register = city()
    nameless = {**OFFICE, "code": str(_SOMEBODY)}
    (command,) = planned(register, Kind.ORGANIZATIONS, nameless)
    assert isinstance(command, oc.EstablishOrganization)
    assert (command.organization, command.code) == (_SOMEBODY, None)
    assert planned(register, Kind.ORGANIZATIONS, {**nameless, "code": str(_SOMEBODY).upper()}) == []
    below = {**OFFICE, "code": "D2", "name": "学会部", "parent": str(_SOMEBODY)}
    (placed,) = planned(register, Kind.ORGANIZATIONS, below)
    assert isinstance(placed, oc.EstablishOrganization)
    assert placed.places == (oc.Place(Hierarchy.PART_OF, _SOMEBODY),)
    (recoded,) = planned(register, Kind.ORGANIZATIONS, {**OFFICE, "id": str(_SOMEBODY), "from": "2013-01-01"})
    assert isinstance(recoded, oc.RecodeOrganization)
