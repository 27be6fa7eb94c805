"""A text that is no predicate is refused where it goes wrong, with what could stand there."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from registry.rule.language.cursor import DEPTH_LIMIT
from registry.rule.language.literals import LARGEST, LIST_LIMIT
from registry.rule.language.parser import parse
from registry.rule.language.tokens import TEXT_LIMIT
from registry.rule.language.unreadable import Unreadable
from tests.support.predicates import HOLDER


class Wrong(NamedTuple):
    """A text, where it goes wrong, on what, and something the sentence says of it."""

    text: str
    offset: int
    piece: str
    says: str


WORDS = "one of ENTERPRISE, UNIVERSITY, INSTITUTE, RURAL"
BEGIN = "begin with a field, not, is or ("
FULL_WIDTH_FOUR = chr(0xFF14)
GO_ON = "go on with and or or, or end here"

REFUSED = [
    # nothing, or not all
    Wrong("", 0, "", BEGIN),
    Wrong("   ", 3, "", BEGIN),
    Wrong("leading and", 11, "", BEGIN),
    Wrong("not", 3, "", BEGIN),
    Wrong("(leading", 8, "", "close with )"),
    Wrong("sector", 6, "", "after sector write one of =, !=, in, not in, is known, is unknown"),
    Wrong("age <=", 6, "", "write an integer like 45"),
    Wrong("sector in", 9, "", "a list begins with ("),
    Wrong("sector in (", 11, "", WORDS),
    Wrong("sector in (RURAL", 16, "", "end the list with )"),
    Wrong("sector in (RURAL,", 17, "", WORDS),
    Wrong("sector not", 10, "", "write not in (…)"),
    Wrong("is", 2, "", "a definition's NAME"),
    Wrong("age is", 6, "", "one of known, unknown"),
    # too much
    Wrong("leading)", 7, ")", GO_ON),
    Wrong("leading leading", 8, "leading", GO_ON),
    Wrong("visits = 1 = 2", 11, "=", GO_ON),
    Wrong("()", 1, ")", BEGIN),
    Wrong("leading and or leading", 12, "or", BEGIN),
    Wrong("sector in ()", 11, ")", WORDS),
    Wrong("visits in (1 2)", 13, "2", "end the list with )"),
    # names and words
    Wrong("leading or sectr = RURAL", 11, "sectr", "there is no field sectr of holder; one of leading,"),
    Wrong("sector in (RURAL, INSTITUT)", 18, "INSTITUT", f"there is no word INSTITUT of sector; {WORDS}"),
    Wrong("titles has RURAL", 11, "RURAL", "one of CHAIR, DELEGATE"),
    Wrong("FRONT_LINE", 0, "FRONT_LINE", "a definition is written is FRONT_LINE"),
    Wrong("is front_line", 3, "front_line", "a definition's NAME"),
    Wrong("is not FRONT_LINE", 3, "not", "not is NAME"),
    Wrong("leading is FRONT_LINE", 11, "FRONT_LINE", "one of known, unknown"),
    Wrong("Sector = RURAL", 0, "Sector", "fields are written small, words in CAPITALS"),
    Wrong("leading AND leading", 8, "AND", GO_ON),
    Wrong("45 >= age", 0, "45", BEGIN),
    # values of another type
    Wrong('sector = "RURAL"', 9, '"RURAL"', WORDS),
    Wrong("employer = RURAL", 11, "RURAL", "a text in quotes"),
    Wrong("awards has RURAL", 11, "RURAL", "a text in quotes"),
    Wrong("age <= 1975-01-01", 7, "1975-01-01", "an integer"),
    Wrong("age <= age", 7, "age", "an integer"),
    Wrong("birth_date >= 1975", 14, "1975", "a date like 1975-01-31"),
    Wrong("leading = 1", 10, "1", "one of true, false"),
    Wrong("visits = true", 9, "true", "an integer"),
    # what the type does not bear
    Wrong("sector < RURAL", 7, "<", "< cannot be asked of sector"),
    Wrong('employer >= "a"', 9, ">=", ">= cannot be asked of employer"),
    Wrong("leading > false", 8, ">", "> cannot be asked of leading"),
    Wrong('awards = "a"', 7, "=", "after awards write one of has, is known, is unknown"),
    Wrong("age in (45)", 4, "in", "in cannot be asked of age"),
    Wrong("birth_date not in (1975-01-01)", 15, "in", "in cannot be asked of birth_date"),
    Wrong("leading in (true)", 8, "in", "in cannot be asked of leading"),
    Wrong("sector has RURAL", 7, "has", "has cannot be asked of sector"),
    Wrong("sector and leading", 7, "and", "after sector write one of"),
    # numbers and dates
    Wrong("age <= 45a", 7, "45a", "neither number nor date"),
    Wrong("age <= 4.5", 8, ".", "has no meaning"),
    Wrong("elected_on = 2016-2-29", 13, "2016-2-29", "write 45 or 1975-01-31"),
    Wrong("elected_on = 2015-02-29", 13, "2015-02-29", "there is no day 2015-02-29"),
    Wrong("elected_on = 0000-01-01", 13, "0000-01-01", "there is no day"),
    Wrong("elected_on = 1018-05-01", 13, "1018-05-01", "out of range"),
    Wrong("elected_on = 9999-12-31", 13, "9999-12-31", "out of range"),
    Wrong(f"visits < {LARGEST + 1}", 9, str(LARGEST + 1), "the number is too large"),
    Wrong(f"visits < -{LARGEST + 1}", 9, f"-{LARGEST + 1}", "the number is too large"),
    # signs of other keyboards and languages
    Wrong("（leading)", 0, "（", "write ( instead"),
    Wrong("age ≤ 45", 4, "≤", "write <= instead"),
    Wrong("age ＜ 45", 4, "＜", "write < instead"),
    Wrong(f"age <= {FULL_WIDTH_FOUR}5", 7, FULL_WIDTH_FOUR, "write 4 instead"),
    Wrong("visits in (1，2)", 12, "，", "write , instead"),
    Wrong("employer = “大连”", 11, "“", 'write " instead'),
    Wrong("employer = 'a'", 11, "'", 'write " instead'),
    Wrong("leading\u3000or leading", 7, "\\u3000", "write a blank"),
    Wrong("!leading", 0, "!", "write != instead"),
    Wrong("leading && leading", 8, "&", "write and instead"),
    Wrong("领导", 0, "领", "a text stands in quotes"),
    # hostile
    Wrong("employer = \"a' OR 1=1", 11, "\"a' OR 1=1", "does not end"),
    Wrong("leading; DROP TABLE person", 7, ";", "has no meaning"),
    Wrong("leading -- all", 8, "--", "neither number nor date"),
    Wrong("leading\0", 7, "\\u0000", "has no meaning"),
    Wrong('employer = "a\0b"', 13, "\\u0000", "an unreadable character"),
    Wrong('employer = "\u202eb"', 12, "\\u202e", "an unreadable character"),
    Wrong('employer = "a\nb"', 13, "\\u000a", "an unreadable character"),
    Wrong('employer = "\ud800"', 12, "\\ud800", "an unreadable character"),
    Wrong("__class__", 0, "__class__", "fields are written small"),
]


@pytest.mark.parametrize("wrong", REFUSED, ids=lambda wrong: ascii(wrong.text))
def test_a_text_is_refused_where_it_goes_wrong(wrong: Wrong) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(wrong.text, HOLDER)
    assert (caught.value.offset, caught.value.piece) == (wrong.offset, wrong.piece)
    assert wrong.says in caught.value.english
    assert caught.value.chinese.startswith(f"第 {wrong.offset} 个字符之后：")


def test_the_chinese_sentence_names_the_field_by_its_term() -> None:
    with pytest.raises(Unreadable) as caught:
        parse("sector = INSTITUT", HOLDER)
    assert caught.value.chinese == (
        "第 9 个字符之后：行业（sector）没有 INSTITUT 一词；可用 ENTERPRISE、UNIVERSITY、INSTITUTE、RURAL"
    )


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("leading".ljust(TEXT_LIMIT + 1), TEXT_LIMIT),
        ("(" * 1000, DEPTH_LIMIT),
        ("not " * 400 + "leading", 4 * DEPTH_LIMIT),
        ("not (" * 200, 5 * (DEPTH_LIMIT // 2)),
        (f"visits in ({'1,' * LIST_LIMIT}1)", len("visits in (") + 2 * LIST_LIMIT),
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_where_it_becomes_so(text: str, offset: int) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, HOLDER)
    assert caught.value.offset == offset


def test_a_text_that_only_fits_without_blanks_is_refused() -> None:
    text = "visits=1" + " or visits=1" * 160
    assert len(text) < TEXT_LIMIT < len(text) + 2 * 161
    with pytest.raises(Unreadable, match="written out with blanks"):
        parse(text, HOLDER)


def test_a_long_piece_is_cut_in_the_sentence() -> None:
    with pytest.raises(Unreadable) as caught:
        parse("a" * 1900, HOLDER)
    assert len(caught.value.english) < 300
