"""The enumerations of reports (报表枚举)."""

from __future__ import annotations

from enum import StrEnum

from graphql_api.reports.kinds import Fate, Grassroots, Span

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Fate: ("UnitFate", "What became of a unit between two days. 变动情况。"),
    Span: ("ReportSpan", "What a row of a report adds up. 统计范围。"),
    Grassroots: ("GrassrootsKind", "Sorts of organizations at the grass roots. 基层组织类别。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Fate.KEPT, "保留"),
    (Fate.RENAMED, "更名"),
    (Fate.MOVED, "调整隶属"),
    (Fate.ESTABLISHED, "新设"),
    (Fate.DISSOLVED, "撤销"),
    (Span.DISTRICT, "区市县"),
    (Span.DIRECT, "直属"),
    (Span.TOTAL, "合计"),
    (Grassroots.PARK, "园区科协"),
    (Grassroots.ENTERPRISE, "企业科协"),
    (Grassroots.UNIVERSITY, "高校科协"),
    (Grassroots.INSTITUTE, "科研院所科协"),
    (Grassroots.RURAL, "农村科协"),
    (Grassroots.TOWNSHIP, "乡镇、街道科协"),
    (Grassroots.RURAL_TECHNICAL, "农村专业技术协会"),
)
