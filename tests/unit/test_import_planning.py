"""What rows come to: given what the register believes, when a row says this, then these commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from graphql_api.imports.columns import COLUMNS, Kind
from graphql_api.imports.identities import Look
from graphql_api.imports.ordering import PLANNERS, Step, order_of
from graphql_api.imports.outcome import cell_name
from graphql_api.imports.reading import Heading, Line
from graphql_api.imports.rows import Contents, contents_of
from graphql_api.imports.wrong import Wrong, WrongError, code_of
from registry.appointment.commands import Appoint
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.errors import Code, Refusal
from registry.ids import stable_id
from registry.instrument.commands import RecordInstrument
from registry.organization import commands as oc
from registry.organization.kinds import Hierarchy, Status
from registry.organization.kinds import Kind as OrganizationKind
from registry.person import commands as pc
from registry.time import Precision
from tests.support.dalian import CITY, FOUNDED, established
from tests.support.given import BY, Register, given

Cells = dict[str, object]


def contents(kind: Kind, *rows: Cells) -> Contents:
    """Return rows as a file holds them."""
    names = [column.name for column in COLUMNS[kind]]
    lines: list[Heading | Line] = [Heading(str(kind), kind, 1, names)]
    for number, row in enumerate(rows, 2):
        assert set(row) <= set(names), set(row) - set(names)
        cells: Sequence[Any] = [row.get(name) for name in names]
        lines.append(Line(str(kind), number, cells))
    return contents_of(lines)


def planned(register: Register, kind: Kind, *rows: Cells) -> list[Command]:
    """Execute what the rows come to in a register, one after another, and return the commands."""
    found = contents(kind, *rows)
    assert not found.faults
    order = order_of(found)
    assert not order.faults
    commands: list[Command] = []
    head = register.head
    for step in order.steps:
        for intent in step.planner(step.row, Look(register, "import", head)):
            command = replace(intent.command, actor="tester", command_id=UUID(int=1))
            commands.append(command)
            register.execute(command)
    return commands


def wrong(register: Register, kind: Kind, row: Cells) -> tuple[str, str | None]:
    """Return what is wrong with a row, and in which column."""
    step = order_of(contents(kind, row)).steps[0]
    with pytest.raises(WrongError) as caught:
        step.planner(step.row, Look(register, "import", register.head))
    return caught.value.wrong, caught.value.column


def city() -> Register:
    """Return a register with one association, whose code is CITY."""
    association = established(CITY, "市科协", OrganizationKind.ASSOCIATION)
    return given(replace(association, code="CITY")).register


OFFICE: Cells = {"code": "D1", "name": "办公室", "kind": "内设机构", "parent": "CITY", "from": "2012"}


def test_an_unknown_organization_is_established_in_its_place() -> None:
    (command,) = planned(city(), Kind.ORGANIZATIONS, {**OFFICE, "uscc": None, "reason": "成立"})
    assert isinstance(command, oc.EstablishOrganization)
    assert command.places == (oc.Place(Hierarchy.PART_OF, CITY),)
    assert (command.effective_on, command.precision) == (date(2012, 1, 1), Precision.YEAR)
    assert (command.code, command.reason) == ("D1", "成立")


def test_what_is_so_already_comes_to_nothing() -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, OFFICE)
    assert planned(register, Kind.ORGANIZATIONS, OFFICE) == []
    assert planned(register, Kind.ORGANIZATIONS, {**OFFICE, "from": "2015-06-01"}) == []


def test_another_name_from_another_day_is_a_renaming() -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, OFFICE)
    (command,) = planned(register, Kind.ORGANIZATIONS, {**OFFICE, "name": "综合办公室", "from": "2015-06-01"})
    assert isinstance(command, oc.RenameOrganization)
    assert command.name == "综合办公室"


def test_another_name_on_the_same_day_is_a_correction() -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, OFFICE)
    (command,) = planned(register, Kind.ORGANIZATIONS, {**OFFICE, "name": "综合办公室", "tier": "区市县"})
    assert isinstance(command, AmendEvent)
    assert command.replacement.effective_on == date(2012, 1, 1)
    made = register.state(command.entity, date(2020, 1, 1))
    assert (made.name, made.profile.tier) == ("综合办公室", "DISTRICT")


def test_an_earlier_day_lets_it_begin_earlier_with_its_place() -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, OFFICE)
    (command,) = planned(register, Kind.ORGANIZATIONS, {**OFFICE, "from": "2011-05"})
    assert isinstance(command, AmendEvent)
    assert register.superior(command.entity, Hierarchy.PART_OF, date(2011, 5, 1)) == [CITY]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"parent": "D2"}, oc.OpenRelation),
        ({"code": "D9", "former_code": "D1"}, oc.RecodeOrganization),
        ({"subtype": "处"}, oc.ReclassifyOrganization),
        ({"status": "暂停"}, oc.SuspendOrganization),
        ({"uscc": "12100000400001234X"}, oc.AssignIdentifier),
        ({"to": "2020-01-01"}, oc.DissolveOrganization),
    ],
)
def test_each_column_has_its_event(said: Cells, expected: type[Command]) -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, OFFICE, {**OFFICE, "code": "D2", "name": "学会部"})
    row = {**OFFICE, "from": "2016-01-01", **said}
    (step, *rest) = order_of(contents(Kind.ORGANIZATIONS, row)).steps
    found = step.planner(step.row, Look(register, "import", register.head))
    for ending in rest:
        found += ending.planner(ending.row, Look(register, "import", register.head))
    (intent,) = found
    assert isinstance(intent.command, expected)
    assert intent.column in said


def test_none_takes_away_what_an_empty_cell_leaves() -> None:
    register = city()
    row = {**OFFICE, "short_name": "办"}
    planned(register, Kind.ORGANIZATIONS, row)
    assert planned(register, Kind.ORGANIZATIONS, {**OFFICE, "from": "2015-01-01"}) == []
    (command,) = planned(register, Kind.ORGANIZATIONS, {**OFFICE, "short_name": "无", "from": "2015-01-01"})
    assert isinstance(command, oc.RenameOrganization)
    assert command.short_name is None


def test_rows_come_in_any_order_and_end_last() -> None:
    rows: list[Cells] = [
        {
            "code": "C",
            "name": "丙部",
            "kind": "内设机构",
            "parent": "B",
            "from": "2000-01-01",
            "to": "2010-01-01",
        },
        {
            "code": "B",
            "name": "乙部",
            "kind": "内设机构",
            "parent": "A",
            "from": "2000-01-01",
            "to": "2010-01-01",
        },
        {"code": "A", "name": "新名", "kind": "科协", "from": "2005-01-01"},
        {"code": "A", "name": "甲会", "kind": "科协", "from": "1990-01-01"},
    ]
    register = given().register
    commands = planned(register, Kind.ORGANIZATIONS, *rows)
    assert [type(command).__name__ for command in commands] == [
        *["EstablishOrganization"] * 3,
        "RenameOrganization",
        *["DissolveOrganization"] * 2,
    ]
    assert planned(register, Kind.ORGANIZATIONS, *rows) == []


def test_what_stands_under_itself_is_named_row_by_row() -> None:
    rows: list[Cells] = [
        {"code": code, "name": code, "kind": "学会", "parent": parent, "from": "2000"}
        for code, parent in (("A", "B"), ("B", "C"), ("C", "A"), ("D", "A"))
    ]
    order = order_of(contents(Kind.ORGANIZATIONS, *rows))
    assert sorted((cell_name(f), code_of(f.problem)) for f in order.faults) == [
        ("H2", "CIRCLE"),
        ("H3", "CIRCLE"),
        ("H4", "CIRCLE"),
    ]
    assert [step.row.get("code") for step in order.steps] == ["D"]


def test_a_chain_of_ten_thousand_is_ordered_without_depth() -> None:
    rows: list[Cells] = [
        {"code": str(n), "name": str(n), "kind": "学会", "parent": str(n + 1), "from": "2000"}
        for n in range(10_000)
    ]
    steps = order_of(contents(Kind.ORGANIZATIONS, *rows)).steps
    assert [step.row.get("code") for step in steps[:2]] == ["9999", "9998"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({**OFFICE, "parent": "NONE"}, (Wrong.NO_SUCH_ROW, "parent")),
        ({**OFFICE, "instrument": "厅字〔2016〕11号"}, (Wrong.NO_SUCH_ROW, "instrument")),
        ({**OFFICE, "to": "2011-01-01"}, (Wrong.ENDS_BEFORE_IT_BEGINS, "to")),
        ({**OFFICE, "id": str(stable_id("nobody"))}, (Wrong.NO_SUCH_ROW, "id")),
        ({**OFFICE, "former_code": "D0"}, (Wrong.NO_SUCH_ROW, "former_code")),
        ({"code": "CITY", "name": "市科协", "kind": "学会", "from": "2015"}, (Wrong.FIXED, "kind")),
    ],
)
def test_a_row_that_cannot_be_so_is_told_in_its_column(row: Cells, expected: tuple[Wrong, str]) -> None:
    assert wrong(city(), Kind.ORGANIZATIONS, row) == expected


def test_a_person_is_registered_with_work_and_title() -> None:
    row: Cells = {
        "code": "P1",
        "name": "王建国",
        "birth_date": "1949-03",
        "employer": "CITY",
        "sector": "科协系统",
        "title": "研究员",
        "title_level": "正高级",
        "from": "2015-01-01",
    }
    register = city()
    commands = planned(register, Kind.PEOPLE, row)
    assert [type(command) for command in commands] == [pc.RegisterPerson, pc.EmployPerson, pc.AwardTitle]
    assert isinstance(commands[0], pc.RegisterPerson)
    assert (commands[0].birth_date, commands[0].birth_precision) == (date(1949, 3, 1), Precision.MONTH)
    head = register.head
    planned(register, Kind.PEOPLE, row)
    assert register.head == head
    assert wrong(register, Kind.PEOPLE, {**row, "sector": None}) == (Wrong.REQUIRED, "sector")


def test_another_phone_on_another_day_is_a_change_and_on_that_day_a_correction() -> None:
    register = given().register
    row: Cells = {"code": "P1", "name": "王建国", "phone": "13800000000", "from": "2015-01-01"}
    planned(register, Kind.PEOPLE, row)
    (later,) = planned(register, Kind.PEOPLE, {**row, "phone": "13900000000", "from": "2018-01-01"})
    assert isinstance(later, pc.ChangeParticulars)
    (corrected,) = planned(register, Kind.PEOPLE, {**row, "phone": "13900000001", "from": "2018-01-01"})
    assert isinstance(corrected, AmendEvent)


def test_codes_of_two_sources_are_two_people() -> None:
    register = given().register
    for source in ("one", "two"):
        (step,) = order_of(contents(Kind.PEOPLE, {"code": "P1", "name": "王", "from": "2015"})).steps
        (intent,) = step.planner(step.row, Look(register, source, register.head))
        register.execute(replace(intent.command, actor="tester"))
    assert len(register.entities) == 2


def test_every_kind_has_a_planner() -> None:
    assert set(PLANNERS) == set(Kind)


def test_versions_that_leave_a_gap_are_told_and_those_that_touch_are_one() -> None:
    first: Cells = {**OFFICE, "to": "2015-01-01"}
    (begun, later) = order_of(contents(Kind.ORGANIZATIONS, first, {**OFFICE, "from": "2015-01-01"})).steps
    assert (begun.row.end, later.goes_on) == (None, False)
    (fault,) = order_of(contents(Kind.ORGANIZATIONS, first, {**OFFICE, "from": "2016-01-01"})).faults
    assert (code_of(fault.problem), fault.place.row) == (Wrong.GAP, 2)
    member: Cells = {
        "organization": "S",
        "member": "P",
        "member_class": "个人会员",
        "from": "2001",
        "to": "2002",
    }
    steps: list[Step] = order_of(
        contents(Kind.MEMBERSHIPS, member, {**member, "from": "2003", "to": None})
    ).steps
    assert [step.row.end is None for step in steps] == [False, True]


def test_a_row_cites_a_document_of_the_register_by_its_number() -> None:
    number = "大科协（2018）1号"
    document = RecordInstrument(
        document=stable_id("d"), title="关于机构改革的通知", number=number, effective_on=FOUNDED, **BY
    )
    register = given(
        replace(established(CITY, "市科协", OrganizationKind.ASSOCIATION), code="CITY"), document
    ).register
    row = {**OFFICE, "instrument": number, "clause": "第二条", "assumed": "是"}
    (command,) = planned(register, Kind.ORGANIZATIONS, row)
    assert (command.instrument, command.clause, command.assumed) == (stable_id("d"), "第二条", True)
    (amendment,) = planned(register, Kind.ORGANIZATIONS, {**row, "name": "综合办公室"})
    assert amendment.instrument == stable_id("d")


def test_posts_terms_appointments_and_functions_are_planned_by_what_is_believed() -> None:
    register = city()
    planned(
        register,
        Kind.ORGANIZATIONS,
        {"code": "B", "name": "委员会", "kind": "BODY", "parent": "CITY", "from": "2010"},
    )
    planned(register, Kind.PEOPLE, {"code": "P", "name": "王建国", "from": "2010"})
    post: Cells = {
        "code": "J",
        "organization": "B",
        "title": "主席",
        "seats": 1,
        "elected": "是",
        "from": "2010",
    }
    term: Cells = {"code": "T", "body": "B", "number": 1, "planned_end": "2015", "from": "2010", "to": "2016"}
    seat: Cells = {
        "person": "P",
        "post": "J",
        "term": "T",
        "mode": "专职",
        "basis": "选举",
        "from": "2010-06",
    }
    task: Cells = {"code": "F", "name": "科普", "holder": "B", "from": "2010"}
    for kind, row in ((Kind.POSTS, post), (Kind.TERMS, term), (Kind.FUNCTIONS, task)):
        assert planned(register, kind, row)
        assert planned(register, kind, row) == []
    # The term is over by then: whoever sat for it sat until its end.
    (made,) = planned(register, Kind.APPOINTMENTS, seat)
    assert isinstance(made, Appoint)
    assert made.until == date(2016, 1, 1)
    assert planned(register, Kind.APPOINTMENTS, seat) == []
    expected: list[tuple[Kind, Cells, list[str]]] = [
        (Kind.POSTS, {**post, "name": "主席（兼）", "from": "2012"}, ["RenamePost"]),
        (Kind.POSTS, {**post, "seats": 2, "from": "2012"}, ["ChangeSeats"]),
        (Kind.POSTS, {**post, "seats": 2, "organization": "CITY", "from": "2013"}, ["MovePost"]),
        (Kind.POSTS, {**post, "title": "副主席"}, ["AmendEvent"]),
        (Kind.TERMS, {**term, "planned_end": "2014-06-01"}, ["AmendEvent"]),
        (Kind.APPOINTMENTS, {**seat, "basis": "任命"}, ["AmendEvent"]),
        (Kind.APPOINTMENTS, {**seat, "to": "2014-01-01"}, ["AmendEvent"]),
        (Kind.FUNCTIONS, {**task, "holder": "CITY", "from": "2012"}, ["TransferFunction"]),
        (Kind.FUNCTIONS, {**task, "holder": "无", "from": "2014"}, ["ReleaseFunction"]),
        (Kind.FUNCTIONS, {**task, "holder": "CITY", "from": "2012", "to": "2018"}, ["RetireFunction"]),
    ]
    for kind, row, names in expected:
        assert [type(command).__name__ for command in planned(register, kind, row)] == names, row
        assert planned(register, kind, row) == [], row


def test_an_organization_that_is_over_says_so() -> None:
    register = city()
    planned(register, Kind.ORGANIZATIONS, {**OFFICE, "to": "2020-01-01"})
    row = {**OFFICE, "name": "新办公室", "from": "2021-01-01"}
    assert wrong(register, Kind.ORGANIZATIONS, row) == (Wrong.NOT_THERE, "from")
    assert (
        register.state(next(i for i in register.entities if i != CITY), date(2021, 1, 1)).status
        is Status.DISSOLVED
    )


def test_the_register_itself_refuses_what_no_row_may_say() -> None:
    with pytest.raises(Refusal) as caught:
        planned(city(), Kind.ORGANIZATIONS, {**OFFICE, "parent": None})
    assert caught.value.code is Code.MUST_BELONG
