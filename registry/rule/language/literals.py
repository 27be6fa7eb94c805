"""Values written in a predicate, checked against the field they are compared with (常量)."""

from __future__ import annotations

from datetime import date

from registry.rule.language.cursor import Cursor
from registry.rule.language.syntax import Literal
from registry.rule.language.tokens import Mark, Token
from registry.rule.language.unreadable import Phrase, Unreadable, one_of, printable
from registry.rule.language.vocabulary import Field, FieldType
from registry.time import EARLIEST, FOREVER

LIST_LIMIT = 200
"""Values in one list."""

LARGEST = 2**63 - 1
"""What the database takes for an integer."""

_A_NUMBER = Phrase("write an integer like 45", "请写整数，如 45")
_A_DATE = Phrase("write a date like 1975-01-31", "请写日期，如 1975-01-31")
_A_TEXT = Phrase('write a text in quotes: "…"', '请写带引号的文本："…"')

_WRITTEN: dict[FieldType, tuple[Mark, Phrase]] = {
    FieldType.INTEGER: (Mark.INTEGER, _A_NUMBER),
    FieldType.AGE: (Mark.INTEGER, _A_NUMBER),
    FieldType.DATE: (Mark.DATE, _A_DATE),
    FieldType.ROUGH_DATE: (Mark.DATE, _A_DATE),
    FieldType.TEXT: (Mark.TEXT, _A_TEXT),
}
"""How values of a type are written, those of BOOLEAN and ENUM apart."""


def literal(cursor: Cursor, name: str, field: Field) -> Literal:
    """Read a value for ``field``; raises Unreadable."""
    match field.element:
        case FieldType.BOOLEAN:
            if not cursor.sees("true", "false"):
                raise cursor.next.unexpected(one_of(("true", "false")))
            return cursor.take().text == "true"
        case FieldType.ENUM:
            return _word(cursor, name, field)
        case kind:
            mark, expected = _WRITTEN[kind]
            if cursor.next.mark is not mark:
                raise cursor.next.unexpected(expected)
            return _value(cursor.take())


def word_or_text(cursor: Cursor, name: str, field: Field) -> str:
    """Read a member of the set ``field``; raises Unreadable."""
    value = literal(cursor, name, field)
    assert isinstance(value, str)
    return value


def literals(cursor: Cursor, name: str, field: Field) -> tuple[Literal, ...]:
    """Read a list in parentheses; raises Unreadable."""
    cursor.expect("(", Phrase("a list begins with (", "列表以 ( 开始"))
    values = [literal(cursor, name, field)]
    while cursor.accept(","):
        if len(values) == LIST_LIMIT:
            problem = Phrase("the list is too long", "列表过长")
            expected = Phrase(f"at most {LIST_LIMIT} values", f"最多 {LIST_LIMIT} 项")
            raise cursor.next.fails(problem, expected)
        values.append(literal(cursor, name, field))
    cursor.expect(")", Phrase("go on with , or end the list with )", "请以 , 继续或以 ) 结束列表"))
    return tuple(values)


def _word(cursor: Cursor, name: str, field: Field) -> str:
    token = cursor.next
    if token.mark is not Mark.WORD:
        raise token.unexpected(one_of(field.words))
    if token.text not in field.words:
        piece = printable(token.text)
        problem = Phrase(f"there is no word {piece} of {name}", f"{field.chinese}（{name}）没有 {piece} 一词")
        raise token.fails(problem, one_of(field.words))
    return cursor.take().text


def _value(token: Token) -> Literal:
    match token.mark:
        case Mark.INTEGER:
            return _integer(token)
        case Mark.DATE:
            return _date(token)
        case _:
            return token.text[1:-1].replace('""', '"')


def _integer(token: Token) -> int:
    value = int(token.text)
    if abs(value) > LARGEST:
        problem = Phrase("the number is too large", "数值过大")
        raise token.fails(problem, Phrase(f"at most {LARGEST}", f"最大 {LARGEST}"))
    return value


def _date(token: Token) -> date:
    try:
        day = date.fromisoformat(token.text)
    except ValueError:
        raise _no_day(token, Phrase(f"there is no day {token.text}", f"没有 {token.text} 这一天")) from None
    if not EARLIEST <= day < FOREVER:
        raise _no_day(token, Phrase(f"{token.text} is out of range", f"{token.text} 超出范围"))
    return day


def _no_day(token: Token, problem: Phrase) -> Unreadable:
    expected = Phrase(f"a day from {EARLIEST} to before {FOREVER}", f"{EARLIEST} 至 {FOREVER} 之前的日期")
    return token.fails(problem, expected)
