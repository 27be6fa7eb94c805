"""The command line that every benchmark has: ``python -m bench.NAME --json [--quick]``."""

from __future__ import annotations

import argparse
import json
from typing import Protocol

from bench.harness import Report
from bench.markdown import render
from bench.server import stopping_on_termination


class Benchmark(Protocol):
    """A benchmark: measures everything and reports; quick means a single short round."""

    def __call__(self, *, quick: bool) -> Report:
        """Run the benchmark on a server of its own."""
        ...


def print_one(benchmark: Benchmark) -> None:
    """Run one benchmark and print its report: one JSON object, or Markdown without ``--json``."""
    parser = argparse.ArgumentParser(description="Measure the registry beside its peers.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of Markdown")
    parser.add_argument("--quick", action="store_true", help="one short round, which proves little")
    arguments = parser.parse_args()
    with stopping_on_termination():
        report = benchmark(quick=arguments.quick)
    if arguments.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print(render(report), end="")
