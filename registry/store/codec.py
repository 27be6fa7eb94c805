"""Events to bytes and back, under explicit topics, with upcasting (编解码).

This is the ``Mapper`` of the ``eventsourcing`` library over frozen msgspec structs. The body of an event is
canonical JSON: fields in the order of their declaration, defaults left out. Topics are registered with the
library and never derived from module paths. An event class whose shape changed has ``class_version`` above 1
and static methods ``upcast_vN_vN+1(state: dict) -> None``; the version stands in the body, and is absent for
version 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from eventsourcing.utils import register_topic

from registry.correction.events import Amended
from registry.events import Event

_ENVELOPE = "personal"
_VERSION = "class_version"


class Placed(Protocol):
    """An event with its place in a stream."""

    @property
    def originator_id(self) -> UUID:
        """The stream."""
        ...

    @property
    def originator_version(self) -> int:
        """The place in the stream, from 1."""
        ...

    @property
    def event(self) -> Event:
        """The event itself."""
        ...


class StreamEvent(NamedTuple):
    """An event with its place in a stream, as the mapper reads it back."""

    originator_id: UUID
    originator_version: int
    event: Event


class EventMapper(Mapper[UUID]):
    """Maps events to stored events and back."""

    def __init__(self, events: tuple[type[Event], ...]) -> None:
        """Know ``events``, each by its topic; raises ValueError for a topic given twice or not at all."""
        self._encode = msgspec.json.Encoder().encode
        self._classes: dict[str, type[Event]] = {}
        self._decoders: dict[str, Callable[[bytes], Event]] = {}
        for event in events:
            if not event.topic or event.topic in self._classes:
                message = f"{event.__name__} needs a topic of its own, not {event.topic!r}"
                raise ValueError(message)
            self._classes[event.topic] = event
            self._decoders[event.topic] = self._decoder(event)
            register_topic(event.topic, event)

    def encode(self, event: Event) -> bytes:
        """Return the canonical body of ``event``."""
        if isinstance(event, Amended):
            return self._encode(self._amendment(event))
        kind = type(event)
        if kind.class_version == 1 and not kind.personal:
            return self._encode(event)
        state = msgspec.to_builtins(event)
        if kind.personal:
            state[_ENVELOPE] = {name: state.pop(name) for name in tuple(state) if name in kind.personal}
        if kind.class_version > 1:
            state = {_VERSION: kind.class_version, **state}
        return self._encode(state)

    def decode(self, topic: str, body: bytes) -> Event:
        """Return the event in its newest shape; raises MapperDeserialisationError."""
        decoder = self._decoders.get(topic)
        if decoder is None:
            message = f"unknown topic {topic!r}: this program is older than the log"
            raise MapperDeserialisationError(message)
        try:
            return decoder(body)
        except (msgspec.MsgspecError, AttributeError, LookupError, TypeError, ValueError) as error:
            message = f"body of {topic!r} cannot be read: {error}"
            raise MapperDeserialisationError(message) from error

    def to_stored_event(self, domain_event: Placed) -> StoredEvent:  # type: ignore[override]  # ours carry the event
        """Return the stored event of an event with its place in a stream."""
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=domain_event.event.topic,
            state=self.encode(domain_event.event),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> StreamEvent:
        """Return the event of a stored event; raises MapperDeserialisationError."""
        identity = stored_event.originator_id
        stream = identity if isinstance(identity, UUID) else UUID(identity)
        event = self.decode(stored_event.topic, stored_event.state)
        return StreamEvent(stream, stored_event.originator_version, event)

    def _decoder(self, event: type[Event]) -> Callable[[bytes], Event]:
        if event is Amended:
            return self._decode_amendment
        if event.class_version == 1 and not event.personal:
            return msgspec.json.Decoder(event).decode

        def decode(body: bytes) -> Event:
            return msgspec.convert(_upcast(event, _opened(event, msgspec.json.decode(body))), event)

        return decode

    def _amendment(self, event: Amended) -> _Amendment:
        """Return an amendment as it is written."""
        return _Amendment(
            **{name: getattr(event, name) for name in Event.__struct_fields__},
            corrects=event.corrects,
            replacement_topic=event.replacement.topic,
            replacement=msgspec.Raw(self.encode(event.replacement)),
        )

    def _decode_amendment(self, body: bytes) -> Amended:
        written = _AMENDMENT.decode(body)
        return Amended(
            **{name: getattr(written, name) for name in Event.__struct_fields__},
            corrects=written.corrects,
            replacement=self.decode(written.replacement_topic, bytes(written.replacement)),
        )


class _Amendment(Event, frozen=True, kw_only=True):
    """An amendment as it is written: the replacement under its topic, in a body of its own."""

    corrects: int
    replacement_topic: str = msgspec.field(name="topic")
    replacement: msgspec.Raw


_AMENDMENT = msgspec.json.Decoder(_Amendment)


def _opened(event: type[Event], state: dict[str, Any]) -> dict[str, Any]:
    """Return ``state`` with what its envelope holds; raises ValueError for a field on the wrong side."""
    if not event.personal:
        return state
    envelope = state.pop(_ENVELOPE)
    if not envelope.keys() <= event.personal or state.keys() & event.personal:
        message = "personal data outside of the envelope, or other data inside"
        raise ValueError(message)
    return {**state, **envelope}


def _upcast(event: type[Event], state: dict[str, Any]) -> dict[str, Any]:
    """Bring ``state`` from its version to the newest one; raises ValueError for an unknown version."""
    written = state.pop(_VERSION, 1)
    if type(written) is not int or not 1 <= written <= event.class_version:
        message = (
            f"version {written!r} is none of 1 to {event.class_version}: this program is older than the log"
        )
        raise ValueError(message)
    for version in range(written, event.class_version):
        getattr(event, f"upcast_v{version}_v{version + 1}")(state)
    return state
