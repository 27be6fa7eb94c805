"""Lists of people of rules are recorded where births, genders and the like told whom they hold."""

from __future__ import annotations

from tests.support.serving import Served

_LISTS = """query Lists { compliance(asOf: "2026-06-30") {
    rule { code } people(first: 5) { nodes { id } edges { node { id } } totalCount } } }"""
_LOG = (
    '{ accessLog(first: 100, filter: { field: "RuleResult.people" }) { nodes { operation fields persons } } }'
)


def test_whom_a_rule_lists_by_restricted_data_is_recorded_and_nobody_else(demo: Served) -> None:
    asked = demo.administrator.data(_LISTS)["compliance"]
    shown = [result["people"] for result in demo.viewer.data(_LISTS)["compliance"]]
    restricted: set[str] = set()
    others: set[str] = set()
    for result, plain in zip(asked, shown, strict=True):
        if result["people"] is not None:
            listed = {node["id"] for node in result["people"]["nodes"]}
            # What a viewer does not get hangs on restricted data.
            (restricted if plain is None else others).update(listed)
    assert restricted
    assert others - restricted
    # Other tests ask the same register.
    entries = demo.administrator.data(_LOG)["accessLog"]["nodes"]
    (entry,) = [entry for entry in entries if entry["operation"] == "Lists"]
    assert entry["fields"] == ["RuleResult.people"]
    assert set(entry["persons"]) == restricted
