"""The registry's server in a process of its own, as it is run: ``python -m bench.hostile.served --url …``.

It prints its port once it serves.
"""

from __future__ import annotations

import argparse
import socket

import uvicorn

from bench.read.served import TellingServer
from graphql_api.app import build_app
from graphql_api.logs import configure_logs
from graphql_api.serving import options, quiet_collector
from graphql_api.settings import Settings


def main() -> None:
    """Serve on a free port of the loopback until told to stop."""
    parser = argparse.ArgumentParser(prog="bench.hostile.served")
    parser.add_argument("--url", required=True, help="the database")
    arguments = parser.parse_args()
    settings = Settings(database_url=arguments.url)
    configure_logs(settings)
    quiet_collector()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(build_app(arguments.url, settings), **options(settings))
        TellingServer(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
