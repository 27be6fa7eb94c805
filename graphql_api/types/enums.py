"""The registry's enumerations as the schema shows them, with the Chinese term of each value (枚举)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import strawberry

from graphql_api.types.terms import access as access_terms
from graphql_api.types.terms import affairs as affairs_terms
from graphql_api.types.terms import foundation, reports, search
from graphql_api.types.terms import grant as grant_terms
from graphql_api.types.terms import importing as importing_terms
from graphql_api.types.terms import measure as measure_terms
from graphql_api.types.terms import member as member_terms
from graphql_api.types.terms import person as person_terms
from graphql_api.types.terms import post as post_terms
from graphql_api.types.terms import proposal as proposal_terms
from graphql_api.types.terms import rule as rule_terms
from registry.dispositions import Action
from registry.errors import MESSAGES, Code
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Status, Tier
from registry.reorganization.state import Stage
from registry.time import Precision

_MODULES: tuple[Any, ...] = (
    foundation,
    affairs_terms,
    grant_terms,
    proposal_terms,
    post_terms,
    measure_terms,
    rule_terms,
    member_terms,
    person_terms,
    search,
    reports,
    access_terms,
    importing_terms,
)  # fmt: skip

_SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    kind: shown for module in _MODULES for kind, shown in module.SHOWN.items()
}
# By type and value: values of two enumerations that are spelled alike are equal, as strings are.
_TERMS: dict[tuple[type[StrEnum], StrEnum], str] = {
    (type(value), value): term for module in _MODULES for value, term in module.TERMS
}


def _described(value: StrEnum) -> str:
    if isinstance(value, Code):
        # What a refusal says stands in the registry's own table.
        return f"{MESSAGES[value].english} {MESSAGES[value].chinese}"
    return _TERMS[type(value), value]


def _show(kind: type[StrEnum], name: str, description: str) -> Any:  # noqa: ANN401 - Strawberry's own definition
    """Let Strawberry know an enumeration of the registry, and return its definition of it."""
    strawberry.enum(kind, name=name, description=description)
    definition = getattr(kind, "__strawberry_definition__")  # noqa: B009 - the attribute is untyped
    for value in definition.values:
        value.description = _described(kind(value.value))
    return definition


ENUMS = tuple(_show(kind, *shown) for kind, shown in _SHOWN.items())
"""The definitions of the registry's enumerations."""

__all__ = [
    "ENUMS",
    "Action",
    "Base",
    "Code",
    "Formation",
    "Hierarchy",
    "Kind",
    "Precision",
    "Stage",
    "Status",
    "Tier",
]
