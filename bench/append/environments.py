"""Environments for contenders that need a newer Python than the registry does (对手的运行环境).

One is made when it is first asked for, from a lock file with hashes, and made anew when that changes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MADE = ".made"
_NEWEST_MINOR = 16
_PIP_SECONDS = 180
_ASK_SECONDS = 10
_VENV_SECONDS = 120


class EnvironmentMissingError(Exception):
    """An environment cannot be made here; the message says why."""


class Environment(NamedTuple):
    """Packages that a ``lock`` file names, for a Python 3 of ``oldest_minor`` at least, in a ``folder``."""

    lock: Path
    oldest_minor: int
    folder: Path

    @property
    def interpreter(self) -> Path:
        """The Python that has the packages, once they are there."""
        return self.folder / "bin" / "python"

    @property
    def stands(self) -> bool:
        """Whether it was made from what the lock file says now."""
        stamp = self.folder / _MADE
        return stamp.exists() and stamp.read_text(encoding="ascii") == self._digest()

    def make(self) -> Path:
        """Make it unless it stands, and return its interpreter; raises EnvironmentMissingError."""
        if not self.stands:
            base = self._base()
            shutil.rmtree(self.folder, ignore_errors=True)
            _run([base, "-m", "venv", str(self.folder)], _VENV_SECONDS)
            pip = [str(self.interpreter), "-m", "pip", "--disable-pip-version-check", "--quiet"]
            wanted = ["--require-hashes", "--only-binary=:all:", "--requirement", str(self.lock)]
            # Without a network the reason is wanted soon.
            _run([*pip, "--retries=1", "--timeout=15", "install", *wanted], _PIP_SECONDS)
            (self.folder / _MADE).write_text(self._digest(), encoding="ascii")
        return self.interpreter

    def _digest(self) -> str:
        return hashlib.sha256(self.lock.read_bytes()).hexdigest()

    def _base(self) -> str:
        """Return a Python that is new enough."""
        for candidate in _pythons(self.oldest_minor):
            if _is_new_enough(candidate, self.oldest_minor):
                return candidate
        raise EnvironmentMissingError(f"no Python 3.{self.oldest_minor} or newer was found")


def _pythons(oldest_minor: int) -> Iterator[str]:
    """Yield what may be Pythons that are new enough: this one, those on the path, those of pyenv.

    What pyenv puts on the path leads to none but the versions that are switched on.
    """
    yield sys.executable
    minors = range(oldest_minor, _NEWEST_MINOR)
    for minor in minors:
        found = shutil.which(f"python3.{minor}")
        if found is not None:
            yield found
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in minors:
        yield from map(str, sorted(versions.glob(f"3.{minor}.*/bin/python")))


def _is_new_enough(python: str, oldest_minor: int) -> bool:
    asked = f"import ensurepip, sys, venv; sys.exit(sys.version_info < (3, {oldest_minor}))"
    command = [python, "-c", asked]
    try:
        finished = subprocess.run(command, capture_output=True, timeout=_ASK_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def _run(command: list[str], seconds: float) -> None:
    """Run a command; raises EnvironmentMissingError with the last line that it said."""
    try:
        finished = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        message = f"its packages did not come within {seconds:g} s"
        raise EnvironmentMissingError(message) from None
    except OSError as error:
        raise EnvironmentMissingError(f"its packages cannot be installed ({error})") from None
    if finished.returncode:
        said = (finished.stderr.strip() or finished.stdout.strip()).rpartition("\n")[2]
        raise EnvironmentMissingError(f"its packages cannot be installed ({said})")
