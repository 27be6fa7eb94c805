"""Loading the register by ordinary commands, as a clerk would send them (载入示范登记)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from uuid import UUID

from msgspec.structs import replace

from graphql_api.demo.intents.pending import Pending
from graphql_api.demo.sequence import contents
from graphql_api.demo.translation import commands_of
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.reorganization.commands import AdoptReorganization
from registry.reorganization.state import Stage

_AT_ONCE = 500
"""Commands that are under way together; a committer takes no more into one commit."""

_DECIDED = frozenset({Stage.ADOPTED, Stage.COMPLETED, Stage.WITHDRAWN})


def commands() -> list[Command]:
    """Return every command in the order of recording; an adoption carries no preview yet.

    Raises DataError when a data file is not what it must be.
    """
    return commands_of(contents())


async def load(
    record: Callable[[Command], Awaitable[Accepted]],
    preview: Callable[[AdoptReorganization], Awaitable[str]],
) -> int:
    """Send every command to ``record`` and return how many were sent.

    Commands are handed over in order and many at a time, so that ``record`` may commit them together; it
    must decide them in that order, as the committer does. ``preview`` returns the digest of what an adoption
    would do, or refuses as the adoption would. Ids are the same in every run: a second load repeats commands
    that the register knows and records nothing, and a load that was interrupted is completed. Refusals are
    passed on; COMMAND_ID_REUSED says that a data file changed under an old key.
    """
    positions: dict[UUID, int | None] = {}
    for batch in _batches(commands()):
        ready = [await _ready(command, positions, preview) for command in batch]
        sent = [command for command in ready if command is not None]
        # Every answer is awaited before a refusal is passed on: none is left behind, unheard.
        answers = await asyncio.gather(*(record(command) for command in sent), return_exceptions=True)
        for command, answer in zip(sent, answers, strict=True):
            if isinstance(answer, BaseException):
                raise answer
            positions[command.command_id] = answer.first_position
    return len(positions)


def _batches(commands: Iterable[Command]) -> Iterator[list[Command]]:
    """Yield what may be sent at once: what waits for the answer to another command begins a new batch."""
    batch: list[Command] = []
    for command in commands:
        waits = isinstance(command, AdoptReorganization | Pending)
        if batch and (waits or len(batch) >= _AT_ONCE):
            yield batch
            batch = []
        batch.append(command)
    yield batch


async def _ready(
    command: Command,
    positions: Mapping[UUID, int | None],
    preview: Callable[[AdoptReorganization], Awaitable[str]],
) -> Command | None:
    """Return the command as it is sent; None for an adoption that was decided on before."""
    if isinstance(command, AdoptReorganization):
        digest = await _digest(command, preview)
        return None if digest is None else replace(command, preview=digest)
    if isinstance(command, Pending):
        position = positions[command.of]
        assert position is not None, "a file is about what recorded nothing"
        return command.at(position)
    return command


async def _digest(
    command: AdoptReorganization, preview: Callable[[AdoptReorganization], Awaitable[str]]
) -> str | None:
    """Return the digest, or None when the reorganization was decided on before."""
    try:
        return await preview(command)
    except Refusal as refusal:
        if refusal.code is Code.NOT_ALLOWED_IN_STATUS and refusal.details.get("status") in _DECIDED:
            return None
        raise
