"""From what a client sent to a command of the registry (命令输入)."""

from __future__ import annotations

import msgspec
import strawberry

from graphql_api.access import Right, Viewer
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.mutations.inputs import Annotation, EventInput, described, given, input_of, misfit, to_struct
from graphql_api.problems import invalid
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.events import Event
from registry.nouns import EVENTS

_EVENT_OF = {event.topic: event for event in EVENTS}


CommandInput: Annotation = strawberry.input(
    type(
        "CommandInput",
        (),
        {
            "__module__": __name__,
            "__annotations__": {name: input_of(command) | None for name, command in MUTATIONS.items()},
            **{
                name: strawberry.field(default=strawberry.UNSET, description=described(command))
                for name, command in MUTATIONS.items()
            },
        },
    ),
    name="CommandInput",
    one_of=True,
    description="Exactly one command. 一条命令。",
)


def command_of(choice: object, viewer: Viewer) -> Command:
    """Return the one command of a ``CommandInput``, sent by ``viewer``."""
    ((name, value),) = (
        (name, value) for name in MUTATIONS if (value := getattr(choice, name)) is not strawberry.UNSET
    )
    return command_from(value, MUTATIONS[name], viewer)


def command_from(value: object, command: type[Command], viewer: Viewer) -> Command:
    """Return ``command`` filled from its input, sent by ``viewer``; raises GraphQLError for a misfit."""
    if command is AmendEvent:
        return _amendment(value, viewer)
    made: Command = to_struct(value, command, **_sender(viewer))
    return made


def _sender(viewer: Viewer) -> dict[str, object]:
    """Return what a command says of its sender."""
    return {"actor": viewer.name, "may_grant": viewer.everywhere(Right.GRANT)}


def _amendment(value: object, viewer: Viewer) -> Command:
    """Return an amendment, whose replacement is of whichever class its topic says."""
    said = given(value)
    replacement = _event(said.pop("replacement"))
    try:
        # The decoder takes a replacement of the base class only, so it gets one to hold the place.
        holding = {"effective_on": replacement.effective_on}
        made = msgspec.convert({**said, **_sender(viewer), "replacement": holding}, AmendEvent)
    except msgspec.ValidationError as error:
        raise misfit(error) from error
    return msgspec.structs.replace(made, replacement=replacement)


def _event(value: EventInput) -> Event:
    kind = _EVENT_OF.get(value.topic)
    if kind is None:
        shown = repr(value.topic[:50])
        raise invalid("replacement.topic", f"there is no event {shown}", f"不存在事件类型 {shown}")
    try:
        return msgspec.convert(_opened(value.data, kind), kind)
    except msgspec.ValidationError as error:
        raise misfit(error, "replacement.data") from error


def _opened(data: object, kind: type[Event]) -> object:
    """Return the content of an event with what stands in its envelope; raises GraphQLError for a sealed one.

    What was read from the log may be sent back once its envelope says in clear what it should have said.
    """
    if not kind.personal or not isinstance(data, dict) or not isinstance(data.get("personal"), dict):
        return data
    envelope = data["personal"]
    if "sealed" in envelope:
        raise invalid(
            "replacement.data.personal",
            "a sealed envelope says nothing: put in clear what the event should have said",
            "密封的内容不能原样提交，请以明文填写更正后的内容",
        )
    return {name: said for name, said in data.items() if name != "personal"} | envelope
