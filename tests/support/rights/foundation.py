"""The rights to the first types of the schema."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        [
            "BeliefChanges",
            "ChangeSet",
            "Designation",
            "Function",
            "FunctionBelief",
            "FunctionConnection",
            "FunctionEdge",
            "FunctionTransfer",
            "Holding",
            "Identifier",
            "Instrument",
            "InstrumentConnection",
            "InstrumentEdge",
            "Move",
            "Node",
            "OrgChart",
            "OrgChartNode",
            "Organization",
            "OrganizationBelief",
            "OrganizationConnection",
            "OrganizationEdge",
            "PageInfo",
            "Renaming",
            "Subordinate",
            "Superior",
        ]
    ),
    Right.RECORD: frozenset(
        [
            "Dangling",
            "Previewed",
            "PreviewedEvent",
            "SimulatedCommand",
            "Simulation",
            "Refused",
            "Reorganization",
            "ReorganizationConnection",
            "ReorganizationEdge",
        ]
    ),
    Right.AUDIT: frozenset(
        [
            "AuditEvent",
            "AuditEventConnection",
            "AuditEventEdge",
            "Belief",
            "FieldChange",
            "KnownField",
            "KnownRow",
            "Subscription",
        ]
    ),
    Right.WRITE: frozenset(
        [
            "CorrectionRecorded",
            "FunctionRecorded",
            "InstrumentRecorded",
            "Mutation",
            "OrganizationRecorded",
            "Recorded",
            "ReorganizationRecorded",
        ]
    ),
}
"""The right to the fields of each type."""

FIELDS: dict[str, Right] = {
    "Function.position": Right.RECORD,
    "FunctionBelief.position": Right.RECORD,
    "Holding.position": Right.RECORD,
    "Instrument.position": Right.RECORD,
    "Organization.position": Right.RECORD,
    "OrganizationBelief.position": Right.RECORD,
    "Subordinate.position": Right.RECORD,
    "Superior.position": Right.RECORD,
    "Reorganization.consequences": Right.AUDIT,
    "Query.node": Right.CHART,
    "Query.organization": Right.CHART,
    "Query.organizations": Right.CHART,
    "Query.orgChart": Right.CHART,
    "Query.changes": Right.CHART,
    "Query.function": Right.CHART,
    "Query.functions": Right.CHART,
    "Query.instrument": Right.CHART,
    "Query.instruments": Right.CHART,
    "Query.reorganization": Right.RECORD,
    "Query.reorganizations": Right.RECORD,
    "Query.auditLog": Right.AUDIT,
    "Query.knowledge": Right.AUDIT,
    "Query.knownSince": Right.AUDIT,
    "Query.beliefDifference": Right.AUDIT,
    "Query.beliefChanges": Right.CHART,
    "BeliefChanges.events": Right.AUDIT,
    "Query.preview": Right.RECORD,
    "Query.simulate": Right.RECORD,
}
"""The fields whose right is another than that of their type."""
