"""Papers, mandates, programmes, figures, secondments and liaisons over HTTP: each command, and questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.lives.affairs import LIVES
from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Answer, Client, Served


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__.strip("_"))
def test_every_command_can_be_sent(register: Served, life: Callable[[Client], set[str]]) -> None:
    assert life(register.administrator)


def _granted(client: Client, name: str, holder: str, **given: object) -> str:
    mandate = new_id()
    record(client, "grantMandate", mandate=mandate, name=name, category="STANDARDS", holder=holder, **given)
    return mandate


def _names(answer: Answer, root: str) -> list[str]:
    return [node["name"] for node in answer[root]["nodes"]]


def test_mandates_are_filtered_sorted_and_paged(register: Served) -> None:
    client = register.administrator
    first, second = establish(client, "筛选甲", "SOCIETY"), establish(client, "筛选乙", "SOCIETY")
    _granted(client, "筛选之二", first, until="2021-01-01")
    _granted(client, "筛选之一", first, until="2023-01-01", grantor=second)
    _granted(client, "筛选之三", second)
    query = (
        'query ($f: MandateFilter) { mandates(first: 9, filter: $f, orderBy: UNTIL, asOf: "2022-01-01")'
        " { totalCount nodes { name } } }"
    )

    def asked(**given: object) -> list[str]:
        return _names(client.data(query, f={"nameContains": "筛选", **given}), "mandates")

    assert asked() == ["筛选之二", "筛选之一", "筛选之三"]
    assert asked(holder=first) == ["筛选之二", "筛选之一"]
    assert asked(grantor=second) == ["筛选之一"]
    assert asked(statuses=["EXPIRED"]) == ["筛选之二"]
    assert asked(statuses=["ACTIVE"], endsBefore="2024-01-01") == ["筛选之一"]
    assert asked(categories=["TRAINING"]) == []
    assert asked(text="sxzy") == ["筛选之一"]
    hits = client.data('{ search(text: "筛选之一", first: 9) { name node { __typename id } } }')["search"]
    assert (hits[0]["name"], hits[0]["node"]["__typename"]) == ("筛选之一", "Mandate")
    held = 'query ($id: ID) { organization(id: $id, asOf: "2022-01-01") { mandates { name } } }'
    assert client.data(held, id=first)["organization"]["mandates"] == [{"name": "筛选之一"}]


def test_programmes_are_found_by_who_takes_part(register: Served) -> None:
    client = register.anybody
    owner = establish(register.administrator, "计划科协", "ASSOCIATION")
    society = establish(register.administrator, "计划学会", "SOCIETY")
    for name, participants, until in (("甲计划", [society], "2021-01-01"), ("乙计划", [], None)):
        record(
            register.administrator,
            "launchProgramme",
            programme=new_id(),
            name=name,
            owner=owner,
            participants=participants,
            until=until,
        )
    query = (
        "query ($f: ProgrammeFilter, $day: Date) { programmes(first: 9, filter: $f, asOf: $day)"
        " { nodes { name running everyEnrollment { organization { name } validTo } } } }"
    )
    (shown,) = client.data(query, f={"participant": society}, day="2020-06-01")["programmes"]["nodes"]
    assert shown["everyEnrollment"] == [{"organization": {"name": "计划学会"}, "validTo": "2021-01-01"}]
    assert client.data(query, f={"participant": society}, day="2021-01-01")["programmes"]["nodes"] == []
    assert _names(client.data(query, f={"owner": owner}, day="2020-06-01"), "programmes") == [
        "甲计划",
        "乙计划",
    ]
    running = client.data(query, f={"owner": owner, "running": True}, day="2021-01-01")
    assert _names(running, "programmes") == ["乙计划"]


def test_figures_of_an_organization_and_their_corrections(register: Served) -> None:
    client = register.administrator
    society, figure = establish(client, "数据学会", "SOCIETY"), new_id()
    said = {"organization": society, "indicator": "MEMBERS", "unit": "人", "source": "年报"}
    for year, value, which in ((2018, 10, figure), (2019, 20, new_id())):
        record(
            client,
            "reportFigure",
            figure=which,
            value=value,
            periodStart=f"{year}-01-01",
            periodEnd=f"{year}-12-31",
            **said,
        )
    query = "query ($f: FigureFilter) { figures(first: 9, filter: $f) { nodes { value } } }"

    def asked(**given: object) -> list[int]:
        nodes = client.data(query, f={"organization": society, **given})["figures"]["nodes"]
        return [node["value"] for node in nodes]

    assert asked() == [20, 10]
    assert asked(periodFrom="2019-01-01") == [20]
    assert asked(periodTo="2018-12-31") == [10]
    assert asked(indicators=["STUDENTS"]) == []
    refuse(
        client,
        "reportFigure",
        "ALREADY_REPORTED",
        figure=new_id(),
        value=30,
        periodStart="2018-01-01",
        periodEnd="2018-12-31",
        **said,
    )
    log = "query ($f: AuditFilter) { auditLog(first: 1, filter: $f) { nodes { position topic data } } }"
    (event,) = client.data(log, f={"entity": figure})["auditLog"]["nodes"]
    replacement = {"topic": event["topic"], "data": {**event["data"], "value": 11}}
    record(client, "amendEvent", entity=figure, position=event["position"], replacement=replacement)
    told = "query ($id: ID!) { figure(id: $id) { value history(beliefs: true) { value recordedTo } } }"
    shown = client.data(told, id=figure)["figure"]
    assert shown["value"] == 11
    assert sorted((each["value"], each["recordedTo"] is None) for each in shown["history"]) == [
        (10, False),
        (11, True),
    ]
    of_it = 'query ($id: ID) { organization(id: $id) { figures(indicators: ["MEMBERS"]) { value } } }'
    assert client.data(of_it, id=society)["organization"]["figures"] == [{"value": 11}, {"value": 20}]


def _seconded(client: Client, person: str, home: str, host: str, **given: object) -> str:
    secondment = new_id()
    fields = {"direction": "LATERAL", "basis": "EXCHANGE", **given}
    record(client, "beginSecondment", secondment=secondment, person=person, home=home, host=host, **fields)
    return secondment


def _person(client: Client, name: str) -> str:
    person = new_id()
    record(client, "registerPerson", person=person, name=name)
    return person


def test_a_ledger_of_secondments(register: Served) -> None:
    client = register.administrator
    home, host = establish(client, "台账科协", "ASSOCIATION"), establish(client, "台账学会", "SOCIETY")
    who = _person(client, "台账人")
    over = _seconded(client, who, home, host, until="2020-06-01")
    going_on = _seconded(client, who, home, host, effectiveOn="2021-01-01", until="2022-01-01")
    query = (
        "query ($f: SecondmentFilter, $day: Date) { secondments(first: 9, filter: $f, asOf: $day)"
        " { nodes { id underWay host { name } } } }"
    )

    def asked(day: str, **given: object) -> list[str]:
        nodes = client.data(query, f={"home": home, **given}, day=day)["secondments"]["nodes"]
        return [node["id"] for node in nodes]

    assert asked("2021-06-01") == [over, going_on]
    assert asked("2021-06-01", underWay=True) == [going_on]
    assert asked("2021-06-01", notEndedBy="2020-12-31") == [going_on]
    assert asked("2020-12-31", notEndedBy="2020-01-01") == [over]
    assert asked("2021-06-01", person=who, endsBefore="2021-01-01") == [over]
    assert asked("2021-06-01", host=home) == []


def test_the_public_is_told_nothing_of_people(register: Served) -> None:
    administrator, anybody, viewer = register.administrator, register.anybody, register.viewer
    home, host = (
        establish(administrator, "保密科协", "ASSOCIATION"),
        establish(administrator, "保密学会", "SOCIETY"),
    )
    who, other = _person(administrator, "保密人"), _person(administrator, "保密专家")
    _seconded(administrator, who, home, host, duty="秘书长")
    liaison = new_id()
    record(administrator, "beginLiaison", liaison=liaison, cadre=who, scientist=other)
    record(administrator, "recordVisit", liaison=liaison, note="家中有事", effectiveOn="2020-02-01")
    record(
        administrator,
        "recordRegistration",
        organization=host,
        legalForm="SOCIAL_ORGANIZATION",
        representative=who,
    )
    for query in (
        "{ secondments(first: 1) { totalCount } }",
        "{ liaisons(first: 1) { totalCount } }",
        f'{{ secondment(id: "{home}") {{ id }} }}',
        f'{{ organization(id: "{host}") {{ registration {{ representativeName }} }} }}',
        f'{{ organization(id: "{host}") {{ staffing {{ headcount }} }} }}',
    ):
        assert anybody.problem(query)["extensions"]["code"] == "FORBIDDEN"
    form = f'{{ organization(id: "{host}") {{ registration {{ legalForm }} }} }}'
    assert anybody.data(form)["organization"]["registration"] == {"legalForm": "SOCIAL_ORGANIZATION"}
    asked = f'{{ liaison(id: "{liaison}") {{ scientistName visits {{ visitedOn %s }} }} }}'
    assert viewer.data(asked % "")["liaison"]["scientistName"] == "保密专家"
    assert viewer.problem(asked % "note")["extensions"]["code"] == "FORBIDDEN"
    (visit,) = administrator.data(asked % "note")["liaison"]["visits"]
    assert visit == {"visitedOn": "2020-02-01", "note": "家中有事"}


def test_who_was_not_visited_for_long_is_found(register: Served) -> None:
    client = register.administrator
    cadre = _person(client, "走访人")
    visited, forgotten = new_id(), new_id()
    for liaison in (visited, forgotten):
        record(client, "beginLiaison", liaison=liaison, cadre=cadre, scientist=_person(client, "专家"))
    record(client, "recordVisit", liaison=visited, effectiveOn="2020-06-01")
    query = (
        'query ($f: LiaisonFilter) { liaisons(first: 9, filter: $f, asOf: "2020-12-31")'
        " { nodes { id lastVisit } } }"
    )
    found = client.data(query, f={"cadre": cadre, "notVisitedSince": "2020-05-01"})["liaisons"]["nodes"]
    assert found == [{"id": forgotten, "lastVisit": None}]


def test_node_finds_each_for_whoever_may_see_it(register: Served) -> None:
    client = register.administrator
    holder = establish(client, "节点学会", "SOCIETY")
    mandate = _granted(client, "节点职能", holder)
    secondment = _seconded(
        client, _person(client, "节点人"), holder, establish(client, "节点科协", "ASSOCIATION")
    )
    query = "query ($id: ID!) { node(id: $id) { __typename id } }"
    assert register.anybody.data(query, id=mandate)["node"] == {"__typename": "Mandate", "id": mandate}
    assert register.anybody.data(query, id=secondment)["node"] is None
    assert client.data(query, id=secondment)["node"]["__typename"] == "Secondment"


def test_a_dissolved_holder_leaves_its_mandate_dangling(register: Served) -> None:
    client = register.administrator
    holder, heir = establish(client, "注销学会", "SOCIETY"), establish(client, "承继学会", "SOCIETY")
    mandate = _granted(client, "悬空职能", holder)
    gone = {"organization": holder, "effectiveOn": "2021-01-01"}
    refused = refuse(client, "dissolveOrganization", "DANGLING", **gone)
    assert "悬空职能" in refused["message"]
    record(
        client,
        "dissolveOrganization",
        **gone,
        rules=[{"reference": "MANDATED", "moveTo": heir}],
    )
    query = 'query ($id: ID!) { mandate(id: $id, asOf: "2021-01-01") { status holder { name } } }'
    assert client.data(query, id=mandate)["mandate"] == {"status": "ACTIVE", "holder": {"name": "承继学会"}}


_EXISTS = (
    "query ($id: ID!) { organization(id: $id) {"
    ' a: existsOn(day: "2017-12-31") b: existsOn(day: "2018-01-01") c: existsOn(day: "2018-12-31")'
    ' d: existsOn(day: "2019-01-01") e: existsOn(day: "2020-04-30") f: existsOn(day: "2020-05-01")'
    ' g: existsOn(day: "2020-05-31") h: existsOn(day: "2020-06-01") } }'
)


def _existence(client: Client, who: str) -> str:
    """Return what is known of existence on eight days, a letter each."""
    answer: dict[str, Any] = client.data(_EXISTS, id=who)["organization"]
    return "".join(value[0] for value in answer.values())


def test_what_falls_inside_the_imprecision_of_a_date_is_unknown(register: Served) -> None:
    client = register.administrator
    who = establish(client, "年份学会", "SOCIETY", effectiveOn="2018-01-01", precision="YEAR")
    assert _existence(client, who) == "NUUYYYYY"
    # A rename of the same day, known to the day, makes nobody surer of the establishment.
    record(client, "renameOrganization", organization=who, name="年份研究会", effectiveOn="2018-01-01")
    assert _existence(client, who) == "NUUYYYYY"
    record(client, "dissolveOrganization", organization=who, effectiveOn="2020-05-01", precision="MONTH")
    assert _existence(client, who) == "NUUYYUUN"
    log = (
        "query ($f: AuditFilter) { auditLog(first: 1, filter: $f, orderBy: OLDEST)"
        " { nodes { position topic data } } }"
    )
    (event,) = client.data(log, f={"entity": who})["auditLog"]["nodes"]
    data = {**event["data"], "precision": "DAY"}
    replacement = {"topic": event["topic"], "data": data}
    record(client, "amendEvent", entity=who, position=event["position"], replacement=replacement)
    assert _existence(client, who) == "NYYYYUUN"
    certain = (
        "query ($id: ID!, $day: Date) { organization(id: $id, asOf: $day) { certain validFromPrecision } }"
    )
    for day, known in (("2018-06-01", True), ("2020-05-31", False), ("2020-06-01", True)):
        assert client.data(certain, id=who, day=day)["organization"]["certain"] is known
    assert client.data(certain, id=who, day="2018-06-01")["organization"]["validFromPrecision"] == "DAY"


def test_predecessors_are_followed_across_a_dissolved_one(register: Served) -> None:
    client = register.administrator
    city = establish(client, "沿革科协", "ASSOCIATION")
    old = establish(client, "沿革甲部", superior=city)
    middle, new = new_id(), new_id()
    steps = (("2020-03-01", old, middle, "沿革乙部"), ("2020-06-01", middle, new, "沿革丙部"))
    for day, gone, heir, name in steps:
        reform = new_id()
        plan = {
            "dissolved": [gone],
            "established": [
                {
                    "id": heir,
                    "name": name,
                    "kind": "DEPARTMENT",
                    "superiors": [{"hierarchy": "PART_OF", "superior": city}],
                }
            ],
            "successions": [{"predecessor": gone, "successor": heir}],
        }
        record(client, "proposeReorganization", reorganization=reform, title="沿革", plan=plan)
        query = "query ($c: CommandInput!) { preview(command: $c) { digest } }"
        command = {
            "commandId": new_id(),
            "effectiveOn": "2020-01-02",
            "reorganization": reform,
            "takesEffectOn": day,
        }
        digest = client.data(query, c={"adoptReorganization": command})["preview"]["digest"]
        record(client, "adoptReorganization", **{**command, "preview": digest})
    query = (
        "query ($id: ID!, $t: Boolean!, $day: Date) { organization(id: $id, asOf: $day) {"
        " predecessors(transitive: $t) { name status } successors(transitive: $t) { name } } }"
    )

    def names(who: str, field: str, day: str = "2021-01-01", *, transitive: bool) -> list[str]:
        shown = client.data(query, id=who, t=transitive, day=day)["organization"][field]
        return [each["name"] for each in shown]

    assert names(new, "predecessors", transitive=False) == ["沿革乙部"]
    assert names(new, "predecessors", transitive=True) == ["沿革甲部", "沿革乙部"]
    assert names(old, "successors", transitive=False) == ["沿革乙部"]
    assert names(old, "successors", transitive=True) == ["沿革丙部", "沿革乙部"]
    assert names(old, "successors", "2020-04-01", transitive=True) == ["沿革乙部"]


def test_a_person_s_affairs_are_found_by_any_record_of_the_person(register: Served) -> None:
    client = register.administrator
    home, host = establish(client, "合并科协", "ASSOCIATION"), establish(client, "合并学会", "SOCIETY")
    alias, canonical = _person(client, "合并人"), _person(client, "合并人")
    secondment = _seconded(client, alias, home, host)
    record(client, "mergePersons", person=alias, into=canonical, effectiveOn="2020-02-01")
    query = (
        "query ($f: SecondmentFilter) { secondments(first: 9, filter: $f) {"
        " nodes { id personId person { id } } } }"
    )
    for who in (alias, canonical):
        (shown,) = client.data(query, f={"person": who})["secondments"]["nodes"]
        assert shown == {"id": secondment, "personId": alias, "person": {"id": canonical}}
