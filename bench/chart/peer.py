"""Peer: an endpoint that knows one question, answered by one hand-written statement over the same tables."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from registry.organization.kinds import Kind
from registry.time import civil_date

_HERE = Path(__file__).parent
_NOW = (_HERE / "chart_now.sql").read_text(encoding="utf-8")
_KNOWN = (_HERE / "chart_known.sql").read_text(encoding="utf-8")
_KINDS = [str(kind) for kind in Kind]


def build_peer(url: str, projections: str, readers: int) -> Starlette:
    """Return an application that serves charts at ``/chart?root=&asOf=&knownAt=`` and does nothing else.

    It reads the schema ``projections`` of the database at ``url`` over ``readers`` connections.
    """
    pools: list[asyncpg.Pool[asyncpg.Record]] = []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=readers,
            reset=_leave,
            server_settings={
                "search_path": f"{projections}, registry, public",
                "jit": "off",
                # A plan for any date and instant expects far more rows, and takes three times as long.
                "plan_cache_mode": "force_custom_plan",
            },
        )
        async with pool:
            pools.append(pool)
            yield

    async def chart(request: Request) -> Response:
        asked = request.query_params
        day = date.fromisoformat(asked["asOf"]) if "asOf" in asked else civil_date(datetime.now(UTC))
        parameters: list[object] = [UUID(asked["root"]), day, _KINDS]
        statement = _NOW
        if "knownAt" in asked:
            parameters.append(datetime.fromisoformat(asked["knownAt"]))
            statement = _KNOWN
        text: str = await pools[0].fetchval(statement, *parameters)
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/chart", chart)], lifespan=lifespan)


async def _leave(_: asyncpg.Connection[asyncpg.Record]) -> None:
    """Leave a connection as it is, as the registry's readers do."""
