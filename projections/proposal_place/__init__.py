"""Which organizations a proposal concerns: who may decide on it goes by them (报送件归属)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.proposal.state import Proposal


def _extract(state: Proposal) -> Iterable[Values]:
    for organization in state.organizations:
        yield (organization, state.made)


MODEL = ReadModel(
    name="proposal_place",
    nouns=frozenset({"proposal"}),
    keys=1,
    columns=(
        Column("proposal", "uuid"),
        Column("organization", "uuid"),
        Column("position", "bigint"),
    ),
    extract=_extract,
)
