"""What an event of an instrument may say, recorded plainly or by a correction (文件内容检查). Pure."""

from __future__ import annotations

import re

from registry.commands import TEXT_LIMIT, check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.instrument import events as e

_SHA256 = re.compile(r"[0-9a-f]{64}")


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for a title, number or issuer that nobody can read, or a digest that is none."""
    if not isinstance(event, e.InstrumentIssued):
        return
    check_name("title", event.title, TEXT_LIMIT)
    check_name("number", event.number)
    check_name("issuer", event.issuer)
    if event.sha256 is not None and not _SHA256.fullmatch(event.sha256):
        problem = "not 64 hexadecimal digits in small letters (须为 64 位小写十六进制)"
        raise Refusal(Code.INVALID_INPUT, field="sha256", problem=problem)
