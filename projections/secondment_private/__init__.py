"""What a person does where seconded to (挂任职务). All of it is personal data."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.secondment.state import Secondment


def _extract(state: Secondment) -> Iterable[Values]:
    if state.duty is not None:
        yield (state.person, state.duty, state.begun)


MODEL = ReadModel(
    name="secondment_private",
    nouns=frozenset({"secondment"}),
    keys=0,
    columns=(
        Column("secondment", "uuid"),
        Column("person", "uuid"),
        Column("duty", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    personal="person",
)
