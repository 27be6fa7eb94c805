"""What one may ask of a participation (参加命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.ids import PARTICIPATION_SCHEME
from registry.participation.kinds import ParticipationRole
from registry.reads import Needs


class ParticipationCommand(Command, frozen=True, kw_only=True):
    """A command to one participation."""

    participation: UUID

    @property
    def subject(self) -> UUID:
        """The participation."""
        return self.participation


class BeginParticipation(ParticipationCommand, frozen=True, kw_only=True):
    """Record that a person takes part in a Party organization without an affiliation there (参加)."""

    opens: ClassVar[bool] = True

    person: UUID
    organization: UUID
    role: ParticipationRole = ParticipationRole.MEMBER

    @property
    def needs(self) -> Needs:
        """The person and the organization, and whether the person takes part already."""
        return Needs(
            entities=frozenset({self.participation, self.person, self.organization, *self.cited}),
            identifiers=frozenset({(PARTICIPATION_SCHEME, f"{self.organization}/{self.person}")}),
        )


class EndParticipation(ParticipationCommand, frozen=True, kw_only=True):
    """Record that the person does not take part any more (不再参加)."""
