"""An auditor without the right to sensitive data sees that there is some, and nothing of it."""

from __future__ import annotations

import asyncio

import asyncpg
import orjson
from graphql import parse

from graphql_api.access import Grant, Right, Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.schema import build_schema
from registry.time import civil_date
from tests.support.sending import new_id, record
from tests.support.serving import Served

_QUERY = (
    "query ($id: ID!) { auditLog(first: 9, filter: { entity: $id }) { nodes { data } }"
    " knowledge(id: $id, first: 9) { adopted { model values } changed { model after } }"
    " knownSince(id: $id) { model value } }"
)


class _Auditor(Viewer, frozen=True):
    """Reads the log, and no sensitive data."""

    def may(self, right: Right) -> bool:
        return right is not Right.RESTRICTED

    def everywhere(self, right: Right) -> bool:
        return self.may(right)


async def _asked(served: Served, person: str) -> str:
    connection = await asyncpg.connect(served.database_url)
    try:
        head = await connection.fetchrow("SELECT projections, recorded_at FROM registry.head")
        assert head is not None
        await connection.execute(f"SET search_path TO {head['projections']}")
        question = Question(
            parse(_QUERY),
            None,
            {"id": person},
            _Auditor("a", (Grant(Role.VIEWER),)),
            civil_date(head["recorded_at"]),
        )
        plan = plan_operation(core_of(build_schema()), question)
        assert plan is not None
        assert plan.statement is not None
        return str(await connection.fetchval(plan.statement.sql, *plan.statement.parameters))
    finally:
        await connection.close()


def test_what_is_sealed_is_there_and_not_shown(register: Served) -> None:
    person = new_id()
    client = register.administrator
    answer = record(client, "registerPerson", person=person, name="隐去者", reason="入会登记")
    log = "query ($f: AuditFilter) { auditLog(first: 9, filter: $f) { nodes { topic data } } }"
    (event,) = client.data(log, f={"entity": person})["auditLog"]["nodes"]
    assert event["data"]["personal"] == {"name": "隐去者", "reason": "入会登记"}
    data = {**event["data"], "personal": {"name": "亦隐去"}}
    replacement = {"topic": event["topic"], "data": data}
    record(client, "amendEvent", entity=person, position=answer["position"], replacement=replacement)
    text = asyncio.run(_asked(register, person))
    assert not any(word in text for word in ("隐去者", "亦隐去", "入会登记"))
    shown = orjson.loads(text)
    amended, registered = (node["data"] for node in shown["auditLog"]["nodes"])
    assert registered["personal"] == amended["replacement"]["personal"] == {"sealed": True}
    assert {"model": "person_private", "values": {"sealed": True}} in shown["knowledge"][0]["adopted"]
    assert {"model": "person_private", "value": {"sealed": True}} in shown["knownSince"]
