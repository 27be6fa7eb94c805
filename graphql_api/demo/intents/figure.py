"""From records of reported figures to commands (上报数据资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, identity, stamp
from graphql_api.demo.records import figure as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.figure.commands import ReportFigure


def _figure(record: m.FigureRecord, keys: Keys) -> list[Command]:
    return [
        ReportFigure(
            figure=identity("figure", record.place),
            organization=keys.organization(record.organization),
            indicator=record.indicator,
            period_start=record.period_start,
            period_end=record.period_end,
            value=record.value,
            unit=record.unit,
            source=record.origin,
            illustrative=record.illustrative,
            **stamp(record, keys, "report figure"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {m.FigureRecord: _figure}
