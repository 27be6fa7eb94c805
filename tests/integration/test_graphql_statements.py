"""However wide and deep one asks, it is as many statements: one for whatever is planned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graphql_api.planner.declare import PLAN, Resolved, metadata_of
from graphql_api.reader import PoolReader
from tests.support.asking import asked
from tests.support.both_ways import CORE, VIEWERS, Bench, benched
from tests.support.serving import Served

assert CORE.query_type is not None
_PLANNED = sorted(
    name
    for name, field in CORE.query_type.fields.items()
    if not isinstance(metadata_of(field)[PLAN], Resolved)
)
_SIZES = ((0, 0), (1, 1), (2, 3))


@pytest.fixture(scope="module")
def bench(demo: Served) -> Iterator[Bench]:
    with benched(demo.database_url) as opened:
        yield opened


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the statements that are sent from now on."""
    seen: list[str] = []
    answer = PoolReader.answer

    async def counted(self: PoolReader, question: Any) -> bytes | None:  # noqa: ANN401 - a statement, passed on as it is
        seen.append(question.sql)
        return await answer(self, question)

    monkeypatch.setattr(PoolReader, "answer", counted)
    return seen


@pytest.mark.parametrize("name", _PLANNED)
def test_a_root_field_is_one_statement_whatever_its_width_and_depth(
    bench: Bench, sent: list[str], name: str
) -> None:
    assert CORE.query_type is not None
    lengths = []
    for wide, deep in _SIZES:
        question = asked(CORE, name, CORE.query_type.fields[name], wide=wide, deep=deep)
        answer = bench.planned(f"{{ a: {question} b: {question} }}", VIEWERS["administrator"])
        codes = {error["extensions"]["code"] for error in answer["errors"]}
        # What was refused as too much, or as about nothing, sends a statement of the others, or none at all.
        assert codes <= {"TOO_COMPLEX", "INVALID_INPUT"}, answer["errors"]
        assert len(sent) <= 1
        if not codes:
            assert len(sent) == 1
            lengths.append(len(sent[0]))
        sent.clear()
    # One statement that grows.
    assert len(lengths) >= 2, name
    assert lengths == sorted(lengths)
