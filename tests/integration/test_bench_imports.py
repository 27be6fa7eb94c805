"""The import benchmark runs, and its peer copies all that the import left."""

from __future__ import annotations

import pytest

from bench.imports.__main__ import measured
from bench.imports.files import SOCIETIES
from bench.server import BenchServer


@pytest.mark.slow
def test_files_are_imported_and_what_came_of_them_is_copied(capfd: pytest.CaptureFixture[str]) -> None:
    with BenchServer() as server:
        rate, memory = measured(server, 60)
    assert rate.ours is not None
    assert rate.peers["copy"] > rate.ours > 0
    assert memory.ours is not None
    assert memory.ours > 50
    told = capfd.readouterr().err
    assert "COPY of" in told
    copied = int(told.partition("COPY of ")[2].partition(" rows")[0].replace(",", ""))
    # An event and a command of each row at the least, and what is shown of it.
    assert copied > 3 * (2 * 60 + SOCIETIES)
