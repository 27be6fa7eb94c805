"""Which function of government an organization has taken over (承接政府转移职能)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.mandate.state import Mandate


def _extract(state: Mandate) -> Iterable[Values]:
    yield (
        state.name,
        state.category,
        state.status,
        state.holder,
        state.grantor,
        state.until,
        state.ended_on,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="mandate",
    nouns=frozenset({"mandate"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("name", "text"),
        Column("category", "text"),
        Column("status", "text"),
        Column("holder", "uuid"),
        Column("grantor", "uuid"),
        Column("until", "date"),
        Column("ended_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("holder", "grantor"),
)
