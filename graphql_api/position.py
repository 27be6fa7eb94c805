"""Reading what one has written (读己之写): a question waits for the log to come as far as its sender saw."""

from __future__ import annotations

import time

from graphql_api.context import Services
from graphql_api.freshness import begin, seen
from graphql_api.planner.head import Head, head_statement, read_head
from graphql_api.problems import Problem, invalid, problem
from graphql_api.streams import Patience

HEADER = "Kexie-Min-Position"
_DIGITS = 19


async def head_of(services: Services) -> Head:
    """Return how far the log has come where questions are answered."""
    head = read_head(await services.reader.fetch(head_statement()))
    seen(head.position)
    return head


async def reached(services: Services, patience: Patience, *given: object) -> None:
    """Wait until the log has reached all positions ``given``; raises GraphQLError when it does not.

    Each is a number, as commands return it, or its digits, as a header has them; None is none, and anything
    else is wrong. Where a copy answers, the reader waits a moment for that; then the rest of the request is
    read from where it was written. What is waited for here is a position that is still to come.
    """
    position = max((_position(one) for one in given if one is not None), default=None)
    begin(position or 0)
    if position is None:
        return
    deadline = time.monotonic() + patience.position_seconds
    while True:
        changes = services.news.changes
        head = await head_of(services)
        if head.position >= position:
            return
        if time.monotonic() >= deadline or not await services.news.wait(changes):
            raise problem(
                Problem.POSITION_NOT_REACHED,
                position=position,
                seconds=patience.position_seconds,
                head=head.position,
            )


def _position(given: object) -> int:
    digits = str(given) if type(given) is int else given
    if not (isinstance(digits, str) and digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS):
        told, chinese = "it is a position in the log, 0 or more", "须为日志位置，不小于 0"
        raise invalid(f"{HEADER}, extensions.minPosition", told, chinese)
    return int(digits)
