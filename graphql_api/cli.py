"""The command ``kexie`` (命令行)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from typing import Annotated, Any, Literal
from uuid import UUID

import uvicorn
from cyclopts import App, Parameter

from graphql_api.access import Role
from graphql_api.accesses import by_machine, write
from graphql_api.app import Registry, build_app
from graphql_api.audit import audit
from graphql_api.command_line import DatabaseUrl, DataDir, database_of, settings_from
from graphql_api.demo.loader import load
from graphql_api.doctor import examine
from graphql_api.export_command import export_register
from graphql_api.import_command import import_file
from graphql_api.keys import LabelError, are_issued, issue, listed, revoke
from graphql_api.logs import configure_logs
from graphql_api.master import master_file, open_master, read_master
from graphql_api.person_data import collected
from graphql_api.projection_sets import projections
from graphql_api.schema import build_schema
from graphql_api.serving import options, quiet_collector
from graphql_api.sessions import end_sessions
from graphql_api.settings import Settings
from graphql_api.types.terms.access import AccessKind
from projections.rebuild import prepare
from registry.commands import Command
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import connect
from registry.store.master import MasterKeyError, add_master
from registry.store.migrations import load_migrations, migrate
from registry.store.postgres_errors import PostgresError
from registry.store.secrets import key_status, rewrap

app = App(
    name="kexie",
    help="A registry that remembers: organizations, functions and reforms. 会记忆的组织登记系统。",
    version=lambda: version("kexie-registry"),
    version_flags=["--version"],
)
tokens = App(name="token", help="API keys of programs. 接口密钥。")
sessions = App(name="session", help="Sessions of browsers. 浏览器会话。")
app.command(tokens)
app.command(sessions)
app.command(projections)
app.command(audit)
keys = App(name="keys", help="The keys that seal personal data. 个人信息密钥。")
app.command(keys)
persons = App(name="person", help="What is held on one person. 个人信息。")
app.command(persons)
app.command(import_file, name="import")
app.command(export_register, name="export")

TokenRole = Literal["public", "viewer", "submitter", "registrar", "auditor", "administrator"]
"""What a key makes of its holder everywhere; a public one may do what is granted to it by name, no more."""

Host = Annotated[str | None, Parameter(help="Address to listen on. 监听地址。")]
Port = Annotated[int | None, Parameter(help="Port to listen on. 端口。")]
Workers = Annotated[int | None, Parameter(help="Server processes. 进程数。")]


@app.command
def serve(
    *,
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the register (启动服务)."""
    settings = settings_from(
        host=host, port=port, workers=workers, database_url=database_url, data_dir=data_dir
    )
    configure_logs(settings)
    with database_of(settings) as url:
        _serve(url, settings)


