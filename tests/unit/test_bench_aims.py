"""What a benchmark aims at is judged by what it measured, and shown so."""

from __future__ import annotations

from bench.harness import Aim, Case, Metric, Report, compare, quotient
from bench.markdown import render

CASES = [
    Case("8 connections, throughput", "requests/s", "higher", 200.0, {"peer": 100.0}, {"peer": (1.5, 2.5)}),
    Case("64 connections, throughput", "requests/s", "higher", 90.0, {"peer": 100.0}, {"peer": (0.9, 0.9)}),
    Case("8 connections, p99", "ms", "lower", 30.0, {"peer": 20.0}),
    Case("memory", "MB", "lower", 900.0, {}),
]


def _report(*aims: Aim) -> Report:
    return Report("read", "Reading", "One question.", {"cores": 2}, {}, {"ours": "we"}, CASES, aims=aims)


def test_an_aim_beside_a_peer_is_judged_in_every_case_that_it_is_of() -> None:
    judged = Aim("*, throughput", 1.0, "peer").judged(CASES)
    assert [(one.case, one.measured, one.met) for one in judged] == [
        ("8 connections, throughput", 2.0, True),
        ("64 connections, throughput", 0.9, False),
    ]


def test_a_latency_that_is_twice_as_long_is_half_as_good() -> None:
    [within] = Aim("8 connections, p99", 0.5, "peer").judged(CASES)
    assert within.measured == 20.0 / 30.0
    assert within.met is True


def test_a_figure_of_ours_stays_below_its_bound_or_above_it_as_its_metric_points() -> None:
    assert [one.met for one in Aim("memory", 1000.0).judged(CASES)] == [True]
    assert [one.met for one in Aim("memory", 800.0).judged(CASES)] == [False]
    assert [one.met for one in Aim("8 connections, throughput", 150.0).judged(CASES)] == [True]


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert [one.met for one in Aim("memory of others", 1.0).judged(CASES)] == [None]
    assert [one.met for one in Aim("*, throughput", 1.0, "absent").judged(CASES)] == [None, None]


def test_the_page_shows_aims_with_what_was_measured_before_the_figures() -> None:
    text = render(_report(Aim("*, throughput", 1.0, "peer"), Aim("memory", 1000.0), Aim("gone", 2.0, "peer")))
    assert text.index("What was aimed at:") < text.index("| case | unit |")
    assert "| 8 connections, throughput | at least 1 × peer | 2 × (1.5 to 2.5) | yes |" in text
    # One round has no spread.
    assert "| 64 connections, throughput | at least 1 × peer | 0.9 × | **no** |" in text
    assert "| memory | at most 1,000 MB | 900 MB | yes |" in text
    assert "| gone | at least 2 × peer | – | not measured |" in text
    assert "What was aimed at" not in render(_report())


def test_the_published_json_has_the_aims_too() -> None:
    aims = _report(Aim("memory", 800.0)).to_json()["aims"]
    assert aims == [{"case": "memory", "peer": None, "bound": 800.0, "measured": 900.0, "met": False}]


def test_a_metric_that_some_do_not_tell_is_compared_among_those_who_do() -> None:
    throughput, processor = Metric("throughput", "1/s", "higher"), Metric("processor", "µs", "lower")
    contenders = {
        "ours": lambda: {"throughput": 4.0, "processor": 1.0},
        "also ours": lambda: {"throughput": 2.0, "processor": 3.0},
        "pgbench": lambda: {"throughput": 1.0},
    }
    whole, some = compare("x", 2, contenders, [throughput], [processor])
    assert whole.ratios() == {"also ours": 2.0, "pgbench": 4.0}
    assert some.ratios() == {"also ours": 3.0}


def test_a_quotient_of_figures_of_ours_is_better_the_less_it_is() -> None:
    flat = quotient("flat", 12.0, 10.0)
    assert flat.ours == 1.2
    assert [one.met for one in Aim("flat", 1.3).judged([flat])] == [True]
