"""What an event of a post may say, recorded plainly or by a correction (职务内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.post import events as e
from registry.post.kinds import TITLES, Title

SEATS_LIMIT = 10_000
"""Seats of one post; the largest congress of a city has some hundred delegates."""


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a title out of use, a name that nobody can read, an impossible number."""
    match event:
        case e.PostEstablished():
            check_name("name", event.name)
            _check_seats(event.seats)
            _check_title(event)
        case e.PostRenamed():
            check_name("name", event.name)
        case e.SeatsChanged():
            _check_seats(event.seats)
        case _:
            pass


def _check_seats(seats: int | None) -> None:
    if seats is not None and not 1 <= seats <= SEATS_LIMIT:
        problem = f"from 1 to {SEATS_LIMIT}, or none for as many as are appointed (须为 1 至 {SEATS_LIMIT})"
        raise Refusal(Code.INVALID_INPUT, field="seats", problem=problem)


def _check_title(event: e.PostEstablished) -> None:
    if event.title is Title.OTHER and event.name is None:
        problem = "a post of another title needs a name (其他职务须填写名称)"
        raise Refusal(Code.INVALID_INPUT, field="name", problem=problem)
    if not TITLES[event.title].covers(event.effective_on):
        problem = f"{event.title} is not in use on {event.effective_on} (该日不使用此职务名称)"
        raise Refusal(Code.INVALID_INPUT, field="title", problem=problem)
