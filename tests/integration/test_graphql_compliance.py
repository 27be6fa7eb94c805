"""Rules judged over HTTP: what is unknown, exact shares, past beliefs, elections, people counted once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.councils import Council, share
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Served

_DAY = "2021-01-01"


def _outcome(result: dict[str, Any]) -> tuple[str, int, int, int, int]:
    return (
        result["outcome"],
        result["population"],
        result["counted"],
        result["notCounted"],
        result["unknown"],
    )


@pytest.mark.parametrize(
    ("front_line", "unknown", "outcome"),
    [(7, 1, "UNDETERMINED"), (8, 1, "MET"), (6, 1, "UNMET")],
)
def test_a_council_of_ten_is_undetermined_only_where_the_unknown_could_change_it(
    register: Served, front_line: int, unknown: int, outcome: str
) -> None:
    council = Council(register.administrator)
    for _ in range(front_line):
        council.seat("UNIVERSITY")
    for _ in range(unknown):
        council.seat()
    for _ in range(10 - front_line - unknown):
        council.seat("GOVERNMENT")
    council.define()
    council.rule("T-06", share("is FRONT_LINE_TEST"))
    result = council.result("T-06", asOf=_DAY)
    assert _outcome(result) == (outcome, 10, front_line, 10 - front_line - unknown, unknown)
    assert result["subject"] == {"id": council.society, "name": council.name}
    assert (result["share"], result["threshold"]) == (f"{front_line}/10", "3/4")
    assert (result["shareDecimal"], result["thresholdDecimal"]) == (front_line / 10, 0.75)


def test_an_empty_council_and_no_council_are_cases_apart_from_failing(register: Served) -> None:
    council = Council(register.administrator)
    council.rule("T-06", share("sector = RURAL"))
    assert _outcome(council.result("T-06", asOf=_DAY)) == ("NOT_APPLICABLE", 0, 0, 0, 0)
    council.rule("T-07", share("sector = RURAL", subject='name = "无此学会"'))
    result = council.result("T-07", asOf=_DAY)
    assert (result["outcome"], result["subject"]) == ("NOT_APPLICABLE", None)


def test_before_and_after_its_time_a_rule_is_not_in_force_and_gives_its_share(register: Served) -> None:
    council = Council(register.administrator)
    council.seat("RURAL")
    rule = council.rule("T-06", share("sector = RURAL"), effectiveOn="2020-06-01")
    record(council.client, "repealRule", rule=rule, effectiveOn="2020-09-01")
    days = {"2020-05-31": "NOT_IN_FORCE", "2020-06-01": "MET", "2020-09-01": "NOT_IN_FORCE"}
    for day, outcome in days.items():
        result = council.result("T-06", asOf=day)
        assert (result["outcome"], result["share"]) == (outcome, "1/1"), day


def test_an_earlier_belief_judges_by_what_was_known_then(register: Served) -> None:
    council = Council(register.administrator)
    person = council.seat("UNIVERSITY")
    rule = record(council.client, "setRule", **_set(share("sector = RURAL"), council))
    assert council.result("T-06", asOf=_DAY)["outcome"] == "UNMET"
    council.employ(person, "RURAL", employment=council.employments[0], effectiveOn="2020-02-01")
    assert council.result("T-06", asOf=_DAY)["outcome"] == "MET"
    assert council.result("T-06", asOf=_DAY, knownAt=rule["recordedAt"])["outcome"] == "UNMET"


def _set(definition: dict[str, Any], council: Council, code: str = "T-06") -> dict[str, Any]:
    content = {"subject": f'name = "{council.name}"', **definition}
    return {"rule": new_id(), "code": code, "name": code, "definition": content}


def test_somebody_of_two_records_and_two_posts_is_counted_once(register: Served) -> None:
    council = Council(register.administrator)
    twin, person = council.seat("RURAL"), council.person()
    council.seat("GOVERNMENT")
    standing = new_id()
    record(council.client, "establishPost", post=standing, organization=council.society, title="DIRECTOR")
    council.appoint(person, standing)
    population = {"kind": "HOLDERS", "reach": "BODIES"}
    council.rule("T-06", share("sector = RURAL", (1, 2), population=population))
    assert _outcome(council.result("T-06", asOf=_DAY)) == ("UNDETERMINED", 3, 1, 1, 1)
    record(council.client, "mergePersons", person=twin, into=person)
    assert _outcome(council.result("T-06", asOf=_DAY)) == ("MET", 2, 1, 1, 0)
    names = council.client.data(
        f'{{ compliance(rules: ["T-06"], asOf: "{_DAY}") {{'
        " people(first: 9, outcome: COUNTED) { nodes { id } } } }"
    )["compliance"][0]["people"]["nodes"]
    assert names == [{"id": person}]


def test_people_are_listed_by_name_as_they_were_taken_to_staff_alone(register: Served) -> None:
    council = Council(register.administrator)
    for sector in ("RURAL", "GOVERNMENT", None, "RURAL"):
        council.seat(sector)
    council.rule("T-06", share("sector = RURAL"))
    query = (
        'query ($first: Int!, $after: String, $outcome: Counted) { compliance(rules: ["T-06"],'
        f' asOf: "{_DAY}") {{ people(first: $first, after: $after, outcome: $outcome) {{'
        " totalCount nodes { id name outcome person { name } } edges { cursor node { id } }"
        " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } organizations(first: 1) {"
        " totalCount } } }"
    )
    everybody = register.viewer.data(query, first=3)["compliance"][0]
    assert everybody["organizations"] is None
    page = everybody["people"]
    assert [node["name"] for node in page["nodes"]] == ["理事00", "理事01", "理事02"]
    assert [node["outcome"] for node in page["nodes"]] == ["COUNTED", "NOT_COUNTED", "UNKNOWN"]
    assert page["nodes"][0]["person"] == {"name": "理事00"}
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (4, True)
    rest = register.viewer.data(query, first=3, after=page["pageInfo"]["endCursor"])["compliance"][0][
        "people"
    ]
    assert [node["id"] for node in rest["nodes"]] == [council.people[3]]
    assert rest["pageInfo"]["hasPreviousPage"]
    assert not rest["pageInfo"]["hasNextPage"]
    unknown = register.viewer.data(query, first=10, outcome="UNKNOWN")["compliance"][0]["people"]
    assert [node["id"] for node in unknown["nodes"]] == [council.people[2]]
    assert register.anybody.problem(query, first=3)["extensions"]["code"] == "FORBIDDEN"
    assert register.anybody.data(
        f'{{ compliance(rules: ["T-06"], asOf: "{_DAY}") {{ counted share }} }}'
    ) == {"compliance": [{"counted": 2, "share": "2/4"}]}


def test_lists_that_hang_on_restricted_data_are_for_few(register: Served) -> None:
    council = Council(register.administrator)
    council.seat("RURAL", birthDate="1980-01-01")
    council.define("YOUNG_TEST", "age <= 45")
    council.rule("T-06", share("is YOUNG_TEST"))
    query = '{ compliance(rules: ["T-06"], asOf: "2021-01-01") { counted people(first: 9) { totalCount } } }'
    assert register.viewer.data(query) == {"compliance": [{"counted": 1, "people": None}]}
    assert register.administrator.data(query)["compliance"][0]["people"] == {"totalCount": 1}


def test_somebody_is_45_until_the_day_before_the_46th_birthday(register: Served) -> None:
    council = Council(register.administrator)
    council.seat(birthDate="1975-03-01")
    council.seat(birthDate="1975-01-01", birthPrecision="YEAR")
    council.rule("T-02", share("age <= 45"))
    assert _outcome(council.result("T-02", asOf="2021-02-28")) == ("UNDETERMINED", 2, 1, 0, 1)
    assert _outcome(council.result("T-02", asOf="2021-03-01")) == ("UNMET", 2, 0, 1, 1)
    assert _outcome(council.result("T-02", asOf="2020-12-31")) == ("MET", 2, 2, 0, 0)


def test_judged_on_the_day_of_election_ages_and_roster_are_those_of_then(register: Served) -> None:
    council = Council(register.administrator)
    term = new_id()
    record(council.client, "openTerm", term=term, body=council.council, number=3, effectiveOn="2020-03-01")
    old, later = council.person(birthDate="1975-01-15"), council.person(birthDate="1999-01-01")
    council.appoint(old, term=term, effectiveOn="2020-03-01")
    council.appoint(later, term=term, basis="CO_OPTED", effectiveOn="2020-09-01")
    council.rule("T-02", share("age <= 45", (1, 1)))
    council.rule("T-03", share("age_at_election <= 45", (1, 1)))
    council.rule("T-04", share("consecutive_terms <= 2 and term_number = 3", (1, 1)))
    now = council.result("T-02", asOf="2021-02-01")
    assert _outcome(now) == ("UNMET", 2, 1, 1, 0)
    then = council.result("T-02", asOf="2021-02-01", at="ELECTION")
    assert _outcome(then) == ("MET", 1, 1, 0, 0)
    assert _outcome(council.result("T-03", asOf="2021-02-01")) == ("MET", 2, 2, 0, 0)
    assert _outcome(council.result("T-04", asOf="2021-02-01")) == ("MET", 2, 2, 0, 0)


def test_terms_in_a_row_are_counted_with_the_present_one(register: Served) -> None:
    council = Council(register.administrator)
    always, again = council.person(), council.person()
    days = ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"]
    for number, (day, end) in enumerate(zip(days, [*days[1:], None], strict=True), start=1):
        term = new_id()
        record(council.client, "openTerm", term=term, body=council.council, number=number, effectiveOn=day)
        if number > 1:
            council.appoint(always, term=term, effectiveOn=day)
        if number != 3:
            council.appoint(again, term=term, effectiveOn=day)
        if end is not None:
            record(council.client, "endTerm", term=term, effectiveOn=end)
    council.rule("T-04", share("consecutive_terms <= 2", (1, 1), comparison="AT_LEAST"))
    assert _outcome(council.result("T-04", asOf="2023-06-01")) == ("UNMET", 2, 1, 1, 0)
    assert _outcome(council.result("T-04", asOf="2022-06-01")) == ("MET", 1, 1, 0, 0)


def test_every_other_population_is_judged(register: Served) -> None:
    client = register.administrator
    council = Council(client)
    city = establish(client, "测试市科协", "ASSOCIATION", profile={"tier": "MUNICIPAL"})
    record(client, "openRelation", organization=council.society, hierarchy="SUPERVISES", superior=city)
    party = establish(client, "联合党支部", "PARTY_ORGANIZATION", profile={"subtype": "联合党支部"})
    whole = {"numerator": 1}
    at_city = 'name = "测试市科协"'
    definitions: dict[str, dict[str, Any]] = {
        "T-08": {"population": {"kind": "SUPERVISED"}, "numerator": "covered", "subject": at_city},
        "T-08b": {"population": {"kind": "SUPERVISED"}, "numerator": "work_covered", "subject": at_city},
        "T-09": {
            "form": "STRUCTURE",
            "population": {"kind": "SELF"},
            "numerator": 'bodies has "理事会" and bodies has "秘书处"',
        },
        "T-10": {
            "population": {"kind": "MEASURES"},
            "numerator": "has_lead and has_responsible and has_deadline",
            "subject": at_city,
        },
        "T-13": {
            "form": "COUNT",
            "population": {"kind": "REPORTED", "indicator": "STUDIES"},
            "numerator": None,
        },
        "T-14": {"form": "COUNT", "population": {"kind": "PARTS"}, "numerator": "kind = BODY"},
        "T-15": {"population": {"kind": "MEMBERS"}, "numerator": "member_class = CORPORATE"},
    }
    for code, definition in definitions.items():
        content = {"form": "SHARE", "comparison": "AT_LEAST", "threshold": whole, **definition}
        council.rule(code, content)
    lead = establish(client, "测试部", superior=city)
    record(client, "setMeasure", measure=new_id(), code="M-T", title="措施", planClause="二(一)", lead=lead)
    record(
        client,
        "reportFigure",
        figure=new_id(),
        organization=council.society,
        indicator="STUDIES",
        periodStart="2020-01-01",
        periodEnd="2020-12-31",
        value=2,
        unit="次",
        source="台账",
    )
    found = {r["rule"]["code"]: _outcome(r) for r in council.results(*definitions, asOf=_DAY)}
    assert found["T-08"] == ("UNMET", 1, 0, 1, 0)
    assert found["T-09"] == ("UNMET", 1, 0, 1, 0)
    assert found["T-10"][0] == "UNMET"
    assert found["T-13"] == ("MET", 2, 2, 0, 0)
    assert found["T-14"] == ("MET", 1, 1, 0, 0)
    assert found["T-15"] == ("NOT_APPLICABLE", 0, 0, 0, 0)
    record(client, "openRelation", organization=council.society, hierarchy="COVERS", superior=party)
    establish(client, "秘书处", "BODY", council.society, profile={"subtype": "秘书处"})
    found = {r["rule"]["code"]: _outcome(r) for r in council.results(*definitions, asOf=_DAY)}
    assert found["T-08"] == found["T-08b"] == found["T-09"] == ("MET", 1, 1, 0, 0)
    assert council.result("T-13", asOf="2020-06-01")["outcome"] == "UNDETERMINED"
    refuse(client, "setRule", "UNREADABLE_PREDICATE", **_set(share("sector = MOON"), council, "T-20"))


def test_a_simulation_tells_which_rules_would_come_to_something_else(register: Served) -> None:
    council = Council(register.administrator)
    council.seat("RURAL")
    newcomer = council.person("GOVERNMENT")
    council.rule("T-06", share("sector = RURAL"))
    council.rule("T-07", share("elected", (0, 1), population={"kind": "HOLDERS"}))
    command = {
        "appoint": {
            "commandId": new_id(),
            "effectiveOn": _DAY,
            "appointment": new_id(),
            "person": newcomer,
            "post": council.director,
            "mode": "PART_TIME",
            "basis": "ELECTED",
        }
    }
    simulated = register.administrator.data(
        "query ($commands: [CommandInput!]!) { simulate(commands: $commands) {"
        " commands { refusal { code } } changes { established { id } } rules { rule { code } subject { name }"
        " before { outcome share } now: after { outcome share people(first: 5) { nodes { name } } } } } }",
        commands=[command],
    )["simulate"]
    assert simulated["commands"] == [{"refusal": None}]
    mine = [rule for rule in simulated["rules"] if rule["rule"]["code"].startswith("T-")]
    assert mine == [
        {
            "rule": {"code": "T-06"},
            "subject": {"name": council.name},
            "before": {"outcome": "MET", "share": "1/1"},
            "now": {
                "outcome": "UNMET",
                "share": "1/2",
                "people": {"nodes": [{"name": "理事00"}, {"name": "理事01"}]},
            },
        }
    ]
    assert council.result("T-06", asOf=_DAY)["outcome"] == "MET"


def test_a_trend_judges_day_by_day(register: Served) -> None:
    council = Council(register.administrator)
    council.seat("RURAL")
    council.appoint(council.person("GOVERNMENT"), effectiveOn="2021-06-01")
    council.rule("T-06", share("sector = RURAL"))
    query = (
        "query ($subject: ID!, $from: Date, $dates: [Date!], $step: TrendStep! = YEAR) {"
        ' complianceTrend(rule: "T-06", subject: $subject, from: $from, to: "2022-01-01", dates: $dates,'
        " step: $step) { asOf outcome share } }"
    )
    ask = register.anybody
    trend = ask.data(query, subject=council.society, **{"from": "2020-01-31"})["complianceTrend"]
    assert [(point["asOf"], point["outcome"], point["share"]) for point in trend] == [
        ("2020-01-31", "MET", "1/1"),
        ("2021-01-31", "MET", "1/1"),
        ("2022-01-01", "UNMET", "1/2"),
    ]
    dates = ["2021-06-01", "2021-05-31"]
    given = ask.data(query, subject=council.society, dates=dates)["complianceTrend"]
    assert [point["share"] for point in given] == ["1/1", "1/2"]
    monthly = ask.data(query, subject=council.society, step="MONTH", **{"from": "2021-08-31"})
    assert [point["asOf"] for point in monthly["complianceTrend"]] == [
        "2021-08-31",
        "2021-09-30",
        "2021-10-31",
        "2021-11-30",
        "2021-12-31",
        "2022-01-01",
    ]
    for wrong in ({}, {"from": "1900-01-01", "step": "MONTH"}, {"from": "2023-01-01"}):
        assert ask.problem(query, subject=council.society, **wrong)["extensions"]["code"] == "INVALID_INPUT"
