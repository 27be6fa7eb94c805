"""The commands as an auditor types them: exit status, and words in both languages."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from registry.store.committer import Committer
from tests.integration.test_log_tree import defining
from tests.support.committing import Office, record

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
"""Where no database answers."""


async def _kexie(office: Office, folder: Path, *arguments: str, url: str | None = None) -> tuple[int, str]:
    """Run a command in ``folder`` and return its status and what it said."""
    environment = {**os.environ, "KEXIE_DATABASE_URL": url or office.url, "PYTHONPATH": str(Path.cwd())}

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "graphql_api.cli", "audit", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    done = await asyncio.to_thread(run)
    return done.returncode, done.stdout + done.stderr


async def test_an_auditor_keeps_a_checkpoint_and_finds_what_was_changed(
    office: Office, committer: Committer, tmp_path: Path
) -> None:
    await record(committer, *defining(5))
    assert (await _kexie(office, tmp_path, "checkpoint", "kept", "--with-hashes"))[0] == 0
    await record(committer, *defining(2))
    status, said = await _kexie(office, tmp_path, "verify", "--checkpoint", "kept")
    assert status == 0, said
    assert "✓ 7 events" in said
    assert "与留存的 5 个事件的检查点一致" in said
    status, said = await _kexie(office, tmp_path, "export", "bundle")
    assert (status, "已导出 7 个事件" in said) == (0, True), said
    offline = await _kexie(office, tmp_path, "verify", "bundle", "--checkpoint", "kept")
    assert offline[0] == 0, offline[1]
    assert "--key" not in offline[1], "the key was kept with the checkpoint"
    status, said = await _kexie(office, tmp_path, "verify", "bundle")
    assert (status, "请以 --key 指定公钥" in said) == (0, True), said
    status, said = await _kexie(office, tmp_path, "verify")
    assert (status, "无公钥" in said) == (0, True), said
    await office.fetch("UPDATE registry.event SET actor = 'x' WHERE position = 3")
    status, said = await _kexie(office, tmp_path, "verify", "--checkpoint", "kept")
    assert status == 1
    assert "first position (最早位置): 3" in said
    assert "position 3 was altered" in said
    assert "位置 3 被改动" in said


async def test_an_export_is_verified_where_there_is_no_database(
    office: Office, committer: Committer, tmp_path: Path
) -> None:
    await record(committer, *defining(5))
    assert (await _kexie(office, tmp_path, "checkpoint", "kept", "--with-hashes"))[0] == 0
    assert (await _kexie(office, tmp_path, "export", "before"))[0] == 0
    await office.fetch("UPDATE registry.event SET actor = 'x' WHERE position = 3")
    assert (await _kexie(office, tmp_path, "export", "after"))[0] == 0
    verify = ("--checkpoint", "kept")
    status, said = await _kexie(office, tmp_path, "verify", "before", *verify, url=NOWHERE)
    assert (status, "✓ 5 events" in said) == (0, True), said
    status, said = await _kexie(office, tmp_path, "verify", "after", *verify, url=NOWHERE)
    assert (status, "first position (最早位置): 3" in said) == (1, True), said
    # It is the folder that was read: the database that is asked for without one is not there.
    status, said = await _kexie(office, tmp_path, "verify", *verify, url=NOWHERE)
    assert (status, "Traceback" in said) == (2, False), said


async def test_what_cannot_be_read_is_told_without_a_traceback(office: Office, tmp_path: Path) -> None:
    status, said = await _kexie(office, tmp_path, "verify", "nothing-here")
    assert (status, "无法读取" in said, "Traceback" in said) == (2, True, False), said
    (tmp_path / "kept").write_text("no note", encoding="utf-8")
    status, said = await _kexie(office, tmp_path, "verify", "--checkpoint", "kept")
    assert (status, "a note is a text" in said) == (2, True), said
    # A database that holds no log, or no longer all of one, is no log in which a position is wrong.
    await office.fetch("DROP TABLE registry.tile")
    status, said = await _kexie(office, tmp_path, "verify")
    assert (status, "registry.tile" in said, "Traceback" in said) == (2, True, False), said
