"""Check of the unified social credit code (统一社会信用代码, GB 32100-2015 with its amendment of 2016).

``python-stdnum`` works out the final character, but knows no registration authority with a letter (N, A, Y).
The code also embeds an organization code with a check character of its own (GB 11714-1997).
"""

from __future__ import annotations

import re

from stdnum.cn import uscc

from registry.errors import Code, Refusal

USCC = "USCC"
"""The scheme of unified social credit codes."""

_SHAPE = re.compile(r"[0-9A-Z][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X][0-9A-HJ-NPQRTUWXY]")
"""Registration authority, class, division (retired ones included), organization code, check character."""

_AUTHORITIES = frozenset("123456789ANY")
_ORGANIZATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "0123456789X"


def check_identifier(scheme: str, value: str) -> None:
    """Refuse INVALID_IDENTIFIER for a value that its scheme rules out; schemes unknown here allow any."""
    if scheme != USCC:
        return
    if not _SHAPE.fullmatch(value):
        raise _invalid(value, "write 18 digits and capital letters, no I, O, S, V, Z (18 位数字或大写字母)")
    if value[0] not in _AUTHORITIES:
        raise _invalid(value, f"no registration authority {value[0]} (登记管理部门代码有误)")
    if organization_check_character(value[8:16]) != value[16]:
        raise _invalid(value, "the embedded organization code does not check (组织机构代码校验位有误)")
    if uscc.calc_check_digit(value[:17]) != value[17]:
        raise _invalid(value, "the last character does not check (校验码有误)")


def organization_check_character(body: str) -> str:
    """Return the check character of the 8 characters of an organization code (GB 11714-1997)."""
    total = sum(
        weight * _ORGANIZATION_ALPHABET.index(character)
        for weight, character in zip(_ORGANIZATION_WEIGHTS, body, strict=True)
    )
    return _CHECK_CHARACTERS[(11 - total % 11) % 11]


def _invalid(value: str, problem: str) -> Refusal:
    return Refusal(Code.INVALID_IDENTIFIER, scheme=USCC, value=value, problem=problem)
