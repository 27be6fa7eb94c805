"""Who takes part in the append benchmark, what each does, and how each is measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.append import pgbench
from bench.append.environments import Environment, EnvironmentMissingError
from bench.harness import OURS, Sample
from bench.load import Load
from projections.catalog import READ_MODELS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

PEER_SCHEMA: Sequence[Path] = (
    HERE / "peer_begin.sql",
    *sorted((ROOT / "registry" / "store" / "sql" / "migrations").glob("*.sql")),
    *(ROOT / "projections" / model.name / "table.sql" for model in READ_MODELS),
    HERE / "peer_seed.sql",
)
"""What pgbench's scripts write into: the registry's own tables, indexes and constraints, with 50 parents."""


class UnavailableError(Exception):
    """A contender cannot take part here; the message says why and what would change that."""


class Contender(Protocol):
    """Something that can be put under load in a database of its own."""

    @property
    def name(self) -> str:
        """What tables and JSON call it."""
        ...

    @property
    def description(self) -> str:
        """What it does for each command, in Markdown."""
        ...

    @property
    def schema(self) -> Sequence[Path]:
        """SQL files to be run in its empty database before it is measured."""
        ...

    def versions(self) -> Mapping[str, str]:
        """Return the versions of its parts, or raise `UnavailableError`."""
        ...

    def measure(self, url: str, load: Load) -> Sample:
        """Press it in an empty database that has its schema; return the metrics of `Result.summary`."""
        ...


@dataclass(frozen=True)
class PgbenchContender:
    """PostgreSQL itself, driven by one script with one connection for each command in flight."""

    name: str
    description: str
    schema: Sequence[Path]
    script: Path
    pipelined: bool = False

    def versions(self) -> Mapping[str, str]:
        """Return nothing: pgbench comes from the server's own release."""
        return {}

    def measure(self, url: str, load: Load) -> Sample:
        """Run the script under the load."""
        return pgbench.run(url, self.script, load, pipelined=self.pipelined).summary()


@dataclass(frozen=True)
class PythonContender:
    """A module with `run` and `DISTRIBUTIONS`, measured in a process of its own.

    The environment variable ``KEXIE_BENCH_PYTHON_<MODULE>`` (the module's last name in capitals)
    names another interpreter for it, one that has its packages. Without it, it runs in its own
    ``environment`` if it has one, else in that of the registry.
    """

    name: str
    description: str
    schema: Sequence[Path]
    module: str
    environment: Environment | None = None

    def versions(self) -> Mapping[str, str]:
        """Import the contender in its interpreter and ask which versions it finds there."""
        if self.environment is not None and self._variable not in os.environ:
            try:
                self.environment.make()
            except EnvironmentMissingError as reason:
                message = f"{reason}; {self._variable} may name a Python that has its packages"
                raise UnavailableError(message) from None
        finished = self._work(60)
        if finished.returncode:
            last_line = finished.stderr.strip().rpartition("\n")[2]
            raise UnavailableError(
                f"cannot be imported ({last_line}); {self._variable} may name a Python that has its packages"
            )
        found: dict[str, str] = json.loads(finished.stdout)
        return found

    def measure(self, url: str, load: Load) -> Sample:
        """Run the module under the load, in a process of its own."""
        # The worker bounds itself at a minute beyond the load; this is for one that cannot.
        finished = self._work(
            load.duration + 120,
            f"--url={url}",
            f"--in-flight={load.in_flight}",
            f"--seconds={load.seconds}",
            f"--warm-up={load.warm_up}",
        )
        if finished.returncode:
            raise RuntimeError(f"{self.name} failed under load: {finished.stderr[-4000:]}")
        found: dict[str, float] = json.loads(finished.stdout)
        return found

    @property
    def _variable(self) -> str:
        return f"KEXIE_BENCH_PYTHON_{self.module.partition(':')[0].rpartition('.')[2].upper()}"

    def _work(self, timeout: float, *arguments: str) -> subprocess.CompletedProcess[str]:
        own = sys.executable if self.environment is None else str(self.environment.interpreter)
        interpreter = os.environ.get(self._variable, own)
        return subprocess.run(
            [interpreter, "-m", "bench.append.worker", self.module, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


LOGICBLOCKS = Environment(lock=HERE / "logicblocks.lock", oldest_minor=13, folder=HERE / ".logicblocks")
"""The packages of the peer that needs a newer Python."""

CONTENDERS: Sequence[Contender] = (
    PythonContender(
        name=OURS,
        description=(
            "the registry: `establishOrganization` through its committer, with every rule, read model and "
            "constraint, in one order of commits; 2 events of 260 bytes together, and a row each of command, "
            "organization, life, relation, identifier and naming"
        ),
        schema=(),
        module="bench.append.ours",
    ),
    PythonContender(
        name="eventsourcing",
        description=(
            "the stock PostgreSQL recorder of the `eventsourcing` library on threads; 1 event of 250 bytes a "
            "command and nothing else, no encoding; table lock for each commit, its default"
        ),
        schema=(),
        module="bench.append.eventsourcing_recorder",
    ),
    PythonContender(
        name="logicblocks",
        description=(
            "`logicblocks-event-store` with its PostgreSQL adapter, asynchronous; 1 event of 250 bytes a "
            "command and nothing else; serialization guarantee LOG, its default"
        ),
        schema=(HERE / "logicblocks_schema.sql",),
        module="bench.append.logicblocks_store",
        environment=LOGICBLOCKS,
    ),
    PgbenchContender(
        name="pgbench-single-row",
        description=(
            "pgbench, prepared: 1 row of our table of events, of 160 bytes, a transaction, autocommit; no "
            "command, no order of commits"
        ),
        schema=PEER_SCHEMA,
        script=HERE / "single_row.sql",
    ),
    PgbenchContender(
        name="pgbench-same-work",
        description=(
            "pgbench, prepared: the rows of our command into our tables under their constraints, a "
            "transaction for each command, a statement for each table; positions from a sequence, no order "
            "of commits, no rule decided"
        ),
        schema=PEER_SCHEMA,
        script=HERE / "same_work.sql",
    ),
    PgbenchContender(
        name="pgbench-same-work-pipelined",
        description="the same transaction with all its statements sent in one round trip",
        schema=PEER_SCHEMA,
        script=HERE / "same_work.sql",
        pipelined=True,
    ),
    PythonContender(
        name="copy-same-rows",
        description=(
            "the bound for one writer: the same rows, made and encoded before, given to our tables under "
            "their constraints by COPY over one connection, a transaction for as many commands as are in "
            "flight; nothing is decided, encoded, hashed or projected, no command looked up, no head moved"
        ),
        schema=(),
        module="bench.append.copied",
    ),
)


def take_part(contenders: Sequence[Contender]) -> tuple[list[Contender], dict[str, str], dict[str, str]]:
    """Return the contenders that can run here, the versions found, and who is missing and why."""
    present: list[Contender] = []
    versions: dict[str, str] = {}
    missing: dict[str, str] = {}
    for contender in contenders:
        try:
            found = dict(contender.versions())
        except UnavailableError as reason:
            missing[contender.name] = str(reason)
            continue
        for part, version in found.items():
            # Contenders may run on interpreters of their own, with other releases of the same part.
            known = versions.setdefault(part, version)
            if known != version:
                versions[f"{part} ({contender.name})"] = version
        present.append(contender)
    return present, versions, missing
