"""Unified social credit codes are checked in every character (GB 32100, GB 11714)."""

from __future__ import annotations

import pytest

from registry.errors import Code, Refusal
from registry.organization.identifiers import USCC, check_identifier, organization_check_character

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def code(authority: str, division: str, body: str) -> str:
    """Return a code with both of its check characters, worked out here anew from the standards."""
    total = sum(
        weight * "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(character)
        for weight, character in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)
    )
    check = "0123456789X0"[11 - total % 11]
    start = f"{authority}{division}{body}{check}"
    rest = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, start, strict=True))
    return start + ALPHABET[-rest % 31]


VALID = [
    code("51", "100000", "50000214"),  # a national society
    code("51", "210282", "71130000"),  # a division that was renamed since
    code("51", "210200", "A1B2C3D4"),
    code("N1", "210200", "71130001"),
    code("A1", "210200", "71130002"),
    code("Y1", "210200", "71130003"),
    code("12", "210200", "42246911"),
]


@pytest.mark.parametrize("value", VALID)
def test_valid_codes_are_accepted(value: str) -> None:
    check_identifier(USCC, value)


@pytest.mark.parametrize("value", VALID)
def test_every_change_of_one_character_is_refused(value: str) -> None:
    for place, old in enumerate(value):
        for new in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if new != old:
                with pytest.raises(Refusal) as caught:
                    check_identifier(USCC, value[:place] + new + value[place + 1 :])
                assert caught.value.code is Code.INVALID_IDENTIFIER


@pytest.mark.parametrize(
    "value",
    [
        "",
        VALID[0][:-1],
        VALID[0] + "0",
        VALID[2].lower(),
        f" {VALID[0]}",
        f"{VALID[0][:8]}-{VALID[0][8:]}",
        VALID[0].replace("1", chr(0xFF11)),
        "51100000五00002145",
    ],
)
def test_what_is_not_written_as_a_code_is_refused(value: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_identifier(USCC, value)
    assert caught.value.details["scheme"] == USCC


@pytest.mark.parametrize("authority", "0BCDEFGHJKLMPQRTUWX")
def test_letters_that_stand_for_no_authority_are_refused(authority: str) -> None:
    with pytest.raises(Refusal):
        check_identifier(USCC, code(f"{authority}1", "210200", "71130000"))


def test_a_code_whose_embedded_code_alone_is_wrong_is_refused() -> None:
    valid = code("51", "210200", "71130000")
    wrong = valid[:16] + ("1" if valid[16] != "1" else "2")
    rest = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, wrong, strict=True))
    with pytest.raises(Refusal) as caught:
        check_identifier(USCC, wrong + ALPHABET[-rest % 31])
    assert "organization code" in caught.value.details["problem"]


def test_the_check_character_of_an_organization_code() -> None:
    assert organization_check_character("D2143569") == "X"  # the example of GB 11714


def test_other_schemes_take_anything() -> None:
    check_identifier("OLD", "7")
