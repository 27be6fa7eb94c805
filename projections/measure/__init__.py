"""What a measure is, period by period (改革措施)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from projections.pinyin import sort_key
from registry.measure.kinds import Stage, last_day
from registry.measure.state import Measure


def _extract(state: Measure) -> Iterable[Values]:
    original, deadline = state.original, state.deadline
    percents = [report.percent for report in state.reports if report.percent is not None]
    done = state.stage is Stage.FULFILLED
    yield (
        state.code,
        state.title,
        sort_key(state.title),
        state.plan_clause,
        state.recurrence,
        state.first_year,
        state.stage,
        None if original is None else original.day,
        None if original is None else original.precision,
        None if deadline is None else deadline.day,
        None if deadline is None else deadline.precision,
        None if deadline is None else deadline.assumed,
        None if deadline is None else last_day(deadline.day, deadline.precision),
        percents[-1] if percents else None,
        state.fulfilments[-1].on if done else None,
        state.illustrative,
        state.position,
        state.instrument,
    )


MODEL = ReadModel(
    name="measure",
    nouns=frozenset({"measure"}),
    keys=0,
    columns=(
        Column("id", "uuid"),
        Column("code", "text"),
        Column("title", "text"),
        Column("pinyin", "text"),
        Column("plan_clause", "text"),
        Column("recurrence", "text"),
        Column("first_year", "integer"),
        Column("stage", "text"),
        Column("original_deadline", "date"),
        Column("original_deadline_precision", "text"),
        Column("deadline", "date"),
        Column("deadline_precision", "text"),
        Column("deadline_assumed", "boolean"),
        Column("due_by", "date"),
        Column("percent", "integer"),
        Column("fulfilled_on", "date"),
        Column("illustrative", "boolean"),
        Column("position", "bigint"),
        Column("instrument", "uuid"),
    ),
    extract=_extract,
)
