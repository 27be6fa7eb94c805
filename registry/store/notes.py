"""Signed notes and checkpoints: C2SP signed-note, tlog-checkpoint, tlog-cosignature (签名检查点).

A note is a text, an empty line and signature lines ``— name base64(key id, signature)``. A checkpoint is a
note whose text says of which log it speaks (its origin), the size of the tree and its root. The keys are
Ed25519; they are written as the Go project's tools write them.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.store.merkle import HASH

_PREFIX = "\u2014 "
"""What a signature line begins with: an em dash and a blank."""

_ED25519 = 1
_COSIGNATURE = 4
_ID = 4
_KEY = 32
_SIGNATURE = 64
_STAMPED = 8 + _SIGNATURE
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_HEX_ID = re.compile(r"[0-9a-f]{8}")
_CHARACTERS = 100_000
_LINES = 100


class NoteError(ValueError):
    """A note, a key or a signature that is not what it should be; the message says why."""


class Verifier(NamedTuple):
    """A public key and its holder's name; ``kind`` says what it signs (验证公钥)."""

    name: str
    kind: int
    key: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``name+id+base64``; raises NoteError."""
        name, encoded = _named(text.strip().split("+", 2))
        kind, key = encoded[0], encoded[1:]
        if kind not in (_ED25519, _COSIGNATURE) or len(key) != _KEY:
            raise NoteError(f"the key of {name} is not an Ed25519 key")
        verifier = cls(name, kind, key)
        if verifier.id.hex() != text.strip().split("+", 2)[1]:
            raise NoteError(f"the key of {name} does not have the id that is written with it")
        return verifier

    @property
    def id(self) -> bytes:
        """The four bytes that signature lines name the key by."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:_ID]

    @property
    def witness(self) -> bool:
        """Whether it is a witness's key, whose signatures say when they were made."""
        return self.kind == _COSIGNATURE

    def __str__(self) -> str:
        """Return the key as it is handed on."""
        encoded = base64.b64encode(bytes([self.kind]) + self.key).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"

    def verify(self, text: str, signature: bytes) -> None:
        """Check a signature of ``text``, which ends with a line feed; raises NoteError."""
        message = text.encode()
        if self.witness:
            if len(signature) != _STAMPED:
                raise NoteError(f"the cosignature of {self.name} has {len(signature)} bytes, not {_STAMPED}")
            message = _stamped(signature_time(signature), text)
            signature = signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature as error:
            raise NoteError(f"the signature of {self.name} does not fit the text") from error


class Signer:
    """A private key, its holder's name and kind (签名私钥)."""

    def __init__(self, name: str, seed: bytes, kind: int = _ED25519) -> None:
        """Sign as ``name`` with the key made from ``seed``, 32 bytes; raises NoteError."""
        if not _NAME.fullmatch(name):
            raise NoteError(f"{name!r} cannot name a key: blanks and + are not allowed in it")
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, kind, self._key.public_key().public_bytes_raw())

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``PRIVATE+KEY+name+id+base64``; raises NoteError."""
        parts = text.strip().split("+", 4)
        if parts[:2] != ["PRIVATE", "KEY"]:
            raise NoteError("a private key begins with PRIVATE+KEY+")
        name, encoded = _named(parts[2:])
        if encoded[0] not in (_ED25519, _COSIGNATURE) or len(encoded) != 1 + _KEY:
            raise NoteError(f"the key of {name} is not an Ed25519 key")
        signer = cls(name, encoded[1:], encoded[0])
        if signer.verifier.id.hex() != parts[3]:
            raise NoteError(f"the key of {name} does not have the id {parts[3]}")
        return signer

    @property
    def secret(self) -> str:
        """The private key as it is kept in its file."""
        encoded = base64.b64encode(bytes([self.verifier.kind]) + self._seed).decode()
        return f"PRIVATE+KEY+{self.verifier.name}+{self.verifier.id.hex()}+{encoded}"

    def sign(self, text: str, at: datetime | None = None) -> str:
        """Return the signature line for ``text``; a witness says ``at`` which instant it signs."""
        signature = b""
        message = text.encode()
        if self.verifier.witness:
            assert at is not None
            message = _stamped(int(at.timestamp()), text)
            signature = struct.pack(">Q", int(at.timestamp()))
        signature += self._key.sign(message)
        encoded = base64.b64encode(self.verifier.id + signature).decode()
        return f"{_PREFIX}{self.verifier.name} {encoded}\n"


class Signature(NamedTuple):
    """A signature line of a note (签名行)."""

    name: str
    id: bytes
    signature: bytes
    line: str


class Note(NamedTuple):
    """A text and the signatures under it (签名文本)."""

    text: str
    signatures: Sequence[Signature]

    @classmethod
    def of(cls, content: str) -> Self:
        """Read a note; raises NoteError."""
        text, separator, lines = content.rpartition("\n\n")
        listed = lines.splitlines(keepends=True)
        if not separator or not listed or len(content) > _CHARACTERS or len(listed) > _LINES:
            raise NoteError("a note is a text, an empty line, and signature lines")
        return cls(text + "\n", [_signature(line) for line in listed])

    def signed_by(self, verifier: Verifier) -> Signature:
        """Return the signature of a known key, verified; raises NoteError (also if there is none)."""
        for signature in self.signatures:
            if (signature.name, signature.id) == (verifier.name, verifier.id):
                verifier.verify(self.text, signature.signature)
                return signature
        raise NoteError(f"there is no signature of {verifier.name}+{verifier.id.hex()}")


class Checkpoint(NamedTuple):
    """How large the log is and what its root is (检查点)."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the text of a note; what more it says is passed over. Raises NoteError."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):  # noqa: PLR2004 - three lines and what ends the last
            raise NoteError("a checkpoint says its origin, its size and its root, each on a line")
        root = _decoded(lines[2])
        if len(root) != HASH:
            raise NoteError(f"the root of a checkpoint has {HASH} bytes, not {len(root)}")
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        """The text to sign."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def signature_time(signature: bytes) -> int:
    """Return the second since 1970 that a witness's signature says it was made in."""
    (seconds,) = struct.unpack(">Q", signature[:8])
    return int(seconds)


def _stamped(seconds: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def signed_at(signature: Signature) -> datetime:
    """Return the instant a witness's signature says it was made at; raises NoteError for none there is."""
    try:
        return datetime.fromtimestamp(signature_time(signature.signature), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NoteError(f"the cosignature of {signature.name} says no instant") from error


def _named(parts: Sequence[str]) -> tuple[str, bytes]:
    if len(parts) != 3 or not _NAME.fullmatch(parts[0]) or not _HEX_ID.fullmatch(parts[1]):  # noqa: PLR2004 - name, id, key
        raise NoteError("a key is written name+id+base64")
    encoded = _decoded(parts[2])
    if not encoded:
        raise NoteError(f"the key of {parts[0]} is empty")
    return parts[0], encoded


def _signature(line: str) -> Signature:
    name, blank, encoded = line.removeprefix(_PREFIX).rstrip("\n").partition(" ")
    content = _decoded(encoded)
    well = line.startswith(_PREFIX) and line.endswith("\n") and blank and _NAME.fullmatch(name)
    if not well or len(content) <= _ID:
        raise NoteError("a signature line is a dash, a name, and the base64 of key id and signature")
    return Signature(name, content[:_ID], content[_ID:], line)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"{text[:60]!r} is not base64") from error
