"""A witness that the servers of the tests know, and where they keep the key of the log."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphql_api.settings import Settings
from registry.store.notes import Signer

WITNESS = Signer("example.com/witness", bytes(range(1, 33)), 4)


@cache
def _folder() -> TemporaryDirectory[str]:
    """Return a folder that lasts as long as the process: all servers on one database sign with one key."""
    return TemporaryDirectory(prefix="kexie-keys-")


def settings_of(**given: Any) -> Settings:  # noqa: ANN401 - whatever settings there are
    """Return settings by which a server of the tests runs."""
    return Settings(data_dir=Path(_folder().name), witnesses=str(WITNESS.verifier), **given)
