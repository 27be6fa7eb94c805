"""API keys (接口密钥): shown once, kept as a keyed hash, known by an id that is no secret."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import asyncpg

from graphql_api.access import Role
from graphql_api.principal import Principal
from graphql_api.problems import Problem, problem
from registry.statements import statement

PREFIX = "kexie_"
LONGEST_LABEL = 100
REMEMBERED_SECONDS = 5.0
"""For how long an answer is good without asking the database: a revoked key works that much longer."""

_SHAPE = re.compile(r"kexie_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_REMEMBERED = 10_000
_ID_BYTES = 6
_SECRET_BYTES = 32

OUT_OF_REACH = (
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

    async def fetch(self, query: str, *args: object) -> Sequence[asyncpg.Record]:
        """Return all rows."""
        ...

    async def execute(self, query: str, *args: object) -> str:
        """Run a statement."""
        ...


_ANY = statement("graphql_api", "key_any")
_ISSUE = statement("graphql_api", "key_issue")
_FIND = statement("graphql_api", "key_find")
_USED = statement("graphql_api", "key_used")
_LIST = statement("graphql_api", "key_list")
_REVOKE = statement("graphql_api", "key_revoke")
_SECRET = statement("graphql_api", "key_secret")


class LabelError(ValueError):
    """A label that no key can have; says why in both languages."""


async def issue(runner: Runner, label: str, role: Role, expires_at: datetime | None = None) -> str:
    """Make a key for ``label``, store its hash, and return it: this is the only time it is to be seen.

    Raises LabelError when the label is malformed, or has a key already: it is who acts in the log, so two
    holders of one label could not be told apart.
    """
    if label != label.strip() or not 0 < len(label) <= LONGEST_LABEL or not label.isprintable():
        message = f"a label has 1 to {LONGEST_LABEL} printable characters (标签应为可见字符)"
        raise LabelError(message)
    identity = secrets.token_hex(_ID_BYTES)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    digest = _digest(await _server_secret(runner), identity, secret)
    if await runner.fetchrow(_ISSUE, identity, digest, label, str(role), expires_at) is None:
        message = f"{label} has a key already: revoke it first (该标签已有密钥，请先吊销)"
        raise LabelError(message)
    return f"{PREFIX}{identity}_{secret}"


async def are_issued(runner: Runner) -> bool:
    """Say whether a key was ever made."""
    row = await runner.fetchrow(_ANY)
    return row is not None and row["issued"] > 0


async def listed(runner: Runner) -> Sequence[asyncpg.Record]:
    """Return every key there ever was, without what would let anybody use it."""
    return await runner.fetch(_LIST)


async def revoke(runner: Runner, label: str) -> int:
    """Revoke the key of ``label`` and return how many there were."""
    return int((await runner.execute(_REVOKE, label)).rpartition(" ")[2])


async def _server_secret(runner: Runner) -> bytes:
    row = await runner.fetchrow(_SECRET)
    assert row is not None, "the migration that makes the table of keys makes their secret"
    value: bytes = row["value"]
    return value


def _digest(server_secret: bytes, identity: str, secret: str) -> bytes:
    """Return the hash a key is known by.

    Its secret has 256 random bits, so nobody guesses it from a fast hash; argon2id, made for what people
    think up, took 150 ms and 64 MiB where this takes 2 µs, at every request of every program.
    """
    return hmac.digest(server_secret, f"{identity}:{secret}".encode(), hashlib.sha256)


class Keys:
    """Tells whose a key is; a revoked one is refused within five seconds."""

    def __init__(self, runner: Runner) -> None:
        """Look keys up through ``runner``."""
        self._runner = runner
        self._server_secret: bytes | None = None
        self._known: dict[bytes, tuple[float, Principal | None]] = {}

    async def principal(self, token: str) -> Principal | None:
        """Return whose key it is, or None when it is nobody's; raises GraphQLError when nobody can tell."""
        shape = _SHAPE.fullmatch(token)
        if shape is None:
            return None
        short = hashlib.sha256(token.encode()).digest()
        known = self._known.get(short)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        try:
            principal = await self._look_up(shape[1], shape[2])
        except OUT_OF_REACH as error:
            raise problem(Problem.UNAVAILABLE) from error
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[short] = (time.monotonic() + REMEMBERED_SECONDS, principal)
        return principal

    async def _look_up(self, identity: str, secret: str) -> Principal | None:
        if self._server_secret is None:
            self._server_secret = await _server_secret(self._runner)
        row = await self._runner.fetchrow(_FIND, identity)
        # An id that exists costs the same as one that does not: the same statement, hash and comparison.
        stored = bytes(32) if row is None else row["digest"]
        fits = hmac.compare_digest(_digest(self._server_secret, identity, secret), stored)
        if row is None or not fits:
            return None
        if row["unseen"]:
            await self._runner.execute(_USED, identity)
        return Principal.of_key(row["label"], Role(row["role"]))
