"""The table of reports (报表总表)."""

from __future__ import annotations

import strawberry

from graphql_api.reports import (
    compliance,
    districts,
    governance,
    grassroots,
    mandates,
    measures,
    party,
    reform,
    secondments,
    staffing,
)
from graphql_api.reports.declare import Report

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        reform.REPORT,
        governance.REPORT,
        measures.REPORT,
        grassroots.REPORT,
        districts.REPORT,
        secondments.REPORT,
        mandates.REPORT,
        staffing.REPORT,
        party.REPORT,
        compliance.REPORT,
    )
}  # fmt: skip
"""Every report, by its name."""


@strawberry.type
class ReportQuery(
    reform.ReformQuery,
    governance.GovernanceQuery,
    measures.MeasuresQuery,
    grassroots.GrassrootsQuery,
    districts.DistrictsQuery,
    secondments.SecondmentsQuery,
    mandates.MandatesQuery,
    staffing.StaffingQuery,
    party.PartyQuery,
    compliance.ComplianceReportQuery,
):  # fmt: skip
    """The root fields of all reports."""
