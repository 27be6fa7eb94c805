"""Bodies of events as they would stand in clear, for whoever may read them (审计启封).

A body is not decoded into an event: it is shown as it was written, in the shape of its own time, with the
content of its envelopes in place of these. That is the canonical body, which a correction may repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from registry.store.codec import Envelope
from registry.store.connection import Connection
from registry.store.keyring import Keyring, Place
from registry.store.master import KeyCode, Master, MasterKeyError

_ENVELOPE, _REPLACEMENT, _TOPIC = "personal", "replacement", "topic"
_ERASED = {"erased": True}
_UNREADABLE = {"unreadable": True}


class SealedEvent(NamedTuple):
    """An event as the log holds it: its place, and its body."""

    place: Place
    body: bytes


class Opened(NamedTuple):
    """A body in clear, whose data it shows, and whether something in it could not be read (启封结果)."""

    body: bytes
    persons: frozenset[UUID]
    sound: bool


async def opened_bodies(
    connection: Connection, master: Master | None, events: Sequence[SealedEvent]
) -> list[Opened]:
    """Return the bodies of ``events`` in clear, with the keys that it takes fetched in one statement.

    Data of who was erased is ``{"erased": true}``. What does not open although it should, because the key is
    lost or the event was altered, is ``{"unreadable": true}``: one such event hides no other.
    """
    states: list[dict[str, Any]] = [msgspec.json.decode(event.body) for event in events]
    keys = Keyring(master)
    await keys.load(connection, {UUID(of) for state in states for of in _named(state)})
    return [_opened(keys, event, state) for event, state in zip(events, states, strict=True)]


def _named(state: dict[str, Any]) -> list[str]:
    """Return whose keys it takes."""
    parts = (state, state.get(_REPLACEMENT))
    return [
        part[_ENVELOPE]["of"] for part in parts if isinstance(part, dict) and "of" in part.get(_ENVELOPE, ())
    ]


def _opened(keys: Keyring, event: SealedEvent, state: dict[str, Any]) -> Opened:
    persons: set[UUID] = set()
    sound = _open(keys, event.place, state, persons)
    inner = state.get(_REPLACEMENT)
    if isinstance(inner, dict):
        # Sealed at the place of the amendment, under the topic of what it says instead.
        sound = _open(keys, event.place._replace(topic=state[_TOPIC]), inner, persons) and sound
    return Opened(msgspec.json.encode(state), frozenset(persons), sound)


def _open(keys: Keyring, place: Place, state: dict[str, Any], persons: set[UUID]) -> bool:
    """Put what an envelope holds in its place, and say whether that went well."""
    if "sealed" not in state.get(_ENVELOPE, ()):
        return True
    envelope = msgspec.convert(state[_ENVELOPE], Envelope)
    try:
        content = keys.open(envelope.of, place, envelope.sealed)
    except MasterKeyError as error:
        if error.code is not KeyCode.LOST:
            raise
        state[_ENVELOPE] = _UNREADABLE
        return False
    except ValueError:
        state[_ENVELOPE] = _UNREADABLE
        return False
    if content is None:
        state[_ENVELOPE] = _ERASED
        return True
    persons.add(envelope.of)
    state[_ENVELOPE] = msgspec.json.decode(content)
    return True
