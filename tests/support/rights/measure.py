"""The rights to what is shown of measures."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        [
            "DeadlineMove",
            "Fulfilment",
            "Measure",
            "MeasureBelief",
            "MeasureConnection",
            "MeasureEdge",
            "MeasurePart",
            "Milestone",
        ]
    ),
    Right.RECORD: frozenset(["Evidence", "Finding", "ProgressReport"]),
    Right.WRITE: frozenset(["MeasureRecorded"]),
}

FIELDS: dict[str, Right] = {
    "DeadlineMove.actor": Right.RECORD,
    "DeadlineMove.position": Right.RECORD,
    "DeadlineMove.reason": Right.RECORD,
    "Evidence.event": Right.AUDIT,
    "Fulfilment.position": Right.RECORD,
    "Measure.evidence": Right.RECORD,
    "Measure.findings": Right.RECORD,
    "Measure.position": Right.RECORD,
    "Measure.progress": Right.RECORD,
    "Measure.responsible": Right.PERSON,
    "Measure.responsibleId": Right.PERSON,
    "MeasurePart.position": Right.RECORD,
    "Query.measure": Right.CHART,
    "Query.measures": Right.CHART,
}
