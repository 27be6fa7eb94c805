"""A line to the database that is cut at a commit, as a cable is: after it was sent, or before (断线代理)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from enum import Enum, auto
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from tests.support.database import temporary_folder

_CHUNK = 65_536
_COMMIT = b"COMMIT;"


class Cut(Enum):
    """Where the line is cut."""

    BEFORE_COMMIT = auto()  # the server never hears of it
    AFTER_COMMIT = auto()  # the server has heard it, and may be at it still
    BEFORE_ANSWER = auto()  # the server has done it, and its answer is lost


class CutLine:
    """Passes everything on, and cuts the next commit after :meth:`arm`."""

    def __init__(self, server: str, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._armed: Cut | None = None
        self.cuts = 0

    def arm(self, cut: Cut) -> None:
        """Cut the next commit."""
        self._armed = cut

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side hangs up, or it is cut."""
        from_server, to_server = await asyncio.open_unix_connection(self._server)
        back = asyncio.create_task(_pass_on(from_server, writer))
        try:
            while chunk := await reader.read(_CHUNK):
                cut = self._armed if _COMMIT in chunk else None
                if cut is None:
                    to_server.write(chunk)
                    await to_server.drain()
                    continue
                self._armed = None
                self.cuts += 1
                back.cancel()
                if cut is not Cut.BEFORE_COMMIT:
                    to_server.write(chunk)
                    await to_server.drain()
                if cut is Cut.BEFORE_ANSWER:
                    await from_server.read(_CHUNK)
                return
        finally:
            back.cancel()
            for end in (writer, to_server):
                end.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def cut_line(url: str) -> AsyncIterator[tuple[CutLine, str]]:
    """Give a line to the database at ``url``, which is on a Unix socket, and the address of its near end."""
    parts = urlsplit(url)
    where = parse_qs(parts.query)
    name = f".s.PGSQL.{where['port'][0]}"
    with temporary_folder() as folder:
        line = CutLine(f"{where['host'][0]}/{name}", folder)
        server = await asyncio.start_unix_server(line.serve, folder / name)
        try:
            query = f"host={quote(str(folder))}&port={where['port'][0]}"
            yield line, parts._replace(query=query).geturl()
        finally:
            server.close()
