"""What inspections of a measure found (督导问题)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    return (
        (finding.id, finding.text, finding.due, finding.found_on, finding.closed_on, finding.position)
        for finding in state.findings
    )


MODEL = ReadModel(
    name="finding",
    nouns=frozenset({"measure"}),
    keys=1,
    columns=(
        Column("measure", "uuid"),
        Column("finding", "uuid"),
        Column("text", "text"),
        Column("due", "date"),
        Column("found_on", "date"),
        Column("closed_on", "date"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
