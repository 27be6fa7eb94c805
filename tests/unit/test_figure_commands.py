"""What each command to a figure records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.figure import commands as c
from registry.figure import events as e
from registry.ids import FIGURE_SCHEME, figure_key, stable_id
from registry.organization.commands import AssignIdentifier
from registry.references import KindRule
from tests.support.affairs import AROUND, LI, PEOPLE, dissolved
from tests.support.dalian import SOCIETY
from tests.support.given import BY, given

FIGURE, OTHER = stable_id("会员数"), stable_id("会员数（重报）")
REPORTED = date(2018, 3, 1)
YEAR = {"period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}
SAID: dict[str, Any] = {
    "organization": SOCIETY,
    "indicator": "MEMBERS",
    "value": 1200,
    "unit": "人",
    "source": "年报",
    **YEAR,
}


def reported(**given: Any) -> c.ReportFigure:  # noqa: ANN401 - any field that the command has
    return c.ReportFigure(**{"figure": FIGURE, "effective_on": REPORTED, **SAID, **BY, **given})


def withdrawn(on: date = REPORTED) -> c.WithdrawFigure:
    return c.WithdrawFigure(figure=FIGURE, effective_on=on, **BY)


def test_reporting() -> None:
    given(*AROUND).when(reported(illustrative=True)).then(
        e.FigureReported(**SAID, illustrative=True, effective_on=REPORTED)
    )
    given(*AROUND, reported()).when(reported()).then_refused(Code.ALREADY_EXISTS, id=FIGURE)


def test_a_count_of_one_day_is_a_period_of_that_day() -> None:
    last = {"period_start": date(2016, 2, 29), "period_end": date(2016, 2, 29)}
    given(*AROUND).when(reported(**last)).then_recorded("figure.reported")


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"indicator": "members"}, Code.INVALID_INPUT, "indicator"),
        ({"indicator": "A/B"}, Code.INVALID_INPUT, "indicator"),
        ({"indicator": "A" * 65}, Code.INVALID_INPUT, "indicator"),
        ({"value": -1}, Code.INVALID_INPUT, "value"),
        ({"value": 2**31}, Code.INVALID_INPUT, "value"),
        ({"unit": ""}, Code.INVALID_INPUT, "unit"),
        ({"source": "报" * 300}, Code.INVALID_INPUT, "source"),
        ({"period_end": date(2016, 12, 31)}, Code.INVALID_DATE, "periodEnd"),
        ({"period_start": date(1000, 1, 1)}, Code.INVALID_DATE, "periodStart"),
        ({"effective_on": date(2016, 12, 31)}, Code.INVALID_DATE, "periodStart"),
    ],
)
def test_reporting_what_no_report_says_is_refused(wrong: dict[str, Any], code: Code, field: str) -> None:
    given(*AROUND).when(reported(**wrong)).then_refused(code, field=field)


def test_a_figure_is_of_an_organization() -> None:
    given(*AROUND, *PEOPLE).when(reported(organization=LI)).then_refused(Code.WRONG_NOUN)
    given(*AROUND).when(reported(organization=LI)).then_refused(Code.NOT_FOUND)


def test_there_is_one_figure_of_an_organization_for_an_indicator_and_a_period() -> None:
    history = given(*AROUND, reported())
    history.when(reported(figure=OTHER, value=1300)).then_refused(
        Code.ALREADY_REPORTED, holder=FIGURE, value=figure_key(SOCIETY, "MEMBERS", *YEAR.values())
    )
    history.when(reported(figure=OTHER, indicator="STUDENTS")).then_recorded("figure.reported")


def test_what_is_withdrawn_may_be_reported_anew() -> None:
    history = given(*AROUND, reported())
    history.when(withdrawn(date(2018, 4, 1))).then(e.FigureWithdrawn(effective_on=date(2018, 4, 1)))
    history.when(withdrawn(date(2018, 5, 1))).then_nothing()
    history.when(reported(figure=OTHER, effective_on=date(2018, 3, 31))).then_refused(Code.ALREADY_REPORTED)
    history.when(reported(figure=OTHER, effective_on=date(2018, 4, 1))).then_recorded("figure.reported")


def test_nobody_assigns_the_scheme_of_figures() -> None:
    command = AssignIdentifier(
        organization=SOCIETY, scheme=FIGURE_SCHEME, value="1", effective_on=REPORTED, **BY
    )
    given(*AROUND).when(command).then_refused(Code.INVALID_INPUT, field="scheme")


def test_nothing_is_withdrawn_that_is_not_there() -> None:
    given(*AROUND).when(withdrawn()).then_refused(Code.NOT_FOUND, noun="figure", id=FIGURE)
    given(*AROUND, reported()).when(withdrawn(date(2018, 1, 1))).then_refused(Code.NOT_ALIVE, id=FIGURE)


def test_amending_a_figure_to_what_another_says_is_refused() -> None:
    history = given(*AROUND, reported(), reported(figure=OTHER, indicator="STUDENTS"))
    position = history.register.fact(OTHER, e.FigureReported).position
    same = e.FigureReported(**SAID, effective_on=REPORTED)
    amendment = AmendEvent(entity=OTHER, position=position, replacement=same, effective_on=REPORTED, **BY)
    history.when(amendment).then_refused(Code.ALREADY_REPORTED, holder=FIGURE)


def test_an_amended_value_is_the_value_from_the_beginning() -> None:
    history = given(*AROUND, reported())
    right = e.FigureReported(**{**SAID, "value": 1250}, effective_on=REPORTED)
    position = history.register.fact(FIGURE, e.FigureReported).position
    history.when(
        AmendEvent(entity=FIGURE, position=position, replacement=right, effective_on=REPORTED, **BY)
    ).then_recorded("correction.amended")
    assert history.register.state(FIGURE, REPORTED).value == 1250


def test_the_figures_of_a_dissolved_organization_dangle_and_a_rule_ends_them() -> None:
    history = given(*AROUND, reported())
    history.when(dissolved(SOCIETY, date(2019, 1, 1))).then_refused(Code.DANGLING, count=1)
    rule = KindRule(reference=e.REPORTED_BY)
    history.when(dissolved(SOCIETY, date(2019, 1, 1), rules=(rule,))).then_recorded(
        "organization.dissolved", "figure.withdrawn"
    )


def test_a_figure_is_not_moved_to_another_organization() -> None:
    history = given(*AROUND, reported())
    rule = KindRule(reference=e.REPORTED_BY, move_to=stable_id("机械工程学会"))
    history.when(dissolved(SOCIETY, date(2019, 1, 1), rules=(rule,))).then_refused(
        Code.INVALID_INPUT, field="dispositions"
    )


def test_all_of_a_figure_is_retracted_and_reported_under_the_same_id() -> None:
    history = given(*AROUND, reported())
    position = history.register.fact(FIGURE, e.FigureReported).position
    history.given(RetractEvent(entity=FIGURE, position=position, effective_on=REPORTED, **BY))
    history.when(reported(value=1)).then_recorded("figure.reported")
