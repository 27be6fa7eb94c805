"""Bodies of events with personal data exactly as the log stores them, under fixed keys and nonces."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from registry.correction.events import Amended, Retracted
from registry.events import Event, Recorded
from registry.person.events import PersonRegistered
from registry.store.keyring import Keyring, Place
from registry.store.sealing import sealed_body
from registry.subjects import named_in
from tests.support.sealing import MAPPER, MASTER

GOLDEN = Path(__file__).parents[1] / "golden" / "sealed"
STREAM, SUBJECT = UUID(int=0x57), UUID(int=0x5B)
VERSION = 3


def sealed_topics(examples: dict[type[Event], list[Event]]) -> dict[str, list[Event]]:
    """Return those of ``examples`` that are stored sealed in a stream that is of a person, by topic.

    Beside a correction of whatever its examples correct, one of a person is among them.
    """
    found = {
        kind.topic: list(events)
        for kind, events in examples.items()
        if kind.personal or kind in (Amended, Retracted)
    }
    if Amended.topic in found:
        person = PersonRegistered(effective_on=date(2019, 1, 1), name="王海", phone="13904110000")
        found[Amended.topic].append(
            Amended(effective_on=date(2019, 1, 1), reason="笔误", corrects=7, replacement=person)
        )
    return found


def stored(event: Event) -> str:
    """Return the body of ``event`` as the log would store it, were its keys and nonces counted up from 0."""
    record = Recorded(
        originator_id=STREAM,
        originator_version=VERSION,
        position=8,
        event=event,
        recorded_at=datetime(2024, 2, 29, tzinfo=UTC),
        actor="tester",
        command_id=UUID(int=1),
    )
    keys = Keyring(MASTER)
    with patch("registry.store.keyring.secrets.token_bytes", _counted):
        keys.make(named_in(event, SUBJECT))
        return sealed_body(MAPPER, keys, record, SUBJECT).decode()


def opened(topic: str, body: str) -> Event:
    """Return the event of a stored body, with the keys that :func:`stored` had."""
    keys = Keyring(MASTER)
    with patch("registry.store.keyring.secrets.token_bytes", _counted):
        keys.make(MAPPER.subjects(topic, body.encode()))
    return MAPPER.decode(topic, body.encode(), lambda of, held: _open(keys, of, held))


def _open(keys: Keyring, topic: str, held: Any) -> bytes | None:  # noqa: ANN401 - an envelope, as the codec has it
    return keys.open(held.of, Place(STREAM, VERSION, topic), held.sealed)


def _counted(count: int) -> bytes:
    return bytes(range(count))


def pinned(name: str) -> dict[str, list[str]]:
    """Return the stored bodies by topic that the golden file of a module of examples holds."""
    path = GOLDEN / f"{name}.json"
    content: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return content


def pin(name: str, examples: dict[type[Event], list[Event]]) -> None:
    """Pin the stored bodies of topics that are not pinned so far."""
    bodies = pinned(name)
    for topic, events in sealed_topics(examples).items():
        bodies.setdefault(topic, [stored(event) for event in events])
    if bodies:
        GOLDEN.mkdir(exist_ok=True)
        text = json.dumps(bodies, ensure_ascii=False, indent=2)
        (GOLDEN / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
