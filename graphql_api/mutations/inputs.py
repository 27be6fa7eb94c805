"""Input types derived from the registry's structs, and back (输入类型).

A command is declared once, in the registry. Its input has the same fields, less the actor, which is whoever
sends it. What may be left out and what may be null are two things: a field is nullable if the struct's is,
and one that is left out is not handed on, so that the struct's own default holds. Where the struct has a
default that is not null, the schema shows it.
"""

from __future__ import annotations

import types
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import strawberry
from graphql import GraphQLError
from msgspec import NODEFAULT, UNSET, Struct, UnsetType
from msgspec.structs import FieldInfo
from strawberry.scalars import JSON

from graphql_api.mutations.descriptions import DESCRIPTIONS, INPUTS
from graphql_api.planner.declare import Field
from graphql_api.problems import invalid
from graphql_api.types.enums import ENUMS
from graphql_api.types.scalars import Position
from graphql_api.words import camel_case
from registry.events import Event
from registry.organization.commands import Place
from registry.reorganization.events import Superior

Annotation: TypeAlias = Any
"""What an annotation evaluates to: a type, or one of typing's constructs."""

_ENUMS = {definition.wrapped_cls for definition in ENUMS}
"""Enumerations must be known to Strawberry under their names before an input mentions them."""

_SAME: dict[type[Struct], type[Struct]] = {Superior: Place}
"""Structs of the registry that say the same thing share an input."""


@strawberry.input(description="An event as it should have read. 更正后的事件内容。")
class EventInput:
    """The topic of the event to amend, and all of its content."""

    topic: str = strawberry.field(description="The topic of the event that is amended. 事件类型。")
    data: JSON = strawberry.field(
        description="All of its content, in the form of AuditEvent.data. 事件内容。"
    )


@strawberry.input(description="An identifier: its scheme and its value. 标识。")
class IdentifierInput:
    """What the registry keeps as a pair."""

    scheme: str = strawberry.field(description=DESCRIPTIONS["scheme"])
    value: str = strawberry.field(description=DESCRIPTIONS["value"])


_SET_HERE = frozenset({"actor", "may_grant", "within"})
"""What a command says of its sender: clients have no say in it."""


def input_of(struct: type[Struct]) -> Annotation:
    """Return the Strawberry input with the fields of ``struct``."""
    return _input_of(_SAME.get(struct, struct))


@cache
def _input_of(struct: type[Struct]) -> Annotation:
    hints = get_type_hints(struct)
    fields = [info for info in msgspec.structs.fields(struct) if info.name not in _SET_HERE]
    # A dataclass wants its fields without a default first.
    fields.sort(key=lambda info: not _must_be_given(hints[info.name], info))
    name = f"{struct.__name__}Input"
    content = {
        "__module__": __name__,
        "__annotations__": {info.name: _annotation(hints[info.name], info) for info in fields},
        **{info.name: _declared(struct, hints[info.name], info) for info in fields},
    }
    return strawberry.input(type(name, (), content), name=name, description=described(struct))


def described(struct: type[Struct]) -> str:
    """Return what the schema says of a struct: by default the first sentence of its docstring."""
    return INPUTS.get(struct.__name__) or (struct.__doc__ or "").split("\n", 1)[0].replace("``", "`")


def _may_be_null(hint: Annotation, info: FieldInfo) -> bool:
    return info.default is UNSET or type(None) in get_args(hint)


def _must_be_given(hint: Annotation, info: FieldInfo) -> bool:
    return info.required and not _may_be_null(hint, info)


def _declared(struct: type[Struct], hint: Annotation, info: FieldInfo) -> Field:
    """Return the declaration of a field: its description, and the default that the schema shows."""
    description = DESCRIPTIONS.get(f"{struct.__name__}.{info.name}") or DESCRIPTIONS[info.name]
    if _may_be_null(hint, info):
        return strawberry.field(description=description, default=strawberry.UNSET)
    if info.required:
        return strawberry.field(description=description)
    if isinstance(info.default, Struct):
        return strawberry.field(description=description, default_factory=_type(hint))
    if info.default == () or info.default is NODEFAULT:
        return strawberry.field(description=description, default_factory=list)
    return strawberry.field(description=description, default=info.default)


def _annotation(hint: Annotation, info: FieldInfo) -> Annotation:
    kind = Position if (info.name, hint) == ("position", int) else _type(hint)
    return kind | None if _may_be_null(hint, info) else kind


def _type(hint: Annotation) -> Annotation:
    """Return the GraphQL type of a type of the registry, without saying whether it may be null."""
    origin: object = get_origin(hint)
    if origin in {Union, types.UnionType}:
        (inner,) = (arg for arg in get_args(hint) if arg not in {type(None), UnsetType})
        return _type(inner)
    if origin is tuple:
        first, *rest = get_args(hint)
        return list[_type(first)] if rest == [Ellipsis] else IdentifierInput  # type: ignore[misc]  # made at run time
    if hint is UUID:
        return strawberry.ID
    if hint is Event:
        return EventInput
    if isinstance(hint, type) and issubclass(hint, Struct):
        return input_of(hint)
    assert not (isinstance(hint, type) and issubclass(hint, Enum)) or hint in _ENUMS, hint
    return hint


def to_struct(value: object, struct: type[Struct], **more: object) -> Any:  # noqa: ANN401 - whatever ``struct`` is
    """Return ``struct`` filled from an input; raises GraphQLError with the place of what does not fit."""
    try:
        return msgspec.convert({**given(value), **more}, struct)
    except msgspec.ValidationError as error:
        raise misfit(error) from error


def misfit(error: msgspec.ValidationError, field: str = "input") -> GraphQLError:
    """Return what to tell of content that does not fit, with its place by the names of the schema."""
    problem, _, place = str(error).partition(" - at `$.")
    if place:
        field = camel_case(place.rstrip("`"))
    return invalid(field, problem, f"格式有误（{problem}）")


def given(value: object) -> dict[str, Any]:
    """Return what an input says by the registry's names, without what was left out."""
    definition: Any = getattr(type(value), "__strawberry_definition__")  # noqa: B009 - the attribute is untyped
    named = ((field.python_name, getattr(value, field.python_name)) for field in definition.fields)
    return {name: _plain(item) for name, item in named if item is not strawberry.UNSET}


def _plain(value: object) -> object:
    """Return a part of an input as the registry's decoder knows it."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, IdentifierInput):
        return (value.scheme, value.value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, EventInput) or not hasattr(type(value), "__strawberry_definition__"):
        return value
    return given(value)
