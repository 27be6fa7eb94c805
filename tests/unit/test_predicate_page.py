"""The page about predicates shows texts that are read."""

from __future__ import annotations

import re

import pytest

from registry.rule.language.cursor import DEPTH_LIMIT
from registry.rule.language.literals import LIST_LIMIT
from registry.rule.language.parser import parse
from registry.rule.language.tokens import TEXT_LIMIT
from registry.rule.language.vocabulary import FieldType
from registry.rule.language.writing import format_predicate
from tests.architecture.project import ROOT
from tests.support.predicates import HOLDER

PAGE = (ROOT / "docs" / "predicates.md").read_text(encoding="utf-8")

EXAMPLES = [
    line
    for block in re.findall(r"^```predicate\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_read_and_is_written_as_the_canonical_text(text: str) -> None:
    assert format_predicate(parse(text, HOLDER)) == text


def test_the_page_names_every_type_and_limit() -> None:
    assert EXAMPLES
    for said in (*FieldType, f"{TEXT_LIMIT:,} characters", f"{DEPTH_LIMIT} levels", f"{LIST_LIMIT} values"):
        assert said in PAGE
