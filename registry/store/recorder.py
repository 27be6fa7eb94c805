"""The log as the ``eventsourcing`` library knows logs: its recorders, blocking, over our tables (同步记录器).

Programs written for that library read and follow the register with these. They may also write a log of their
own, under the same lock and in the same gapless order, in a database that has no projections: where there are
some, nothing may get past the committer, which decides. The library's own conformance tests run against both
classes.

What a stored event of the library does not say is filled in so: ``recorded_at`` from the database's clock,
later than everything before, and shared by what is inserted together, as by the events of a command;
``effective_on`` its civil day in China; ``command_id`` a fresh one for what is inserted together, without a
row in the table of commands; ``actor`` as given to the constructor; ``cause``, ``corrects``, ``instrument``,
``submitter`` absent.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from datetime import timedelta
from typing import Any, Self, TypeVar, cast
from uuid import UUID, uuid4

import asyncpg
from eventsourcing import persistence
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    ListenNotifySubscription,
    Notification,
    StoredEvent,
    Subscription,
)

from registry.statements import statement
from registry.store.connection import LOST, Connection, connect
from registry.store.feed import watch
from registry.store.growth import advance
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import Tree
from registry.time import civil_date

_BEGIN_BATCH = statement("registry.store", "begin_batch")
_NOTIFICATIONS = statement("registry.store", "notifications")
_READ_HEAD = statement("registry.store", "read_head")
_STREAM_BACKWARD = statement("registry.store", "stream_backward")
_STREAM_FORWARD = statement("registry.store", "stream_forward")

_TICK = timedelta(microseconds=1)
_LAST_POSITION = 2**63 - 1
_LAST_VERSION = 2**31 - 1
_CONNECTIONS = 8

_ERRORS: tuple[tuple[tuple[type[Exception], ...], type[persistence.PersistenceError]], ...] = (
    ((asyncpg.IntegrityConstraintViolationError,), persistence.IntegrityError),
    ((asyncpg.DataError, OverflowError, UnicodeError), persistence.DataError),
    (LOST, persistence.OperationalError),
    ((asyncpg.SyntaxOrAccessError,), persistence.ProgrammingError),
    ((asyncpg.InterfaceError,), persistence.InterfaceError),
    ((asyncpg.PostgresError,), persistence.DatabaseError),
)
"""What the library's callers expect for each family of errors of the driver; the first that fits holds."""

Result = TypeVar("Result")


