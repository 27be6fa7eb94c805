"""Run every benchmark and write ``docs/benchmarks.md``: ``python -m bench [--quick]``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.append import __main__ as append
from bench.chart import __main__ as chart
from bench.command_line import Benchmark, progress
from bench.cost import __main__ as cost
from bench.hostile import __main__ as hostile
from bench.imports import __main__ as imports
from bench.markdown import page
from bench.rebuild import __main__ as rebuild
from bench.reports import __main__ as reports
from bench.server import stopping_on_termination
from bench.verify import __main__ as verify

BENCHMARKS: Sequence[Benchmark] = (
    append.benchmark,
    cost.benchmark,
    chart.benchmark,
    reports.benchmark,
    verify.benchmark,
    rebuild.benchmark,
    imports.benchmark,
    hostile.benchmark,
)

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Run all, one after the other, then write the page; nothing is written when one fails."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round each: shows that they run")
    arguments = parser.parse_args()
    with stopping_on_termination():
        reports = [benchmark(quick=arguments.quick) for benchmark in BENCHMARKS]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(reports), encoding="utf-8")
    progress(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
