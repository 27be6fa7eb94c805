"""Who may ask for what (访问权限). Closed by default.

A viewer has grants: each a role, for the whole register or for a subtree of it. A field without a stated
right is refused to everyone. What is held on a subtree only becomes predicates of the compiled statement:
see :mod:`graphql_api.planner.places` and docs/decisions/0025-rights-on-subtrees.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from graphql import FieldNode, GraphQLError
from msgspec import Struct

from graphql_api.problems import Problem, problem
from registry.grant.kinds import PartnerScope, Role

__all__ = [
    "ANYBODY",
    "PERSONAL",
    "RIGHTS",
    "SCOPES",
    "Grant",
    "PartnerScope",
    "Right",
    "Role",
    "Viewer",
    "has_wherever",
    "refuse_field",
]


class Right(StrEnum):
    """What a caller must be allowed to, to ask for a field (权限)."""

    CHART = "CHART"  # 公开: the chart at any date and belief, differences, histories, functions, documents
    RECORD = "RECORD"  # 内部: reorganizations and their plans, memberships, positions in the log, previews
    PERSON = "PERSON"  # 个人信息: people by name, with their employments, titles and awards
    RESTRICTED = "RESTRICTED"  # 敏感个人信息: numbers, birth, contacts, gender, Party affiliation
    AUDIT = "AUDIT"  # 审计: the log itself
    PROPOSE = "PROPOSE"  # 报送: commands proposed, for others to approve
    WRITE = "WRITE"  # 变更: commands
    GRANT = "GRANT"  # 授权: who may do what


PERSONAL = frozenset({Right.PERSON, Right.RESTRICTED})
"""The rights to personal data: what was once believed of a person, and is no more, needs AUDIT besides."""


_PUBLISHED = frozenset({Right.CHART})
_STAFF = _PUBLISHED | {Right.RECORD, Right.PERSON}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PUBLIC: _PUBLISHED,
    Role.VIEWER: _STAFF,
    Role.SUBMITTER: _STAFF | {Right.PROPOSE},
    Role.REGISTRAR: _STAFF | {Right.RESTRICTED, Right.PROPOSE, Right.WRITE},
    Role.AUDITOR: _STAFF | {Right.RESTRICTED, Right.AUDIT},
    Role.ADMINISTRATOR: frozenset(Right),
    Role.PARTNER: _PUBLISHED,
}
"""What a role comes with; a partner gets what the scopes of the grant say besides."""

SCOPES: dict[PartnerScope, frozenset[Right]] = {
    PartnerScope.RECORDS: frozenset({Right.RECORD}),
    PartnerScope.PEOPLE: frozenset({Right.PERSON}),
    PartnerScope.RESTRICTED: PERSONAL,
    PartnerScope.LOG: frozenset({Right.AUDIT}),
    PartnerScope.COMMANDS: RIGHTS[Role.REGISTRAR],
}
"""What a scope of a partner gives the right to; none to grant.

What is restricted is always about people. A refusal tells the sender of a command what is there, so who
sends commands is trusted as a registrar is.
"""


class Grant(Struct, frozen=True):
    """A role on a subtree, or on the whole register if ``root`` is None (授权)."""

    role: Role
    root: UUID | None = None
    scopes: frozenset[PartnerScope] = frozenset()

    @property
    def rights(self) -> frozenset[Right]:
        """What it allows."""
        if self.role is not Role.PARTNER:
            return RIGHTS[self.role]
        return RIGHTS[self.role].union(*(SCOPES[scope] for scope in self.scopes))


class Viewer(Struct, frozen=True):
    """Who asks (访问者): ``name`` is the actor of the commands it sends. What is published, anybody sees."""

    name: str
    grants: tuple[Grant, ...] = ()

    @classmethod
    def of(cls, role: Role, name: str, *, root: UUID | None = None) -> Viewer:
        """Return a viewer with one grant."""
        return cls(name, (Grant(role, root),))

    def may(self, right: Right) -> bool:
        """Say whether the caller has ``right`` anywhere."""
        return right in _PUBLISHED or any(right in grant.rights for grant in self.grants)

    def everywhere(self, right: Right) -> bool:
        """Say whether the caller has ``right`` for the whole register."""
        return right in _PUBLISHED or any(
            grant.root is None and right in grant.rights for grant in self.grants
        )

    def roots(self, right: Right) -> frozenset[UUID]:
        """Return the roots of the subtrees on which the caller has ``right``."""
        return frozenset(g.root for g in self.grants if g.root is not None and right in g.rights)


def has_wherever(viewer: Viewer, right: Right, other: Right) -> bool:
    """Say whether ``viewer`` has ``other`` wherever they have ``right``."""
    if viewer.everywhere(other):
        return True
    return not viewer.everywhere(right) and viewer.roots(right) <= viewer.roots(other)


ANYBODY = Viewer("public")


def refuse_field(field: str, nodes: Sequence[FieldNode]) -> GraphQLError:
    """Return the error for a field that the caller may not ask for."""
    return problem(Problem.FORBIDDEN, nodes, field=field)
