"""The commands ``kexie audit``: the log exported, checked, and its checkpoint kept (日志核验命令)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import asyncpg
from cyclopts import App, Parameter

from graphql_api.accesses import by_machine, write
from graphql_api.command_line import DatabaseUrl, DataDir, database_of, settings_from
from graphql_api.settings import Settings
from graphql_api.types.terms.access import AccessKind
from registry.store.audit.bundle import verify_bundle
from registry.store.audit.database import verify_database
from registry.store.audit.export import export
from registry.store.audit.findings import Verdict
from registry.store.audit.saved import Saved, save
from registry.store.connection import Connection, connect
from registry.store.log_key import log_key
from registry.store.migrations import load_migrations, migrate
from registry.store.nodes import hashes_at
from registry.store.notary import Signed, newest_checkpoint, sign_now
from registry.store.notes import NoteError, Signer, Verifier

Result = TypeVar("Result")

WRONG = 1
"""The exit status when something is wrong with a log."""

UNREADABLE = 2
"""The exit status when nothing could be checked."""

audit = App(name="audit", help="The log exported, and checked by whoever does not trust it. 日志导出与核验。")


def signer_of(settings: Settings) -> Signer:
    """Return the key of the log."""
    return log_key(settings.log_key_file, settings.data_dir, settings.log_origin)


@audit.command(name="export")
def export_log(
    folder: Annotated[Path, Parameter(help="Where to; empty or not there yet. 导出目录。")],
    *,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Write the whole log with its proofs into a folder (导出日志)."""
    settings = settings_from(database_url=database_url, data_dir=data_dir)
    signer = signer_of(settings)
    keys = [signer.verifier, *map(Verifier.of, settings.witness_keys)]

    async def run(url: str) -> int:
        connection = await connect(url)
        try:
            await _signed(connection, signer)
            await write(connection, by_machine(AccessKind.LOG_EXPORT), datetime.now(UTC))
            return await export(connection, folder, keys)
        finally:
            await connection.close()

    with database_of(settings) as url:
        size = _told(lambda: asyncio.run(run(url)))
    print(f"{size} events in {folder} (已导出 {size} 个事件)")


@audit.command(name="checkpoint")
def checkpoint(
    file: Annotated[Path | None, Parameter(help="Where to keep it. 留存文件。")] = None,
    *,
    with_hashes: Annotated[
        bool, Parameter(help="Keep the hashes of the leaves, too. 同时留存叶哈希。")
    ] = False,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Sign the head, and show or keep the checkpoint with its key (签发并留存检查点)."""
    settings = settings_from(database_url=database_url, data_dir=data_dir)
    signer = signer_of(settings)

    async def run(url: str) -> tuple[Signed, bytes | None]:
        connection = await connect(url)
        try:
            signed = await _signed(connection, signer)
            return signed, await _leaves(connection, signed.size) if with_hashes else None
        finally:
            await connection.close()

    with database_of(settings) as url:
        signed, hashes = _told(lambda: asyncio.run(run(url)))
    if file is None:
        print(f"{signed.note}\nkey (公钥): {signer.verifier}")
        return
    save(file, signed.note, signer.verifier, hashes)
    print(f"checkpoint of {signed.size} events kept in {file} (已留存检查点，{signed.size} 个事件)")


@audit.command(name="verify")
def verify(
    bundle: Annotated[
        Path | None, Parameter(help="An exported log; the database if left out. 导出目录。")
    ] = None,
    *,
    checkpoint: Annotated[Path | None, Parameter(help="One kept earlier. 早先留存的检查点。")] = None,
    key: Annotated[str | None, Parameter(help="The log's public key. 日志公钥。")] = None,
    database_url: DatabaseUrl = None,
    data_dir: DataDir = None,
) -> None:
    """Check the log; status 1 when something is wrong, 2 when it cannot be read (核验日志)."""
    saved = None if checkpoint is None else _told(lambda: Saved.read(checkpoint))
    known = None if key is None else _told(lambda: Verifier.of(key))
    if bundle is not None:
        _tell(_told(lambda: verify_bundle(bundle, saved, known)), saved)
        _tell_key(known or (saved.key if saved else None), "the key in the export (导出自带的公钥)")
        return

    async def run(url: str) -> Verdict:
        connection = await connect(url)
        try:
            return await verify_database(connection, saved, known)
        finally:
            await connection.close()

    with database_of(settings_from(database_url=database_url, data_dir=data_dir)) as url:
        verdict = _told(lambda: asyncio.run(run(url)))
    _tell(verdict, saved)
    _tell_key(known or (saved.key if saved else None), "no key (无公钥)")


async def _signed(connection: Connection, signer: Signer) -> Signed:
    """Return the newest checkpoint after signing the head."""
    await migrate(connection, load_migrations())
    await sign_now(connection, signer)
    signed = await newest_checkpoint(connection)
    if signed is None:
        raise NoteError("nothing could be signed")
    return signed


async def _leaves(connection: Connection, size: int) -> bytes:
    parts = [
        (await hashes_at(connection, [(0, first, min(_PART, size - first))]))[0]
        for first in range(0, size, _PART)
    ]
    return b"".join(parts)


_PART = 65_536


def _tell(verdict: Verdict, saved: Saved | None) -> None:
    """Print what was found and end with its status."""
    for finding in verdict.findings:
        print(finding)
    if not verdict.sound:
        if verdict.position is not None:
            print(f"first position (最早位置): {verdict.position}")
        sys.exit(WRONG)
    print(f"✓ {verdict.size} events, root {verdict.root.hex()} (共 {verdict.size} 个事件，核验无误)")
    if saved is None:
        print("  not compared with any checkpoint kept earlier (未与早先留存的检查点比对)")
    else:
        size = saved.checkpoint.size
        print(
            f"  continues the checkpoint of {size} events kept earlier (与留存的 {size} 个事件的检查点一致)"
        )


def _tell_key(known: Verifier | None, used: str) -> None:
    """Warn unless signatures were checked by a key that was known before: others prove no origin."""
    if known is None:
        print(f"  signatures were checked by {used}; give --key, or keep a checkpoint (请以 --key 指定公钥)")


def _told(work: Callable[[], Result]) -> Result:
    """Run ``work``; what cannot be read is told without a traceback."""
    try:
        return work()
    except (NoteError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        print(f"✗ {error} (无法读取)", file=sys.stderr)
        sys.exit(UNREADABLE)
