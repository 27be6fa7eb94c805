"""Events to bytes and back, under explicit topics, with upcasting (编解码).

This is the ``Mapper`` of the ``eventsourcing`` library over frozen msgspec structs. The body of an event is
canonical JSON: fields in the order of their declaration, defaults left out. Topics are registered with the
library and never derived from module paths. An event class whose shape changed has ``class_version`` above 1
and static methods ``upcast_vN_vN+1(state: dict) -> None``; the version stands in the body, and is absent for
version 1.

Personal data stands in an envelope of its own, which the log holds sealed (``registry.store.sealing``). The
mapper without a seal writes and reads it in clear: that is the canonical body, which golden files pin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeAlias
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, MapperDeserialisationError, StoredEvent
from eventsourcing.utils import register_topic

from registry.correction.events import Amended, Retracted
from registry.events import Event
from registry.store.master import Master

_ENVELOPE = "personal"
_VERSION = "class_version"
_CORRECTIONS = (Amended, Retracted)
_SAID_OF_A_PERSON = frozenset({"reason"})
"""What corrections of streams that are of a person say of that person."""


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """Personal data ``of`` one person as the log holds it; nothing in it where none could be sealed."""

    of: UUID
    sealed: bytes


Seal: TypeAlias = Callable[[Event, bytes], Envelope]
"""Seals the data of an event; given for every stream that is of a person."""

Unseal: TypeAlias = Callable[[str, Envelope], "bytes | None"]
"""Opens the envelope of an event of a topic; None when the person was erased."""


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

    def __init__(self, events: tuple[type[Event], ...], master: Master | None = None) -> None:
        """Know ``events``, each by its topic; raises ValueError for a topic given twice or not at all.

        Without a ``master`` key no log with personal data can be read or written.
        """
        self.master = master
        self._encode = msgspec.json.Encoder().encode
        self._classes: dict[str, type[Event]] = {}
        self._decoders: dict[str, Callable[[bytes, Unseal | None], Event]] = {}
        for event in events:
            if not event.topic or event.topic in self._classes:
                message = f"{event.__name__} needs a topic of its own, not {event.topic!r}"
                raise ValueError(message)
            self._classes[event.topic] = event
            self._decoders[event.topic] = self._decoder(event)
            register_topic(event.topic, event)

    def encode(self, event: Event, seal: Seal | None = None) -> bytes:
        """Return the body of ``event``: canonical and in clear, or with its envelope as ``seal`` gives it."""
        if isinstance(event, Amended):
            return self._encode(self._amendment(event, seal))
        kind = type(event)
        personal = self._personal(kind, seal)
        if kind.class_version == 1 and not personal:
            return self._encode(event)
        state = msgspec.to_builtins(event)
        if personal:
            envelope = {name: state.pop(name) for name in tuple(state) if name in personal}
            state[_ENVELOPE] = envelope if seal is None else seal(event, self._encode(envelope))
        if kind.class_version > 1:
            state = {_VERSION: kind.class_version, **state}
        return self._encode(state)

    def decode(self, topic: str, body: bytes, unseal: Unseal | None = None) -> Event:
        """Return the event in its newest shape; raises MapperDeserialisationError.

        What was erased is blank. A sealed body cannot be read without ``unseal``.
        """
        decoder = self._decoders.get(topic)
        if decoder is None:
            message = f"unknown topic {topic!r}: this program is older than the log"
            raise MapperDeserialisationError(message)
        try:
            return decoder(body, unseal)
        except (msgspec.MsgspecError, AttributeError, LookupError, TypeError, ValueError) as error:
            message = f"body of {topic!r} cannot be read: {error}"
            raise MapperDeserialisationError(message) from error

    def subjects(self, topic: str, body: bytes) -> set[UUID]:
        """Return whose keys it takes to read a body."""
        kind = self._classes.get(topic)
        if kind is None or not (kind.personal or kind in _CORRECTIONS):
            return set()
        sealed = _SEALED.decode(body)
        outer = () if sealed.personal is None else (sealed.personal.of,)
        inner = sealed.replacement and sealed.replacement.personal
        return {of for of in (*outer, inner and inner.of) if of is not None}

    @staticmethod
    def _personal(kind: type[Event], seal: Seal | None) -> frozenset[str]:
        """Return the fields of the envelope; corrections have one where the stream is of a person."""
        return _SAID_OF_A_PERSON if seal is not None and kind in _CORRECTIONS else kind.personal

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

    def _decoder(self, event: type[Event]) -> Callable[[bytes, Unseal | None], Event]:
        if event is Amended:
            return self._decode_amendment
        if event.class_version == 1 and not event.personal and event is not Retracted:
            plain = msgspec.json.Decoder(event).decode
            return lambda body, _: plain(body)

        def decode(body: bytes, unseal: Unseal | None) -> Event:
            state = _opened(event, msgspec.json.decode(body), unseal)
            return msgspec.convert(_upcast(event, state), event)

        return decode

    def _amendment(self, event: Amended, seal: Seal | None) -> _Amendment:
        """Return an amendment as it is written."""
        said = {name: getattr(event, name) for name in Event.__struct_fields__}
        envelope: Envelope | None = None
        if seal is not None:
            reason = said.pop("reason")
            content = self._encode({} if reason is None else {"reason": reason})
            envelope = seal(event, content)
        return _Amendment(
            **said,
            corrects=event.corrects,
            replacement_topic=event.replacement.topic,
            replacement=msgspec.Raw(self.encode(event.replacement, seal)),
            envelope=envelope,
        )

    def _decode_amendment(self, body: bytes, unseal: Unseal | None) -> Amended:
        written = _AMENDMENT.decode(body)
        said = {name: getattr(written, name) for name in Event.__struct_fields__}
        if written.envelope is not None:
            said.update(_content(Amended, written.envelope, unseal))
        return Amended(
            **said,
            corrects=written.corrects,
            replacement=self.decode(written.replacement_topic, bytes(written.replacement), unseal),
        )


class _Amendment(Event, frozen=True, kw_only=True):
    """An amendment as it is written: the replacement under its topic, in a body of its own."""

    corrects: int
    replacement_topic: str = msgspec.field(name="topic")
    replacement: msgspec.Raw
    envelope: Envelope | None = msgspec.field(name=_ENVELOPE, default=None)


class _Of(msgspec.Struct):
    of: UUID | None = None


class _Sealed(msgspec.Struct):
    personal: _Of | None = None
    replacement: _Sealed | None = None


_AMENDMENT = msgspec.json.Decoder(_Amendment)
_SEALED = msgspec.json.Decoder(_Sealed)


def _opened(event: type[Event], state: dict[str, Any], unseal: Unseal | None) -> dict[str, Any]:
    """Return ``state`` with what its envelope holds; raises ValueError for a field on the wrong side."""
    if event is Retracted and _ENVELOPE not in state:
        return state
    personal = event.personal or (_SAID_OF_A_PERSON if event is Retracted else event.personal)
    if not personal:
        return state
    envelope = state.pop(_ENVELOPE)
    if "sealed" in envelope:
        envelope = _content(event, msgspec.convert(envelope, Envelope), unseal)
    if not envelope.keys() <= personal or state.keys() & personal:
        message = "personal data outside of the envelope, or other data inside"
        raise ValueError(message)
    return {**state, **envelope}


def _content(event: type[Event], envelope: Envelope, unseal: Unseal | None) -> dict[str, Any]:
    """Return what a sealed envelope holds; blank values for what was erased."""
    if unseal is None:
        message = "it is sealed, and there are no keys at hand"
        raise ValueError(message)
    content = unseal(event.topic, envelope)
    if content is None:
        return dict(event.blank)
    opened: dict[str, Any] = msgspec.json.decode(content)
    return opened


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
