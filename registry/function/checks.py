"""What an event of a function may say, recorded plainly or by a correction (职能内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name, check_text
from registry.events import Event
from registry.function import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a name or description that nobody can read."""
    if isinstance(event, e.FunctionDefined):
        check_name("name", event.name)
        check_text("description", event.description)
