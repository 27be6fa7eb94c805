"""What an event of a liaison may say, recorded plainly or by a correction (直接联系内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_text
from registry.errors import Code, Refusal
from registry.events import Event
from registry.liaison import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a note that nobody can read, and for somebody in touch with themselves."""
    match event:
        case e.LiaisonVisited():
            check_text("note", event.note)
        case e.LiaisonBegun() if event.cadre == event.scientist:
            problem = "the cadre and the scientist are one person (联系人与联系对象相同)"
            raise Refusal(Code.INVALID_INPUT, field="scientist", problem=problem)
        case _:
            pass
