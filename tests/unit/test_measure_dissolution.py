"""What becomes of measures whose departments are dissolved: by rule, one by one, by a reorganization."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.measure import commands as c
from registry.measure import events as e
from registry.measure.kinds import Role, Stage
from registry.organization.commands import DissolveOrganization
from registry.organization.events import OrganizationDissolved
from registry.person.commands import RecordDeath, RegisterPerson
from registry.references import KindRule
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import Plan
from tests.support.dalian import CITY, DEPARTMENTS, LIAISON, OFFICE, PROPAGANDA, REFORM
from tests.support.given import BY, Given, given

SET, GONE = date(2018, 1, 1), date(2018, 6, 1)
FIRST, SECOND = stable_id("first measure"), stable_id("second measure")


def measure(identity: UUID, code: str, **more: Any) -> c.SetMeasure:  # noqa: ANN401 - fields of the command
    content = {"title": "宣传工作", "plan_clause": "三(一)", "effective_on": SET, **BY}
    return c.SetMeasure(measure=identity, code=code, **{**content, **more})


MEASURES: tuple[Command, ...] = (
    measure(FIRST, "M-1", lead=PROPAGANDA, supporting=(OFFICE,)),
    measure(SECOND, "M-2", lead=OFFICE, supporting=(PROPAGANDA, LIAISON)),
)


def dissolution(*rules: KindRule, who: UUID = PROPAGANDA, **more: Any) -> DissolveOrganization:  # noqa: ANN401 - fields of the command
    return DissolveOrganization(organization=who, rules=rules, effective_on=GONE, **BY, **more)


def a_register() -> Given:
    return given(*DEPARTMENTS, *MEASURES)


def parts(history: Given, identity: UUID, day: date = GONE) -> set[tuple[Role, UUID]]:
    return {(part.role, part.assignee) for part in history.register.state(identity, day).parts}


def test_a_dissolved_lead_leaves_its_measures_dangling() -> None:
    refusal = a_register().when(dissolution()).then_refused(Code.DANGLING, count=2)
    assert "LED_BY" in refusal.details["list"]
    assert "SUPPORTED_BY" in refusal.details["list"]


def test_rules_move_the_lead_and_end_the_support() -> None:
    history = a_register()
    history.when(
        dissolution(KindRule(reference=Role.LED_BY, move_to=OFFICE), KindRule(reference=Role.SUPPORTED_BY))
    ).then_recorded("organization.dissolved", "measure.assigned", "measure.relieved")
    assert parts(history, FIRST) == {(Role.LED_BY, OFFICE), (Role.SUPPORTED_BY, OFFICE)}
    assert parts(history, SECOND) == {(Role.LED_BY, OFFICE), (Role.SUPPORTED_BY, LIAISON)}
    assert parts(history, FIRST, SET) == {(Role.LED_BY, PROPAGANDA), (Role.SUPPORTED_BY, OFFICE)}


def test_two_that_support_are_moved_to_one() -> None:
    history = a_register()
    support = KindRule(reference=Role.SUPPORTED_BY, move_to=CITY)
    history.given(
        dissolution(KindRule(reference=Role.LED_BY, move_to=CITY), support), dissolution(support, who=LIAISON)
    )
    assert parts(history, SECOND) == {(Role.LED_BY, OFFICE), (Role.SUPPORTED_BY, CITY)}


def test_each_part_is_disposed_of_by_its_own_fact() -> None:
    history = a_register()
    lead = history.register.fact(FIRST, e.MeasureAssigned)
    support = history.register.fact(SECOND, e.MeasureAssigned, 1)
    dispositions = (
        Disposition(source=FIRST, position=lead.position, action=Action.DISSOLVE),
        Disposition(source=SECOND, position=support.position, action=Action.MOVE, target=CITY),
    )
    history.when(dissolution(dispositions=dispositions)).then_recorded(
        "organization.dissolved", "measure.cancelled", "measure.relieved", "measure.assigned"
    )
    assert history.register.state(FIRST, GONE).stage is Stage.CANCELLED
    assert parts(history, SECOND) == {
        (Role.LED_BY, OFFICE),
        (Role.SUPPORTED_BY, LIAISON),
        (Role.SUPPORTED_BY, CITY),
    }


def test_a_part_may_have_been_anothers_from_the_beginning() -> None:
    history = a_register()
    lead = history.register.fact(FIRST, e.MeasureAssigned)
    redirect = Disposition(source=FIRST, position=lead.position, action=Action.REDIRECT, target=CITY)
    history.given(dissolution(KindRule(reference=Role.SUPPORTED_BY), dispositions=(redirect,)))
    assert parts(history, FIRST, SET) == {(Role.LED_BY, CITY), (Role.SUPPORTED_BY, OFFICE)}


def test_what_is_fulfilled_before_does_not_dangle() -> None:
    history = a_register().given(
        c.FulfillMeasure(measure=FIRST, effective_on=date(2018, 5, 1), **BY),
        c.CancelMeasure(measure=SECOND, effective_on=date(2018, 5, 1), **BY),
    )
    history.when(dissolution()).then_recorded("organization.dissolved")
    assert (Role.LED_BY, PROPAGANDA) in parts(history, FIRST)


def test_fulfilment_before_the_dissolution_takes_back_what_that_had_moved() -> None:
    history = a_register().given(
        dissolution(KindRule(reference=Role.LED_BY, move_to=OFFICE), KindRule(reference=Role.SUPPORTED_BY))
    )
    earlier = c.FulfillMeasure(measure=FIRST, effective_on=date(2018, 5, 1), **BY)
    history.when(earlier).then_recorded("measure.fulfilled", "correction.retracted")
    assert (Role.LED_BY, PROPAGANDA) in parts(history, FIRST)


def test_retracting_the_dissolution_gives_the_lead_back() -> None:
    history = a_register().given(
        dissolution(KindRule(reference=Role.LED_BY, move_to=OFFICE), KindRule(reference=Role.SUPPORTED_BY))
    )
    act = history.register.fact(PROPAGANDA, OrganizationDissolved)
    history.given(RetractEvent(entity=PROPAGANDA, position=act.position, effective_on=GONE, **BY))
    assert parts(history, FIRST) == {(Role.LED_BY, PROPAGANDA), (Role.SUPPORTED_BY, OFFICE)}
    assert (Role.SUPPORTED_BY, PROPAGANDA) in parts(history, SECOND)


def test_a_measure_set_for_a_lead_already_gone_is_refused() -> None:
    history = given(*DEPARTMENTS, dissolution())
    late = measure(FIRST, "M-1", lead=PROPAGANDA)
    history.when(late).then_refused(Code.OUTSIDE_LIFE, reference="LED_BY", target=PROPAGANDA)


def test_who_answers_for_a_measure_is_a_person_and_leaves_it_by_dying() -> None:
    somebody = stable_id("somebody")
    history = given(
        *DEPARTMENTS,
        RegisterPerson(person=somebody, name="某人", effective_on=SET, **BY),
        measure(FIRST, "M-1", lead=OFFICE, responsible=somebody),
    )
    death = RecordDeath(person=somebody, effective_on=GONE, **BY)
    history.when(death).then_refused(Code.DANGLING, count=1)
    history.when(replace(death, rules=(KindRule(reference=Role.RESPONSIBLE),))).then_recorded(
        "person.deceased", "measure.relieved"
    )
    assert parts(history, FIRST) == {(Role.LED_BY, OFFICE)}


def test_a_reorganization_gives_the_measures_of_dissolved_departments_to_their_heirs() -> None:
    rules = (KindRule(reference=Role.LED_BY, move_to=CITY), KindRule(reference=Role.SUPPORTED_BY))
    plan = Plan(dissolved=(PROPAGANDA,), rules=rules)
    proposal = ProposeReorganization(reorganization=REFORM, title="改革", plan=plan, effective_on=SET, **BY)
    adoption = AdoptReorganization(reorganization=REFORM, takes_effect_on=GONE, effective_on=SET, **BY)
    history = a_register().given(proposal)
    digest = history.register.preview(adoption).preview
    history.when(replace(adoption, preview=digest)).then_recorded(
        "reorganization.adopted", "organization.dissolved", "measure.assigned", "measure.relieved"
    )
    assert (Role.LED_BY, CITY) in parts(history, FIRST)
    late = measure(stable_id("late"), "M-3", lead=PROPAGANDA)
    history.when(late).then_recorded("measure.set", "measure.assigned", "measure.assigned")
    assert parts(history, stable_id("late")) == {(Role.LED_BY, CITY)}
