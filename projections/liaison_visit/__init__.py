"""Visits of cadres to scientists (走访)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.liaison.state import Liaison


def _extract(state: Liaison) -> Iterable[Values]:
    for visit in state.visits:
        yield (visit.position, visit.visited_on)


MODEL = ReadModel(
    name="liaison_visit",
    nouns=frozenset({"liaison"}),
    keys=1,
    columns=(
        Column("liaison", "uuid"),
        Column("position", "bigint"),
        Column("visited_on", "date"),
    ),
    extract=_extract,
)
