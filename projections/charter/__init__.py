"""Which version of its charter an organization has (章程)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    charter = state.charter
    if charter is not None:
        yield (
            charter.title,
            charter.adopted_on,
            charter.approved_on,
            charter.sha256,
            charter.position,
            charter.instrument,
        )


MODEL = ReadModel(
    name="charter",
    nouns=frozenset({"organization"}),
    keys=0,
    columns=(
        Column("organization", "uuid"),
        Column("title", "text"),
        Column("adopted_on", "date"),
        Column("approved_on", "date"),
        Column("sha256", "text"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
