"""What an event of a grant may say, recorded plainly or by a correction (授权内容检查). Pure."""

from __future__ import annotations

from registry.commands import check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.grant import events as e
from registry.grant.kinds import Role

_LONGEST = 260
"""What vouches for it, and the 255 characters of a provider's id at most (OpenID Connect Core, section 2)."""


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT for what is no principal, a role that all have, and scopes that do not fit."""
    if not isinstance(event, e.RoleGranted):
        return
    check_name("principal", event.principal, _LONGEST)
    kind, _, name = event.principal.partition(":")
    if kind not in {"key", "user"} or not name.strip():
        problem = "write user: and the provider's id, or key: and a label (须为 user: 或 key: 加标识)"
        raise Refusal(Code.INVALID_INPUT, field="principal", problem=problem)
    if event.role is Role.PUBLIC:
        problem = "everybody has it (人人皆有，无需授予)"
        raise Refusal(Code.INVALID_INPUT, field="role", problem=problem)
    if (event.role is Role.PARTNER) is not bool(event.scopes):
        problem = "a partner has some, nobody else has any (合作系统须填写，其他角色不得填写)"
        raise Refusal(Code.INVALID_INPUT, field="scopes", problem=problem)
    if len(set(event.scopes)) < len(event.scopes):
        problem = "name each once (不得重复)"
        raise Refusal(Code.INVALID_INPUT, field="scopes", problem=problem)
