"""Which rules and criteria refer to a criterion (口径引用)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from projections.model import Column, ReadModel, Values
from registry.criterion.state import Criterion
from registry.rule.state import Rule


def _extract(state: Criterion | Rule) -> Iterable[Values]:
    used: tuple[UUID, ...] = () if state.repealed else state.criteria
    return ((criterion, state.defined_at) for criterion in used)


MODEL = ReadModel(
    name="criterion_use",
    nouns=frozenset({"criterion", "rule"}),
    keys=1,
    columns=(
        Column("source", "uuid"),
        Column("criterion", "uuid"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    points=("criterion",),
)
