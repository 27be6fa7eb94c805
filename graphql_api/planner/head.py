"""How far the log has come, as a statement (日志进度)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import orjson

from graphql_api.planner.compiler import Statement
from graphql_api.planner.templates import template


class Head(NamedTuple):
    """The last position of the log, 0 while there is none, and when it was recorded."""

    position: int
    recorded_at: datetime


def head_statement() -> Statement:
    """Return the statement that gives the head of the log, to be read by :func:`read_head`."""
    return Statement(f"SELECT {template('log_head')}::text", [])


def read_head(text: str | None) -> Head:
    """Return the head that the statement gave."""
    position, recorded_at = orjson.loads(text or "")
    return Head(position, datetime.fromisoformat(recorded_at))
