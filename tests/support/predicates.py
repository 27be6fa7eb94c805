"""Predicates of rules, and subjects to judge by them, drawn by hypothesis over a small vocabulary."""

from __future__ import annotations

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

from registry.rule.language.evaluation import Ends, Value
from registry.rule.language.literals import LARGEST
from registry.rule.language.syntax import (
    And,
    Atom,
    Compare,
    Flag,
    Has,
    Known,
    Meets,
    Not,
    OneOf,
    Operator,
    Or,
    Predicate,
)
from registry.rule.language.vocabulary import LISTED, ORDERED, Field, FieldType, Vocabulary
from registry.time import EARLIEST

SECTORS = ("ENTERPRISE", "UNIVERSITY", "INSTITUTE", "RURAL")

HOLDER = Vocabulary(
    "holder",
    {
        "leading": Field(FieldType.BOOLEAN, "担任领导职务"),
        "visits": Field(FieldType.INTEGER, "走访次数"),
        "elected_on": Field(FieldType.DATE, "当选日期"),
        "employer": Field(FieldType.TEXT, "工作单位"),
        "sector": Field(FieldType.ENUM, "行业", SECTORS),
        "awards": Field(FieldType.SET, "奖项"),
        "titles": Field(FieldType.SET, "职务", ("CHAIR", "DELEGATE")),
        "age": Field(FieldType.AGE, "年龄"),
        "birth_date": Field(FieldType.ROUGH_DATE, "出生日期"),
    },
)
"""Of each type a field, of sets both."""

CRITERIA = ("FRONT_LINE", "YOUNG")

EQUALITY = (Operator.EQUAL, Operator.UNEQUAL)

# Few and close values, so that comparisons come out either way, and some at the edge of what can be written.
_integers = st.integers(40, 50) | st.sampled_from([-LARGEST, -1, 0, LARGEST])
_days = st.dates(date(1974, 11, 1), date(1975, 2, 28)) | st.sampled_from([EARLIEST, date(9999, 12, 30)])
_texts = st.sampled_from(
    ["青年科技奖", "优秀科技工作者", '他说"好"', "", "x'; DROP TABLE holder --", "ENTERPRISE"]
)
_odd_texts = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=5)


def literals(field: Field) -> st.SearchStrategy[Any]:
    """Draw what a field may be compared with."""
    match field.element:
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.INTEGER | FieldType.AGE:
            return _integers
        case FieldType.DATE | FieldType.ROUGH_DATE:
            return _days
        case FieldType.TEXT:
            return _texts | _odd_texts
        case _:
            return st.sampled_from(field.words)


@st.composite
def atoms(draw: st.DrawFn) -> Atom:
    """Draw something said of one field, or a definition referred to."""
    name, field = draw(st.sampled_from([("", None), *HOLDER.fields.items()]))
    if field is None:
        return Meets(draw(st.sampled_from(CRITERIA)))
    values = literals(field)
    sayable: list[st.SearchStrategy[Atom]] = [st.just(Known(name, field.type))]
    if field.type is FieldType.SET:
        sayable.append(st.builds(Has, st.just(name), st.just(field.element), values))
    else:
        operators = st.sampled_from(tuple(Operator) if field.type in ORDERED else EQUALITY)
        sayable.append(st.builds(Compare, st.just(name), st.just(field.type), operators, values))
    if field.type in LISTED:
        several = st.lists(values, min_size=1, max_size=3).map(tuple)
        sayable.append(st.builds(OneOf, st.just(name), st.just(field.type), several))
    if field.type is FieldType.BOOLEAN:
        sayable.append(st.just(Flag(name)))
    atom: Atom = draw(st.one_of(sayable))
    return atom


def _joined(parts: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    return st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(lambda several: Or(_flat(several, Or))),
        st.lists(parts, min_size=2, max_size=3).map(lambda several: And(_flat(several, And))),
    )


def _flat(parts: list[Predicate], kind: type[And | Or]) -> tuple[Predicate, ...]:
    """Return ``parts`` as a reader of the text sees them: and within and is one and."""
    return tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))


PREDICATES: st.SearchStrategy[Predicate] = st.recursive(atoms(), _joined, max_leaves=8)


def values(field: Field) -> st.SearchStrategy[Value]:
    """Draw what a subject may have in a field, all of it that may be unknown."""
    known = literals(field)
    match field.type:
        case FieldType.SET:
            return st.none() | st.lists(st.none() | known, max_size=3)
        case FieldType.AGE | FieldType.ROUGH_DATE:
            ends = st.tuples(known, known).map(lambda pair: Ends(*sorted(pair)))
            exact = known.map(lambda value: Ends(value, value))
            half = st.builds(Ends, st.none(), known) | st.builds(Ends, known, st.none())
            return st.none() | ends | exact | half
        case _:
            return st.none() | known


SUBJECTS: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {name: values(field) for name, field in HOLDER.fields.items()}
)

ANSWERS: st.SearchStrategy[dict[str, bool | None]] = st.fixed_dictionaries(
    dict.fromkeys(CRITERIA, st.none() | st.booleans())
)

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(string.printable + "青（“≤\0\ud800", max_size=60),
    st.lists(
        st.sampled_from(
            [
                *HOLDER.fields,
                *SECTORS,
                *CRITERIA,
                *Operator,
                *("or", "and", "not", "in", "has", "is", "known", "unknown", "true", "false"),
                *("(", "(", ")", ")", ",", "45", "1975-01-31", '"青年科技奖"', '"', "'", "--", ";"),
            ]
        ),
        max_size=30,
    ).map(" ".join),
)
"""Texts that might be predicates: any at all, some of likely characters, some of real pieces in any order."""
