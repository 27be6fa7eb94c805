"""What was noted of scientists on visits (走访记录). All of it is personal data."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.liaison.state import Liaison


def _extract(state: Liaison) -> Iterable[Values]:
    for visit in state.visits:
        if visit.note is not None:
            yield (visit.position, state.scientist, visit.note)


MODEL = ReadModel(
    name="liaison_note",
    nouns=frozenset({"liaison"}),
    keys=1,
    columns=(
        Column("liaison", "uuid"),
        Column("position", "bigint"),
        Column("person", "uuid"),
        Column("note", "text"),
    ),
    extract=_extract,
    personal="person",
)
