"""What commands would come to is shown, and nothing of it is recorded."""

from __future__ import annotations

import asyncio
import threading
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from tests.support.sending import establish, new_id, record, refuse
from tests.support.serving import Client, Served

_CHANGES = (
    "changes { established { name superiors { superior { name } } } dissolved { name functions { name } }"
    " renamed { before after organization { name } }"
    " moved { organization { name } from { name } to { name } }"
    " functionsTransferred { function { name } from { name } to { name } } functionsOrphaned { name } }"
)
_SIMULATE = (
    "query ($commands: [CommandInput!]!, $asOf: Date) { simulate(commands: $commands, asOf: $asOf) {"
    " asOf position commands { commandId events { stream topic effectiveOn } refusal { code messageZh } }"
    f" {_CHANGES} }} }}"
)


def _simulated(client: Client, *commands: dict[str, Any], as_of: str | None = None) -> Any:  # noqa: ANN401 - an answer has the shape of its query
    return client.data(_SIMULATE, commands=list(commands), asOf=as_of)["simulate"]


def _command(name: str, day: str = "2021-01-01", /, **given: object) -> dict[str, Any]:
    return {name: {"commandId": str(uuid4()), "effectiveOn": day, **given}}


class _City:
    """An association of two departments, one of which has a function."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.id = establish(client, "模拟市科协", "ASSOCIATION")
        self.office = establish(client, "办公室", superior=self.id)
        self.liaison = establish(client, "联络部", superior=self.id)
        self.function = new_id()
        record(client, "defineFunction", function=self.function, name="联络", holder=self.liaison)


def _log(served: Served) -> list[asyncpg.Record | None]:
    async def read() -> list[asyncpg.Record | None]:
        connection = await asyncpg.connect(served.database_url)
        try:
            return [
                await connection.fetchrow("SELECT position, recorded_at FROM registry.head"),
                await connection.fetchrow("SELECT count(*), max(id::text) FROM registry.command"),
            ]
        finally:
            await connection.close()

    return asyncio.run(read())


def test_a_simulation_shows_the_chart_that_would_be(register: Served) -> None:
    client = register.administrator
    city = _City(client)
    heir = new_id()
    before = _log(register)
    simulated = _simulated(
        client,
        _command(
            "establishOrganization",
            organization=heir,
            name="人才部",
            kind="DEPARTMENT",
            places=[{"hierarchy": "PART_OF", "superior": city.id}],
        ),
        _command("transferFunction", function=city.function, target=heir),
        _command("dissolveOrganization", organization=city.liaison),
        _command("renameOrganization", organization=city.office, name="综合部"),
    )
    assert [command["refusal"] for command in simulated["commands"]] == [None] * 4
    assert simulated["asOf"] == "2021-01-01"
    assert simulated["changes"] == {
        "established": [{"name": "人才部", "superiors": [{"superior": {"name": "模拟市科协"}}]}],
        "dissolved": [{"name": "联络部", "functions": [{"name": "联络"}]}],
        "renamed": [{"before": "办公室", "after": "综合部", "organization": {"name": "综合部"}}],
        "moved": [],
        "functionsTransferred": [
            {"function": {"name": "联络"}, "from": {"name": "联络部"}, "to": {"name": "人才部"}}
        ],
        "functionsOrphaned": [],
    }
    assert _log(register) == before
    assert client.data("query ($id: ID!) { node(id: $id) { id } }", id=heir)["node"] is None


def test_a_refused_command_says_why_and_the_others_go_on(register: Served) -> None:
    client = register.administrator
    city = _City(client)
    simulated = _simulated(
        client,
        _command("dissolveOrganization", organization=city.liaison),
        _command("renameOrganization", organization=city.office, name="综合部"),
        _command("suspendOrganization", organization=str(UUID(int=7))),
    )
    refusals = [command["refusal"] and command["refusal"]["code"] for command in simulated["commands"]]
    assert refusals == ["DANGLING", None, "NOT_FOUND"]
    assert all(c["refusal"] is None or c["refusal"]["messageZh"] for c in simulated["commands"])
    assert simulated["changes"]["dissolved"] == []
    assert [renamed["after"] for renamed in simulated["changes"]["renamed"]] == ["综合部"]


def test_what_is_simulated_may_then_be_recorded_and_comes_to_the_same(register: Served) -> None:
    client = register.administrator
    city = _City(client)
    commands = [
        _command("releaseFunction", function=city.function),
        _command("dissolveOrganization", organization=city.liaison),
    ]
    seen = _simulated(client, *commands, as_of="2021-06-01")
    for command in commands:
        ((name, given),) = command.items()
        record(client, name, **given)
    query = (
        "query ($root: ID, $from: Date!, $to: Date!) { changes(from: $from, to: $to, root: $root) {"
        " dissolved { name } functionsOrphaned { name } } }"
    )
    changed = client.data(query, root=city.id, **{"from": "2020-06-01", "to": "2021-06-01"})["changes"]
    assert [unit["name"] for unit in changed["dissolved"]] == ["联络部"]
    assert [unit["name"] for unit in seen["changes"]["dissolved"]] == ["联络部"]
    assert changed["functionsOrphaned"] == seen["changes"]["functionsOrphaned"] == [{"name": "联络"}]


def test_an_adoption_needs_no_preview_to_be_simulated(register: Served) -> None:
    client = register.administrator
    city = _City(client)
    reform = new_id()
    plan = {
        "renamed": [{"organization": city.office, "name": "党政办公室"}],
        "functions": [{"function": city.function, "holder": city.office}],
    }
    record(client, "proposeReorganization", reorganization=reform, title="改革", plan=plan)
    adoption = {"reorganization": reform, "takesEffectOn": "2022-01-01"}
    refuse(client, "adoptReorganization", "INVALID_INPUT", **adoption)
    simulated = _simulated(client, _command("adoptReorganization", "2021-01-01", **adoption))
    assert simulated["asOf"] == "2022-01-01"
    assert [renamed["after"] for renamed in simulated["changes"]["renamed"]] == ["党政办公室"]
    assert len(simulated["changes"]["functionsTransferred"]) == 1


def test_only_staff_simulate_and_bad_requests_are_told(register: Served) -> None:
    command = _command("suspendOrganization", organization=str(UUID(int=7)))
    error = register.anybody.problem(_SIMULATE, commands=[command])
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert register.viewer.data(_SIMULATE, commands=[command])["simulate"]["commands"][0]["refusal"]
    for commands in ([], [command] * 101):
        error = register.viewer.problem(_SIMULATE, commands=commands)
        assert error["extensions"]["code"] == "INVALID_INPUT"


def test_a_writer_goes_on_beside_a_simulation_that_holds_its_snapshot(register: Served) -> None:
    """Sixteen simulations and as many commands at once: nobody waits for a lock, nobody sees the other."""
    client = register.administrator
    city = _City(client)
    errors: list[BaseException] = []

    def simulate() -> None:
        try:
            for _ in range(4):
                simulated = _simulated(
                    client, _command("renameOrganization", organization=city.office, name="别名")
                )
                assert [each["refusal"] for each in simulated["commands"]] == [None]
        except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
            errors.append(error)

    threads = [threading.Thread(target=simulate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(16):
        record(client, "renameOrganization", organization=city.liaison, name=f"联络{number}部")
    for thread in threads:
        thread.join()
    assert errors == []
    query = "query ($id: ID) { organization(id: $id) { name } }"
    assert client.data(query, id=city.office)["organization"]["name"] == "办公室"
    assert client.data(query, id=city.liaison)["organization"]["name"] == "联络15部"
