"""That there is a person, without anything personal (人员)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    if state.particulars is not None:
        yield (state.illustrative, state.deceased, state.position, state.instrument)


MODEL = ReadModel(
    name="person",
    nouns=frozenset({"person"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("illustrative", "boolean"),
        Column("deceased", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
