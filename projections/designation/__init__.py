"""What an organization was named or certified (称号、认定)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    return ((d.name, d.position) for d in state.designations)


MODEL = ReadModel(
    name="designation",
    nouns=frozenset({"organization"}),
    keys=(("name", "text"),),
    columns=("organization", "name", "position"),
    extract=_extract,
)
