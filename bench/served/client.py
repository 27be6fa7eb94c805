"""The sender: mutations of its own making on keep-alive connections, in a process of its own.

``python -m bench.served.client --port N --in-flight N --seconds S --warm-up S`` reads a token and the ids of
the superiors as JSON from standard input, and prints the summary with the number of all commands as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from uuid import uuid4

import uvloop

from bench.append.ours import FOUNDED
from bench.load import Load, press
from bench.read.client import UnexpectedAnswerError, connected

QUERY = (
    "mutation ($input: EstablishOrganizationInput!) { establishOrganization(input: $input) {"
    " __typename ... on Recorded { commandId position recordedAt } ... on Refused { code message } } }"
)

_HEAD = (
    "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Accept: application/graphql-response+json\r\nAuthorization: Bearer {token}\r\n"
    "Content-Length: {length}\r\n\r\n"
)


class Sender:
    """Establishes societies with ids and codes of their own, in turn under ``superiors``."""

    def __init__(self, token: str, superiors: Sequence[str]) -> None:
        """Send as the holder of ``token``."""
        self._token = token
        self._superiors = itertools.cycle(superiors)
        self._numbers = itertools.count(1)
        self.recorded = 0

    async def press(self, port: int, load: Load) -> dict[str, float]:
        """Press the server at ``port``; anything but a record of each command ends it all.

        Takes a minute more than the load at most.
        """
        async with asyncio.timeout(load.duration + 60), AsyncExitStack() as leaving:
            idle = [await leaving.enter_async_context(connected(port)) for _ in range(load.in_flight)]

            async def send() -> None:
                # As many tasks send as there are connections, so that one is always idle here.
                connection = idle.pop()
                check(await connection.exchange(self.request()))
                self.recorded += 1
                idle.append(connection)

            return (await press(send, load)).summary()

    def request(self) -> bytes:
        """Return the next request."""
        number = next(self._numbers)
        given = {
            "commandId": str(uuid4()),
            "effectiveOn": FOUNDED.isoformat(),
            "organization": str(uuid4()),
            "name": f"大连市第{number}科学技术研究会",
            "shortName": f"第{number}研究会",
            "kind": "SOCIETY",
            "code": f"SOCIETY-{number}",
            "places": [{"hierarchy": "PART_OF", "superior": next(self._superiors)}],
        }
        body = json.dumps({"query": QUERY, "variables": {"input": given}}, ensure_ascii=False).encode()
        return _HEAD.format(token=self._token, length=len(body)).encode() + body


def check(body: bytes) -> None:
    """Raise UnexpectedAnswerError unless the answer says that the command was recorded."""
    answer = json.loads(body)
    if "errors" in answer or "position" not in answer["data"]["establishOrganization"]:
        raise UnexpectedAnswerError(body.decode())


def main() -> None:
    """Press a server and print the summary."""
    parser = argparse.ArgumentParser(prog="bench.served.client")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--in-flight", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up", type=float, required=True)
    arguments = parser.parse_args()
    load = Load(arguments.in_flight, arguments.seconds, arguments.warm_up)
    given = json.load(sys.stdin)
    sender = Sender(given["token"], given["superiors"])
    summary = uvloop.run(sender.press(arguments.port, load))
    json.dump({**summary, "recorded": sender.recorded}, sys.stdout)


if __name__ == "__main__":
    main()
