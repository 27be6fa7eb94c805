"""Today is a date in China, told to each request: it moves without an event."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

import httpx2
import pytest
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.routing import Route

from graphql_api.access import Role
from graphql_api.app import Registry
from graphql_api.callers import Front
from graphql_api.http import Endpoint
from graphql_api.principal import Principal
from graphql_api.schema import build_schema
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from tests.support import dalian as d
from tests.support.committing import fresh
from tests.support.given import BY
from tests.support.witnessing import settings_of

QUERY = """
query ($reform: ID!) {
  chart: orgChart { asOf position nodes { organization { name } } }
  reorganization(id: $reform) { stage takesEffectOn }
}
"""
MONDAY = date(2026, 1, 5)


class Fixed(NamedTuple):
    """A clock that stands still."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self.instant


class Trusting(NamedTuple):
    """Takes everybody for a clerk."""

    async def principal(
        self, authorization: object, *, session: str | None = None, address: str = ""
    ) -> Principal | None:
        """Return who signs in."""
        del session, address
        return Principal.of_key(str(authorization), Role.VIEWER)


@asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[Registry]:
    """Give a registry on a database."""
    registry = Registry(database_url, settings_of())
    await registry.open()
    try:
        yield registry
    finally:
        await registry.close()


async def asked(registry: Registry, instant: str) -> Any:  # noqa: ANN401 - the answer has the query's shape
    """Return the answer to a request that comes in at an instant, without a date of its own."""
    services = replace(registry.services, clock=Fixed(datetime.fromisoformat(instant)), sign_in=Trusting())
    endpoint = Endpoint(build_schema(), lambda: services, Front.of(settings_of()))
    app = Starlette(routes=[Route("/graphql", endpoint, methods=["POST"])])
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://registry") as client:
        body = {"query": QUERY, "variables": {"reform": str(d.REFORM)}}
        answer = (await client.post("/graphql", json=body, headers={"authorization": "Bearer clerk"})).json()
    assert "errors" not in answer, answer
    return answer["data"]


@pytest.mark.parametrize(
    ("instant", "today"),
    [
        ("2025-12-31T15:59:59+00:00", "2025-12-31"),
        ("2025-12-31T16:00:00+00:00", "2026-01-01"),
        ("2025-12-31T16:30:00+00:00", "2026-01-01"),
        ("2026-01-01T00:30:00+08:00", "2026-01-01"),
        ("2025-12-31T11:30:00-05:00", "2026-01-01"),
    ],
)
async def test_today_is_the_date_in_china(database_url: str, instant: str, today: str) -> None:
    async with opened(database_url) as registry:
        assert (await asked(registry, instant))["chart"]["asOf"] == today


async def test_a_reorganization_takes_effect_by_itself(database_url: str) -> None:
    """Adopted on a Thursday for Monday: on Sunday night all is as it was, a second later it is not."""
    async with opened(database_url) as registry:
        services = registry.services
        for command in d.REGISTER:
            await services.recorder.record(fresh(command))
        decided = date(2026, 1, 1)
        proposed = ProposeReorganization(
            reorganization=d.REFORM, title="改革", plan=d.PLAN, effective_on=decided, **BY
        )
        await services.recorder.record(fresh(proposed))
        adopted = fresh(
            AdoptReorganization(reorganization=d.REFORM, takes_effect_on=MONDAY, effective_on=decided, **BY)
        )
        preview = (await services.previewer.preview(adopted)).settlement.preview
        await services.recorder.record(replace(adopted, preview=preview))
        sunday = await asked(registry, "2026-01-04T23:59:59+08:00")
        monday = await asked(registry, "2026-01-05T00:00:00+08:00")
    assert sunday["reorganization"] == {"stage": "ADOPTED", "takesEffectOn": "2026-01-05"}
    assert monday["reorganization"] == {"stage": "COMPLETED", "takesEffectOn": "2026-01-05"}
    before, after = (
        {node["organization"]["name"] for node in answer["chart"]["nodes"]} for answer in (sunday, monday)
    )
    assert before - after == {"组织宣传部", "国际联络部"}
    assert after - before == {"组织人才部", "调研宣传部"}
    assert sunday["chart"]["position"] == monday["chart"]["position"]
