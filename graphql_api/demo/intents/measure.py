"""From records of measures to commands (改革措施资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from graphql_api.demo.intents.pending import Citation
from graphql_api.demo.keys import Keys, command_id, stamp
from graphql_api.demo.records import measure as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.ids import stable_id
from registry.measure.commands import (
    CloseFinding,
    FulfillMeasure,
    MoveDeadline,
    ReachMilestone,
    ReassignMeasure,
    RecordInspection,
    ReportProgress,
    SetMeasure,
    SetMilestone,
)
from registry.time import Precision


def _measure(record: m.MeasureRecord, keys: Keys) -> list[Command]:
    if record.clause is None:
        raise ValueError("give the clause of the plan that asks for it")
    deadline = record.deadline
    return [
        SetMeasure(
            measure=keys.measure(record.code),
            code=record.code,
            title=record.title,
            plan_clause=record.clause,
            lead=keys.organization(record.lead),
            supporting=tuple(keys.organization(key) for key in record.supporting),
            deadline=None if deadline is None else deadline.day,
            deadline_precision=Precision.DAY if deadline is None else deadline.precision,
            deadline_assumed=deadline is not None,
            recurrence=record.recurrence,
            illustrative=record.illustrative,
            **stamp(record, keys, "set measure"),
        )
    ]


def _deadline(record: m.DeadlineRecord, keys: Keys) -> list[Command]:
    return [
        MoveDeadline(
            measure=keys.measure(record.measure),
            deadline=record.deadline.day,
            deadline_precision=record.deadline.precision,
            deadline_assumed=True,
            **stamp(record, keys, "move deadline"),
        )
    ]


def _milestone(record: m.MilestoneRecord, keys: Keys) -> list[Command]:
    measure = keys.measure(record.measure)
    commands: list[Command] = [
        SetMilestone(
            measure=measure, name=record.name, due=record.due, **stamp(record, keys, "set milestone")
        )
    ]
    if record.reached is not None:
        reaching = ReachMilestone(measure=measure, name=record.name, **stamp(record, keys, "reach milestone"))
        commands.append(replace(reaching, effective_on=record.reached, precision=Precision.DAY))
    return commands


def _progress(record: m.ProgressRecord, keys: Keys) -> list[Command]:
    return [
        ReportProgress(
            measure=keys.measure(record.measure),
            percent=record.percent,
            note=record.text,
            **stamp(record, keys, "report progress"),
        )
    ]


def _finding(record: m.FindingRecord, keys: Keys) -> list[Command]:
    measure, finding = keys.measure(record.measure), stable_id(f"finding:{record.place}")
    commands: list[Command] = [
        RecordInspection(
            measure=measure,
            finding=finding,
            text=record.text,
            due=record.due,
            **stamp(record, keys, "record inspection"),
        )
    ]
    if record.closed is not None:
        closing = CloseFinding(measure=measure, finding=finding, **stamp(record, keys, "close finding"))
        commands.append(replace(closing, effective_on=record.closed, precision=Precision.DAY))
    return commands


def _evidence(record: m.EvidenceRecord, keys: Keys) -> list[Command]:
    if record.act == "adopt":
        raise ValueError("cite the proposal: a register that is loaded again is not asked to adopt again")
    return [
        Citation(
            measure=keys.measure(record.measure),
            position=0,
            of=command_id(record.act, record.of),
            note=record.text,
            **stamp(record, keys, "cite"),
        )
    ]


def _fulfilment(record: m.FulfilmentRecord, keys: Keys) -> list[Command]:
    return [FulfillMeasure(measure=keys.measure(record.measure), **stamp(record, keys, "fulfill"))]


def _answering(record: m.AnsweringRecord, keys: Keys) -> list[Command]:
    return [
        ReassignMeasure(
            measure=keys.measure(record.measure),
            responsible=keys.person(record.person),
            **stamp(record, keys, "answer"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.MeasureRecord: _measure,
    m.DeadlineRecord: _deadline,
    m.MilestoneRecord: _milestone,
    m.ProgressRecord: _progress,
    m.FindingRecord: _finding,
    m.EvidenceRecord: _evidence,
    m.FulfilmentRecord: _fulfilment,
    m.AnsweringRecord: _answering,
}
