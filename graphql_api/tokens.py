"""Access tokens: shown once, kept as a hash (访问令牌)."""

from __future__ import annotations

import hashlib
import secrets
import time
from datetime import datetime
from typing import Protocol

import asyncpg

from graphql_api.access import Role, Viewer
from graphql_api.problems import Problem, problem
from registry.statements import statement

_PREFIX = "kexie_"
_BYTES = 32
_REMEMBERED_SECONDS = 10.0
_REMEMBERED = 10_000

_OUT_OF_REACH = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""What a database that is being restarted answers with, or its driver."""


class Runner(Protocol):
    """A connection or pool: whatever runs a statement."""

    async def fetchrow(self, query: str, *args: object) -> asyncpg.Record | None:
        """Return the first row."""
        ...

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement."""
        ...


_ANY = statement("graphql_api", "token_any")
_ISSUE = statement("graphql_api", "token_issue")
_FIND = statement("graphql_api", "token_find")
_REVOKE = statement("graphql_api", "token_revoke")


def _digest(token: str) -> bytes:
    """Return the hash a token is known by; it has 256 random bits, so a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).digest()


async def issue(runner: Runner, label: str, role: Role, expires_at: datetime | None = None) -> str:
    """Make a token for ``label``, store its hash, and return it: this is the only time it is to be seen."""
    token = _PREFIX + secrets.token_urlsafe(_BYTES)
    await runner.execute(_ISSUE, _digest(token), label, str(role), expires_at)
    return token


async def are_issued(runner: Runner) -> bool:
    """Say whether a token was ever made."""
    row = await runner.fetchrow(_ANY)
    return row is not None and row["issued"] > 0


async def revoke(runner: Runner, label: str) -> int:
    """Revoke every token of ``label`` and return how many there were."""
    return int((await runner.execute(_REVOKE, label)).rpartition(" ")[2])


class Tokens:
    """Tells whose a token is; a revoked one is refused within ten seconds."""

    def __init__(self, runner: Runner) -> None:
        """Look tokens up through ``runner``."""
        self._runner = runner
        self._known: dict[bytes, tuple[float, Viewer | None]] = {}

    async def viewer(self, token: str) -> Viewer | None:
        """Return whose token it is, or None when it is nobody's; raises GraphQLError when nobody can tell."""
        digest = _digest(token)
        known = self._known.get(digest)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        try:
            row = await self._runner.fetchrow(_FIND, digest)
        except _OUT_OF_REACH as error:
            raise problem(Problem.UNAVAILABLE) from error
        viewer = None if row is None else Viewer.of(Role(row["role"]), row["label"])
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[digest] = (time.monotonic() + _REMEMBERED_SECONDS, viewer)
        return viewer
