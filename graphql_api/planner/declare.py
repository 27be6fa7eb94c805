"""How a field of the schema says what it maps to (字段映射声明).

A field carries a declaration in its metadata: an expression over its row, or a join to the rows of another type. In
their text ``{t}`` stands for the row of the object itself, ``{j}`` for the joined row, ``{as_of}`` for the date of the
answer; the compiler fills them in. A declaration never contains anything that came with a request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry
from msgspec import Struct

if TYPE_CHECKING:
    from graphql_api.planner.compiler import Compiler, Scope
    from graphql_api.planner.selection import Selected

PLAN = "plan"
RIGHT = "right"


class Right(StrEnum):
    """What a caller must be allowed to, to ask for a field (权限)."""

    CHART = "CHART"  # the public chart: organizations, functions, documents
    RECORD = "RECORD"  # everything the staff sees: history, differences, plans of reorganizations
    AUDIT = "AUDIT"  # the log itself
    WRITE = "WRITE"  # commands


class Column(Struct, frozen=True):
    """A value worked out from the row, such as ``{t}.name``."""

    expression: str


class Join(Struct, frozen=True):
    """The rows of ``table`` that satisfy ``on``, as objects; the first one if ``many`` is false.

    ``filters`` add a condition when an argument of that name is given: ``{value}`` stands for it, cast to the type
    beside it. ``every_belief`` joins superseded beliefs as well when the argument ``beliefs`` is true.
    """

    table: str
    on: str
    many: bool = True
    order: str = ""
    filters: Mapping[str, tuple[str, str]] = {}
    history: bool = False


class Planned(Struct, frozen=True):
    """A field with a compiler of its own: returns a JSON expression."""

    compile: Callable[[Compiler, Selected, Scope], str]


class Resolved(Struct, frozen=True):
    """The field has a resolver of its own: it asks something else than the projections."""


Declaration: TypeAlias = Column | Join | Planned | Resolved


def column(expression: str | None = None, *, right: Right = Right.CHART, description: str | None = None) -> Any:
    """Declare a field that shows a value of the row; without an expression, the column of the field's name."""
    metadata = {PLAN: None if expression is None else Column(expression), RIGHT: right}
    return strawberry.field(metadata=metadata, description=description)


def joined(join: Join, *, right: Right = Right.CHART, description: str | None = None) -> Any:
    """Declare a field that shows joined rows."""
    return strawberry.field(metadata={PLAN: join, RIGHT: right}, description=description)


def planned(
    compile_field: Callable[[Compiler, Selected, Scope], str],
    *,
    right: Right = Right.CHART,
    description: str | None = None,
) -> Any:
    """Return the decorator of a field that is compiled by ``compile_field``."""
    return strawberry.field(metadata={PLAN: Planned(compile_field), RIGHT: right}, description=description)


def resolved(*, right: Right, description: str | None = None) -> Any:
    """Return the decorator of a field that has a resolver; the resolver checks the right itself."""
    return strawberry.field(metadata={PLAN: Resolved(), RIGHT: right}, description=description)
