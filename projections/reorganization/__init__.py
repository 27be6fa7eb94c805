"""Reorganizations, their stage and their plan (机构改革)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from projections.model import ReadModel, Values
from registry.reorganization.state import Reorganization


def _extract(state: Reorganization) -> Iterable[Values]:
    plan = msgspec.json.encode(state.plan).decode()
    yield (state.title, state.stage, state.takes_effect_on, plan, state.position, state.instrument)


MODEL = ReadModel(
    name="reorganization",
    nouns=frozenset({"reorganization"}),
    keys=(),
    columns=("id", "title", "stage", "takes_effect_on", "plan", "position", "instrument"),
    extract=_extract,
)
