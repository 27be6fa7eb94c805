"""Reading what one has written (读己之写): an answer waits for the log to come as far as its sender saw.

One door for every route that reads: :func:`awaited`. A browser is told of nothing: a cookie keeps for it how
far its last command came, and asks for that in its place.
"""

from __future__ import annotations

import asyncio
import time

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from graphql_api.asked import MIN_POSITION
from graphql_api.callers import Front
from graphql_api.context import News, Services
from graphql_api.freshness import begin, needed, seen
from graphql_api.planner.head import Head, head_statement, read_head
from graphql_api.problems import Problem, invalid, problem
from graphql_api.streams import Patience

HEADER = "Kexie-Min-Position"
KEPT_SECONDS = 60
"""How long a browser remembers what it wrote: no replica is asked that is behind by more."""

_DIGITS = 19


async def head_of(services: Services) -> Head:
    """Return how far the log has come where questions are answered."""
    head = read_head(await services.reader.fetch(head_statement()))
    seen(head.position)
    return head


async def awaited(
    request: Request, services: Services, patience: Patience, front: Front, *given: object
) -> None:
    """Wait until the log has come as far as ``request`` says, or ``given`` does; raises GraphQLError.

    What a browser wrote is seen by what it asks next, too, but is no reason to refuse it anything: nothing is
    known of such a position but that a cookie names it. A replica that does not hold it is not asked.
    """
    parameter = request.query_params.get(MIN_POSITION) if request.scope["query_string"] else None
    told = (request.headers.get(HEADER), parameter or None, *given)
    await reached(services, patience, *told, remembered=_remembered(request, front))


async def reached(services: Services, patience: Patience, *given: object, remembered: int = 0) -> None:
    """Wait until the log has reached all positions ``given``; raises GraphQLError when it does not.

    Each is a number, as commands return it, or its digits, as a header has them; None is none, and anything
    else is wrong. Where a copy answers, the reader waits a moment for that; then the rest of the request is
    read from where it was written. What is waited for here is a position that is still to come; what is
    ``remembered`` was there once, and is left to the reader.
    """
    position = max((_position(one) for one in given if one is not None), default=None)
    begin(max(position or 0, remembered))
    if position is None:
        return
    deadline = time.monotonic() + patience.position_seconds
    while True:
        changes = services.news.changes
        head = await head_of(services)
        if head.position >= position:
            return
        if not await _news(services.news, changes, deadline):
            raise problem(
                Problem.POSITION_NOT_REACHED,
                position=position,
                seconds=patience.position_seconds,
                head=head.position,
            )


async def _news(news: News, seen: int, deadline: float) -> bool:
    """Wait until something may have been recorded; False when nothing was until the deadline."""
    try:
        async with asyncio.timeout(deadline - time.monotonic()):
            return await news.wait(seen)
    except TimeoutError:
        return False


def remember(connection: HTTPConnection, response: Response, front: Front) -> None:
    """Let the browser whose page has just written ask for that with whatever it asks next."""
    written = needed().written
    if written and front.is_own(connection):
        response.set_cookie(
            front.position_cookie,
            str(written),
            KEPT_SECONDS,
            path="/",
            secure=front.secure,
            httponly=True,
            samesite="strict",
        )


def _remembered(connection: HTTPConnection, front: Front) -> int:
    """Return what a browser remembers to have written; 0 for nothing, or for what is no position."""
    text = connection.cookies.get(front.position_cookie, "")
    return int(text) if _is_position(text) else 0


def _position(given: object) -> int:
    digits = str(given) if type(given) is int else given
    if not (isinstance(digits, str) and _is_position(digits)):
        told, chinese = "it is a position in the log, 0 or more", "须为日志位置，不小于 0"
        raise invalid(f"{HEADER}, {MIN_POSITION}", told, chinese)
    return int(digits)


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS
