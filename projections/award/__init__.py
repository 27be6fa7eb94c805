"""What people were awarded (奖励); one award may be granted several times."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    for award in state.awards:
        yield (award.position, award.name, award.grantor)


MODEL = ReadModel(
    name="award",
    nouns=frozenset({"person"}),
    keys=1,
    columns=(
        Column("person", "uuid"),
        Column("position", "bigint"),
        Column("name", "text"),
        Column("grantor", "text"),
    ),
    extract=_extract,
    personal="person",
)
