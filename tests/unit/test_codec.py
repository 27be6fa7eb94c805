"""Stored bytes are pinned, and bodies of older shapes are read in the newest one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from eventsourcing.persistence import MapperDeserialisationError

from registry.correction.events import Amended
from registry.events import Event
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from tests.support.example_events import EXAMPLES, MODULES, pinned

GOLDEN = Path(__file__).parents[1] / "golden"
MAPPER = EventMapper(EVENTS)
DAY = date(2019, 1, 1)


BODIES = {topic: bodies for name in MODULES for topic, bodies in pinned(name).items()}


def golden(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    return content


def test_every_event_has_examples_and_pinned_bytes() -> None:
    topics = sorted(event.topic for event in EVENTS)
    assert sorted(kind.topic for kind in EXAMPLES) == topics
    assert sorted(BODIES) == topics


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
def test_bytes_of_events_never_change(kind: type[Event]) -> None:
    """A change here is a change of what is stored: it needs a new class_version and an upcast instead."""
    bodies = BODIES[kind.topic]
    assert [MAPPER.encode(example).decode() for example in EXAMPLES[kind]] == bodies
    assert [MAPPER.decode(kind.topic, body.encode()) for body in bodies] == EXAMPLES[kind]


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.topic)
def test_examples_use_every_field(kind: type[Event]) -> None:
    """The last example of a kind gives no field its default, so that all of them are pinned."""
    for field in msgspec.structs.fields(kind):
        assert getattr(EXAMPLES[kind][-1], field.name) != field.default, field.name


class Counted(Event, frozen=True, kw_only=True):
    """Once had one ``size`` as text; then it was a number; now there are two of them."""

    topic: ClassVar[str] = "test.counted"
    class_version: ClassVar[int] = 3

    members: int
    guests: int = 0

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["size"] = int(state["size"])

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        state["members"] = state.pop("size")


COUNTING = EventMapper((*EVENTS, Counted))
NEWEST = Counted(effective_on=DAY, members=12, reason="年检")


@pytest.mark.parametrize("written", ["version 1", "version 2", "version 3"])
def test_a_body_of_an_older_version_is_read_in_the_newest_shape(written: str) -> None:
    body = golden("upcasts.json")["read"][written]
    assert COUNTING.decode(Counted.topic, body.encode()) == NEWEST


def test_what_is_written_is_the_newest_version() -> None:
    assert COUNTING.encode(NEWEST).decode() == golden("upcasts.json")["read"]["version 3"]
    full = Counted(effective_on=DAY, members=1, guests=2)
    assert COUNTING.decode(Counted.topic, COUNTING.encode(full)) == full


@pytest.mark.parametrize("body", golden("upcasts.json")["refused"])
def test_a_body_that_this_program_does_not_know_is_refused(body: str) -> None:
    with pytest.raises(MapperDeserialisationError, match=r"test\.counted"):
        COUNTING.decode(Counted.topic, golden("upcasts.json")["refused"][body].encode())


@pytest.mark.parametrize(
    "body",
    [
        '{"effective_on":"2019-01-01","name":"市科协","mood":"fine"}',
        '{"class_version":2,"effective_on":"2019-01-01","name":"市科协"}',
        '{"effective_on":"2019-01-01"}',
        '{"effective_on":"2019-01-01","name":7}',
    ],
)
def test_an_unknown_field_or_a_newer_version_of_a_real_event_is_refused(body: str) -> None:
    with pytest.raises(MapperDeserialisationError, match=r"organization\.renamed"):
        MAPPER.decode("organization.renamed", body.encode())


def test_an_amendment_holds_its_replacement_in_the_version_it_was_written_in() -> None:
    body = golden("upcasts.json")["amendment of version 1"]
    amended = COUNTING.decode(Amended.topic, body.encode())
    assert isinstance(amended, Amended)
    assert amended.replacement == NEWEST
    assert COUNTING.decode(Amended.topic, COUNTING.encode(amended)) == amended


@pytest.mark.parametrize(
    "topic", ["", "organization.exploded", "registry.organization.events:OrganizationRenamed"]
)
def test_an_unknown_topic_says_that_the_program_is_too_old(topic: str) -> None:
    with pytest.raises(MapperDeserialisationError, match="older than the log"):
        MAPPER.decode(topic, b"{}")


def test_an_amendment_of_an_unknown_topic_says_so_too() -> None:
    body = b'{"effective_on":"2019-01-01","corrects":1,"topic":"organization.exploded","replacement":{}}'
    with pytest.raises(MapperDeserialisationError, match=r"organization\.exploded.*older than the log"):
        MAPPER.decode(Amended.topic, body)
