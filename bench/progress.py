"""What whoever waits for a benchmark is told (进展)."""

from __future__ import annotations

import sys


def progress(sentence: str) -> None:
    """Tell what was just measured; standard output is the report's alone."""
    print(sentence, file=sys.stderr, flush=True)
