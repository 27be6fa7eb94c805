"""What was decided, recorded in small batches: commands beside it wait for none of it long (分批入账)."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, Protocol
from uuid import UUID

from graphql_api.imports.deciding import Told
from graphql_api.imports.rows import Fault, Place
from graphql_api.imports.spool import Planned
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.foregone import Foregone

_AT_ONCE = 100
"""Commands in a batch at first, and at least."""

_AT_MOST = 500
"""Commands in a batch at most: the committer takes no more in one commit."""

_SECONDS = 0.1
"""What a batch takes, about: others wait behind it. Larger ones cost less for each command."""

_UNDER_WAY = 2
"""Batches sent and not yet answered: while one is committed, the next is noted and waits for its turn."""

_PATIENCE_SECONDS = 60.0


class Journal(Protocol):
    """Where an import keeps which commands are its own, so that it can be reversed as one act (导入簿)."""

    async def note(self, import_id: UUID, commands: Sequence[UUID]) -> None:
        """Note that ``commands`` are about to be sent under ``import_id``."""
        ...


Answer = Accepted | Refusal | BaseException
Record = Callable[[Command, Foregone | None], Awaitable[Accepted]]
"""Records a command, of which may be known what it came to when it was supposed."""


class Recorded(NamedTuple):
    """How far it came (入账结果). ``faults`` stopped it: what is recorded stays."""

    commands: int
    rows: int
    first_position: int | None
    last_position: int | None
    faults: list[Fault]


class _Sent(NamedTuple):
    """A batch on its way: its rows, the place of each of its commands, and their answers to come."""

    rows: int
    places: list[Place]
    answers: asyncio.Future[list[Answer]]


async def record_all(
    planned: Iterable[Planned], import_id: UUID, record: Record, journal: Journal, told: Told
) -> Recorded:
    """Record the commands of rows in their order; the first that is refused after all stops the rest."""
    done = Recorded(0, 0, None, None, [])
    under_way: deque[_Sent] = deque()
    size = _Size()
    try:
        for batch in _batches(planned, size):
            sent = [
                (row.place, command, foregone)
                for row in batch
                for command, foregone in zip_longest(row.commands, row.foregone)
            ]
            await journal.note(import_id, [command.command_id for _, command, _ in sent])
            taken = asyncio.Event()
            answers = asyncio.ensure_future(_answers(record, [each[1:] for each in sent], taken))
            under_way.append(_Sent(len(batch), [each[0] for each in sent], answers))
            if len(under_way) == _UNDER_WAY:
                done = _heard(done, under_way[0], await under_way[0].answers)
                size.took(len(under_way.popleft().places))
                if done.faults:
                    break
                await told(done.rows)
            # What comes after must not overtake what was turned away.
            await taken.wait()
        while under_way:
            done = _heard(done, under_way[0], await under_way[0].answers)
            under_way.popleft()
        if not done.faults:
            await told(done.rows)
        return done
    finally:
        # Whatever happened, every answer is awaited: no command is left behind, unheard.
        await asyncio.gather(*(sent.answers for sent in under_way), return_exceptions=True)


def _heard(done: Recorded, sent: _Sent, answers: Sequence[Answer]) -> Recorded:
    """Return how far it came with the answers to a batch; raises what is no answer."""
    commands, first, last = done.commands, done.first_position, done.last_position
    faults = list(done.faults)
    for place, answer in zip(sent.places, answers, strict=True):
        if isinstance(answer, Refusal):
            faults.append(Fault(place, answer))
        elif isinstance(answer, BaseException):
            raise answer
        elif answer.first_position is not None:
            first = answer.first_position if first is None else first
            last = answer.last_position
            commands += 1
    return Recorded(commands, done.rows + sent.rows, first, last, faults)


class _Size:
    """How many commands a batch has, so that it keeps others waiting for about a tenth of a second."""

    def __init__(self) -> None:
        self.commands = _AT_ONCE
        self._heard = time.monotonic()

    def took(self, commands: int) -> None:
        """Take in that a batch of so many was answered: the next may grow to twice the size."""
        now = time.monotonic()
        fitting = int(commands * _SECONDS / max(now - self._heard, 1e-6))
        self.commands = min(max(fitting, _AT_ONCE), 2 * self.commands, _AT_MOST)
        self._heard = now


def _batches(planned: Iterable[Planned], size: _Size) -> Iterator[list[Planned]]:
    """Yield rows together whose commands fill a batch."""
    batch: list[Planned] = []
    count = 0
    for row in planned:
        batch.append(row)
        count += len(row.commands)
        if count >= size.commands:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


async def _answers(
    record: Record, sent: Sequence[tuple[Command, Foregone | None]], taken: asyncio.Event
) -> list[Answer]:
    """Send a batch in its order, and return its answers when all of them are there.

    Those that find too many others waiting are sent again together, in their order; ``taken`` is set when
    none of them is left, and what comes after may be sent. Answers come together, when the batch is
    committed: waiting for each in turn costs less than a task for each.
    """
    answers: dict[int, Answer] = {}
    left: Sequence[int] = range(len(sent))
    pause = 0.1
    try:
        while True:
            waiting = [(number, _send(record, *sent[number])) for number in left]
            if not any(_is_busy(each) for _, each in waiting):
                taken.set()
            answers.update(await _all(waiting))
            left = [number for number in left if _is_refused(answers[number])]
            if not left or pause > _PATIENCE_SECONDS:
                return [answers[number] for number in range(len(sent))]
            await asyncio.sleep(pause)
            pause *= 2
    finally:
        taken.set()


async def _all(waiting: Sequence[tuple[int, asyncio.Future[Accepted]]]) -> dict[int, Answer]:
    """Return the answers to what was sent; whatever else happened is told when all of them are there."""
    try:
        return {number: await _heeded(each) for number, each in waiting}
    finally:
        for _, each in waiting:
            each.cancel()  # of those alone that are not answered: whoever waits for them was cancelled


def _send(record: Record, command: Command, foregone: Foregone | None) -> asyncio.Future[Accepted]:
    try:
        return asyncio.ensure_future(record(command, foregone))
    except Refusal as refusal:
        refused: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        refused.set_exception(refusal)
        return refused


async def _heeded(waiting: asyncio.Future[Accepted]) -> Answer:
    try:
        return await waiting
    except Exception as error:  # noqa: BLE001 - a refusal is an answer; the rest is told with the others
        return error


def _is_busy(waiting: asyncio.Future[Accepted]) -> bool:
    """Say whether a command was turned away as soon as it was sent."""
    return waiting.done() and not waiting.cancelled() and _is_refused(waiting.exception())


def _is_refused(answer: Answer | None) -> bool:
    """Say whether an answer is that too many others wait."""
    return isinstance(answer, Refusal) and answer.code is Code.BUSY
