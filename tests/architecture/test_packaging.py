"""The locks install the same everywhere, and the project builds from them alone."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from tests.architecture.project import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """Return the version of each distribution that a lock names."""
    return dict(PINNED.findall(read(name)))


def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def normalized(requirement: str) -> str:
    """Return the name of the distribution that a requirement asks for, as locks spell it (PEP 503)."""
    name = re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_install_from(lock: str) -> None:
    options = [line for line in read(lock).splitlines() if line.startswith("-") or "://" in line]
    assert options == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", read(lock))
    pinned = [block for block in blocks if "==" in block.splitlines()[0]]
    assert len(pinned) == len(pins(lock)) > 0
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_the_two_locks_agree() -> None:
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= development.items()


def test_what_the_project_asks_for_is_locked() -> None:
    table = project()["project"]
    runtime = {normalized(requirement) for requirement in table["dependencies"]}
    extras = table["optional-dependencies"]
    development = {normalized(requirement) for extra in extras.values() for requirement in extra}
    assert runtime <= pins("requirements.lock").keys()
    assert runtime | development <= pins("requirements-dev.lock").keys()


def test_the_build_backend_is_locked_for_builds_without_isolation() -> None:
    settings = project()
    assert settings["build-system"]["requires"] == settings["project"]["optional-dependencies"]["build"]
    assert "hatchling" in pins("requirements.lock")


def test_the_web_lock_names_no_place_to_install_from() -> None:
    packages = json.loads(read("web/package-lock.json"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_every_make_target_is_declared_phony_or_makes_its_file() -> None:
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    documented = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert phony is not None
    assert documented == set(phony[1].split())
