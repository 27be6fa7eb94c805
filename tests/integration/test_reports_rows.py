"""What reports say of a small city: counted, listed, judged on a day, and seen by whom."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from graphql_api.access import Right
from graphql_api.planner.declare import RIGHT, metadata_of
from graphql_api.reports.catalog import REPORTS
from graphql_api.reports.question import asked_of
from registry.store.postgres import EmbeddedPostgres
from tests.support.both_ways import CORE, VIEWERS, Bench, assert_equal, benched
from tests.support.database import clone
from tests.support.sending import record
from tests.support.serving import Client, Served, served
from tests.support.sheets import download, table
from tests.support.small_city import settle


class City(NamedTuple):
    """A served city and the ids of what is in it."""

    server: Served
    ids: dict[str, str]


@pytest.fixture(scope="module")
def city(postgres: EmbeddedPostgres, database_template: str) -> Iterator[City]:
    name = asyncio.run(clone(postgres, database_template))
    with served(postgres.url(name)) as server:
        yield City(server, settle(server.administrator))


def rows(client: Client, report: str, fields: str, arguments: str = 'asOf: "2025-01-01"') -> list[Any]:
    """Return the rows of a report that has one table of that name."""
    asked = f"{{ {report}({arguments}) {{ rows {{ {fields} }} }} }}"
    found: list[Any] = client.data(asked)[report]["rows"]
    return found


def one(found: list[Any], **such: object) -> Any:  # noqa: ANN401 - a row as JSON
    """Return the one row with these values."""
    (row,) = [row for row in found if all(row[name] == value for name, value in such.items())]
    return row


def test_the_grass_roots_are_counted_by_sort_formation_and_district(city: City) -> None:
    fields = "span name sort counted standalone hostBased unstated planned reported periodEnd source"
    found = rows(city.server.anybody, "grassrootsReport", fields)
    assert len(found) == 4 * 7
    east = one(found, name="东区科协", sort="ENTERPRISE")
    assert (east["counted"], east["standalone"], east["unstated"]) == (2, 1, 1)
    assert (east["reported"], east["periodEnd"], east["source"]) == (3, "2020-12-31", "年报")
    west = one(found, name="西区科协", sort="ENTERPRISE")
    assert (west["counted"], west["planned"], west["reported"]) == (0, 1, None)
    assert one(found, span="DIRECT", sort="ENTERPRISE")["hostBased"] == 1
    assert one(found, span="TOTAL", sort="ENTERPRISE")["counted"] == 3
    assert one(found, name="西区科协", sort="TOWNSHIP")["counted"] == 1
    assert one(found, name="西区科协", sort="RURAL_TECHNICAL")["counted"] == 1


def test_what_may_not_have_been_founded_yet_is_told_apart(city: City) -> None:
    fields = "name sort counted uncertain"
    for day, uncertain in (("2020-06-30", 1), ("2021-01-01", 0)):
        found = rows(city.server.anybody, "grassrootsReport", fields, f'asOf: "{day}"')
        park = one(found, name="西区科协", sort="PARK")
        assert (park["counted"], park["uncertain"]) == (1, uncertain), day


def test_a_district_alone_is_its_own_root(city: City) -> None:
    fields = "span name counted reported"
    found = rows(city.server.anybody, "grassrootsReport", f"{fields} sort", f'root: "{city.ids["east"]}"')
    assert {row["name"] for row in found} == {"东区科协", "直属", "合计"}
    assert one(found, span="TOTAL", sort="ENTERPRISE")["counted"] == 2


def test_districts_are_counted_and_beside_it_reported(city: City) -> None:
    fields = (
        "span name institutions staff staffReported societies enterpriseAssociations"
        " enterpriseAssociationsReported townshipAssociations ruralTechnicalAssociations"
    )
    found = rows(city.server.viewer, "districtsReport", fields)
    east, west, direct, total = found
    assert (east["institutions"], east["staff"], east["staffReported"]) == (1, 1, 12)
    assert (east["enterpriseAssociations"], east["enterpriseAssociationsReported"]) == (2, 3)
    assert (west["townshipAssociations"], west["ruralTechnicalAssociations"]) == (1, 1)
    assert (west["enterpriseAssociations"], west["staffReported"]) == (0, None)
    assert (direct["span"], direct["institutions"], direct["societies"], direct["staff"]) == (
        "DIRECT",
        1,
        2,
        2,
    )
    assert (total["span"], total["institutions"], total["staff"], total["staffReported"]) == (
        "TOTAL",
        2,
        3,
        80,
    )


def test_staff_is_not_counted_for_the_public(city: City) -> None:
    problem = city.server.anybody.problem("{ districtsReport { rows { staff } } }")
    assert problem["extensions"]["code"] == "FORBIDDEN"
    sheets = download(city.server.anybody, "districts", asOf="2025-01-01")
    assert "工作人员（登记）" not in sheets["区市县汇总"][2]
    assert dict(sheets["说明"])["未提供的栏目"] == "区市县汇总：工作人员（登记）"


def test_societies_show_what_they_lack(city: City) -> None:
    fields = (
        "name council secretariat supervisoryBoard chairs secretariesGeneral professional missing"
        " term plannedEnd overdueBodies overdueDays organization { id }"
    )
    full, bare = rows(city.server.anybody, "governanceReport", fields)
    assert full == {
        "name": "机械学会",
        "council": True,
        "secretariat": True,
        "supervisoryBoard": True,
        "chairs": ["张三"],
        "secretariesGeneral": ["=李四"],
        "professional": True,
        "missing": [],
        "term": 7,
        "plannedEnd": "2024-12-31",
        "overdueBodies": ["理事会"],
        "overdueDays": 1,
        "organization": {"id": city.ids["society"]},
    }
    assert bare["missing"] == ["理事会", "秘书处", "监事会", "理事长", "秘书长"]
    on_its_last_day = rows(city.server.anybody, "governanceReport", fields, 'asOf: "2024-12-31"')[0]
    assert (on_its_last_day["overdueBodies"], on_its_last_day["overdueDays"]) == ([], None)


def test_a_name_like_a_formula_is_a_text_in_the_spreadsheet(city: City) -> None:
    shown = table(download(city.server.anybody, "governance", asOf="2025-01-01")["学会治理结构"])
    assert one(shown, 学会名称="机械学会")["秘书长"] == "=李四"
    assert one(shown, 学会名称="机械学会")["状态"] == "正常"


def test_the_ledger_lists_secondments_with_what_is_left(city: City) -> None:
    fields = "personName homeName hostName duty basis direction begunOn until endedOn underWay daysLeft"
    under_way = rows(city.server.viewer, "secondmentsReport", fields, 'asOf: "2021-12-31"')
    assert under_way == [
        {
            "personName": "=李四",
            "homeName": "东区科协",
            "hostName": "办公室",
            "duty": "副主任",
            "basis": "SECONDMENT",
            "direction": "UP",
            "begunOn": "2021-01-01",
            "until": "2022-01-01",
            "endedOn": None,
            "underWay": True,
            "daysLeft": 1,
        }
    ]
    (ended,) = rows(city.server.viewer, "secondmentsReport", fields, 'asOf: "2022-01-01"')
    assert (ended["underWay"], ended["endedOn"], ended["daysLeft"]) == (False, "2022-01-01", None)
    assert rows(city.server.viewer, "secondmentsReport", fields, 'asOf: "2022-01-01", current: true') == []
    elsewhere = f'asOf: "2021-12-31", root: "{city.ids["west"]}"'
    assert rows(city.server.viewer, "secondmentsReport", fields, elsewhere) == []
    there = f'asOf: "2021-12-31", root: "{city.ids["east"]}"'
    assert len(rows(city.server.viewer, "secondmentsReport", fields, there)) == 1


@pytest.mark.parametrize("name", ["secondments", "staffing"])
def test_what_the_public_may_not_see_it_cannot_download(city: City, name: str) -> None:
    response = city.server.anybody.http.get(f"/export/reports/{name}.xlsx")
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert city.server.viewer.http.get(f"/export/reports/{name}.xlsx").status_code == 200


def test_mandates_show_their_last_review_and_what_is_left(city: City) -> None:
    fields = "name category holderName status until daysLeft reviews reviewedOn passed endedOn"
    (held,) = rows(city.server.anybody, "mandatesReport", fields, 'asOf: "2023-12-31", current: true')
    assert held == {
        "name": "职称评审",
        "category": "TALENT_EVALUATION",
        "holderName": "机械学会",
        "status": "ACTIVE",
        "until": "2024-01-01",
        "daysLeft": 1,
        "reviews": 2,
        "reviewedOn": "2023-01-01",
        "passed": True,
        "endedOn": None,
    }
    (expired,) = rows(city.server.anybody, "mandatesReport", fields)
    assert (expired["status"], expired["endedOn"], expired["daysLeft"]) == ("EXPIRED", "2024-01-01", None)
    shown = table(download(city.server.anybody, "mandates", current="true", asOf="2023-12-31")["承接事项"])
    assert [row["职能类别"] for row in shown] == ["人才评价"]


def test_staffing_shows_who_is_over_strength_and_who_never_said(city: City) -> None:
    fields = (
        "name recorded administrative support established headcount overStrength"
        " leaders overLeadership employed "
    )
    found = rows(city.server.viewer, "staffingReport", fields)
    office = one(found, name="办公室")
    assert office == {
        "name": "办公室",
        "recorded": True,
        "administrative": 3,
        "support": 1,
        "established": 4,
        "headcount": 6,
        "overStrength": 2,
        "leaders": 1,
        "overLeadership": 0,
        "employed": 1,
    }
    museum = one(found, name="科技馆")
    assert (museum["recorded"], museum["established"], museum["overStrength"], museum["employed"]) == (
        False,
        None,
        None,
        1,
    )


def test_measures_show_progress_moved_deadlines_and_evidence(city: City) -> None:
    fields = (
        "code lead supporting hasResponsible responsible originalDeadline deadline moved moves percent"
        " reportedOn note overdue overdueReasons milestones reached late findings openFindings evidence"
    )
    (measure,) = rows(city.server.viewer, "measuresReport", fields, 'asOf: "2021-07-01"')
    assert measure == {
        "code": "M-1",
        "lead": "办公室",
        "supporting": ["科技馆"],
        "hasResponsible": True,
        "responsible": "张三",
        "originalDeadline": "2020-12-31",
        "deadline": "2021-06-30",
        "moved": 1,
        "moves": ["2020-12-31 → 2021-06-30（疫情）"],
        "percent": 60,
        "reportedOn": "2021-04-01",
        "note": "已组建两个",
        "overdue": True,
        "overdueReasons": ["DEADLINE"],
        "milestones": 2,
        "reached": 1,
        "late": ["组建"],
        "findings": 1,
        "openFindings": 1,
        "evidence": ["1 成立"],
    }
    east = f'asOf: "2021-07-01", root: "{city.ids["east"]}"'
    assert rows(city.server.viewer, "measuresReport", "code", east) == []


def test_the_partys_coverage_is_told_in_exact_shares(city: City) -> None:
    found = city.server.anybody.data(
        '{ partyReport(asOf: "2025-01-01") { total { total organizational organizationalShare work }'
        " forms { form organizations societies } societies { name work partyOrganizations } } }"
    )["partyReport"]
    assert found["total"] == [{"total": 2, "organizational": 1, "organizationalShare": "1/2", "work": 1}]
    assert found["forms"] == [{"form": "联合党支部", "organizations": 1, "societies": 1}]
    assert [society["name"] for society in found["societies"]] == ["空学会", "机械学会"]
    (total,) = table(download(city.server.anybody, "party", asOf="2025-01-01")["合计"])
    assert (total["组织覆盖率"], total["组织覆盖率（小数）"]) == ("1/2", 0.5)


@pytest.fixture(scope="module")
def bench(city: City) -> Iterator[Bench]:
    with benched(city.server.database_url) as opened:
        yield opened


@pytest.mark.parametrize("name", sorted(REPORTS))
@pytest.mark.parametrize("who", sorted(VIEWERS))
def test_reports_are_the_same_both_ways(bench: Bench, name: str, who: str) -> None:
    report = REPORTS[name]
    days = [("from", "2020-01-01"), ("to", "2025-01-01")] if report.between else [("asOf", "2021-07-01")]
    asked = asked_of(CORE, report, days, VIEWERS[who])
    given = ", ".join(f"{day}: {json.dumps(value)}" for day, value in days)
    written = asked.text
    selection = written[written.index("knownAt position") :]
    answer = assert_equal(bench, f"{{ report: {report.root_field}({given}) {{ {selection}", VIEWERS[who])
    if CORE.query_type is not None and VIEWERS[who].everywhere(
        Right(metadata_of(CORE.query_type.fields[report.root_field])[RIGHT])
    ):
        assert answer["errors"] == []
        assert any(answer["data"]["report"][sheet.table.field] for sheet in asked.sheets if sheet.columns)


def test_compliance_is_told_against_threshold_and_baseline(city: City) -> None:
    fields = (
        "ruleCode clause subjectName outcome share threshold baseline baselineOutcome population"
        " counted notCounted unknown inForce"
    )
    judged, nowhere = rows(city.server.anybody, "complianceReport", fields)
    assert judged == {
        "ruleCode": "R-8",
        "clause": "六(二)",
        "subjectName": "试市科协",
        "outcome": "UNMET",
        "share": "1/2",
        "threshold": "1",
        "baseline": "1/2",
        "baselineOutcome": "MET",
        "population": 2,
        "counted": 1,
        "notCounted": 1,
        "unknown": 0,
        "inForce": True,
    }
    assert (nowhere["ruleCode"], nowhere["subjectName"], nowhere["outcome"]) == (
        "R-9",
        None,
        "NOT_APPLICABLE",
    )
    sheets = download(city.server.anybody, "compliance", asOf="2025-01-01", rules="R-8,R-7")
    (row,) = table(sheets["合规情况"])
    assert (row["判定结果"], row["现值"], row["现值（小数）"]) == ("未达标", "1/2", 0.5)
    assert (row["比较"], row["阈值"], row["基线（小数）"]) == ("等于", "1", 0.5)
    assert "根组织" not in sheets["合规情况"][1][0]


def test_people_who_turn_out_to_be_one_are_counted_once(city: City) -> None:
    before = rows(city.server.viewer, "districtsReport", "span staff")
    known = city.server.viewer.data("{ districtsReport { knownAt } }")["districtsReport"]["knownAt"]
    record(
        city.server.administrator,
        "mergePersons",
        effectiveOn="2025-01-01",
        person=city.ids["double"],
        into=city.ids["zhang"],
    )
    after = rows(city.server.viewer, "districtsReport", "span staff")
    assert one(after, span="TOTAL")["staff"] == one(before, span="TOTAL")["staff"] - 1
    then = rows(
        city.server.viewer, "districtsReport", "span staff", f'asOf: "2025-01-01", knownAt: "{known}"'
    )
    assert then == before


def test_two_days_may_be_given_in_either_order(city: City) -> None:
    parts = "units {{ nameBefore nameAfter fate }} functions {{ name }} orphans {{ name }}"
    query = "{{ reformReport(from: {}, to: {}) {{ " + parts + " }} }}"
    earlier, later = '"2020-01-01"', '"2025-01-01"'
    forth, back = (
        city.server.anybody.data(query.format(*days))["reformReport"]
        for days in ((earlier, later), (later, earlier))
    )
    assert len(forth["units"]) == len(back["units"]) > 0
