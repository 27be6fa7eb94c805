from __future__ import annotations

from dataclasses import replace

import pytest

from bench.harness import (
    Case,
    Metric,
    Report,
    Sample,
    compare,
    interleaved,
    medians,
    significant,
    times_better,
)
from bench.markdown import page, render, sections

THROUGHPUT = Metric(name="throughput", unit="commands/s", better="higher")
LATENCY = Metric(name="p99", unit="ms", better="lower")


def test_every_round_has_each_contender_once_and_starts_with_another() -> None:
    assert list(interleaved(3, ["a", "b", "c"])) == ["a", "b", "c", "b", "c", "a", "c", "a", "b"]


def test_a_ratio_above_one_means_that_ours_is_better_whichever_way_the_metric_points() -> None:
    assert times_better(200.0, 100.0, "higher") == 2.0
    assert times_better(5.0, 10.0, "lower") == 2.0
    assert times_better(10.0, 5.0, "lower") == 0.5


@pytest.mark.parametrize(("ours", "theirs"), [(0.0, 1.0), (1.0, 0.0), (-1.0, 1.0)])
def test_what_is_not_positive_has_no_ratio(ours: float, theirs: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        times_better(ours, theirs, "higher")


def test_one_slow_round_does_not_move_the_median() -> None:
    assert medians([{"x": 10.0}, {"x": 1.0}, {"x": 11.0}]) == {"x": 10.0}


def test_medians_need_samples_of_one_kind() -> None:
    with pytest.raises(ValueError, match="no sample"):
        medians([])
    with pytest.raises(ValueError, match="different things"):
        medians([{"x": 1.0}, {"y": 1.0}])


def test_four_digits_are_kept() -> None:
    assert significant(12345.678) == 12350.0
    assert significant(0.00123456) == 0.001235


def test_contenders_are_measured_in_turns_and_compared_by_their_medians() -> None:
    turns: list[str] = []

    def contender(name: str, throughputs: list[float]) -> Sample:
        turns.append(name)
        return {"throughput": throughputs.pop(0), "p99": 4.0 if name == "ours" else 8.0}

    ours, peer = [100.0, 900.0, 120.0], [60.0, 50.0, 40.0]
    cases = compare(
        "64 in flight",
        3,
        {"ours": lambda: contender("ours", ours), "peer": lambda: contender("peer", peer)},
        [THROUGHPUT, LATENCY],
    )
    assert turns == ["ours", "peer", "peer", "ours", "ours", "peer"]
    assert [case.to_json() for case in cases] == [
        {
            "case": "64 in flight, throughput",
            "unit": "commands/s",
            "better": "higher",
            "ours": 120.0,
            "peers": {"peer": 50.0},
            "ratios": {"peer": 2.4},
            "spreads": {"peer": [1.667, 18.0]},
        },
        {
            "case": "64 in flight, p99",
            "unit": "ms",
            "better": "lower",
            "ours": 4.0,
            "peers": {"peer": 8.0},
            "ratios": {"peer": 2.0},
            "spreads": {"peer": [2.0, 2.0]},
        },
    ]


def test_without_ours_there_are_figures_but_no_ratios() -> None:
    [case] = compare("1 in flight", 1, {"peer": lambda: {"throughput": 5.0}}, [THROUGHPUT])
    assert case.ours is None
    assert case.ratios() == {}


def _report(ours: float | None) -> Report:
    return Report(
        name="append",
        title="Recording commands",
        workload="One event a command.",
        machine={"cores": 2},
        versions={"postgresql": "18.6"},
        contenders={"ours": "the registry", "peer": "another store"},
        cases=[Case("1 in flight", "commands/s", "higher", ours, {"peer": 1234.5})],
        unavailable={} if ours else {"ours": "not there"},
        quick=ours is None,
    )


def test_the_page_shows_figures_ratios_machine_versions_and_the_command() -> None:
    text = page([render(_report(2469.0))])
    assert "| 1 in flight | commands/s | 2,470 | 1,230 |" in text
    assert "| 1 in flight | 2 |" in text
    assert "cores 2" in text
    assert "postgresql 18.6" in text
    assert "`python -m bench.append --json`" in text
    assert "quick" not in text


def test_the_page_says_who_took_no_part_and_that_a_run_was_quick() -> None:
    text = render(_report(None))
    assert "- **ours** took no part: not there" in text
    assert "| 1 in flight | commands/s | – | 1,230 |" in text
    assert "How many times better" not in text
    assert "**A quick run" in text


def test_a_section_is_replaced_and_the_others_stay_byte_for_byte() -> None:
    other = replace(_report(2.0), name="chart", title="Drawing charts")
    before = page([render(_report(2469.0)), render(other)])
    standing = sections(before)
    assert list(standing) == ["append", "chart"]
    assert page([*standing.values()]) == before
    standing["append"] = render(_report(4938.0))
    assert page([*standing.values()]) == page([render(_report(4938.0)), render(other)])


def test_a_section_of_no_benchmark_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="Written by hand"):
        sections("# Benchmarks\n\n## Written by hand\n\nFast.\n")
