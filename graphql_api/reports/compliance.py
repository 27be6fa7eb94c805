"""What every rule comes to on a day, and against its baseline (合规情况)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import orjson
import strawberry
from graphql import OperationDefinitionNode, parse
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, require
from graphql_api.freshness import unbroken
from graphql_api.planner.compiler import Compiler
from graphql_api.planner.declare import column, resolved
from graphql_api.planner.judging.results import Question, compliance
from graphql_api.planner.operation import NOWHERE
from graphql_api.planner.selection import Selected, selector_of
from graphql_api.reports.declare import Report, Table, Told, cell
from graphql_api.types.arguments import AsOf, KnownAt
from registry.rule.kinds import Comparison, JudgedAt, Outcome, RuleForm

_ASKED = """{
    rule { code name clause form inForce decidedBy { number } } subject { name } outcome share comparison
    threshold baseline baselineOutcome population counted notCounted unknown against againstUnknown warning
}"""
"""What is asked of each result; a row of the report is that without its levels."""


@strawberry.type(description="What a rule comes to for one subject. 合规情况条目。")
class ComplianceEntry:
    """A result on the day."""

    rule_code: str = cell("规则编号", "The code of the rule.")
    rule_name: str = cell("规则", "Its name.")
    clause: str | None = cell("依据条款", "Which part of the document.")
    instrument_number: str | None = cell("依据文号", "The number of the document.")
    form: RuleForm = cell("规则形式", "What it says of its subject.")
    subject_name: str | None = cell("判定对象", "For whom; null where the rule is about nobody there is.")
    outcome: Outcome = cell("判定结果", "What came of it.")
    share: str | None = cell("现值", "Those surely counted of all, exactly; or a number.", fraction=True)
    comparison: Comparison | None = cell("比较", "How it compares with the threshold.")
    threshold: str | None = cell("阈值", "What the rule asks for, exactly.", fraction=True)
    baseline: str | None = cell("基线", "What was so before, as the document says.", fraction=True)
    baseline_outcome: Outcome | None = cell("与基线比较", "What the same comparison with the baseline gives.")
    population: int = cell("总体", "How many it looked at: the next three together.")
    counted: int = cell("计入", "How many surely count.")
    not_counted: int = cell("不计入", "How many surely do not.")
    unknown: int = cell("不明", "Of how many that is not known.")
    against: int | None = cell("对比总体", "How many are surely in the other population.")
    against_unknown: int | None = cell("对比总体不明", "Of how many others that is not known.")
    in_force: bool = cell("现行有效", "Whether the rule is in force.")
    warning: bool = cell("仅提示", "Whether the rule only warns.")


@strawberry.type(description="What every rule comes to. 合规情况表。")
class ComplianceReport(Told):
    """Every rule, for each of its subjects; also those not in force."""

    rows: list[ComplianceEntry] = column(description="By the codes of rules. 条目。")


REPORT = Report(
    name="compliance",
    title="合规情况表",
    kind="ComplianceReport",
    counting=(
        "每条规则对每个适用对象分别判定，人员按人计一次，空缺不计入总体。现值、阈值、基线均为精确分数，不作四舍五入，"
        "小数仅供参考。不明人数可能改变结论的判为待定；没有该机构或机构无人的为不适用；"
        "未生效或已废止的规则照算现值；定性规则只列趋势，不判达标与否。与基线比较是以基线代替阈值作同样的比较。"
    ),
    tables=(Table("rows", "合规情况", "ComplianceEntry", ""),),
)


@strawberry.type
class ComplianceReportQuery:
    """The root field of the report."""

    @resolved(right=Right.CHART, description="What every rule comes to, against its baseline. 合规情况表。")
    async def compliance_report(
        self,
        info: Info[Context, None],
        *,
        rules: Annotated[
            list[str] | None, strawberry.argument(description="Codes of rules; all if left out. 规则代码。")
        ] = UNSET,
        at: Annotated[
            JudgedAt,
            strawberry.argument(description="On which day people in posts are looked at. 判定时点。"),
        ] = JudgedAt.AS_OF,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ComplianceReport:
        """Judge the rules, and put each result into a row."""
        require(info, Right.CHART)
        day = as_of or info.context.today
        codes = None if rules is UNSET else rules
        # Its fields are looked up in what is put together here, as those of planned ones are.
        report: Any = await _report(info, day, codes, at, known_at or None)
        shown: ComplianceReport = report
        return shown


async def _report(
    info: Info[Context, None], day: date, codes: list[str] | None, at: JudgedAt, known_at: object
) -> dict[str, Any]:
    raw, context = raw_info(info), info.context
    selector = selector_of(raw)
    field = Selected(str(raw.path.key), raw.field_name, {"asOf": day, "knownAt": known_at}, raw.field_nodes)
    compiler = Compiler(selector, context.viewer, context.today, tagged=True)
    head = compiler.statement(REPORT(compiler, field, NOWHERE))
    judging = Compiler(selector, context.viewer, context.today, tagged=True)
    question = Question(_asked(judging), codes, None, at, day)

    async def judge() -> tuple[dict[str, Any], list[dict[str, Any]]]:
        async with context.services.reader.snapshot() as fetch:
            said: dict[str, Any] = orjson.loads(await fetch(head) or "{}")
            results = await compliance(judging, judging.scope(field), question, fetch)
        return said, [_row(result.shown) for result in results]

    answer, rows = await unbroken(judge)
    for part in compiler.below(field, "ComplianceReport"):
        if part.name == "rows":
            selected = compiler.below(part, "ComplianceEntry")
            answer[part.key] = [{each.key: row.get(each.name) for each in selected} for row in rows]
    return answer


def _asked(compiler: Compiler) -> list[Selected]:
    """Return what is asked of each result."""
    (operation,) = parse(_ASKED).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return compiler.selector.fields(compiler.type_of("RuleResult"), [operation.selection_set])


def _row(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result without its levels."""
    rule, subject = result["rule"], result["subject"]
    decided_by = rule["decidedBy"]
    return {
        **result,
        "ruleCode": rule["code"],
        "ruleName": rule["name"],
        "clause": rule["clause"],
        "form": rule["form"],
        "inForce": rule["inForce"],
        "instrumentNumber": None if decided_by is None else decided_by["number"],
        "subjectName": None if subject is None else subject["name"],
    }
