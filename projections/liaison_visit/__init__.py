"""Visits of cadres to scientists (走访). ``note`` is personal data of the person."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.liaison.state import Liaison


def _extract(state: Liaison) -> Iterable[Values]:
    for visit in state.visits:
        yield (visit.position, state.scientist, visit.visited_on, visit.note)


MODEL = ReadModel(
    name="liaison_visit",
    nouns=frozenset({"liaison"}),
    keys=1,
    columns=(
        Column("liaison", "uuid"),
        Column("position", "bigint"),
        Column("person", "uuid"),
        Column("visited_on", "date"),
        Column("note", "text"),
    ),
    extract=_extract,
)
