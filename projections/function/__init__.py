"""What a function is, period by period (职能)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import ReadModel, Values
from registry.function.state import Function


def _extract(state: Function) -> Iterable[Values]:
    yield (
        state.name,
        state.description,
        state.unspecified,
        state.illustrative,
        state.emphasized,
        state.retired,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="function",
    nouns=frozenset({"function"}),
    keys=(),
    columns=(
        "id",
        "name",
        "description",
        "unspecified",
        "illustrative",
        "emphasized",
        "retired",
        "position",
        "instrument",
    ),
    extract=_extract,
)
