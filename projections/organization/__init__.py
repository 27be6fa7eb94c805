"""What an organization is, period by period (组织)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    profile = state.profile
    yield (
        state.name,
        state.short_name,
        state.kind,
        state.status,
        state.code,
        profile.tier,
        profile.base,
        profile.formation,
        profile.subtype,
        profile.discipline,
        profile.welfare_class,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="organization",
    nouns=frozenset({"organization"}),
    keys=(),
    columns=(
        "id",
        "name",
        "short_name",
        "kind",
        "status",
        "code",
        "tier",
        "base",
        "formation",
        "subtype",
        "discipline",
        "welfare_class",
        "illustrative",
        "position",
        "instrument",
    ),
    extract=_extract,
)
