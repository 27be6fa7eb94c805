"""What commands would come to, and what would then be different (模拟)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, require, require_somewhere, require_wherever
from graphql_api.mutations.catalog import asks_of_numbers
from graphql_api.mutations.commands import CommandInput, Sender, command_of
from graphql_api.mutations.payloads import Refused, refused
from graphql_api.mutations.previews import PreviewedEvent, previewed_event
from graphql_api.planner.declare import column, resolved, shown
from graphql_api.planner.simulation import inquiry_of
from graphql_api.problems import invalid
from graphql_api.types.chart import ChangeSet
from graphql_api.types.compliance import RuleResult
from graphql_api.types.organization import Organization
from graphql_api.types.rule import Rule
from graphql_api.types.scalars import Position
from registry.commands import Command
from registry.errors import Refusal

Commands = Annotated[
    list[CommandInput],
    strawberry.argument(description="What would be sent, one after another; 1 to 100. 命令。"),
]
AsOf = Annotated[
    date | None,
    strawberry.argument(
        description="The day compared; the last on which a command takes effect if left out. 基准日期。"
    ),
]


@strawberry.type(description="What a command of a simulation would come to. 模拟的命令。")
class SimulatedCommand:
    """The events of a command, or its refusal."""

    command_id: strawberry.ID = shown(right=Right.RECORD, description="The command. 命令编号。")
    events: list[PreviewedEvent] = shown(
        right=Right.RECORD, description="What would be recorded. 将要记录的事件。"
    )
    refusal: Refused | None = shown(right=Right.RECORD, description="Why it would be refused. 拒绝原因。")


@strawberry.type(description="A rule that would come to something else for a subject. 规则变化。")
class SimulatedRule:
    """What a rule comes to, and what it would come to."""

    rule: Rule = column(right=Right.RECORD, description="The rule as it would be, or as it is. 规则。")
    subject: Organization | None = column(
        right=Right.RECORD, description="Whom it is judged for, as it would be, or as it is. 判定对象。"
    )
    before: RuleResult | None = column(
        right=Right.RECORD, description="What it comes to; null if it is not judged so far. 模拟前。"
    )
    after: RuleResult | None = column(
        right=Right.RECORD, description="What it would come to; null if it were not judged. 模拟后。"
    )


@strawberry.type(description="What would be so if commands were recorded; nothing was. 模拟结果。")
class Simulation:
    """What commands would come to, and what differs on one day."""

    as_of: date = shown(right=Right.RECORD, description="The day that is compared. 基准日期。")
    position: Position = shown(
        right=Right.RECORD, description="The newest event in the log of the register as it is. 日志位置。"
    )
    commands: list[SimulatedCommand] = shown(
        right=Right.RECORD, description="What each command would come to. 各条命令的结果。"
    )
    answers: strawberry.Private[dict[str, Any]]

    @resolved(
        right=Right.RECORD, description="How the chart would differ from what it is on that day. 架构变化。"
    )
    def changes(self, info: Info[Context, None]) -> ChangeSet:
        """Show the difference, which was worked out with the simulation."""
        shown_as: ChangeSet = self.answers[str(raw_info(info).path.key)]
        return shown_as

    @resolved(
        right=Right.RECORD, description="Rules that would come to something else on that day. 规则变化。"
    )
    def rules(self, info: Info[Context, None]) -> list[SimulatedRule]:
        """Show what changes, which was worked out with the simulation; rules are judged for everybody."""
        require(info, Right.RECORD)
        shown_as: list[SimulatedRule] = self.answers[str(raw_info(info).path.key)]
        return shown_as


@strawberry.type
class SimulationQuery:
    """The root of simulations."""

    @resolved(
        right=Right.RECORD,
        description="What commands would come to, and what would then be so; nothing is recorded. 模拟。",
    )
    async def simulate(
        self, info: Info[Context, None], *, commands: Commands, as_of: AsOf = UNSET
    ) -> Simulation:
        """Suppose ``commands`` in a snapshot of the register."""
        context = info.context
        require_somewhere(info, Right.RECORD)
        sender = Sender.of(context.viewer, Right.RECORD, context.today)
        sent = [command_of(command, sender) for command in commands]
        if any(map(asks_of_numbers, sent)):
            require_wherever(info, Right.RECORD, Right.RESTRICTED)
        if not sent:
            raise invalid("commands", "give at least one", "至少填写一条命令", raw_info(info).field_nodes)
        day = as_of or max(last_effect(command) for command in sent)
        simulator = context.services.simulator
        inquire = inquiry_of(raw_info(info), simulator.schema, context.viewer, day, context.today)
        try:
            simulated = await simulator.simulate(sent, inquire)
        except Refusal as refusal:
            raise invalid(
                refusal.details.get("field", "commands"), refusal.english, refusal.chinese
            ) from refusal
        return Simulation(
            as_of=day,
            position=Position(simulated.position),
            commands=[
                SimulatedCommand(
                    command_id=strawberry.ID(str(each.command.command_id)),
                    events=[previewed_event(record) for record in each.records],
                    refusal=None if each.refusal is None else refused(each.refusal),
                )
                for each in simulated.supposed
            ],
            answers=simulated.answer or {},
        )


def last_effect(command: Command) -> date:
    """Return the last day on which ``command`` says that something takes effect."""
    later = getattr(command, "takes_effect_on", None)
    return command.effective_on if later is None else max(command.effective_on, later)
