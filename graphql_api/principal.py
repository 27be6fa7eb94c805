"""Who signs in (登录主体): an identity, which says nothing yet of what it may do."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from graphql_api.access import Role


class PrincipalKind(StrEnum):
    """What vouches for a principal (主体类别)."""

    KEY = "key"  # 接口密钥
    USER = "user"  # 单点登录用户
    OPERATOR = "operator"  # 命令行


class Principal(Struct, frozen=True):
    """An identity: ``name`` is the actor of what it records, an id and never a person's name (主体).

    ``role`` is what the row of a key says. Nothing that a provider signs is taken for a role: a user is
    public until the register itself grants more.
    """

    name: str
    kind: PrincipalKind
    role: Role = Role.PUBLIC

    @classmethod
    def of_key(cls, label: str, role: Role) -> Principal:
        """Return the holder of the API key ``label``."""
        return cls(f"key:{label}", PrincipalKind.KEY, role)

    @classmethod
    def of_user(cls, subject: str) -> Principal:
        """Return the user whom the provider calls ``subject``."""
        return cls(f"user:{subject}", PrincipalKind.USER)
