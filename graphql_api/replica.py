"""Questions answered by a streaming replica, and by the primary where it cannot (副本读取)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import Protocol, TypeVar

import structlog
from graphql import GraphQLError

from graphql_api.context import Fetch, Reader
from graphql_api.freshness import CutOffError, needed
from graphql_api.planner.compiler import Statement
from graphql_api.problems import Problem

WAIT_SECONDS = 1.0
"""How long a question waits for a replica to replay what it has to hold; then the primary answers it."""

_ELSEWHERE = {str(Problem.UNAVAILABLE), str(Problem.PROJECTIONS_MOVED)}
"""What a replica says that the primary need not say, too. A statement that took too long is not run again."""

_Told = TypeVar("_Told")

_log = structlog.get_logger(__name__)


class Source(Reader, Protocol):
    """Runs compiled statements, also those whose rows are read one after another."""

    def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        """Yield the text of the first statement, and that of every row of the second."""
        ...


class Progress(Protocol):
    """Knows how far the replica has come."""

    async def holds(self, position: int, seconds: float) -> bool:
        """Say whether the replica may be asked for an answer that holds ``position``."""
        ...


class ReplicaReader:
    """Asks a replica wherever that may answer.

    A request whose position the replica did not reach in time is answered by the primary to its end: it
    waits once, and none of its statements sees less than an earlier one.
    """

    def __init__(self, primary: Source, replica: Source, standing: Progress) -> None:
        """Read over ``replica`` as long as ``standing`` says that it may be asked, else over ``primary``."""
        self._primary = primary
        self._replica = replica
        self._standing = standing

    async def fetch(self, statement: Statement) -> str | None:
        """Return the text the statement gives, from one snapshot."""
        return await self._asked(lambda source: source.fetch(statement))

    async def answer(self, statement: Statement) -> bytes | None:
        """Return that text as it is sent."""
        return await self._asked(lambda source: source.answer(statement))

    async def _asked(self, ask: Callable[[Source], Awaitable[_Told]]) -> _Told:
        if await self._may_ask():
            try:
                return await ask(self._replica)
            except GraphQLError as error:
                _pass_on(error)
        return await ask(self._primary)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Fetch]:
        """Return a context that gives what fetches several statements from the same snapshot.

        Once it is there it stays where it is; raises CutOffError when the replica ends it.
        """
        stack = AsyncExitStack()
        by_replica = await self._entered(stack)
        try:
            async with stack:
                if by_replica is None:
                    yield await stack.enter_async_context(self._primary.snapshot())
                else:
                    yield by_replica
        except GraphQLError as error:
            if by_replica is None:
                raise
            _pass_on(error)
            raise CutOffError from error

    async def _entered(self, stack: AsyncExitStack) -> Fetch | None:
        """Begin a snapshot of the replica; None where the primary has to give one."""
        if await self._may_ask():
            try:
                return await stack.enter_async_context(self._replica.snapshot())
            except GraphQLError as error:
                _pass_on(error)
        return None

    async def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        """Yield the text of the first statement, then of each row of the second, all from one snapshot.

        Raises CutOffError when the replica ends that once it has begun.
        """
        begun = False
        if await self._may_ask():
            try:
                async with aclosing(self._replica.rows(first, then, seconds)) as texts:
                    async for text in texts:
                        begun = True
                        yield text
            except GraphQLError as error:
                _pass_on(error)
                if begun:
                    raise CutOffError from error
            else:
                return
        async with aclosing(self._primary.rows(first, then, seconds)) as texts:
            async for text in texts:
                yield text

    async def _may_ask(self) -> bool:
        needs = needed()
        if needs.primary:
            return False
        if await self._standing.holds(needs.position, WAIT_SECONDS):
            return True
        needs.primary = True
        return False


def _pass_on(error: GraphQLError) -> None:
    """Let the primary answer what the replica could not; raises what the primary would say, too."""
    if (error.extensions or {}).get("code") not in _ELSEWHERE:
        raise error
    needed().primary = True
    _log.warning("the replica did not answer, the primary does", problem=str(error.__cause__ or error))
