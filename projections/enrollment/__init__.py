"""Who takes part in a programme (参加单位)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.programme.state import Programme, alive


def _extract(state: Programme) -> Iterable[Values]:
    if alive(state):
        for participant in state.participants:
            yield (participant.organization, participant.position)


MODEL = ReadModel(
    name="enrollment",
    nouns=frozenset({"programme"}),
    keys=1,
    columns=(
        Column("programme", "uuid"),
        Column("organization", "uuid"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    points=("organization",),
)
