"""Every code has its sentences in both languages, and whoever refuses fills them."""

from __future__ import annotations

import ast
import string
from datetime import date
from pathlib import Path

import pytest

import registry
from registry.errors import MESSAGES, Code, Message, Refusal

SOURCES = sorted(Path(registry.__file__).parent.rglob("*.py"))

ADDED_WHEN_SETTLED = {"id"}
"""Settling adds the stream to the details of every conflict of a fold."""


def placeholders(message: Message) -> set[str]:
    """Return the names that the sentences of a message need."""
    parsed = (string.Formatter().parse(sentence) for sentence in message)
    return {name for sentence in parsed for _, name, _, _ in sentence if name}


def test_every_code_has_a_message_and_every_message_a_code() -> None:
    assert set(MESSAGES) == set(Code)
    assert all(code.name == code.value for code in Code)


@pytest.mark.parametrize("code", Code)
def test_both_languages_say_something_of_their_own(code: Code) -> None:
    message = MESSAGES[code]
    assert all(sentence.strip() for sentence in message)
    assert message.advice_english.isascii()
    assert not message.advice_chinese.isascii()


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Return the calls of ``name`` with a code in the domain, and where they are."""
    return [
        (f"{path.name}:{node.lineno}", node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        and node.args
        and isinstance(node.args[0], ast.Attribute)
    ]


def test_whoever_refuses_fills_every_sentence() -> None:
    seen = 0
    for place, call in calls("Refusal"):
        assert isinstance(call.args[0], ast.Attribute)
        given = {keyword.arg for keyword in call.keywords}
        if None in given:
            continue
        seen += 1
        missing = placeholders(MESSAGES[Code(call.args[0].attr)]) - given
        assert not missing, f"{place}: {missing}"
    assert seen > 40


def test_a_refusal_holds_its_details_as_text() -> None:
    refusal = Refusal(Code.BUSY, waiting=7, seconds=2)
    assert refusal.details == {"waiting": "7", "seconds": "2"}
    assert str(refusal) == refusal.english == "7 commands are waiting already."
    assert refusal.chinese == "已有 7 条命令在等待。"
    assert refusal.advice_english == "Send the same command again after 2 s."
    assert refusal.advice_chinese == "请在 2 秒后重发同一命令。"


def test_an_open_end_is_no_date() -> None:
    refusal = Refusal(Code.MUST_BELONG, kind="DEPARTMENT", id="7", start=date(2019, 1, 1), end=date.max)
    assert refusal.english.endswith("from 2019-01-01 to ∞.")
