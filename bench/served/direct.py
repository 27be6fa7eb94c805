"""The same commands given to a committer of the same process: ``python -m bench.served.direct --url …``.

It prints the summary as JSON, with the processor time of each command and the number of all.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import secrets
import sys
import time

import structlog
import uvloop

from bench.append.ours import establish_parents, establishment, migrated, opened
from bench.load import Load, press
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import KEY_BYTES, LocalMaster


async def run(url: str, load: Load) -> dict[str, float]:
    """Press a committer in the empty database at ``url``."""
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    recorded = 0
    async with opened(url, mapper, projections) as committer:
        superiors, numbers = itertools.cycle(await establish_parents(committer)), itertools.count(1)
        # As a server sets it, and for its reason: the register in memory is large and free of cycles.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)

        async def send() -> None:
            nonlocal recorded
            await committer.record(establishment(next(numbers), next(superiors)))
            recorded += 1

        before = time.process_time()
        summary = (await press(send, load)).summary()
        spent = time.process_time() - before
    return {**summary, "processor": 1e6 * spent / recorded, "recorded": recorded}


def main() -> None:
    """Run it and print what it took."""
    parser = argparse.ArgumentParser(prog="bench.served.direct")
    parser.add_argument("--url", required=True, help="its empty database")
    parser.add_argument("--in-flight", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up", type=float, required=True)
    arguments = parser.parse_args()
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    load = Load(arguments.in_flight, arguments.seconds, arguments.warm_up)
    json.dump(uvloop.run(run(arguments.url, load)), sys.stdout)


if __name__ == "__main__":
    main()
