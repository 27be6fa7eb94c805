"""What commands take, and what their answers say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support.sending import establish, new_id, preview, record, refuse, send
from tests.support.serving import Client, Served

_SHOWN = (
    "id name shortName code kind status tier subtype functions { name }"
    " superiors { hierarchy superior { name } }"
)


def _organization(client: Client, identity: str, day: str = "2020-06-01") -> Any:  # noqa: ANN401 - a row as JSON
    query = f"query ($id: ID, $day: Date) {{ organization(id: $id, asOf: $day) {{ {_SHOWN} }} }}"
    return client.data(query, id=identity, day=day)["organization"]


def test_what_is_left_out_stays_and_null_takes_it_away(register: Served) -> None:
    client = register.administrator
    unit = establish(
        client,
        "某科协",
        "ASSOCIATION",
        shortName="科协",
        code="U1",
        profile={"subtype": "部", "tier": "MUNICIPAL"},
    )
    record(client, "renameOrganization", organization=unit, name="某市科协", effectiveOn="2020-02-01")
    record(client, "reclassifyOrganization", organization=unit, change={}, effectiveOn="2020-02-01")
    shown = _organization(client, unit)
    assert [shown[key] for key in ("shortName", "subtype", "tier")] == ["科协", "部", "MUNICIPAL"]
    record(
        client,
        "renameOrganization",
        organization=unit,
        name="某市科协",
        shortName=None,
        effectiveOn="2020-03-01",
    )
    record(
        client,
        "reclassifyOrganization",
        organization=unit,
        change={"subtype": None},
        effectiveOn="2020-03-01",
    )
    record(client, "recodeOrganization", organization=unit, code=None, effectiveOn="2020-03-01")
    shown = _organization(client, unit)
    assert [shown[key] for key in ("shortName", "subtype", "tier", "code")] == [None, None, "MUNICIPAL", None]


@pytest.mark.parametrize("kept", ["{}", "{ holder: null }"])
def test_a_plan_tells_a_released_function_from_an_untouched_one(register: Served, kept: str) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    unit, what, reform = establish(client, "某部", superior=city), new_id(), new_id()
    record(client, "defineFunction", function=what, name="某职能", holder=unit)
    change = {"function": what, "emphasize": True, **({"holder": None} if "null" in kept else {})}
    record(client, "proposeReorganization", reorganization=reform, title="改革", plan={"functions": [change]})
    days = {"reorganization": reform, "takesEffectOn": "2020-03-01"}
    digest = preview(client, "adoptReorganization", **days)["digest"]
    record(client, "adoptReorganization", preview=digest, **days)
    query = 'query ($id: ID!) { function(id: $id, asOf: "2020-03-01") { holder { id } } }'
    holder = client.data(query, id=what)["function"]["holder"]
    assert holder == (None if "null" in kept else {"id": unit})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("precision", None),
        ("assumed", None),
        ("profile", None),
        ("places", None),
        ("kind", "NOTHING"),
        ("name", 5),
    ],
)
def test_what_the_schema_does_not_allow_is_no_command(demo: Served, field: str, value: object) -> None:
    given = {
        "commandId": new_id(),
        "organization": new_id(),
        "effectiveOn": "2020-01-01",
        "name": "某",
        "kind": "SOCIETY",
        field: value,
    }
    command = "establishOrganization(input: $input) { __typename }"
    query = f"mutation ($input: EstablishOrganizationInput!) {{ {command} }}"
    response = demo.administrator.post(query, {"input": given})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_DOCUMENT"


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("renameOrganization", {"organization": "x", "name": "某"}, "organization"),
        ("renameOrganization", {"organization": new_id(), "name": "某", "commandId": "x"}, "commandId"),
        ("recodeOrganization", {"organization": new_id()}, "code"),
        (
            "amendEvent",
            {"entity": new_id(), "position": 1, "replacement": {"topic": "x", "data": {}}},
            "replacement.topic",
        ),
        (
            "amendEvent",
            {"entity": new_id(), "position": 1, "replacement": {"topic": "organization.renamed", "data": 5}},
            "replacement.data",
        ),
        (
            "amendEvent",
            {
                "entity": new_id(),
                "position": 1,
                "replacement": {"topic": "organization.renamed", "data": {}},
            },
            "replacement.data",
        ),
    ],
)
def test_what_does_not_fit_a_command_is_told_by_its_field(
    demo: Served, name: str, given: dict[str, object], field: str
) -> None:
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename }} }}"
    command = {"commandId": new_id(), "effectiveOn": "2020-01-01", **given}
    error = demo.administrator.problem(query, input=command)
    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert error["path"] == [name]
    assert field in error["message"]


def test_a_command_sent_twice_is_carried_out_once(register: Served) -> None:
    client = register.administrator
    command = {"commandId": new_id(), "organization": new_id(), "name": "某学会", "kind": "SOCIETY"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: record(client, "establishOrganization", **command), range(8)))
    assert len({(answer["firstPosition"], answer["position"]) for answer in answers}) == 1
    refuse(client, "establishOrganization", "COMMAND_ID_REUSED", **{**command, "name": "又一学会"})


def test_a_command_that_changes_nothing_has_no_position(register: Served) -> None:
    client = register.administrator
    unit = establish(client, "某学会", "SOCIETY")
    answer = record(client, "renameOrganization", organization=unit, name="某学会")
    assert (answer["firstPosition"], answer["position"]) == (None, None)


def test_refusals_are_answers(register: Served) -> None:
    client = register.administrator
    unit = establish(client, "某学会", "SOCIETY")
    refused = refuse(client, "renameOrganization", "NOT_FOUND", organization=new_id(), name="某")
    assert refused["details"]["noun"] == "organization"
    refuse(client, "renameOrganization", "INVALID_INPUT", organization=unit, name=" ")
    refuse(client, "renameOrganization", "INVALID_INPUT", organization=unit, name="某\u0000会")
    refuse(
        client, "renameOrganization", "INVALID_DATE", organization=unit, name="某", effectiveOn="1800-01-01"
    )
    refuse(client, "renameOrganization", "NOT_ALIVE", organization=unit, name="某", effectiveOn="2019-01-01")
    refuse(client, "renameOrganization", "VERSION_CONFLICT", organization=unit, name="某", expectedVersion=7)
    record(client, "renameOrganization", organization=unit, name="某会", expectedVersion=1)


def test_several_commands_of_one_operation_are_carried_out_in_order(register: Served) -> None:
    client = register.administrator
    unit = establish(client, "某学会", "SOCIETY")
    rename = (
        'renameOrganization(input: {{ commandId: "{0}", effectiveOn: "2020-02-01",'
        ' organization: "{1}", name: "{2}" }})'
        " {{ ... on OrganizationRecorded {{ position organization {{ name }} }} }}"
    )
    query = (
        f"mutation {{ a: {rename.format(new_id(), unit, '甲')} b: {rename.format(new_id(), unit, '乙')} }}"
    )
    answer = client.data(query)
    assert answer["a"]["position"] < answer["b"]["position"]
    assert [answer[key]["organization"]["name"] for key in "ab"] == ["甲", "乙"]


def test_a_preview_is_of_exactly_one_command(demo: Served) -> None:
    query = "query ($command: CommandInput!) { preview(command: $command) { digest } }"
    suspend = {"commandId": new_id(), "effectiveOn": "2020-01-01", "organization": new_id()}
    for command in (
        {},
        {"suspendOrganization": None},
        {"suspendOrganization": suspend, "activateOrganization": suspend},
        {"suspendOrganization": suspend, "activateOrganization": None},
    ):
        response = demo.administrator.post(query, {"command": command})
        assert response.status_code == 400, command
        assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_DOCUMENT"
    literal = demo.administrator.post("{ preview(command: {}) { digest } }")
    assert literal.status_code == 400


def test_a_preview_records_nothing(register: Served) -> None:
    client = register.administrator
    position = client.data("{ orgChart { position } }")
    identity = new_id()
    shown = preview(client, "establishOrganization", organization=identity, name="某学会", kind="SOCIETY")
    assert [(event["topic"], event["stream"]) for event in shown["events"]] == [
        ("organization.established", identity)
    ]
    assert shown["events"][0]["data"]["name"] == "某学会"
    assert client.data("{ orgChart { position } }") == position
    assert _organization(client, identity) is None


def test_what_would_be_left_dangling_is_disposed_of(register: Served) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    old, heir = establish(client, "旧部", superior=city), establish(client, "新部", superior=city)
    what = new_id()
    record(client, "defineFunction", function=what, name="某职能", holder=old)
    ending = {"organization": old, "effectiveOn": "2020-06-01"}
    refuse(client, "dissolveOrganization", "DANGLING", **ending)
    shown = preview(client, "dissolveOrganization", **ending)
    (loose,) = [one for one in shown["dangling"] if one["source"] == what]
    assert (loose["name"], loose["reference"], loose["target"]) == ("某职能", "HOLDS", old)
    moved = {"source": what, "position": loose["position"], "action": "MOVE", "target": heir}
    record(client, "dissolveOrganization", **ending, dispositions=[moved])
    query = 'query ($id: ID!) { function(id: $id, asOf: "2020-06-01") { holder { name } } }'
    assert client.data(query, id=what)["function"]["holder"] == {"name": "新部"}


def test_a_rule_disposes_of_all_of_a_kind(register: Served) -> None:
    client = register.administrator
    city = establish(client, "某市科协", "ASSOCIATION")
    old, what = establish(client, "旧部", superior=city), new_id()
    record(client, "defineFunction", function=what, name="某职能", holder=old)
    answer = send(
        client,
        "dissolveOrganization",
        organization=old,
        effectiveOn="2020-06-01",
        rules=[{"reference": "HOLDS"}],
    )
    assert answer["__typename"] == "OrganizationRecorded"
    query = 'query ($id: ID!) { function(id: $id, asOf: "2020-06-01") { orphaned } }'
    assert client.data(query, id=what)["function"] == {"orphaned": True}
