"""Measures over HTTP: found by what they are, at any date and belief, by whoever may see what."""

from __future__ import annotations

import pytest

from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Client, Served

_CODES = (
    "query ($f: MeasureFilter, $day: Date) { measures(first: 50, filter: $f, asOf: $day) { nodes { code } } }"
)


def _measure(client: Client, code: str, **given: object) -> str:
    identity = new_id()
    content = {"title": f"措施 {code}", "planClause": "三(一)", **given}
    record(client, "setMeasure", measure=identity, code=code, **content)
    return identity


def test_measures_are_found_by_what_they_are(register: Served) -> None:
    client = register.administrator
    city = establish(client, "查找市科协", "ASSOCIATION")
    lead, other = establish(client, "甲部", superior=city), establish(client, "乙部", superior=city)
    _measure(client, "F-1", lead=lead, supporting=[other], deadline="2020-03-31")
    _measure(client, "F-2", lead=other, planClause="三(二)", recurrence="ONGOING", illustrative=True)
    done = _measure(client, "F-3", lead=lead, planClause="六(一)", recurrence="YEARLY")
    record(client, "fulfillMeasure", measure=done, effectiveOn="2020-09-01")

    def codes(day: str = "2020-12-31", **conditions: object) -> list[str]:
        found = client.data(_CODES, f=conditions, day=day)["measures"]["nodes"]
        return [node["code"] for node in found if node["code"].startswith("F-")]

    assert codes() == ["F-1", "F-2", "F-3"]
    assert codes(lead=lead) == ["F-1", "F-3"]
    assert codes(supporting=other) == ["F-1"]
    assert codes(clause="三") == ["F-1", "F-2"]
    assert codes(clause="三(二)") == ["F-2"]
    assert codes(recurrences=["YEARLY", "ONGOING"]) == ["F-2", "F-3"]
    assert codes(states=["OPEN"], overdue=True) == ["F-1"]
    assert codes(overdue=False) == ["F-2", "F-3"]
    assert codes("2022-01-01", overdue=True) == ["F-1", "F-3"]
    assert codes(titleContains="F-2", illustrative=True) == ["F-2"]
    assert codes(responsible=new_id()) == []


def test_a_measure_is_found_by_its_code_and_by_node(register: Served) -> None:
    client = register.administrator
    identity = _measure(client, "N-1")
    assert client.data('{ measure(code: "N-1") { id title } }')["measure"] == {
        "id": identity,
        "title": "措施 N-1",
    }
    query = "query ($id: ID!) { node(id: $id) { id ... on Measure { code } } }"
    assert register.anybody.data(query, id=identity)["node"] == {"id": identity, "code": "N-1"}
    refuse(
        client, "setMeasure", "MEASURE_CODE_TAKEN", measure=new_id(), code="N-1", title="又", planClause="三"
    )


def test_what_was_believed_before_a_correction_can_be_asked_for(register: Served) -> None:
    client = register.administrator
    identity = _measure(client, "K-1", deadline="2020-06-30")
    answer = record(client, "moveDeadline", measure=identity, deadline="2020-12-31", reason="推迟")
    record(client, "retractEvent", entity=identity, position=answer["position"], reason="未获批准")
    query = (
        "query ($id: ID, $at: DateTime) { measure(id: $id, knownAt: $at) {"
        " deadline deadlineMoves { after } } }"
    )
    assert client.data(query, id=identity)["measure"] == {"deadline": "2020-06-30", "deadlineMoves": []}
    assert client.data(query, id=identity, at=answer["recordedAt"])["measure"] == {
        "deadline": "2020-12-31",
        "deadlineMoves": [{"after": "2020-12-31"}],
    }
    beliefs = "query ($id: ID) { measure(id: $id) { history(beliefs: true) { deadline recordedTo } } }"
    history = client.data(beliefs, id=identity)["measure"]["history"]
    assert {belief["deadline"] for belief in history} == {"2020-06-30", "2020-12-31"}


@pytest.mark.parametrize(
    "asked",
    [
        'measures(first: 1, filter: { responsible: "00000000-0000-0000-0000-000000000001" }) { totalCount }',
        "measures(first: 1) { nodes { responsibleId } }",
        "measures(first: 1) { nodes { responsible { name } } }",
        "measures(first: 1) { nodes { findings { text } } }",
        "measures(first: 1) { nodes { deadlineMoves { reason } } }",
        "measures(first: 1) { nodes { evidence { event { topic } } } }",
    ],
)
def test_anybody_sees_measures_but_not_people_findings_or_the_log(register: Served, asked: str) -> None:
    assert register.anybody.data("{ measures(first: 1) { totalCount nodes { overdue lead { name } } } }")
    assert register.anybody.problem(f"{{ {asked} }}")["extensions"]["code"] == "FORBIDDEN"
    assert "errors" not in register.administrator.ask(f"{{ {asked} }}")


def test_a_measure_is_found_by_words_of_its_title_and_by_pinyin(register: Served) -> None:
    identity = _measure(register.administrator, "G-1", title="探索建立院士专家工作站")
    query = "query ($text: String!) { search(text: $text, first: 10, nouns: [MEASURE]) { node { id } } }"
    for text in ("院士专家", "yuanshi", "G-1"):
        hits = register.anybody.data(query, text=text)["search"]
        assert identity in [hit["node"]["id"] for hit in hits], text


def test_who_led_a_measure_when_and_what_a_department_leads(register: Served) -> None:
    client = register.administrator
    city = establish(client, "历次市科协", "ASSOCIATION")
    first, second = establish(client, "先部", superior=city), establish(client, "后部", superior=city)
    identity = _measure(client, "L-1", lead=first)
    rules = [{"reference": "LED_BY", "moveTo": second}]
    record(client, "dissolveOrganization", organization=first, effectiveOn="2020-06-01", rules=rules)
    record(client, "fulfillMeasure", measure=identity, effectiveOn="2020-12-01")
    query = (
        'query ($id: ID) { measure(id: $id, asOf: "2021-01-01") {'
        " lead { name } parts { role organization { name } validFrom validTo } } }"
    )
    assert client.data(query, id=identity)["measure"] == {
        "lead": {"name": "后部"},
        "parts": [
            {
                "role": "LED_BY",
                "organization": {"name": "先部"},
                "validFrom": "2020-01-01",
                "validTo": "2020-06-01",
            },
            {
                "role": "LED_BY",
                "organization": {"name": "后部"},
                "validFrom": "2020-06-01",
                "validTo": "2020-12-01",
            },
        ],
    }
    led = "query ($id: ID, $day: Date) { organization(id: $id, asOf: $day) { measures { code } } }"
    for who, day, codes in (
        (first, "2020-05-31", ["L-1"]),
        (second, "2020-07-01", ["L-1"]),
        (second, "2021-01-01", []),
    ):
        found = client.data(led, id=who, day=day)["organization"]["measures"]
        assert [measure["code"] for measure in found] == codes
