"""Programs for Node that tests run: reference clients and audits, pinned in tests/specs."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from tests.support.processes import REPOSITORY

SPECS = REPOSITORY / "tests" / "specs"

# What make wrote says which Node fits; without it, the one on the path is tried.
_RUN = 'if [ -f .venv/.stamps/node ]; then . ./.venv/.stamps/node; fi; exec node "$@"'
_PATIENCE_SECONDS = 120


def run_node(script: str, *arguments: str) -> Any:  # noqa: ANN401 - whatever the script prints
    """Run a script of tests/specs, and return what it says in JSON."""
    if not (SPECS / "node_modules").is_dir() or shutil.which("sh") is None:
        pytest.skip("the reference clients are not installed: run make specs")
    done = subprocess.run(
        ["sh", "-c", _RUN, "node", str(SPECS / script), *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
