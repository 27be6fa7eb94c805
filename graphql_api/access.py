"""Who may ask for what (访问权限). Closed by default.

Who asks has roles, given to a key when it was issued or by grants of the register, and each role its rights.
A field without a stated right is refused to everyone. See docs/decisions/0012-public-chart.md and 0025.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from graphql import FieldNode, GraphQLError
from msgspec import Struct

from graphql_api.problems import Problem, problem
from registry.grant.kinds import Role

__all__ = ["ANYBODY", "PERSONAL", "RIGHTS", "Right", "Role", "Viewer", "refuse_field"]


class Right(StrEnum):
    """What a caller must be allowed to, to ask for a field (权限)."""

    CHART = "CHART"  # 公开: the chart at any date and belief, differences, histories, functions, documents
    RECORD = "RECORD"  # 内部: reorganizations and their plans, memberships, positions in the log, previews
    PERSON = "PERSON"  # 个人信息: people by name, with their employments, titles and awards
    RESTRICTED = "RESTRICTED"  # 敏感个人信息: numbers, birth, contacts, gender, Party affiliation
    AUDIT = "AUDIT"  # 审计: the log itself
    WRITE = "WRITE"  # 变更: commands
    GRANT = "GRANT"  # 授权: who may do what


PERSONAL = frozenset({Right.PERSON, Right.RESTRICTED})
"""The rights to personal data: what was once believed of a person, and is no more, needs AUDIT besides."""


_STAFF = frozenset({Right.CHART, Right.RECORD, Right.PERSON})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PUBLIC: frozenset({Right.CHART}),
    Role.VIEWER: _STAFF,
    Role.REGISTRAR: _STAFF | {Right.RESTRICTED, Right.WRITE},
    Role.AUDITOR: _STAFF | {Right.RESTRICTED, Right.AUDIT},
    Role.ADMINISTRATOR: frozenset(Right),
}


class Viewer(Struct, frozen=True):
    """Who asks (查询人).

    ``name`` is the actor of the commands it sends, ``granted`` are the roles that it has besides ``role``.
    """

    role: Role
    name: str
    granted: frozenset[Role] = frozenset()

    def may(self, right: Right) -> bool:
        """Say whether the caller has ``right`` by one of its roles."""
        return right in RIGHTS[self.role] or any(right in RIGHTS[role] for role in self.granted)


ANYBODY = Viewer(Role.PUBLIC, "public")


def refuse_field(field: str, nodes: Sequence[FieldNode]) -> GraphQLError:
    """Return the error for a field that the caller may not ask for."""
    return problem(Problem.FORBIDDEN, nodes, field=field)
