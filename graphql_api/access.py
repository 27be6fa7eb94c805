"""Who may ask for what (访问权限). Closed by default.

For now there are three callers: anybody, who sees the public chart; a viewer with a token; an administrator with a
token. A field without a stated right is refused to everyone. Roles on subtrees and periods come in at
:meth:`Viewer.may` and as predicates of the compiled statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLError
from msgspec import Struct

if TYPE_CHECKING:
    from graphql_api.planner.declare import Right


class Role(StrEnum):
    """What a caller is (角色)."""

    PUBLIC = "public"  # 公众
    VIEWER = "viewer"  # 工作人员
    ADMINISTRATOR = "administrator"  # 管理员


_RIGHTS: dict[Role, frozenset[str]] = {
    Role.PUBLIC: frozenset({"CHART"}),
    Role.VIEWER: frozenset({"CHART", "RECORD"}),
    Role.ADMINISTRATOR: frozenset({"CHART", "RECORD", "AUDIT", "WRITE"}),
}


class Viewer(Struct, frozen=True):
    """Who asks: ``name`` is the actor of the commands it sends."""

    role: Role
    name: str

    def may(self, right: Right) -> bool:
        """Say whether the caller has ``right``."""
        return right in _RIGHTS[self.role]


ANYBODY = Viewer(Role.PUBLIC, "public")


def refuse_field(field: str, nodes: Sequence[FieldNode]) -> GraphQLError:
    """Return the error for a field that the caller may not ask for."""
    return GraphQLError(
        f"You may not ask for {field}.",
        nodes,
        extensions={
            "code": "FORBIDDEN",
            "messageZh": f"无权查询 {field}。",
            "advice": "Sign in with a token that has the right.",
            "adviceZh": "请使用有相应权限的令牌登录。",
        },
    )
