"""What is said of one field, read and checked against the field's type (字段条件)."""

from __future__ import annotations

from registry.rule.language.cursor import Cursor
from registry.rule.language.literals import literal, literals, word_or_text
from registry.rule.language.syntax import Compare, Flag, Has, Known, Not, OneOf, Operator, Predicate
from registry.rule.language.tokens import Mark, Token
from registry.rule.language.unreadable import Phrase, one_of, printable
from registry.rule.language.vocabulary import LISTED, ORDERED, Field, FieldType, Vocabulary

_EQUALITY = frozenset({Operator.EQUAL, Operator.UNEQUAL})


def about_field(cursor: Cursor, vocabulary: Vocabulary) -> Predicate:
    """Read a field and what is said of it; the cursor stands before a name; raises Unreadable."""
    token = cursor.take()
    field = vocabulary.fields.get(token.text)
    if field is None:
        piece = printable(token.text)
        problem = Phrase(
            f"there is no field {piece} of {vocabulary.subject}", f"{vocabulary.subject} 没有字段 {piece}"
        )
        raise token.fails(problem, one_of(vocabulary.fields))
    return _said(cursor, token.text, field)


def _said(cursor: Cursor, name: str, field: Field) -> Predicate:
    token = cursor.next
    if token.mark is Mark.OPERATOR:
        return _compared(cursor, name, field)
    if cursor.sees("in", "not"):
        return _listed(cursor, name, field)
    if cursor.accept("has"):
        if field.type is not FieldType.SET:
            raise _cannot(token, name, field)
        return Has(name, field.element, word_or_text(cursor, name, field))
    if cursor.accept("is"):
        return _known(cursor, name, field)
    if field.type is FieldType.BOOLEAN:
        return Flag(name)
    raise token.unexpected(_sayable(name, field))


def _compared(cursor: Cursor, name: str, field: Field) -> Predicate:
    token = cursor.take()
    operator = Operator(token.text)
    if operator not in _operators(field):
        raise _cannot(token, name, field)
    return Compare(name, field.type, operator, literal(cursor, name, field))


def _listed(cursor: Cursor, name: str, field: Field) -> Predicate:
    negation = cursor.accept("not")
    token = cursor.expect("in", Phrase("write not in (…)", "请写作 not in (…)"))
    if field.type not in LISTED:
        raise _cannot(token, name, field)
    listed = OneOf(name, field.type, literals(cursor, name, field))
    return listed if negation is None else Not(listed)


def _known(cursor: Cursor, name: str, field: Field) -> Predicate:
    if not cursor.sees("known", "unknown"):
        raise cursor.next.unexpected(one_of(("known", "unknown")))
    known = Known(name, field.type)
    return known if cursor.take().text == "known" else Not(known)


def _operators(field: Field) -> frozenset[Operator]:
    if field.type in ORDERED:
        return frozenset(Operator)
    return frozenset() if field.type is FieldType.SET else _EQUALITY


def _sayable(name: str, field: Field) -> Phrase:
    """Return what can be said of a field."""
    allowed = [str(operator) for operator in Operator if operator in _operators(field)]
    if field.type in LISTED:
        allowed += ["in", "not in"]
    if field.type is FieldType.SET:
        allowed.append("has")
    choice = one_of([*allowed, "is known", "is unknown"])
    return Phrase(f"after {name} write {choice.english}", f"{field.chinese}（{name}）后{choice.chinese}")


def _cannot(token: Token, name: str, field: Field) -> Exception:
    problem = Phrase(f"{token.text} cannot be asked of {name}", f"{name} 不能用 {token.text} 判断")
    return token.fails(problem, _sayable(name, field))
