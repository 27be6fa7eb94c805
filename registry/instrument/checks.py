"""What an event of an instrument may say, recorded plainly or by a correction (文件内容检查). Pure."""

from __future__ import annotations

from registry.commands import TEXT_LIMIT, check_name, check_sha256
from registry.events import Event
from registry.instrument import events as e


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a title, number or issuer that nobody can read, or a digest that is none."""
    if not isinstance(event, e.InstrumentIssued):
        return
    check_name("title", event.title, TEXT_LIMIT)
    check_name("number", event.number)
    check_name("issuer", event.issuer)
    check_sha256(event.sha256)
