"""A predicate says in SQL what it says in Python: true, false, or unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registry.rule.language.ages import ages_on, ages_sql, days_of, last_day_sql
from registry.rule.language.compilation import Columns, to_sql
from registry.rule.language.evaluation import Ends, Value, evaluate
from registry.rule.language.parser import parse
from registry.rule.language.syntax import Literal, Predicate
from registry.rule.language.vocabulary import FieldType
from registry.time import Precision
from tests.support.histories import EXAMPLES
from tests.support.predicates import ANSWERS, CRITERIA, HOLDER, PREDICATES, SUBJECTS

SQL_TYPES = {
    FieldType.BOOLEAN: "boolean",
    FieldType.INTEGER: "bigint",
    FieldType.DATE: "date",
    FieldType.TEXT: "text",
    FieldType.ENUM: "text",
    FieldType.SET: "text[]",
    FieldType.AGE: "bigint",
    FieldType.ROUGH_DATE: "date",
}
RANGED = {FieldType.AGE, FieldType.ROUGH_DATE}

COLUMNS: Columns = {
    name: Ends(f"s.{name}_low", f"s.{name}_high") if field.type in RANGED else f's."{name}"'
    for name, field in HOLDER.fields.items()
}

Subject = tuple[dict[str, Value], dict[str, bool | None]]


def table() -> str:
    """Return the statement that makes a table of subjects, a column for what is known of each field."""
    columns = [f'"{name}" boolean' for name in CRITERIA]
    for name, field in HOLDER.fields.items():
        ends = ("_low", "_high") if field.type in RANGED else ("",)
        columns += [f'"{name}{end}" {SQL_TYPES[field.type]}' for end in ends]
    return f"CREATE TEMPORARY TABLE s (n integer, {', '.join(columns)})"


def row(number: int, subject: Subject) -> tuple[Any, ...]:
    values, criteria = subject
    cells: list[Any] = [number, *(criteria[name] for name in CRITERIA)]
    for name, field in HOLDER.fields.items():
        value = values[name]
        if field.type in RANGED:
            cells += value if isinstance(value, Ends) else (None, None)
        else:
            cells.append(value)
    return tuple(cells)


def compiled(predicate: Predicate, parameters: list[Any]) -> str:
    def parameter(value: Literal | list[Literal], sql_type: str) -> str:
        parameters.append(value)
        return f"${len(parameters)}::{sql_type}"

    return to_sql(predicate, COLUMNS, parameter, lambda name: f's."{name}"')


async def answers(
    url: str, predicates: Sequence[Predicate], subjects: Sequence[Subject]
) -> list[list[bool | None]]:
    """Return for each subject what the database says of each predicate."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(table())
        width = len(row(0, subjects[0]))
        places = ", ".join(f"${n}" for n in range(1, width + 1))
        insertion = f"INSERT INTO s VALUES ({places})"  # noqa: S608 - placeholders alone
        await connection.executemany(insertion, [row(n, subject) for n, subject in enumerate(subjects)])
        parameters: list[Any] = []
        expressions = ", ".join(compiled(predicate, parameters) for predicate in predicates)
        question = f"SELECT {expressions} FROM s ORDER BY n"  # noqa: S608 - the expressions under test
        rows = await connection.fetch(question, *parameters)
        return [list(one) for one in rows]
    finally:
        await connection.close()


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES * 4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    predicates=st.lists(PREDICATES, min_size=1, max_size=12),
    subjects=st.lists(st.tuples(SUBJECTS, ANSWERS), min_size=1, max_size=8),
)
async def test_the_database_judges_as_python_does(
    database_url: str, predicates: list[Predicate], subjects: list[Subject]
) -> None:
    expected = [
        [evaluate(predicate, values, criteria) for predicate in predicates] for values, criteria in subjects
    ]
    assert await answers(database_url, predicates, subjects) == expected


NOTHING: dict[str, Value] = dict.fromkeys(HOLDER.fields)
UNANSWERED: dict[str, bool | None] = dict.fromkeys(CRITERIA)


async def test_nothing_is_decided_about_somebody_of_whom_nothing_is_known(database_url: str) -> None:
    texts = [
        "leading",
        "not leading = true",
        "visits in (1, 2)",
        "sector not in (RURAL)",
        'awards has "甲"',
        'not awards has "甲"',
        "age <= 45",
        "birth_date != 1975-01-01",
        "is YOUNG",
    ]
    predicates = [parse(text, HOLDER) for text in texts]
    assert await answers(database_url, predicates, [(NOTHING, UNANSWERED)]) == [[None] * len(texts)]


