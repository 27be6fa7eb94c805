"""Registers that take minutes to write, kept from one run to the next and copied for each (备存的登记册).

They lie in a database each of a server of their own, whose folder is named by a digest of all that they are
made by: of the registry, its migrations and projections, and of what generates them. What is measured is a
copy, file by file, which is dropped afterwards; the register that is kept is never written to again.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Coroutine, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from bench.progress import progress
from bench.server import BenchServer

ROOT = Path(__file__).parents[1]

FOLDER_VARIABLE = "KEXIE_BENCH_KEPT"
"""Names another folder for them; a few gigabytes have to fit in."""

KEY = hashlib.sha256(b"kexie bench").digest()
"""The master key of every register of a benchmark: nobody in it exists, so it need not be secret."""

_MADE_BY = ("registry", "projections", "bench/reports", "bench/read/register.py", "bench/read/audit.py")

Facts = Mapping[str, Any]
"""What is to be known of a register without asking it; JSON."""


class Kept(NamedTuple):
    """A register: its name, and what writes it into an empty database and tells of it."""

    name: str
    write: Callable[[str], Coroutine[Any, Any, Facts]]


class Copy(NamedTuple):
    """A database that holds a register for as long as it is needed."""

    url: str
    facts: Facts


def folder() -> Path:
    """Return where the registers lie that today's program makes; those of other programs are removed."""
    given = os.environ.get(FOLDER_VARIABLE)
    parent = ROOT / "bench" / ".kept" if given is None else Path(given)
    mine = parent / _digest()
    if not mine.exists():
        for other in parent.glob("*"):
            _remove(other)
        mine.mkdir(parents=True)
    return mine


def keep(server: BenchServer, kept: Kept) -> Facts:
    """Write a register unless it is there, and return what is to be known of it."""
    told = folder() / f"{kept.name}.json"
    if told.exists():
        found: Facts = json.loads(told.read_text(encoding="utf-8"))
        return found
    progress(f"writing the register {kept.name}, which is kept")
    server.drop(_database(kept))
    server.create(_database(kept))
    facts = asyncio.run(kept.write(server.url(_database(kept))))
    told.write_text(json.dumps(facts), encoding="utf-8")
    return facts


@contextlib.contextmanager
def copied(server: BenchServer, kept: Kept) -> Iterator[Copy]:
    """Give a copy of a register, which is written first if it is not there; drop the copy afterwards."""
    facts = keep(server, kept)
    with server.database(f"bench_{kept.name}", template=_database(kept)) as url:
        yield Copy(url, facts)


def _database(kept: Kept) -> str:
    return f"kept_{kept.name}"


@cache
def _digest() -> str:
    """Return a digest of all that the registers are made by."""
    digest = hashlib.sha256()
    for file in sorted(file for made_by in _MADE_BY for file in _files(ROOT / made_by)):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for pattern in ("*.py", "*.sql"):
        yield from path.rglob(pattern)


def _remove(other: Path) -> None:
    """Remove the registers of another program, unless somebody measures on them."""
    lock = other / "postgres" / "users.lock"
    with contextlib.suppress(FileNotFoundError), lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
    shutil.rmtree(other, ignore_errors=True)
