"""Notes are those of C2SP signed-note, tlog-checkpoint and tlog-cosignature."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.store.log_key import log_key
from registry.store.merkle import EMPTY
from registry.store.notes import Checkpoint, Note, NoteError, Signer, Verifier, signed_at

# The example of golang.org/x/mod/sumdb/note, from which C2SP signed-note was made.
PUBLISHED = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
NOTE = f"{TEXT}\n— PeterNeumann {SIGNED}\n"
SIGNER = Signer("example.com/log", bytes(range(32)))
WITNESS = Signer("example.com/witness", bytes(range(1, 33)), 4)
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_the_published_note_is_signed_by_the_published_key() -> None:
    verifier = Verifier.of(PUBLISHED)
    assert str(verifier) == PUBLISHED
    assert Note.of(NOTE).signed_by(verifier).name == "PeterNeumann"


def test_the_published_note_with_another_word_is_not() -> None:
    note = Note.of(NOTE.replace("answer", "question"))
    with pytest.raises(NoteError, match="does not fit"):
        note.signed_by(Verifier.of(PUBLISHED))


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**62))
def test_what_is_signed_is_verified(seed: bytes, size: int) -> None:
    signer = Signer("a.log", seed)
    text = Checkpoint("a.log", size, EMPTY).text
    note = Note.of(f"{text}\n{SIGNER.sign(text)}{signer.sign(text)}")
    assert note.signed_by(Verifier.of(str(signer.verifier))).name == "a.log"
    assert Checkpoint.of(note.text) == Checkpoint("a.log", size, EMPTY)
    assert Signer.of(signer.secret).verifier == signer.verifier


def test_a_cosignature_says_when_it_was_made() -> None:
    text = Checkpoint("example.com/log", 5, EMPTY).text
    note = Note.of(f"{text}\n{SIGNER.sign(text)}{WITNESS.sign(text, AT)}")
    assert signed_at(note.signed_by(WITNESS.verifier)) == AT


def test_a_cosignature_with_another_time_is_none() -> None:
    text = Checkpoint("example.com/log", 5, EMPTY).text
    signature = Note.of(f"{text}\n{WITNESS.sign(text, AT)}").signatures[0].signature
    with pytest.raises(NoteError, match="does not fit"):
        WITNESS.verifier.verify(text, bytes(8) + signature[8:])
    with pytest.raises(NoteError, match="bytes, not 72"):
        WITNESS.verifier.verify(text, signature[8:])


@pytest.mark.parametrize(
    "content",
    ["", "text", "text\n\n", "text\n\n— \n", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAA\n", "t\n\n— a !\n"],
)
def test_what_is_no_note_is_refused(content: str) -> None:
    with pytest.raises(NoteError):
        Note.of(content)


@pytest.mark.parametrize(
    "text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "\n1\nAAAA\n", "a\n-1\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.of(text)


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+c74f20a3+", "a b+c74f20a3+AQ==", PUBLISHED.replace("c7", "c8")]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Verifier.of(text)
    with pytest.raises(NoteError):
        Signer.of(text)


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = log_key(None, tmp_path, "a.log")
    path = tmp_path / "keys" / "log.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (
        log_key(None, tmp_path, "a.log").verifier
        == log_key(path, tmp_path, "a.log").verifier
        == first.verifier
    )
    assert [file.name for file in path.parent.iterdir()] == ["log.key"]


def test_a_key_that_others_may_read_or_of_another_log_is_refused(tmp_path: Path) -> None:
    log_key(None, tmp_path, "a.log")
    with pytest.raises(NoteError, match=r"signs for a\.log"):
        log_key(None, tmp_path, "b.log")
    (tmp_path / "keys" / "log.key").chmod(0o640)
    with pytest.raises(NoteError, match="open to others"):
        log_key(None, tmp_path, "a.log")
    with pytest.raises(NoteError, match="cannot be read"):
        log_key(tmp_path / "none", tmp_path, "a.log")
