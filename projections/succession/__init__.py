"""Who carries on what somebody else was, from the day a reorganization takes effect (承继)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.reorganization.state import Reorganization, Stage


def _extract(state: Reorganization) -> Iterable[Values]:
    if state.stage is Stage.COMPLETED:
        for succession in state.plan.successions:
            yield (succession.predecessor, succession.successor)


MODEL = ReadModel(
    name="succession",
    nouns=frozenset({"reorganization"}),
    keys=2,
    columns=(
        Column("reorganization", "uuid"),
        Column("predecessor", "uuid"),
        Column("successor", "uuid"),
    ),
    extract=_extract,
)
