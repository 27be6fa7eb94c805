"""Each import contract of pyproject.toml catches what it is for.

A tree of empty modules with the project's names is laid out beside a copy of the contracts; it passes. Then
one forbidden import is written into it, and import-linter must name the contract and the import.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.project import ROOT

MODULES = {
    "registry": [
        "time",
        "reads",
        "nouns",
        "router",
        "store.postgres",
        "correction.chain",
        "organization.events",
    ],
    "registry.organization": ["decide", "state"],
    "registry.function": ["decide", "state"],
    "registry.instrument": ["decide", "state"],
    "registry.reorganization": ["decide", "state"],
    "registry.correction": ["decide"],
    "projections": ["model", "bitemporal", "inline", "rebuild"],
    "graphql_api": [
        "app",
        "audit",
        "cli",
        "command_line",
        "doctor",
        "master",
        "person_data",
        "watching",
        "schema",
        "planner.plan",
    ],
}

FORBIDDEN = [
    ("layers", "registry.reads", "projections.model"),
    ("layers", "projections.model", "graphql_api.schema"),
    ("layers", "registry.store.postgres", "graphql_api.app"),
    ("pure-domain", "registry.organization.decide", "asyncpg"),
    ("pure-domain", "registry.function.state", "asyncio"),
    ("pure-domain", "registry.correction.chain", "starlette"),
    ("pure-domain", "registry.reorganization.decide", "strawberry"),
    ("pure-domain", "registry.time", "time"),
    ("pure-domain", "registry.reads", "os"),
    ("composition-root", "registry.organization.decide", "registry.store.postgres"),
    ("composition-root", "projections.organization.fold", "registry.store.postgres"),
    ("composition-root", "projections.relation.fold", "registry.store.ports"),
    ("composition-root", "projections.inline", "registry.store.codec"),
    ("composition-root", "graphql_api.schema", "registry.store"),
    ("projection-writers", "graphql_api.planner.plan", "projections.bitemporal"),
    ("projection-writers", "graphql_api.schema", "projections.inline"),
    ("nouns", "registry.organization.decide", "registry.function.state"),
    ("nouns", "registry.function.decide", "registry.organization.decide"),
    ("nouns", "registry.organization.state", "registry.reorganization.state"),
    ("nouns", "registry.reads", "registry.organization.state"),
    ("read-models", "projections.organization.fold", "projections.function.fold"),
    ("read-models", "projections.relation.fold", "projections.life"),
]

ALLOWED = [
    ("graphql_api.app", "registry.store.postgres"),
    ("graphql_api.cli", "projections.inline"),
    ("registry.store.postgres", "asyncpg"),
    ("registry.store.postgres", "asyncio"),
    ("registry.organization.decide", "registry.organization.state"),
    ("registry.nouns", "registry.function.state"),
    ("registry.router", "registry.function.decide"),
    ("registry.organization.decide", "registry.function.events"),
    ("registry.reorganization.decide", "registry.organization.state"),
    ("registry.correction.decide", "registry.organization.state"),
    ("projections.organization.fold", "registry.organization.state"),
    ("projections.organization.fold", "projections.model"),
    ("projections.inline", "projections.organization.fold"),
    ("projections.inline", "registry.store.ports"),
    ("projections.rebuild", "registry.store.streams"),
]


def lay_out(root: Path) -> None:
    """Write the contracts and one empty module for each name, packages included."""
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    modules = [f"{package}.{name}" for package, names in MODULES.items() for name in names]
    modules += [f"{read_model}.fold" for read_model in contracts()["read-models"]["modules"]]
    for module in modules:
        path = root.joinpath(*module.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        for package in path.relative_to(root).parents[:-1]:
            (root / package / "__init__.py").touch()


def add_import(root: Path, importer: str, imported: str) -> None:
    """Let ``importer`` import ``imported``; modules of ours that are not there yet are made."""
    if imported.startswith(("registry.", "projections.", "graphql_api.")):
        path = root.joinpath(*imported.split("."))
        if not path.is_dir():
            path.with_suffix(".py").touch()
    with root.joinpath(*importer.split(".")).with_suffix(".py").open("a", encoding="utf-8") as module:
        module.write(f"import {imported}\n")


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter as `make lint` does, in ``root``."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def contracts() -> dict[str, dict[str, Any]]:
    """Return the import contracts of the project by their id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_a_tree_that_keeps_to_the_rules_passes(tmp_path: Path) -> None:
    lay_out(tmp_path)
    for importer, imported in ALLOWED:
        add_import(tmp_path, importer, imported)
    outcome = lint_imports(tmp_path)
    assert outcome.returncode == 0, outcome.stdout
    assert f"{len(contracts())} kept, 0 broken" in outcome.stdout


@pytest.mark.parametrize(("contract", "importer", "imported"), FORBIDDEN)
def test_a_forbidden_import_is_named(tmp_path: Path, contract: str, importer: str, imported: str) -> None:
    lay_out(tmp_path)
    add_import(tmp_path, importer, imported)
    outcome = lint_imports(tmp_path)
    assert outcome.returncode == 1, outcome.stdout
    assert f"{contracts()[contract]['name']} BROKEN" in outcome.stdout
    assert f"{importer} -> {imported} " in outcome.stdout


def test_every_contract_is_shown_to_catch_something() -> None:
    assert {contract for contract, _, _ in FORBIDDEN} == contracts().keys()


def test_every_read_model_stands_in_the_independence_contract() -> None:
    folders = {f"projections.{path.parent.name}" for path in (ROOT / "projections").glob("*/table.sql")}
    assert folders == set(contracts()["read-models"]["modules"])
