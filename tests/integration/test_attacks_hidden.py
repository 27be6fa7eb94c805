"""Attacks by ids that somebody knows but may not look behind: the answer is that of an id which nobody bears.

Every answer is compared as bytes, with its errors, counts, cursors and headers, to that for an unknown id.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import httpx2
import pytest
from graphql import parse

from graphql_api.access import Role, Viewer
from graphql_api.planner.compiler import Statement
from graphql_api.planner.operation import Question, plan_operation
from tests.support.both_ways import CORE
from tests.support.parted import NUMBERS, Parted
from tests.support.sending import new_id
from tests.support.serving import Client
from tests.support.socketing import connected

_OF_EACH_REQUEST = {"date", "x-request-id"}

READERS: dict[str, Callable[[Parted], Client]] = {
    "public": lambda world: world.register.anybody,
    "viewer of a subtree": lambda world: world.reader(Role.VIEWER, world.ours.society),
    "registrar of a subtree": lambda world: world.reader(Role.REGISTRAR, world.ours.society),
    "auditor of a subtree": lambda world: world.reader(Role.AUDITOR, world.ours.society),
    "partner of a subtree": lambda world: world.reader(
        Role.PARTNER, world.ours.society, scopes=("RECORDS", "RESTRICTED", "LOG")
    ),
}


@pytest.fixture(scope="module", params=READERS)
def reader(world: Parted, request: pytest.FixtureRequest) -> Client:
    make: Callable[[Parted], Client] = READERS[request.param]
    return make(world)


def _told(response: httpx2.Response) -> tuple[int, Any, bytes]:
    headers = sorted((k, v) for k, v in response.headers.items() if k not in _OF_EACH_REQUEST)
    return response.status_code, headers, response.content


def _is_not_told_apart(
    client: Client, query: str, hidden: Mapping[str, Any], unknown: Mapping[str, Any]
) -> bytes:
    """Hold that two questions have one answer, and return it."""
    of_hidden, of_unknown = client.post(query, hidden), client.post(query, unknown)
    assert _told(of_hidden) == _told(of_unknown), query
    content: bytes = of_hidden.content
    assert b"INVALID_DOCUMENT" not in content, content
    assert b"INTERNAL" not in content, content
    return content


NODE = """query($id: ID!) { node(id: $id) {
    __typename id ... on Person { name } ... on Membership { status memberId }
    ... on Affiliation { stage personId } ... on Secondment { basis personName }
} }"""


def test_a_hidden_id_through_node(world: Parted, reader: Client) -> None:
    for hidden in world.theirs.hidden.values():
        answer = _is_not_told_apart(reader, NODE, {"id": hidden}, {"id": new_id()})
        assert hidden.encode() not in answer


def test_what_is_asked_for_is_there_for_who_may_see_it(world: Parted) -> None:
    """Without this the other tests would hold for questions that find nothing for anybody."""
    for kind, identity in world.theirs.hidden.items():
        assert world.admin.data(NODE, id=identity)["node"]["__typename"] == kind
    auditor = world.reader(Role.AUDITOR, world.ours.society)
    for kind, identity in world.ours.hidden.items():
        assert auditor.data(NODE, id=identity)["node"]["__typename"] == kind
    found = {
        question: world.admin.data(_counting(question), id=getattr(world.theirs, whose))
        for question, whose in FILTERS.items()
    }
    for question, answer in found.items():
        ((page),) = answer.values()
        assert page["totalCount"] > 0 or question in FOUND_BY_NOBODY, question


def test_many_hidden_ids_in_one_operation(world: Parted, reader: Client) -> None:
    query = "query($a: ID!, $b: ID!) { a: node(id: $a) { __typename id } b: node(id: $b) { __typename id } }"
    for hidden in world.theirs.hidden.values():
        mixed = {"a": hidden, "b": new_id()}
        assert reader.data(query, **mixed) == {"a": None, "b": None}
        _is_not_told_apart(reader, query, mixed, {"a": mixed["b"], "b": hidden})


@pytest.mark.parametrize(
    "question",
    [
        "person(id: $id) { id name history(beliefs: true) { name } }",
        "person(id: $id, asOf: $day) { id name }",
        "person(id: $id, knownAt: $instant) { id name }",
        "person(id: $id) { id name identityNumber phone likelyDuplicates { grounds } }",
        "membership(id: $id) { id status memberName history { status } }",
        "affiliation(id: $id) { id stage history { stage } }",
        "secondment(id: $id) { id personName duty history { until } }",
        "knowledge(id: $id, first: 10) { recordedAt position }",
        "knownSince(id: $id) { field value }",
        "beliefDifference(id: $id, from: $instant, to: $instant) { field before after }",
        "personalData(person: $id)",
    ],
)
def test_a_hidden_id_through_a_field_of_its_own_and_its_history(
    world: Parted, reader: Client, question: str
) -> None:
    declared = ["$id: ID!"]
    more: dict[str, Any] = {}
    if "$day" in question:
        declared.append("$day: Date")
        more["day"] = "2021-01-01"
    if "$instant" in question:
        declared.append("$instant: DateTime!")
        more["instant"] = world.theirs.before
    query = f"query({', '.join(declared)}) {{ {question} }}"
    for hidden in world.theirs.hidden.values():
        _is_not_told_apart(reader, query, {"id": hidden, **more}, {"id": new_id(), **more})


PAGED = "totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
FILTERS = {
    "memberships(first: 10, filter: {member: $id})": "person",
    "secondments(first: 10, filter: {person: $id})": "person",
    "affiliations(first: 10, filter: {person: $id})": "person",
    "participations(first: 10, filter: {person: $id})": "person",
    "appointments(first: 10, filter: {person: $id})": "person",
    "measures(first: 10, filter: {responsible: $id})": "person",
    "liaisons(first: 10, filter: {cadre: $id})": "person",
    "auditLog(first: 10, filter: {entity: $id})": "person",
    "auditLog(first: 10, orderBy: OLDEST, filter: {entity: $id})": "membership",
    "auditLog(first: 10, filter: {reorganization: $id})": "affiliation",
    "auditLog(first: 10, filter: {under: {hierarchy: PART_OF, id: $id}})": "society",
    "people(first: 10, filter: {employer: $id})": "society",
    "memberships(first: 10, filter: {organization: $id})": "society",
    "memberships(first: 10, filter: {ancestor: $id})": "society",
    "affiliations(first: 10, filter: {ancestor: $id})": "society",
    "secondments(first: 10, filter: {home: $id})": "society",
}


FOUND_BY_NOBODY = {
    question
    for question in FILTERS
    if question.startswith(("participations", "appointments", "measures", "liaisons", "people"))
    or "reorganization" in question
}
"""Questions that nothing answers in this register: they are held to tell nothing all the same."""


def _counting(question: str) -> str:
    return f"query($id: ID!) {{ {question} {{ {PAGED} }} }}"


@pytest.mark.parametrize("question", FILTERS)
def test_a_hidden_id_through_a_filter_and_its_counts(world: Parted, reader: Client, question: str) -> None:
    query = _counting(question)
    hidden = getattr(world.theirs, FILTERS[question])
    answer = _is_not_told_apart(reader, query, {"id": hidden}, {"id": new_id()})
    assert b'"cursor"' not in answer


def test_a_hidden_name_through_search(reader: Client) -> None:
    query = (
        "query($text: String!) { search(text: $text, first: 50, nouns: [PERSON]) { name score node { id } } }"
    )
    for hidden, unknown in (("孙乙", "丂丄"), ("sunyi", "qqzzx"), (NUMBERS["乙"], NUMBERS["乙"][::-1])):
        _is_not_told_apart(reader, query, {"text": hidden}, {"text": unknown})


def test_a_hidden_name_through_the_filter_of_people(reader: Client) -> None:
    query = "query($text: String) { people(first: 10, filter: {text: $text})"
    query += f" {{ {PAGED} nodes {{ name }} }} }}"
    answer = _is_not_told_apart(reader, query, {"text": "孙乙"}, {"text": "丂丄"})
    assert "孙乙" not in answer.decode()


def test_a_cursor_that_stands_at_a_hidden_row(world: Parted, reader: Client) -> None:
    query = "query($after: String) { people(first: 1, orderBy: VALID_FROM, after: $after)"
    query += f" {{ {PAGED} nodes {{ name }} }} }}"
    hidden = world.theirs.person
    # Between the hidden id and the one beside it no other can stand.
    beside = hidden[:-1] + ("0" if hidden[-1] != "0" else "1")
    _is_not_told_apart(reader, query, {"after": _standing_at(hidden)}, {"after": _standing_at(beside)})


def _standing_at(identity: str) -> str:
    """Return a cursor at a row of some id."""
    return base64.b64encode(f'["VALID_FROM", "2020-01-01", "{identity}"]'.encode()).decode()


def test_a_hidden_id_as_the_root_of_a_report_and_its_export(world: Parted, reader: Client) -> None:
    for report in ("secondments", "staffing"):
        response = reader.http.get(f"/export/reports/{report}.xlsx", params={"root": world.theirs.person})
        unknown = reader.http.get(f"/export/reports/{report}.xlsx", params={"root": new_id()})
        assert response.status_code == unknown.status_code in {401, 403, 404}
        shown = response.text.replace(world.theirs.person, "id")
        assert re.sub(r"[0-9a-f-]{36}", "id", unknown.text) == shown


def test_hidden_events_through_a_subscription(world: Parted) -> None:
    auditor = world.reader(Role.AUDITOR, world.ours.society)
    query = "subscription($filter: AuditFilter) { events(after: 0, filter: $filter) { stream } }"
    with connected(auditor) as socket:
        for entity in (world.theirs.person, world.theirs.membership, world.theirs.society, new_id()):
            socket.subscribe(query, {"filter": {"entity": entity}})
            with pytest.raises(TimeoutError):
                socket.receive(0.5)
        socket.subscribe(query, {"filter": {"entity": world.ours.person}})
        assert socket.take(1) == [{"events": {"stream": world.ours.person}}]
    with connected(auditor) as socket:
        socket.subscribe(query)
        streams = {socket.take(1)[0]["events"]["stream"] for _ in range(8)}
    assert world.ours.person in streams
    assert not streams & {*world.theirs.hidden.values(), world.theirs.society}


@pytest.mark.parametrize(
    "query",
    [
        "query($id: ID!) { node(id: $id) { id __typename } }",
        "query($id: ID!) { person(id: $id) { name memberships { id } appointments { id } } }",
        "query($id: ID!) { memberships(first: 5, filter: {member: $id}) { totalCount nodes { id } } }",
        "query($id: ID!) { secondments(first: 5, filter: {person: $id}) { totalCount } }",
        "query($id: ID!) { measures(first: 5) { nodes { code progress { note } } } node(id: $id) { id } }",
    ],
)
def test_the_time_of_existence(world: Parted, query: str) -> None:
    """What is hidden and what is not there run the same statement by the same plan."""
    viewer = Viewer.of(Role.VIEWER, "v", root=UUID(world.ours.society))
    hidden, unknown = (_statement(query, identity, viewer) for identity in (world.theirs.person, new_id()))
    assert hidden.sql == unknown.sql
    differ = [a != b for a, b in zip(hidden.parameters, unknown.parameters, strict=True)]
    assert any(differ)
    plans = asyncio.run(_plans(world.register.database_url, hidden, unknown))
    assert plans[0] == plans[1]


def _statement(query: str, identity: str, viewer: Viewer) -> Statement:
    plan = plan_operation(CORE, Question(parse(query), None, {"id": identity}, viewer, date(2026, 6, 30)))
    assert plan is not None
    assert plan.statement is not None
    assert not plan.problems
    return plan.statement


async def _plans(url: str, *statements: Statement) -> list[list[str]]:
    """Return the shape of each statement's plan: its nodes, tables and indexes, without values."""
    connection = await asyncpg.connect(url)
    try:
        projections = await connection.fetchval("SELECT projections FROM registry.head")
        await connection.execute(f"SET search_path TO {projections}, registry")
        return [await _shape(connection, statement) for statement in statements]
    finally:
        await connection.close()


async def _shape(connection: asyncpg.Connection[asyncpg.Record], statement: Statement) -> list[str]:
    text = await connection.fetchval(
        f"EXPLAIN (COSTS OFF, FORMAT JSON) {statement.sql}", *statement.parameters
    )
    shape: list[str] = []
    todo = [json.loads(text)[0]["Plan"]]
    while todo:
        node = todo.pop()
        told = (
            "Node Type",
            "Join Type",
            "Relation Name",
            "Index Name",
            "CTE Name",
            "Subplan Name",
            "Strategy",
        )
        shape.append(" ".join(str(node.get(key)) for key in told))
        todo.extend(node.get("Plans", ()))
    return shape
