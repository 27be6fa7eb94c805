"""What an organization was named or certified (称号、认定)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    return ((d.name, d.position) for d in state.designations)


MODEL = ReadModel(
    name="designation",
    nouns=frozenset({"organization"}),
    keys=1,
    columns=(
        Column("organization", "uuid"),
        Column("name", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
