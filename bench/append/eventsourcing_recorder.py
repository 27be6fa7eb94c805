"""Peer: the PostgreSQL recorder that the eventsourcing library ships, on threads."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, StoredEvent
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from bench.load import Load, Result, press_threads

DISTRIBUTIONS = ("eventsourcing", "psycopg")

STATE = bytes(250)
"""An event's content; encoding it is not measured, to the peer's advantage."""

CONNECTIONS = 4
"""Its commits exclude one another by a table lock, so that more connections only queue inside the
server: 1, 2, 4, 8, 16 and 64 with 16 and with 64 in flight differed here by no more than noise."""


Recorder = ApplicationRecorder
Commands = Callable[[Recorder], Callable[[], object]]
"""Prepares what is recorded, and returns what records the next of it, on whatever thread."""


async def run(url: str, load: Load) -> Result:
    """Record one event of a new stream a command, one thread for each command in flight."""
    return press_recorder(url, load, lambda recorder: lambda: recorder.insert_events([stored(uuid4(), 1)]))


def stored(stream: UUID, version: int) -> StoredEvent:
    """Return an event as the library stores it."""
    return StoredEvent(
        originator_id=stream, originator_version=version, topic="organization-established", state=STATE
    )


def press_recorder(url: str, load: Load, commands: Commands) -> Result:
    """Press the recorder, one thread for each command in flight."""
    address = conninfo_to_dict(url)
    environment = Environment(
        "bench",
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(address["dbname"]),
            "POSTGRES_HOST": str(address["host"]),
            "POSTGRES_PORT": str(address["port"]),
            "POSTGRES_USER": str(address["user"]),
            "POSTGRES_PASSWORD": "",
            "POSTGRES_POOL_SIZE": str(min(load.in_flight, CONNECTIONS)),
            # A thread waits in the pool's queue for as long as it takes, and is measured so.
            "POSTGRES_CONNECT_TIMEOUT": "60",
        },
    )
    factory = InfrastructureFactory.construct(environment)
    try:
        return press_threads(commands(factory.application_recorder()), load)
    finally:
        factory.close()
