"""Which events of the log show what was done for a measure (佐证)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    return ((evidence.cited, evidence.note, evidence.position) for evidence in state.evidence)


MODEL = ReadModel(
    name="evidence",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("cited", "bigint"),
        Column("note", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
