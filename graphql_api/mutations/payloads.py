"""What a mutation answers: the result with its position, or a typed refusal (变更结果)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import orjson
import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, raw_info
from graphql_api.freshness import from_primary
from graphql_api.planner.declare import resolved, shown
from graphql_api.planner.operation import plan_entity
from graphql_api.types.affiliation import Affiliation, Participation
from graphql_api.types.appointment import Appointment
from graphql_api.types.enums import Code
from graphql_api.types.figure import Figure
from graphql_api.types.function import Function
from graphql_api.types.grant import Grant
from graphql_api.types.instrument import Instrument
from graphql_api.types.liaison import Liaison
from graphql_api.types.mandate import Mandate
from graphql_api.types.measure import Measure
from graphql_api.types.membership import Membership
from graphql_api.types.organization import Organization
from graphql_api.types.person import Person
from graphql_api.types.post import Post
from graphql_api.types.programme import Programme
from graphql_api.types.proposal import Proposal
from graphql_api.types.reorganization import Reorganization
from graphql_api.types.rule import Criterion, Rule
from graphql_api.types.scalars import Position
from graphql_api.types.secondment import Secondment
from graphql_api.types.term import Term
from graphql_api.words import snake_case
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Refusal

_THEN = "As it is on the day the command takes effect; null when it does not exist then."


@strawberry.type(description="The command was refused; nothing was recorded. 已拒绝，未作任何记录。")
class Refused:
    """Why, in both languages, and what to do."""

    code: Code = shown(right=Right.RECORD, description="Why; codes never change their meaning. 代码。")
    message: str = shown(right=Right.RECORD, description="Why, in English.")
    message_zh: str = shown(right=Right.RECORD, description="Why, in Chinese. 拒绝原因。")
    advice: str = shown(right=Right.RECORD, description="What to do, in English.")
    advice_zh: str = shown(right=Right.RECORD, description="What to do, in Chinese. 处理建议。")
    details: JSON = shown(right=Right.RECORD, description="What the sentences are about, by name. 详情。")


@strawberry.interface(description="The command was carried out. 已执行。")
class Recorded:
    """Where it stands in the log."""

    command_id: strawberry.ID = shown(right=Right.WRITE, description="The command. 命令编号。")
    first_position: Position | None = shown(
        right=Right.WRITE,
        description="The first event recorded; null when nothing had to change. 首个日志位置。",
    )
    position: Position | None = shown(
        right=Right.WRITE, description="The last event recorded; null when nothing had to change. 日志位置。"
    )
    recorded_at: datetime = shown(right=Right.WRITE, description="When it was recorded. 登记时刻。")
    subject: strawberry.Private[str]
    effective_on: strawberry.Private[date]


async def _entity(info: Info[Context, None], kind: str, recorded: Recorded) -> Any:  # noqa: ANN401 - a row of ``kind``
    """Return the entity as it is on the day the command takes effect."""
    context = info.context
    arguments = {"id": recorded.subject, "asOf": recorded.effective_on}
    statement = plan_entity(raw_info(info), kind, arguments, context.viewer, context.today)
    # What was written a moment ago is read where it was written: no copy has to be waited for.
    with from_primary():
        text = await context.services.reader.fetch(statement)
    return None if text is None else orjson.loads(text)


@strawberry.type(description="A correction was carried out. 更正已执行。")
class CorrectionRecorded(Recorded):
    """What was corrected."""

    corrected: strawberry.ID = shown(right=Right.WRITE, description="Whose event was corrected. 登记对象。")


def _shown_by(kind: Any, noun: str) -> Any:  # noqa: ANN401 - a field of a type made at run time
    """Return the field of a payload that shows the entity of type ``kind``."""

    async def resolve(self: Recorded, info: Info[Context, None]) -> Any:  # noqa: ANN401 - a row of ``kind``
        return await _entity(info, kind.__name__, self)

    resolve.__name__ = noun
    # Strawberry reads the types of a resolver from its annotations; these are known at run time only.
    resolve.__annotations__ = {"info": Info[Context, None], "return": kind | None}
    chinese = _CHINESE[kind]
    return resolved(right=Right.WRITE, description=f"{_THEN} {chinese}。")(resolve)


def _result(kind: Any) -> tuple[type[Recorded], Any]:  # noqa: ANN401 - a type of the schema
    """Return the payload of the commands to entities of ``kind``, and its union with a refusal."""
    noun, chinese = snake_case(kind.__name__), _CHINESE[kind]
    english = _ENGLISH.get(kind) or noun.replace("_", " ")
    article = "an" if english[0] in "aeio" else "a"
    name = f"{kind.__name__}Recorded"
    content = {"__module__": __name__, "__doc__": f"What became of {article} {english}."}
    made = type(name, (Recorded,), {**content, noun: _shown_by(kind, noun)})
    payload = strawberry.type(
        made, description=f"A command to {article} {english} was carried out. {chinese}命令已执行。"
    )
    return payload, _union(payload, _UNIONS.get(kind, f"{kind.__name__}Result"))


def _union(payload: Any, name: str) -> Any:  # noqa: ANN401 - a type made at run time
    described = strawberry.union(name, description="What came of the command. 命令结果。")
    return Annotated[payload | Refused, described]


_CHINESE: dict[Any, str] = {
    Organization: "组织",
    Function: "职能",
    Instrument: "文件",
    Reorganization: "机构改革",
    Membership: "会籍",
    Affiliation: "组织关系",
    Participation: "参加",
    Person: "人员",
    Post: "职务",
    Term: "届次",
    Appointment: "任职",
    Measure: "改革措施",
    Criterion: "统计口径",
    Rule: "规则",
    Mandate: "承接事项",
    Programme: "计划",
    Figure: "上报数据",
    Secondment: "挂职",
    Liaison: "联系",
    Grant: "授权",
    Proposal: "报送件",
}
"""The types that commands are about, with their Chinese terms."""

_ENGLISH: dict[Any, str] = {Instrument: "document"}
"""What they are called in a sentence, where that is not their name."""

_UNIONS: dict[Any, str] = {Rule: "RuleCommandResult"}
"""The unions whose names would be taken: what a rule comes to is a RuleResult."""

RESULTS: dict[str, tuple[type[Recorded], Any]] = {
    **{snake_case(kind.__name__): _result(kind) for kind in _CHINESE},
    "correction": (CorrectionRecorded, _union(CorrectionRecorded, "CorrectionResult")),
}
"""The payload and the union of the mutations of each package of the registry."""

# A renewal is a command to the term that it opens.
RESULTS["renewal"] = RESULTS["term"]


def recorded(kind: type[Recorded], command: Command, accepted: Accepted) -> Recorded:
    """Return the payload of a command that was carried out."""
    more = {"corrected": str(command.subject)} if kind is CorrectionRecorded else {}
    return kind(
        command_id=strawberry.ID(str(accepted.command_id)),
        first_position=position_of(accepted.first_position),
        position=position_of(accepted.last_position),
        recorded_at=accepted.recorded_at,
        subject=str(command.subject),
        effective_on=command.effective_on,
        **more,
    )


def refused(refusal: Refusal) -> Refused:
    """Return the payload of a refused command."""
    return Refused(
        code=refusal.code,
        message=refusal.english,
        message_zh=refusal.chinese,
        advice=refusal.advice_english,
        advice_zh=refusal.advice_chinese,
        details=JSON(refusal.details),
    )


def position_of(position: int | None) -> Position | None:
    """Return a place in the log as the schema knows it."""
    return None if position is None else Position(position)
