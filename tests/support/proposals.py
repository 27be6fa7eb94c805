"""Proposals of commands, as commands (报送)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.commands import Command
from registry.ids import stable_id
from registry.proposal import commands as c

PROPOSAL, ANOTHER = stable_id("一件报送"), stable_id("另一件报送")
DAY, LATER = date(2024, 3, 1), date(2024, 3, 5)

SUBMITTER: dict[str, Any] = {"command_id": UUID(int=2), "actor": "user:submitter"}
REGISTRAR: dict[str, Any] = {"command_id": UUID(int=3), "actor": "user:registrar"}


def proposed(command: Command, **given: Any) -> c.Propose:  # noqa: ANN401 - any field that the command has
    """Return the command that proposes another one."""
    return c.Propose(**{"proposal": PROPOSAL, "command": command, "effective_on": DAY, **SUBMITTER, **given})


def approved(**given: Any) -> c.ApproveProposal:  # noqa: ANN401 - any field that the command has
    """Return the command that approves it."""
    return c.ApproveProposal(**{"proposal": PROPOSAL, "effective_on": LATER, **REGISTRAR, **given})


def rejected(**given: Any) -> c.RejectProposal:  # noqa: ANN401 - any field that the command has
    """Return the command that sends it back."""
    said = {"proposal": PROPOSAL, "effective_on": LATER, "reason": "材料不全", **REGISTRAR}
    return c.RejectProposal(**{**said, **given})


def withdrawn(**given: Any) -> c.WithdrawProposal:  # noqa: ANN401 - any field that the command has
    """Return the command that takes it back."""
    return c.WithdrawProposal(**{"proposal": PROPOSAL, "effective_on": LATER, **SUBMITTER, **given})
