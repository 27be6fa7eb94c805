"""Sealed data of the log is opened for whoever has the right to it where its person belongs, and no other."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs

from graphql_api.access import Grant, Role, Viewer
from tests.support.both_ways import Bench, assert_equal, benched
from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client, Served

_LOG = """{ auditLog(first: 100, filter: { topics: ["person.registered"], recordedFrom: "%s" }) {
    nodes { topic stream data } } }"""


def _employed(client: Client, name: str, employer: str) -> str:
    person = new_id()
    record(client, "registerPerson", person=person, name=name)
    terms = {"employer": employer, "sector": "ASSOCIATION", "primary": True}
    record(client, "employPerson", person=person, employment=new_id(), **terms)
    return person


def _events(bench: Bench, viewer: Viewer, since: str) -> dict[str, Answer]:
    answer = assert_equal(bench, _LOG % since, viewer)
    assert answer["errors"] == []
    return {node["stream"]: node["data"] for node in answer["data"]["auditLog"]["nodes"]}


def test_an_auditor_opens_what_is_of_the_people_of_the_part_where_the_right_is_held(register: Served) -> None:
    client = register.administrator
    inside, outside = establish(client, "内区", "ASSOCIATION"), establish(client, "外区", "ASSOCIATION")
    since = record(client, "defineFunction", function=new_id(), name="起点")["recordedAt"]
    ours, theirs = _employed(client, "里面的人", inside), _employed(client, "外面的人", outside)
    everywhere = Viewer.of(Role.AUDITOR, "auditor")
    part = Viewer("part", (Grant(Role.AUDITOR, UUID(inside)),))

    # Who reads the log everywhere and sensitive data on a part: what is sealed elsewhere stays so.
    class Mixed(Viewer, frozen=True):
        def may(self, right: object) -> bool:
            return right == "AUDIT" or super().may(right)  # type: ignore[arg-type]  # rights are strings

        def everywhere(self, right: object) -> bool:
            return right == "AUDIT" or super().everywhere(right)  # type: ignore[arg-type]  # rights are strings

    mixed = Mixed("mixed", (Grant(Role.VIEWER), Grant(Role.REGISTRAR, UUID(inside))))
    with benched(register.database_url) as bench:
        shown = _events(bench, everywhere, since)
        assert shown[ours]["personal"] == {"name": "里面的人"}
        assert shown[theirs]["personal"] == {"name": "外面的人"}
        assert set(map(str, bench.accesses[-1].persons)) == {ours, theirs}
        assert _events(bench, part, since).keys() == {ours}
        shown = _events(bench, mixed, since)
        assert shown[ours]["personal"] == {"name": "里面的人"}
        assert shown[theirs]["personal"] == {"sealed": True}
        assert set(map(str, bench.accesses[-1].persons)) == {ours}
        assert bench.accesses[-1].roots == (UUID(inside),)
        known = '{ knownSince(id: "%s") { model value } }'
        for person, value in ((ours, "里面的人"), (theirs, {"sealed": True})):
            answer = assert_equal(bench, known % person, mixed)["data"]["knownSince"]
            assert value in [row["value"] for row in answer if row["model"] == "person_private"]
            assert len(answer) > 1


def test_corrections_are_opened_in_both_of_their_parts(register: Served) -> None:
    client = register.administrator
    person = new_id()
    answer = record(client, "registerPerson", person=person, name="原名", reason="原因")
    query = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { topic data } } }"
    (event,) = client.data(query, id=person)["auditLog"]["nodes"]
    # What is shown may be sent back as the replacement.
    replacement = {"topic": event["topic"], "data": {**event["data"], "personal": {"name": "更正名"}}}
    position = answer["position"]
    record(client, "amendEvent", entity=person, position=position, replacement=replacement, reason="写错了")
    amended, registered = client.data(query, id=person)["auditLog"]["nodes"]
    assert amended["data"]["personal"] == {"reason": "写错了"}
    assert amended["data"]["replacement"]["personal"] == {"name": "更正名"}
    assert registered["data"]["personal"] == {"name": "原名", "reason": "原因"}
    record(client, "erasePerson", person=person, effectiveOn="2021-01-01")
    _, amended, registered = client.data(query, id=person)["auditLog"]["nodes"]
    for part in (amended["data"], amended["data"]["replacement"], registered["data"]):
        assert part["personal"] == {"erased": True}
    log = "query ($id: ID!) { accessLog(first: 9, filter: { person: $id }) { totalCount } }"
    assert client.data(log, id=person)["accessLog"]["totalCount"] == 2, "what is erased shows nobody"


def _order(url: str, statement: str, *values: object) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement, *values)
        finally:
            await connection.close()

    asyncio.run(run())


def test_one_event_that_does_not_open_hides_no_other(register: Served) -> None:
    client = register.administrator
    lost, moved, sound = new_id(), new_id(), new_id()
    for person in (lost, moved, sound):
        record(client, "registerPerson", person=person, name="某人")
    _order(register.database_url, "DELETE FROM registry.person_key WHERE person = $1", UUID(lost))
    _order(
        register.database_url,
        "UPDATE registry.person_key SET wrapped = o.wrapped, person = person_key.person"
        " FROM registry.person_key AS o WHERE person_key.person = $1 AND o.person = $2",
        UUID(moved),
        UUID(sound),
    )
    query = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { data } } }"
    with capture_logs() as lines:
        shown = client.data(query, id=lost)["auditLog"]["nodes"]
    assert shown[0]["data"]["personal"] == {"unreadable": True}
    assert any(line["event"] == "an event does not open" and line["stream"] == lost for line in lines)
    # A key that was wrapped for somebody else is no key of this person's: the installation is at fault.
    error = client.problem(query, id=moved)
    assert error["extensions"]["code"] == "INTERNAL"
    assert client.data(query, id=sound)["auditLog"]["nodes"][0]["data"]["personal"] == {"name": "某人"}


@pytest.mark.parametrize("text", ['", "$of" : "x"', '{"$sealed" : ["a", 1, "t", "00"]}', ', "$of" : null'])
def test_no_text_of_an_answer_is_taken_for_a_mark(register: Served, text: str) -> None:
    client = register.administrator
    person = new_id()
    record(client, "registerPerson", person=person, name=f"某{text}", phone=text)
    shown = client.data("query ($id: ID!) { person(id: $id) { name phone } }", id=person)["person"]
    assert shown == {"name": f"某{text}", "phone": text}
    query = "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { data } } }"
    (event,) = client.data(query, id=person)["auditLog"]["nodes"]
    assert event["data"]["personal"] == {"name": f"某{text}", "phone": text}
