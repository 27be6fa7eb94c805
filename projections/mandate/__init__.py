"""Which function of government an organization has taken over (承接政府转移职能)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.mandate.state import Mandate


def _extract(state: Mandate) -> Iterable[Values]:
    yield (
        state.name,
        sort_key(state.name),
        state.category,
        state.status,
        state.holder,
        state.grantor,
        state.granted_on,
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
        Column("pinyin", "text"),
        Column("category", "text"),
        Column("status", "text"),
        Column("holder", "uuid"),
        Column("grantor", "uuid"),
        Column("granted_on", "date"),
        Column("until", "date"),
        Column("ended_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("holder", "grantor"),
)
