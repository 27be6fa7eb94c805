"""Texts that are looked for, read from a request (搜索词)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphql import FieldNode

from graphql_api.problems import invalid
from projections.grams import Sought, sought

TEXT_LIMIT = 300
"""Characters of a text at most: no name is longer."""


def readable(text: str, nodes: Sequence[FieldNode] | None = None) -> Sought:
    """Return what to look for; raises GraphQLError when there is nothing to look for in it, or too much."""
    if len(text) > TEXT_LIMIT:
        raise invalid(
            "text", f"it is at most {TEXT_LIMIT} characters long", f"不超过 {TEXT_LIMIT} 个字", nodes
        )
    asked = sought(text)
    if not asked.whole:
        raise invalid("text", "it has no character, letter or digit", "须有汉字、字母或数字", nodes)
    return asked


def named(text: str) -> Mapping[str, tuple[list[str], str]]:
    """Return the parameters of the condition that a name holds each word of ``text``."""
    asked = readable(text)
    return {"grams": (asked.grams, "text[]"), "parts": (asked.parts, "text[]")}
