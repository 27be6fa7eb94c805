"""What the log stores of people is pinned byte for byte: envelope, whose it is, nonce and ciphertext."""

from __future__ import annotations

import base64
import json

import pytest

from registry.correction.events import Amended, Retracted
from registry.nouns import EVENTS
from tests.support import sealed_bodies
from tests.support.example_events import MODULES
from tests.support.sealed_bodies import opened, sealed_topics, stored

EXAMPLES = {
    topic: events for module in MODULES.values() for topic, events in sealed_topics(module.EXAMPLES).items()
}
BODIES = {topic: bodies for name in MODULES for topic, bodies in sealed_bodies.pinned(name).items()}


def test_every_event_that_is_sealed_is_pinned() -> None:
    sealed = {event.topic for event in EVENTS if event.personal} | {Amended.topic, Retracted.topic}
    assert len(sealed) > 10
    assert EXAMPLES.keys() == sealed
    assert BODIES.keys() == sealed


@pytest.mark.parametrize("topic", sorted(EXAMPLES))
def test_stored_bytes_never_change(topic: str) -> None:
    """A change here is one of what is stored, and logs of before could not be read: it needs an upcast."""
    assert [stored(event) for event in EXAMPLES[topic]] == BODIES[topic]


@pytest.mark.parametrize("topic", sorted(EXAMPLES))
def test_stored_bytes_are_read_for_ever(topic: str) -> None:
    assert [opened(topic, body) for body in BODIES[topic]] == EXAMPLES[topic]


@pytest.mark.parametrize("topic", sorted(EXAMPLES))
def test_an_envelope_says_whose_it_is_and_nothing_else_in_clear(topic: str) -> None:
    """Written out by hand, so that the golden files are not only compared with what made them."""
    for body in BODIES[topic]:
        envelope = json.loads(body)["personal"]
        assert envelope.keys() == {"of", "sealed"}
        sealed = base64.b64decode(envelope["sealed"], validate=True)
        # A nonce of 12 bytes, which is counted up from 0 here, then a ciphertext with its tag of 16.
        assert sealed[:12] == bytes(range(12))
        assert len(sealed) >= 12 + 2 + 16
