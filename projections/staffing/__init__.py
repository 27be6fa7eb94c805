"""How many an organization may have and has (编制、领导职数、实有人数)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.organization.state import Organization


def _extract(state: Organization) -> Iterable[Values]:
    staffing = state.staffing
    if staffing is not None:
        quotas = staffing.establishment
        yield (
            None if quotas is None else sum(quota.count for quota in quotas),
            staffing.leadership_posts,
            staffing.leaders,
            staffing.headcount,
            staffing.position,
            staffing.instrument,
        )


MODEL = ReadModel(
    name="staffing",
    nouns=frozenset({"organization"}),
    keys=0,
    columns=(
        Column("organization", "uuid"),
        Column("established", "bigint"),
        Column("leadership_posts", "bigint"),
        Column("leaders", "bigint"),
        Column("headcount", "bigint"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
