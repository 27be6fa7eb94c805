"""What the rules of the plan come to in the demo register, before and after the election."""

from __future__ import annotations

from typing import Any

from tests.support.councils import COMPLIANCE
from tests.support.serving import Served

Results = dict[tuple[str, str | None], dict[str, Any]]


def _results(demo: Served, day: str, **given: object) -> Results:
    found = demo.anybody.data(COMPLIANCE, asOf=day, **given)["compliance"]
    return {(r["rule"]["code"], r["subject"] and r["subject"]["name"]): r for r in found}


def _of(results: Results, code: str) -> list[str]:
    return [result["outcome"] for (rule, _), result in results.items() if rule == code]


def test_front_line_delegates_are_55_per_cent_before_and_70_after(demo: Served) -> None:
    (before,) = demo.anybody.data(COMPLIANCE, rules=["R-01"], asOf="2018-05-01")["compliance"]
    (after,) = demo.anybody.data(COMPLIANCE, rules=["R-01"], asOf="2020-12-31")["compliance"]
    assert (before["share"], before["outcome"], before["baselineOutcome"]) == ("121/220", "UNMET", "MET")
    assert (after["share"], after["outcome"]) == ("154/220", "MET")


def test_some_rules_are_met_and_some_are_not(demo: Served) -> None:
    results = _results(demo, "2020-12-31")
    assert {outcome for (_, _), result in results.items() for outcome in [result["outcome"]]} >= {
        "MET",
        "UNMET",
        "UNDETERMINED",
        "NOT_APPLICABLE",
        "QUALITATIVE",
    }
    assert set(_of(results, "R-06")) == {"MET", "UNMET", "UNDETERMINED", "NOT_APPLICABLE"}
    assert _of(results, "R-08a") == _of(results, "R-10") == ["UNMET"]
    assert _of(results, "R-05") == ["MET"]
    assert set(_of(results, "R-11")) == set(_of(results, "R-12")) == {"MET", "UNMET"}
    for result in results.values():
        parts = result["counted"] + result["notCounted"] + result["unknown"]
        assert parts == result["population"], result


def test_before_the_plan_no_rule_is_in_force_and_shares_are_there(demo: Served) -> None:
    results = _results(demo, "2018-04-30")
    assert {result["outcome"] for result in results.values()} == {"NOT_IN_FORCE"}
    assert results["R-01", "大连市科学技术协会"]["share"] == "121/220"


def test_the_day_of_election_is_judged_by_the_roster_of_that_day(demo: Served) -> None:
    elected = _results(demo, "2020-12-31", rules=["R-01"], at="ELECTION")
    assert [result["population"] for result in elected.values()] == [220]
