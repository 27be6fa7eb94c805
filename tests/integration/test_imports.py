"""Files imported into a real register: whole, again, changed, wrong, dry, interrupted, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from graphql_api.imports.outcome import State
from tests.support.importing import DISTRICT, Bench, errors, open_bench, workbook


@pytest.fixture
async def bench(database_url: str) -> AsyncIterator[Bench]:
    async with open_bench(database_url) as opened:
        yield opened


async def test_a_district_is_imported_with_everything_it_has(bench: Bench) -> None:
    outcome = await bench.take(workbook(DISTRICT))
    assert errors(outcome) == {}
    assert outcome.state is State.RECORDED
    assert outcome.rows == sum(len(rows) - 1 for rows in DISTRICT.values())
