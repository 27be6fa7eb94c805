"""Who takes part in which Party organization, period by period (参加). Restricted."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.participation.state import Participation


def _extract(state: Participation) -> Iterable[Values]:
    yield (
        state.person,
        state.organization,
        state.role,
        state.ended,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="participation",
    nouns=frozenset({"participation"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("person", "uuid"),
        Column("organization", "uuid"),
        Column("role", "text"),
        Column("ended", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("person", "organization"),
    personal="person",
)
