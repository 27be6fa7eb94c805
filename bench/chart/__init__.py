"""The chart benchmark: a whole organization chart over HTTP, beside the same chart by hand-written SQL."""

from __future__ import annotations
