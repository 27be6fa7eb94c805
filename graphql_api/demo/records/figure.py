"""What a data file may say of reported figures (上报数据资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import Record


class FigureRecord(Record, frozen=True, kw_only=True):
    """A count that was reported for a period; both its days are in it (上报数据)."""

    organization: str
    indicator: str
    period_start: date
    period_end: date
    value: int
    unit: str
    origin: str

    @property
    def place(self) -> str:
        """The organization, the indicator and the period."""
        return f"{self.organization}/{self.indicator}/{self.period_start}/{self.period_end}"
