"""``kexie export`` as a process of its own: what it writes and prints, and the status it ends with."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from python_calamine import CalamineWorkbook

from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop
from tests.support.processes import REPOSITORY


@pytest.fixture(scope="module")
def database(postgres: EmbeddedPostgres, demo_template: str) -> Iterator[str]:
    """Give the register of the demonstration."""
    name = asyncio.run(clone(postgres, demo_template))
    yield postgres.url(name)
    asyncio.run(drop(postgres, name))


def started(database: str, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the command in a folder of its own."""
    environment = {
        **os.environ,
        "KEXIE_DATABASE_URL": database,
        "KEXIE_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(REPOSITORY),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "graphql_api.cli", "export", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(database: str, folder: Path, *words: str) -> tuple[int, bytes, str]:
    """Return the status, the output and what was said besides."""
    process = started(database, folder, *words)
    out, told = process.communicate(timeout=120)
    return process.returncode, out, told.decode()


def test_each_format_is_a_file_of_its_own_that_only_its_owner_reads(database: str, tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "jsonl"):
        path = tmp_path / f"posts.{form}"
        words = ("posts", "--format", form, "--out", path.name, "--as-of", "2024-05-01", "--language", "en")
        status, out, told = ended(database, tmp_path, *words)
        assert (status, out) == (0, b""), told
        assert "as-of 2024-05-01" in told
        assert path.stat().st_mode & 0o777 == 0o600
    lines = (tmp_path / "posts.csv").read_text().splitlines()
    assert lines[0].startswith("code,id,organization,title")
    assert len(lines) > 1
    assert len((tmp_path / "posts.jsonl").read_text().splitlines()) == len(lines) - 1
    sheet = CalamineWorkbook.from_path(tmp_path / "posts.xlsx").get_sheet_by_name("posts")
    assert len(sheet.to_python()) == len(lines)


def test_standard_output_holds_the_file_and_nothing_else(database: str, tmp_path: Path) -> None:
    status, out, told = ended(database, tmp_path, "organizations", "--out", "-", "--encoding", "gb18030")
    assert status == 0, told
    assert out.decode("gb18030").startswith("代码,系统编号,名称")
    assert "organizations" in told
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("posts", "--as-of", "2023-02-29"), 1, "INVALID_INPUT"),
        (("posts", "--out", "no/such/folder.csv"), 1, "No such file"),
        (("dragons",), 2, "dragons"),
    ],
)
def test_what_makes_no_sense_ends_with_a_sentence_and_leaves_no_file(
    database: str, tmp_path: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    code, out, told = ended(database, tmp_path, *words)
    assert (code, "Traceback" in told) == (status, False), told
    assert said in told or said.encode() in out
    assert list(tmp_path.glob("*.csv")) == []


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="the extra is installed")
def test_parquet_without_the_extra_leaves_no_file_and_an_earlier_one_alone(
    database: str, tmp_path: Path
) -> None:
    earlier = tmp_path / "posts.parquet"
    earlier.write_bytes(b"earlier")
    status, _, told = ended(database, tmp_path, "posts", "--format", "parquet", "--out", earlier.name)
    assert (status, "EXTRA_MISSING" in told) == (1, True), told
    assert [path.name for path in tmp_path.glob("*.parquet*")] == ["posts.parquet"]
    assert earlier.read_bytes() == b"earlier"


_WAITING = (
    "SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database"
    " WHERE d.datname = current_database() AND NOT l.granted"
)


async def _interrupted(database: str, process: subprocess.Popen[bytes]) -> None:
    """Interrupt the command while the database keeps it waiting, and see that nobody waits any more."""
    connection = await asyncpg.connect(database)
    try:
        schema = await connection.fetchval("SELECT projections FROM registry.head")
        await connection.execute(f'BEGIN; LOCK TABLE "{schema}".post IN ACCESS EXCLUSIVE MODE')
        while not await connection.fetchval(_WAITING):
            assert process.poll() is None
            await connection.execute("SELECT pg_sleep(0.05)")
        process.send_signal(signal.SIGINT)
        await asyncio.to_thread(process.wait, 60)
        while await connection.fetchval(_WAITING):
            await connection.execute("SELECT pg_sleep(0.05)")
    finally:
        await connection.close()


def test_an_interrupted_export_leaves_no_file_and_nothing_running(database: str, tmp_path: Path) -> None:
    process = started(database, tmp_path, "posts", "--out", "posts.csv")
    asyncio.run(_interrupted(database, process))
    _, told = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in told) == (130, False), told.decode()
    assert list(tmp_path.glob("*.csv*")) == []
