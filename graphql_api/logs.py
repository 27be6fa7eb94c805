"""Structured logs: one line an event, each with the request's id (结构化日志)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphql_api.settings import Settings

_ACCESS = logging.getLogger("kexie.http")
_HEADER = b"x-request-id"
_ID_LENGTH = 100
_SPECIAL = re.compile(r"[\s='\"]")

_TALKATIVE = {
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "uvicorn.error": logging.INFO,
    "websockets": logging.INFO,
}
"""Libraries that write headers and messages at lower levels, and with them cookies, tokens and codes."""


def configure_logs(settings: Settings) -> None:
    """Send every log line, the libraries' too, to standard error in the form asked for."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    json = settings.log_format == "json"
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        _Lines(
            _as_json if json else _as_text,
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *([structlog.processors.format_exc_info] if json else []),
                last,
            ],
        )
    )
    for name, least in _TALKATIVE.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelNamesMapping()[settings.log_level]))
    # No line tells which thread or process wrote it, so no record looks for that.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)


class Answered(logging.LogRecord):
    """That a request was answered (请求日志): written so often that it goes past the chain of processors."""

    def __init__(self, facts: dict[str, Any]) -> None:
        """Say ``facts``."""
        super().__init__(_ACCESS.name, logging.INFO, __file__, 0, "answered", None, None)
        self.facts = facts


class _Lines(structlog.stdlib.ProcessorFormatter):
    """Writes what the processors make of a record; one of :class:`Answered` by itself, in the same form."""

    def __init__(self, of_answered: Callable[[Answered], str], **more: Any) -> None:  # noqa: ANN401 - those of structlog
        super().__init__(**more)
        self._of_answered = of_answered

    def format(self, record: logging.LogRecord) -> str:
        return self._of_answered(record) if isinstance(record, Answered) else super().format(record)


def _as_json(record: Answered) -> str:
    about = {"event": record.msg, "level": "info", "logger": record.name, "timestamp": _instant(record)}
    return orjson.dumps({**record.facts, **about}).decode()


def _as_text(record: Answered) -> str:
    facts = " ".join(f"{name}={_shown(value)}" for name, value in sorted(record.facts.items()))
    return f"{_instant(record)} [info     ] {record.msg:<30} [{record.name}] {facts}"


def _shown(value: object) -> str:
    """Return a value so that it cannot be taken for another, for a line, or for a command to a terminal."""
    text = str(value)
    return text if text.isprintable() and not _SPECIAL.search(text) else repr(text)


def _instant(record: logging.LogRecord) -> str:
    instant = datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None)
    return f"{instant.isoformat(timespec='microseconds')}Z"


class RequestLog:
    """Gives every request an id, the client's own if it sent one, and writes a line when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _given_id(scope) or uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (_HEADER, request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            if _ACCESS.isEnabledFor(logging.INFO):
                facts = {
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 2),
                    "request_id": request_id,
                }
                _ACCESS.handle(Answered(facts))
            structlog.contextvars.unbind_contextvars("request_id")


def _given_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if (
            name == _HEADER
            and 0 < len(value) <= _ID_LENGTH
            and value.isascii()
            and value.decode().isprintable()
        ):
            return str(value.decode())
    return None
