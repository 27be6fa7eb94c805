"""What a post is, period by period (职务)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.post.state import Post


def _extract(state: Post) -> Iterable[Values]:
    yield (
        state.place.organization,
        state.title,
        state.name,
        state.seats,
        state.elected,
        state.abolished,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="post",
    nouns=frozenset({"post"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("organization", "uuid"),
        Column("title", "text"),
        Column("name", "text"),
        Column("seats", "integer"),
        Column("elected", "boolean"),
        Column("abolished", "boolean"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
    points=("organization",),
)
