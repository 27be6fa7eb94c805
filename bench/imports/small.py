"""Small commands at a fixed rate, in a process of their own: ``python -m bench.imports.small --url …``.

It prints a line once the first was answered, sends until its standard input ends, and prints as JSON when
each command was due and how long after that it was answered. A command is sent when it is due, whether the
ones before it are answered or not.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import itertools
import json
import os
import sys
import time
from uuid import UUID

import structlog
import uvloop

from bench.append.ours import establish_parents, establishment, migrated, opened
from projections.filling import collecting_seldom
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.committer import Committer
from registry.store.master import LocalMaster

A_SECOND = 50


class Sender:
    """Sends societies when they are due."""

    def __init__(self, committer: Committer, parents: list[UUID]) -> None:
        """Send to ``committer`` societies under ``parents`` in turn."""
        self._committer = committer
        self._superiors = itertools.cycle(parents)
        self._numbers = itertools.count(1)
        self.answered: list[tuple[float, float]] = []
        """When each was due, on the clock of ``time.perf_counter``, and how long it took from then on."""

    async def send_until(self, ended: asyncio.Event) -> None:
        """Send at the rate until it has ``ended``, and wait for what is not answered."""
        started = time.perf_counter()
        async with asyncio.TaskGroup() as sending:
            for number in itertools.count():
                due = started + number / A_SECOND
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if ended.is_set():
                    break
                sending.create_task(self.send(due))

    async def send(self, due: float) -> None:
        """Send one that is due at an instant."""
        await self._committer.record(establishment(next(self._numbers), next(self._superiors)))
        self.answered.append((due, time.perf_counter() - due))


async def run(url: str) -> list[tuple[float, float]]:
    """Send until standard input ends."""
    mapper = EventMapper(EVENTS, LocalMaster([base64.b64decode(os.environ["KEXIE_MASTER_KEY"])]))
    projections = await migrated(url, mapper)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    async with opened(url, mapper, projections) as committer:
        sender = Sender(committer, await establish_parents(committer))
        await sender.send(time.perf_counter())
        print("ready", flush=True)
        with collecting_seldom():
            await sender.send_until(ended)
    return sender.answered


def main() -> None:
    """Send, and print what became of it."""
    parser = argparse.ArgumentParser(prog="bench.imports.small")
    parser.add_argument("--url", required=True, help="an empty database")
    arguments = parser.parse_args()
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    json.dump(uvloop.run(run(arguments.url)), sys.stdout)


if __name__ == "__main__":
    main()
