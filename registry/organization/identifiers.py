"""Check of the unified social credit code (统一社会信用代码, GB 32100-2015 with its amendment of 2016).

``python-stdnum`` checks the final character. The code also embeds an organization code with a check character
of its own (GB 11714-1997), an administrative division, and a letter or digit for the registration authority.
"""

from __future__ import annotations

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from registry.errors import Code, Refusal

USCC = "USCC"
"""The scheme of unified social credit codes."""

_AUTHORITIES = frozenset("123456789ANY")
_ORGANIZATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "0123456789X"


def check_identifier(scheme: str, value: str) -> None:
    """Refuse INVALID_IDENTIFIER for a value that its scheme rules out; schemes unknown here allow any."""
    if scheme != USCC:
        return
    try:
        compact = uscc.validate(value)
    except ValidationError as error:
        raise _invalid(value, str(error)) from None
    if compact != value:
        raise _invalid(value, "write 18 characters without blanks, capital letters (18 位, 大写, 无空格)")
    if value[0] not in _AUTHORITIES:
        raise _invalid(value, f"no registration authority {value[0]} (登记管理部门代码有误)")
    if organization_check_character(value[8:16]) != value[16]:
        raise _invalid(value, "the embedded organization code does not check (组织机构代码校验位有误)")


def organization_check_character(body: str) -> str:
    """Return the check character of the 8 characters of an organization code (GB 11714-1997)."""
    total = sum(
        weight * _ORGANIZATION_ALPHABET.index(character)
        for weight, character in zip(_ORGANIZATION_WEIGHTS, body, strict=True)
    )
    return _CHECK_CHARACTERS[(11 - total % 11) % 11]


def _invalid(value: str, problem: str) -> Refusal:
    return Refusal(Code.INVALID_IDENTIFIER, scheme=USCC, value=value, problem=problem)
