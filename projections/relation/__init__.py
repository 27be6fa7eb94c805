"""Who stands under whom, in which hierarchy (隶属关系)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    return ((r.hierarchy, r.superior, r.position) for r in state.relations)


MODEL = ReadModel(
    name="relation",
    nouns=frozenset({"organization"}),
    keys=2,
    columns=(
        Column("subordinate", "uuid"),
        Column("hierarchy", "text"),
        Column("superior", "uuid"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    points=("superior",),
)