class StreamRecorder(AggregateRecorder):
    """Reads and writes single streams; close it, or use it as a context (聚合记录器).

    Every method blocks its thread and may be called from any thread but an event loop's. Errors are the
    library's: IntegrityError for a version that is taken, OperationalError for a database out of reach.
    """

    def __init__(self, url: str, *, actor: str = "eventsourcing", first_version: int = 1) -> None:
        """Record in the migrated database at ``url``.

        Versions of the log begin at 1. Where those of the caller's streams begin elsewhere, ``first_version``
        says so, and they are stored moved.
        """
        self._url = url
        self._actor = actor
        self._offset = 1 - first_version
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="recorder", daemon=True)
        self._thread.start()
        try:
            self._pool = self._wait(self._open)
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        """Return itself, which is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close every connection and end the thread; subscriptions must have been left."""
        if not self._loop.is_closed():
            self._wait(self._finish)
            self._end()

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: object) -> Sequence[int] | None:
        """Write all of ``stored_events`` or none; a recorder of streams tells no positions.

        Raises IntegrityError for a version that is taken, NotSupportedError where projections show the log.
        """
        self._insert(stored_events)
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Return the events of a stream with versions in ``(gt, lte]``, at most ``limit``, by version."""
        sql = _STREAM_BACKWARD if desc else _STREAM_FORWARD
        after = 0 if gt is None else gt + self._offset
        last = _LAST_VERSION if lte is None else lte + self._offset
        stream = _uuid(originator_id)
        rows = self._do(lambda connection: connection.fetch(sql, stream, after, last, limit))
        return [StoredEvent(**self._content(row)) for row in rows]

    def _insert(self, stored_events: Sequence[StoredEvent]) -> list[int]:
        return self._do(lambda connection: self._append(connection, stored_events)) if stored_events else []

    async def _append(self, connection: Connection, stored_events: Sequence[StoredEvent]) -> list[int]:
        async with connection.transaction(isolation="read_committed"):
            head = await connection.fetchrow(_BEGIN_BATCH, [], [])
            assert head is not None
            if head["active"] is not None:
                message = f"this log is shown by the projections {head['active']}: only commands write it"
                raise persistence.NotSupportedError(message)
            rows = self._rows(stored_events, head)
            hashes = [leaf_hash(row) for row in rows]
            await connection.copy_records_to_table(
                "event",
                schema_name="registry",
                columns=(*Row._fields, "leaf_hash"),
                records=[(*row, hashed) for row, hashed in zip(rows, hashes, strict=True)],
            )
            tree = Tree(head["head_position"], head["peaks"])
            tree.extend(b"".join(hashes))
            await advance(connection, tree, rows[-1].recorded_at)
        return [row.position for row in rows]

    def _rows(self, stored_events: Sequence[StoredEvent], head: asyncpg.Record) -> list[Row]:
        """Return what goes into the table, from the position after the head's on."""
        at = max(head["clock"], head["head_recorded_at"] + _TICK)
        day, together = civil_date(at), uuid4()
        return [
            Row(
                position=position,
                stream_id=_uuid(event.originator_id),
                version=event.originator_version + self._offset,
                topic=event.topic,
                effective_on=day,
                recorded_at=at,
                actor=self._actor,
                command_id=together,
                cause=None,
                corrects=None,
                instrument=None,
                body=event.state,
            )
            for position, event in enumerate(stored_events, start=head["head_position"] + 1)
        ]

    def _content(self, row: asyncpg.Record) -> dict[str, Any]:
        return {
            "originator_id": UUID(bytes=row["stream_id"].bytes),
            "originator_version": row["version"] - self._offset,
            "topic": row["topic"],
            "state": row["body"],
        }

    async def _open(self) -> asyncpg.Pool[asyncpg.Record]:
        settings = {"timezone": "UTC", "application_name": "kexie recorder"}
        return await asyncpg.create_pool(
            self._url, min_size=1, max_size=_CONNECTIONS, server_settings=settings
        )

    async def _finish(self) -> None:
        """Let what runs in the background close its connections, too."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._pool.close()

    def _do(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        """Run ``work`` over a connection and wait for it."""

        async def run() -> Result:
            async with self._pool.acquire() as connection:
                # The pool's proxy is a connection in everything but its type.
                return await work(cast("Connection", connection))

        return self._wait(run)

    def _wait(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Run ``work`` in the other thread and wait for it; raises what the library's callers know."""
        try:
            return self._begin(work).result()
        except persistence.PersistenceError:
            raise
        except Exception as error:
            known = next((ours for theirs, ours in _ERRORS if isinstance(error, theirs)), None)
            if known is None:
                raise
            raise known(str(error)) from error

    def _begin(self, work: Callable[[], Awaitable[Result]]) -> Future[Result]:
        async def run() -> Result:
            return await work()

        if self._loop.is_closed():
            message = "the recorder is closed"
            raise persistence.InterfaceError(message)
        return asyncio.run_coroutine_threadsafe(run(), self._loop)

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class LogRecorder(StreamRecorder, ApplicationRecorder):
    """Reads, follows and writes the log as a whole; notification ids are positions (应用记录器)."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: object) -> Sequence[int] | None:
        """Write all of ``stored_events`` or none, and return their positions.

        Raises IntegrityError for a version that is taken, NotSupportedError where projections show the log.
        """
        return self._insert(stored_events)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return the events from ``start`` to ``stop``, both included, in order, at most ``limit``."""
        first = 0 if start is None else start + (not inclusive_of_start)
        last = _LAST_POSITION if stop is None else stop
        rows = self._do(lambda connection: connection.fetch(_NOTIFICATIONS, first, last, list(topics), limit))
        return [Notification(id=row["position"], **self._content(row)) for row in rows]

    def max_notification_id(self) -> int | None:
        """Return the head's position, or None when nothing was recorded."""
        head = self._do(lambda connection: connection.fetchrow(_READ_HEAD))
        assert head is not None
        return head["position"] or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Return an iterator over every event after ``gt``, those to come included; leave it as a context."""
        return LogSubscription(self, gt, topics)

    def wake(self, call: Callable[[], object]) -> Future[None]:
        """Call ``call`` whenever something may have been recorded, until the result is cancelled."""
        return self._begin(lambda: self._watch(call))

    async def _watch(self, call: Callable[[], object]) -> None:
        async with aclosing(watch(lambda: connect(self._url))) as changes:
            async for _ in changes:
                call()


class LogSubscription(ListenNotifySubscription[LogRecorder]):
    """Follows the log from a position; notifications only wake it, what it yields is read (订阅)."""

    def __init__(self, recorder: LogRecorder, gt: int | None, topics: Sequence[str]) -> None:
        """Follow ``recorder`` after the position ``gt``."""
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._watching = recorder.wake(self._has_been_notified.set)

    def __exit__(self, *args: object, **kwargs: object) -> None:
        """Stop, and end what runs for it."""
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._watching.cancel()


def _uuid(identity: UUID | str) -> UUID:
    return identity if isinstance(identity, UUID) else UUID(identity)
