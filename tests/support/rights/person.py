"""The rights to the types of people."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.PERSON: frozenset(
        [
            "Award",
            "Employment",
            "LikelyDuplicate",
            "Person",
            "PersonBelief",
            "PersonConnection",
            "PersonEdge",
            "ProfessionalTitle",
        ]
    ),
    Right.RESTRICTED: frozenset(["RetentionDue"]),
    Right.WRITE: frozenset(["PersonRecorded"]),
}

_RESTRICTED = ("gender", "birthDate", "birthPrecision", "identityNumber", "phone", "email")

FIELDS: dict[str, Right] = {
    **{f"{kind}.{name}": Right.RESTRICTED for kind in ("Person", "PersonBelief") for name in _RESTRICTED},
    "Person.id": Right.CHART,
    "Query.person": Right.PERSON,
    "Query.personalData": Right.RESTRICTED,
    "Query.retentionDue": Right.RESTRICTED,
    "Query.people": Right.PERSON,
    "Query.likelyDuplicates": Right.PERSON,
}
