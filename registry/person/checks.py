"""What an event of a person may say, recorded plainly or by a correction (人员内容检查). Pure."""

from __future__ import annotations

import re
from datetime import date

from registry.commands import check_date, check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.person import events as e
from registry.person.identity import check_identity_number
from registry.time import Precision

_NUMBER_LIMIT = 40
_ADDRESS_LIMIT = 254
"""Characters of an e-mail address at most (RFC 5321)."""

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT, INVALID_DATE or INVALID_IDENTITY_NUMBER for what no person can be."""
    match event:
        case e.PersonRegistered():
            check_name("name", event.name)
            _check_birth(event.birth_date, event.birth_precision, event.effective_on)
            _check_contacts(event.phone, event.email)
            if event.identity_number is not None:
                check_identity_number(event.identity_number)
        case e.PersonRenamed():
            check_name("name", event.name)
        case _:
            pass


def _check_birth(birth: date | None, precision: Precision, day: date) -> None:
    """Refuse a birth after ``day``, on which the person is known to be there."""
    if birth is None:
        return
    check_date("birthDate", birth, precision)
    if birth > day:
        raise Refusal(Code.INVALID_INPUT, field="birthDate", problem="after effectiveOn (晚于生效日期)")


def _check_contacts(phone: str | None, email: str | None) -> None:
    check_name("phone", phone, _NUMBER_LIMIT)
    check_name("email", email, _ADDRESS_LIMIT)
    if email is not None and not _ADDRESS.fullmatch(email):
        raise Refusal(Code.INVALID_INPUT, field="email", problem="no e-mail address (格式有误)")
