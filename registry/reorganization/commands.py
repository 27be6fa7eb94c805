"""What one may ask of a reorganization (机构改革命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.dispositions import Disposition
from registry.reorganization.events import Plan
from registry.time import Precision


class ReorganizationCommand(Command, frozen=True, kw_only=True):
    """A command to one reorganization."""

    reorganization: UUID

    @property
    def subject(self) -> UUID:
        """The reorganization."""
        return self.reorganization


class ProposeReorganization(ReorganizationCommand, frozen=True, kw_only=True):
    """Put a reorganization forward (提出)."""

    opens: ClassVar[bool] = True

    title: str
    plan: Plan


class ReviseReorganization(ReorganizationCommand, frozen=True, kw_only=True):
    """Change the plan before adoption (修改)."""

    plan: Plan


class AdoptReorganization(ReorganizationCommand, frozen=True, kw_only=True):
    """Adopt it as previewed, to take effect on a day (通过). ``preview`` is required.

    ``effective_on`` is the day of the decision, ``takes_effect_on`` that of its effect, each with its own
    precision.
    """

    takes_effect_on: date
    effect_precision: Precision = Precision.DAY
    effect_assumed: bool = False


class AmendReorganization(ReorganizationCommand, frozen=True, kw_only=True):
    """After adoption: it should have taken effect on another day, or with another plan (更正已通过的改革).

    None leaves the day or the plan as it is. ``dispositions`` say what becomes of what was built on it since.
    """

    takes_effect_on: date | None = None
    effect_precision: Precision = Precision.DAY
    effect_assumed: bool = False
    plan: Plan | None = None
    dispositions: tuple[Disposition, ...] = ()


class WithdrawReorganization(ReorganizationCommand, frozen=True, kw_only=True):
    """Give it up; after adoption everything it did is retracted (撤回)."""

    dispositions: tuple[Disposition, ...] = ()
