"""What an event of a proposal may say (报送内容检查). Pure.

What the proposed command says is checked as everything that would be recorded is.
"""

from __future__ import annotations

from registry.commands import check_name
from registry.events import Event
from registry.proposal.events import ProposalMade


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for the name of a command that is none."""
    if isinstance(event, ProposalMade):
        check_name("kind", event.kind)
