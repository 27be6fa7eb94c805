"""What came of a command, as it is kept and as it is given back (命令结果)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from msgspec.structs import astuple, replace

from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.store.connection import LOCK_SECONDS

_encode = msgspec.json.Encoder().encode

_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""How JSON writes the character zero, which PostgreSQL's text cannot hold; an escaped backslash is not it."""


class Kept(NamedTuple):
    """A row of the command table: the answer to this id for ever."""

    id: UUID
    digest: bytes
    kind: str
    actor: str
    outcome: str
    refusal: bytes | None
    first_position: int | None
    last_position: int | None
    recorded_at: datetime


class _StoredRefusal(msgspec.Struct):
    code: Code
    details: dict[str, str]


def digest(key: bytes, command: Command) -> bytes:
    """Return a keyed hash of all that the command says, 32 bytes; refuses INVALID_INPUT for unwritable text.

    The kinds of what it holds count, too: events of two kinds may have the same fields. What its sender may
    do does not count: they may send it again with other rights.
    """
    try:
        content = _encode(replace(command, may_grant=True, within=None))
    except UnicodeEncodeError:
        raise _unwritable() from None
    if b"\\u0000" in content and _ZERO.search(content):
        raise _unwritable()
    kinds = ",".join([type(command).__name__, *_held(command)])
    return hashlib.blake2b(kinds.encode() + b"\0" + content, key=key, digest_size=32).digest()


def _held(command: Command) -> Iterator[str]:
    """Yield the kinds of what a command holds, and those of what a command in it holds."""
    for value in astuple(command):
        if isinstance(value, msgspec.Struct):
            yield type(value).__name__
            if isinstance(value, Command):
                yield from _held(value)


def _unwritable() -> Refusal:
    problem = "some text has unreadable characters (含乱码)"
    return Refusal(Code.INVALID_INPUT, field="command", problem=problem)


def recorded(command: Command, digested: bytes, accepted: Accepted) -> Kept:
    """Return the row of a command that was carried out."""
    outcome = "unchanged" if accepted.first_position is None else "recorded"
    kind = type(command).__name__
    return Kept(command.command_id, digested, kind, command.actor, outcome, None, *accepted[1:])


def refused(command: Command, digested: bytes, refusal: Refusal, at: datetime) -> Kept:
    """Return the row of a command that was refused."""
    content = _encode(_StoredRefusal(refusal.code, refusal.details))
    kind = type(command).__name__
    return Kept(command.command_id, digested, kind, command.actor, "refused", content, None, None, at)


def answer(row: asyncpg.Record, digested: bytes) -> Accepted | Refusal:
    """Return the first answer given under this id; COMMAND_ID_REUSED when that was another command."""
    if bytes(row["digest"]) != digested:
        return Refusal(Code.COMMAND_ID_REUSED, id=row["id"])
    if row["refusal"] is not None:
        stored = msgspec.json.decode(row["refusal"], type=_StoredRefusal)
        return Refusal(stored.code, **stored.details)
    return Accepted(row["id"], row["first_position"], row["last_position"], row["recorded_at"])


def refused_by(error: asyncpg.PostgresError) -> Refusal:
    """Say what the database could not do, through no fault of a command; the transaction came to nothing."""
    if isinstance(error, asyncpg.LockNotAvailableError):
        return Refusal(Code.HEAD_HELD, seconds=LOCK_SECONDS)
    return Refusal(Code.NO_ROOM)
