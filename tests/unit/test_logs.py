"""The line of a request is in the form of all others, though no processor made it."""

from __future__ import annotations

import json
import logging
from typing import Any, Literal

import pytest
import structlog

from graphql_api.logs import Answered
from tests.support.kept_logs import kept_logs

_FACTS: dict[str, Any] = {"method": "POST", "path": "/graphql", "status": 200, "milliseconds": 1.5}


def _lines(form: Literal["console", "json"], facts: dict[str, Any]) -> tuple[str, str]:
    """Return the line that is written directly, and the one that the processors make."""
    with kept_logs(form) as kept:
        logging.getLogger("kexie.http").handle(Answered(facts))
        structlog.get_logger("kexie.http").info("answered", **facts)
    direct, processed = kept.lines
    return direct, processed


def test_on_a_console_it_looks_like_all_others() -> None:
    direct, processed = _lines("console", _FACTS)
    assert direct.partition(" ")[2].split() == processed.partition(" ")[2].split()
    assert len(direct.partition(" ")[0]) == len(processed.partition(" ")[0])


def test_as_json_it_has_the_same_members() -> None:
    direct, processed = map(json.loads, _lines("json", _FACTS))
    assert direct.pop("timestamp")[-1] == processed.pop("timestamp")[-1] == "Z"
    assert direct == processed


@pytest.mark.parametrize("path", ["/a\nforged=1", "/a b", "/\x1b[2J", "/a='b'"])
def test_a_path_cannot_forge_a_line_or_a_fact(path: str) -> None:
    direct, _ = _lines("console", {**_FACTS, "path": path})
    assert "\n" not in direct
    assert "\x1b" not in direct
    assert f"path={path!r} status=200" in direct
