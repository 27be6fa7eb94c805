"""How long it takes to check a log, beside reading and hashing the same bytes and nothing else."""

from __future__ import annotations
