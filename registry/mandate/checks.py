"""What an event of a mandate may say, recorded plainly or by a correction (承接事项内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name, check_text
from registry.events import Event
from registry.mandate import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a name or a finding that nobody can read."""
    match event:
        case e.MandateGranted():
            check_name("name", event.name)
        case e.MandateReviewed():
            check_text("finding", event.finding)
        case _:
            pass
