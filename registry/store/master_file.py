"""Master keys in a file that may be given another one while processes use it (主密钥文件)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import structlog

from registry.store.master import KeyCode, LocalMaster, MasterKeyError, masters_in

_log = structlog.get_logger(__name__)


class _Version(NamedTuple):
    """What tells a file from one that took its place."""

    number: int
    changed: int
    size: int


class FileMaster:
    """The keys of a file, read anew when the file is another one, or when a key is not among those known.

    So a rotation needs no restart: what is wrapped from then on is wrapped by the new key, and what the new
    key has wrapped is unwrapped. A file that cannot be read leaves everything as it was.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at ``path``; raises MasterKeyError MISSING or UNREADABLE."""
        self._path = path
        self._version = _version_of(path)
        keys = masters_in(path)
        if keys is None:
            raise MasterKeyError(KeyCode.MISSING)
        self._known = LocalMaster(keys)

    @property
    def id(self) -> str:
        """Which of the keys wraps."""
        return self._known.id

    def newest(self) -> LocalMaster:
        """Return the keys as the file has them now."""
        version = _version_of(self._path)
        if version is not None and version != self._version:
            self._read(version)
        return self._known

    def holds(self, master: str) -> bool:
        """Say whether what ``master`` wrapped can be unwrapped."""
        return self._known.holds(master) or self.newest().holds(master)

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return ``key`` sealed by the newest key."""
        return self.newest().wrap(key, about)

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """Return the key that ``master`` wrapped; raises MasterKeyError WRONG when it is not in the file."""
        keys = self._known if self._known.holds(master) else self.newest()
        return keys.unwrap(master, wrapped, about)

    def _read(self, version: _Version) -> None:
        try:
            keys = masters_in(self._path)
        except MasterKeyError as error:
            _log.warning("the file of the master key cannot be read", problem=str(error))
            return
        if keys is not None:
            self._version, self._known = version, LocalMaster(keys)
            _log.info("the master keys were read anew", master=self._known.id)


def _version_of(path: Path) -> _Version | None:
    """Return what the file is now, taken before it is read: one that changes meanwhile is read once more."""
    try:
        found = path.stat()
    except OSError:
        return None
    return _Version(found.st_ino, found.st_mtime_ns, found.st_size)
