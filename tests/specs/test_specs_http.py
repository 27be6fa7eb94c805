"""GraphQL over HTTP: every audit of the package graphql-http, each a test of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.node import run_node
from tests.support.serving import Served

# What the pinned release asks. A test below holds this list to it.
_AUDITS = """
22EB 4655 47DE 80D8 82A3 BF61 78D5 2C94 5A70 9C48 9ABE 03D4 A5BF 423L LKJ0 LKJ1 LKJ2 LKJ3
34A2 13EE 6C00 6C01 6C02 6C03 8161 B8B3 94B0 0220 94B1 0221 94B2 0222 4760 4761 4762 4763
2EA1 28B9 D6D5 6A70 58B0 58B1 58B2 58B3 428F 1B7A B6DC BCF8 B7N8 8764 3E3A 572B FDE2 7B9B
865D 556A D586 51FE 74FF 5E5B 86EE
""".split()  # noqa: SIM905 - a list of 61 lines tells no more


@pytest.fixture(scope="module")
def audited(demo: Served) -> dict[str, Any]:
    """Give the result of every audit by its id."""
    return {result["id"]: result for result in run_node("audit.mjs", f"{demo.url}/graphql")}


def test_the_audits_are_those_of_the_package(audited: dict[str, Any]) -> None:
    assert list(audited) == _AUDITS
    assert len(_AUDITS) == 61


@pytest.mark.parametrize("audit", _AUDITS)
def test_the_server_passes_the_audit(audited: dict[str, Any], audit: str) -> None:
    result = audited[audit]
    assert result["status"] == "ok", f"{result['name']}: {result['reason']}"
