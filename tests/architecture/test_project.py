"""The house rules hold for the project as it is, and the walk over it misses nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.project import ROOT, project_files
from tests.architecture.rules import project_violations

PACKAGES = ("registry", "projections", "graphql_api")


def test_every_house_rule_is_kept() -> None:
    assert [str(violation) for violation in project_violations()] == []


def test_the_walk_sees_the_project_and_not_its_tools() -> None:
    paths = {file.path for file in project_files()}
    assert {"Makefile", "pyproject.toml", ".ci/run", "tests/architecture/project.py"} <= paths
    assert not [path for path in paths if "node_modules/" in path or path.startswith((".venv/", ".kexie/"))]
    for package in PACKAGES:
        on_disk = {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}
        assert on_disk <= paths


def test_the_command_prints_breaches_and_fails(tmp_path: Path) -> None:
    rules = tmp_path / "tests" / "architecture"
    rules.mkdir(parents=True)
    for module in Path(__file__).parent.glob("*.py"):
        (rules / module.name).write_text(module.read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "tests.architecture"]

    kept = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (kept.returncode, kept.stdout) == (0, "House rules: all kept.\n")

    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "utils.py").write_text("", encoding="utf-8")
    broken = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert broken.returncode == 1
    assert "registry/utils.py:1: vague-name" in broken.stdout


def test_every_package_is_typed_and_says_what_it_is() -> None:
    for package in PACKAGES:
        assert (ROOT / package / "py.typed").is_file()
        for module in (ROOT / package).rglob("*.py"):
            assert (module.parent / "__init__.py").is_file(), f"{module.parent} has no __init__.py"