async def test_hostile_texts_are_only_ever_values(database_url: str) -> None:
    hostile = "x'); DROP TABLE s; -- $1 \\ %s {0}"
    predicate = parse(
        f'employer = "{hostile}" or employer in ("{hostile}") or awards has "{hostile}"', HOLDER
    )
    subject: dict[str, Value] = {**NOTHING, "employer": hostile}
    assert await answers(database_url, [predicate], [(subject, UNANSWERED)]) == [[True]]


# What the SQL may consist of: columns of ours, placeholders, and the operators of the language.
_OURS = re.compile(
    r'(?:[()\s]|s\."?\w+"?|\$\d+::(?:bigint|boolean|date|text)(?:\[\])?|<>|<=|>=|=|<|>'
    r"|\b(?:AND|OR|NOT|ANY|IS|NULL|TRUE|CASE|WHEN|THEN|END|true|false)\b|array_position|,)*"
)


@given(PREDICATES)
def test_nothing_of_the_text_reaches_the_sql(predicate: Predicate) -> None:
    assert _OURS.fullmatch(compiled(predicate, []))


def test_a_field_without_its_columns_is_a_mistake_of_the_caller() -> None:
    def nowhere(predicate: Predicate, columns: Columns) -> str:
        return to_sql(predicate, columns, lambda _, kind: f"$1::{kind}", str)

    with pytest.raises(KeyError):
        nowhere(parse("leading", HOLDER), {})
    with pytest.raises(TypeError, match="two columns"):
        nowhere(parse("age < 3", HOLDER), {"age": "a"})
    with pytest.raises(TypeError, match="one column"):
        nowhere(parse("leading", HOLDER), {"leading": Ends("a", "b")})


AGES = f"""
    SELECT ages.youngest, ages.oldest, {last_day_sql("b.birth", "b.precision")} AS last
    FROM unnest($1::date[], $2::text[], $3::date[]) WITH ORDINALITY AS b (birth, precision, day, n)
    LEFT JOIN LATERAL ({ages_sql("b.birth", "b.precision", "b.day")}) AS ages ON true
    ORDER BY n
"""  # noqa: S608 - the templates under test

_leap_days = st.sampled_from([date(year, 2, 29) for year in (1896, 1904, 1972, 1976, 2000, 2016)])
_ends_of_february = st.sampled_from(
    [date(year, month, day) for year in (1900, 1973, 2000, 2017, 2018) for month, day in ((2, 28), (3, 1))]
)
_days = st.dates(date(1860, 1, 1), date(2150, 12, 31)) | _leap_days | _ends_of_february


@st.composite
def births(draw: st.DrawFn) -> tuple[date, Precision, date]:
    birth, precision, day = draw(_days), draw(st.sampled_from(list(Precision))), draw(_days)
    if precision is not Precision.DAY:
        birth = birth.replace(day=1)
    if precision is Precision.YEAR:
        birth = birth.replace(month=1)
    return birth, precision, day


LEAP_DAYS = [
    (date(1972, 2, 29), Precision.DAY, date(year, month, day))
    for year in (2015, 2016, 2018)
    for month, day in ((2, 27), (2, 28), (3, 1), (3, 2))
]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(births(), min_size=1, max_size=100), zone=st.sampled_from(["UTC", "Asia/Shanghai"]))
@example(drawn=LEAP_DAYS, zone="Asia/Shanghai")
# Clocks in Shanghai were put forward on this night: a day of 23 hours is still a day.
@example(drawn=[(date(1986, 5, 4), Precision.DAY, date(2018, 5, 4))], zone="Asia/Shanghai")
async def test_ages_in_the_database_are_those_of_python(
    database_url: str, drawn: list[tuple[date, Precision, date]], zone: str
) -> None:
    connection = await asyncpg.connect(database_url, server_settings={"TimeZone": zone})
    try:
        rows = await connection.fetch(AGES, *(list(column) for column in zip(*drawn, strict=True)))
    finally:
        await connection.close()
    expected = [
        (*ages_on(birth, precision, day), days_of(birth, precision).high) for birth, precision, day in drawn
    ]
    assert [tuple(one) for one in rows] == expected


async def test_an_unknown_birth_has_no_age_in_the_database(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(AGES, [None], [None], [date(2018, 5, 10)])
    finally:
        await connection.close()
    assert [tuple(one) for one in rows] == [(None, None, None)]
