"""The key that signs the log: from its file, else made once, readable by its owner only (日志签名密钥)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from registry.store.notes import NoteError, Signer

_OTHERS = 0o077
_SEED = 32


def log_key(file: Path | None, data_dir: Path, origin: str) -> Signer:
    """Return the key in ``file``, by default that of ``data_dir``, which is made if it is not there.

    Raises NoteError when it cannot be read, is open to others, or signs for another origin.
    """
    path = file or data_dir / "keys" / "log.key"
    if file is None and not path.exists():
        _make(path, origin)
    try:
        if path.stat().st_mode & _OTHERS:
            raise NoteError(f"{path} is open to others: chmod 600 {path}")
        signer = Signer.of(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NoteError(f"the key of the log cannot be read: {error}") from error
    if signer.verifier.name != origin:
        raise NoteError(f"{path} signs for {signer.verifier.name}, but KEXIE_LOG_ORIGIN is {origin}")
    return signer


def _make(path: Path, origin: str) -> None:
    """Make the key; of several processes at once one makes it, for the link is there or it is not."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    signer = Signer(origin, secrets.token_bytes(_SEED))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(signer.secret + "\n")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
