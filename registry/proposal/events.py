"""What can happen to a proposal (报送事件).

A command that is about somebody is sealed whole, as what it would record is; one that is about nobody stands
in clear. What was proposed and decided is never corrected: one proposes anew.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event


class ProposalMade(Event, frozen=True, kw_only=True):
    """Somebody proposed a command, for others to approve (报送).

    ``kind`` is the command's, ``subject`` the entity that it is about; what it says is JSON, in
    ``personal_content`` when it is of ``person``, else in ``content``. ``organizations`` are those that it
    concerns: who may decide on it goes by them.
    """

    topic: ClassVar[str] = "proposal.made"
    final: ClassVar[bool] = True
    personal: ClassVar[frozenset[str]] = frozenset({"personal_content", "reason"})

    submitter: str
    kind: str
    subject: UUID
    organizations: tuple[UUID, ...] = ()
    person: UUID | None = None
    content: str | None = None
    personal_content: str | None = None


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    """Its submitter took it back (撤回)."""

    topic: ClassVar[str] = "proposal.withdrawn"
    final: ClassVar[bool] = True
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


class ProposalRejected(Event, frozen=True, kw_only=True):
    """Somebody else found that it is not to be recorded, and says why (退回)."""

    topic: ClassVar[str] = "proposal.rejected"
    final: ClassVar[bool] = True
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


class ProposalApproved(Event, frozen=True, kw_only=True):
    """Somebody else had it recorded, by the command that this came with (审批通过)."""

    topic: ClassVar[str] = "proposal.approved"
    final: ClassVar[bool] = True
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


EVENTS: tuple[type[Event], ...] = (ProposalMade, ProposalWithdrawn, ProposalRejected, ProposalApproved)
