"""What a word of rules means, period by period (统计口径)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.criterion.state import Criterion


def _extract(state: Criterion) -> Iterable[Values]:
    yield (
        state.code,
        state.name,
        state.about,
        state.predicate,
        state.clause,
        state.repealed,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="criterion",
    nouns=frozenset({"criterion"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("code", "text"),
        Column("name", "text"),
        Column("about", "text"),
        Column("predicate", "text"),
        Column("clause", "text"),
        Column("repealed", "boolean"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
