"""The rights to imports: a file is for whoever may write everywhere."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.WRITE: frozenset(["FileRefused", "ImportFault", "ImportOutcome"]),
}

FIELDS: dict[str, Right] = {}
"""Fields of other types, and those with another right than their type's."""
