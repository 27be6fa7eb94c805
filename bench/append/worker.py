"""One Python contender in a process of its own: ``python -m bench.append.worker MODULE …``.

A process each keeps one contender's garbage, event loop and threads out of another's figures,
and lets a peer run on an interpreter that it needs and the registry does not.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import sys
from collections.abc import Sequence
from typing import cast

import uvloop

from bench.load import Adapter, Load
from bench.machine import versions


def main() -> None:
    """Print the versions of a contender's parts, or run it and print its summary, as JSON."""
    parser = argparse.ArgumentParser(prog="bench.append.worker")
    parser.add_argument("module", help="the contender, such as bench.append.ours, or MODULE:NAME")
    parser.add_argument("--url", help="the contender's empty database; without it, only versions are printed")
    parser.add_argument("--in-flight", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--warm-up", type=float, default=0.2)
    arguments = parser.parse_args()
    name, _, runs = arguments.module.partition(":")
    module = importlib.import_module(name)
    answer: dict[str, str] | dict[str, float]
    if arguments.url is None:
        answer = versions(cast("Sequence[str]", module.DISTRIBUTIONS))
    else:
        load = Load(arguments.in_flight, arguments.seconds, arguments.warm_up)
        adapter = cast("Adapter", getattr(module, runs or "run"))
        answer = uvloop.run(measured(adapter, arguments.url, load))
    json.dump(answer, sys.stdout)


async def measured(adapter: Adapter, url: str, load: Load) -> dict[str, float]:
    """Run the contender within bounded time and return its summary."""
    # Opening connections and preparing data may take a while; more than a minute is a defect.
    async with asyncio.timeout(load.duration + 60):
        return (await adapter(url, load)).summary()


if __name__ == "__main__":
    main()
