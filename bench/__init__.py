"""Benchmarks: each measures the registry beside its peers, in one run, on one server.

``python -m bench.NAME --json [--quick]`` prints one benchmark as one JSON object;
``python -m bench [--quick] [NAME …]`` runs all or some of them and writes ``docs/benchmarks.md``.
``python -m bench --prepare`` only writes the registers that some of them measure copies of, which takes
minutes and needs no quiet machine; they are kept under ``bench/.kept`` until the registry or what makes them
changes.
"""

from __future__ import annotations
