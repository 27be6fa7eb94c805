"""From what a client sent to a command of the registry (命令输入)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec
import strawberry

from graphql_api.access import Right, Viewer
from graphql_api.mutations.catalog import MUTATIONS
from graphql_api.mutations.inputs import Annotation, EventInput, described, given, input_of, misfit, to_struct
from graphql_api.problems import invalid
from registry.authority import Authority
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.events import Event
from registry.nouns import EVENTS

_EVENT_OF = {event.topic: event for event in EVENTS}


class Sender(NamedTuple):
    """Who sends a command, and what they may do: what a command says of its sender (发送者)."""

    actor: str
    may_grant: bool
    within: Authority | None

    @classmethod
    def of(cls, viewer: Viewer, right: Right, today: date) -> Sender:
        """Return ``viewer`` as a sender of commands by ``right``: to record them, or only to suppose them."""
        return cls(viewer.name, viewer.everywhere(Right.GRANT), authority_of(viewer, right, today))


def authority_of(viewer: Viewer, right: Right, today: date) -> Authority | None:
    """Return where ``viewer`` has ``right``; None for everywhere."""
    if viewer.everywhere(right):
        return None
    return Authority(
        roots=viewer.roots(right),
        today=today,
        people=_roots_of(viewer, Right.RECORD, Right.PERSON),
        restricted=_roots_of(viewer, Right.RESTRICTED),
    )


def _roots_of(viewer: Viewer, *rights: Right) -> frozenset[UUID] | None:
    """Return the roots of the subtrees where ``viewer`` has all of ``rights``; None for everywhere."""
    held = [viewer.roots(right) for right in rights if not viewer.everywhere(right)]
    return frozenset.intersection(*held) if held else None


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


def command_of(choice: object, sender: Sender) -> Command:
    """Return the one command of a ``CommandInput``, sent by ``sender``."""
    ((name, value),) = (
        (name, value) for name in MUTATIONS if (value := getattr(choice, name)) is not strawberry.UNSET
    )
    return command_from(value, MUTATIONS[name], sender)


def command_from(value: object, command: type[Command], sender: Sender) -> Command:
    """Return ``command`` filled from its input, sent by ``sender``; raises GraphQLError for a misfit."""
    if command is AmendEvent:
        return _amendment(value, sender)
    made: Command = to_struct(value, command, actor=sender.actor)
    return _sent_by(made, sender)


def _sent_by(command: Command, sender: Sender) -> Command:
    """Return ``command`` with what its sender may do, in which clients have no say."""
    return msgspec.structs.replace(command, may_grant=sender.may_grant, within=sender.within)


def _amendment(value: object, sender: Sender) -> Command:
    """Return an amendment, whose replacement is of whichever class its topic says."""
    said = given(value)
    replacement = _event(said.pop("replacement"))
    try:
        # The decoder takes a replacement of the base class only, so it gets one to hold the place.
        holding = {"effective_on": replacement.effective_on}
        made = msgspec.convert({**said, "actor": sender.actor, "replacement": holding}, AmendEvent)
    except msgspec.ValidationError as error:
        raise misfit(error) from error
    return _sent_by(msgspec.structs.replace(made, replacement=replacement), sender)


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
