"""Registration, charter and staffing: what each command records, refuses, and leaves as it is."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Establishment, Hierarchy, Kind, LegalForm
from registry.organization.papers import Staffing
from registry.organization.state import Organization
from registry.person.commands import RecordDeath
from registry.references import KindRule
from registry.time import Precision
from tests.support.affairs import (
    AROUND,
    BRANCH,
    DAY,
    LAST,
    LATER,
    LI,
    MECHANICS,
    OFFICE,
    PEOPLE,
    WANG,
    dissolved,
)
from tests.support.dalian import CITY, FOUNDED, PARTY, SOCIETIES, SOCIETY, established
from tests.support.given import BY, Given, given

THIRTY = e.Quota(kind=Establishment.ADMINISTRATIVE, count=30)
NEWCOMER = stable_id("热处理小组")
FOUR = e.Quota(kind=Establishment.SUPPORT, count=4)


def registered(on: date = DAY, organization: UUID = SOCIETY, **given: Any) -> c.RecordRegistration:  # noqa: ANN401 - any field that the command has
    fields = {"organization": organization, "legal_form": LegalForm.SOCIAL_ORGANIZATION, "effective_on": on}
    return c.RecordRegistration(**{**fields, **BY, **given})


def represented(representative: UUID | None, on: date = LATER) -> c.ChangeRepresentative:
    return c.ChangeRepresentative(organization=SOCIETY, representative=representative, effective_on=on, **BY)


def chartered(on: date = DAY, **given: Any) -> c.AdoptCharter:  # noqa: ANN401 - any field that the command has
    fields = {"organization": SOCIETY, "title": "章程", "adopted_on": date(2015, 4, 1), "effective_on": on}
    return c.AdoptCharter(**{**fields, **BY, **given})


def staffed(on: date = DAY, **given: Any) -> c.SetStaffing:  # noqa: ANN401 - any field that the command has
    return c.SetStaffing(**{"organization": CITY, "effective_on": on, **BY, **given})


def state(history: Given, organization: UUID, day: date) -> Organization:
    found = history.register.state(organization, day)
    assert isinstance(found, Organization)
    return found


def representative(history: Given, day: date) -> UUID | None:
    registration = state(history, SOCIETY, day).registration
    assert registration is not None
    return registration.representative


def test_registering() -> None:
    told: dict[str, Any] = {
        "authority": "市民政局",
        "certificate": "社证字第1号",
        "domicile": "西岗区",
        "representative": LI,
    }
    history = given(*AROUND, *PEOPLE)
    history.when(registered(until=LAST, **told)).then(
        e.RegistrationRecorded(legal_form=LegalForm.SOCIAL_ORGANIZATION, until=LAST, effective_on=DAY, **told)
    )
    history.when(registered(LATER, until=LAST, **told)).then_nothing()
    assert [(r.target, r.end) for r in history.register.references_to(LI)] == [(LI, LAST)]


def test_a_registration_ends_with_its_certificate_unless_another_takes_its_place() -> None:
    history = given(*AROUND, registered(until=LATER))
    assert state(history, SOCIETY, LATER).registration is None
    history.given(registered(date(2016, 4, 1), until=LAST))
    assert state(history, SOCIETY, LATER).registration is not None
    assert state(history, SOCIETY, LAST).registration is None


@pytest.mark.parametrize("organization", [BRANCH, OFFICE])
def test_a_branch_or_department_is_no_legal_person(organization: UUID) -> None:
    refusal = given(*AROUND).when(registered(organization=organization)).then_refused(Code.NO_LEGAL_PERSON)
    assert "no legal person" in refusal.english


def test_a_party_organization_is_no_legal_person() -> None:
    given(*SOCIETIES).when(registered(organization=PARTY)).then_refused(Code.NO_LEGAL_PERSON)


def test_what_is_registered_cannot_turn_out_to_be_a_branch() -> None:
    history = given(*AROUND, registered())
    record = history.register.fact(SOCIETY, e.OrganizationEstablished)
    assert isinstance(record.event, e.OrganizationEstablished)
    amendment = AmendEvent(
        entity=SOCIETY,
        position=record.position,
        replacement=replace(record.event, kind=Kind.BRANCH),
        effective_on=DAY,
        **BY,
    )
    history.when(amendment).then_refused(
        Code.LATER_EVENT_CONFLICTS, topic="organization.registration_recorded"
    )


def test_a_branch_is_inside_a_society_and_has_no_branches() -> None:
    below = established(NEWCOMER, "小组", Kind.BRANCH, (Hierarchy.PART_OF, BRANCH))
    given(*AROUND).when(below).then_refused(Code.HIERARCHY_KINDS, child_kind=Kind.BRANCH)
    for superior in (CITY, OFFICE):
        elsewhere = established(NEWCOMER, "小组", Kind.BRANCH, (Hierarchy.PART_OF, superior))
        given(*AROUND).when(elsewhere).then_refused(Code.HIERARCHY_KINDS)
    alone = established(NEWCOMER, "小组", Kind.BRANCH)
    given(*AROUND).when(alone).then_refused(Code.MUST_BELONG, kind=Kind.BRANCH)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"authority": ""}, Code.INVALID_INPUT),
        ({"certificate": "证" * 65}, Code.INVALID_INPUT),
        ({"domicile": "区\n"}, Code.INVALID_INPUT),
        ({"until": DAY}, Code.INVALID_DATE),
        ({"representative": CITY}, Code.WRONG_NOUN),
        ({"representative": BRANCH}, Code.WRONG_NOUN),
    ],
)
def test_registering_what_cannot_be_is_refused(wrong: dict[str, Any], code: Code) -> None:
    given(*AROUND, *PEOPLE).when(registered(**wrong)).then_refused(code)


def test_the_representative_changes_and_the_rest_stays() -> None:
    history = given(*AROUND, *PEOPLE, registered(representative=LI, until=LAST))
    history.when(represented(WANG)).then(e.RepresentativeChanged(representative=WANG, effective_on=LATER))
    history.when(represented(WANG)).then_nothing()
    history.when(represented(None, date(2016, 6, 1))).then_recorded("organization.representative_changed")
    assert representative(history, date(2016, 6, 1)) is None
    assert state(history, SOCIETY, LAST).registration is None


def test_who_is_not_registered_has_no_representative() -> None:
    given(*AROUND, *PEOPLE).when(represented(LI)).then_refused(Code.NO_SUCH_RELATION)


def test_a_death_leaves_the_representation_dangling() -> None:
    history = given(*AROUND, *PEOPLE, registered(representative=LI))
    death = RecordDeath(person=LI, effective_on=LATER, **BY)
    refusal = history.when(death).then_refused(Code.DANGLING, count=1)
    assert "REPRESENTED_BY" in refusal.details["list"]
    ruled = RecordDeath(person=LI, effective_on=LATER, rules=(KindRule(reference=e.REPRESENTED_BY),), **BY)
    history.when(ruled).then_recorded("person.deceased", "organization.representative_changed")
    assert representative(history, LATER) is None
    assert state(history, SOCIETY, LATER).registration is not None


def test_another_person_takes_the_representation_over() -> None:
    history = given(*AROUND, *PEOPLE, registered(representative=LI))
    position = history.register.fact(SOCIETY, e.RegistrationRecorded).position
    to_wang = Disposition(source=SOCIETY, position=position, action=Action.MOVE, target=WANG)
    death = RecordDeath(person=LI, effective_on=LATER, dispositions=(to_wang,), **BY)
    history.when(death).then_recorded("person.deceased", "organization.representative_changed")
    assert representative(history, LATER) == WANG


def test_canceling() -> None:
    command = c.CancelRegistration(organization=SOCIETY, effective_on=LATER, **BY)
    history = given(*AROUND, *PEOPLE, registered(representative=LI))
    history.when(command).then(e.RegistrationCanceled(effective_on=LATER))
    history.when(command).then_nothing()
    assert [r.end for r in history.register.references_to(LI)] == [LATER]


def test_adopting_a_charter() -> None:
    history = given(*AROUND)
    history.when(chartered(approved_on=date(2015, 4, 20), sha256="ab" * 32)).then(
        e.CharterAdopted(
            title="章程",
            adopted_on=date(2015, 4, 1),
            approved_on=date(2015, 4, 20),
            sha256="ab" * 32,
            effective_on=DAY,
        )
    )
    history.when(chartered(approved_on=date(2015, 4, 20), sha256="ab" * 32)).then_nothing()
    history.when(chartered(LATER, title="章程（2016）")).then_recorded("organization.charter_adopted")
    charter = state(history, SOCIETY, LATER).charter
    assert charter is not None
    assert charter.title == "章程（2016）"


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"title": ""}, Code.INVALID_INPUT, "title"),
        ({"sha256": "ab"}, Code.INVALID_INPUT, "sha256"),
        ({"adopted_on": date(2015, 5, 2)}, Code.INVALID_DATE, "adoptedOn"),
        ({"approved_on": date(2015, 3, 31)}, Code.INVALID_DATE, "approvedOn"),
        ({"adopted_on": date(1000, 1, 1)}, Code.INVALID_DATE, "adoptedOn"),
    ],
)
def test_adopting_what_no_charter_is_is_refused(wrong: dict[str, Any], code: Code, field: str) -> None:
    given(*AROUND).when(chartered(**wrong)).then_refused(code, field=field)


def test_a_charter_dated_to_a_year_may_be_adopted_in_it() -> None:
    command = chartered(date(2015, 1, 1), precision=Precision.YEAR)
    given(*AROUND).when(command).then_recorded("organization.charter_adopted")


def test_approving_a_charter() -> None:
    command = c.ApproveCharter(organization=SOCIETY, effective_on=LATER, **BY)
    given(*AROUND).when(command).then_refused(Code.NO_SUCH_RELATION)
    history = given(*AROUND, chartered())
    history.when(command).then(e.CharterApproved(effective_on=LATER))
    history.when(command).then_nothing()
    charter = state(history, SOCIETY, LATER).charter
    assert charter is not None
    assert charter.approved_on == LATER


def test_staffing_is_set_piece_by_piece() -> None:
    history = given(*AROUND)
    history.when(staffed(establishment=(THIRTY, FOUR), leadership_posts=5)).then(
        e.StaffingSet(establishment=(THIRTY, FOUR), leadership_posts=5, effective_on=DAY)
    )
    history.when(staffed(LATER, headcount=36, leaders=6)).then(
        e.StaffingSet(headcount=36, leaders=6, effective_on=LATER)
    )
    history.when(staffed(LATER, headcount=36, leadership_posts=5)).then_nothing()
    staffing = state(history, CITY, LATER).staffing
    assert staffing is not None
    assert (staffing.establishment, staffing.headcount) == ((THIRTY, FOUR), 36)


def test_unset_is_not_none() -> None:
    history = given(*AROUND, staffed(headcount=36, leaders=6))
    history.when(staffed(LATER, headcount=None)).then(e.StaffingSet(headcount=None, effective_on=LATER))
    staffing = state(history, CITY, LATER).staffing
    assert isinstance(staffing, Staffing)
    assert (staffing.headcount, staffing.leaders) == (None, 6)
    assert history.register.fact(CITY, e.StaffingSet, -1).event == e.StaffingSet(
        headcount=None, leaders=UNSET, effective_on=LATER
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "headcount"),
        ({"headcount": -1}, "headcount"),
        ({"leaders": 2**31}, "leaders"),
        ({"leadership_posts": -5}, "leadershipPosts"),
        ({"establishment": (replace(THIRTY, count=-1),)}, "establishment"),
        ({"establishment": (THIRTY, THIRTY)}, "establishment"),
    ],
)
def test_setting_what_cannot_be_counted_is_refused(wrong: dict[str, Any], field: str) -> None:
    given(*AROUND).when(staffed(**wrong)).then_refused(Code.INVALID_INPUT, field=field)


def test_a_dissolution_ends_all_papers_without_a_word() -> None:
    history = given(*AROUND, *PEOPLE, registered(representative=LI), chartered())
    history.given(staffed(organization=SOCIETY, headcount=3))
    history.when(dissolved(SOCIETY)).then_recorded("organization.dissolved")
    gone = state(history, SOCIETY, LATER)
    assert (gone.registration, gone.charter, gone.staffing) == (None, None, None)
    assert [r.end for r in history.register.references_to(LI)] == [LATER]


@pytest.mark.parametrize(
    "command",
    [
        registered(LAST),
        represented(None, LAST),
        c.CancelRegistration(organization=SOCIETY, effective_on=LAST, **BY),
        chartered(LAST),
        c.ApproveCharter(organization=SOCIETY, effective_on=LAST, **BY),
        staffed(LAST, organization=SOCIETY, headcount=1),
    ],
)
def test_who_is_dissolved_has_no_papers(command: Command) -> None:
    given(*AROUND, dissolved(SOCIETY)).when(command).then_refused(Code.NOT_ALIVE, id=SOCIETY)


def test_a_change_knows_how_exactly_it_is_dated_also_when_that_is_amended() -> None:
    history = given(*AROUND)
    record = history.register.fact(MECHANICS, e.OrganizationEstablished)
    vague = replace(record.event, precision=Precision.YEAR, assumed=True)
    history.given(
        AmendEvent(entity=MECHANICS, position=record.position, replacement=vague, effective_on=FOUNDED, **BY)
    )
    history.given(c.SuspendOrganization(organization=MECHANICS, effective_on=DAY, **BY))
    first, later = state(history, MECHANICS, FOUNDED), state(history, MECHANICS, DAY)
    assert (first.precision, first.assumed, first.founded) == (Precision.YEAR, True, Precision.YEAR)
    assert (later.precision, later.assumed, later.founded) == (Precision.DAY, False, Precision.YEAR)
