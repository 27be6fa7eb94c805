from __future__ import annotations

import asyncio
import threading
import time

import pytest

from bench.append.pgbench import parse, pipeline
from bench.load import Completion, Load, nearest_rank, press, press_threads, window


def test_only_what_completes_between_warm_up_and_end_counts() -> None:
    load = Load(in_flight=1, seconds=2.0, warm_up=1.0)
    completions = [Completion(at=at, latency=at / 100) for at in (100.5, 101.0, 101.1, 103.0, 103.1)]
    result = window(completions, 100.0, load)
    assert result.commands == 2
    assert result.latencies == [1.011, 1.03]
    assert result.summary()["throughput"] == 1.0


def test_percentiles_are_the_nearest_rank() -> None:
    values = [float(number) for number in range(1, 101)]
    assert nearest_rank(values, 0.50) == 50.0
    assert nearest_rank(values, 0.99) == 99.0
    assert nearest_rank(values, 1.0) == 100.0
    assert nearest_rank([7.0], 0.01) == 7.0


def test_a_percentile_needs_values_and_a_share() -> None:
    with pytest.raises(ValueError, match="no value"):
        nearest_rank([], 0.5)
    with pytest.raises(ValueError, match="share"):
        nearest_rank([1.0], 0.0)


def test_a_window_in_which_nothing_completed_has_no_summary() -> None:
    with pytest.raises(ValueError, match="no command"):
        window([], 0.0, Load(in_flight=1, seconds=1.0, warm_up=0.0)).summary()


async def test_as_many_commands_are_in_flight_as_asked_for() -> None:
    flying = most = 0

    async def command() -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.01)
        flying -= 1

    result = await press(command, Load(in_flight=8, seconds=0.2, warm_up=0.05))
    assert most == 8
    assert result.commands > 8
    assert min(result.latencies) >= 0.009


async def test_a_failing_command_ends_the_run_and_is_told() -> None:
    async def command() -> None:
        await asyncio.sleep(0.001)
        raise ConnectionError("the server is gone")

    with pytest.raises(ExceptionGroup) as caught:
        await press(command, Load(in_flight=2, seconds=30.0, warm_up=0.0))
    assert caught.group_contains(ConnectionError, match="the server is gone")


def test_threads_run_at_once_and_are_counted() -> None:
    together = threading.Barrier(4, timeout=10)
    met = threading.local()

    def command() -> None:
        # Four lanes must be inside their first command at once; later ones just take a while.
        if not hasattr(met, "once"):
            met.once = together.wait()
        time.sleep(0.005)

    result = press_threads(command, Load(in_flight=4, seconds=0.2, warm_up=0.0))
    assert result.commands > 4
    assert min(result.latencies) >= 0.004


def test_a_failing_thread_ends_the_run_and_is_told() -> None:
    def command() -> None:
        raise ConnectionError("the server is gone")

    with pytest.raises(ConnectionError, match="the server is gone"):
        press_threads(command, Load(in_flight=3, seconds=30.0, warm_up=0.0))


def test_a_line_of_pgbench_s_log_is_one_completion() -> None:
    assert list(parse(["3 17 2500 0 1700000000 250000\n"])) == [Completion(at=1700000000.25, latency=0.0025)]


def test_a_transaction_that_pgbench_calls_failed_is_not_counted_as_one() -> None:
    with pytest.raises(ValueError, match="failed"):
        list(parse(["3 17 failed 0 1700000000 250000\n"]))


def test_a_pipelined_script_sends_all_its_statements_between_the_two_marks() -> None:
    script = "-- why\n\\set number random(1, 9)\nBEGIN;\nSELECT :number;\nCOMMIT;\n"
    assert pipeline(script).splitlines() == [
        r"\set number random(1, 9)",
        r"\startpipeline",
        "-- why",
        "BEGIN;",
        "SELECT :number;",
        "COMMIT;",
        r"\endpipeline",
    ]
