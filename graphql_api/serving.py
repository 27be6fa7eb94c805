"""How the server is run (服务器选项)."""

from __future__ import annotations

import gc
from typing import Any

from graphql_api.body import BODY_BYTES
from graphql_api.settings import Settings
from graphql_api.wire import PROTOCOLS

_SHUTDOWN_SECONDS = 10


def options(settings: Settings) -> dict[str, Any]:
    """Return uvicorn's options; a message over a WebSocket is as long as a request at most."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "loop": "uvloop",
        "server_header": False,
        # Without proxies to trust, nobody's word counts for another's address or for https.
        "proxy_headers": settings.trusted_proxies is not None,
        "forwarded_allow_ips": settings.trusted_proxies or "",
        "timeout_graceful_shutdown": _SHUTDOWN_SECONDS,
        **PROTOCOLS,
        "ws_max_size": BODY_BYTES,
        "ws_max_queue": 8,
        "ws_per_message_deflate": False,
    }


def quiet_collector() -> None:
    """Let the cycle collector run seldom: the register in memory is large, long-lived and free of cycles.

    With the default thresholds it walks the cached streams again and again, and finds nothing. This is for a
    process that serves and does nothing else.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
