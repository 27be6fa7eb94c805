"""Charts of many nodes are read by another way than small ones."""

from __future__ import annotations

import pytest

from graphql_api.planner import chart as charts
from tests.support.serving import Served


@pytest.mark.parametrize(
    "more", ["", "posts { title holders { holderName } } superiors { superior { name } }"]
)
@pytest.mark.parametrize("known", [None, "2100-01-01T00:00:00Z"])
def test_a_chart_of_many_nodes_is_read_otherwise_and_is_the_same(
    demo: Served, monkeypatch: pytest.MonkeyPatch, known: str | None, more: str
) -> None:
    query = """query ($known: DateTime) { orgChart(hierarchies: [PART_OF, SUPERVISES], knownAt: $known) {
        nodes { depth parentId childCount organization { id name status code validFrom MORE } } } }"""
    query = query.replace("MORE", more)
    looked_up = demo.anybody.data(query, known=known)
    assert len(looked_up["orgChart"]["nodes"]) > 10
    monkeypatch.setattr(charts, "MANY_NODES", 1)
    # Another text, so that no plan that was made before serves.
    assert demo.anybody.data(f"{query} # again", known=known) == looked_up
