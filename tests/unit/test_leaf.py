"""Leaf bytes and hashes of events are pinned for ever, and say every column without ambiguity."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.store.leaf import FORMAT, PROPOSED, Row, leaf_bytes, leaf_hash

GOLDEN: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "leaves.json").read_text(encoding="utf-8")
)

FULL = Row(
    position=258,
    stream_id=UUID("00112233-4455-6677-8899-aabbccddeeff"),
    version=3,
    topic="organization.renamed",
    effective_on=date(2019, 1, 1),
    recorded_at=datetime(2024, 2, 29, 23, 59, 59, 999_999, UTC),
    actor="市科协办公室",
    command_id=UUID(int=7),
    cause=255,
    corrects=1,
    instrument=UUID(int=0xD0C),
    body='{"effective_on":"2019-01-01","name":"大连市科学技术协会"}'.encode(),
)
ABSENT = FULL._replace(cause=None, corrects=None, instrument=None)

ROWS: dict[str, Row] = {
    "every column": FULL,
    "absent columns": ABSENT,
    "empty text is not absent": ABSENT._replace(topic="", actor="", body=b""),
    "year 1": ABSENT._replace(effective_on=date(1, 1, 1)),
    "year 9999": ABSENT._replace(effective_on=date(9999, 12, 31)),
    "the first instant": ABSENT._replace(recorded_at=datetime(1970, 1, 1, tzinfo=UTC)),
    "before the first instant": ABSENT._replace(recorded_at=datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC)),
    "the last instant": ABSENT._replace(recorded_at=datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC)),
    "the last position": ABSENT._replace(position=2**63 - 1, version=2**31 - 1),
    "proposed by one and approved by another": FULL._replace(submitter="user:基层"),
    "a submitter without a name is not absent": ABSENT._replace(submitter=""),
    "characters outside the first plane": ABSENT._replace(actor="𠮷田", body="𡈽".encode()),
}


def test_every_row_is_pinned() -> None:
    assert list(GOLDEN) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_leaves_never_change(name: str) -> None:
    """A change here invalidates every hash that was ever given out."""
    assert leaf_bytes(ROWS[name]).hex() == GOLDEN[name]["bytes"]
    assert leaf_hash(ROWS[name]).hex() == GOLDEN[name]["sha256"]


def test_the_layout_is_the_one_that_is_documented() -> None:
    """Written out by hand, so that the golden file is not only compared with what made it."""
    expected = b"".join(
        [
            b"\x02",
            b"\x00\x00\x00\x08" + b"\x00\x00\x00\x00\x00\x00\x01\x02",
            b"\x00\x00\x00\x10" + bytes.fromhex("00112233445566778899aabbccddeeff"),
            b"\x00\x00\x00\x08" + b"\x00\x00\x00\x00\x00\x00\x00\x03",
            b"\x00\x00\x00\x14" + b"organization.renamed",
            b"\x00\x00\x00\x0a" + b"2019-01-01",
            b"\x00\x00\x00\x08" + (1_709_251_199_999_999).to_bytes(8, "big"),
            b"\x00\x00\x00\x12" + bytes.fromhex("e5b882e7a791e58d8fe58a9ee585ace5aea4"),
            b"\x00\x00\x00\x10" + bytes(15) + b"\x07",
            b"\xff\xff\xff\xff" * 3,
            b"\x00\x00\x00\x20" + hashlib.sha256(FULL.body).digest(),
        ]
    )
    assert leaf_bytes(ABSENT) == expected
    assert leaf_hash(ABSENT) == hashlib.sha256(b"\x00" + expected).digest()


def test_an_instant_is_the_same_in_every_zone() -> None:
    china = FULL.recorded_at.astimezone(timezone(timedelta(hours=8)))
    assert leaf_bytes(FULL._replace(recorded_at=china)) == leaf_bytes(FULL)


def test_an_instant_without_a_zone_is_none() -> None:
    naive = FULL.recorded_at.replace(tzinfo=None)
    with pytest.raises(TypeError):
        leaf_bytes(FULL._replace(recorded_at=naive))


def fields_of(leaf: bytes) -> list[bytes | None]:
    """Read a leaf as its documentation describes it."""
    fields: list[bytes | None] = []
    at = 1
    while at < len(leaf):
        length = int.from_bytes(leaf[at : at + 4], "big")
        at += 4
        if length == 0xFFFFFFFF:
            fields.append(None)
            continue
        fields.append(leaf[at : at + length])
        at += length
    assert at == len(leaf)
    assert (leaf[0], len(fields)) in {(FORMAT, 12), (PROPOSED, 13)}
    return fields


def read(leaf: bytes) -> Row:
    """Return the row that a leaf was made of."""
    fields = fields_of(leaf)

    def present(index: int) -> bytes:
        content = fields[index]
        assert content is not None
        return content

    def number(index: int) -> int | None:
        content = fields[index]
        return None if content is None else int.from_bytes(content, "big", signed=True)

    position, version, micros = number(0), number(2), number(5)
    assert position is not None
    assert version is not None
    assert micros is not None
    instrument = fields[10]
    proposed = len(fields) > 12
    return Row(
        position=position,
        stream_id=UUID(bytes=present(1)),
        version=version,
        topic=present(3).decode(),
        effective_on=date.fromisoformat(present(4).decode()),
        recorded_at=datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros),
        actor=present(6).decode(),
        command_id=UUID(bytes=present(7)),
        cause=number(8),
        corrects=number(9),
        instrument=None if instrument is None else UUID(bytes=instrument),
        body=present(12 if proposed else 11),
        submitter=present(11).decode() if proposed else None,
    )


POSITIONS = st.integers(0, 2**63 - 1)


@given(
    row=st.builds(
        Row,
        position=POSITIONS,
        stream_id=st.uuids(),
        version=st.integers(1, 2**31 - 1),
        topic=st.text(max_size=30),
        effective_on=st.dates(),
        recorded_at=st.datetimes(timezones=st.just(UTC)),
        actor=st.text(max_size=30),
        command_id=st.uuids(),
        cause=st.none() | POSITIONS,
        corrects=st.none() | POSITIONS,
        instrument=st.none() | st.uuids(),
        body=st.binary(max_size=60),
        submitter=st.none() | st.text(max_size=32),
    )
)
def test_a_leaf_says_every_column_and_nothing_else(row: Row) -> None:
    """What can be read back is unambiguous: no two rows have the same leaf. Of the body it is the digest."""
    assert read(leaf_bytes(row)) == row._replace(body=hashlib.sha256(row.body).digest())


def test_the_longest_body_makes_a_leaf_that_fits_into_a_bundle_of_entries() -> None:
    assert len(leaf_bytes(FULL._replace(body=bytes(1 << 20)))) == len(leaf_bytes(FULL)) < 1 << 16
