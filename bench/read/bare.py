"""Peer: endpoints that know one question each, answered by one hand-written statement over our tables."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.reports.peer import believed
from registry.organization.kinds import Kind
from registry.post.kinds import Title
from registry.time import civil_date

_FOLDER = Path(__file__).parent / "sql"
_HEAD = "WITH RECURSIVE"
_KINDS = [str(kind) for kind in Kind]
_TITLES = [str(title) for title in Title]


class Endpoint(NamedTuple):
    """How the parameter ``subject`` is read, the list that its statement orders by, and how it is planned.

    ``once`` says that one plan for all dates is the faster; so it is where all is looked up by ids.
    """

    subject: Callable[[str], object]
    order: Sequence[str] = ()
    once: bool = False


ENDPOINTS: Mapping[str, Endpoint] = {
    "chart": Endpoint(UUID, _KINDS),
    "whole": Endpoint(UUID, _KINDS),
    "page": Endpoint(UUID, once=True),
    "one": Endpoint(str, _TITLES, once=True),
    "history": Endpoint(UUID, once=True),
    "audit": Endpoint(str, once=True),
}


@cache
def statement(document: str, projections: str, *, known: bool) -> tuple[str, tuple[int, ...]]:
    """Return the statement for a question, by the belief of now or of $2, and which parameters it takes.

    They are $1 the day, $2 the instant, $3 the subject, $4 the order, $5 hierarchies; those that are not
    used go.
    """
    text = (_FOLDER / f"{document}.sql").read_text(encoding="utf-8")
    named = re.search(r"^-- believed:(.*)$", text, re.MULTILINE)
    assert named is not None, document
    if known:
        clauses = ",\n".join(believed(table.strip(), projections) for table in named[1].split(","))
        text = text.replace(_HEAD, f"{_HEAD} {clauses},", 1)
    used = sorted({int(number) for number in re.findall(r"\$(\d)", text)})
    for place, number in enumerate(used, start=1):
        text = text.replace(f"${number}", f"${place}")
    return text, tuple(used)


def build_bare(url: str, projections: str, readers: int) -> Starlette:
    """Return an application that serves each question at its name and does nothing else.

    It reads the schema ``projections`` of the database at ``url`` over ``readers`` connections.
    """
    pools: dict[bool, asyncpg.Pool[asyncpg.Record]] = {}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with (
            open_pool(url, projections, readers) as pools[False],
            open_pool(url, projections, readers, once=True) as pools[True],
        ):
            yield

    async def answer(request: Request) -> Response:
        asked, document = request.query_params, request.path_params["document"]
        endpoint = ENDPOINTS[document]
        known_at = datetime.fromisoformat(asked["knownAt"]) if "knownAt" in asked else None
        values = (
            date.fromisoformat(asked["asOf"]) if "asOf" in asked else civil_date(datetime.now(UTC)),
            known_at,
            endpoint.subject(asked["subject"]),
            endpoint.order,
            asked.get("hierarchies", "").split(","),
        )
        sql, used = statement(document, projections, known=known_at is not None)
        text: str = await pools[endpoint.once].fetchval(sql, *(values[number - 1] for number in used))
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/{document}", answer)], lifespan=lifespan)


def open_pool(
    url: str, projections: str, readers: int, *, once: bool = False
) -> asyncpg.Pool[asyncpg.Record]:
    """Return a pool of connections that read ``projections``, set as the registry sets its own."""
    return asyncpg.create_pool(
        url,
        min_size=1,
        max_size=readers,
        reset=_leave,
        server_settings={
            "search_path": f"{projections}, registry, public",
            "jit": "off",
            # A chart's plan for any date and instant expects far more rows, and takes three times as long.
            "plan_cache_mode": f"force_{'generic' if once else 'custom'}_plan",
        },
    )


async def _leave(_: asyncpg.Connection[asyncpg.Record]) -> None:
    """Leave a connection as it is, as the registry's readers do."""
