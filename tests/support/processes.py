"""Processes that a test starts and looks at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def start_python(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Run a Python program that finds this project, with its input and output as pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the first line that a process prints, without the line's end."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell_to_leave(process: subprocess.Popen[str]) -> int:
    """Close the input that a process waits for, and return the status it ends with."""
    process.communicate(timeout=60)
    return process.returncode


def is_alive(pid: int) -> bool:
    """Whether a process lives; a zombie does not."""
    try:
        return (
            bool(Path(f"/proc/{pid}/cmdline").read_bytes()) if Path("/proc/self").exists() else _responds(pid)
        )
    except (FileNotFoundError, ProcessLookupError):
        return False


def _responds(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
