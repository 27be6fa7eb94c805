"""A text read once, and checked against what may be spoken of (解析)."""

from __future__ import annotations

from registry.rule.language.atoms import about_field
from registry.rule.language.cursor import Cursor
from registry.rule.language.syntax import And, Meets, Not, Or, Predicate
from registry.rule.language.tokens import TEXT_LIMIT, Mark
from registry.rule.language.unreadable import Phrase, Unreadable, printable
from registry.rule.language.vocabulary import Vocabulary
from registry.rule.language.writing import format_predicate

_A_PREDICATE = Phrase("begin with a field, not, is or (", "请以字段、not、is 或 ( 开始")
_A_CRITERION = Phrase(
    "write is and a definition's NAME, or not is NAME", "请写 is 加定义名称（大写），或 not is 名称"
)
_GO_ON = Phrase("go on with and or or, or end here", "请以 and 或 or 继续，或在此结束")
_CLOSE = Phrase("go on with and or or, or close with )", "请以 and 或 or 继续，或以 ) 结束")


def parse(text: str, vocabulary: Vocabulary) -> Predicate:
    """Return the predicate that ``text`` states over the fields of ``vocabulary``; raises Unreadable.

    Names of definitions are taken as they are; ``criteria_of`` says which ones, for the caller to look up.
    """
    cursor = Cursor(text)
    predicate = _disjunction(cursor, vocabulary)
    if cursor.next.mark is not Mark.END:
        raise cursor.next.unexpected(_GO_ON)
    # A text without blanks grows when it is written out; what is accepted must be so in that form, too.
    if len(format_predicate(predicate)) > TEXT_LIMIT:
        problem = Phrase("written out with blanks the text is too long", "按规范格式书写后过长")
        raise Unreadable(len(text), "", problem, Phrase(f"at most {TEXT_LIMIT}", f"最多 {TEXT_LIMIT} 个字符"))
    return predicate


def _disjunction(cursor: Cursor, vocabulary: Vocabulary) -> Predicate:
    parts = [_conjunction(cursor, vocabulary)]
    while cursor.accept("or"):
        parts.append(_conjunction(cursor, vocabulary))
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))))


def _conjunction(cursor: Cursor, vocabulary: Vocabulary) -> Predicate:
    parts = [_negation(cursor, vocabulary)]
    while cursor.accept("and"):
        parts.append(_negation(cursor, vocabulary))
    if len(parts) == 1:
        return parts[0]
    return And(tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))))


def _negation(cursor: Cursor, vocabulary: Vocabulary) -> Predicate:
    token = cursor.accept("not")
    if token is None:
        return _primary(cursor, vocabulary)
    with cursor.inside(token):
        return Not(_negation(cursor, vocabulary))


def _primary(cursor: Cursor, vocabulary: Vocabulary) -> Predicate:
    token = cursor.next
    if cursor.accept("("):
        with cursor.inside(token):
            predicate = _disjunction(cursor, vocabulary)
        cursor.expect(")", _CLOSE)
        return predicate
    if cursor.accept("is"):
        if cursor.next.mark is not Mark.WORD:
            raise cursor.next.unexpected(_A_CRITERION)
        return Meets(cursor.take().text)
    if token.mark is Mark.NAME:
        return about_field(cursor, vocabulary)
    if token.mark is Mark.WORD:
        piece = printable(token.text)
        raise token.unexpected(Phrase(f"a definition is written is {piece}", f"引用定义请写作 is {piece}"))
    raise token.unexpected(_A_PREDICATE)
