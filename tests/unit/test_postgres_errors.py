"""Every failure of the database can be told in both languages, under a code of its own."""

from __future__ import annotations

import string
from enum import StrEnum

import pytest

from registry.store.postgres_errors import (
    EmbeddedCode,
    EmbeddedPostgresError,
    MigrationCode,
    MigrationError,
    PostgresError,
)

KINDS: list[tuple[type[PostgresError], type[StrEnum]]] = [
    (EmbeddedPostgresError, EmbeddedCode),
    (MigrationError, MigrationCode),
]
CASES = [(kind, code) for kind, codes in KINDS for code in codes]


@pytest.mark.parametrize(("kind", "codes"), KINDS)
def test_codes_and_messages_are_the_same(kind: type[PostgresError], codes: type[StrEnum]) -> None:
    assert set(kind.messages) == set(codes)


@pytest.mark.parametrize(("kind", "code"), CASES)
def test_both_languages_say_the_same_details(kind: type[PostgresError], code: StrEnum) -> None:
    message = kind.messages[code]
    assert fields(message.english) == fields(message.chinese)
    assert fields(message.advice_english) == fields(message.advice_chinese)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in message.chinese)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in message.advice_chinese)


def test_an_error_reads_as_code_sentence_advice_and_log() -> None:
    error = EmbeddedPostgresError(EmbeddedCode.INIT_FAILED, folder="/data", log_tail="No space left")
    assert str(error) == (
        "POSTGRES_INIT_FAILED: The data folder /data could not be initialized. "
        "Read what initdb said: most often the disk is full or not writable.\nNo space left"
    )
    assert error.chinese == "数据目录 /data 初始化失败。"


def fields(text: str) -> set[str]:
    """Return the names that a sentence is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
