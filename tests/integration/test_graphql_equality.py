"""What the database wrote is what graphql-core would have completed, errors and nulls included."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphql_api.access import ANYBODY, Role, Viewer
from graphql_api.context import Context, Services
from graphql_api.execution import PlannedExecution, core_of
from graphql_api.masking import told_errors
from graphql_api.planner.compiler import PAIRS_PER_CALL, metadata_of
from graphql_api.planner.declare import PLAN, Resolved
from graphql_api.reader import PoolReader, open_pool
from graphql_api.schema import build_schema
from tests.support.questions import Facts, Questions
from tests.support.serving import Served

_VIEWERS = {
    "anybody": ANYBODY,
    "viewer": Viewer(Role.VIEWER, "viewer"),
    "administrator": Viewer(Role.ADMINISTRATOR, "administrator"),
}
_NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


class _Completed(PlannedExecution):
    """Has every answer completed by graphql-core."""

    completed = True


_PLANNED = build_schema()
_COMPLETED = build_schema(execution=_Completed)
_CORE = core_of(_PLANNED)
assert _CORE.query_type is not None
_ROOTS = [
    name
    for name, field in _CORE.query_type.fields.items()
    if not isinstance(metadata_of(field)[PLAN], Resolved)
]


class _Clock:
    """Stands still."""

    def now(self) -> datetime:
        return _NOW


class Bench:
    """Both ways to an answer, over one register."""

    def __init__(self, runner: asyncio.Runner, services: Services, facts: Facts) -> None:
        self._runner = runner
        self._services = services
        self.questions = Questions(_CORE, facts, _ROOTS)

    def planned(self, query: str, viewer: Viewer) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        return self._runner.run(self._answer(_PLANNED, query, viewer))

    def completed(self, query: str, viewer: Viewer) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        return self._runner.run(self._answer(_COMPLETED, query, viewer))

    async def _answer(self, schema: Any, query: str, viewer: Viewer) -> Any:  # noqa: ANN401 - Strawberry's schema
        context = Context(self._services, "test", _NOW.date(), viewer)
        result = await schema.execute(query, context_value=context)
        return {
            "data": orjson.loads(orjson.dumps(result.data)),
            "errors": [error.formatted for error in told_errors(result.errors or ())],
        }


async def _pool(url: str) -> asyncpg.Pool[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        projections = await connection.fetchval("SELECT projections FROM registry.head")
    finally:
        await connection.close()
    return await open_pool(url, projections, 2, 10)


async def _facts(pool: asyncpg.Pool[asyncpg.Record]) -> Facts:
    streams = await pool.fetch(
        "SELECT DISTINCT stream_id FROM registry.event WHERE position % 7 = 0 OR topic LIKE 'reorganization%'"
    )
    names = await pool.fetch("SELECT name, code FROM organization WHERE code IS NOT NULL LIMIT 5")
    numbers = await pool.fetch("SELECT number FROM instrument WHERE number IS NOT NULL LIMIT 3")
    texts = [text for row in [*names, *numbers] for text in row.values()]
    return Facts([str(row["stream_id"]) for row in streams], texts)


@pytest.fixture(scope="module")
def bench(demo: Served) -> Iterator[Bench]:
    nothing: Any = None
    with asyncio.Runner() as runner:
        pool = runner.run(_pool(demo.database_url))
        try:
            services = Services(PoolReader(pool, 10), nothing, nothing, nothing, nothing, nothing, _Clock())
            yield Bench(runner, services, runner.run(_facts(pool)))
        finally:
            runner.run(pool.close())


def assert_equal(bench: Bench, query: str, viewer: Viewer) -> Any:  # noqa: ANN401 - an answer has the shape of its query
    planned, completed = bench.planned(query, viewer), bench.completed(query, viewer)
    # Compared as text: the order of keys is part of an answer.
    assert json.dumps(planned, ensure_ascii=False) == json.dumps(completed, ensure_ascii=False)
    return planned


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data(), who=st.sampled_from(sorted(_VIEWERS)))
def test_both_ways_give_the_same_answer(bench: Bench, data: st.DataObject, who: str) -> None:
    query = data.draw(Questions.operations(bench.questions))
    assert_equal(bench, query, _VIEWERS[who])


_CHART = "orgChart { asOf knownAt position nodes { depth parentId organization { id name kind status } } }"


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {_CHART} }}",
        f"{{ a: {_CHART} b: {_CHART} __typename c: __typename }}",
        "{ orgChart { a: nodes { depth } nodes { organization { name } } } }",
        "{ orgChart { position } }",
        "{ orgChart { nodes { } } }",
        "{ organizations(first: 2) { a: nodes { id } b: nodes { name } edges { cursor n: node { name } } } }",
        "{ organizations(first: 2) { totalCount t: totalCount } }",
        "{ organizations(first: 2) { p: pageInfo { hasNextPage } pageInfo { endCursor hasPreviousPage } } }",
        "{ functions(first: 2) { nodes { name } } functions(first: 2) { nodes { orphaned } totalCount } }",
        "{ organizations(first: 0) { totalCount } functions(first: 1) { totalCount } }",
        "{ functions(first: 1) { totalCount } organizations(first: 0) { totalCount } }",
        '{ organization(id: "no id") { id } functions(first: 1) { totalCount } }',
        '{ organization { id } changes(from: "2018-05-01", to: "2018-12-31") { established { name } } }',
        '{ changes(from: "2018-05-01", to: "2018-12-31") { moved { from { id } to { id } } __typename } }',
        "{ auditLog(first: 1) { nodes { position data instrument { title } } } }",
        "{ reorganizations(first: 1) { nodes { title plan consequences { topic } } } }",
        '{ organizations(first: 1, after: "bm9uZQ==") { totalCount } }',
        '{ organizations(first: 1, filter: { nameContains: "\\u0000" }) { totalCount } }',
        '{ search(text: "科", first: 9) { score node { __typename id ... on Function { name } } } }',
        '{ search(text: "kexie", first: 9) { name t: __typename n: node { id } node { __typename } } }',
        '{ search(text: " ", first: 9) { name } }',
    ],
)
@pytest.mark.parametrize("who", sorted(_VIEWERS))
def test_both_ways_agree_on_known_questions(bench: Bench, query: str, who: str) -> None:
    assert_equal(bench, query, _VIEWERS[who])


def test_objects_wider_than_a_call_keep_their_order(bench: Bench) -> None:
    organization = _CORE.type_map["Organization"]
    assert isinstance(organization, GraphQLObjectType)
    fields = [
        name if is_leaf_type(get_named_type(field.type)) else f"{name} {{ __typename }}"
        for name, field in organization.fields.items()
        if not any(is_required_argument(argument) for argument in field.args.values())
    ]
    aliased = [f"b{number}: name" for number in range(15)]
    assert len(fields) + len(aliased) > PAIRS_PER_CALL
    query = f"{{ organizations(first: 3) {{ nodes {{ {' '.join(fields + aliased)} }} }} }}"
    answer = assert_equal(bench, query, _VIEWERS["administrator"])
    assert answer["errors"] == []
    assert list(answer["data"]["organizations"]["nodes"][0])[-15:] == [f"b{number}" for number in range(15)]
