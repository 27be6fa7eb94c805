"""The peers of work with a past: pgbench with the same rows, the stock recorder with events alone (对照)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.append import pgbench
from bench.append.contenders import HERE, PythonContender
from bench.harness import Sample
from bench.history.register import Size
from bench.load import Load, Result
from bench.progress import progress
from bench.server import BenchServer

PGBENCH = "pgbench-same-work"
EVENTSOURCING = "eventsourcing"

_SQL = Path(__file__).parent / "sql"
_APPLICATION = """
ALTER DATABASE "{database}" SET search_path = {projections}, registry, public;
-- As the registry's writer looks rows up: the plans of foreign keys are made once a session.
ALTER DATABASE "{database}" SET enable_seqscan = off;
"""
DATABASE = "bench_history_peer"
PREPARED = (_SQL / "peer.sql",)


class Seed(NamedTuple):
    """A register that nobody is connected to, to be copied: its database, its projections, its size."""

    database: str
    projections: str
    size: Size


class Peers:
    """Gives what measures a peer once, each time on a copy of the register, or on an empty database."""

    def __init__(self, server: BenchServer, seed: Seed, load: Load) -> None:
        """Press with as many in flight as ``load`` says; for as long, where nothing is used up."""
        self._server = server
        self._seed = seed
        self._load = load

    def renaming(self) -> dict[str, Callable[[], Sample]]:
        """Return who gives streams of a hundred events another one."""
        return {PGBENCH: partial(self._rows, "rename", self._a_second), EVENTSOURCING: self._stock("old")}

    def dissolving(self) -> dict[str, Callable[[], Sample]]:
        """Return who writes to eleven streams at a time; a script uses up every group that there is."""
        each = self._seed.size.groups // self._load.in_flight
        return {PGBENCH: partial(self._rows, "dissolve", each), EVENTSOURCING: self._stock("many")}

    def refused(self) -> dict[str, Callable[[], Sample]]:
        """Return who refuses one in twenty."""
        return {
            PGBENCH: partial(self._rows, "refused", self._a_second),
            EVENTSOURCING: self._stock("refused"),
        }

    @property
    def _a_second(self) -> int:
        """Return how often each connection runs a script: some 2,000 transactions for each second."""
        return max(int(2_000 * self._load.seconds) // self._load.in_flight, 10)

    def _rows(self, script: str, count: int) -> Sample:
        seed, clients = self._seed, self._load.in_flight
        with self._server.database(DATABASE, PREPARED, seed.database) as url:
            result = run_script(self._server, url, seed, script, (clients, count))
        return _told(PGBENCH, script, result.summary())

    def _stock(self, work: str) -> Callable[[], Sample]:
        contender = PythonContender(EVENTSOURCING, "", (), f"bench.history.stock:{work}")

        def measure() -> Sample:
            with self._server.database(DATABASE) as url:
                return _told(EVENTSOURCING, work, contender.measure(url, self._load))

        return measure


def run_script(server: BenchServer, url: str, seed: Seed, script: str, times: tuple[int, int]) -> Result:
    """Run a script in the prepared copy at ``url``: over so many connections, so often over each."""
    clients, count = times
    server.execute(url, _APPLICATION.format(database=DATABASE, projections=seed.projections))
    variables = {
        "turn": 0,
        "clients": clients,
        "societies": seed.size.societies,
        "each": max(seed.size.societies // clients, 1),
    }
    return pgbench.run_count(url, _script(script), clients, count, variables)


def _script(name: str) -> str:
    """Return a script, with the one that writes an organization in its place where it names that."""
    script, same_work = (
        path.read_text(encoding="utf-8") for path in (_SQL / f"{name}.sql", HERE / "same_work.sql")
    )
    return script.replace("-- append/same_work.sql\n", same_work)


def _told(name: str, work: str, sample: Sample) -> Sample:
    progress(f"history, {work}, {name}: {sample['throughput']:,.0f} commands/s")
    return sample
