"""``kexie projections``: which sets there are, a new one made, old ones dropped (投影集命令)."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from functools import partial
from typing import Annotated

from cyclopts import App, Parameter

from graphql_api.command_line import DatabaseUrl, DataDir, database_of, settings_from
from graphql_api.master import open_master
from graphql_api.progress_bar import ProgressBar
from graphql_api.settings import Settings
from projections.building import Progress
from projections.crew import Crew
from projections.rebuild import drop_retired, rebuild
from projections.status import status
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import lent
from registry.store.migrations import load_migrations, migrate

projections = App(name="projections", help="The tables made from the log. 投影。")

_MOST_HELPERS = 3

Helpers = Annotated[
    int | None,
    Parameter(help="Processes that help; by default one for each further core, up to 3. 协助进程数。"),
]


@projections.command(name="status")
def projections_status(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """Say which projections are in use and how far they are (查看投影状态)."""

    async def run(url: str) -> None:
        async with lent(url) as connection:
            for line in await status(connection):
                print(line)

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        asyncio.run(run(url))


@projections.command(name="rebuild")
def projections_rebuild(
    *, helpers: Helpers = None, database_url: DatabaseUrl = None, data_dir: DataDir = None
) -> None:
    """Make the projections anew from the log, beside running servers (重建投影).

    Servers go on, and go over to the new tables by themselves. If it is interrupted, the next one goes on
    where it stopped.
    """
    settings = settings_from(database_url=database_url, data_dir=data_dir)
    hands = min(_MOST_HELPERS, (os.cpu_count() or 1) - 1) if helpers is None else helpers
    with database_of(settings) as url:
        name = asyncio.run(_rebuild(url, settings, hands))
    print(f"{name} is now in use (已启用)")


async def _rebuild(url: str, settings: Settings, hands: int) -> str:
    bar = ProgressBar(sys.stderr, "events (事件)")

    def told(progress: Progress) -> None:
        made = "" if progress.made == 0 else f"— indexes (索引) {progress.made}/{progress.to_make}"
        bar.tell(progress.filled, progress.to_fill, made)

    async with lent(url) as connection:
        await migrate(connection, load_migrations())
        mapper = EventMapper(EVENTS, await open_master(connection, settings))
        crew = Crew(url, partial(open_master, settings=settings), hands) if hands > 0 else None
        try:
            return await rebuild(connection, mapper, crew, told)
        finally:
            bar.end()


@projections.command(name="drop")
def projections_drop(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """Drop the sets in use no more; servers do so ten minutes after the change (删除旧投影)."""

    async def run(url: str) -> list[str]:
        async with lent(url) as connection:
            return await drop_retired(connection, timedelta(0))

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        print(f"{len(asyncio.run(run(url)))} set(s) dropped (已删除)")
