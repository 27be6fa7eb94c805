"""How far a measure was reported to be (进展)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    return ((report.position, report.on, report.percent, report.note) for report in state.reports)


MODEL = ReadModel(
    name="progress",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("position", "bigint"),
        Column("reported_on", "date"),
        Column("percent", "integer"),
        Column("note", "text"),
    ),
    extract=_extract,
)
