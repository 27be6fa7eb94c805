"""Master keys, the keys they wrap, and what is sealed under those."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from registry.events import Event
from registry.nouns import EVENTS
from registry.store import keyring
from registry.store.codec import Envelope
from registry.store.keyring import Keyring, Place
from registry.store.master import (
    KEY_BYTES,
    KeyCode,
    LocalMaster,
    MasterKeyError,
    add_master,
    make_master,
    masters_in,
    masters_of,
)
from tests.support.example_events import EXAMPLES
from tests.support.sealing import MAPPER, MASTER

OLD, NEW = bytes(KEY_BYTES), bytes([1]) * KEY_BYTES
PERSON = uuid4()


def ring() -> Keyring:
    keys = Keyring(MASTER)
    assert len(keys.make([PERSON]).records) == 1
    assert keys.make([PERSON]).records == []
    return keys


def test_another_master_key_does_not_unwrap() -> None:
    wrapped = LocalMaster([OLD]).wrap(b"key", b"about")
    with pytest.raises(MasterKeyError) as told:
        LocalMaster([NEW]).unwrap(LocalMaster([OLD]).id, wrapped, b"about")
    assert told.value.code is KeyCode.WRONG
    with pytest.raises(MasterKeyError):
        LocalMaster([OLD]).unwrap(LocalMaster([OLD]).id, wrapped, b"about another")


def test_an_earlier_master_key_unwraps_still() -> None:
    old, both = LocalMaster([OLD]), LocalMaster([NEW, OLD])
    assert both.unwrap(old.id, old.wrap(b"key", b""), b"") == b"key"
    assert both.id == LocalMaster([NEW]).id != old.id


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", base64.b64encode(bytes(31)).decode()])
def test_what_is_no_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(MasterKeyError) as told:
        masters_of(text, "the file")
    assert told.value.code is KeyCode.UNREADABLE
    assert not text or text not in str(told.value)


def test_a_key_file_is_made_once_and_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master.key"
    key = make_master(path)
    assert make_master(path) == key
    assert masters_in(path) == [key]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    keys = add_master(path)
    assert keys[1:] == [key]
    assert masters_in(path) == keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_what_was_sealed_opens_only_where_it_was_sealed() -> None:
    keys, place = ring(), Place(uuid4(), 3, "person.renamed")
    sealed = keys.seal(PERSON, place, b"content")
    assert b"content" not in sealed
    assert sealed != keys.seal(PERSON, place, b"content")
    assert keys.open(PERSON, place, sealed) == b"content"
    for other in (place._replace(stream=uuid4()), place._replace(version=4), place._replace(topic="x")):
        with pytest.raises(ValueError, match="altered or moved"):
            keys.open(PERSON, other, sealed)
    with pytest.raises(ValueError, match="altered or moved"):
        keys.open(PERSON, place, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_a_key_that_is_missing_is_not_taken_for_a_destroyed_one() -> None:
    with pytest.raises(MasterKeyError) as told:
        Keyring(MASTER).open(PERSON, Place(PERSON, 1, "person.renamed"), bytes(40))
    assert told.value.code is KeyCode.LOST


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if kind.personal], ids=lambda kind: kind.topic)
def test_every_event_with_personal_data_is_sealed_and_reads_blank_when_erased(kind: type[Event]) -> None:
    keys = ring()
    for example in EXAMPLES[kind]:

        def seal(event: Event, content: bytes) -> Envelope:
            return Envelope(PERSON, keys.seal(PERSON, Place(PERSON, 1, event.topic), content))

        body = MAPPER.encode(example, seal)
        assert MAPPER.subjects(kind.topic, body) == {PERSON}
        opened = MAPPER.decode(
            kind.topic, body, lambda topic, held: keys.open(held.of, Place(PERSON, 1, topic), held.sealed)
        )
        assert opened == example
        blank = MAPPER.decode(kind.topic, body, lambda *_: None)
        for name in kind.__struct_fields__:
            if name not in kind.personal:
                assert getattr(blank, name) == getattr(example, name)
        said: dict[str, Any] = {name: getattr(example, name) for name in kind.personal}
        assert said.get("reason") is None or said["reason"].encode() not in body
        assert blank.reason is None


class Asked:
    """A connection that notes whose keys are asked for, and has none."""

    def __init__(self) -> None:
        self.persons: list[UUID] = []

    async def fetch(self, _: str, persons: list[UUID]) -> list[object]:
        self.persons.extend(persons)
        return []


async def test_who_had_no_key_is_asked_for_again_once_the_ring_was_emptied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyring, "_LIMIT", 1)
    keys, asked = Keyring(MASTER), Asked()
    keys.know_keyless([PERSON])
    await keys.load(asked, [PERSON])  # type: ignore[arg-type]  # it fetches as a connection does
    assert asked.persons == []
    keys.make([PERSON, UUID(int=2)])
    await keys.load(asked, [PERSON])  # type: ignore[arg-type]  # it fetches as a connection does
    assert asked.persons == [PERSON]
