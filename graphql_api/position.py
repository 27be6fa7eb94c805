"""Reading what one has written (读己之写): a question waits for the log to come as far as its sender saw."""

from __future__ import annotations

import time

from graphql_api.context import Services
from graphql_api.planner.head import Head, head_statement, read_head
from graphql_api.problems import Problem, invalid, problem
from graphql_api.streams import Patience

HEADER = "Kexie-Min-Position"
_DIGITS = 19


async def head_of(services: Services) -> Head:
    """Return how far the log has come where questions are answered."""
    return read_head(await services.reader.fetch(head_statement()))


async def reached(given: object, services: Services, patience: Patience) -> None:
    """Wait until the log has reached the position that was ``given``; raises GraphQLError when it does not.

    It is a number, as commands return it, or its digits, as a header has them; or anything else.
    Answers come from what has been written, so this waits only where they are read from a copy of it, which
    is a little behind.
    """
    if given is None:
        return
    position = _position(given)
    deadline = time.monotonic() + patience.position_seconds
    while True:
        seen = services.news.changes
        head = await head_of(services)
        if head.position >= position:
            return
        if time.monotonic() >= deadline or not await services.news.wait(seen):
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
