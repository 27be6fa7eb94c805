"""Benchmarks: each measures the registry beside its peers, in one run, on one server.

``python -m bench.NAME --json [--quick]`` prints one benchmark as one JSON object;
``python -m bench [--quick] [NAME …]`` runs all or some of them and writes ``docs/benchmarks.md``.
"""

from __future__ import annotations
