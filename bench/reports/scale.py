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
    townships: int
    rural_associations: int
    institutions: int
    delegates: int
    functions: int
    mandates: int
    secondments: int
    measures: int


FULL = Scale(
    people=200_000,
    memberships=400_000,
    districts=11,
    societies=1_250,
    directors=27,
    party_organizations=500,
    grassroots=2_450,
    townships=160,
    rural_associations=600,
    institutions=30,
    delegates=500,
    functions=200,
    mandates=2_000,
    secondments=1_000,
    measures=120,
)
"""10,000 organizations (a society has three or four bodies) and 50,000 appointments that last."""

QUICK = Scale(
    people=2_000,
    memberships=4_000,
    districts=4,
    societies=20,
    directors=15,
    party_organizations=8,
    grassroots=60,
    townships=6,
    rural_associations=10,
    institutions=3,
    delegates=50,
    functions=12,
    mandates=30,
    secondments=20,
    measures=12,
)
"""A village, to show that everything runs."""
