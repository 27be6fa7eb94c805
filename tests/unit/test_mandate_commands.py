"""What each command to a mandate records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.mandate import commands as c
from registry.mandate import events as e
from registry.mandate.kinds import MandateCategory, MandateStatus
from registry.mandate.state import Mandate
from registry.references import KindRule
from tests.support.affairs import AROUND, BUREAU, DAY, LAST, LATER, LI, MECHANICS, PEOPLE, dissolved
from tests.support.dalian import SOCIETY
from tests.support.given import BY, Given, given

MANDATE = stable_id("科技成果评价")


def granted(**given: Any) -> c.GrantMandate:  # noqa: ANN401 - any field that the command has
    fields = {
        "mandate": MANDATE,
        "name": "科技成果评价",
        "category": MandateCategory.ASSESSMENT,
        "holder": SOCIETY,
        "grantor": BUREAU,
        "effective_on": DAY,
    }
    return c.GrantMandate(**{**fields, **BY, **given})


def renewed(until: date | None, on: date) -> c.RenewMandate:
    return c.RenewMandate(mandate=MANDATE, until=until, effective_on=on, **BY)


def revoked(on: date) -> c.RevokeMandate:
    return c.RevokeMandate(mandate=MANDATE, effective_on=on, **BY)


def state(history: Given, day: date) -> Mandate:
    found = history.register.state(MANDATE, day)
    assert isinstance(found, Mandate)
    return found


def test_granting() -> None:
    given(*AROUND).when(granted(until=LATER, illustrative=True)).then(
        e.MandateGranted(
            name="科技成果评价",
            category=MandateCategory.ASSESSMENT,
            holder=SOCIETY,
            grantor=BUREAU,
            until=LATER,
            illustrative=True,
            effective_on=DAY,
        )
    )
    given(*AROUND, granted()).when(granted()).then_refused(Code.ALREADY_EXISTS, id=MANDATE)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, Code.INVALID_INPUT),
        ({"name": "评" * 300}, Code.INVALID_INPUT),
        ({"until": DAY}, Code.INVALID_DATE),
        ({"holder": stable_id("无")}, Code.NOT_FOUND),
        ({"holder": LI}, Code.WRONG_NOUN),
        ({"grantor": LI}, Code.WRONG_NOUN),
        ({"effective_on": date(2009, 1, 1)}, Code.OUTSIDE_LIFE),
    ],
)
def test_granting_what_cannot_be_is_refused(wrong: dict[str, Any], code: Code) -> None:
    given(*AROUND, *PEOPLE).when(granted(**wrong)).then_refused(code)


def test_a_mandate_ends_by_itself() -> None:
    history = given(*AROUND, granted(until=LATER))
    assert state(history, date(2016, 4, 30)).status is MandateStatus.ACTIVE
    assert (state(history, LATER).status, state(history, LATER).ended_on) == (MandateStatus.EXPIRED, LATER)
    assert [r.end for r in history.register.references_to(SOCIETY) if r.kind == e.MANDATED] == [LATER]


def test_renewing_replaces_the_end() -> None:
    history = given(*AROUND, granted(until=LATER))
    history.when(renewed(LAST, date(2016, 1, 1))).then(
        e.MandateRenewed(until=LAST, effective_on=date(2016, 1, 1))
    )
    history.when(renewed(LAST, date(2016, 2, 1))).then_nothing()
    assert state(history, LATER).status is MandateStatus.ACTIVE
    assert state(history, LAST).status is MandateStatus.EXPIRED


def test_renewing_on_the_day_of_the_end_leaves_no_gap() -> None:
    history = given(*AROUND, granted(until=LATER))
    history.when(renewed(None, LATER)).then(e.MandateRenewed(effective_on=LATER))
    assert len(history.register.entities[MANDATE].life) == 1
    assert [r.end for r in history.register.references_to(SOCIETY) if r.kind == e.MANDATED] == [date.max]


def test_renewing_after_the_end_is_refused() -> None:
    history = given(*AROUND, granted(until=LATER))
    history.when(renewed(LAST, date(2016, 5, 2))).then_refused(
        Code.ALREADY_ENDED, id=MANDATE, ended=LATER, date=date(2016, 5, 2)
    )


def test_renewing_what_was_revoked_is_refused_on_that_day_too() -> None:
    history = given(*AROUND, granted(), revoked(LATER))
    history.when(renewed(None, LATER)).then_refused(Code.ALREADY_ENDED, ended=LATER)


def test_renewing_an_open_mandate_gives_it_an_end() -> None:
    history = given(*AROUND, granted())
    history.when(renewed(None, LATER)).then_nothing()
    history.when(renewed(LAST, LATER)).then_recorded("mandate.renewed")
    assert state(history, LAST).status is MandateStatus.EXPIRED


def test_retracting_a_renewal_gives_the_old_end_back() -> None:
    history = given(*AROUND, granted(until=LATER), renewed(LAST, date(2016, 1, 1)))
    renewal = history.register.fact(MANDATE, e.MandateRenewed)
    retraction = RetractEvent(entity=MANDATE, position=renewal.position, effective_on=DAY, **BY)
    history.when(retraction).then_recorded("correction.retracted")
    assert state(history, LATER).status is MandateStatus.EXPIRED


def test_an_earlier_end_that_leaves_a_renewal_behind_is_refused() -> None:
    history = given(*AROUND, granted(until=LATER), renewed(LAST, LATER))
    first = history.register.fact(MANDATE, e.MandateGranted)
    earlier = e.MandateGranted(
        name="科技成果评价",
        category=MandateCategory.ASSESSMENT,
        holder=SOCIETY,
        until=date(2016, 4, 1),
        effective_on=DAY,
    )
    amendment = AmendEvent(
        entity=MANDATE, position=first.position, replacement=earlier, effective_on=DAY, **BY
    )
    refusal = history.when(amendment).then_refused(Code.LATER_EVENT_CONFLICTS, topic="mandate.renewed")
    assert "ended on 2016-04-01" in refusal.english


def test_reviewing() -> None:
    review = c.ReviewMandate(mandate=MANDATE, finding="合格", passed=True, effective_on=LATER, **BY)
    history = given(*AROUND, granted())
    history.when(review).then(e.MandateReviewed(finding="合格", passed=True, effective_on=LATER))
    history.when(review).then_nothing()
    (found,) = state(history, LAST).reviews
    assert (found.finding, found.passed, found.reviewed_on) == ("合格", True, LATER)
    assert state(history, date(2016, 4, 30)).reviews == ()


def test_two_reviews_of_one_day_are_two() -> None:
    def review(finding: str) -> c.ReviewMandate:
        return c.ReviewMandate(mandate=MANDATE, finding=finding, effective_on=LATER, **BY)

    history = given(*AROUND, granted(), review("甲"), review("乙"))
    assert [found.finding for found in state(history, LATER).reviews] == ["甲", "乙"]
    history.when(review(" ")).then_refused(Code.INVALID_INPUT, field="finding")


def test_handing_over() -> None:
    command = c.HandOverMandate(mandate=MANDATE, holder=MECHANICS, effective_on=LATER, **BY)
    history = given(*AROUND, granted())
    history.when(command).then(e.MandateHandedOver(holder=MECHANICS, effective_on=LATER))
    history.when(command).then_nothing()
    assert [r.end for r in history.register.references_to(SOCIETY) if r.kind == e.MANDATED] == [LATER]


def test_changing_the_grantor() -> None:
    command = c.ChangeGrantor(mandate=MANDATE, grantor=None, effective_on=LATER, **BY)
    history = given(*AROUND, granted())
    history.when(command).then(e.GrantorChanged(grantor=None, effective_on=LATER))
    history.when(command).then_nothing()


def test_revoking() -> None:
    history = given(*AROUND, granted())
    history.when(revoked(LATER)).then(e.MandateRevoked(effective_on=LATER))
    history.when(revoked(LATER)).then_nothing()
    assert state(history, LATER).status is MandateStatus.REVOKED


@pytest.mark.parametrize(
    "command",
    [
        revoked(LAST),
        c.HandOverMandate(mandate=MANDATE, holder=MECHANICS, effective_on=LAST, **BY),
        c.ChangeGrantor(mandate=MANDATE, grantor=None, effective_on=LAST, **BY),
        c.ReviewMandate(mandate=MANDATE, finding="甲", effective_on=LAST, **BY),
    ],
)
def test_what_has_ended_does_nothing_any_more(command: Command) -> None:
    given(*AROUND, granted(until=LATER)).when(command).then_refused(Code.ALREADY_ENDED, ended=LATER)


def test_nothing_happens_to_a_mandate_before_it_is_granted() -> None:
    given(*AROUND, granted()).when(revoked(date(2015, 4, 30))).then_refused(Code.NOT_ALIVE, id=MANDATE)
    given(*AROUND).when(revoked(DAY)).then_refused(Code.NOT_FOUND, noun="mandate", id=MANDATE)


def test_the_mandate_of_a_dissolved_holder_dangles() -> None:
    refusal = given(*AROUND, granted()).when(dissolved(SOCIETY)).then_refused(Code.DANGLING, count=1)
    assert "科技成果评价 (MANDATED" in refusal.details["list"]


def test_a_mandate_whose_end_comes_before_the_dissolution_does_not_dangle() -> None:
    given(*AROUND, granted(until=LATER)).when(dissolved(SOCIETY)).then_recorded("organization.dissolved")


def test_a_dangling_mandate_is_handed_over_or_ends() -> None:
    history = given(*AROUND, granted())
    position = history.register.fact(MANDATE, e.MandateGranted).position

    def disposed(action: Action) -> Disposition:
        return Disposition(source=MANDATE, position=position, action=action, target=MECHANICS)

    given(*AROUND, granted()).when(dissolved(SOCIETY, dispositions=(disposed(Action.END),))).then_recorded(
        "organization.dissolved", "mandate.revoked"
    )
    history.when(dissolved(SOCIETY, dispositions=(disposed(Action.MOVE),))).then_recorded(
        "organization.dissolved", "mandate.handed_over"
    )
    assert state(history, LATER).holder == MECHANICS


def test_rules_dispose_of_mandates_and_grants() -> None:
    history = given(*AROUND, granted())
    moving = KindRule(reference=e.MANDATED, move_to=MECHANICS)
    history.when(dissolved(SOCIETY, rules=(moving,))).then_recorded(
        "organization.dissolved", "mandate.handed_over"
    )
    ending = KindRule(reference=e.GRANTED_BY)
    history.when(dissolved(BUREAU, LAST, rules=(ending,))).then_recorded(
        "organization.dissolved", "mandate.grantor_changed"
    )
    assert state(history, LAST).grantor is None
    assert state(history, LAST).status is MandateStatus.ACTIVE


def test_of_two_references_of_one_fact_the_one_that_dangles_is_disposed_of() -> None:
    """Holder and grantor were said by one event: only the grantor is dissolved."""
    history = given(*AROUND, granted())
    position = history.register.fact(MANDATE, e.MandateGranted).position
    moved = Disposition(source=MANDATE, position=position, action=Action.MOVE, target=MECHANICS)
    history.when(dissolved(BUREAU, dispositions=(moved,))).then_recorded(
        "organization.dissolved", "mandate.grantor_changed"
    )
    assert (state(history, LATER).holder, state(history, LATER).grantor) == (SOCIETY, MECHANICS)


def test_a_mandate_that_should_have_been_another_s_is_redirected() -> None:
    history = given(*AROUND, granted())
    position = history.register.fact(MANDATE, e.MandateGranted).position
    redirected = Disposition(source=MANDATE, position=position, action=Action.REDIRECT, target=MECHANICS)
    history.when(dissolved(SOCIETY, dispositions=(redirected,))).then_recorded(
        "organization.dissolved", "correction.amended"
    )
    assert state(history, DAY).holder == MECHANICS


def test_retracting_the_dissolution_of_the_holder_gives_it_the_mandate_back() -> None:
    history = given(*AROUND, granted())
    moving = KindRule(reference=e.MANDATED, move_to=MECHANICS)
    history.given(dissolved(SOCIETY, rules=(moving,)))
    act = history.register.entities[SOCIETY].records[-1]
    history.when(RetractEvent(entity=SOCIETY, position=act.position, effective_on=LATER, **BY)).then_recorded(
        "correction.retracted", "correction.retracted"
    )
    assert state(history, LAST).holder == SOCIETY
