"""How far something is that takes its time, told to whoever waits at the command line (进度条)."""

from __future__ import annotations

import time
from typing import TextIO

_WIDTH = 24
_LINE_SECONDS = 5.0
_BAR_SECONDS = 0.1


class ProgressBar:
    """A line that is written over on a terminal; elsewhere a line now and then (进度条)."""

    def __init__(self, stream: TextIO, unit: str) -> None:
        """Tell ``stream`` of things called ``unit``; the clock starts now."""
        self._stream = stream
        self._unit = unit
        self._terminal = stream.isatty()
        self._started = time.monotonic()
        self._first: int | None = None
        self._next = 0.0
        self._width = 0

    def tell(self, done: int, total: int, doing: str = "") -> None:
        """Say that ``done`` of ``total`` are done; what was done before counts for no rate."""
        if self._first is None:
            self._first = done
        now = time.monotonic()
        if now < self._next and done < total:
            return
        self._next = now + (_BAR_SECONDS if self._terminal else _LINE_SECONDS)
        rate = (done - self._first) / max(now - self._started, 1e-6)
        self._write(
            f"{self._bar(done, total)}{done:,}/{total:,} {self._unit}{_pace(rate, total - done)} {doing}"
        )

    def end(self) -> None:
        """Leave the line on which it was written over."""
        if self._terminal and self._width:
            self._stream.write("\n")
            self._stream.flush()

    def _bar(self, done: int, total: int) -> str:
        if not self._terminal:
            return ""
        full = _WIDTH * done // total if total else _WIDTH
        return f"[{'█' * full}{'·' * (_WIDTH - full)}] "

    def _write(self, text: str) -> None:
        said = text.rstrip()
        if self._terminal:
            self._stream.write(f"\r{said:<{self._width}}")
            self._width = len(said)
        else:
            self._stream.write(f"{said}\n")
        self._stream.flush()


def _pace(rate: float, left: int) -> str:
    """Return how fast it goes and how long it takes yet, when that can be said."""
    if rate <= 0:
        return ""
    return f", {rate:,.0f}/s" + (f", {_duration(left / rate)} left (剩余)" if left else "")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
