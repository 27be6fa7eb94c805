"""What refusals say that are about the system and not about the command (系统原因的拒绝)."""

from __future__ import annotations

from registry.codes import Code
from registry.messages import Message

FAULTS: dict[Code, Message] = {
    Code.DEFECT: Message(
        "The database refused what the registry had allowed ({constraint}); nothing was recorded.",
        "数据库拒绝了登记系统已允许的内容（{constraint}）；未作任何记录。",
        "This is a defect of the registry: report the command id.",
        "这是系统缺陷，请报告命令编号。",
    ),
    Code.BUSY: Message(
        "{waiting} commands are waiting already.",
        "已有 {waiting} 条命令在等待。",
        "Send the same command again after {seconds} s.",
        "请在 {seconds} 秒后重发同一命令。",
    ),
    Code.CLOCK_JUMPED: Message(
        "The database's clock is ahead by {seconds} s, more than the {bound} s allowed; nothing is recorded.",
        "数据库时钟向前跳了 {seconds} 秒，超过允许的 {bound} 秒；暂停记录。",
        "Mend the clock, or restart the server if the clock is right.",
        "请校正时钟；若时钟无误，请重启服务。",
    ),
    Code.PROJECTIONS_MOVED: Message(
        "This process writes the projections {ours}; the register now reads {active}, of another version.",
        "本进程写入投影 {ours}，而登记系统现用另一版本的 {active}。",
        "Restart this process; send the same command again.",
        "请重启本进程，并重发同一命令。",
    ),
    Code.STOPPING: Message(
        "The registry is stopping; the command was not taken.",
        "登记系统正在停止，未接收该命令。",
        "Send the same command again after the restart.",
        "请在重启后重发同一命令。",
    ),
    Code.HEAD_HELD: Message(
        "Something else has held the log for more than {seconds} s; nothing was recorded.",
        "日志被其他会话占用超过 {seconds} 秒；未作任何记录。",
        "Send the same command again; if it lasts, whoever runs the server ends the session that holds it.",
        "请重发同一命令；若持续如此，请管理员结束占用日志的会话。",
    ),
    Code.NO_ROOM: Message(
        "The database has no room left to write; nothing was recorded.",
        "数据库存储空间不足；未作任何记录。",
        "Send the same command again when whoever runs the server has made room.",
        "请在管理员释放空间后重发同一命令。",
    ),
}
