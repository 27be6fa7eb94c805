"""What an event of a secondment may say, recorded plainly or by a correction (挂职内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name
from registry.events import Event
from registry.secondment import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a duty that nobody can read."""
    if isinstance(event, e.SecondmentBegun):
        check_name("duty", event.duty)