@app.command
def demo(
    *,
    host: Host = None,
    port: Port = None,
    workers: Workers = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Load the register of Dalian's association, and serve it (载入大连市科协示例并启动服务)."""
    settings = settings_from(
        host=host, port=port, workers=workers, database_url=database_url, data_dir=data_dir
    )
    configure_logs(settings)
    with database_of(settings) as url:
        token = asyncio.run(_load(url, settings))
        print(f"\n  http://{settings.host}:{settings.port}/          the register (登记系统)")
        print(f"  http://{settings.host}:{settings.port}/graphiql  ask it anything (GraphQL 查询)")
        if token is not None:
            print(f"\n  Administrator token, shown this once (管理员令牌, 仅显示一次):\n  {token}")
        print("\n  Ctrl-C stops everything (按 Ctrl-C 停止)\n", flush=True)
        _serve(url, settings)


async def _load(url: str, settings: Settings) -> str | None:
    """Load the demo through ordinary commands, and make an administrator's token if there is none yet."""
    registry = Registry(url, settings)
    await registry.open()
    try:
        services = registry.services

        async def preview(command: Command) -> str:
            return (await services.previewer.preview(command)).settlement.preview

        await load(services.recorder.record, preview)
    finally:
        await registry.close()
    connection = await connect(url)
    try:
        if await are_issued(connection):
            return None
        return await issue(connection, "administrator", Role.ADMINISTRATOR)
    finally:
        await connection.close()


def _serve(url: str, settings: Settings) -> None:
    """Serve until told to stop; a stop by signal is no failure."""
    try:
        if settings.workers == 1:
            quiet_collector()
            uvicorn.run(build_app(url, settings), **options(settings))
        else:
            os.environ["KEXIE_DATABASE_URL"] = url
            application = "graphql_api.app:from_environment"
            uvicorn.run(application, factory=True, workers=settings.workers, **options(settings))
    except KeyboardInterrupt:
        pass


@tokens.command(name="issue")
def token_issue(  # noqa: PLR0913 - each is an option of the command line
    label: Annotated[str, Parameter(help="Whose it is. 持有者。")],
    *,
    role: Annotated[TokenRole, Parameter(help="What it allows. 角色。")] = "viewer",
    expires: Annotated[date | None, Parameter(help="Its last day, in UTC. 最后有效日。")] = None,
    days: Annotated[int | None, Parameter(help="Or the days until it expires. 有效天数。")] = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Make an API key and show it once (签发密钥)."""
    until = _until(expires, days)

    async def run(url: str) -> str:
        connection = await connect(url)
        try:
            await migrate(connection, load_migrations())
            return await issue(connection, label, Role(role.upper()), until)
        finally:
            await connection.close()

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        try:
            print(asyncio.run(run(url)))
        except LabelError as error:
            sys.exit(str(error))


def _until(expires: date | None, days: int | None) -> datetime | None:
    """Return when a key expires: at the end of its last day, or after so many days."""
    if days is not None and days < 1:
        sys.exit("--days is 1 or more (有效天数至少为 1)")
    until = None if days is None else datetime.now(UTC) + timedelta(days=days)
    if expires is not None:
        until = datetime.combine(expires, datetime.min.time(), UTC) + timedelta(days=1)
    if until is not None and until <= datetime.now(UTC):
        sys.exit("that day is over: the key could never be used (该日期已过)")
    return until


@tokens.command(name="list")
def token_list(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """List the API keys, without what would let anybody use them (列出密钥)."""

    async def run(url: str) -> None:
        connection = await connect(url)
        try:
            await migrate(connection, load_migrations())
            for row in await listed(connection):
                times = ("created_at", "expires_at", "last_used_at", "revoked_at")
                shown = " ".join(f"{time[:-3]}={row[time]:%Y-%m-%dT%H:%MZ}" for time in times if row[time])
                print(f"kexie_{row['id']}_… {row['role'].lower()} {row['label']!r} {shown}")
        finally:
            await connection.close()

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        asyncio.run(run(url))


@sessions.command(name="end")
def session_end(
    subject: Annotated[str, Parameter(help="The user, as the log names them after `user:`. 用户标识。")],
    *,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """End all sessions of a user at once (结束会话)."""

    async def run(url: str) -> int:
        connection = await connect(url)
        try:
            return await end_sessions(connection, subject)
        finally:
            await connection.close()

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        print(f"{asyncio.run(run(url))} session(s) ended (已结束)")


@tokens.command(name="revoke")
def token_revoke(
    label: Annotated[str, Parameter(help="Whose it is. 持有者。")],
    *,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Revoke somebody's API key; servers notice within five seconds (吊销密钥)."""

    async def run(url: str) -> int:
        connection = await connect(url)
        try:
            return await revoke(connection, label)
        finally:
            await connection.close()

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        print(f"{asyncio.run(run(url))} key(s) revoked (已吊销)")


@persons.command(name="export")
def person_export(
    person: Annotated[UUID, Parameter(help="Whose data. 人员编号。")],
    *,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Print all that is held on a person as JSON (导出个人信息副本)."""
    settings = settings_from(database_url=database_url, data_dir=data_dir)

    async def run(url: str) -> dict[str, Any] | None:
        connection = await connect(url)
        try:
            master = await open_master(connection, settings)
            mapper = EventMapper(EVENTS, master)
            reading = await connect(url, await prepare(connection, mapper))
            try:
                held = await collected(reading, mapper, person)
            finally:
                await reading.close()
            records = [person] if held is None else list(map(UUID, held["records"]))
            await write(connection, by_machine(AccessKind.PERSON_EXPORT, records), datetime.now(UTC))
            return held
        finally:
            await connection.close()

    with database_of(settings) as url:
        held = asyncio.run(run(url))
    if held is None:
        sys.exit(f"nothing is held on {person} (无此人员)")
    print(json.dumps(held, ensure_ascii=False, indent=2))


@keys.command(name="status")
def keys_status(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """Say which master keys have wrapped the keys of persons (查看密钥)."""
    settings = settings_from(database_url=database_url, data_dir=data_dir)

    async def run(url: str) -> None:
        connection = await connect(url)
        try:
            master = read_master(settings)
            print(f"in use (当前主密钥): {'none (无)' if master is None else master.id}")
            for wrapped, count in await key_status(connection):
                print(f"{wrapped or 'destroyed (已销毁)'}: {count} key(s) (个人密钥)")
        finally:
            await connection.close()

    with database_of(settings) as url:
        asyncio.run(run(url))


@keys.command(name="rotate")
def keys_rotate(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """Wrap every key by a new master key; the log is not touched (轮换主密钥).

    A key file is given a new first key. A key from the environment is changed there before: the new one
    first, the earlier one after it.
    """
    settings = settings_from(database_url=database_url, data_dir=data_dir)

    async def run(url: str) -> tuple[str, int]:
        connection = await connect(url)
        try:
            master = await open_master(connection, settings)
            if settings.master_key is None:
                add_master(master_file(settings))
            return master.newest().id, await rewrap(connection, master)
        finally:
            await connection.close()

    with database_of(settings) as url:
        master, count = asyncio.run(run(url))
        print(f"{count} key(s) wrapped by {master} (已重新封装)")
        if settings.master_key is not None:
            print("restart the servers, which have the new key from their environment (请重启服务)")


@app.command
def schema() -> None:
    """Print the GraphQL schema (输出 GraphQL 模式)."""
    print(build_schema().as_str())


@app.command
def doctor(*, database_url: DatabaseUrl = None, data_dir: DataDir = None) -> None:
    """Say what is wrong with this installation and how to mend it (检查安装)."""
    findings = asyncio.run(examine(settings_from(database_url=database_url, data_dir=data_dir)))
    for finding in findings:
        print(finding)
    sys.exit(any(finding.wrong for finding in findings))


def main() -> None:
    """Run the command line; refusals of the database are told without a traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app()
    except (PostgresError, MasterKeyError) as error:
        sys.exit(
            f"{error.code}: {error.english}\n{error.chinese}\n{error.advice_english}\n{error.advice_chinese}"
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _terminate(*_: object) -> None:
    """Turn SIGTERM outside of the server into the same clean way out as Ctrl-C."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
