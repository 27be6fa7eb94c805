"""The master key, which wraps the keys of persons and the secrets of the register (主密钥).

What holds it is a port: here the process does, from the environment or a file; a key management service would
wrap and unwrap by calls of its own. Each wrapped key says which master key wrapped it, so that another one
can take its place a key at a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12

_SHOWN_BYTES = 8


class KeyCode(StrEnum):
    """What is wrong with keys."""

    UNREADABLE = "MASTER_KEY_UNREADABLE"
    MISSING = "MASTER_KEY_MISSING"
    WRONG = "MASTER_KEY_WRONG"
    LOST = "PERSON_KEY_LOST"


_MESSAGES: dict[KeyCode, tuple[str, str, str, str]] = {
    KeyCode.UNREADABLE: (
        "The master key {source} is not {bytes} bytes in base64.",
        "主密钥 {source} 不是 {bytes} 字节的 base64。",
        "Make one with: openssl rand -base64 32",
        "可用命令生成: openssl rand -base64 32",
    ),
    KeyCode.MISSING: (
        "There is no master key, and the register has keys that one wrapped.",
        "没有主密钥,而登记系统中已有由主密钥封装的密钥。",
        "Set KEXIE_MASTER_KEY or KEXIE_MASTER_KEY_FILE to the key that was in use; no new one is made.",
        "请将 KEXIE_MASTER_KEY 或 KEXIE_MASTER_KEY_FILE 设为原来使用的主密钥;系统不会另造新密钥。",
    ),
    KeyCode.WRONG: (
        "The register's keys were wrapped by the master key {master}, which is not at hand.",
        "登记系统的密钥由主密钥 {master} 封装,而当前没有该主密钥。",
        "Set KEXIE_MASTER_KEY or KEXIE_MASTER_KEY_FILE to that key.",
        "请将 KEXIE_MASTER_KEY 或 KEXIE_MASTER_KEY_FILE 设为该主密钥。",
    ),
    KeyCode.LOST: (
        "The key of person {person} is missing, and they were not erased.",
        "人员 {person} 的密钥缺失,而该人员并未被清除。",
        "Restore the table registry.person_key from a backup of the same time as the log.",
        "请从与日志同一时刻的备份恢复表 registry.person_key。",
    ),
}


class MasterKeyError(Exception):
    """The keys at hand do not fit the register."""

    def __init__(self, code: KeyCode, **details: object) -> None:
        """Keep the code, and say it in both languages with what to do."""
        texts = (text.format_map(details) for text in _MESSAGES[code])
        self.code = code
        self.english, self.chinese, self.advice_english, self.advice_chinese = texts
        super().__init__(self.english)


class Master(Protocol):
    """Wraps and unwraps keys; a key management service implements it by calls of its own."""

    @property
    def id(self) -> str:
        """Which key wraps, as wrapped keys say it."""
        ...

    def newest(self) -> Master:
        """Return what wraps now, whose id does not change any more."""
        ...

    def holds(self, master: str) -> bool:
        """Say whether what ``master`` wrapped can be unwrapped."""
        ...

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return ``key`` sealed; ``about`` says what it is for and has to be given again."""
        ...

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """Return the key that ``master`` wrapped; raises MasterKeyError when that is not at hand."""
        ...


class LocalMaster:
    """Master keys in the process's own memory: the first one wraps, all of them unwrap."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Hold ``keys``, at least one."""
        self._keys = {_id(key): AESGCM(key) for key in keys}
        self._id = _id(keys[0])

    @property
    def id(self) -> str:
        """The first bytes of a hash of the key."""
        return self._id

    def newest(self) -> LocalMaster:
        """Return these: they are what they are for as long as the process lives."""
        return self

    def holds(self, master: str) -> bool:
        """Say whether the key is here."""
        return master in self._keys

    def wrap(self, key: bytes, about: bytes) -> bytes:
        """Return ``key`` sealed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._keys[self._id].encrypt(nonce, key, about)

    def unwrap(self, master: str, wrapped: bytes, about: bytes) -> bytes:
        """Return the key; raises MasterKeyError WRONG for one that another master key wrapped."""
        cipher = self._keys.get(master)
        if cipher is None:
            raise MasterKeyError(KeyCode.WRONG, master=master)
        try:
            return cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)
        except InvalidTag:
            raise MasterKeyError(KeyCode.WRONG, master=master) from None


def masters_of(text: str, source: str) -> list[bytes]:
    """Return the keys that ``text`` holds, apart by blanks or lines, the one that wraps first.

    Raises MasterKeyError UNREADABLE, which never repeats the text.
    """
    try:
        keys = [base64.b64decode(word, validate=True) for word in text.split()]
    except (binascii.Error, ValueError):
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise MasterKeyError(KeyCode.UNREADABLE, source=source, bytes=KEY_BYTES)
    return keys


def masters_in(path: Path) -> list[bytes] | None:
    """Return the keys in the file at ``path``, or None when there is no such file."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise MasterKeyError(KeyCode.UNREADABLE, source=str(path), bytes=KEY_BYTES) from None
    return masters_of(text, str(path))


def make_master(path: Path) -> bytes:
    """Make a key in a new file at ``path``; of two processes at once one makes it, and both get it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    draft = _written(path, [key])
    try:
        # A link is made whole or not at all, and never over a key that is there.
        os.link(draft, path)
    except FileExistsError:
        made = masters_in(path)
        assert made is not None
        return made[0]
    finally:
        draft.unlink()
    return key


def add_master(path: Path) -> list[bytes]:
    """Make a key, put it before those in the file at ``path``, and return all."""
    keys = [secrets.token_bytes(KEY_BYTES), *(masters_in(path) or [])]
    _written(path, keys).replace(path)
    return keys


def _written(path: Path, keys: Sequence[bytes]) -> Path:
    """Write ``keys`` beside ``path`` into a file that its user alone may read, and return that."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(base64.b64encode(key).decode() + "\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _id(key: bytes) -> str:
    return hashlib.sha256(b"kexie master key\0" + key).digest()[:_SHOWN_BYTES].hex()
