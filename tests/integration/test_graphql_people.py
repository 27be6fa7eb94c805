"""People over HTTP: two records shown as one person, who is warned of, what is shown to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from graphql import parse

from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.compiler import Statement
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.schema import build_schema
from tests.support.desk import open_desk
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Answer, Client, Served

NUMBER = "210202199003071228"
ONE = "query ($id: ID!, $day: Date, $known: DateTime) { person(id: $id, asOf: $day, knownAt: $known) { %s } }"
LISTED = (
    "query ($filter: PersonFilter, $day: Date, $order: PersonOrder! = NAME, $after: String) {"
    " people(first: 20, filter: $filter, asOf: $day, orderBy: $order, after: $after)"
    " { totalCount nodes { id name } pageInfo { endCursor } } }"
)
WARNED = (
    "query ($name: String, $number: String, $birth: Date, $employer: ID, $called: String) {"
    " likelyDuplicates(name: $name, identityNumber: $number, birthDate: $birth, employer: $employer,"
    " employerName: $called) { person { id } grounds } }"
)


def registered(client: Client, name: str, **given: object) -> str:
    """Register somebody, and return their id."""
    identity = new_id()
    record(client, "registerPerson", person=identity, name=name, **given)
    return identity


def employed(client: Client, person: str, **given: object) -> None:
    """Let somebody work in an institute, primarily unless it is said otherwise."""
    terms = {"person": person, "employment": new_id(), "sector": "INSTITUTE", "primary": True}
    record(client, "employPerson", **{**terms, **given})


def shown(client: Client, identity: str, fields: str, **at: object) -> Answer:
    """Return what is shown of a person."""
    found: Answer = client.data(ONE % fields, id=identity, **at)["person"]
    return found


def listed(client: Client, **given: object) -> list[str]:
    """Return the names of the people found."""
    return [node["name"] for node in client.data(LISTED, **given)["people"]["nodes"]]


def test_two_records_are_shown_as_one_person_until_the_merger_is_retracted(register: Served) -> None:
    client = register.administrator
    main, alias = registered(client, "鄢一"), registered(client, "鄢壹")
    employed(client, main, employerName="甲所")
    employed(client, alias, employerName="乙所", effectiveOn="2020-06-01", primary=False)
    record(client, "awardTitle", person=alias, name="研究员", level="SENIOR")
    record(client, "grantAward", person=main, name="优秀科技工作者")
    record(client, "setDisciplines", person=main, disciplines=["520"])
    record(client, "setDisciplines", person=alias, disciplines=["110", "520"])
    apart = record(client, "renamePerson", person=alias, name="鄢依", effectiveOn="2020-03-01")
    merger = record(client, "mergePersons", person=alias, into=main)
    everything = (
        "name mergedInto { id } aliases { id name } employments { employerName record primary }"
        " primaryEmployment { employerName } employmentHistory { employerName validFrom validTo }"
        " titles { name } awards { name } disciplines history { record name validFrom validTo }"
    )
    whole = {
        "employments": [
            {"employerName": "甲所", "record": main, "primary": True},
            {"employerName": "乙所", "record": alias, "primary": False},
        ],
        "primaryEmployment": {"employerName": "甲所"},
        "employmentHistory": [
            {"employerName": "甲所", "validFrom": "2020-01-01", "validTo": None},
            {"employerName": "乙所", "validFrom": "2020-06-01", "validTo": None},
        ],
        "titles": [{"name": "研究员"}],
        "awards": [{"name": "优秀科技工作者"}],
        "disciplines": ["110", "520"],
    }
    of_main = shown(client, main, everything, day="2021-01-01")
    told = sorted(of_main.pop("history"), key=lambda belief: (belief["record"] != main, belief["validFrom"]))
    assert told == [
        {"record": main, "name": "鄢一", "validFrom": "2020-01-01", "validTo": None},
        {"record": alias, "name": "鄢壹", "validFrom": "2020-01-01", "validTo": "2020-03-01"},
        {"record": alias, "name": "鄢依", "validFrom": "2020-03-01", "validTo": None},
    ]
    aliases = [{"id": alias, "name": "鄢依"}]
    assert of_main == {"name": "鄢一", "mergedInto": None, "aliases": aliases, **whole}
    of_alias = shown(client, alias, everything, day="2021-01-01")
    assert (of_alias["name"], of_alias["mergedInto"], of_alias["aliases"]) == ("鄢依", {"id": main}, [])
    assert {name: of_alias[name] for name in whole} == whole
    assert listed(client, filter={"text": "鄢"}, day="2021-01-01") == ["鄢一"]
    assert listed(client, filter={"text": "鄢依"}, day="2021-01-01") == ["鄢一"]
    before = shown(
        client, main, "titles { name } aliases { id }", day="2021-01-01", known=apart["recordedAt"]
    )
    assert before == {"titles": [], "aliases": []}
    retract = {"entity": alias, "position": merger["firstPosition"]}
    record(client, "retractEvent", **retract)
    assert shown(client, main, "titles { name } aliases { id }") == {"titles": [], "aliases": []}
    assert listed(client, filter={"text": "鄢"}, day="2021-01-01") == ["鄢一", "鄢依"]


def test_a_merger_holds_before_either_was_known(register: Served) -> None:
    client = register.administrator
    main = registered(client, "晚", effectiveOn="2022-01-01")
    alias = registered(client, "早")
    record(client, "mergePersons", person=alias, into=main)
    assert shown(client, alias, "mergedInto { id name }", day="2021-01-01") == {
        "mergedInto": {"id": main, "name": None}
    }
    assert listed(client, filter={"text": "早"}, day="2021-01-01") == []
    assert listed(client, filter={"text": "早"}, day="2022-01-01") == ["晚"]


def test_people_are_found_by_what_they_do(register: Served) -> None:
    client = register.administrator
    city = establish(client, "筛选市科协", "ASSOCIATION")
    unit = establish(client, "筛选部", superior=city)
    names = ("亓甲", "亓乙", "亓丙", "亓丁")
    first, second, third, fourth = (registered(client, name, illustrative=True) for name in names)
    employed(client, first, employer=unit, sector="ASSOCIATION")
    employed(client, second, employer=city, sector="ASSOCIATION", until="2021-01-01")
    employed(client, third, employerName="某高校", sector="UNIVERSITY")
    employed(client, third, employer=unit, sector="ASSOCIATION", primary=False)
    record(client, "setDisciplines", person=first, disciplines=["52040"])
    record(client, "awardTitle", person=second, name="教授", level="SENIOR")
    record(client, "grantAward", person=third, name="青年科技奖")
    record(client, "recordDeath", person=fourth, effectiveOn="2020-06-01")

    def found(day: str = "2020-12-31", **conditions: object) -> list[str]:
        return listed(client, filter={"illustrative": True, "text": "亓", **conditions}, day=day)

    assert found(employer=unit) == ["亓丙", "亓甲"]
    assert found(employerUnder={"hierarchy": "PART_OF", "id": city}) == ["亓丙", "亓甲", "亓乙"]
    assert found("2021-01-01", employerUnder={"hierarchy": "PART_OF", "id": city}) == ["亓丙", "亓甲"]
    assert found(sectors=["ASSOCIATION"]) == ["亓甲", "亓乙"]
    assert found(discipline="520") == ["亓甲"]
    assert found(titleLevels=["SENIOR", "JUNIOR"]) == ["亓乙"]
    assert found(award="青年科技奖") == ["亓丙"]
    assert found(deceased=True) == ["亓丁"]
    assert found(aliveOn="2020-05-31") == ["亓丙", "亓丁", "亓甲", "亓乙"]
    assert found(aliveOn="2020-06-01") == ["亓丙", "亓甲", "亓乙"]


def test_names_are_sorted_by_pinyin_with_surnames_read_as_such_and_paged(register: Served) -> None:
    client = register.administrator
    for name in ("单雄", "安平", "曾巩", "周瑜"):
        registered(client, name)
    page = (
        "query ($after: String) { people(first: 2, after: $after) { nodes { name }"
        " pageInfo { endCursor hasNextPage } } }"
    )
    names: list[str] = []
    after = None
    while True:
        people = client.data(page, after=after)["people"]
        names.extend(node["name"] for node in people["nodes"])
        if not people["pageInfo"]["hasNextPage"]:
            break
        after = people["pageInfo"]["endCursor"]
    ours = [name for name in names if name in {"单雄", "安平", "曾巩", "周瑜"}]
    assert ours == ["安平", "单雄", "曾巩", "周瑜"]


def test_who_may_be_recorded_already_is_warned_of(register: Served) -> None:
    client = register.administrator
    city = establish(client, "重复市科协", "ASSOCIATION")
    numbered = registered(client, "郑一", identityNumber=NUMBER)
    yearly = registered(client, "郑二", birthDate="1990-01-01", birthPrecision="YEAR")
    unknown, other = registered(client, "郑二"), registered(client, "郑二", birthDate="1970-01-01")
    employed(client, unknown, employer=city, until="2020-02-01")
    once = registered(client, "郑三")
    record(client, "renamePerson", person=once, name="郑肆", effectiveOn="2020-02-01")

    def warned(**told: object) -> list[tuple[str, list[str]]]:
        found = client.data(WARNED, **told)["likelyDuplicates"]
        return [(each["person"]["id"], each["grounds"]) for each in found]

    assert warned(number=NUMBER) == [(numbered, ["SAME_NUMBER"])]
    assert warned(name="郑三") == [(once, ["SAME_NAME"])]
    assert warned(name="郑二", birth="1990-03-07", employer=city) == [
        (yearly, ["SAME_NAME_AND_BIRTH"]),
        (unknown, ["SAME_NAME_AND_EMPLOYER", "SAME_NAME"]),
    ]
    same = {"likelyDuplicates": [{"person": {"id": yearly}, "grounds": ["SAME_NAME"]}]}
    of_unknown = shown(client, unknown, "likelyDuplicates { person { id } grounds }")
    assert same["likelyDuplicates"][0] in of_unknown["likelyDuplicates"]
    assert {each["person"]["id"] for each in of_unknown["likelyDuplicates"]} == {yearly, other}
    record(client, "mergePersons", person=unknown, into=yearly)
    found = shown(client, yearly, "likelyDuplicates { person { id } grounds }")
    # The one born in 1970 may be the record that says nothing of a birth, but then is not the merged person.
    assert found["likelyDuplicates"] == [{"person": {"id": other}, "grounds": ["SAME_NAME"]}]
    assert warned(name="郑二", birth="1990-03-07") == [(yearly, ["SAME_NAME_AND_BIRTH", "SAME_NAME"])]


def test_a_warning_needs_something_to_go_by(register: Served) -> None:
    error = register.administrator.problem(WARNED, birth="1990-03-07")
    assert error["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "fields", ["gender", "birthDate", "identityNumber", "phone", "email", "history { birthDate }"]
)
def test_staff_see_no_restricted_data(register: Served, fields: str) -> None:
    identity = registered(register.administrator, "冯一", identityNumber=NUMBER)
    assert shown(register.viewer, identity, "name")["name"] == "冯一"
    error = register.viewer.problem(ONE % fields, id=identity)
    assert error["extensions"]["code"] == "FORBIDDEN"


def test_staff_are_warned_by_names_alone(register: Served) -> None:
    client = register.administrator
    first = registered(client, "陈一", identityNumber=NUMBER)
    registered(client, "陈一", birthDate="1970-01-01")
    told = "likelyDuplicates { grounds }"
    assert shown(client, first, told) == {"likelyDuplicates": []}
    assert shown(register.viewer, first, told) == {"likelyDuplicates": [{"grounds": ["SAME_NAME"]}]}
    for restricted in ({"number": NUMBER}, {"name": "陈一", "birth": "1990-03-07"}):
        error = register.viewer.problem(WARNED, **restricted)
        assert error["extensions"]["code"] == "FORBIDDEN"


def test_what_was_once_believed_of_a_person_is_for_auditors(register: Served) -> None:
    client = register.administrator
    identity = registered(client, "褚一")
    told = record(client, "renamePerson", person=identity, name="褚二", effectiveOn="2020-02-01")
    record(client, "retractEvent", entity=identity, position=told["position"])
    with_beliefs = "history(beliefs: true) { name validFrom recordedTo }"
    beliefs = shown(client, identity, with_beliefs)["history"]
    assert [(belief["name"], belief["recordedTo"] is None) for belief in beliefs] == [
        ("褚一", False),
        ("褚一", False),
        ("褚一", True),
        ("褚二", False),
    ]
    assert shown(client, identity, "name", known=told["recordedAt"], day="2020-03-01")["name"] == "褚二"
    assert shown(register.viewer, identity, "history { name }")["history"] == [{"name": "褚一"}]
    for fields, at in ((with_beliefs, {}), ("name", {"known": told["recordedAt"]})):
        error = register.viewer.problem(ONE % fields, id=identity, **at)
        assert error["extensions"]["code"] == "FORBIDDEN"


def test_the_public_does_not_learn_that_there_is_a_person(register: Served) -> None:
    identity = registered(register.administrator, "卫一")
    for asked in (ONE % "name", LISTED, WARNED):
        assert register.anybody.problem(asked, id=identity, name="卫一")["extensions"]["code"] == "FORBIDDEN"
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert register.anybody.data(node, id=identity)["node"] is None
    assert register.viewer.data(node, id=identity)["node"] == {"id": identity}
    search = '{ search(text: "卫一", first: 5) { name } }'
    assert register.anybody.data(search)["search"] == []
    assert register.viewer.data(search)["search"] == [{"name": "卫一"}]


def test_no_refusal_holds_an_identity_number(register: Served) -> None:
    client = register.administrator
    registered(client, "蒋一", identityNumber=NUMBER)
    taken = refuse(
        client, "registerPerson", "IDENTITY_NUMBER_TAKEN", person=new_id(), name="蒋二", identityNumber=NUMBER
    )
    wrong = refuse(
        client,
        "registerPerson",
        "INVALID_IDENTITY_NUMBER",
        person=new_id(),
        name="蒋三",
        identityNumber=f"{NUMBER[:-1]}9",
    )
    assert NUMBER[:-1] not in str((taken, wrong))


CROWD = 20_000
_CROWDED = """
    INSERT INTO person (id, illustrative, deceased, position, valid, recorded_from)
    SELECT gen_random_uuid(), true, false, n, '[2020-01-01,)', now() FROM generate_series(1, $1) AS n;
