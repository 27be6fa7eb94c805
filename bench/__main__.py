"""Run benchmarks and write ``docs/benchmarks.md``: ``python -m bench [--quick] [NAME …]``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from bench.append import __main__ as append
from bench.command_line import Benchmark
from bench.cost import __main__ as cost
from bench.frame import ground
from bench.history import __main__ as history
from bench.hostile import __main__ as hostile
from bench.imports import __main__ as imports
from bench.kept import keep
from bench.markdown import page, render, sections
from bench.overload import __main__ as overload
from bench.progress import progress
from bench.read import __main__ as read
from bench.read.audit import kept_log
from bench.read.city import kept_city
from bench.rebuild import __main__ as rebuild
from bench.replay import __main__ as replay
from bench.reports import __main__ as reports
from bench.reports.first import kept_first
from bench.reports.scale import FULL
from bench.served import __main__ as served
from bench.server import stopping_on_termination
from bench.verify import __main__ as verify

BENCHMARKS: Mapping[str, Benchmark] = {
    "append": append.benchmark,
    "history": history.benchmark,
    "served": served.benchmark,
    "overload": overload.benchmark,
    "cost": cost.benchmark,
    "read": read.benchmark,
    "reports": reports.benchmark,
    "verify": verify.benchmark,
    "rebuild": rebuild.benchmark,
    "replay": replay.benchmark,
    "imports": imports.benchmark,
    "hostile": hostile.benchmark,
}

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Run all, or those that are named, one after the other, each replacing its own section of the page.

    What is done is written at once: when one fails, the others before it were not in vain.
    """
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHMARKS)}; else all")
    parser.add_argument("--quick", action="store_true", help="one short round each: shows that they run")
    parser.add_argument(
        "--prepare", action="store_true", help="only write the registers that are kept; that may be any time"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    if arguments.prepare:
        prepare()
        return
    standing = sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    with stopping_on_termination():
        for name in arguments.names or BENCHMARKS:
            standing[name] = render(BENCHMARKS[name](quick=arguments.quick))
            ordered = [standing[name] for name in BENCHMARKS if name in standing]
            PAGE.write_text(page(ordered), encoding="utf-8")
            progress(f"wrote {name} into {PAGE.name}")


def prepare() -> None:
    """Write the registers that sections of a full run measure copies of, so that none of them has to."""
    with stopping_on_termination(), ground(keeping=True) as on:
        for kept in (
            kept_city(FULL),
            *(kept_log(events) for events in read.PACES[False].logs),
            kept_first(FULL, verify.EVENTS),
            kept_first(FULL, replay.EVENTS),
            *(rebuild.kept_log(size.events) for size in rebuild.SIZES),
        ):
            progress(f"{kept.name}: {keep(on.server, kept)}")


if __name__ == "__main__":
    main()
