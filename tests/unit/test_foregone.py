"""When what a command came to on a stage may be recorded as it is: in the very log that it was decided in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NoReturn
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.events import Recorded
from registry.foregone import Base, Foregone, Trail, follows, likely
from registry.organization.events import OrganizationDissolved
from registry.reads import Needs, NotAtHand
from registry.settlement import adopt

STAGE, ANOTHER = UUID(int=1), UUID(int=2)
PEAKS, OTHER_PEAKS = b"p" * 64, b"q" * 64
BASE = Base(10, PEAKS)
RECORD = Recorded(
    originator_id=UUID(int=3),
    originator_version=1,
    position=11,
    event=OrganizationDissolved(effective_on=date(2020, 1, 1)),
    recorded_at=datetime(2020, 1, 1, tzinfo=UTC),
    actor="clerk",
    command_id=UUID(int=4),
)


def foregone(position: int) -> Foregone:
    return Foregone(STAGE, BASE, (replace(RECORD, position=position),))


def test_the_first_of_a_stage_follows_where_the_log_ends_as_the_stage_saw_it() -> None:
    assert follows(foregone(11), 10, PEAKS, None)
    assert follows(foregone(11), 10, PEAKS, Trail(ANOTHER, 10))


def test_a_later_one_follows_only_what_came_from_its_own_stage_without_a_gap() -> None:
    assert follows(foregone(13), 12, PEAKS, Trail(STAGE, 12))
    assert not follows(foregone(13), 12, PEAKS, None)
    assert not follows(foregone(13), 12, PEAKS, Trail(ANOTHER, 12))
    assert not follows(foregone(13), 12, PEAKS, Trail(STAGE, 11))


def test_what_somebody_else_recorded_takes_a_position_and_ends_it() -> None:
    assert not follows(foregone(11), 11, PEAKS, None)
    assert not follows(foregone(13), 13, PEAKS, Trail(STAGE, 12))
    assert not follows(foregone(13), 11, PEAKS, Trail(STAGE, 11))


def test_another_log_of_the_same_length_is_not_the_one_it_was_decided_in() -> None:
    assert likely(foregone(11), 10, None)
    assert not follows(foregone(11), 10, OTHER_PEAKS, None)
    # As where the batch has grown a shorter log to that length.
    assert not follows(foregone(11), 10, b"p" * 32, None)


def test_what_follows_its_own_stage_has_another_tree_before_it_than_its_first() -> None:
    assert follows(foregone(13), 12, OTHER_PEAKS, Trail(STAGE, 12))


def test_what_comes_to_nothing_is_decided() -> None:
    assert not follows(Foregone(STAGE, BASE, ()), 10, PEAKS, None)


def test_what_it_goes_on_are_the_streams_it_does_not_begin() -> None:
    begun = [replace(RECORD, originator_version=version) for version in (1, 2)]
    gone_on = [replace(RECORD, originator_id=ANOTHER, originator_version=version) for version in (5, 6)]
    assert Foregone(STAGE, BASE, (*begun, *gone_on)).continued == {ANOTHER}


class Bare:
    """A world of which nothing is at hand."""

    def entity(self, stream: UUID) -> NoReturn:
        raise NotAtHand(Needs(entities=frozenset({stream})))


def test_all_that_it_goes_on_is_asked_for_together() -> None:
    streams = [UUID(int=number) for number in range(20, 23)]
    records = [replace(RECORD, originator_id=stream, originator_version=2) for stream in streams]
    with pytest.raises(NotAtHand) as caught:
        adopt(Bare(), Foregone(STAGE, BASE, tuple(records)), RECORD.recorded_at)  # type: ignore[arg-type]  # asked for nothing else
    assert caught.value.needs.entities == set(streams)
