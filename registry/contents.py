"""What any event may say, recorded by a command or put in another's place by a correction (内容检查). Pure.

Decisions do not check contents: :func:`registry.settlement.settle` does, for every event that would be
recorded, so that an amendment cannot say what the command it amends was not allowed to say.
"""

from __future__ import annotations

from collections.abc import Callable

from registry.commands import check_date, check_text
from registry.correction.events import Amended, Retracted
from registry.errors import Code, Refusal
from registry.events import Event, LastingEvent
from registry.function.checks import check_content as check_function
from registry.instrument.checks import check_content as check_instrument
from registry.nouns import noun_of
from registry.organization.checks import check_content as check_organization
from registry.reorganization.checks import check_content as check_reorganization

_CHECKS: dict[str, Callable[[Event], None]] = {
    "organization": check_organization,
    "function": check_function,
    "instrument": check_instrument,
    "reorganization": check_reorganization,
}


def check_content(event: Event) -> None:
    """Refuse INVALID_DATE, INVALID_INPUT or INVALID_IDENTIFIER for what ``event`` may not say."""
    check_text("reason", event.reason)
    check_text("clause", event.clause)
    if isinstance(event, Retracted):
        return
    content = event.replacement if isinstance(event, Amended) else event
    check_date("effectiveOn", content.effective_on, content.precision)
    if content is not event:
        check_text("reason", content.reason)
        check_text("clause", content.clause)
    if isinstance(content, LastingEvent) and content.until is not None:
        check_date("until", content.until)
        if content.until <= content.effective_on:
            problem = "not after the beginning (须晚于起始日)"
            raise Refusal(Code.INVALID_DATE, field="until", date=content.until, problem=problem)
    _CHECKS[noun_of(content).name](content)
