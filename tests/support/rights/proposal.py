"""The rights to proposals: whose rows are shown goes by who proposed them, and where one decides."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.RECORD: frozenset(["Proposal", "ProposalConnection", "ProposalEdge"]),
    Right.WRITE: frozenset(["ProposalRecorded"]),
}

FIELDS: dict[str, Right] = {
    "Mutation.propose": Right.PROPOSE,
    "Mutation.withdrawProposal": Right.PROPOSE,
    "Proposal.personalCommand": Right.RESTRICTED,
    "Query.previewProposal": Right.WRITE,
    "Query.proposal": Right.RECORD,
    "Query.proposals": Right.RECORD,
}
"""Fields of other types, and those with another right than their type's."""
