"""What a server of the tests writes into its log, kept to be looked through."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Literal

import structlog

from graphql_api.logs import configure_logs
from graphql_api.settings import Settings


class Kept(logging.Handler):
    """Keeps every line as it would be written."""

    def __init__(self, formatter: logging.Formatter | None) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # The clients of the tests are no part of the server.
        if not record.name.startswith(("httpx2", "httpcore2", "websockets.client")):
            self.lines.append(self.format(record))


@contextlib.contextmanager
def kept_logs(log_format: Literal["console", "json"]) -> Iterator[Kept]:
    """Configure the logs as a server does, at DEBUG, and keep what is written."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    talkative = {
        name: logging.getLogger(name).level for name in ("httpx", "httpcore", "uvicorn.error", "websockets")
    }
    configure_logs(Settings(log_level="DEBUG", log_format=log_format))
    kept = Kept(root.handlers[0].formatter)
    root.handlers = [kept]
    try:
        yield kept
    finally:
        structlog.reset_defaults()
        root.handlers = handlers
        root.setLevel(level)
        for name, before in talkative.items():
            logging.getLogger(name).setLevel(before)
