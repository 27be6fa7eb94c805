"""Identities: UUIDs, made outside the domain; stable ones from names for data files (编号)."""

from __future__ import annotations

from uuid import UUID, uuid5

REGISTER = UUID("6f5cf3d2-6d0b-5b0f-9c55-2f1a4be0a9d4")
"""The namespace of identities that data files derive from their own names."""

CODE_SCHEME = "CODE"
"""The scheme under which the registry's own codes of organizations are kept unique (登记代码)."""

NUMBER_SCHEME = "INSTRUMENT_NUMBER"
"""The scheme under which document numbers are unique while in force (文号)."""

RESIDENT_SCHEME = "RESIDENT_ID"
"""The scheme under which citizens' identity numbers are unique among the living (公民身份号码)."""

RESERVED_SCHEMES = frozenset({CODE_SCHEME, NUMBER_SCHEME, RESIDENT_SCHEME})
"""Schemes of identifiers that nobody assigns: the registry derives them from other facts."""

UNTOLD_SCHEMES = frozenset({RESIDENT_SCHEME})
"""Schemes whose values no refusal repeats: refusals are kept for ever, personal data is not."""


def stable_id(name: str) -> UUID:
    """Return the same identity for the same name, from run to run (UUID version 5, RFC 9562)."""
    return uuid5(REGISTER, name)
