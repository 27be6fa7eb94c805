"""One of the servers in Python, in a process of its own: ``python -m bench.read.served ours|bare|batched …``.

It prints its port once it serves. All run under uvicorn with its faster loop and parser and a collector that
runs seldom; the registry, with the options of its own command line, too.
"""

from __future__ import annotations

import argparse
import pkgutil
import socket
from typing import Any

import uvicorn

from graphql_api.logs import configure_logs
from graphql_api.serving import options, quiet_collector
from graphql_api.settings import Settings

_BUILDERS = {
    "ours": "graphql_api.app:build_app",
    "bare": "bench.read.bare:build_bare",
    "batched": "bench.read.batched:build_batched",
}
_PLAIN: dict[str, Any] = {"log_config": None, "access_log": False, "loop": "uvloop", "http": "httptools"}


class TellingServer(uvicorn.Server):
    """A server that says on standard output where it serves, when it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the port."""
        await super().startup(sockets)
        assert sockets
        print(sockets[0].getsockname()[1], flush=True)


def main() -> None:
    """Serve on a free port of the loopback until told to stop."""
    parser = argparse.ArgumentParser(prog="bench.read.served")
    parser.add_argument("name", choices=tuple(_BUILDERS))
    parser.add_argument("--url", required=True, help="the database")
    parser.add_argument("--projections", default="", help="the schema that the peers read")
    arguments = parser.parse_args()
    settings = Settings(database_url=arguments.url)
    configure_logs(settings)
    # Each builds what it is in a module of its own: the peers are spared the registry's schema.
    build = pkgutil.resolve_name(_BUILDERS[arguments.name])
    if arguments.name == "ours":
        app, chosen = build(arguments.url, settings), options(settings)
    else:
        app, chosen = build(arguments.url, arguments.projections, settings.readers), _PLAIN
    quiet_collector()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, **chosen)
        TellingServer(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
