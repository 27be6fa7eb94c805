"""What the register grants to somebody who signed in (授权查询)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Protocol

import asyncpg

from graphql_api.access import Grant, PartnerScope, Role
from graphql_api.keys import OUT_OF_REACH
from graphql_api.problems import Problem, problem
from registry.statements import statement

_GRANTS = statement("graphql_api", "grants_of")

REMEMBERED_SECONDS = 5.0
_REMEMBERED = 10_000


class Runner(Protocol):
    """A pool whose search path begins with the projections."""

    async def fetch(self, query: str, *args: object) -> Sequence[asyncpg.Record]:
        """Return the rows."""
        ...


class Grants:
    """Reads grants as they are believed now; one that was revoked is without effect within five seconds."""

    def __init__(self, runner: Runner) -> None:
        """Read through ``runner``."""
        self._runner = runner
        self._known: dict[tuple[str, date], tuple[float, Sequence[Grant]]] = {}

    async def grants(self, principal: str, today: date) -> Sequence[Grant]:
        """Return what ``principal`` is granted today; raises GraphQLError when nobody can tell."""
        key = (principal, today)
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        try:
            rows = await self._runner.fetch(_GRANTS, principal, today)
        except OUT_OF_REACH as error:
            raise problem(Problem.UNAVAILABLE) from error
        granted = tuple(
            Grant(Role(row["role"]), row["root"], frozenset(map(PartnerScope, row["scopes"]))) for row in rows
        )
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = (time.monotonic() + REMEMBERED_SECONDS, granted)
        return granted
