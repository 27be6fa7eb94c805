"""The table of reports (报表总表)."""

from __future__ import annotations

import strawberry

from graphql_api.reports import reform
from graphql_api.reports.declare import Report

REPORTS: dict[str, Report] = {
    report.name: report
    for report in (
        reform.REPORT,
    )
}  # fmt: skip
"""Every report, by its name."""


@strawberry.type
class ReportQuery(
    reform.ReformQuery,
):  # fmt: skip
    """The root fields of all reports."""
