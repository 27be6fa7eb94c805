"""Events of grants: the least, and every field."""

from __future__ import annotations

from datetime import date

from registry.events import Event
from registry.grant import events as g
from registry.grant.kinds import PartnerScope, Role
from tests.support.examples.foundation import LEAST, MOST, ONE

EXAMPLES: dict[type[Event], list[Event]] = {
    g.RoleGranted: [
        g.RoleGranted(principal="user:8c1f", role=Role.VIEWER, **LEAST),
        g.RoleGranted(principal="key:portal", role=Role.AUDITOR, root=ONE, until=date(2030, 1, 1), **MOST),
        g.RoleGranted(
            principal="key:portal",
            role=Role.PARTNER,
            root=ONE,
            until=date(2030, 1, 1),
            scopes=(PartnerScope.PEOPLE, PartnerScope.RECORDS),
            **MOST,
        ),
    ],
    g.RoleRevoked: [g.RoleRevoked(**LEAST), g.RoleRevoked(**MOST)],
}
