"""Both ways to an answer: written by the database, and completed by graphql-core."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from graphql_api.access import ANYBODY, Grant, Role, Viewer
from graphql_api.accesses import Access
from graphql_api.context import Context, Services
from graphql_api.execution import PlannedExecution, core_of
from graphql_api.lending import Lender
from graphql_api.masking import told_errors
from graphql_api.planner.declare import PLAN, Resolved, metadata_of
from graphql_api.reader import Connections, PoolReader, open_pool
from graphql_api.schema import build_schema
from graphql_api.watching import Envelopes, WatchedReader
from registry.store.served import ServedLog
from tests.support.generated import Generator
from tests.support.questions import Facts, Questions
from tests.support.sealing import MAPPER

VIEWERS = {
    "anybody": ANYBODY,
    "viewer": Viewer.of(Role.VIEWER, "viewer"),
    "administrator": Viewer.of(Role.ADMINISTRATOR, "administrator"),
    # Of a subtree that has nothing in it: every condition is compiled, and nothing of it shows.
    "nowhere": Viewer("nowhere", (Grant(Role.ADMINISTRATOR, UUID(int=1)),)),
}
Variables = dict[str, Any] | None

_NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


class _Completed(PlannedExecution):
    """Has every answer completed by graphql-core."""

    completed = True


PLANNED = build_schema()
_COMPLETED = build_schema(execution=_Completed)
CORE = core_of(PLANNED)
assert CORE.query_type is not None
_ROOTS = [
    name
    for name, field in CORE.query_type.fields.items()
    if not isinstance(metadata_of(field)[PLAN], Resolved)
]


class _Accesses:
    """Remembers what would be recorded."""

    def __init__(self) -> None:
        self.seen: list[Access] = []

    async def record(self, access: Access) -> None:
        self.seen.append(access)


class _Clock:
    """Stands still."""

    def now(self) -> datetime:
        return _NOW


class Bench:
    """Both ways to an answer, over one register."""

    def __init__(
        self, runner: asyncio.Runner, services: Services, facts: Facts, accesses: list[Access]
    ) -> None:
        self.accesses = accesses
        self._runner = runner
        self._services = services
        self.questions = Questions(CORE, facts, _ROOTS)
        self.generator = Generator(CORE, facts, _ROOTS)

    def planned(self, query: str, viewer: Viewer, variables: Variables = None) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        return self._runner.run(self._answer(PLANNED, query, viewer, variables))

    def completed(self, query: str, viewer: Viewer, variables: Variables = None) -> Any:  # noqa: ANN401 - an answer has the shape of its query
        return self._runner.run(self._answer(_COMPLETED, query, viewer, variables))

    async def _answer(self, schema: Any, query: str, viewer: Viewer, variables: Variables) -> Any:  # noqa: ANN401 - Strawberry's schema
        context = Context(self._services, "test", _NOW.date(), viewer)
        result = await schema.execute(query, variable_values=variables, context_value=context)
        return {
            "data": orjson.loads(orjson.dumps(result.data)),
            "errors": [error.formatted for error in told_errors(result.errors or ())],
        }


async def _pool(url: str) -> Lender:
    connection = await asyncpg.connect(url)
    try:
        projections = await connection.fetchval("SELECT projections FROM registry.head")
    finally:
        await connection.close()
    return await open_pool(url, projections, 2, 10)


async def _facts(pool: Lender) -> Facts:
    streams = await pool.fetch(
        "SELECT DISTINCT stream_id FROM registry.event WHERE position % 7 = 0 OR topic LIKE 'reorganization%'"
    )
    names = await pool.fetch("SELECT name, code FROM organization WHERE code IS NOT NULL LIMIT 5")
    numbers = await pool.fetch("SELECT number FROM instrument WHERE number IS NOT NULL LIMIT 3")
    texts = [text for row in [*names, *numbers] for text in row.values()]
    return Facts([str(row["stream_id"]) for row in streams], texts)


@contextlib.contextmanager
def benched(url: str) -> Iterator[Bench]:
    """Give both ways over the register in the database at ``url``."""
    nothing: Any = None
    with asyncio.Runner() as runner:
        pool = runner.run(_pool(url))
        try:
            accesses = _Accesses()
            services = Services(
                WatchedReader(PoolReader(pool, 10), accesses, Envelopes(Connections(pool), MAPPER)),
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                nothing,
                _Clock(),
                ServedLog(Connections(pool), nothing),
                nothing,
                accesses,
            )
            yield Bench(runner, services, runner.run(_facts(pool)), accesses.seen)
        finally:
            runner.run(pool.close())


def assert_equal(bench: Bench, query: str, viewer: Viewer, variables: Variables = None) -> Any:  # noqa: ANN401 - an answer has the shape of its query
    planned, completed = bench.planned(query, viewer, variables), bench.completed(query, viewer, variables)
    # Compared as text: the order of keys is part of an answer.
    assert json.dumps(planned, ensure_ascii=False) == json.dumps(completed, ensure_ascii=False)
    return planned
