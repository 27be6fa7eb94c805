"""Identities: UUIDs, made outside the domain; stable ones from names for data files (编号)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

REGISTER = UUID("6f5cf3d2-6d0b-5b0f-9c55-2f1a4be0a9d4")
"""The namespace of identities that data files derive from their own names."""

CODE_SCHEME = "CODE"
"""The scheme under which the registry's own codes of organizations are kept unique (登记代码)."""

NUMBER_SCHEME = "INSTRUMENT_NUMBER"
"""The scheme under which document numbers are unique while in force (文号)."""

MEMBERSHIP_SCHEME = "MEMBERSHIP"
"""The scheme under which one is a member of an organization once at a time (会员资格)."""

MEMBER_NUMBER_SCHEME = "MEMBER_NUMBER"
"""The scheme under which member numbers are unique in an organization (会员号)."""

AFFILIATION_SCHEME = "PARTY_AFFILIATION"
"""The scheme under which a person has one Party affiliation at a time (组织关系)."""

PARTICIPATION_SCHEME = "PARTY_PARTICIPATION"
"""The scheme under which a person takes part in a Party organization once at a time (参加)."""

FIGURE_SCHEME = "FIGURE"
"""The scheme that keeps one figure of an organization for an indicator and a period (上报数据)."""

TERM_SCHEME = "TERM_OF"
"""The scheme under which a body has one term at a time (届)."""

MEASURE_SCHEME = "MEASURE_CODE"
"""The scheme under which the codes of measures are unique unless cancelled (措施代码)."""

RESIDENT_SCHEME = "RESIDENT_ID"
"""The scheme under which citizens' identity numbers are unique among the living (公民身份号码)."""

CRITERION_SCHEME = "CRITERION"
"""The scheme under which one definition at a time has a name (口径代码)."""

RULE_SCHEME = "RULE"
"""The scheme under which codes of rules are unique while in force (规则代码)."""

RESERVED_SCHEMES = frozenset(
    {
        MEASURE_SCHEME,
        CRITERION_SCHEME,
        RULE_SCHEME,
        CODE_SCHEME,
        NUMBER_SCHEME,
        RESIDENT_SCHEME,
        MEMBERSHIP_SCHEME,
        MEMBER_NUMBER_SCHEME,
        AFFILIATION_SCHEME,
        PARTICIPATION_SCHEME,
        TERM_SCHEME,
        FIGURE_SCHEME,
    }
)
"""Schemes of identifiers that nobody assigns: the registry derives them from other facts."""

PRIVATE_SCHEMES = frozenset({RESIDENT_SCHEME})
"""Schemes whose values no table of identifiers holds in clear, but hashed with a key of the register."""

UNTOLD_SCHEMES = frozenset({RESIDENT_SCHEME, AFFILIATION_SCHEME, PARTICIPATION_SCHEME})
"""Schemes whose values no refusal repeats: refusals are kept for ever, personal data is not."""


def figure_key(organization: UUID, indicator: str, period_start: date, period_end: date) -> str:
    """Return whose figure it is, of what and when."""
    return f"{organization}/{indicator}/{period_start}/{period_end}"


def stable_id(name: str) -> UUID:
    """Return the same identity for the same name, from run to run (UUID version 5, RFC 9562)."""
    return uuid5(REGISTER, name)
