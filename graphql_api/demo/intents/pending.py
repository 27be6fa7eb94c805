"""Commands that name the position of an event, which is known only once that is recorded (待定命令)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec.structs import asdict

from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.measure.commands import CiteEvidence


class Citation(CiteEvidence, frozen=True, kw_only=True):
    """A citation of the first event of the command ``of`` (引证).

    It is sent as the plain command with that position.
    """

    of: UUID

    def at(self, position: int) -> Command:
        """Return the command to send."""
        return CiteEvidence(**{**_content(self), "position": position})


class LateAmendment(AmendEvent, frozen=True, kw_only=True):
    """An amendment of the first event of the command ``of`` (事后更正).

    It is sent as the plain command with that position.
    """

    of: UUID

    def at(self, position: int) -> Command:
        """Return the command to send."""
        return AmendEvent(**{**_content(self), "position": position})


Pending = Citation | LateAmendment


def _content(command: Command) -> dict[str, Any]:
    return {name: value for name, value in asdict(command).items() if name != "of"}
