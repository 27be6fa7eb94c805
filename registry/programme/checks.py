"""What an event of a programme may say, recorded plainly or by a correction (计划内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name
from registry.events import Event
from registry.programme import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a name that nobody can read."""
    if isinstance(event, e.ProgrammeLaunched):
        check_name("name", event.name)
