"""What was decided, recorded in small batches: commands beside it wait for none of it long (分批入账)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from graphql_api.imports.deciding import Told
from graphql_api.imports.rows import Fault
from graphql_api.imports.spool import Planned
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal

_AT_ONCE = 100
"""Commands in one batch: a tenth of a second of the committer's time, behind which others wait."""

_BUSY = frozenset({Code.BUSY})
_PATIENCE_SECONDS = 60.0


class Journal(Protocol):
    """Where an import keeps which commands are its own, so that it can be reversed as one act (导入簿)."""

    async def note(self, import_id: UUID, commands: Sequence[UUID]) -> None:
        """Note that ``commands`` are about to be sent under ``import_id``."""
        ...


Record = Callable[[Command], Awaitable[Accepted]]


class Recorded(NamedTuple):
    """How far it came (入账结果). ``faults`` stopped it: what is recorded stays."""

    commands: int
    rows: int
    first_position: int | None
    last_position: int | None
    faults: list[Fault]


async def record_all(
    planned: Iterable[Planned], import_id: UUID, record: Record, journal: Journal, told: Told
) -> Recorded:
    """Record the commands of rows in their order; the first that is refused after all stops the rest."""
    rows = commands = 0
    first: int | None = None
    last: int | None = None
    for batch in _batches(planned):
        sent = [(row.place, command) for row in batch for command in row.commands]
        await journal.note(import_id, [command.command_id for _, command in sent])
        sending = (_patiently(record, command) for _, command in sent)
        # Every answer is awaited before trouble is passed on: no command is left behind, unheard.
        answers = await asyncio.gather(*sending, return_exceptions=True)
        faults: list[Fault] = []
        for (place, _), answer in zip(sent, answers, strict=True):
            if isinstance(answer, Refusal):
                faults.append(Fault(place, answer))
            elif isinstance(answer, BaseException):
                raise answer
            elif answer.first_position is not None:
                first = answer.first_position if first is None else first
                last = answer.last_position
                commands += 1
        rows += len(batch)
        if faults:
            return Recorded(commands, rows, first, last, faults)
        await told(rows)
    return Recorded(commands, rows, first, last, [])


def _batches(planned: Iterable[Planned]) -> Iterator[list[Planned]]:
    """Yield rows together whose commands fill a batch."""
    batch: list[Planned] = []
    count = 0
    for row in planned:
        batch.append(row)
        count += len(row.commands)
        if count >= _AT_ONCE:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


async def _patiently(record: Record, command: Command) -> Accepted | Refusal:
    """Record the command, sending it again when too many others wait."""
    pause = 0.1
    while True:
        try:
            return await record(command)
        except Refusal as refusal:
            if refusal.code not in _BUSY or pause > _PATIENCE_SECONDS:
                return refusal
            await asyncio.sleep(pause)
            pause *= 2
