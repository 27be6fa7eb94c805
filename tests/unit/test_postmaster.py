"""What is read from a pid file, and which processes count as a server's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from registry.store import postmaster
from registry.store.postmaster import command_of, is_server_command, read_postmaster, wait_until

COMPLETE = "4711\n/data\n1700000000\n5432\n/run/kexie\n\n  123  456\nready   \n"


def test_a_complete_pid_file_tells_all(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(COMPLETE, encoding="utf-8")
    assert read_postmaster(tmp_path) == (4711, Path("/run/kexie"), "ready")


@pytest.mark.parametrize(
    ("content", "pid"), [("", 0), ("\n", 0), ("rubbish", 0), ("4711", 4711), ("-4711\n/data\n", 4711)]
)
def test_an_incomplete_pid_file_tells_what_it_can(tmp_path: Path, content: str, pid: int) -> None:
    (tmp_path / "postmaster.pid").write_text(content, encoding="utf-8")
    found = read_postmaster(tmp_path)
    assert found is not None
    assert found.pid == pid
    assert not found.is_ready


def test_no_pid_file_means_no_server(tmp_path: Path) -> None:
    assert read_postmaster(tmp_path) is None


def test_a_pid_file_that_says_ready_is_not_believed_without_a_listener(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text(COMPLETE.replace("/run/kexie", str(tmp_path)), encoding="utf-8")
    found = read_postmaster(tmp_path)
    assert found is not None
    assert not found.is_ready


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["/opt/pg/bin/postgres", "-D", "/d", "-c", "cluster_name=kexie-a"], True),
        (["/with space/postgres", "-c", "cluster_name=kexie-a"], True),
        (["postgres: kexie-a: checkpointer "], True),
        (["postgres:", "kexie-a:", "checkpointer"], True),
        (["postgres: kexie-ab: checkpointer"], False),
        (["/opt/pg/bin/postgres", "-c", "cluster_name=kexie-b"], False),
        (["postgres: checkpointer"], False),
        (["less", "cluster_name=kexie-a"], False),
        ([], False),
    ],
)
def test_a_servers_processes_are_known_by_its_name(words: list[str], expected: bool) -> None:  # noqa: FBT001 - a case's outcome
    assert is_server_command(words, "kexie-a") is expected


def test_the_dead_have_no_command() -> None:
    assert command_of(os.getpid())
    assert not command_of(0)


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="needs the program ps")
def test_processes_are_found_without_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = " ".join(command_of(os.getpid())).split()
    monkeypatch.setattr(postmaster, "_PROC", Path("/nonexistent"))
    assert list(command_of(os.getpid())) == expected


def test_waiting_is_bounded() -> None:
    assert wait_until(lambda: True, 0)
    assert not wait_until(lambda: False, 0.05)
