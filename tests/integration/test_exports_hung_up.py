"""Who hangs up while a file is made frees its connection and its place, also before there is a row."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.support.serving import Client, Served

_WAITING = """
    SELECT count(*) FILTER (WHERE l.relation::regclass::text LIKE '%.person') AS people,
           count(*) FILTER (WHERE l.relation::regclass::text LIKE '%.function') AS functions
    FROM pg_locks AS l
    JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
    WHERE NOT l.granted
"""


@pytest.fixture
async def lock(register: Served) -> AsyncIterator[asyncpg.Connection]:
    """Give a connection that holds up whoever reads people or functions."""
    connection = await asyncpg.connect(register.database_url)
    try:
        schema = await connection.fetchval("SELECT projections FROM registry.head")
        await connection.execute("BEGIN")
        await connection.execute(
            f'LOCK TABLE "{schema}".person, "{schema}".function IN ACCESS EXCLUSIVE MODE'
        )
        yield connection
    finally:
        await connection.close()


def _asked(client: Client, kind: str) -> socket.socket:
    """Send a request as a browser does that may leave before it has the answer."""
    host, port = client.url.removeprefix("http://").split(":")
    opened = socket.create_connection((host, int(port)), timeout=30)
    head = f"GET /export/registers/{kind}.csv HTTP/1.1\r\nhost: {host}:{port}\r\n"
    opened.sendall(f"{head}authorization: Bearer {client.token}\r\nconnection: close\r\n\r\n".encode())
    return opened


async def _until(connection: asyncpg.Connection, people: int, functions: int) -> None:
    """Wait until so many statements are held up."""
    while tuple(await connection.fetchrow(_WAITING) or ()) != (people, functions):
        await connection.execute("SELECT pg_sleep(0.02)")


def _status(opened: socket.socket) -> bytes:
    """Return the line of the answer that says how it went."""
    with opened.makefile("rb") as answer:
        return answer.readline().strip()


async def test_who_hangs_up_frees_a_connection_and_a_place(
    register: Served, lock: asyncpg.Connection
) -> None:
    clerk = register.administrator
    first, second = _asked(clerk, "people"), _asked(clerk, "people")
    await _until(lock, 2, 0)
    third = _asked(clerk, "functions")
    # Two are made at a time: the third one waits, until somebody leaves.
    first.close()
    await _until(lock, 1, 1)
    fourth = _asked(clerk, "functions")
    fourth.close()
    await lock.execute("ROLLBACK")
    for opened in (second, third):
        assert await asyncio.to_thread(_status, opened) == b"HTTP/1.1 200 OK"
        opened.close()
    assert clerk.http.get("/export/registers/functions.csv").status_code == 200
