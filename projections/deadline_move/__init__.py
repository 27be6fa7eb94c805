"""How the deadline of a measure was moved (时限调整)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    for move in state.moves:
        before, after = move.before, move.after
        yield (
            move.position,
            move.on,
            None if before is None else before.day,
            None if before is None else before.precision,
            None if after is None else after.day,
            None if after is None else after.precision,
            move.reason,
            move.instrument,
        )


MODEL = ReadModel(
    name="deadline_move",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("position", "bigint"),
        Column("moved_on", "date"),
        Column("before", "date"),
        Column("before_precision", "text"),
        Column("after", "date"),
        Column("after_precision", "text"),
        Column("reason", "text"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
