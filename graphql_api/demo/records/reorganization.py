"""What a data file may say of reorganizations (机构改革资料)."""

from __future__ import annotations

import msgspec

from graphql_api.demo.strict import KnownDate, Record, Strict
from registry.organization.kinds import Hierarchy, Kind


class FunctionMove(Strict, frozen=True, kw_only=True):
    """What a reorganization does to a function: it goes to ``holder``, or to nobody (职能调整)."""

    function: str
    holder: str | None = None
    orphan: bool = False
    emphasize: bool = False


class SuccessionRecord(Strict, frozen=True, kw_only=True):
    """Who carries on what somebody else was (承继关系)."""

    predecessor: str
    successor: str


class RuleRecord(Strict, frozen=True, kw_only=True):
    """What happens to references of one kind that nobody disposed of singly: they move, or end (处置规则)."""

    reference: str
    move_to: str | None = None


class NewUnit(Strict, frozen=True, kw_only=True):
    """An organization that a reorganization establishes on its day (新设单位)."""

    key: str
    name: str
    kind: Kind
    code: str | None = None
    under: dict[Hierarchy, tuple[str, ...]] = msgspec.field(default_factory=dict)


class ReorganizationRecord(Record, frozen=True, kw_only=True):
    """A reorganization, decided at ``since`` and effective later (机构改革)."""

    key: str
    title: str
    takes_effect: KnownDate
    effect_assumed: bool = False
    dissolved: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    established: tuple[NewUnit, ...] = ()
    succession: tuple[SuccessionRecord, ...] = ()
    function: tuple[FunctionMove, ...] = ()
    rule: tuple[RuleRecord, ...] = ()

    @property
    def place(self) -> str:
        """The key."""
        return self.key

    @property
    def defines(self) -> tuple[tuple[str, str], ...]:
        """The reorganization, and the organizations that it establishes."""
        return (("reorganization", self.key), *(("organization", unit.key) for unit in self.established))
