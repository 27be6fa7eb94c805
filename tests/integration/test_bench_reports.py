"""The benchmark of reports runs on a village, and both sides give the same answers there."""

from __future__ import annotations

import pytest

from bench.harness import OURS
from bench.reports.contest import PEER, check_same, duels, measured, reading
from bench.reports.loading import load
from bench.reports.scale import QUICK


@pytest.mark.slow
async def test_every_report_and_compliance_give_what_the_statements_by_hand_give(database_url: str) -> None:
    loaded = await load(database_url, QUICK)
    assert loaded.facts["people"] == QUICK.people
    assert loaded.facts["late"] > 0
    async with reading(database_url, loaded) as reader:
        asked = duels(reader, loaded)
        # Every report and compliance, today and as it was once believed.
        assert len(asked) == 20
        for duel in asked:
            assert await check_same(duel) > 0, duel.name
        for name in (OURS, PEER):
            assert (await measured(asked[0].asks[name]))["time"] > 0
