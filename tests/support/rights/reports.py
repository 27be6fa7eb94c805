"""The rights to reports."""

from __future__ import annotations

from graphql_api.access import Right

TYPES: dict[Right, frozenset[str]] = {
    Right.CHART: frozenset(
        [
            "ComplianceEntry",
            "ComplianceReport",
            "DistrictSummary",
            "DistrictsReport",
            "FunctionStep",
            "GovernanceReport",
            "GrassrootsCount",
            "GrassrootsReport",
            "MandateEntry",
            "MandatesReport",
            "MeasureProgress",
            "MeasuresReport",
            "OrphanedFunction",
            "PartyCoverageTotal",
            "PartyFormCount",
            "PartyReport",
            "ReformReport",
            "SecondmentsReport",
            "SocietyGovernance",
            "SocietyPartyCoverage",
            "StaffingReport",
            "UnitChange",
        ]
    ),
    Right.RECORD: frozenset(["SecondmentEntry", "StaffingEntry"]),
}
"""The right to the fields of each type."""

FIELDS: dict[str, Right] = {
    "DistrictSummary.staff": Right.RECORD,
    "MeasureProgress.evidence": Right.RECORD,
    "MeasureProgress.findings": Right.RECORD,
    "MeasureProgress.moves": Right.RECORD,
    "MeasureProgress.note": Right.RECORD,
    "MeasureProgress.openFindings": Right.RECORD,
    "MeasureProgress.responsible": Right.PERSON,
    "Query.complianceReport": Right.CHART,
    "Query.districtsReport": Right.CHART,
    "Query.governanceReport": Right.CHART,
    "Query.grassrootsReport": Right.CHART,
    "Query.mandatesReport": Right.CHART,
    "Query.measuresReport": Right.CHART,
    "Query.partyReport": Right.CHART,
    "Query.reformReport": Right.CHART,
    "Query.secondmentsReport": Right.RECORD,
    "Query.staffingReport": Right.RECORD,
    "SecondmentEntry.duty": Right.PERSON,
    "SecondmentEntry.personName": Right.PERSON,
    "SecondmentsReport.rows": Right.RECORD,
    "StaffingReport.rows": Right.RECORD,
}
"""Fields whose right is another than that of their type."""
