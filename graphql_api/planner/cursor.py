"""Cursors of lists (游标): the order they belong to, and the sort key and tie of the row they stand at."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from graphql import FieldNode

from graphql_api.planner.given import is_given, later
from graphql_api.problems import invalid

_LARGEST = 2**63
_LARGEST_INTEGER = 2**31


def _integer(text: str) -> int:
    number = int(text)
    if not -_LARGEST_INTEGER <= number < _LARGEST_INTEGER:
        raise ValueError(text)
    return number


def _position(text: str) -> int:
    position = int(text)
    if not 0 <= position < _LARGEST:
        raise ValueError(text)
    return position


_READ: dict[str, Callable[[str], object]] = {
    "text": str,
    "date": date.fromisoformat,
    "bigint": _position,
    "integer": _integer,
    "uuid": UUID,
}
"""How the values of each SQL type that lists are sorted by are read back."""


def decoded(
    cursor: str, order: str, sql_types: tuple[str, str], nodes: Sequence[FieldNode]
) -> tuple[object, object]:
    """Return the key and the tie of a cursor; raises GraphQLError when it is none of a list in ``order``."""
    try:
        of_order, *values = msgspec.json.decode(base64.b64decode(cursor, validate=True), type=list[str])
        key, tie = (_READ[kind](value) for kind, value in zip(sql_types, values, strict=True))
    except (binascii.Error, msgspec.DecodeError, ValueError):
        of_order, key, tie = "", None, None
    if of_order != order:
        raise invalid("after", "it is no cursor of this list", "不是本列表的游标", nodes)
    return key, tie


def place_of(
    cursor: Any,  # noqa: ANN401 - a text, or what stands for one
    order: str,
    sql_types: tuple[str, str],
    nodes: Sequence[FieldNode],
) -> tuple[object, object]:
    """Return the key and the tie of a cursor, or what stands for them; raises GraphQLError."""
    if not is_given(cursor):
        return decoded(cursor, order, sql_types, nodes)

    def part(number: int) -> Callable[[str], object]:
        return lambda text: decoded(text, order, sql_types, nodes)[number]

    return later(cursor, part(0)), later(cursor, part(1))
