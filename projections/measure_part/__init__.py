"""Who leads a measure, supports it, answers for it (措施分工). Who did when it ended stays to be seen."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.kinds import Stage
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    lasting = state.stage is Stage.OPEN
    return (
        (part.role, part.assignee, part.assignee if lasting else None, part.position) for part in state.parts
    )


MODEL = ReadModel(
    name="measure_part",
    nouns=frozenset({"measure"}),
    keys=2,
    columns=(
        Column("measure", "uuid"),
        Column("role", "text"),
        Column("assignee", "uuid"),
        Column("bound", "uuid"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    points=("bound",),
)
