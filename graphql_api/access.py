"""Who may ask for what (访问权限). Closed by default.

For now there are three callers: anybody, who sees the public chart; a viewer with a token; an administrator
with a token. A field without a stated right is refused to everyone. Roles on subtrees and periods come in
at :meth:`Viewer.may` and as predicates of the compiled statement. See docs/decisions/0012-public-chart.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from graphql import FieldNode, GraphQLError
from msgspec import Struct

from graphql_api.problems import Problem, problem


class Right(StrEnum):
    """What a caller must be allowed to, to ask for a field (权限)."""

    CHART = "CHART"  # 公开: the chart at any date and belief, differences, histories, functions, documents
    RECORD = "RECORD"  # 内部: reorganizations and their plans, memberships, positions in the log, previews
    PERSON = "PERSON"  # 个人信息: people by name, with their employments, titles and awards
    RESTRICTED = "RESTRICTED"  # 敏感个人信息: numbers, birth, contacts, gender, Party affiliation
    AUDIT = "AUDIT"  # 审计: the log itself
    WRITE = "WRITE"  # 变更: commands


PERSONAL = frozenset({Right.PERSON, Right.RESTRICTED})
"""The rights to personal data: what was once believed of a person, and is no more, needs AUDIT besides."""


class Role(StrEnum):
    """What a caller is (角色)."""

    PUBLIC = "public"  # 公众
    VIEWER = "viewer"  # 工作人员
    ADMINISTRATOR = "administrator"  # 管理员


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PUBLIC: frozenset({Right.CHART}),
    Role.VIEWER: frozenset({Right.CHART, Right.RECORD, Right.PERSON}),
    Role.ADMINISTRATOR: frozenset(Right),
}


class Viewer(Struct, frozen=True):
    """Who asks: ``name`` is the actor of the commands it sends."""

    role: Role
    name: str

    def may(self, right: Right) -> bool:
        """Say whether the caller has ``right``."""
        return right in RIGHTS[self.role]


ANYBODY = Viewer(Role.PUBLIC, "public")


def refuse_field(field: str, nodes: Sequence[FieldNode]) -> GraphQLError:
    """Return the error for a field that the caller may not ask for."""
    return problem(Problem.FORBIDDEN, nodes, field=field)
