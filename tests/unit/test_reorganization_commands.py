"""A reorganization is proposed, previewed and adopted as one act, or given up: the plan's own act."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from registry.commands import Command
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.events import Event
from registry.function import events as f
from registry.function.events import HOLDS
from registry.ids import stable_id
from registry.instrument.commands import RecordInstrument
from registry.organization import events as o
from registry.organization.commands import RenameOrganization
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.references import KindRule
from registry.reorganization import commands as c
from registry.reorganization import events as e
from registry.reorganization.state import Stage
from registry.time import Precision
from tests.support.dalian import (
    ACADEMIC,
    BUILDING,
    CITY,
    DECISIONS,
    EFFECT,
    ENTERPRISES,
    LIAISON,
    OFFICE,
    OVERSEAS,
    PERSONNEL,
    PLAN,
    POPULAR,
    PROPAGANDA,
    PUBLICITY,
    REFORM,
    REGISTER,
    RESEARCH,
    department,
    function,
)
from tests.support.given import BY, Given, given

PROPOSED, DECIDED, EVE = date(2018, 1, 1), date(2018, 6, 1), date(2018, 12, 31)
DOCUMENT = stable_id("改革方案")
SECTION = stable_id("宣传科")


def proposing(plan: e.Plan = PLAN) -> c.ProposeReorganization:
    return c.ProposeReorganization(
        reorganization=REFORM, title="机关内设机构改革", plan=plan, effective_on=PROPOSED, **BY
    )


def adopting(history: Given, on: date = DECIDED, effect: date = EFFECT) -> c.AdoptReorganization:
    """Return the adoption of what the preview now shows."""
    command = c.AdoptReorganization(reorganization=REFORM, takes_effect_on=effect, effective_on=on, **BY)
    return replace(command, preview=history.register.preview(command).preview)


def withdrawing(on: date = DECIDED) -> c.WithdrawReorganization:
    return c.WithdrawReorganization(reorganization=REFORM, effective_on=on, **BY)


def proposed(plan: e.Plan = PLAN, *more: Command) -> Given:
    return given(*REGISTER, *more, proposing(plan))


def adopted(plan: e.Plan = PLAN) -> Given:
    history = proposed(plan)
    return history.given(adopting(history))


def test_proposing_records_the_plan_and_does_nothing() -> None:
    history = given(*REGISTER)
    history.when(proposing()).then(
        e.ReorganizationProposed(effective_on=PROPOSED, title="机关内设机构改革", plan=PLAN)
    )
    assert history.register.state(PROPAGANDA, EFFECT).status is Status.ACTIVE


def test_proposing_twice_under_one_id_is_refused() -> None:
    proposed().when(proposing()).then_refused(Code.ALREADY_EXISTS, id=REFORM)


TWICE = e.FunctionChange(function=BUILDING, holder=OFFICE)
NEW = e.NewOrganization(id=PERSONNEL, name="组织人才部", kind=Kind.DEPARTMENT)
PLACE = e.Superior(Hierarchy.PART_OF, CITY)


@pytest.mark.parametrize(
    "plan",
    [
        e.Plan(),
        e.Plan(kept=(OFFICE,)),
        e.Plan(dissolved=(OFFICE,), kept=(OFFICE,)),
        e.Plan(dissolved=(PERSONNEL,), established=(NEW,)),
        e.Plan(dissolved=(OFFICE,), renamed=(e.NewName(organization=OFFICE, name="甲"),)),
        e.Plan(dissolved=(OFFICE, OFFICE)),
        e.Plan(established=(NEW, NEW)),
        e.Plan(established=(replace(NEW, name=" "),)),
        e.Plan(established=(replace(NEW, superiors=(PLACE, PLACE)),)),
        e.Plan(established=(NEW,), functions=(e.FunctionChange(function=PERSONNEL, define="甲"),)),
        e.Plan(functions=(TWICE, TWICE)),
        e.Plan(renamed=(e.NewName(organization=OFFICE, name="甲\n乙"),)),
        e.Plan(dissolved=(OFFICE,), rules=(KindRule(reference="SEATS"),)),
        e.Plan(
            dissolved=(OFFICE,),
            successions=(e.Succession(predecessor=OFFICE, successor=OFFICE),),
        ),
    ],
)
def test_a_plan_that_contradicts_itself_or_says_nothing_is_refused(plan: e.Plan) -> None:
    given(*REGISTER).when(proposing(plan)).then_refused(Code.INVALID_INPUT)
    revising = c.ReviseReorganization(reorganization=REFORM, plan=plan, effective_on=DECIDED, **BY)
    proposed().when(revising).then_refused(Code.INVALID_INPUT)


def test_revising_the_plan_before_adoption() -> None:
    history = proposed()
    smaller = replace(PLAN, functions=())
    command = c.ReviseReorganization(reorganization=REFORM, plan=smaller, effective_on=DECIDED, **BY)
    history.when(command).then(e.ReorganizationRevised(effective_on=DECIDED, plan=smaller))
    history.when(command).then_nothing()
    assert history.register.state(REFORM, PROPOSED).plan == PLAN


def test_revising_after_adoption_is_refused_even_when_dated_before_it() -> None:
    smaller = replace(PLAN, functions=())
    for day in (PROPOSED, DECIDED, EFFECT):
        command = c.ReviseReorganization(reorganization=REFORM, plan=smaller, effective_on=day, **BY)
        adopted().when(command).then_refused(Code.NOT_ALLOWED_IN_STATUS, id=REFORM)


def test_revising_what_is_not_proposed_is_refused() -> None:
    command = c.ReviseReorganization(reorganization=REFORM, plan=PLAN, effective_on=date(2017, 1, 1), **BY)
    given(*REGISTER).when(command).then_refused(Code.NOT_FOUND, noun="reorganization")
    proposed().when(command).then_refused(Code.NOT_ALIVE, id=REFORM)


def test_adopting_does_all_at_once_under_one_cause() -> None:
    history = proposed()
    outcome = history.when(adopting(history))
    act, *consequences = outcome.records
    assert act.event == e.ReorganizationAdopted(effective_on=DECIDED, takes_effect_on=EFFECT)
    assert {record.cause for record in consequences} == {act.position}
    assert {record.event.effective_on for record in consequences} == {EFFECT}
    expected: list[Event] = [
        o.OrganizationEstablished(effective_on=EFFECT, name="组织人才部", kind=Kind.DEPARTMENT),
        o.RelationOpened(effective_on=EFFECT, hierarchy=Hierarchy.PART_OF, superior=CITY),
        o.OrganizationEstablished(effective_on=EFFECT, name="调研宣传部", kind=Kind.DEPARTMENT),
        o.RelationOpened(effective_on=EFFECT, hierarchy=Hierarchy.PART_OF, superior=CITY),
        f.FunctionTransferred(effective_on=EFFECT, source=PROPAGANDA, target=PERSONNEL),
        f.FunctionTransferred(effective_on=EFFECT, source=PROPAGANDA, target=RESEARCH),
        f.FunctionEmphasized(effective_on=EFFECT),
        f.FunctionTransferred(effective_on=EFFECT, source=PROPAGANDA, target=ACADEMIC),
        f.FunctionTransferred(effective_on=EFFECT, source=LIAISON, target=PERSONNEL),
        f.FunctionDefined(effective_on=EFFECT, name="科学决策服务"),
        f.FunctionAssigned(effective_on=EFFECT, holder=RESEARCH),
        o.OrganizationDissolved(effective_on=EFFECT),
        o.OrganizationDissolved(effective_on=EFFECT),
    ]
    assert [record.event for record in consequences] == expected


def test_an_adopted_reorganization_takes_effect_on_its_day_and_not_before() -> None:
    register = adopted().register
    holders = {BUILDING: PERSONNEL, PUBLICITY: RESEARCH, ENTERPRISES: ACADEMIC, OVERSEAS: PERSONNEL}
    assert [register.state(who, EVE).holding.holder for who in holders] == [PROPAGANDA] * 3 + [LIAISON]
    assert {who: register.state(who, EFFECT).holding.holder for who in holders} == holders
    assert register.state(PERSONNEL, EVE) is None
    assert register.state(PROPAGANDA, EVE).status is Status.ACTIVE
    assert register.state(PROPAGANDA, EFFECT).status is Status.DISSOLVED
    assert register.state(DECISIONS, EFFECT).holding.holder == RESEARCH


def test_completion_is_derived_and_not_recorded() -> None:
    register = adopted().register
    stages = {day: register.state(REFORM, day).stage for day in (PROPOSED, DECIDED, EVE, EFFECT)}
    assert stages == {
        PROPOSED: Stage.PROPOSED,
        DECIDED: Stage.ADOPTED,
        EVE: Stage.ADOPTED,
        EFFECT: Stage.COMPLETED,
    }


def test_what_was_decided_after_the_fact_is_completed_at_once() -> None:
    history = proposed()
    history.given(adopting(history, on=date(2019, 6, 1)))
    assert history.register.state(REFORM, EFFECT).stage is Stage.PROPOSED
    assert history.register.state(REFORM, date(2019, 6, 1)).stage is Stage.COMPLETED
    assert history.register.state(PROPAGANDA, EFFECT).status is Status.DISSOLVED


def test_consequences_cite_the_proposals_document_and_the_effects_precision() -> None:
    document = RecordInstrument(document=DOCUMENT, title="改革方案", effective_on=PROPOSED, **BY)
    history = given(*REGISTER, document, replace(proposing(), instrument=DOCUMENT))
    command = c.AdoptReorganization(
        reorganization=REFORM,
        takes_effect_on=EFFECT,
        effect_precision=Precision.YEAR,
        effect_assumed=True,
        effective_on=DECIDED,
        **BY,
    )
    command = replace(command, preview=history.register.preview(command).preview)
    for record in history.when(command).records[1:]:
        event = record.event
        assert event.instrument == DOCUMENT
        assert (event.precision, event.assumed) == (Precision.YEAR, True)


def test_adopting_without_having_seen_the_preview_is_refused() -> None:
    command = c.AdoptReorganization(reorganization=REFORM, takes_effect_on=EFFECT, effective_on=DECIDED, **BY)
    proposed().when(command).then_refused(Code.INVALID_INPUT, field="preview")


def test_adopting_is_refused_when_it_would_do_something_else_than_was_shown() -> None:
    history = proposed()
    seen = adopting(history)
    history.given(function(stable_id("网络新媒体"), "网络新媒体", OFFICE))
    history.when(replace(seen, takes_effect_on=date(2019, 2, 1))).then_refused(Code.PREVIEW_CHANGED)
    transferred = e.FunctionChange(function=BUILDING, holder=OFFICE)
    revised = replace(PLAN, functions=(transferred, *PLAN.functions[1:]))
    history.given(c.ReviseReorganization(reorganization=REFORM, plan=revised, effective_on=DECIDED, **BY))
    history.when(seen).then_refused(Code.PREVIEW_CHANGED)
    topics = [record.event.topic for record in history.register.preview(seen).records]
    history.when(adopting(history)).then_recorded(*topics)


def test_what_changes_elsewhere_does_not_change_the_preview() -> None:
    history = proposed()
    seen = adopting(history)
    history.given(RenameOrganization(organization=OFFICE, name="综合办公室", effective_on=DECIDED, **BY))
    assert history.when(seen).records


def test_adopting_twice_is_refused() -> None:
    history = proposed()
    command = adopting(history)
    history.given(command).when(command).then_refused(
        Code.NOT_ALLOWED_IN_STATUS, id=REFORM, status=Stage.COMPLETED
    )


def test_adopting_what_is_withdrawn_is_refused() -> None:
    history = proposed()
    command = adopting(history)
    history.given(withdrawing()).when(command).then_refused(
        Code.NOT_ALLOWED_IN_STATUS, id=REFORM, status=Stage.WITHDRAWN
    )


def test_the_preview_lists_what_would_dangle_and_adopting_is_refused_for_it() -> None:
    history = proposed(PLAN, department(SECTION, "宣传科", PROPAGANDA))
    command = adopting(history)
    loose = history.register.preview(command).loose
    assert [(item.reference.source, item.reference.target) for item in loose] == [(SECTION, PROPAGANDA)]
    history.when(command).then_refused(Code.DANGLING, count=1)


def test_a_plans_dispositions_dispose_of_what_would_dangle() -> None:
    history = given(*REGISTER, department(SECTION, "宣传科", PROPAGANDA))
    position = history.register.fact(SECTION, o.RelationOpened).position
    moved = Disposition(source=SECTION, position=position, action=Action.MOVE, target=RESEARCH)
    history.given(proposing(replace(PLAN, dispositions=(moved,))))
    history.given(adopting(history))
    assert history.register.superior(SECTION, "PART_OF", EVE) == [PROPAGANDA]
    assert history.register.superior(SECTION, "PART_OF", EFFECT) == [RESEARCH]


def test_a_plans_rules_dispose_of_what_is_admitted_between_adoption_and_effect() -> None:
    rules = (
        KindRule(reference=Hierarchy.PART_OF, move_to=RESEARCH),
        KindRule(reference=HOLDS, move_to=PERSONNEL),
    )
    history = adopted(replace(PLAN, rules=rules))
    outcome = history.when(department(SECTION, "宣传科", PROPAGANDA, date(2018, 9, 1)))
    moved = outcome.records[-1]
    assert moved.event == o.RelationOpened(
        effective_on=EFFECT, hierarchy=Hierarchy.PART_OF, superior=RESEARCH
    )
    assert moved.cause == history.register.fact(REFORM, e.ReorganizationAdopted).position
    media = stable_id("网络新媒体")
    history.given(function(media, "网络新媒体", LIAISON, date(2018, 9, 1)))
    assert history.register.state(media, EFFECT).holding.holder == PERSONNEL


def test_without_rules_attaching_beyond_the_effect_is_refused() -> None:
    command = department(SECTION, "宣传科", PROPAGANDA, date(2018, 9, 1))
    adopted().when(command).then_refused(Code.OUTSIDE_LIFE, source=SECTION, target=PROPAGANDA)


def test_a_plan_also_renames_moves_releases_and_retires() -> None:
    plan = e.Plan(
        renamed=(e.NewName(organization=POPULAR, name="科普部", short_name=UNSET),),
        moved=(e.NewPlace(organization=POPULAR, to=e.Superior(Hierarchy.PART_OF, OFFICE)),),
        functions=(
            e.FunctionChange(function=BUILDING, holder=None),
            e.FunctionChange(function=OVERSEAS, retire=True),
        ),
    )
    register = adopted(plan).register
    assert register.state(POPULAR, EFFECT).name == "科普部"
    assert register.state(POPULAR, EVE).name == "科学技术普及部"
    assert register.superior(POPULAR, "PART_OF", EFFECT) == [OFFICE]
    assert register.state(BUILDING, EFFECT).holding is None
    assert register.state(OVERSEAS, EFFECT).retired


NOBODY = stable_id("nobody")


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (e.Plan(dissolved=(NOBODY,)), Code.NOT_FOUND),
        (replace(PLAN, kept=(NOBODY,)), Code.NOT_FOUND),
        (e.Plan(renamed=(e.NewName(organization=NOBODY, name="甲"),)), Code.NOT_FOUND),
        (e.Plan(renamed=(e.NewName(organization=BUILDING, name="甲"),)), Code.WRONG_NOUN),
        (
            e.Plan(moved=(e.NewPlace(organization=BUILDING, to=e.Superior(Hierarchy.PART_OF, CITY)),)),
            Code.WRONG_NOUN,
        ),
        (e.Plan(functions=(e.FunctionChange(function=OFFICE, holder=CITY),)), Code.WRONG_NOUN),
        (e.Plan(functions=(e.FunctionChange(function=BUILDING, define="甲"),)), Code.ALREADY_EXISTS),
        (e.Plan(established=(replace(NEW, id=OFFICE, superiors=(PLACE,)),)), Code.ALREADY_EXISTS),
        (e.Plan(established=(NEW,)), Code.MUST_BELONG),
        (replace(PLAN, successions=(e.Succession(predecessor=NOBODY, successor=CITY),)), Code.NOT_FOUND),
        (replace(PLAN, rules=(KindRule(reference=HOLDS, move_to=NOBODY),)), Code.NOT_FOUND),
    ],
)
def test_a_plan_about_what_is_not_so_is_not_adopted(plan: e.Plan, code: Code) -> None:
    command = c.AdoptReorganization(
        reorganization=REFORM, takes_effect_on=EFFECT, preview="", effective_on=DECIDED, **BY
    )
    proposed(plan).when(command).then_refused(code)


def test_withdrawing_a_proposal() -> None:
    history = proposed()
    history.when(withdrawing()).then(e.ReorganizationWithdrawn(effective_on=DECIDED))
    history.when(withdrawing()).then_nothing()
    assert history.register.state(REFORM, DECIDED).stage is Stage.WITHDRAWN


def test_withdrawing_what_is_not_there_is_refused() -> None:
    given().when(withdrawing()).then_refused(Code.NOT_FOUND, noun="reorganization", id=REFORM)


def test_withdrawing_before_the_proposal_is_refused() -> None:
    proposed().when(withdrawing(date(2017, 1, 1))).then_refused(Code.NOT_ALIVE, id=REFORM)
