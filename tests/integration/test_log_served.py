"""What the server says of the log can be checked by whoever has only its public key."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime

import pytest

from registry.store.merkle import HASH, consistent, included, leaf, root_of, split
from registry.store.notes import Checkpoint, Note, Signer, Verifier
from tests.support.serving import Served
from tests.support.witnessing import WITNESS

STRANGER = Signer("example.com/stranger", bytes(32), 4)


def _note(register: Served) -> Note:
    """Return the signed checkpoint once the head is signed."""
    for _ in range(50):
        shown = register.anybody.data("{ checkpoint { size signedSize } }")["checkpoint"]
        if shown["size"] == shown["signedSize"]:
            break
        time.sleep(0.1)
    return Note.of(register.anybody.http.get("/log/checkpoint").text)


def _leaves(register: Served, size: int) -> list[bytes]:
    hashes = b""
    for index in range(0, size, 256):
        width = min(256, size - index)
        path = f"{index // 256:03}" + ("" if width == 256 else f".p/{width}")
        response = register.anybody.http.get(f"/log/tile/0/{path}")
        assert response.headers["content-type"] == "application/octet-stream"
        assert ("immutable" in response.headers["cache-control"]) == (width == 256)
        hashes += response.content
    return split(hashes)


def test_the_checkpoint_is_signed_and_fits_the_tiles(demo: Served) -> None:
    note = _note(demo)
    key = Verifier.of(demo.anybody.http.get("/log/key").text.splitlines()[0])
    note.signed_by(key)
    checkpoint = Checkpoint.of(note.text)
    assert checkpoint.origin == key.name
    leaves = _leaves(demo, checkpoint.size)
    assert root_of(leaves) == checkpoint.root
    above = checkpoint.size // 256
    assert above > 0
    response = demo.anybody.http.get(f"/log/tile/1/000.p/{above}")
    assert split(response.content) == [root_of(leaves[256 * n : 256 * n + 256]) for n in range(above)]


def test_an_answer_carries_the_checkpoint_of_its_snapshot(demo: Served) -> None:
    answer = demo.anybody.data(
        "{ checkpoint { size rootHash note signedAt } orgChart(hierarchies: [PART_OF]) { position } }"
    )
    shown = answer["checkpoint"]
    assert shown["size"] == answer["orgChart"]["position"]
    assert base64.b64decode(shown["rootHash"]) == root_of(_leaves(demo, shown["size"]))
    assert datetime.fromisoformat(shown["signedAt"]) <= datetime.now(UTC)


def test_an_event_is_proven_to_be_in_the_log(demo: Served) -> None:
    size = demo.anybody.data("{ checkpoint { size } }")["checkpoint"]["size"]
    leaves = _leaves(demo, size)
    for position in (1, 2, 256, 257, size):
        proof = demo.anybody.data(
            "query ($p: Position!, $s: Position!) {"
            " inclusionProof(position: $p, size: $s) { leafHash rootHash hashes } }",
            p=position,
            s=size,
        )["inclusionProof"]
        hashes = [base64.b64decode(one) for one in proof["hashes"]]
        root, hashed = base64.b64decode(proof["rootHash"]), base64.b64decode(proof["leafHash"])
        assert (hashed, root) == (leaves[position - 1], root_of(leaves))
        assert included(hashed, position - 1, size, hashes, root)


def test_the_log_is_proven_to_have_grown_only(demo: Served) -> None:
    size = demo.anybody.data("{ checkpoint { size } }")["checkpoint"]["size"]
    leaves = _leaves(demo, size)
    for old in (1, 255, 256, 300, size):
        proof = demo.anybody.data(
            "query ($f: Position!, $t: Position!) { consistencyProof(from: $f, to: $t) { from to hashes } }",
            f=old,
            t=size,
        )["consistencyProof"]
        assert (proof["from"], proof["to"]) == (old, size)
        hashes = [base64.b64decode(one) for one in proof["hashes"]]
        assert consistent(old, root_of(leaves[:old]), size, root_of(leaves), hashes)


@pytest.mark.parametrize(
    "query",
    [
        "{ inclusionProof(position: 0, size: 5) { size } }",
        "{ inclusionProof(position: 6, size: 5) { size } }",
        "{ inclusionProof(position: 1, size: 99999999) { size } }",
        "{ consistencyProof(from: 0, to: 5) { to } }",
        "{ consistencyProof(from: 6, to: 5) { to } }",
        "{ consistencyProof(from: 1, to: 99999999) { to } }",
    ],
)
def test_what_the_log_does_not_have_is_not_proven(demo: Served, query: str) -> None:
    assert demo.anybody.problem(query)["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(
    "path",
    ["0/999", "0/000.p/256", "0/000.p/0", "0/00", "0/x000/000", "64/000", "9/000", "0/000.p/999"],
)
def test_a_tile_that_is_not_there_is_not_found(demo: Served, path: str) -> None:
    assert demo.anybody.http.get(f"/log/tile/{path}").status_code == 404


def test_entries_are_the_leaves_and_for_auditors_only(demo: Served) -> None:
    path = "/log/tile/entries/000"
    for client in (demo.anybody, demo.viewer):
        assert client.http.get(path).status_code == 403
    response = demo.administrator.http.get(path)
    assert response.headers["cache-control"].startswith("private")
    content, leaves = response.content, []
    while content:
        length = int.from_bytes(content[:2], "big")
        leaves.append(leaf(content[2 : 2 + length]))
        content = content[2 + length :]
    assert leaves == split(demo.anybody.http.get("/log/tile/0/000").content)
    assert len(leaves) * HASH == 8192


def test_a_witness_known_here_adds_its_signature(demo: Served) -> None:
    note = _note(demo)
    line = WITNESS.sign(note.text, datetime.now(UTC))
    response = demo.anybody.http.post("/log/cosignature", content=f"{note.text}\n{line}")
    assert (response.status_code, response.text) == (200, "1\n")
    shown = Note.of(demo.anybody.http.get("/log/checkpoint").text)
    shown.signed_by(WITNESS.verifier)
    assert len(shown.signatures) == 2
    assert demo.anybody.data("{ checkpoint { note } }")["checkpoint"]["note"].endswith(line)


def test_other_cosignatures_are_refused(demo: Served) -> None:
    note = _note(demo)
    other = note.text.replace(note.text.split("\n")[1], "7", 1)
    now = datetime.now(UTC)
    wrong = WITNESS.sign(other, now)
    cases = {
        "UNKNOWN_WITNESS": f"{note.text}\n{STRANGER.sign(note.text, now)}",
        "UNKNOWN_CHECKPOINT": f"{other}\n{wrong}",
        "INVALID_COSIGNATURE": f"{note.text}\n{wrong}",
    }
    for code, content in cases.items():
        response = demo.anybody.http.post("/log/cosignature", content=content)
        assert response.json()["errors"][0]["extensions"]["code"] == code
    nothing = demo.anybody.http.post("/log/cosignature", content=b"\xff")
    assert nothing.json()["errors"][0]["extensions"]["code"] == "INVALID_COSIGNATURE"
