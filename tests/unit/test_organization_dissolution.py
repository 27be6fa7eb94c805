"""A dissolution leaves nothing dangling: what is attached is named, and each disposition does as it says."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.function.commands import AssignFunction, TransferFunction
from registry.function.events import HOLDS, FunctionAssigned, FunctionDefined
from registry.ids import stable_id
from registry.organization import commands as c
from registry.organization import events as e
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.references import KindRule
from tests.support.dalian import (
    BUILDING,
    CITY,
    DEPARTMENTS,
    FOUNDED,
    OFFICE,
    POPULAR,
    PROPAGANDA,
    SOCIETIES,
    SOCIETY,
    department,
    established,
    function,
)
from tests.support.given import BY, Given, Register, given

SECTION = stable_id("宣传科")
DESK = stable_id("新媒体组")
CREATED = date(2012, 1, 1)
EVE, END = date(2018, 12, 31), date(2019, 1, 1)

SECTIONS: tuple[Command, ...] = (
    *DEPARTMENTS,
    department(SECTION, "宣传科", PROPAGANDA, CREATED),
    department(DESK, "新媒体组", SECTION, CREATED),
    function(BUILDING, "系统组织建设", PROPAGANDA),
)


def dissolving(
    *dispositions: Disposition,
    rules: tuple[KindRule, ...] = (),
    who: UUID = PROPAGANDA,
    on: date = END,
) -> c.DissolveOrganization:
    return c.DissolveOrganization(
        organization=who, dispositions=dispositions, rules=rules, effective_on=on, **BY
    )


def of_relation(register: Register, source: UUID, action: Action, target: UUID | None = None) -> Disposition:
    position = register.fact(source, e.RelationOpened).position
    return Disposition(source=source, position=position, action=action, target=target)


def of_function(register: Register, action: Action, target: UUID | None = None) -> Disposition:
    position = register.fact(BUILDING, FunctionAssigned).position
    return Disposition(source=BUILDING, position=position, action=action, target=target)


def test_dissolving_what_nothing_is_attached_to() -> None:
    history = given(*DEPARTMENTS)
    history.when(dissolving()).then(e.OrganizationDissolved(effective_on=END))
    assert history.register.state(PROPAGANDA, EVE).status is Status.ACTIVE
    assert history.register.state(PROPAGANDA, END).status is Status.DISSOLVED
    assert history.register.superior(PROPAGANDA, "PART_OF", END) == []


def test_dissolving_again_on_that_day_is_quiet() -> None:
    given(*DEPARTMENTS, dissolving()).when(dissolving()).then_nothing()


def test_dissolving_again_on_another_day_is_refused() -> None:
    later = date(2019, 1, 2)
    history = given(*DEPARTMENTS, dissolving())
    history.when(dissolving(on=later)).then_refused(Code.NOT_ALIVE, id=PROPAGANDA, date=later)


def test_revoking_is_an_end_of_its_own() -> None:
    revoking = c.RevokeOrganization(organization=PROPAGANDA, effective_on=END, **BY)
    history = given(*DEPARTMENTS)
    history.when(revoking).then(e.OrganizationRevoked(effective_on=END))
    history.when(revoking).then_nothing()
    history.when(dissolving()).then_refused(Code.NOT_ALIVE, id=PROPAGANDA)
    given(*SECTIONS).when(revoking).then_refused(Code.DANGLING, count=2)


def test_revoking_what_was_dissolved_that_day_is_refused() -> None:
    revoking = c.RevokeOrganization(organization=PROPAGANDA, effective_on=END, **BY)
    given(*DEPARTMENTS, dissolving()).when(revoking).then_refused(Code.NOT_ALIVE, id=PROPAGANDA)


def test_everything_that_would_dangle_is_listed() -> None:
    refusal = given(*SECTIONS).when(dissolving()).then_refused(Code.DANGLING, count=2)
    assert "宣传科 (PART_OF," in refusal.details["list"]
    assert "系统组织建设 (HOLDS," in refusal.details["list"]


def test_a_dissolution_with_children_in_the_future_only_is_refused_too() -> None:
    history = given(*DEPARTMENTS, department(SECTION, "宣传科", PROPAGANDA, date(2025, 1, 1)))
    history.when(dissolving()).then_refused(Code.DANGLING, count=1)


def test_children_that_left_on_that_very_day_do_not_dangle() -> None:
    history = given(*DEPARTMENTS, department(SECTION, "宣传科", PROPAGANDA, CREATED))
    leaving = c.OpenRelation(
        organization=SECTION,
        hierarchy=Hierarchy.PART_OF,
        superior=CITY,
        effective_on=END,
        **BY,
    )
    history.given(leaving).when(dissolving()).then_recorded("organization.dissolved")


def test_moving_and_transferring() -> None:
    history = given(*SECTIONS)
    register = history.register
    outcome = history.when(
        dissolving(
            of_relation(register, SECTION, Action.MOVE, OFFICE),
            of_function(register, Action.MOVE, POPULAR),
        )
    )
    outcome.then_recorded("organization.dissolved", "organization.relation_opened", "function.transferred")
    assert {record.cause for record in outcome.records[1:]} == {outcome.records[0].position}
    assert register.superior(SECTION, "PART_OF", EVE) == [PROPAGANDA]
    assert register.superior(SECTION, "PART_OF", END) == [OFFICE]
    assert register.state(BUILDING, EVE).holding.holder == PROPAGANDA
    assert register.state(BUILDING, END).holding.holder == POPULAR


def test_ending_makes_an_orphan_of_a_function() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", PROPAGANDA))
    history.when(dissolving(of_function(history.register, Action.END))).then_recorded(
        "organization.dissolved", "function.released"
    )
    assert history.register.state(BUILDING, END).holding is None


def test_ending_the_place_of_what_must_belong_is_refused() -> None:
    history = given(*DEPARTMENTS, department(SECTION, "宣传科", PROPAGANDA, CREATED))
    command = dissolving(of_relation(history.register, SECTION, Action.END))
    history.when(command).then_refused(Code.MUST_BELONG, id=SECTION, start=END, kind=Kind.DEPARTMENT)


def test_dissolving_with_the_parent_needs_its_own_children_disposed_of_too() -> None:
    history = given(*DEPARTMENTS, *SECTIONS[len(DEPARTMENTS) : -1])
    register = history.register
    section = of_relation(register, SECTION, Action.DISSOLVE)
    history.when(dissolving(section)).then_refused(Code.DANGLING, count=1)
    for_desk = of_relation(register, DESK, Action.MOVE, OFFICE)
    history.when(dissolving(for_desk, section)).then_recorded(
        "organization.dissolved", "organization.dissolved", "organization.relation_opened"
    )
    assert register.state(SECTION, END).status is Status.DISSOLVED
    assert register.superior(DESK, "PART_OF", END) == [OFFICE]


def test_a_function_dissolved_with_its_holder_is_retired() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", PROPAGANDA))
    command = dissolving(of_function(history.register, Action.DISSOLVE))
    history.when(command).then_recorded("organization.dissolved", "function.retired")


def test_one_dissolution_of_a_child_attached_twice_is_enough() -> None:
    history = given(*DEPARTMENTS, department(SECTION, "宣传科", PROPAGANDA, CREATED))
    led = c.OpenRelation(
        organization=SECTION,
        hierarchy=Hierarchy.LEADS,
        superior=PROPAGANDA,
        effective_on=CREATED,
        **BY,
    )
    register = history.given(led).register
    positions = [r.position for r in register.references_to(PROPAGANDA)]
    both = [Disposition(source=SECTION, position=p, action=Action.DISSOLVE) for p in positions]
    history.when(dissolving(*both)).then_recorded("organization.dissolved", "organization.dissolved")


def test_redirecting_says_that_it_should_always_have_pointed_elsewhere() -> None:
    history = given(*DEPARTMENTS, department(SECTION, "宣传科", PROPAGANDA, CREATED))
    command = dissolving(of_relation(history.register, SECTION, Action.REDIRECT, OFFICE))
    history.when(command).then_recorded("organization.dissolved", "correction.amended")
    assert history.register.superior(SECTION, "PART_OF", CREATED) == [OFFICE]


def test_retracting_says_that_it_should_not_have_been_recorded() -> None:
    history = given(*DEPARTMENTS, function(BUILDING, "系统组织建设", PROPAGANDA))
    command = dissolving(of_function(history.register, Action.RETRACT))
    history.when(command).then_recorded("organization.dissolved", "correction.retracted")
    assert history.register.state(BUILDING, FOUNDED).holding is None


def test_moving_keeps_the_end_that_a_relation_has() -> None:
    until = date(2022, 1, 1)
    guided = c.OpenRelation(
        organization=SOCIETY,
        hierarchy=Hierarchy.GUIDES,
        superior=OFFICE,
        until=until,
        effective_on=CREATED,
        **BY,
    )
    history = given(*SOCIETIES, established(OFFICE, "区科协", Kind.ASSOCIATION), guided)
    position = history.register.fact(SOCIETY, e.RelationOpened, -1).position
    move = Disposition(source=SOCIETY, position=position, action=Action.MOVE, target=CITY)
    history.when(dissolving(move, who=OFFICE))
    assert history.register.superior(SOCIETY, "GUIDES", END) == [CITY]
    assert history.register.superior(SOCIETY, "GUIDES", until) == []


@pytest.mark.parametrize("action", [Action.MOVE, Action.REDIRECT])
def test_what_goes_elsewhere_needs_to_be_told_where(action: Action) -> None:
    history = given(*SECTIONS)
    command = dissolving(of_relation(history.register, SECTION, action))
    history.when(command).then_refused(Code.INVALID_INPUT, field="dispositions")


def test_a_disposition_of_what_does_not_dangle_is_refused() -> None:
    history = given(*SECTIONS)
    command = dissolving(of_relation(history.register, DESK, Action.MOVE, OFFICE))
    history.when(command).then_refused(Code.INVALID_INPUT, field="dispositions")


def test_a_disposition_of_what_is_not_there_is_refused() -> None:
    nothing = Disposition(source=stable_id("nobody"), position=1, action=Action.END)
    given(*SECTIONS).when(dissolving(nothing)).then_refused(Code.INVALID_INPUT, field="dispositions")


def test_two_dispositions_of_one_thing_are_refused() -> None:
    history = given(*SECTIONS)
    twice = [of_relation(history.register, SECTION, Action.MOVE, OFFICE)] * 2
    history.when(dissolving(*twice)).then_refused(Code.INVALID_INPUT, field="dispositions")


def test_a_later_event_of_its_own_stands_in_the_way() -> None:
    renamed = c.RenameOrganization(
        organization=PROPAGANDA, name="宣传部", effective_on=date(2020, 1, 1), **BY
    )
    history = given(*DEPARTMENTS, renamed)
    history.when(dissolving()).then_refused(
        Code.LATER_EVENT_CONFLICTS,
        position=history.register.head,
        topic="organization.renamed",
        date=date(2020, 1, 1),
    )


def test_dissolution_ends_relations_and_its_retraction_restores_everything() -> None:
    history = given(*SECTIONS)
    register = history.register
    before = {key: entity.timeline.segments for key, entity in register.entities.items()}
    history.given(
        dissolving(
            of_relation(register, SECTION, Action.MOVE, OFFICE),
            of_function(register, Action.MOVE, OFFICE),
        )
    )
    position = register.fact(PROPAGANDA, e.OrganizationDissolved).position
    undo = RetractEvent(entity=PROPAGANDA, position=position, effective_on=END, **BY)
    history.when(undo).then_recorded(*["correction.retracted"] * 3)
    after = {key: entity.timeline.segments for key, entity in register.entities.items()}
    assert after == before


RULES = (
    KindRule(reference=Hierarchy.PART_OF, move_to=OFFICE),
    KindRule(reference=HOLDS, move_to=OFFICE),
)
ADMITTED = date(2018, 6, 1)


def ruled() -> Given:
    return given(*DEPARTMENTS, dissolving(rules=RULES))


def test_a_rule_moves_what_is_there_already() -> None:
    history = given(*SECTIONS)
    history.when(dissolving(rules=RULES)).then_recorded(
        "organization.dissolved", "organization.relation_opened", "function.transferred"
    )
    assert history.register.superior(SECTION, "PART_OF", END) == [OFFICE]


def test_a_rule_moves_a_unit_attached_between_the_decision_and_the_day() -> None:
    history = ruled()
    outcome = history.when(department(SECTION, "宣传科", PROPAGANDA, ADMITTED))
    outcome.then_recorded(
        "organization.established", "organization.relation_opened", "organization.relation_opened"
    )
    moved = outcome.records[-1]
    assert moved.event.effective_on == END
    assert moved.cause == history.register.fact(PROPAGANDA, e.OrganizationDissolved).position
    assert history.register.superior(SECTION, "PART_OF", ADMITTED) == [PROPAGANDA]
    assert history.register.superior(SECTION, "PART_OF", END) == [OFFICE]


def test_a_rule_hands_over_a_function_assigned_between_the_decision_and_the_day() -> None:
    history = ruled().given(function(BUILDING, "系统组织建设"))
    assigned = AssignFunction(function=BUILDING, holder=PROPAGANDA, effective_on=ADMITTED, **BY)
    history.when(assigned).then_recorded("function.assigned", "function.transferred")
    assert history.register.state(BUILDING, END).holding.holder == OFFICE


def test_without_a_rule_attaching_beyond_the_day_is_refused_with_advice() -> None:
    history = given(*DEPARTMENTS, dissolving())
    refusal = history.when(department(SECTION, "宣传科", PROPAGANDA, ADMITTED)).then_refused(
        Code.OUTSIDE_LIFE,
        reference="PART_OF",
        source=SECTION,
        target=PROPAGANDA,
        start=ADMITTED,
    )
    assert "end date" in refusal.advice_english
    assert "截止日期" in refusal.advice_chinese


def test_attaching_after_the_day_is_refused_although_there_is_a_rule() -> None:
    ruled().when(department(SECTION, "宣传科", PROPAGANDA, END)).then_refused(Code.OUTSIDE_LIFE)


def test_a_rule_that_ends_lets_a_relation_end() -> None:
    rule = KindRule(reference=Hierarchy.LEADS)
    history = given(*DEPARTMENTS, dissolving(rules=(rule,)))
    led = c.OpenRelation(
        organization=OFFICE,
        hierarchy=Hierarchy.LEADS,
        superior=PROPAGANDA,
        effective_on=ADMITTED,
        **BY,
    )
    history.when(led).then_recorded("organization.relation_opened", "organization.relation_closed")
    assert history.register.superior(OFFICE, "LEADS", END) == []


def test_rules_chain_from_one_dissolution_to_the_next() -> None:
    second = date(2020, 1, 1)
    rule = KindRule(reference=Hierarchy.PART_OF, move_to=POPULAR)
    history = ruled().given(dissolving(rules=(rule,), who=OFFICE, on=second))
    history.given(department(SECTION, "宣传科", PROPAGANDA, ADMITTED))
    assert history.register.superior(SECTION, "PART_OF", END) == [OFFICE]
    assert history.register.superior(SECTION, "PART_OF", second) == [POPULAR]


def test_what_a_rule_moved_goes_when_its_object_turns_out_to_have_left_before() -> None:
    history = ruled().given(department(SECTION, "宣传科", PROPAGANDA, ADMITTED))
    left = c.OpenRelation(
        organization=SECTION,
        hierarchy=Hierarchy.PART_OF,
        superior=POPULAR,
        effective_on=date(2018, 9, 1),
        **BY,
    )
    history.when(left).then_recorded("organization.relation_opened", "correction.retracted")
    assert history.register.superior(SECTION, "PART_OF", END) == [POPULAR]


def test_what_a_rule_handed_over_goes_when_its_object_is_retracted() -> None:
    history = ruled().given(function(BUILDING, "系统组织建设", PROPAGANDA, ADMITTED))
    position = history.register.fact(BUILDING, FunctionAssigned).position
    undo = RetractEvent(entity=BUILDING, position=position, effective_on=END, **BY)
    history.when(undo).then_recorded("correction.retracted", "correction.retracted")
    assert history.register.state(BUILDING, END).holding is None


def test_what_a_rule_handed_over_goes_when_the_function_was_handed_over_before() -> None:
    history = ruled().given(function(BUILDING, "系统组织建设", PROPAGANDA, ADMITTED))
    handed = TransferFunction(function=BUILDING, target=POPULAR, effective_on=date(2018, 9, 1), **BY)
    history.when(handed).then_recorded("function.transferred", "correction.retracted")
    assert history.register.state(BUILDING, END).holding.holder == POPULAR
    assert history.register.fact(BUILDING, FunctionDefined).cause is None


@pytest.mark.parametrize(
    "rules",
    [
        (KindRule(reference="MEMBERSHIP"),),
        (KindRule(reference=HOLDS), KindRule(reference=HOLDS, move_to=OFFICE)),
    ],
)
def test_rules_about_nothing_or_twice_about_one_thing_are_refused(rules: tuple[KindRule, ...]) -> None:
    given(*DEPARTMENTS).when(dissolving(rules=rules)).then_refused(Code.INVALID_INPUT, field="rules")


def test_a_rule_to_nowhere_is_refused() -> None:
    rule = KindRule(reference=HOLDS, move_to=stable_id("nowhere"))
    given(*DEPARTMENTS).when(dissolving(rules=(rule,))).then_refused(Code.NOT_FOUND)
