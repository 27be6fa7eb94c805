"""What hypothesis-graphql asks over the whole schema is answered alike both ways, kept plans or not."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.support.both_ways import VIEWERS, Bench, assert_equal, benched
from tests.support.histories import EXAMPLES
from tests.support.serving import Served


@pytest.fixture(scope="module")
def bench(demo: Served) -> Iterator[Bench]:
    with benched(demo.database_url) as opened:
        yield opened


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data(), who=st.lists(st.sampled_from(sorted(VIEWERS)), min_size=1, max_size=3))
def test_generated_queries_are_answered_alike(bench: Bench, data: st.DataObject, who: list[str]) -> None:
    drawn = data.draw(bench.generator.documents())
    for name in [*who, *who]:
        plain = assert_equal(bench, drawn.plain, VIEWERS[name])
        asked = assert_equal(bench, drawn.asked, VIEWERS[name], drawn.variables)
        event(" ".join(sorted({each["extensions"]["code"] for each in plain["errors"]})) or "answered")
        if not plain["errors"]:
            # To the text: the order of keys is part of an answer.
            assert json.dumps(plain["data"]) == json.dumps(asked["data"])
