"""Loading the register by ordinary commands, as a clerk would send them (载入示范登记)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from msgspec.structs import replace

from graphql_api.demo.files import read
from graphql_api.demo.intents.measure import Citation
from graphql_api.demo.translation import commands_of
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.reorganization.commands import AdoptReorganization
from registry.reorganization.state import Stage

_DECIDED = frozenset({Stage.ADOPTED, Stage.COMPLETED, Stage.WITHDRAWN})


def commands() -> list[Command]:
    """Return every command in the order of recording; an adoption carries no preview yet.

    Raises DataError when a data file is not what it must be.
    """
    return commands_of(read())


async def load(
    record: Callable[[Command], Awaitable[Accepted]],
    preview: Callable[[AdoptReorganization], Awaitable[str]],
) -> int:
    """Send every command to ``record`` and return how many were sent.

    ``preview`` returns the digest of what an adoption would do, or refuses as the adoption would. Ids are
    the same in every run: a second load repeats commands that the register knows and records nothing, and a
    load that was interrupted is completed. Refusals are passed on; COMMAND_ID_REUSED says that a data file
    changed under an old key.
    """
    positions: dict[UUID, int | None] = {}
    for command in commands():
        ready = command
        if isinstance(command, AdoptReorganization):
            digest = await _digest(command, preview)
            if digest is None:
                continue
            ready = replace(command, preview=digest)
        elif isinstance(command, Citation):
            position = positions[command.of]
            assert position is not None, "a file cites what recorded nothing"
            ready = command.at(position)
        positions[command.command_id] = (await record(ready)).first_position
    return len(positions)


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
