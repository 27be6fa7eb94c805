"""How many posts of each type an organization may have (编制数)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    staffing = state.staffing
    if staffing is not None:
        for quota in staffing.establishment or ():
            yield (quota.kind, quota.count, staffing.position)


MODEL = ReadModel(
    name="quota",
    nouns=frozenset({"organization"}),
    keys=1,
    columns=(
        Column("organization", "uuid"),
        Column("kind", "text"),
        Column("count", "bigint"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
