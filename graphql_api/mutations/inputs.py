"""Input types derived from the registry's structs, and back (输入类型).

A command is declared once, in the registry. Its input has the same fields, less the actor, which is whoever sends it. A
field that may be unset in the command may be left out of the input, and is then different from null.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, field, make_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec
import strawberry
from graphql import GraphQLError
from msgspec import UNSET, Struct, UnsetType
from strawberry.scalars import JSON

from graphql_api.access import Viewer
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.types import scalars
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.events import Event
from registry.nouns import EVENTS
from registry.organization.commands import Place
from registry.reorganization.events import Superior

_EVENT_OF = {event.topic: event for event in EVENTS}

_ENUMS = {definition.wrapped_cls for definition in scalars.ENUMS}
"""Enumerations must be known to Strawberry under their names before an input mentions them."""

_SAME: dict[type[Struct], type[Struct]] = {Superior: Place}
"""Structs of the registry that say the same thing share an input."""


@strawberry.input(description="An event as it should have read. 更正后的事件内容。")
class EventInput:
    """The topic of the event to amend, and all of its content."""

    topic: str
    data: JSON


def input_of(struct: type[Struct]) -> Any:
    """Return the Strawberry input with the fields of ``struct``."""
    return _input_of(_SAME.get(struct, struct))


@cache
def _input_of(struct: type[Struct]) -> Any:
    hints = get_type_hints(struct)
    fields: list[tuple[str, Any, Any]] = []
    for info in msgspec.structs.fields(struct):
        if info.name == "actor":
            continue
        annotation, default = _field(hints[info.name], info)
        fields.append((info.name, annotation, default))
    # Dataclasses want fields without a default first.
    fields.sort(key=lambda item: item[2].default is not MISSING or item[2].default_factory is not MISSING)
    name = f"{struct.__name__}Input"
    made = make_dataclass(name, fields)
    made.__module__ = __name__
    return strawberry.input(made, name=name, description=(struct.__doc__ or "").split("\n", 1)[0])


def _field(hint: Any, info: Any) -> tuple[Any, Any]:
    """Return the annotation and dataclass field of a field of a struct."""
    annotation = _annotation(hint)
    if info.required:
        return annotation, field()
    if info.default is UNSET:
        return annotation | None, field(default=strawberry.UNSET)
    if info.default is None or info.default is msgspec.NODEFAULT or isinstance(info.default, Struct | tuple):
        return annotation | None, field(default=None)
    return annotation, field(default=info.default)


def _annotation(hint: Any) -> Any:
    """Return the GraphQL type of a type of the registry."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        kept = [arg for arg in get_args(hint) if arg not in (type(None), UnsetType)]
        (inner,) = kept
        return _annotation(inner) | None if type(None) in get_args(hint) else _annotation(inner)
    if origin is tuple:
        items = get_args(hint)
        if items[-1] is Ellipsis:
            return list[_annotation(items[0])]  # type: ignore[misc]  # made at run time
        return IdentifierInput
    if hint is UUID:
        return strawberry.ID
    if hint is Event:
        return EventInput
    if isinstance(hint, type) and issubclass(hint, Struct):
        return input_of(hint)
    assert not (isinstance(hint, type) and issubclass(hint, Enum)) or hint in _ENUMS, hint
    return hint


@strawberry.input(description="An identifier: its scheme and its value. 标识。")
class IdentifierInput:
    """What the registry keeps as a pair."""

    scheme: str
    value: str


def to_struct(value: Any, struct: type[Struct], **more: Any) -> Any:
    """Return ``struct`` filled from an input; raises GraphQLError with the place of what does not fit."""
    try:
        return msgspec.convert({**_plain(value), **more}, struct, strict=False, str_keys=True)
    except msgspec.ValidationError as error:
        raise GraphQLError(
            f"The input does not fit: {error}.",
            extensions={"code": "INVALID_INPUT", "messageZh": f"输入有误:{error}。"},
        ) from error


def _plain(value: Any) -> Any:
    """Return an input as dictionaries and lists, without what was left out; enumerations as their values."""
    if isinstance(value, EventInput):
        return _event(value)
    if isinstance(value, IdentifierInput):
        return [value.scheme, value.value]
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "__strawberry_definition__"):
        named = ((f.python_name, getattr(value, f.python_name)) for f in value.__strawberry_definition__.fields)
        return {name: _plain(item) for name, item in named if item is not strawberry.UNSET and not _is_default(value, name, item)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _is_default(value: Any, name: str, item: Any) -> bool:
    """Say whether a null only says that nothing was given for a field whose default is not null."""
    definition = next(f for f in value.__strawberry_definition__.fields if f.python_name == name)
    return item is None and definition.default is None


def _event(value: EventInput) -> Event:
    kind = _EVENT_OF.get(value.topic)
    if kind is None:
        raise GraphQLError(
            f"There is no event {value.topic!r}.",
            extensions={"code": "INVALID_INPUT", "messageZh": f"不存在事件类型 {value.topic!r}。"},
        )
    try:
        return msgspec.convert(value.data, kind)
    except msgspec.ValidationError as error:
        raise GraphQLError(
            f"The event does not fit {value.topic}: {error}.",
            extensions={"code": "INVALID_INPUT", "messageZh": f"事件内容不符合 {value.topic}:{error}。"},
        ) from error


def _command_fields() -> list[tuple[str, Any, Any]]:
    return [
        (name, input_of(command) | None, field(default=strawberry.UNSET)) for name, command in MUTATIONS.items()
    ]


CommandInput: Any = strawberry.input(
    make_dataclass("CommandInput", _command_fields(), namespace={"__module__": __name__}),
    name="CommandInput",
    one_of=True,
    description="Exactly one command. 一条命令。",
)


def command_of(given: Any, viewer: Viewer) -> Command:
    """Return the one command of a ``CommandInput``, sent by ``viewer``."""
    ((name, value),) = (
        (name, getattr(given, name)) for name in MUTATIONS if getattr(given, name) is not strawberry.UNSET
    )
    return command_from(value, MUTATIONS[name], viewer)


def command_from(value: Any, command: type[Command], viewer: Viewer) -> Command:
    """Return ``command`` filled from its input, sent by ``viewer``."""
    if command is AmendEvent:
        plain = _plain(value)
        replacement = plain.pop("replacement")
        # The replacement is already an event of its own class; only the rest needs converting.
        made = msgspec.convert(
            {**plain, "actor": viewer.name, "replacement": {"effective_on": replacement.effective_on}},
            AmendEvent,
            strict=False,
        )
        return msgspec.structs.replace(made, replacement=replacement)
    result: Command = to_struct(value, command, actor=viewer.name)
    return result
