"""What was proposed of a person, and said of that (涉及个人的报送内容). All of it is personal data."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.proposal.state import Proposal


def _extract(state: Proposal) -> Iterable[Values]:
    if state.person is not None and state.content is not None:
        yield (state.person, state.content, state.reason, state.decision, state.position)


MODEL = ReadModel(
    name="proposal_private",
    nouns=frozenset({"proposal"}),
    keys=0,
    columns=(
        Column("proposal", "uuid"),
        Column("person", "uuid"),
        Column("content", "text"),
        Column("reason", "text"),
        Column("decision", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    personal="person",
)
