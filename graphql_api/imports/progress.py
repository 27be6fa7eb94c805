"""How far an import has come, with its rate and the time that remains (进度)."""

from __future__ import annotations

import asyncio
import time
from typing import TextIO

_WIDTH = 30
_REDRAWN_SECONDS = 0.2
_SAID_SECONDS = 10.0


class Progress:
    """Says nothing, but lets others have their turn."""

    def begin(self, what: str, total: int) -> None:
        """Begin a part of the work, of ``total`` rows."""

    async def told(self, done: int) -> None:
        """Hear that so many rows are done."""
        del done
        await asyncio.sleep(0)


class Bar(Progress):
    """Draws a bar on a terminal; writes a plain line now and then to anything else."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        self._stream = stream
        self._drawn = stream.isatty()
        self._what = ""
        self._total = 0
        self._began = self._said = time.monotonic()

    def begin(self, what: str, total: int) -> None:
        """Begin a part of the work, of ``total`` rows."""
        self._what, self._total = what, total
        self._began = self._said = time.monotonic()

    async def told(self, done: int) -> None:
        """Show how far it is, not too often."""
        now = time.monotonic()
        every = _REDRAWN_SECONDS if self._drawn else _SAID_SECONDS
        if now - self._said >= every or (self._drawn and done == self._total):
            self._said = now
            self._write(line_of(self._what, done, self._total, now - self._began))
            if done == self._total and self._drawn:
                self._stream.write("\n")
        await asyncio.sleep(0)

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{line}" if self._drawn else f"{line}\n")
        self._stream.flush()


def line_of(what: str, done: int, total: int, seconds: float) -> str:
    """Return the line that says it: a bar, rows done of all, rows a second, what remains."""
    rate = done / seconds if seconds > 0 else 0.0
    if not total:
        return f"{what}: {done} rows, {rate:,.0f}/s"
    filled = round(_WIDTH * min(done / total, 1))
    left = f"{round((total - done) / rate)} s" if rate else "?"
    bar = "█" * filled + "·" * (_WIDTH - filled)
    return f"{what} {bar} {done:,}/{total:,} rows 行, {rate:,.0f}/s, {left} left 剩余"
