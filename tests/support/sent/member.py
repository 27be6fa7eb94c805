"""The commands that the tests of memberships and affiliations send over HTTP."""

from __future__ import annotations

SENT = frozenset(
    {
        "applyForMembership",
        "admitMember",
        "suspendMembership",
        "resumeMembership",
        "reclassifyMembership",
        "transferMembership",
        "endMembership",
        "openAffiliation",
        "confirmAffiliation",
        "transferAffiliation",
        "receiveTransfer",
        "endAffiliation",
        "beginParticipation",
        "endParticipation",
    }
)
