"""An adopted reorganization is moved, redone or withdrawn, also after others built on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.function.commands import TransferFunction
from registry.function.events import HOLDS, FunctionAssigned, FunctionTransferred
from registry.ids import stable_id
from registry.organization import events as o
from registry.organization.commands import RenameOrganization
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.references import KindRule
from registry.reorganization import commands as c
from registry.reorganization import events as e
from registry.reorganization.state import Stage
from registry.timeline import Segment
from tests.support.dalian import (
    ACADEMIC,
    BUILDING,
    CITY,
    EFFECT,
    ENTERPRISES,
    LIAISON,
    OFFICE,
    PERSONNEL,
    PLAN,
    PROPAGANDA,
    PUBLICITY,
    REFORM,
    REGISTER,
    RESEARCH,
    department,
    function,
)
from tests.support.given import BY, Given, Register, given

PROPOSED, DECIDED, NOTICED = date(2018, 1, 1), date(2018, 6, 1), date(2019, 9, 1)
EARLIER, LATER, BUILT = date(2018, 10, 1), date(2019, 4, 1), date(2019, 2, 1)
SECTION, MEDIA = stable_id("宣传科"), stable_id("网络新媒体")


def adopting(history: Given, effect: date = EFFECT) -> c.AdoptReorganization:
    """Return the adoption of what the preview now shows."""
    command = c.AdoptReorganization(reorganization=REFORM, takes_effect_on=effect, effective_on=DECIDED, **BY)
    return replace(command, preview=history.register.preview(command).preview)


def proposing(plan: e.Plan = PLAN) -> c.ProposeReorganization:
    return c.ProposeReorganization(
        reorganization=REFORM, title="改革", plan=plan, effective_on=PROPOSED, **BY
    )


def adopted(plan: e.Plan = PLAN) -> Given:
    history = given(*REGISTER, proposing(plan))
    return history.given(adopting(history))


def built_upon() -> Given:
    """Begin with a sub-unit under a new department, and a function assigned to that."""
    return adopted().given(
        department(SECTION, "宣传科", RESEARCH, BUILT),
        function(MEDIA, "网络新媒体", RESEARCH, BUILT),
    )


def amending(
    *dispositions: Disposition, day: date | None = None, plan: e.Plan | None = None
) -> c.AmendReorganization:
    return c.AmendReorganization(
        reorganization=REFORM,
        takes_effect_on=day,
        plan=plan,
        dispositions=dispositions,
        reason="更正",
        effective_on=NOTICED,
        **BY,
    )


def withdrawing(*dispositions: Disposition) -> c.WithdrawReorganization:
    return c.WithdrawReorganization(
        reorganization=REFORM, dispositions=dispositions, effective_on=NOTICED, **BY
    )


def section(register: Register, action: Action, target: UUID | None = None) -> Disposition:
    position = register.fact(SECTION, o.RelationOpened).position
    return Disposition(source=SECTION, position=position, action=action, target=target)


def media(register: Register, action: Action, target: UUID | None = None) -> Disposition:
    position = register.fact(MEDIA, FunctionAssigned).position
    return Disposition(source=MEDIA, position=position, action=action, target=target)


def states(register: Register) -> dict[UUID, tuple[Segment, ...]]:
    segments = {entity.id: entity.timeline.segments for entity in register.entities.values()}
    return {identity: those for identity, those in segments.items() if those}


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_everything_moves_with_the_day(day: date) -> None:
    history = adopted()
    outcome = history.when(amending(day=day))
    outcome.then_recorded(*["correction.amended"] * 14)
    register = history.register
    assert register.state(REFORM, day).stage is Stage.COMPLETED
    assert register.entities[PERSONNEL].life[0].start == day
    assert register.entities[PROPAGANDA].life[0].end == day
    assert [r.start for r in register.entities[BUILDING].references][1] == day
    assert outcome.records[1].cause == outcome.records[0].position


def test_moving_to_the_day_it_has_is_quiet() -> None:
    adopted().when(amending(day=EFFECT)).then_nothing()
    adopted().when(amending(plan=PLAN)).then_nothing()
    adopted().when(amending()).then_nothing()


def test_moving_it_twice_and_undoing_the_second_move() -> None:
    history = adopted().given(amending(day=LATER))
    once = states(history.register)
    outcome = history.when(amending(day=EARLIER))
    assert history.register.entities[PERSONNEL].life[0].start == EARLIER
    undo = RetractEvent(entity=REFORM, position=outcome.records[0].position, effective_on=NOTICED, **BY)
    history.given(undo)
    assert states(history.register) == once


def test_what_is_not_adopted_is_not_amended() -> None:
    proposed = given(
        *REGISTER,
        c.ProposeReorganization(reorganization=REFORM, title="改革", plan=PLAN, effective_on=PROPOSED, **BY),
    )
    proposed.when(amending(day=LATER)).then_refused(
        Code.NOT_ALLOWED_IN_STATUS, id=REFORM, status=Stage.PROPOSED
    )
    given().when(amending(day=LATER)).then_refused(Code.NOT_FOUND, id=REFORM)


def test_another_plan_changes_only_what_it_does_otherwise() -> None:
    history = adopted()
    other = replace(
        PLAN,
        functions=(e.FunctionChange(function=BUILDING, holder=OFFICE), *PLAN.functions[1:3]),
        dissolved=(PROPAGANDA,),
        established=(*PLAN.established[:1], replace(PLAN.established[1], name="调研部")),
        kept=(LIAISON,),
    )
    outcome = history.when(amending(plan=other))
    register = history.register
    assert register.state(REFORM, NOTICED).plan == other
    assert register.state(BUILDING, EFFECT).holding.holder == OFFICE
    assert register.state(LIAISON, NOTICED).status is Status.ACTIVE
    assert register.state(RESEARCH, EFFECT).name == "调研部"
    assert register.state(ENTERPRISES, EFFECT).holding.holder == ACADEMIC
    assert {record.originator_id for record in outcome.records} & {ENTERPRISES, PUBLICITY} == set()


def test_another_plan_and_another_day_at_once() -> None:
    history = adopted().given()
    other = replace(PLAN, functions=PLAN.functions[:-1])
    history.given(amending(plan=other, day=LATER))
    assert history.register.entities[RESEARCH].life[0].start == LATER
    assert stable_id("科学决策服务") not in states(history.register)


def test_what_another_plan_did_moves_and_is_withdrawn_too() -> None:
    history = adopted()
    before = states(given(*REGISTER).register)
    fresh = stable_id("对外合作部")
    new = e.NewOrganization(
        id=fresh,
        name="对外合作部",
        kind=Kind.DEPARTMENT,
        superiors=(e.Superior(Hierarchy.PART_OF, CITY),),
    )
    history.given(amending(plan=replace(PLAN, established=(*PLAN.established, new))))
    history.given(amending(day=LATER))
    assert history.register.entities[fresh].life[0].start == LATER
    history.given(withdrawing())
    after = states(history.register)
    del after[REFORM]
    assert {key: len(those) for key, those in after.items()} == {
        key: len(those) for key, those in before.items()
    }
    assert after == before


def test_a_new_department_that_lived_on_keeps_its_history_under_another_plan() -> None:
    renamed = RenameOrganization(organization=RESEARCH, name="调研部", effective_on=BUILT, **BY)
    history = adopted().given(renamed)
    history.given(amending(plan=replace(PLAN, functions=PLAN.functions[1:], rules=(RULE,))))
    assert history.register.state(RESEARCH, EFFECT).name == "调研宣传部"
    assert history.register.state(RESEARCH, BUILT).name == "调研部"
    assert history.register.state(BUILDING, EFFECT).holding.holder == PERSONNEL


RULE = KindRule(reference=HOLDS, move_to=PERSONNEL)


def test_a_function_that_was_handed_on_keeps_the_plan_from_leaving_it_out() -> None:
    handed = TransferFunction(function=BUILDING, target=OFFICE, effective_on=BUILT, **BY)
    history = adopted().given(handed)
    released = (e.FunctionChange(function=BUILDING, holder=None), *PLAN.functions[1:])
    history.when(amending(plan=replace(PLAN, functions=released))).then_refused(
        Code.LATER_EVENT_CONFLICTS, topic="function.transferred", date=BUILT
    )


def test_withdrawing_restores_everything_and_retracting_the_withdrawal_does_it_again() -> None:
    history = adopted()
    done = states(history.register)
    outcome = history.when(withdrawing())
    outcome.then_recorded(*["correction.retracted"] * 14, "reorganization.withdrawn")
    register = history.register
    undone = states(register)
    assert register.state(REFORM, NOTICED).stage is Stage.WITHDRAWN
    assert register.state(PROPAGANDA, NOTICED).status is Status.ACTIVE
    assert register.state(BUILDING, NOTICED).holding.holder == PROPAGANDA
    assert {PERSONNEL, RESEARCH} & undone.keys() == set()
    act = outcome.records[0].position
    history.given(RetractEvent(entity=REFORM, position=act, effective_on=NOTICED, **BY))
    assert states(register) == done


def test_what_was_adopted_by_mistake_is_adopted_again() -> None:
    history = adopted()
    done = {who: those[-1].end for who, those in states(history.register).items()}
    position = history.register.fact(REFORM, e.ReorganizationAdopted).position
    history.given(RetractEvent(entity=REFORM, position=position, effective_on=NOTICED, **BY))
    history.given(adopting(history, LATER))
    assert history.register.entities[RESEARCH].life[0].start == LATER
    assert {who: those[-1].end for who, those in states(history.register).items()} == done


def test_withdrawing_after_others_built_on_it_lists_all_they_built() -> None:
    refusal = built_upon().when(withdrawing()).then_refused(Code.DANGLING, count=2)
    assert "宣传科" in refusal.details["list"]
    assert "网络新媒体" in refusal.details["list"]


@pytest.mark.parametrize(
    ("action", "target", "holder"),
    [
        (Action.MOVE, OFFICE, OFFICE),
        (Action.REDIRECT, OFFICE, OFFICE),
        (Action.DISSOLVE, None, None),
        (Action.RETRACT, None, None),
        (Action.END, None, None),
    ],
)
def test_withdrawing_with_a_disposition_for_each(
    action: Action, target: UUID | None, holder: UUID | None
) -> None:
    history = built_upon()
    register = history.register
    # A department cannot stay without a place: where its place would only go, it goes itself.
    unit = Action.DISSOLVE if action in (Action.RETRACT, Action.END) else action
    history.given(withdrawing(section(register, unit, target), media(register, action, target)))
    holding = register.state(MEDIA, BUILT).holding
    assert (None if holding is None else holding.holder) == holder
    if target is None:
        assert register.entities[SECTION].life == ()
    else:
        assert register.superior(SECTION, "PART_OF", BUILT) == [target]


@pytest.mark.parametrize("action", [Action.END, Action.RETRACT])
def test_withdrawing_from_under_a_unit_that_must_belong_is_refused(action: Action) -> None:
    history = built_upon()
    register = history.register
    command = withdrawing(section(register, action), media(register, Action.END))
    history.when(command).then_refused(Code.MUST_BELONG, id=SECTION, start=BUILT)


def test_there_is_nothing_to_shift_to_when_it_is_withdrawn() -> None:
    history = built_upon()
    register = history.register
    command = withdrawing(section(register, Action.SHIFT), media(register, Action.SHIFT))
    history.when(command).then_refused(Code.CANNOT_CORRECT)


def test_a_later_day_leaves_what_was_built_before_it_dangling() -> None:
    built_upon().when(amending(day=LATER)).then_refused(Code.DANGLING, count=2)


def test_shifting_lets_what_was_built_begin_with_the_department() -> None:
    history = built_upon()
    register = history.register
    command = amending(section(register, Action.SHIFT), media(register, Action.SHIFT), day=LATER)
    history.given(command)
    assert register.entities[SECTION].life[0].start == LATER
    assert register.superior(SECTION, "PART_OF", LATER) == [RESEARCH]
    assert [(r.target, r.start) for r in register.entities[MEDIA].references] == [(RESEARCH, LATER)]


def test_moving_what_was_built_before_the_later_day_moves_it_from_its_beginning() -> None:
    history = built_upon()
    register = history.register
    command = amending(section(register, Action.MOVE, OFFICE), media(register, Action.END), day=LATER)
    history.given(command)
    assert register.superior(SECTION, "PART_OF", BUILT) == [OFFICE]
    assert register.state(MEDIA, BUILT).holding is None


def test_an_earlier_day_leaves_what_was_attached_to_the_old_department_dangling() -> None:
    attached = date(2018, 8, 1)
    history = adopted(replace(PLAN, rules=(KindRule(reference=HOLDS, move_to=RESEARCH),)))
    history.given(function(MEDIA, "网络新媒体", PROPAGANDA, attached))
    history.given(amending(day=EARLIER))
    assert [(r.target, r.start) for r in history.register.entities[MEDIA].references] == [
        (PROPAGANDA, attached),
        (RESEARCH, EARLIER),
    ]
    before_it = date(2018, 7, 1)
    history.when(amending(day=before_it)).then_refused(Code.DANGLING, count=1)
    redirected = media(history.register, Action.REDIRECT, RESEARCH)
    history.given(amending(redirected, day=before_it))
    assert [(r.target, r.start) for r in history.register.entities[MEDIA].references] == [
        (RESEARCH, attached)
    ]


def test_a_consequence_alone_is_not_corrected() -> None:
    history = adopted()
    record = history.register.fact(PERSONNEL, o.OrganizationEstablished)
    cause = history.register.fact(REFORM, e.ReorganizationAdopted).position
    commands = (
        RetractEvent(entity=PERSONNEL, position=record.position, effective_on=NOTICED, **BY),
        AmendEvent(
            entity=PERSONNEL,
            position=record.position,
            replacement=replace(record.event, effective_on=LATER),
            effective_on=NOTICED,
            **BY,
        ),
    )
    for command in commands:
        history.when(command).then_refused(Code.IS_CONSEQUENCE, position=record.position, cause=cause)


def test_the_plan_is_not_amended_behind_the_back_of_what_it_did() -> None:
    history = adopted()
    record = history.register.fact(REFORM, e.ReorganizationProposed)
    assert isinstance(record.event, e.ReorganizationProposed)
    other = replace(record.event, plan=replace(PLAN, functions=()))
    command = AmendEvent(
        entity=REFORM, position=record.position, replacement=other, effective_on=NOTICED, **BY
    )
    history.when(command).then_refused(Code.CANNOT_CORRECT, position=record.position)
    retitled = replace(command, replacement=replace(record.event, title="机构改革"))
    history.when(retitled).then_recorded("correction.amended")


REVISING = c.ReviseReorganization(
    reorganization=REFORM, plan=replace(PLAN, kept=()), effective_on=PROPOSED, **BY
)


def test_a_revision_is_not_retracted_behind_the_back_of_what_it_did() -> None:
    history = given(*REGISTER, proposing(), REVISING)
    position = history.register.head
    history.given(adopting(history))
    undo = RetractEvent(entity=REFORM, position=position, effective_on=NOTICED, **BY)
    history.when(undo).then_refused(Code.CANNOT_CORRECT, position=position)


def test_a_retracted_revision_is_not_restored_behind_the_back_either() -> None:
    history = given(*REGISTER, proposing(), REVISING)
    revised = history.register.head
    history.given(RetractEvent(entity=REFORM, position=revised, effective_on=NOTICED, **BY))
    restoring = RetractEvent(entity=REFORM, position=history.register.head, effective_on=NOTICED, **BY)
    history.given(adopting(history)).when(restoring).then_refused(Code.CANNOT_CORRECT)


def test_the_adoption_itself_is_amended_like_any_event() -> None:
    history = adopted()
    record = history.register.fact(REFORM, e.ReorganizationAdopted)
    assert isinstance(record.event, e.ReorganizationAdopted)
    command = AmendEvent(
        entity=REFORM,
        position=record.position,
        replacement=replace(record.event, takes_effect_on=LATER),
        effective_on=NOTICED,
        **BY,
    )
    history.when(command).then_recorded(*["correction.amended"] * 14)
    assert history.register.fact(BUILDING, FunctionTransferred).event.effective_on == EFFECT
    assert history.register.state(BUILDING, EFFECT).holding.holder == PROPAGANDA
    assert history.register.state(BUILDING, LATER).holding.holder == PERSONNEL
