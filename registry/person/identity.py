"""Citizens' identity numbers: their form, and what they tell (公民身份号码, GB 11643-1999). Pure.

Nothing here repeats a number in a refusal: refusals are kept for ever.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric

from registry.errors import Code, Refusal
from registry.person.kinds import Gender
from registry.time import Precision

_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
"""Division (retired ones included), birth, sequence, check character."""


def check_identity_number(number: str) -> None:
    """Refuse INVALID_IDENTITY_NUMBER for what is no identity number."""
    if not _SHAPE.fullmatch(number):
        raise _invalid("write 17 digits, and a digit or a capital X (17 位数字加一位数字或大写 X)")
    if _birth(number) is None:
        raise _invalid("it tells no day of birth (出生日期码有误)")
    if ric.calc_check_digit(number[:17]) != number[17]:
        raise _invalid("the last character does not check (校验码有误)")


def birth_of(number: str) -> date:
    """Return the day of birth that a number in good order tells."""
    birth = _birth(number)
    assert birth is not None
    return birth


def gender_of(number: str) -> Gender:
    """Return the gender that a number in good order tells: its sequence is odd for men."""
    return Gender.MALE if int(number[16]) % 2 else Gender.FEMALE


def disagreement(
    number: str | None, birth: date | None, precision: Precision, gender: Gender | None
) -> str | None:
    """Return the field that says something else than the number does, or None."""
    if number is None:
        return None
    if birth is not None and not same_birth(birth_of(number), birth, precision):
        return "birthDate"
    if gender is not None and gender is not gender_of(number):
        return "gender"
    return None


def same_birth(told: date, birth: date, precision: Precision) -> bool:
    """Say whether both are one day, month or year, whichever ``precision`` says."""
    match precision:
        case Precision.DAY:
            return told == birth
        case Precision.MONTH:
            return (told.year, told.month) == (birth.year, birth.month)
        case Precision.YEAR:
            return told.year == birth.year


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _invalid(problem: str) -> Refusal:
    return Refusal(Code.INVALID_IDENTITY_NUMBER, problem=problem)
