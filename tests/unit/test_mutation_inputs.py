"""Inputs of mutations become the registry's structs."""

from __future__ import annotations

from graphql_api.mutations.inputs import input_of, to_struct
from registry.organization.events import Profile
from registry.organization.kinds import Formation, Tier


def test_an_enumeration_is_taken_by_its_value() -> None:
    given = input_of(Profile)(tier=Tier.MUNICIPAL, formation=Formation.REGIONAL_JOINT, subtype="学会")
    assert to_struct(given, Profile) == Profile(
        tier=Tier.MUNICIPAL, formation=Formation.REGIONAL_JOINT, subtype="学会"
    )
