"""What is asked, and how each contender takes it (问题)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

QUERIES = Path(__file__).parent / "queries"

OURS = "ours"
BARE = "bare endpoint"
STRAWBERRY = "Strawberry + DataLoader"
POSTGRAPHILE = "PostGraphile"


class Question(NamedTuple):
    """A query with its variables, on a day, today by default, as known at an instant, by default now.

    ``name`` is that of the case, ``query`` that of the GraphQL document, ``statement`` that of the statement
    by hand, ``subject`` the one variable that both need. ``peers`` are those who are asked it, too.
    """

    name: str
    query: str
    statement: str
    subject: tuple[str, str]
    peers: tuple[str, ...] = (BARE,)
    hierarchies: tuple[str, ...] = ()
    as_of: date | None = None
    known_at: datetime | None = None

    @property
    def is_past(self) -> bool:
        """Whether it is about other times than now."""
        return self.as_of is not None or self.known_at is not None

    def times(self) -> dict[str, str]:
        """Return the arguments that are given, as GraphQL and the bare endpoint both spell them."""
        given = {"asOf": self.as_of, "knownAt": self.known_at}
        return {name: value.isoformat() for name, value in given.items() if value is not None}

    def variables(self) -> dict[str, Any]:
        """Return the variables of the query."""
        name, value = self.subject
        hierarchies = {"hierarchies": list(self.hierarchies)} if self.hierarchies else {}
        return {name: value, **hierarchies, **self.times()}

    def to_graphql(self, path: str = "/graphql", token: str | None = None) -> bytes:
        """Return the HTTP request that asks a GraphQL server: the query with its variables."""
        text = (QUERIES / f"{self.query}.graphql").read_text(encoding="utf-8")
        fields = {} if token is None else {"Authorization": f"Bearer {token}"}
        return posted(path, {"query": text, "variables": self.variables()}, fields)

    def to_bare(self) -> bytes:
        """Return the HTTP request that asks the bare endpoint: a path with its parameters."""
        given = {"subject": self.subject[1], **self.times()}
        if self.hierarchies:
            given["hierarchies"] = ",".join(self.hierarchies)
        return _request(f"GET /{self.statement}?{urlencode(given)}", {})


def posted(path: str, content: object, fields: Mapping[str, str] | None = None) -> bytes:
    """Return the HTTP request that posts ``content`` as JSON."""
    body = json.dumps(content).encode()
    about: dict[str, str | int] = {
        "Content-Type": "application/json",
        "Content-Length": len(body),
        **(fields or {}),
    }
    return _request(f"POST {path}", about) + body


def _request(target: str, fields: Mapping[str, str | int]) -> bytes:
    lines = [f"{target} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
