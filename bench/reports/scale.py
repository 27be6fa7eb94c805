"""How large a generated city is (规模)."""

from __future__ import annotations

from typing import NamedTuple


class Scale(NamedTuple):
    """Numbers of entities; bodies come with societies, posts and terms with bodies."""

    people: int
    memberships: int
    districts: int
    societies: int
    directors: int
    party_organizations: int
    grassroots: int
    delegates: int


FULL = Scale(
    people=200_000,
    memberships=400_000,
    districts=11,
    societies=1_250,
    directors=30,
    party_organizations=500,
    grassroots=4_800,
    delegates=500,
)
"""10,000 organizations (a society has two or three bodies) and some 50,000 appointments."""

QUICK = Scale(
    people=2_000,
    memberships=4_000,
    districts=4,
    societies=20,
    directors=15,
    party_organizations=8,
    grassroots=60,
    delegates=50,
)
"""A village, to show that everything runs."""
