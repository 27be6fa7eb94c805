"""What a command came to when it was supposed, and whether that may be recorded as it is (预定结果). Pure.

A decision depends on the log alone. What was decided on a stage, in a snapshot of the log and in the sight of
all that was supposed before, needs no second decision as long as the log holds that, and nothing else: every
position after the snapshot was recorded from the same stage. Whatever anybody else records takes a position,
and ends it.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from registry.events import Recorded


class Base(NamedTuple):
    """The log that a stage was opened on (预定起点): its last position, and the peaks of its tree.

    A position does not tell logs apart: where a failover lost commits, others may have taken their positions.
    """

    position: int
    peaks: bytes


class Foregone(NamedTuple):
    """What a command came to on a ``stage`` (预定结果), which was opened on the log that ended at ``base``.

    The positions of its ``records`` are those that they have in the log if nothing comes between.
    """

    stage: UUID
    base: Base
    records: tuple[Recorded, ...]

    @property
    def continued(self) -> frozenset[UUID]:
        """The streams that its records go on, and do not begin."""
        first: dict[UUID, int] = {}
        for record in self.records:
            first.setdefault(record.originator_id, record.originator_version)
        return frozenset(stream for stream, version in first.items() if version > 1)


class Trail(NamedTuple):
    """Until which position the log holds what was supposed on a stage, and only that (承接)."""

    stage: UUID
    position: int


def likely(foregone: Foregone, position: int, trail: Trail | None) -> bool:
    """Say whether ``foregone`` may follow, by positions: all that is known before the log is locked."""
    if not foregone.records or foregone.records[0].position != position + 1:
        return False
    return position == foregone.base.position or trail == Trail(foregone.stage, position)


def follows(foregone: Foregone, position: int, peaks: bytes, trail: Trail | None) -> bool:
    """Say whether the log, which ends at ``position``, is the one that ``foregone`` was decided in.

    The ``peaks`` are those that the batch began with: if it has grown since, they are no peaks of ``base``.
    """
    if not likely(foregone, position, trail):
        return False
    return position != foregone.base.position or peaks == foregone.base.peaks
