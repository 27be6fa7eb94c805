"""Steps on the way of a measure (节点)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    return ((step.name, step.due, step.reached_on, step.position) for step in state.milestones)


MODEL = ReadModel(
    name="milestone",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("name", "text"),
        Column("due", "date"),
        Column("reached_on", "date"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
