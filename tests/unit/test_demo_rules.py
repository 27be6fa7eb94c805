"""The rules of the demo register are those that the plan's coverage and the page about rules list."""

from __future__ import annotations

import re
from pathlib import Path

from graphql_api.demo.files import read
from graphql_api.demo.intents.rule import definition_of
from registry.criterion.kinds import Subject
from registry.criterion.reading import parsed
from registry.rule.language.syntax import criteria_of

_DOCS = Path(__file__).parents[2] / "docs"
_FILE = read()["rules.toml"]
_CODE = re.compile(r"^\| `?([RC]-[A-Z0-9]+[a-z]?)`? \|", re.MULTILINE)


def _codes(page: str) -> set[str]:
    return set(_CODE.findall((_DOCS / page).read_text(encoding="utf-8")))


def test_every_rule_is_documented_and_every_documented_rule_is_there() -> None:
    codes = {record.code for record in _FILE.rule}
    assert _codes("rules.md") == codes
    assert _codes("plan-coverage.md") == {code for code in codes if code.startswith("R-")}


def test_rules_of_the_plan_cite_it_and_charter_rules_are_made_up() -> None:
    for record in _FILE.rule:
        assert record.warning is record.illustrative is (record.cites is None), record.code
        assert record.cites is None or record.clause is not None, record.code


def test_rules_name_only_criteria_of_the_file() -> None:
    known = {record.code for record in _FILE.criterion}
    for record in _FILE.rule:
        for _, text, about in definition_of(record).predicates:
            assert criteria_of(parsed(text, about)) <= known, record.code
    assert {record.about for record in _FILE.criterion} == {Subject.PERSON, Subject.ORGANIZATION}
