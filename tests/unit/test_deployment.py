"""The container files say what the program needs, as far as that can be seen without an engine."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry.store.postgres_cluster import INITDB_LOCALE, MAJOR_VERSION

REPOSITORY = Path(__file__).parents[2]
DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, Any]:
    read = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text(encoding="utf-8"))
    assert set(read["services"]) == {"database", "app"}
    return dict(read["services"])


def final_stage() -> list[str]:
    """Return the instructions of the image's last stage, one a line."""
    return re.split(r"^FROM ", DOCKERFILE.replace("\\\n", " "), flags=re.MULTILINE)[-1].splitlines()


def test_the_database_is_the_version_of_the_embedded_one(services: dict[str, Any]) -> None:
    assert services["database"]["image"] == f"postgres:{MAJOR_VERSION}"


def test_the_database_gets_the_locale_of_the_embedded_one(services: dict[str, Any]) -> None:
    given = set(shlex.split(services["database"]["environment"]["POSTGRES_INITDB_ARGS"]))
    assert set(INITDB_LOCALE) <= given
    assert "--data-checksums" in given


def test_no_password_is_written_down(services: dict[str, Any]) -> None:
    for service, variable in (("database", "POSTGRES_PASSWORD"), ("app", "PGPASSWORD")):
        assert re.fullmatch(r"\$\{POSTGRES_PASSWORD:\?[^}]+\}", services[service]["environment"][variable])
    assert services["app"]["environment"]["KEXIE_DATABASE_URL"] == "postgresql://kexie@database:5432/kexie"


def test_the_data_outlive_the_containers(services: dict[str, Any]) -> None:
    # The image of version 18 refuses the folder that earlier versions used.
    assert services["database"]["volumes"] == ["database:/var/lib/postgresql"]


def test_the_program_waits_for_a_database_that_answers(services: dict[str, Any]) -> None:
    assert services["app"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["database"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_nothing_is_reachable_from_other_machines(services: dict[str, Any]) -> None:
    assert "ports" not in services["database"]
    assert services["app"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_runs_the_server_as_an_ordinary_user() -> None:
    stage = final_stage()
    [account] = [line for line in stage if line.startswith("RUN useradd ")]
    [user] = [line.split()[1] for line in stage if line.startswith("USER ")]
    assert f"--uid {user} " in account
    assert int(user) > 0
    assert stage[-1] == 'CMD ["kexie", "serve", "--host", "0.0.0.0"]'


def test_the_image_is_healthy_when_the_program_is_ready() -> None:
    [check] = [line for line in final_stage() if line.startswith("HEALTHCHECK")]
    program = re.search(r'"-c", "([^"]+)"\]', check)
    assert program is not None
    compile(program[1], "HEALTHCHECK", "exec")
    assert "/readyz" in program[1]


def test_the_image_installs_by_hash_and_builds_from_what_it_was_given() -> None:
    assert "--require-hashes -r requirements.lock" in DOCKERFILE
    assert "--no-deps --no-build-isolation ." in DOCKERFILE
    # `COPY --from` takes from another stage; every other source must pass .dockerignore.
    sources = [
        word.strip("/").split("/")[0]
        for line in DOCKERFILE.splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    ]
    allowed = {
        line.removeprefix("!")
        for line in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert set(sources) == allowed
    assert all((REPOSITORY / source).exists() for source in sources)
