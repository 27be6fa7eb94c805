"""Which roles the register grants to somebody who signed in (授权查询)."""

from __future__ import annotations

import time
from datetime import date
from typing import Protocol

import asyncpg

from graphql_api.access import Role
from graphql_api.keys import OUT_OF_REACH
from graphql_api.problems import Problem, problem
from registry.statements import statement

_ROLES = statement("graphql_api", "roles_granted")

REMEMBERED_SECONDS = 5.0
_REMEMBERED = 10_000


class Runner(Protocol):
    """A pool whose search path begins with the projections."""

    async def fetchrow(self, query: str, *args: object) -> asyncpg.Record | None:
        """Return the first row."""
        ...


class GrantedRoles:
    """Reads grants as they are believed now; one that was revoked is without effect within five seconds."""

    def __init__(self, runner: Runner) -> None:
        """Read through ``runner``."""
        self._runner = runner
        self._known: dict[tuple[str, date], tuple[float, frozenset[Role]]] = {}

    async def roles(self, principal: str, today: date) -> frozenset[Role]:
        """Return the roles that ``principal`` has today; raises GraphQLError when nobody can tell."""
        key = (principal, today)
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        try:
            row = await self._runner.fetchrow(_ROLES, principal, today)
        except OUT_OF_REACH as error:
            raise problem(Problem.UNAVAILABLE) from error
        assert row is not None
        roles = frozenset(Role(role) for role in row["roles"])
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = (time.monotonic() + REMEMBERED_SECONDS, roles)
        return roles
