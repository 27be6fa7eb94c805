"""How a field of the schema says what it maps to (字段映射声明).

A field carries a declaration in its metadata: an expression over its row, or a join to the rows of another
type. In their text ``{t}`` stands for the row of the object itself, ``{j}`` for the joined row, ``{as_of}``
for the date of the answer; the compiler fills them in. A declaration never contains anything that came with
a request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry
from graphql import GraphQLField
from msgspec import Struct

from graphql_api.access import Right

if TYPE_CHECKING:
    from graphql_api.planner.compiler import Compiler, Scope
    from graphql_api.planner.selection import Selected

PLAN = "plan"
RIGHT = "right"
BESIDES = "besides"
"""Where the metadata of a command holds the right that its sender must have wherever they may send it."""


class Column(Struct, frozen=True):
    """A value worked out from the row, such as ``{t}.name``.

    ``arguments`` are those of the field that are never null, with their SQL types: in the text they stand in
    braces by their names.
    """

    expression: str
    arguments: Mapping[str, str] = {}


class Join(Struct, frozen=True):
    """The rows of ``table`` that satisfy ``on``, as objects; the first one if ``many`` is false.

    ``filters`` add a condition over both rows when an argument of that name is given: ``{value}`` stands for
    it, cast to the type beside it. With ``history``, superseded beliefs are joined as well when the argument
    ``beliefs`` is true.
    """

    table: str
    on: str
    many: bool = True
    order: str = ""
    filters: Mapping[str, tuple[str, str]] = {}
    history: bool = False


def referred(table: str, column: str) -> Join:
    """Return the join to the row of ``table``, on the date of the answer, whose id stands in ``column``.

    What is known by its id is looked up by that alone, here and in all declarations: ``IS TRUE`` keeps the
    database from the index over ids and periods, which takes three times as long for the few rows of one id,
    and from plans that hang on the date.
    """
    return Join(table, f"{{j}}.id = {{t}}.{column} AND ({{j}}.valid @> {{as_of}}) IS TRUE", many=False)


class Planned(Struct, frozen=True):
    """A field with a compiler of its own: returns a JSON expression."""

    compile: Callable[[Compiler, Selected, Scope], str]


class Worked(Struct, frozen=True):
    """A field with a compiler of its own that needs the row of its object: returns a JSON expression.

    ``by_row`` says that it shows nothing but that row, and so needs its right where the row belongs, and not
    everywhere.
    """

    compile: Callable[[Compiler, Selected, str, Scope], str]
    by_row: bool = False


class Resolved(Struct, frozen=True):
    """The field has a resolver of its own: it asks something else than the projections."""


Declaration: TypeAlias = Column | Join | Planned | Worked | Resolved

Method: TypeAlias = Callable[..., object]
Field: TypeAlias = Any
"""What Strawberry makes of an attribute or a method; a dataclass field has the type of its annotation."""


def metadata_of(field: GraphQLField) -> dict[Any, Any]:
    """Return what a field of the schema was declared with; nothing for the fields of introspection."""
    definition = field.extensions.get("strawberry-definition")
    metadata: dict[Any, Any] = {} if definition is None else definition.metadata
    return metadata


def column(
    expression: str | None = None,
    *,
    right: Right = Right.CHART,
    description: str | None = None,
    name: str | None = None,
) -> Field:
    """Declare a field that shows a value of the row, by default of the column that has the field's name."""
    plan = None if expression is None else Column(expression)
    return strawberry.field(name=name, metadata={PLAN: plan, RIGHT: right}, description=description)


def joined(join: Join, *, right: Right = Right.CHART, description: str | None = None) -> Field:
    """Declare a field that shows joined rows."""
    return strawberry.field(metadata={PLAN: join, RIGHT: right}, description=description)


def worked(
    compile_field: Callable[[Compiler, Selected, str, Scope], str],
    *,
    right: Right = Right.CHART,
    description: str | None = None,
    by_row: bool = False,
) -> Field:
    """Declare a field without arguments that has a compiler of its own over the row."""
    plan = Worked(compile_field, by_row)
    return strawberry.field(metadata={PLAN: plan, RIGHT: right}, description=description)


def shown(*, right: Right, description: str | None = None, name: str | None = None) -> Field:
    """Declare a field that shows an attribute of what a resolver returned."""
    return strawberry.field(name=name, metadata={RIGHT: right}, description=description)


def planned(
    plan: Join | Column | Worked | Callable[[Compiler, Selected, Scope], str],
    *,
    right: Right = Right.CHART,
    description: str,
) -> Callable[[Method], Field]:
    """Return the decorator of a field with arguments that is compiled as ``plan`` says.

    Strawberry reads the arguments from the method's signature. The method itself is never called: the
    schema replaces its resolver by a look-up in what the statement gave.
    """
    declaration = plan if isinstance(plan, Join | Column | Worked) else Planned(plan)
    decorator: Callable[[Method], Field] = strawberry.field(
        metadata={PLAN: declaration, RIGHT: right}, description=description
    )
    return decorator


def looked_up(*, right: Right = Right.CHART, description: str) -> Callable[[Method], Field]:
    """Return the decorator of a field with arguments below a resolved one that works out its value, too.

    The value stands in the row under the field's key.
    """
    decorator: Callable[[Method], Field] = strawberry.field(
        metadata={PLAN: None, RIGHT: right}, description=description
    )
    return decorator


def subscribed(*, right: Right, description: str) -> Callable[[Method], Field]:
    """Return the decorator of a subscription; it checks the right itself."""
    decorator: Callable[[Method], Field] = strawberry.subscription(
        metadata={PLAN: Resolved(), RIGHT: right}, description=description
    )
    return decorator


def resolved(
    *, right: Right, besides: Right | None = None, description: str | None = None
) -> Callable[[Method], Field]:
    """Return the decorator of a field that has a resolver, which checks the right itself.

    It may need another right ``besides``, wherever it needs the first.
    """
    decorator: Callable[[Method], Field] = strawberry.field(
        metadata={PLAN: Resolved(), RIGHT: right, BESIDES: besides}, description=description
    )
    return decorator
