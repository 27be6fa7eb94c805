"""Whoever may see a part gets a part of reports and lists, told as such, and nothing tells of the rest."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from graphql_api.access import Role
from tests.support.parted import NUMBERS, Parted
from tests.support.serving import Client


@pytest.fixture(scope="module")
def viewer(world: Parted) -> Client:
    return world.reader(Role.VIEWER, world.ours.society)


@pytest.fixture(scope="module")
def registrar(world: Parted) -> Client:
    return world.reader(Role.REGISTRAR, world.ours.society)


def _rows(client: Client, report: str, fields: str, **arguments: object) -> list[dict[str, Any]]:
    query = f"query($root: ID) {{ report: {report}(root: $root) {{ narrowed rows {{ {fields} }} }} }}"
    rows: list[dict[str, Any]] = client.data(query, **arguments)["report"]["rows"]
    return rows


def test_the_ledger_of_secondments_has_those_from_or_to_the_subtree(world: Parted, viewer: Client) -> None:
    fields = "personName duty homeName secondment { id }"
    everywhere = _rows(world.admin, "secondmentsReport", fields)
    mine = [row for row in everywhere if row["secondment"]["id"] == world.ours.secondment]
    assert len(everywhere) > len(mine) == 1
    assert _rows(viewer, "secondmentsReport", fields) == mine
    assert mine[0]["personName"] == "孙甲"


def test_the_report_of_staffing_has_the_organizations_of_the_subtree(world: Parted, viewer: Client) -> None:
    for part, seen in ((world.ours, [{"name": "甲学会", "headcount": 7}]), (world.theirs, [])):
        assert _rows(viewer, "staffingReport", "name headcount", root=part.society) == seen
        assert len(_rows(world.admin, "staffingReport", "name", root=part.society)) == 1


def test_a_report_says_that_it_is_narrowed(world: Parted, viewer: Client) -> None:
    query = "{ secondmentsReport { narrowed } measuresReport { narrowed } grassrootsReport { narrowed } }"
    parts = {"secondmentsReport": True, "measuresReport": True, "grassrootsReport": False}
    assert {name: shown["narrowed"] for name, shown in viewer.data(query).items()} == parts
    assert not any(shown["narrowed"] for shown in world.admin.data(query).values())
    public = world.register.anybody.data("{ measuresReport { narrowed } }")
    assert not public["measuresReport"]["narrowed"], "what is refused is no part"


def test_what_was_reported_of_a_measure_is_masked_outside(viewer: Client) -> None:
    fields = "code note findings openFindings moves evidence"
    rows = {row["code"]: row for row in _rows(viewer, "measuresReport", fields)}
    assert rows["M-甲"] == {
        "code": "M-甲", "note": "进展甲", "findings": 1, "openFindings": 1,
        "moves": [], "evidence": [],
    }  # fmt: skip
    masked: dict[str, Any] = {
        "note": None,
        "findings": None,
        "openFindings": None,
        "moves": [],
        "evidence": [],
    }
    others = [row for code, row in rows.items() if code != "M-甲"]
    assert others == [{"code": row["code"], **masked} for row in others]
    assert len(others) > 1
    query = "{ measuresReport { rows { responsible } } }"
    assert viewer.problem(query)["extensions"]["code"] == "FORBIDDEN", "it may be somebody of elsewhere"
    query = "{ measures(first: 100) { nodes { code progress { note percent position } findings { text } } } }"
    nodes = {node["code"]: node for node in viewer.data(query)["measures"]["nodes"]}
    assert nodes["M-甲"]["progress"][0]["note"] == "进展甲"
    assert nodes["M-甲"]["findings"] == [{"text": "问题甲"}]
    assert nodes["M-乙"] == {"code": "M-乙", "progress": [], "findings": []}


def test_a_count_of_staff_is_whole_or_not_there(world: Parted) -> None:
    association = world.admin.data('{ organization(code: "DLKX") { id } }')["organization"]["id"]
    reader = world.reader(Role.VIEWER, association)
    whole = {(row["span"], row["name"]): row["staff"] for row in _staffed(world.admin)}
    part = {(row["span"], row["name"]): row["staff"] for row in _staffed(reader)}
    assert part.keys() == whole.keys()
    assert all(count in (None, whole[row]) for row, count in part.items())
    assert None in part.values()
    assert None not in whole.values()
    district = next(row["district"] for row in _staffed(world.admin) if row["span"] == "DISTRICT")
    own = {row["name"]: row["staff"] for row in _staffed(world.reader(Role.VIEWER, district["id"]))}
    assert own["合计"] is None


def _staffed(client: Client) -> list[dict[str, Any]]:
    return _rows(client, "districtsReport", "span name staff district { id }")


def test_likely_duplicates_are_found_among_those_who_may_be_seen(
    world: Parted, viewer: Client, registrar: Client
) -> None:
    query = "query($name: String, $number: String)"
    query += " { likelyDuplicates(name: $name, identityNumber: $number) { person { name } grounds } }"
    for client in (viewer, registrar):
        assert len(client.data(query, name="孙甲")["likelyDuplicates"]) == 2
        hidden, unknown = client.post(query, {"name": "孙乙"}), client.post(query, {"name": "无此人"})
        assert hidden.content == unknown.content
    assert len(world.admin.data(query, name="孙乙")["likelyDuplicates"]) == 2
    by_number = registrar.data(query, number=NUMBERS["甲"])["likelyDuplicates"]
    assert [found["person"]["name"] for found in by_number] == ["孙甲"]
    assert registrar.data(query, number=NUMBERS["乙"])["likelyDuplicates"] == []
    assert viewer.problem(query, number=NUMBERS["甲"])["extensions"]["code"] == "FORBIDDEN"
    twins = "query($id: ID!) { person(id: $id) { likelyDuplicates { person { name } } } }"
    assert viewer.data(twins, id=world.ours.person)["person"]["likelyDuplicates"] == [
        {"person": {"name": "孙甲"}}
    ]


PEOPLE = """query($rule: [String!], $subject: [ID!]) { compliance(rules: $rule, subjects: $subject) {
    population counted people(first: 10) { totalCount nodes { name outcome } pageInfo { hasNextPage } } } }"""


def _judged(client: Client, rule: str, society: str) -> dict[str, Any]:
    (result,) = client.data(PEOPLE, rule=[rule], subject=[society])["compliance"]
    shown: dict[str, Any] = result
    return shown


def test_people_of_a_rule_are_those_who_may_be_seen(world: Parted, viewer: Client) -> None:
    ours = _judged(viewer, "T-1", world.ours.society)
    assert ours == _judged(world.admin, "T-1", world.ours.society)
    assert [person["name"] for person in ours["people"]["nodes"]] == ["孙甲", "孙甲", "正甲"]
    theirs = _judged(viewer, "T-1", world.theirs.society)
    assert theirs["population"] == 3, "how many there are is published"
    assert theirs["people"] in (None, {"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": False}})
    assert _judged(world.admin, "T-1", world.theirs.society)["people"]["totalCount"] == 3


def test_people_of_a_rule_by_restricted_data_need_the_right_to_it(
    world: Parted, viewer: Client, registrar: Client
) -> None:
    assert _judged(viewer, "T-2", world.ours.society)["people"] is None
    shown = _judged(registrar, "T-2", world.ours.society)["people"]
    assert shown["totalCount"] == 3
    assert _judged(registrar, "T-2", world.theirs.society)["people"]["totalCount"] == 0


def test_a_spreadsheet_is_narrowed_as_its_query_is_and_says_so(world: Parted, viewer: Client) -> None:
    mine = _sheets(viewer, "secondments")
    assert [row[0] for row in mine["挂职交流台账"][3:]] == ["孙甲"]
    assert dict(mine["说明"])["可见范围"].startswith("只列查询人授权范围内")
    everything = _sheets(world.admin, "secondments")
    assert {"孙甲", "孙乙"} <= {row[0] for row in everything["挂职交流台账"][3:]}
    assert dict(everything["说明"])["可见范围"] == "全部"
    measures = _sheets(viewer, "measures")["改革措施进展"]
    note = measures[2].index("最近进展")
    assert {row[note] for row in measures[3:]} == {"", "进展甲"}


def _sheets(client: Client, name: str) -> dict[str, list[list[Any]]]:
    response = client.http.get(f"/export/reports/{name}.xlsx")
    assert response.status_code == 200, response.text
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}


def test_a_registrar_of_a_part_with_people_everywhere_sees_no_restricted_grounds_elsewhere(
    world: Parted,
) -> None:
    both = world.reader(Role.VIEWER, None)
    query = '{ likelyDuplicates(name: "孙乙") { grounds } }'
    assert {tuple(found["grounds"]) for found in both.data(query)["likelyDuplicates"]} == {("SAME_NAME",)}
