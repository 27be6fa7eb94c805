"""What an event of a person may say, recorded plainly or by a correction (人员内容检查). Pure."""

from __future__ import annotations

import re
from datetime import date

from msgspec import UNSET

from registry.commands import check_date, check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.person import events as e
from registry.person.identity import check_identity_number
from registry.time import Precision

_NUMBER_LIMIT = 40
_ADDRESS_LIMIT = 254
"""Characters of an e-mail address at most (RFC 5321)."""

_DISCIPLINES = 10
"""Disciplines of one person at most."""

_DISCIPLINE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
"""A code of GB/T 13745 as the standard numbers its three levels, without dots."""

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
        case e.PersonRenamed() | e.TitleAwarded() | e.TitleWithdrawn() | e.AwardWithdrawn():
            check_name("name", event.name)
        case e.PersonParticularsChanged():
            _check_change(event.change, event.effective_on)
        case e.PersonEmployed():
            _check_employment(event)
        case e.DisciplineSet():
            _check_disciplines(event.disciplines)
        case e.AwardGranted():
            check_name("name", event.name)
            check_name("grantor", event.grantor)
        case e.PersonMerged() | e.PersonAbsorbed():
            if event.effective_on != e.ALWAYS:
                problem = f"a merger holds at all times: {e.ALWAYS} (合并不分时间)"
                raise Refusal(Code.INVALID_INPUT, field="effectiveOn", problem=problem)
        case _:
            pass


def _check_change(change: e.ParticularsChange, day: date) -> None:
    if change.birth_date is not UNSET:
        precision = Precision.DAY if change.birth_precision is UNSET else change.birth_precision
        _check_birth(change.birth_date, precision, day)
    elif change.birth_precision is not UNSET:
        problem = "it goes with a birthDate (须与出生日期一并填写)"
        raise Refusal(Code.INVALID_INPUT, field="birthPrecision", problem=problem)
    phone = None if change.phone is UNSET else change.phone
    email = None if change.email is UNSET else change.email
    _check_contacts(phone, email)
    if change.identity_number is not UNSET and change.identity_number is not None:
        check_identity_number(change.identity_number)


def _check_employment(event: e.PersonEmployed) -> None:
    check_name("employerName", event.employer_name)
    check_name("position", event.position)
    if event.employer is None and event.employer_name is None:
        problem = "give the employer, or its name (请填写任职单位或其名称)"
        raise Refusal(Code.INVALID_INPUT, field="employer", problem=problem)


def _check_disciplines(disciplines: tuple[str, ...]) -> None:
    if len(disciplines) > _DISCIPLINES or len(set(disciplines)) < len(disciplines):
        problem = f"at most {_DISCIPLINES}, each once (至多 {_DISCIPLINES} 个,不得重复)"
        raise Refusal(Code.INVALID_INPUT, field="disciplines", problem=problem)
    for code in disciplines:
        if not _DISCIPLINE.fullmatch(code):
            problem = "a code of GB/T 13745 has 3, 5 or 7 digits (学科代码为 3、5 或 7 位数字)"
            raise Refusal(Code.INVALID_INPUT, field="disciplines", problem=problem)


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
