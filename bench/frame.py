"""What every benchmark stands in: a server, the machine as it was before, and its section (框架)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.harness import Aim, Case, Report
from bench.kept import folder
from bench.machine import machine, versions
from bench.server import BenchServer


@dataclass(frozen=True)
class Section:
    """What of a benchmark is known before it runs."""

    name: str
    title: str
    contenders: Mapping[str, str]
    """What each contender does, by name: Markdown."""
    distributions: Sequence[str] = ()
    """The packages whose versions a reader wants to know."""
    aims: Sequence[Aim] = ()


@dataclass(frozen=True)
class Ground:
    """A server to measure on, and what was true of it and of the machine before anything was measured."""

    server: BenchServer
    machine: Mapping[str, str | int | float]
    postgresql: str
    started: float = field(default_factory=time.perf_counter)

    def report(self, section: Section, workload: str, cases: Sequence[Case], *, quick: bool) -> Report:
        """Return the report of a section."""
        return Report(
            name=section.name,
            title=section.title,
            workload=workload,
            machine=self.machine,
            versions={"postgresql": self.postgresql, **versions(section.distributions)},
            contenders=section.contenders,
            cases=cases,
            quick=quick,
            aims=section.aims,
            seconds=time.perf_counter() - self.started,
        )


@contextlib.contextmanager
def ground(*, keeping: bool = False) -> Iterator[Ground]:
    """Run a server, an empty one or the one that keeps registers; what was before is asked first.

    So the load average is that of others.
    """
    started = time.perf_counter()
    with BenchServer(folder() / "postgres" if keeping else None) as server:
        before = machine(server.folder)
        settings = server.facts()
        version = settings.pop("server_version")
        yield Ground(server, {**before, **settings}, version, started)


def medians_of(rounds: int, seconds: float | None = None) -> str:
    """Say of how many rounds the figures of a section are the medians."""
    each = "" if seconds is None else f" of {seconds:g} s"
    return f"Medians of {rounds} interleaved round(s){each}."
