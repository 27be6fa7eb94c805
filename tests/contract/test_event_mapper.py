"""The mapper keeps the promises that the ``eventsourcing`` library's own mapper makes, over our events."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec
import pytest
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from eventsourcing.utils import resolve_topic
from hypothesis import given
from hypothesis import strategies as st

from registry.events import Event
from registry.nouns import EVENTS
from registry.organization.events import OrganizationSuspended
from registry.store.codec import EventMapper, StreamEvent
from tests.support.event_strategies import events_of

MAPPER = EventMapper(EVENTS)
DAY = date(2019, 3, 1)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
def test_every_event_comes_back_as_it_went(kind: type[Event]) -> None:
    @given(event=events_of(kind), stream=st.uuids(), version=st.integers(1, 2**31 - 1))
    def check(event: Event, stream: UUID, version: int) -> None:
        placed = StreamEvent(stream, version, event)
        stored = MAPPER.to_stored_event(placed)
        assert (stored.originator_id, stored.originator_version, stored.topic) == (
            stream,
            version,
            kind.topic,
        )
        assert MAPPER.to_domain_event(stored) == placed
        assert type(MAPPER.to_domain_event(stored).event) is kind
        # The bytes are canonical: what is read is written the same again.
        assert MAPPER.encode(MAPPER.decode(stored.topic, stored.state)) == stored.state
        assert isinstance(msgspec.json.decode(stored.state), dict)

    check()


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
def test_a_topic_is_given_and_not_made_of_where_the_class_stands(kind: type[Event]) -> None:
    assert resolve_topic(kind.topic) is kind
    assert kind.topic == vars(kind)["topic"]
    assert kind.__module__ not in kind.topic
    noun, dot, fact = kind.topic.partition(".")
    assert (noun.isidentifier(), dot, fact.isidentifier()) == (True, ".", True)


def test_topics_are_given_once() -> None:
    assert len({kind.topic for kind in EVENTS}) == len(EVENTS)


class Moved(Event, frozen=True, kw_only=True):
    topic: ClassVar[str] = "test.moved"


def test_a_class_may_move_to_another_module() -> None:
    """What is stored under a topic is read by the class that bears it now, whatever it is called."""
    stored = EventMapper((Moved,)).encode(Moved(effective_on=DAY))

    class Elsewhere(Event, frozen=True, kw_only=True):
        topic: ClassVar[str] = "test.elsewhere"

    assert EventMapper((Elsewhere,)).decode("test.elsewhere", stored) == Elsewhere(effective_on=DAY)
    assert b"Moved" not in stored


class Nameless(Event, frozen=True, kw_only=True):
    pass


@pytest.mark.parametrize("events", [(Nameless,), (Moved, Moved)])
def test_a_topic_missing_or_given_twice_is_refused_at_the_start(events: tuple[type[Event], ...]) -> None:
    with pytest.raises(ValueError, match="topic of its own"):
        EventMapper(events)


def test_an_identity_as_text_is_read_as_an_identity() -> None:
    stream = uuid4()
    stored = MAPPER.to_stored_event(StreamEvent(stream, 1, OrganizationSuspended(effective_on=DAY)))
    as_text = StoredEvent(str(stream), 1, stored.topic, stored.state)
    assert MAPPER.to_domain_event(as_text).originator_id == stream


@pytest.mark.parametrize(
    "state", [b"", b"{", b"null", b"[]", b"{}", b'{"effective_on":"2019-02-30"}', b"\xff"]
)
def test_what_cannot_be_read_is_told_with_its_topic(state: bytes) -> None:
    for topic in (event.topic for event in EVENTS):
        with pytest.raises(MapperDeserialisationError, match=topic):
            MAPPER.to_domain_event(StoredEvent(uuid4(), 1, topic, state))
