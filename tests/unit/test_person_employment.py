"""Where people work: terms, the primary employment, and what becomes of it when an employer is gone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.organization.events import OrganizationDissolved
from registry.person import commands as c
from registry.person import events as e
from registry.person.kinds import Sector, StaffingMode
from registry.references import KindRule
from tests.support.dalian import DEPARTMENTS, OFFICE, POPULAR, PROPAGANDA
from tests.support.given import BY, Given, given
from tests.support.people import KNOWN, LI, employed, registered

LATER, END = date(2016, 5, 1), date(2019, 1, 1)
FIRST, SECOND = stable_id("任职一"), stable_id("任职二")


def working() -> Given:
    return given(*DEPARTMENTS, registered(), employed(FIRST, PROPAGANDA))


def employments(history: Given, day: date) -> dict[UUID, tuple[UUID | None, bool]]:
    """Return the employers and what is primary on a day."""
    state = history.register.state(LI, day)
    return {each.employment: (each.employer, each.primary) for each in state.employments}


def test_employing() -> None:
    command = employed(
        FIRST,
        OFFICE,
        position="干部",
        leading=False,
        staffing=StaffingMode.ESTABLISHED,
        until=END,
    )
    history = given(*DEPARTMENTS, registered())
    history.when(command).then(
        e.PersonEmployed(
            effective_on=KNOWN,
            until=END,
            employment=FIRST,
            employer=OFFICE,
            sector=Sector.ASSOCIATION,
            position="干部",
            leading=False,
            primary=True,
            staffing=StaffingMode.ESTABLISHED,
        )
    )
    history.when(command).then_nothing()
    history.when(replace(command, until=None)).then_recorded("person.employed")
    assert employments(history, END) == {FIRST: (OFFICE, True)}


def test_an_employer_may_be_known_by_name_alone_but_must_be_known() -> None:
    history = given(registered())
    history.when(employed(FIRST, None)).then_refused(Code.INVALID_INPUT, field="employer")
    history.when(employed(FIRST, None, employer_name="某研究所")).then_recorded("person.employed")
    assert history.register.entities[LI].references == ()


def test_an_employer_is_an_organization_within_its_life() -> None:
    history = given(*DEPARTMENTS, registered())
    history.when(employed(FIRST, stable_id("无"))).then_refused(Code.NOT_FOUND)
    history.when(employed(FIRST, LI)).then_refused(Code.CYCLE)
    dissolved = DissolveOrganization(organization=OFFICE, effective_on=KNOWN, **BY)
    history.given(dissolved).when(employed(FIRST, OFFICE)).then_refused(
        Code.OUTSIDE_LIFE, reference="EMPLOYED_BY", source=LI, target=OFFICE
    )


def test_a_new_primary_employment_takes_the_place_of_the_one_before() -> None:
    history = working().given(employed(SECOND, OFFICE, effective_on=LATER))
    assert employments(history, KNOWN) == {FIRST: (PROPAGANDA, True)}
    assert employments(history, LATER) == {FIRST: (PROPAGANDA, False), SECOND: (OFFICE, True)}


def test_it_does_so_as_well_when_the_earlier_one_is_recorded_later() -> None:
    history = given(*DEPARTMENTS, registered(), employed(SECOND, OFFICE, effective_on=LATER))
    history.given(employed(FIRST, PROPAGANDA))
    assert employments(history, LATER) == {FIRST: (PROPAGANDA, False), SECOND: (OFFICE, True)}


def test_the_end_of_a_primary_employment_makes_no_other_one_primary() -> None:
    history = working().given(employed(SECOND, OFFICE, effective_on=LATER, until=END))
    assert employments(history, END) == {FIRST: (PROPAGANDA, False)}
    history.given(employed(FIRST, PROPAGANDA, effective_on=END))
    assert employments(history, END) == {FIRST: (PROPAGANDA, True)}


def test_retracting_what_took_its_place_makes_it_primary_again() -> None:
    history = working().given(employed(SECOND, OFFICE, effective_on=LATER))
    position = history.register.head
    history.given(RetractEvent(entity=LI, position=position, effective_on=KNOWN, **BY))
    assert employments(history, LATER) == {FIRST: (PROPAGANDA, True)}


def test_other_terms_of_an_employment_take_the_place_of_those_before_and_their_end() -> None:
    history = given(*DEPARTMENTS, registered(), employed(FIRST, PROPAGANDA, until=END))
    history.given(employed(FIRST, PROPAGANDA, position="部长", leading=True, effective_on=LATER))
    (employment,) = history.register.state(LI, END).employments
    assert (employment.title, employment.leading) == ("部长", True)
    assert len(history.register.state(LI, KNOWN).employments) == 1


def test_an_employment_ends() -> None:
    command = c.EndEmployment(person=LI, employment=FIRST, effective_on=LATER, **BY)
    history = working()
    history.when(command).then(e.EmploymentEnded(effective_on=LATER, employment=FIRST))
    history.when(command).then_refused(Code.NOT_EMPLOYED, id=LI, employment=FIRST, date=LATER)
    assert employments(history, LATER) == {}


def test_ending_before_a_recorded_end_names_what_stands_in_the_way() -> None:
    history = working().given(c.EndEmployment(person=LI, employment=FIRST, effective_on=END, **BY))
    command = c.EndEmployment(person=LI, employment=FIRST, effective_on=LATER, **BY)
    history.when(command).then_refused(Code.LATER_EVENT_CONFLICTS, topic="person.employment_ended", date=END)


def disposed(history: Given, action: Action, target: UUID | None = None) -> DissolveOrganization:
    """Return the dissolution of the employer, disposing of the employment."""
    position = history.register.fact(LI, e.PersonEmployed).position
    disposition = Disposition(source=LI, position=position, action=action, target=target)
    return dissolving(dispositions=(disposition,))


def dissolving(**given_so: Any) -> DissolveOrganization:  # noqa: ANN401 - any field that the command has
    return DissolveOrganization(organization=PROPAGANDA, effective_on=END, **BY, **given_so)


def test_an_employment_dangles_when_the_employer_is_dissolved() -> None:
    refusal = working().when(dissolving()).then_refused(Code.DANGLING, count=1)
    assert "EMPLOYED_BY" in refusal.details["list"]
    assert "李四" not in refusal.details["list"]


def test_it_is_ended_with_the_employer() -> None:
    history = working()
    history.when(disposed(history, Action.END)).then(
        OrganizationDissolved(effective_on=END),
        e.EmploymentEnded(effective_on=END, employment=FIRST, employer=PROPAGANDA),
    )
    assert employments(history, END) == {}


def test_of_two_employments_by_one_employer_each_is_disposed_of_by_itself() -> None:
    history = working().given(employed(SECOND, PROPAGANDA, primary=False, effective_on=LATER))
    first, second = (history.register.fact(LI, e.PersonEmployed, nth).position for nth in (0, 1))
    command = dissolving(
        dispositions=(
            Disposition(source=LI, position=first, action=Action.END),
            Disposition(source=LI, position=second, action=Action.MOVE, target=OFFICE),
        )
    )
    history.given(command)
    assert employments(history, END) == {SECOND: (OFFICE, False)}


def test_it_is_moved_as_it_is_and_keeps_its_end() -> None:
    history = given(*DEPARTMENTS, registered(), employed(FIRST, PROPAGANDA, until=date(2020, 1, 1)))
    history.given(employed(SECOND, OFFICE, effective_on=LATER))
    history.when(disposed(history, Action.MOVE, POPULAR)).then(
        OrganizationDissolved(effective_on=END),
        e.EmploymentTransferred(effective_on=END, employment=FIRST, source=PROPAGANDA, target=POPULAR),
    )
    assert employments(history, END) == {FIRST: (POPULAR, False), SECOND: (OFFICE, True)}
    assert employments(history, date(2020, 1, 1)) == {SECOND: (OFFICE, True)}


def test_it_is_redirected_or_retracted_from_its_beginning() -> None:
    history = working()
    history.given(disposed(history, Action.REDIRECT, OFFICE))
    assert employments(history, KNOWN) == {FIRST: (OFFICE, True)}
    history = working()
    history.given(disposed(history, Action.RETRACT))
    assert employments(history, KNOWN) == {}


def test_nobody_is_dissolved_with_an_employer() -> None:
    history = working()
    refusal = history.when(disposed(history, Action.DISSOLVE)).then_refused(Code.INVALID_INPUT)
    assert "end the employment" in refusal.details["problem"]


@pytest.mark.parametrize("target", [None, OFFICE])
def test_a_rule_ends_or_moves_what_is_recorded_before_and_after_the_dissolution(target: UUID | None) -> None:
    rules = (KindRule(reference="EMPLOYED_BY", move_to=target),)
    left = {} if target is None else {FIRST: (OFFICE, True)}
    history = working().given(dissolving(rules=rules))
    assert employments(history, END) == left
    history = given(*DEPARTMENTS, registered(), dissolving(rules=rules), employed(FIRST, PROPAGANDA))
    assert employments(history, LATER) == {FIRST: (PROPAGANDA, True)}
    assert employments(history, END) == left


def test_an_end_with_the_employer_goes_when_the_person_turns_out_to_have_left_before() -> None:
    history = working()
    history.given(disposed(history, Action.END))
    history.given(c.EndEmployment(person=LI, employment=FIRST, effective_on=LATER, **BY))
    assert [reference.end for reference in history.register.entities[LI].references] == [LATER]


def test_an_end_with_the_employer_goes_when_the_employment_was_with_another() -> None:
    history = working()
    history.given(disposed(history, Action.END))
    record = history.register.fact(LI, e.PersonEmployed)
    replacement = replace(record.event, employer=OFFICE)
    history.given(
        AmendEvent(entity=LI, position=record.position, replacement=replacement, effective_on=KNOWN, **BY)
    )
    assert employments(history, END) == {FIRST: (OFFICE, True)}


def test_a_death_ends_every_employment() -> None:
    history = working().given(c.RecordDeath(person=LI, effective_on=LATER, **BY))
    assert history.register.state(LI, LATER).employments == ()
    history.when(dissolving()).then(OrganizationDissolved(effective_on=END))
