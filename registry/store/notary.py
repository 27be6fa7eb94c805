"""Signs how large the log is and what its root is, beside the commits, not within them (公证).

At most once a second a process signs the head as a checkpoint, and only what continues the checkpoint signed
before: a log that was altered below it is not signed again. Of several processes one signs a size; since a
signature of Ed25519 says nothing but key and text, it makes no difference which.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple

import structlog

from registry.statements import statement
from registry.store.connection import TROUBLE, Connection
from registry.store.merkle import EMPTY
from registry.store.nodes import MissingNodeError, roots_at, tree_head
from registry.store.notes import Checkpoint, Note, NoteError, Signer, Verifier, signed_at

_log = structlog.get_logger(__name__)

_CHECKPOINT_AT = statement("registry.store", "checkpoint_at")
_INSERT_CHECKPOINT = statement("registry.store", "insert_checkpoint")
_INSERT_COSIGNATURE = statement("registry.store", "insert_cosignature")
_LAST = 2**63 - 1

Lend = Callable[[], AbstractAsyncContextManager[Connection]]


class NotOursError(LookupError):
    """A checkpoint that this log never signed."""


class UnknownWitnessError(PermissionError):
    """No signature of a witness that the settings name."""


class Signed(NamedTuple):
    """A signed checkpoint, its note with the cosignatures there are."""

    size: int
    root: bytes
    note: str


async def newest_checkpoint(connection: Connection, size: int = _LAST) -> Signed | None:
    """Return the newest signed checkpoint of at most ``size``."""
    row = await connection.fetchrow(_CHECKPOINT_AT, size)
    return None if row is None else Signed(row["size"], row["root_hash"], row["cosigned"])


async def sign_head(connection: Connection, signer: Signer) -> Signed | None:
    """Sign the head unless it is signed; returns the newest checkpoint, None if it cannot be continued."""
    async with connection.transaction(isolation="repeatable_read"):
        tree = await tree_head(connection)
        last = await newest_checkpoint(connection)
        if last is not None and last.size == tree.size and last.root == tree.root:
            return last
        if last is not None and not await _continues(connection, last, tree.size):
            _log.error("the log does not continue its checkpoint", signed=last.size, size=tree.size)
            return None
        checkpoint = Checkpoint(signer.verifier.name, tree.size, tree.root)
        note = f"{checkpoint.text}\n{signer.sign(checkpoint.text)}"
        return Signed(tree.size, tree.root, note)


async def sign_now(connection: Connection, signer: Signer) -> Signed | None:
    """Sign the head and keep its checkpoint; None when it does not continue what was signed before."""
    signed = await sign_head(connection, signer)
    if signed is not None:
        await connection.execute(_INSERT_CHECKPOINT, signed.size, signed.root, _unwitnessed(signed))
    return signed


async def _continues(connection: Connection, last: Signed, size: int) -> bool:
    """Say whether the tree of ``size`` begins with what was signed last, by the nodes there are."""
    if last.size >= size:
        return False
    try:
        [root] = await roots_at(connection, [last.size]) if last.size else [EMPTY]
    except MissingNodeError:
        return False
    return root == last.root


class Notary:
    """Keeps the head signed, and the cosignatures of witnesses beside it (公证员)."""

    def __init__(
        self,
        lend: Lend,
        signer: Signer,
        witnesses: Sequence[Verifier] = (),
        wait: Callable[[], Awaitable[object]] | None = None,
        pause: float = 1.0,
    ) -> None:
        """Sign over connections that ``lend`` gives, ``pause`` seconds apart; ``wait`` waits for news."""
        self._lend = lend
        self._signer = signer
        self._witnesses = witnesses
        self._wait = wait
        self._pause = pause
        self._task: asyncio.Task[None] | None = None

    @property
    def keys(self) -> list[Verifier]:
        """The public key of the log, then those of its witnesses."""
        return [self._signer.verifier, *self._witnesses]

    async def start(self) -> None:
        """Begin to sign."""
        self._task = asyncio.create_task(self._run(), name="notary")

    async def stop(self) -> None:
        """Sign what came last, and stop."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self._try()

    async def sign(self) -> Signed | None:
        """Sign the head now, and return its checkpoint; None when the log was altered."""
        async with self._lend() as connection:
            return await sign_now(connection, self._signer)

    async def accept(self, content: str) -> int:
        """Keep the cosignatures that a note carries for a checkpoint of ours; returns how many.

        Raises NoteError for a note or a signature that is none, NotOursError for a checkpoint that was never
        signed here, UnknownWitnessError when no known witness signed it.
        """
        note = Note.of(content)
        checkpoint = Checkpoint.of(note.text)
        async with self._lend() as connection:
            ours = await newest_checkpoint(connection, checkpoint.size)
            if ours is None or note.text != Note.of(ours.note).text:
                raise NotOursError
            lines = [(str(witness), self._cosigned(note, witness)) for witness in self._witnesses]
            kept = [(checkpoint.size, witness, line) for witness, line in lines if line is not None]
            if not kept:
                raise UnknownWitnessError
            await connection.executemany(_INSERT_COSIGNATURE, kept)
        return len(kept)

    def _cosigned(self, note: Note, witness: Verifier) -> str | None:
        """Return the line of ``witness``, verified, or None when it did not sign."""
        if not any((one.name, one.id) == (witness.name, witness.id) for one in note.signatures):
            return None
        signature = note.signed_by(witness)
        signed_at(signature)
        return signature.line

    async def _run(self) -> None:
        while True:
            await self._try()
            await asyncio.sleep(self._pause)
            if self._wait is not None:
                await self._wait()

    async def _try(self) -> None:
        try:
            await self.sign()
        except (*TROUBLE, NoteError, MissingNodeError) as error:
            _log.warning("the head could not be signed", problem=str(error))


def _unwitnessed(signed: Signed) -> str:
    """Return the note with the log's own signature only: those of witnesses are kept apart."""
    note = Note.of(signed.note)
    return f"{note.text}\n{note.signatures[0].line}"
