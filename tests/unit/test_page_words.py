"""The words of the clerk's page keep up with the commands, events and columns that it speaks of."""

from __future__ import annotations

import re
from pathlib import Path

from graphql_api.imports.columns import CHINESE, COLUMNS
from graphql_api.mutations.catalog import PROPOSABLE
from graphql_api.words import camel_case
from registry.nouns import EVENTS

WORDS = Path(__file__).parents[2] / "web" / "src" / "words"


def terms(name: str) -> dict[str, str]:
    text = (WORDS / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^ +'?([\w.]+)'?: '(.+)',$", text, re.MULTILINE))


def test_the_page_has_a_word_for_whatever_can_be_proposed() -> None:
    assert set(terms("mutations.ts")) == {camel_case(name) for name in PROPOSABLE}


def test_the_page_has_a_word_for_every_event() -> None:
    assert set(terms("topics.ts")) == {event.topic for event in EVENTS}


def test_the_page_has_a_word_for_every_column_of_a_register() -> None:
    columns = {column.name for each in COLUMNS.values() for column in each}
    assert columns <= set(terms("columns.ts"))


def test_the_page_calls_registers_what_their_sheets_are_called() -> None:
    words = terms("chinese-desk.ts")
    assert {kind: words[kind] for kind in map(str, CHINESE)} == {str(k): v for k, v in CHINESE.items()}
