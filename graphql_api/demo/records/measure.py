"""What a data file may say of measures (改革措施资料)."""

from __future__ import annotations

from datetime import date

from graphql_api.demo.strict import KnownDate, Record
from registry.measure.kinds import Recurrence


class MeasureRecord(Record, frozen=True, kw_only=True):
    """A measure of the plan, whose ``clause`` asks for it (改革措施); a deadline is always assumed."""

    code: str
    title: str
    lead: str
    supporting: tuple[str, ...] = ()
    recurrence: Recurrence = Recurrence.ONCE
    deadline: KnownDate | None = None

    @property
    def place(self) -> str:
        """The code."""
        return self.code

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The measure."""
        return (("measure", self.code),)


class MeasureChange(Record, frozen=True, kw_only=True):
    """Something that happened to a measure later."""

    measure: str

    @property
    def place(self) -> str:
        """The measure and the date."""
        return f"{self.measure}@{self.since.day}"


class DeadlineRecord(MeasureChange, frozen=True, kw_only=True):
    """Another deadline (调整时限)."""

    deadline: KnownDate


class MilestoneRecord(MeasureChange, frozen=True, kw_only=True):
    """A step on the way, and when it was taken if it was (节点)."""

    name: str
    due: date
    reached: date | None = None

    @property
    def place(self) -> str:
        """The measure and the name."""
        return f"{self.measure}/{self.name}"


class ProgressRecord(MeasureChange, frozen=True, kw_only=True):
    """How far it was (进展)."""

    percent: int | None = None
    text: str | None = None


class FindingRecord(MeasureChange, frozen=True, kw_only=True):
    """What an inspection found, and when it was put right if it was (督导问题)."""

    text: str
    due: date | None = None
    closed: date | None = None


class EvidenceRecord(MeasureChange, frozen=True, kw_only=True):
    """What shows that it was done: the first event of the command that does ``act`` for a place (佐证)."""

    act: str
    of: str
    text: str | None = None

    @property
    def place(self) -> str:
        """The measure and the command."""
        return f"{self.measure}/{self.act}/{self.of}"


class FulfilmentRecord(MeasureChange, frozen=True, kw_only=True):
    """That it was done (完成)."""


class AnsweringRecord(MeasureChange, frozen=True, kw_only=True):
    """Who answers for it (责任人)."""

    person: str
