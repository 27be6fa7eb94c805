"""Documents (文件)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import ReadModel, Values
from registry.instrument.state import Instrument


def _extract(state: Instrument) -> Iterable[Values]:
    yield (state.number, state.title, state.issuer, state.sha256, state.repealed, state.position)


MODEL = ReadModel(
    name="instrument",
    nouns=frozenset({"instrument"}),
    keys=(),
    columns=("id", "number", "title", "issuer", "sha256", "repealed", "position"),
    extract=_extract,
)
