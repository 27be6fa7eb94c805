"""What an event of a membership may say, recorded plainly or by a correction (会员资格内容检查). Pure."""

from __future__ import annotations

from msgspec import UNSET

from registry.commands import check_name
from registry.events import Event
from registry.membership import events as e

_NUMBER_LIMIT = 64


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a number that nobody can read."""
    match event:
        case e.MembershipAdmitted() | e.MembershipTransferred():
            check_name("number", event.number, _NUMBER_LIMIT)
        case e.MembershipReclassified() if event.number is not UNSET:
            check_name("number", event.number, _NUMBER_LIMIT)
        case _:
            pass