"""
_TOLD = """
    INSERT INTO person_private
        (person, name, pinyin, birth_date, birth_precision, identity_number, position, valid, recorded_from)
    SELECT id, '人' || position % 10000, 'ren' || position % 10000, '1990-01-01', 'DAY', 'N' || position,
        1, valid, recorded_from
    FROM person
"""
_ANALYZED = "ANALYZE person; ANALYZE person_private; ANALYZE person_alias; ANALYZE employment"


LISTED_AFTER = "{ people(first: 20) { nodes { id name } pageInfo { endCursor } } }"


async def test_a_warning_and_a_page_read_indexes_and_no_table_whole(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        await desk.connection.execute(_CROWDED.replace("$1", str(CROWD)))
        await desk.connection.execute(_TOLD)
        await desk.connection.execute(_ANALYZED)
        one = await desk.connection.fetchval("SELECT person FROM person_private WHERE name = '人7' LIMIT 1")
        of_person = ONE % "likelyDuplicates { person { id name } grounds }"
        told = {"name": "人7", "number": "N8", "birth": "1990-01-01", "called": "某所"}
        for asked, given in ((WARNED, told), (of_person, {"id": str(one)}), (LISTED_AFTER, {})):
            statement = planned(asked, **given)
            plan = await desk.connection.fetchval(
                f"EXPLAIN (FORMAT JSON) {statement.sql}", *statement.parameters
            )
            whole = {node["Relation Name"] for node in nodes(json.loads(plan)[0]["Plan"], "Seq Scan")}
            assert not whole & {"person", "person_private"}
            assert await desk.connection.fetchval(statement.sql, *statement.parameters)


def planned(query: str, **variables: object) -> Statement:
    """Return the statement that answers a query for an administrator."""
    question = Question(
        parse(query), None, variables, Viewer.of(Role.ADMINISTRATOR, "tester"), date(2023, 1, 1)
    )
    plan = plan_operation(core_of(build_schema()), question)
    assert plan is not None
    assert plan.statement is not None, plan.problems
    return plan.statement


def nodes(node: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """Yield the nodes of a kind in a plan."""
    if node["Node Type"] == kind:
        yield node
    for inner in node.get("Plans", ()):
        yield from nodes(inner, kind)
