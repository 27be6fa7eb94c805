"""What an event of an affiliation may say, recorded plainly or by a correction (组织关系内容检查). Pure."""

from __future__ import annotations

from registry.affiliation import events as e
from registry.commands import check_date, check_name
from registry.errors import Code, Refusal
from registry.events import Event

_LETTER_LIMIT = 64


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for a letter or a receipt that cannot be."""
    if isinstance(event, e.TransferReceived):
        check_date("receivedOn", event.received_on)
    if not isinstance(event, e.AffiliationTransferred):
        return
    check_name("letter", event.letter, _LETTER_LIMIT)
    valid_until = event.letter_valid_until
    if valid_until is None:
        return
    check_date("letterValidUntil", valid_until)
    if event.letter is None:
        raise Refusal(Code.INVALID_INPUT, field="letter", problem="a validity of no letter (缺少介绍信编号)")
    if valid_until < event.effective_on:
        problem = "before the letter was issued (早于开具之日)"
        raise Refusal(Code.INVALID_DATE, field="letterValidUntil", date=valid_until, problem=problem)
