"""The rights to memberships, affiliations and coverage."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(["PartyCoverage", "PartyForm", "SocietyCoverage"]),
    Right.RECORD: frozenset(["Membership", "MembershipBelief", "MembershipConnection", "MembershipEdge"]),
    Right.RESTRICTED: frozenset(
        [
            "Affiliation",
            "AffiliationBelief",
            "AffiliationConnection",
            "AffiliationEdge",
            "Participation",
            "ParticipationConnection",
            "ParticipationEdge",
        ]
    ),
    Right.WRITE: frozenset(["AffiliationRecorded", "MembershipRecorded", "ParticipationRecorded"]),
}
"""The right to the fields of each type."""

FIELDS: dict[str, Right] = {
    "Membership.memberName": Right.PERSON,
    "Membership.memberPerson": Right.PERSON,
    "Person.memberships": Right.RECORD,
    "Person.affiliation": Right.RESTRICTED,
    "Person.participations": Right.RESTRICTED,
    "Organization.memberCount": Right.RECORD,
    "Organization.members": Right.RECORD,
    "Organization.memberships": Right.RECORD,
    "Query.membership": Right.RECORD,
    "Query.memberships": Right.RECORD,
    "Query.affiliation": Right.RESTRICTED,
    "Query.affiliations": Right.RESTRICTED,
    "Query.participation": Right.RESTRICTED,
    "Query.participations": Right.RESTRICTED,
    "Query.partyCoverage": Right.CHART,
}
"""The fields whose right is another than that of their type."""
