"""Counts reported where individuals are not kept (上报数据)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.figure.state import Figure


def _extract(state: Figure) -> Iterable[Values]:
    yield (
        state.organization,
        state.indicator,
        state.period_start,
        state.period_end,
        state.value,
        state.unit,
        state.source,
        state.withdrawn,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="figure",
    nouns=frozenset({"figure"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("organization", "uuid"),
        Column("indicator", "text"),
        Column("period_start", "date"),
        Column("period_end", "date"),
        Column("value", "bigint"),
        Column("unit", "text"),
        Column("source", "text"),
        Column("withdrawn", "boolean"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("organization",),
)
