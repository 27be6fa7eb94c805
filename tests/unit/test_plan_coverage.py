"""The page about the plan and the measures of the demo data say the same, clause by clause."""

from __future__ import annotations

import re
from pathlib import Path

from graphql import GraphQLEnumType

from graphql_api.demo.files import read
from graphql_api.execution import core_of
from graphql_api.schema import build_schema

PAGE = (Path(__file__).parents[2] / "docs" / "plan-coverage.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([一二三四五六七]\([一二三]\)) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
CODE = re.compile(r"\bM-\d\.\d-\d\d\b")
RULE = re.compile(r"\bR-(?:\d\d[ab]?|Q\d)\b")
SECTIONS = {"一": 3, "二": 3, "三": 3, "四": 3, "五": 3, "六": 3, "七": 3}
NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}

MEASURES = [record for record in read()["measures.toml"].measure if not record.illustrative]


def rows() -> list[tuple[str, str, str, str]]:
    """Return clause, what is asked, what of it is in the register, and measures, of each row."""
    return [(row[1], row[2], row[3], row[4]) for row in ROW.finditer(PAGE)]


def test_every_measure_of_the_data_stands_in_one_row_of_its_clause() -> None:
    told = [(code, clause) for clause, _, _, measures in rows() for code in CODE.findall(measures)]
    assert sorted(told) == sorted((record.code, record.clause) for record in MEASURES)


def test_every_clause_of_the_plan_has_rows_and_from_the_second_part_on_measures() -> None:
    clauses = {f"{part}({'一二三'[n]})" for part, count in SECTIONS.items() for n in range(count)}
    assert {clause for clause, *_ in rows()} == clauses
    assert {record.clause for record in MEASURES} == {c for c in clauses if not c.startswith("一(")}
    assert all(measures == "–" for clause, *_, measures in rows() if clause.startswith("一("))


def test_codes_are_made_of_their_clause_and_counted_on() -> None:
    seen: dict[str, int] = {}
    for record in MEASURES:
        assert record.clause is not None
        part, section = NUMBERS[record.clause[0]], NUMBERS[record.clause[2]]
        number = seen[record.clause] = seen.get(record.clause, 0) + 1
        assert record.code == f"M-{part}.{section}-{number:02d}"


def test_every_rule_is_cited_by_a_row_of_its_clause() -> None:
    listed = re.findall(r"^\| (R-\w+) \| (\S.*?) \|", PAGE, re.MULTILINE)
    assert len(listed) == len({rule for rule, _ in listed}) > 15
    cited = {(rule, clause) for clause, _, held, _ in rows() for rule in RULE.findall(held)}
    assert cited == {(rule, clause) for rule, clauses in listed for clause in clauses.split(", ")}


def test_every_row_says_what_is_held_or_why_nothing_is() -> None:
    for clause, asked, held, _ in rows():
        assert asked
        assert re.search(r"Holds|Reports|[Mm]easure only|registry's matter|`\w+`|held", held), (
            f"{clause}: {held}"
        )


def test_everything_that_the_page_names_is_in_the_schema() -> None:
    types = core_of(build_schema()).type_map
    words = {value for kind in types.values() if isinstance(kind, GraphQLEnumType) for value in kind.values}
    fields = {f"{name}.{field}" for name, kind in types.items() for field in getattr(kind, "fields", ())}
    known = {*types, *words, *fields, *(field.partition(".")[2] for field in fields)}
    named = {name for name in re.findall(r"`([\w.]+)[^`]*`", PAGE) if "/" not in name}
    assert len(named) > 40
    assert {name for name in named if name not in known and name not in {"M", "R", "graphql_api"}} == set()
