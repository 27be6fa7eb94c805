"""The one writer of a process: takes what is queued, decides it under the head's lock, commits it (提交器).

A cycle takes whatever queued while the last one ran, locks the head row, catches up with other processes,
decides each command in the sight of all before it, and writes events, answers and projections in one
transaction. Position order is commit order. Refusals are decided before anything is written and cost
nothing. If the database refuses what we allowed, that is a defect of ours: the batch is rolled back and run
again in halves until the offender stands alone.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import asyncpg
import structlog

from registry.answers import Accepted
from registry.commands import Command, Draft
from registry.errors import Code, Refusal
from registry.foregone import Foregone, Trail, likely
from registry.person.events import ERASING
from registry.reads import Needs, World
from registry.statements import statement
from registry.store.batch import Answer, Batch, Head
from registry.store.codec import EventMapper
from registry.store.connection import LOST, TROUBLE, Connection, Wire, enter
from registry.store.hierarchies import Hierarchies
from registry.store.keyring import Keyring
from registry.store.merkle import Tree
from registry.store.outcome import digest, refused_by
from registry.store.ports import MovedError, Projections
from registry.store.repetition import known, repeat
from registry.store.secrets import secret
from registry.store.session import LargeError, Memory, Session
from registry.store.streams import StreamCache
from registry.store.waiting import Submission, Waiting
from registry.store.writer import Writer

_log = structlog.get_logger(__name__)
_BEGIN_BATCH = statement("registry.store", "begin_batch")
_STREAMS_BETWEEN = statement("registry.store", "streams_between")
_NEWEST = 0.2
"""What the newest batch counts for in how long a command takes."""

_PARTS = 4
"""Parts in which a large batch is written: each costs a COPY for every table that it writes to."""

_TURN = 4
"""Commands decided between two turns of the writer: going round for each would cost as much as a command."""


_OVERLAP = 32
"""Commands decided before they are handed to a free writer: fewer make more round trips than they save."""


class Limits(NamedTuple):
    """How much a committer takes on: commands in one commit, commands waiting, events kept in memory.

    A command that asks about more than ``small`` entities is committed alone.
    """

    batch: int = 500
    queue: int = 10_000
    small: int = 1_000
    cached_events: int = 200_000
    clock_jump: timedelta = timedelta(hours=1)
    reconnect_attempts: int = 20
    reconnect_pause: float = 0.25


DEFAULT_LIMITS = Limits()


class Committer:
    """Records commands; one a process, any number of processes."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Connection]],
        mapper: EventMapper,
        projections: Projections,
        decide: Callable[[Command, World], list[Draft]],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Write over connections that ``connect`` opens; nothing happens before :meth:`start`."""
        self._connect = connect
        self._mapper = mapper
        self._projections = projections
        self._decide = decide
        self._limits = limits
        self._waiting = Waiting()
        self._pace = 0.0
        self._memory = Memory(StreamCache(limits.cached_events), Hierarchies(), Keyring(mapper.master))
        self._connection: Connection | None = None
        self._position = -1
        self._trail: Trail | None = None
        self._key = b""
        self._clock: tuple[datetime, float] | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self.defects = 0

    async def start(self) -> None:
        """Open the connection and begin to take commands."""
        await self._open()
        self._task = asyncio.create_task(self._run(), name="committer")

    async def stop(self) -> None:
        """Take no more commands, finish those that wait, and close."""
        self._stopping = True
        if self._task is not None:
            await self._waiting.join()
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()

    @property
    def running(self) -> bool:
        """Whether commands are taken."""
        return self._task is not None and not self._task.done() and not self._stopping

    async def record(self, command: Command) -> Accepted:
        """Record ``command`` and return what came of it; raises Refusal.

        When this returns, the events are durable and every projection shows them. It has to be started.
        """
        return await self.submit(command)

    def submit(self, command: Command, foregone: Foregone | None = None) -> asyncio.Future[Accepted]:
        """Let ``command`` wait, and return where its answer will be; see ``registry.foregone``."""
        assert self._task is not None
        if self._stopping:
            raise Refusal(Code.STOPPING)
        waiting = len(self._waiting)
        if waiting >= self._limits.queue:
            raise Refusal(Code.BUSY, waiting=waiting, seconds=_seconds(waiting * self._pace))
        # What cannot be written down is refused here, so that no batch is spoiled by it.
        digested = digest(self._key, command)
        future: asyncio.Future[Accepted] = asyncio.get_running_loop().create_future()
        self._waiting.put(Submission(command, digested, future, foregone=foregone))
        return future

    async def _run(self) -> None:
        while True:
            batch = await self._waiting.take(self._limits.batch)
            started = time.monotonic()
            postponed = await self._commit(batch)
            self._waiting.put_back(postponed)
            answered = len(batch) - len(postponed)
            self._waiting.answered(answered)
            if answered:
                self._pace += ((time.monotonic() - started) / answered - self._pace) * _NEWEST
            # Whoever was answered may send its next command now, so that it is in the next batch.
            await asyncio.sleep(0)

    async def _commit(self, batch: Sequence[Submission]) -> list[Submission]:
        """Commit ``batch``, in halves when the database refuses it whole; return what is to be done alone."""
        try:
            answers = await self._persist(batch)
        except (asyncpg.IntegrityConstraintViolationError, asyncpg.DataError) as error:
            self._forget()
            if len(batch) == 1:
                answers = [self._defect(batch[0].command, error)]
            else:
                middle = len(batch) // 2
                return [*await self._commit(batch[:middle]), *await self._commit(batch[middle:])]
        except Refusal as refusal:
            answers = [refusal] * len(batch)
        except (asyncpg.LockNotAvailableError, asyncpg.DiskFullError) as error:
            self._forget()
            _log.error("nothing recorded", commands=len(batch), problem=str(error))
            answers = [refused_by(error)] * len(batch)
        except Exception as error:  # noqa: BLE001 - the writer must outlive whatever a batch brings
            self._forget()
            _log.exception("commit failed", commands=len(batch))
            answers = [error] * len(batch)
        postponed: list[Submission] = []
        for submission, given in zip(batch, answers, strict=True):
            if given is None:
                postponed.append(submission)
            else:
                _give(submission.answer, given)
        return postponed

    async def _persist(self, batch: Sequence[Submission]) -> Sequence[Answer | None]:
        """Run a cycle; after a lost connection run it again, the command table telling what was committed."""
        for attempt in range(self._limits.reconnect_attempts):
            try:
                if self._connection is None:
                    await self._open()
                return await self._cycle(batch)
            except MovedError as moved:
                await self._follow(moved.active)
            except TROUBLE as error:
                if not self._is_lost(error):
                    raise
                _log.warning("connection lost", attempt=attempt, problem=str(error))
                self._drop_connection()
                await asyncio.sleep(self._limits.reconnect_pause)
        message = "the database is out of reach"
        raise ConnectionError(message)

    async def _cycle(self, batch: Sequence[Submission]) -> Sequence[Answer | None]:
        connection = self._connection
        assert connection is not None
        async with connection.transaction():
            ids, needs = [s.command.command_id for s in batch], self._needs(batch)
            unknown = self._memory.streams.missing(needs, self._limits.small)
            begun = await connection.fetchrow(_BEGIN_BATCH, ids, unknown)
            assert begun is not None
            self._check_begin(begun["active"], begun["clock"])
            before = Head(begun["head_position"], begun["head_recorded_at"])
            await self._catch_up(connection, before.position)
            answers, fresh = known(begun["known"], batch)
            wire = Wire(connection, asyncio.Lock())
            session = Session(wire, self._mapper, self._projections, self._memory)
            most = None if batch[0].large else self._limits.small
            session.know_absent(begun["absent"])
            self._memory.keys.know_keyless(begun["absent"])
            decided = Batch(session, before, begun["clock"], self._decide, most)
            decided.apart = batch[0].large
            decided.trail, decided.peaks = self._trail, begun["peaks"]
            tree = Tree(before.position, begun["peaks"])
            writer = Writer(wire, self._mapper, self._projections, self._memory.keys, tree)
            try:
                await decided.fetch([needs[index] for index, _ in fresh])
                await self._decide_and_write(batch, answers, fresh, decided, writer)
            finally:
                await writer.abandon()
        self._remember(decided)
        return answers

    async def _decide_and_write(
        self,
        batch: Sequence[Submission],
        answers: list[Answer | None],
        fresh: Sequence[tuple[int, bytes]],
        decided: Batch,
        writer: Writer,
    ) -> None:
        """Decide the fresh commands in order, writing the first ones while the others are decided."""
        held: set[str] = set()
        astray = False
        part = max(_OVERLAP, len(fresh) // _PARTS)
        for number, (index, digested) in enumerate(fresh):
            command, foregone = batch[index].command, batch[index].foregone
            if command.actor in held:
                continue
            if foregone is not None and not astray and not decided.follows(foregone):
                astray = True  # all that was foregone has to be decided from here on: fetched together
                await decided.fetch([batch[other].command.needs for other, _ in fresh[number:]])
            try:
                answers[index] = await decided.decide(command, digested, foregone)
            except LargeError:
                # Nothing came of it yet; what its sender sent after it comes after it.
                held.add(command.actor)
            if writer.busy:
                if number % _TURN == 0:
                    await asyncio.sleep(0)  # the writer's turn to hand the database its next statement
            elif decided.waiting >= part:
                writer.begin(decided.take())
                await asyncio.sleep(0)
        repeat(batch, answers, fresh)
        await writer.finish(decided.take(), decided.newest)

    def _needs(self, batch: Sequence[Submission]) -> list[Needs]:
        """Return what each command needs: only what it goes on, where what it comes to is likely foregone."""
        first = next((s.foregone for s in batch if s.foregone is not None), None)
        ahead = first is not None and likely(first, self._position, self._trail)
        if not ahead:
            return [s.command.needs for s in batch]
        return [Needs(f.continued) if (f := s.foregone) is not None else s.command.needs for s in batch]

    def _check_begin(self, active: str | None, clock: datetime) -> None:
        """Write no projections that nobody reads, and nothing under a clock that jumped."""
        if active != self._projections.name:
            raise MovedError(str(active))
        self._check_clock(clock)

    async def _follow(self, active: str) -> None:
        """Go over to the projections in use, unless another version of the program made them.

        Outside of the transaction that found out: if that fails, nothing of the change may be half done.
        """
        connection, ours = self._connection, self._projections
        assert connection is not None
        successor = await ours.successor(connection, active)
        if successor is None:
            raise Refusal(Code.PROJECTIONS_MOVED, ours=ours.name, active=active)
        _log.info("projections moved", ours=ours.name, active=active)
        self._projections = successor
        await enter(connection, active)
        self._forget()

    def _check_clock(self, clock: datetime) -> None:
        """Refuse to record under a clock that jumped ahead: instants given out can never be taken back."""
        if self._clock is None:
            self._clock = (clock, _uptime())
            return
        since, started = self._clock
        ahead = clock - since - timedelta(seconds=_uptime() - started)
        if ahead > self._limits.clock_jump:
            bound = int(self._limits.clock_jump.total_seconds())
            raise Refusal(Code.CLOCK_JUMPED, seconds=int(ahead.total_seconds()), bound=bound)

    async def _catch_up(self, connection: Connection, position: int) -> None:
        """Take in what other processes recorded since this one last looked, under the lock."""
        if position == self._position:
            return
        if self._position < 0 or position < self._position:
            self._memory.streams.clear()
            self._memory.hierarchies.clear()
            self._memory.keys.clear()
            references = await self._projections.references_of(connection, None)
            self._memory.hierarchies.replace((), references)
        else:
            rows = await connection.fetch(_STREAMS_BETWEEN, self._position, position, list(ERASING))
            streams = [row["stream_id"] for row in rows]
            if any(row["erasing"] for row in rows):
                self._forget_persons()
            self._memory.streams.drop(streams)
            references = await self._projections.references_of(connection, streams)
            self._memory.hierarchies.replace(streams, references)
        self._position = position

    def _remember(self, batch: Batch) -> None:
        """Take what was committed into memory."""
        self._position = batch.head.position
        self._trail = batch.trail
        for entity in batch.entities.values():
            self._memory.streams.put(entity)
            self._memory.hierarchies.replace((entity.id,), entity.references)
        if batch.erases:
            self._forget_persons()

    def _forget_persons(self) -> None:
        """Keep nothing that may tell of somebody who was erased: it stands in streams of others, too."""
        self._memory.streams.clear()
        self._memory.keys.clear()

    def _forget(self) -> None:
        """Trust nothing in memory after a commit that did not happen, or may not have.

        What a batch fetched while it was being written may be of its own making.
        """
        self._position = -1
        self._trail = None

    def _defect(self, command: Command, error: asyncpg.PostgresError) -> Refusal:
        self.defects += 1
        constraint = getattr(error, "constraint_name", None) or type(error).__name__
        _log.error("defect", command_id=str(command.command_id), constraint=constraint, problem=str(error))
        return Refusal(Code.DEFECT, constraint=constraint)

    async def _open(self) -> None:
        connection = await self._connect()
        await enter(connection, self._projections.name)
        self._connection = connection
        self._key = await secret(connection, self._mapper.master, "command")
        self._forget()

    def _is_lost(self, error: Exception) -> bool:
        """Tell a lost connection, or none to be had, from what the database says over a sound one."""
        if isinstance(error, LOST):
            return True
        return self._connection is None or self._connection.is_closed()

    def _drop_connection(self) -> None:
        self._forget()
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None


def _uptime() -> float:
    """Return seconds of a clock that nobody sets and that goes on while the machine sleeps.

    Linux alone has a second clock for that; elsewhere the monotonic one does it.
    """
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _seconds(wait: float) -> int:
    """Return what a sender is told to wait: a second at least, a minute at most."""
    return min(max(math.ceil(wait), 1), 60)


def _give(future: asyncio.Future[Accepted], given: Answer) -> None:
    if future.done():
        return
    if isinstance(given, Accepted):
        future.set_result(given)
    else:
        future.set_exception(given)
