"""What the Dalian register says once it is loaded: units, functions, the reorganization, sources."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest

from graphql_api.demo.keys import (
    function_id,
    instrument_id,
    measure_id,
    organization_id,
    reorganization_id,
)
from graphql_api.demo.loader import commands, load
from registry.events import Event, Recorded
from registry.function.commands import DefineFunction
from registry.function.state import FUNCTION, Function
from registry.instrument.state import Instrument
from registry.measure.kinds import Recurrence, Role
from registry.measure.kinds import Stage as MeasureStage
from registry.measure.state import MEASURE, Measure
from registry.organization.commands import EstablishOrganization, OrganizationCommand
from registry.organization.kinds import Hierarchy, Kind, Status
from registry.organization.state import Organization
from registry.reorganization.commands import AdoptReorganization, ReorganizationCommand
from registry.reorganization.events import ReorganizationAdopted
from registry.reorganization.state import Reorganization, Stage
from registry.time import Precision
from tests.support.demo_register import MemoryRegister

BEFORE, AFTER = date(2018, 5, 1), date(2018, 12, 31)
EFFECT = date(2018, 6, 1)
ROOT = "大连市科协"
PLAN = instrument_id("大连改革方案")
REFORM = reorganization_id("市科协机关内设机构改革")


@pytest.fixture(scope="module")
def register() -> MemoryRegister:
    filled = MemoryRegister()
    asyncio.run(load(filled.record, filled.digest))
    return filled


def test_departments_before_the_plan(register: MemoryRegister) -> None:
    before = {"机关党委和办公室", "组织宣传部", "学会学术部", "科学普及部", "国际联络部"}
    assert register.names(Kind.DEPARTMENT, BEFORE) == before
    assert register.names(Kind.DEPARTMENT, EFFECT - timedelta(days=1)) == before


def test_departments_after_the_plan(register: MemoryRegister) -> None:
    after = {"办公室", "组织人才部", "学会学术部", "科学技术普及部", "调研宣传部"}
    assert register.names(Kind.DEPARTMENT, EFFECT) == after
    assert register.names(Kind.DEPARTMENT, AFTER) == after
    assert after <= register.below(ROOT, Hierarchy.PART_OF, AFTER)


def test_renamed_departments_are_the_same_units(register: MemoryRegister) -> None:
    for key, former in (("科学技术普及部", "科学普及部"), ("办公室", "机关党委和办公室")):
        segments = register.entities[organization_id(key)].timeline.segments
        assert [segment.state.name for segment in segments] == [former, key]
        assert segments[1].start == EFFECT
        assert segments[1].state.instrument == PLAN


def test_functions_before_the_plan(register: MemoryRegister) -> None:
    assert register.holders(BEFORE) == {
        "科协系统组织建设": "组织宣传部",
        "宣传": "组织宣传部",
        "企业科协工作": "组织宣传部",
        "服务海外科技人才": "国际联络部",
        "国际联络部其余职能（未列名）": "国际联络部",
        "服务科技工作者": "大连市科学技术协会",
        "科学决策服务": "大连市科学技术协会",
        "网络新媒体": "组织宣传部",
        "舆论引导": "组织宣传部",
        "组织宣传部其余职能（未列名，示例）": "组织宣传部",
    }


def test_functions_after_the_plan(register: MemoryRegister) -> None:
    assert register.holders(AFTER) == {
        "科协系统组织建设": "组织人才部",
        "宣传": "调研宣传部",
        "企业科协工作": "学会学术部",
        "服务海外科技人才": "组织人才部",
        "国际联络部其余职能（未列名）": "组织人才部",
        "服务科技工作者": "组织人才部",
        "科学决策服务": "调研宣传部",
        "网络新媒体": "调研宣传部",
        "舆论引导": "调研宣传部",
        "组织宣传部其余职能（未列名，示例）": None,
    }


def test_what_the_plan_stresses_existed_before(register: MemoryRegister) -> None:
    stressed = {"服务科技工作者", "科学决策服务", "网络新媒体", "舆论引导"}
    for key in stressed:
        timeline = register.entities[function_id(key)].timeline
        assert not timeline.at(BEFORE).emphasized
        assert timeline.at(AFTER).emphasized
    others = [e for e in register.entities.values() if e.noun is FUNCTION]
    assert {e.timeline.at(AFTER).name for e in others if e.timeline.at(AFTER).emphasized} == stressed


def test_the_only_orphan_is_illustrative_and_comes_from_the_plan(register: MemoryRegister) -> None:
    orphans = [name for name, holder in register.holders(AFTER).items() if holder is None]
    assert orphans == ["组织宣传部其余职能（未列名，示例）"]
    last = register.entities[function_id("组织宣传部其余职能（示例）")].records[-1]
    assert last.event.topic == "function.released"
    assert last.cause == adoption_record(register).position
    state = register.entities[last.originator_id].timeline.at(AFTER)
    assert state.illustrative
    assert state.unspecified


def test_the_reorganization_is_one_act_that_cites_its_clause(register: MemoryRegister) -> None:
    adopted = adoption_record(register)
    caused = [record for record in register.records if record.cause == adopted.position]
    assert Counter(record.event.topic for record in caused) == {
        "organization.established": 2,
        "organization.relation_opened": 2,
        "organization.dissolved": 2,
        "function.transferred": 9,
        "function.emphasized": 4,
        "function.released": 1,
        # The illustrative heads of the two departments: their posts end, and they with them.
        "post.abolished": 4,
        "appointment.ended": 4,
    }
    proposed = register.entities[REFORM].records[0]
    for record in (proposed, adopted, *caused):
        assert (record.event.instrument, record.event.clause) == (PLAN, "二(一)")
    for record in caused:
        assert record.event.effective_on == EFFECT
        assert record.event.precision is Precision.MONTH
        assert record.event.assumed


def test_decision_and_effect_have_dates_of_their_own(register: MemoryRegister) -> None:
    event = adoption_record(register).event
    assert isinstance(event, ReorganizationAdopted)
    assert (event.effective_on, event.precision, event.assumed) == (BEFORE, Precision.MONTH, False)
    assert (event.takes_effect_on, event.effect_precision, event.effect_assumed) == (
        EFFECT,
        Precision.MONTH,
        True,
    )
    timeline = register.entities[REFORM].timeline
    stages = [timeline.at(day) for day in (BEFORE, EFFECT)]
    assert [s.stage for s in stages if isinstance(s, Reorganization)] == [Stage.ADOPTED, Stage.COMPLETED]


def test_instruments_have_the_numbers_they_were_printed_with(register: MemoryRegister) -> None:
    states = {e.id: e.timeline.segments[-1].state for e in register.entities.values()}
    documents = {i: s for i, s in states.items() if isinstance(s, Instrument)}
    assert {s.number for s in documents.values()} == {
        "厅字〔2015〕15号",
        "厅字〔2016〕11号",
        "辽委办发〔2017〕86号",
        "大科协发〔2021〕40号",
        None,
    }
    assert documents[PLAN].number is None
    assert documents[PLAN].issuer == "中共大连市委办公厅"
    issued = register.entities[PLAN].records[0].event
    assert (issued.effective_on, issued.precision, issued.assumed) == (BEFORE, Precision.MONTH, False)


def test_eleven_district_associations_are_guided(register: MemoryRegister) -> None:
    districts = [s for s in register.living(AFTER).values() if s.profile.tier == "DISTRICT"]
    assert len(districts) == 11
    assert {s.name for s in districts} <= register.below(ROOT, Hierarchy.GUIDES, AFTER)
    codes = {i.value for s in districts for i in s.identifiers if i.scheme == "GB/T 2260"}
    assert codes == {
        "210202",
        "210203",
        "210204",
        "210211",
        "210212",
        "210213",
        "210214",
        "210224",
        "210281",
        "210283",
    }


@pytest.mark.parametrize(
    ("day", "name", "code"),
    [
        (date(2016, 3, 31), "普兰店市科学技术协会", "210282"),
        (date(2016, 4, 1), "大连市普兰店区科学技术协会", "210214"),
    ],
)
def test_pulandian_became_a_district(register: MemoryRegister, day: date, name: str, code: str) -> None:
    state = register.organization("普兰店区科协", day)
    assert state is not None
    assert (state.name, [i.value for i in state.identifiers]) == (name, [code])


def test_institutions(register: MemoryRegister) -> None:
    names = {"大连市科技馆", "大连市科技干部进修学院", "大连市科技咨询服务中心", "大连市国际民间科技交流中心"}
    assert register.names(Kind.INSTITUTION, BEFORE) == names


def test_the_alliance_begins_in_a_month(register: MemoryRegister) -> None:
    assert register.organization("高校科协联盟", date(2022, 11, 30)) is None
    established = register.entities[organization_id("高校科协联盟")].records[0].event
    assert (established.effective_on, established.precision) == (date(2022, 12, 1), Precision.MONTH)


def test_what_the_plan_only_prepares_stays_planned(register: MemoryRegister) -> None:
    today = date(2026, 1, 1)
    planned = {s.name for s in register.living(today).values() if s.status is Status.PLANNED}
    assert planned == {"科技社团党委", "大连市科技工作者服务中心"}


def test_a_designation_ends_by_itself(register: MemoryRegister) -> None:
    for day, there in ((date(2021, 12, 31), ["示范性学会"]), (date(2022, 1, 1), [])):
        state = register.organization("机械工程学会（示例）", day)
        assert state is not None
        assert [d.name for d in state.designations] == there


def test_every_hierarchy_and_kind_has_data(register: MemoryRegister) -> None:
    living = register.living(date(2026, 1, 1)).values()
    assert {relation.hierarchy for state in living for relation in state.relations} == set(Hierarchy)
    assert {state.kind for state in living} == set(Kind)


def test_a_joint_branch_covers_several_societies(register: MemoryRegister) -> None:
    covered = register.below("联合党支部（示例）", Hierarchy.COVERS, AFTER.replace(year=2019))
    assert covered == {"大连市数学学会（示例）", "大连市物理学会（示例）", "大连市环境科学学会（示例）"}


def test_everything_says_where_it_comes_from(register: MemoryRegister) -> None:
    for record in register.records:
        event: Event = record.event
        told = event.reason or ""
        assert event.instrument is not None or "来源：" in told or "示例" in told, event
        assert (event.clause is None) or event.instrument is not None


def test_everything_illustrative_is_marked_and_nothing_else(register: MemoryRegister) -> None:
    for entity in register.entities.values():
        state = entity.timeline.segments[-1].state
        if isinstance(state, Organization | Function):
            assert state.illustrative is ("示例" in state.name), state.name


def test_only_illustrative_things_have_illustrative_facts_but_for_a_few_that_say_so(
    register: MemoryRegister,
) -> None:
    said = Counter(
        record.event.topic
        for record in register.records
        if "示例数据" in (record.event.reason or "")
        and getattr(register.entities[record.originator_id].timeline.segments[-1].state, "illustrative", None)
        is False
    )
    assert said == {
        "organization.designation_granted": 26,
        "organization.staffing_set": 18,
        "measure.assigned": 24,
        "programme.enrolled": 7,
        "programme.left": 1,
    }


def test_dates_before_the_plan_that_no_source_gives_are_assumed_years() -> None:
    begun = [c for c in commands() if isinstance(c, EstablishOrganization | DefineFunction)]
    early = [c for c in begun if c.effective_on.year < 2018 and not c.illustrative]
    assert len(early) == 13 + 4 + 11 + 2 + 9, "the city's, institutions, districts, Party, functions"
    for command in early:
        assert command.assumed, command.name
        assert command.precision is Precision.YEAR, command.name


def test_measures_are_led_by_departments_of_the_day_and_no_deadline_is_a_fact(
    register: MemoryRegister,
) -> None:
    measures = [e for e in register.entities.values() if e.noun is MEASURE]
    departments = set(register.names(Kind.DEPARTMENT, AFTER))
    assert len(measures) == 91 + 1
    for entity in measures:
        state = entity.timeline.at(AFTER)
        assert isinstance(state, Measure)
        (lead,) = [part.assignee for part in state.parts if part.role is Role.LED_BY]
        assert register.living(AFTER)[lead].name in departments
        assert state.illustrative is ("示例" in state.title)
        assert state.deadline is None or state.deadline.assumed
        assert (state.deadline is not None) is (state.recurrence is Recurrence.ONCE)
        assert not [part for part in state.parts if part.role is Role.RESPONSIBLE]


def test_what_is_known_to_be_done_cites_the_event_that_shows_it(register: MemoryRegister) -> None:
    topics = {record.position: record.event.topic for record in register.records}
    shown = {
        entity.timeline.segments[-1].state.code: [
            topics[evidence.cited] for evidence in entity.timeline.segments[-1].state.evidence
        ]
        for entity in register.entities.values()
        if entity.noun is MEASURE
    }
    assert {code: cited for code, cited in shown.items() if cited} == {
        "M-2.1-01": ["reorganization.proposed"],
        "M-2.3-05": ["organization.established"],
        "M-3.1-05": ["organization.established"],
        "M-6.2-01": ["organization.established"],
        "M-7.1-01": ["organization.established"],
    }
    done = [
        code
        for code in shown
        if register.entities[measure_id(code)].timeline.segments[-1].state.stage is MeasureStage.FULFILLED
    ]
    assert sorted(done) == ["M-2.1-01", "M-7.1-01"]


def test_all_commands_are_the_loaders() -> None:
    assert {command.actor for command in commands()} == {"demo:loader"}
    adoptions = [c for c in commands() if isinstance(c, AdoptReorganization)]
    assert [adoption.preview for adoption in adoptions] == [None]
    assert {type(c) for c in commands() if c.subject == REFORM} == {
        kind for kind in {type(c) for c in commands()} if issubclass(kind, ReorganizationCommand)
    }
    organizations = {c.organization for c in commands() if isinstance(c, OrganizationCommand)}
    assert organization_id(ROOT) in organizations


def adoption_record(register: MemoryRegister) -> Recorded:
    return next(r for r in register.records if isinstance(r.event, ReorganizationAdopted))
