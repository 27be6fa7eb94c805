"""Conditions on names and on places in a hierarchy, for the lists of every noun (名称与层级条件)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql_api.planner.connection import Several
from graphql_api.planner.sought import named
from graphql_api.planner.templates import template


def of_person(name: str, person: str) -> str:
    """Return the expression of a person's name, or of what stands for the name of who was erased."""
    return f"coalesce({name}, registry.erased_name({person}))"


NAMED = Several(template("named"), named)
"""Whether one of the row's names holds each word of a text."""


def lineage(value: Mapping[str, Any]) -> Mapping[str, tuple[Any, str]]:
    """Return the parameters of a filter by what stands above or below in a hierarchy."""
    return {"hierarchy": (str(value["hierarchy"]), "text"), "end": (value["id"], "uuid")}


BELOW = Several(template("below"), lineage)
"""Whether the row stands under an organization in a hierarchy, at any depth."""

ABOVE = Several(template("above"), lineage)
"""Whether the row stands above an organization in a hierarchy, at any depth."""
