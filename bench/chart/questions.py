"""The question that is asked, as each of the two servers takes it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

_QUERY = (Path(__file__).parent / "chart.graphql").read_text(encoding="utf-8")


class Question(NamedTuple):
    """The chart below ``root`` on a day, today by default, as known at an instant, by default now."""

    root: UUID
    as_of: date | None = None
    known_at: datetime | None = None

    def times(self) -> dict[str, str]:
        """Return the arguments that are given, as GraphQL and the peer both spell them."""
        given = {"asOf": self.as_of, "knownAt": self.known_at}
        return {name: value.isoformat() for name, value in given.items() if value is not None}

    def to_ours(self) -> bytes:
        """Return the HTTP request that asks the registry: the query with its variables."""
        variables = {"root": str(self.root), **self.times()}
        body = json.dumps({"query": _QUERY, "variables": variables}).encode()
        return (
            _request("POST /graphql", {"Content-Type": "application/json", "Content-Length": len(body)})
            + body
        )

    def to_peer(self) -> bytes:
        """Return the HTTP request that asks the peer: a path with its parameters."""
        return _request(f"GET /chart?{urlencode({'root': str(self.root), **self.times()})}", {})


def _request(target: str, fields: dict[str, str | int]) -> bytes:
    lines = [f"{target} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
