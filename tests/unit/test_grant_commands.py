"""What each command to a grant records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.grant import commands as c
from registry.grant import events as e
from registry.grant.kinds import PartnerScope, Role
from registry.ids import stable_id
from registry.references import KindRule
from tests.support.affairs import AROUND, dissolved
from tests.support.dalian import SOCIETY
from tests.support.given import BY, given

GRANT, OTHER = stable_id("一项授权"), stable_id("另一项授权")
DAY, LATER, END = date(2018, 3, 1), date(2018, 6, 1), date(2020, 2, 29)
SAID: dict[str, Any] = {"principal": "user:8c1f", "role": Role.AUDITOR}


def granted(**given: Any) -> c.GrantRole:  # noqa: ANN401 - any field that the command has
    return c.GrantRole(**{"grant": GRANT, "effective_on": DAY, **SAID, **BY, **given})


def revoked(on: date = LATER, **given: Any) -> c.RevokeRole:  # noqa: ANN401 - any field that the command has
    return c.RevokeRole(**{"grant": GRANT, "effective_on": on, **BY, **given})


def test_granting() -> None:
    given().when(granted(until=END)).then(e.RoleGranted(**SAID, until=END, effective_on=DAY))
    given(granted()).when(granted()).then_refused(Code.ALREADY_EXISTS, id=GRANT)
    given(granted()).when(granted(grant=OTHER)).then_recorded("grant.given")


def test_a_grant_on_a_subtree_names_an_organization_that_exists() -> None:
    given(*AROUND).when(granted(root=SOCIETY)).then(e.RoleGranted(**SAID, root=SOCIETY, effective_on=DAY))
    given().when(granted(root=SOCIETY)).then_refused(Code.NOT_FOUND, id=SOCIETY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"principal": "李某"}, "principal"),
        ({"principal": "user:"}, "principal"),
        ({"principal": "operator:me"}, "principal"),
        ({"principal": "user:" + "a" * 256}, "principal"),
        ({"principal": "user:a\nb"}, "principal"),
        ({"role": Role.PUBLIC}, "role"),
        ({"role": Role.PARTNER}, "scopes"),
        ({"role": Role.PARTNER, "scopes": (PartnerScope.LOG, PartnerScope.LOG)}, "scopes"),
        ({"role": Role.ADMINISTRATOR, "scopes": (PartnerScope.LOG,)}, "scopes"),
    ],
)
def test_what_no_grant_says(wrong: dict[str, Any], field: str) -> None:
    given().when(granted(**wrong)).then_refused(Code.INVALID_INPUT, field=field)


def test_a_partner_is_granted_scopes_in_one_order() -> None:
    said: dict[str, Any] = {"principal": "key:portal", "role": Role.PARTNER}
    scopes = (PartnerScope.RECORDS, PartnerScope.PEOPLE)
    event = e.RoleGranted(**said, scopes=(PartnerScope.PEOPLE, PartnerScope.RECORDS), effective_on=DAY)
    given().when(granted(**said, scopes=scopes)).then(event)


def test_an_amendment_is_held_to_the_scopes_of_its_role() -> None:
    bare = e.RoleGranted(principal="key:portal", role=Role.PARTNER, effective_on=DAY)
    amend = AmendEvent(entity=GRANT, position=1, replacement=bare, effective_on=DAY, may_grant=True, **BY)
    given(granted()).when(amend).then_refused(Code.INVALID_INPUT, field="scopes")


def test_revoking() -> None:
    given(granted()).when(revoked()).then(e.RoleRevoked(effective_on=LATER))
    given(granted(), revoked()).when(revoked()).then()
    given().when(revoked()).then_refused(Code.NOT_FOUND, id=GRANT)
    given(granted()).when(revoked(date(2018, 1, 1))).then_refused(Code.NOT_ALIVE, id=GRANT)
    given(granted(), revoked()).when(revoked(END)).then_refused(Code.NOT_ALIVE, id=GRANT)


def test_a_grant_ends_by_itself() -> None:
    given(granted(until=END)).when(revoked(END)).then_refused(Code.NOT_ALIVE, id=GRANT)
    given(granted(until=END)).when(revoked(date(2020, 2, 28))).then_recorded("grant.revoked")


def test_who_dissolves_its_root_says_what_becomes_of_it() -> None:
    before = (*AROUND, granted(root=SOCIETY))
    rule = KindRule(reference=e.GRANTED_OVER)
    given(*before).when(dissolved(SOCIETY, date(2019, 1, 1))).then_refused(Code.DANGLING)
    given(*before).when(dissolved(SOCIETY, date(2019, 1, 1), rules=(rule,), may_grant=False)).then_recorded(
        "organization.dissolved", "grant.revoked"
    )


@pytest.mark.parametrize("may", [True, False])
def test_only_who_may_grant_gives_takes_and_corrects(*, may: bool) -> None:
    raised = e.RoleGranted(principal="user:me", role=Role.ADMINISTRATOR, effective_on=DAY)
    amend = AmendEvent(entity=GRANT, position=1, replacement=raised, effective_on=DAY, may_grant=may, **BY)
    retract = RetractEvent(entity=GRANT, position=2, effective_on=DAY, may_grant=may, **BY)
    asked = (
        ((), granted(may_grant=may), "grant.given"),
        ((granted(),), revoked(may_grant=may), "grant.revoked"),
        ((granted(),), amend, "correction.amended"),
        ((granted(), revoked()), retract, "correction.retracted"),
    )
    for before, command, topic in asked:
        when = given(*before).when(command)
        if may:
            when.then_recorded(topic)
        else:
            when.then_refused(Code.GRANTS_FORBIDDEN)
