"""What was proposed, and what became of it (报送件). What is of a person stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.proposal.state import Proposal


def _extract(state: Proposal) -> Iterable[Values]:
    personal = state.person is not None
    yield (
        state.submitter,
        state.kind,
        state.subject,
        state.status,
        personal,
        None if personal else state.content,
        None if personal else state.reason,
        None if personal else state.decision,
        state.made,
        state.made_on,
        state.decided_on,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="proposal",
    nouns=frozenset({"proposal"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("submitter", "text"),
        Column("kind", "text"),
        Column("subject", "uuid"),
        Column("status", "text"),
        Column("personal", "boolean"),
        Column("content", "text"),
        Column("reason", "text"),
        Column("decision", "text"),
        Column("made", "bigint"),
        Column("made_on", "date"),
        Column("decided_on", "date"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
