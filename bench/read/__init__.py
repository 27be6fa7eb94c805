"""Reading: what is asked every day, beside PostGraphile, Strawberry and hand-written SQL (读取基准)."""

from __future__ import annotations
