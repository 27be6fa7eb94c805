"""What all commands of the command line begin with: their options, settings and database (命令行)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from graphql_api.settings import Settings
from registry.store.postgres import EmbeddedPostgres, create_database

DATABASE = "kexie"
"""The database of the embedded server."""

DatabaseUrl = Annotated[
    str | None, Parameter(help="PostgreSQL 18 to use instead of the embedded one. 数据库地址。")
]
DataDir = Annotated[Path | None, Parameter(help="Data of the embedded PostgreSQL. 数据目录。")]


def settings_from(**given: object) -> Settings:
    """Return the settings, those given on the command line first."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]  # checked by pydantic


@contextmanager
def database_of(settings: Settings) -> Iterator[str]:
    """Give the address of the database, starting the embedded server for as long as it is needed."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with EmbeddedPostgres(settings.data_dir / "postgres") as server:
        asyncio.run(create_database(server.url("postgres"), DATABASE))
        yield server.url(DATABASE)
