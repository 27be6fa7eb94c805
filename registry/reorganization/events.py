"""What can happen to a reorganization, and the plan it carries out (机构改革事件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from registry.dispositions import Disposition
from registry.events import Event
from registry.organization.events import Profile
from registry.organization.kinds import Hierarchy, Kind
from registry.references import KindRule
from registry.time import Precision


class Superior(Struct, frozen=True):
    """A place under ``superior`` in ``hierarchy``."""

    hierarchy: Hierarchy
    superior: UUID


class NewOrganization(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An organization that the reorganization establishes (新成立)."""

    id: UUID
    name: str
    kind: Kind
    superiors: tuple[Superior, ...] = ()
    short_name: str | None = None
    code: str | None = None
    profile: Profile = Profile()
    illustrative: bool = False


class NewName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An organization that the reorganization renames (更名)."""

    organization: UUID
    name: str
    short_name: str | UnsetType | None = UNSET


class NewPlace(Struct, frozen=True, kw_only=True):
    """An organization that the reorganization puts under another superior (调整隶属)."""

    organization: UUID
    to: Superior


class FunctionChange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the reorganization does to a function (职能调整).

    ``define`` names a new one. ``holder`` unset leaves it where it is, None releases it (an orphan).
    ``emphasize`` stresses it without moving it.
    """

    function: UUID
    define: str | None = None
    holder: UUID | UnsetType | None = UNSET
    emphasize: bool = False
    retire: bool = False
    unspecified: bool = False
    illustrative: bool = False


class Succession(Struct, frozen=True, kw_only=True):
    """Who carries on what somebody else was (承继关系)."""

    predecessor: UUID
    successor: UUID


class Plan(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that the reorganization does on its day (改革方案内容). ``kept`` are to stay, and must live."""

    dissolved: tuple[UUID, ...] = ()
    established: tuple[NewOrganization, ...] = ()
    kept: tuple[UUID, ...] = ()
    renamed: tuple[NewName, ...] = ()
    moved: tuple[NewPlace, ...] = ()
    functions: tuple[FunctionChange, ...] = ()
    successions: tuple[Succession, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    rules: tuple[KindRule, ...] = ()


class ReorganizationProposed(Event, frozen=True, kw_only=True):
    """It was put forward (提出)."""

    topic: ClassVar[str] = "reorganization.proposed"

    title: str
    plan: Plan


class ReorganizationRevised(Event, frozen=True, kw_only=True):
    """Its plan became another one before adoption (修改)."""

    topic: ClassVar[str] = "reorganization.revised"

    plan: Plan


class ReorganizationAdopted(Event, frozen=True, kw_only=True):
    """It was decided, to take effect on a day (通过). Everything it does carries this event as its cause."""

    topic: ClassVar[str] = "reorganization.adopted"

    takes_effect_on: date
    effect_precision: Precision = Precision.DAY
    effect_assumed: bool = False

    @property
    def acts_on(self) -> date:
        """The day on which everything it does takes effect."""
        return self.takes_effect_on

    @property
    def acts_precision(self) -> Precision:
        """How exactly that day is known."""
        return self.effect_precision

    @property
    def acts_assumed(self) -> bool:
        """Whether the source does not give that day."""
        return self.effect_assumed

    @property
    def lapses_on(self) -> date | None:
        """The day from which it is completed; that is derived, never recorded."""
        return self.takes_effect_on


class ReorganizationWithdrawn(Event, frozen=True, kw_only=True):
    """It was given up, before adoption or after (撤回)."""

    topic: ClassVar[str] = "reorganization.withdrawn"


EVENTS: tuple[type[Event], ...] = (
    ReorganizationProposed,
    ReorganizationRevised,
    ReorganizationAdopted,
    ReorganizationWithdrawn,
)
