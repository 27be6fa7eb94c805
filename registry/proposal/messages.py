"""What refusals of proposals say and advise (报送拒绝用语)."""

from __future__ import annotations

from registry.codes import Code
from registry.messages import Message

MESSAGES: dict[Code, Message] = {
    Code.OWN_PROPOSAL: Message(
        "{id} was proposed by yourself: somebody else has to decide on it.",
        "{id} 由您本人报送，须由他人审批。",
        "Ask another registrar; withdraw it if it is not wanted any more.",
        "请由其他登记员审批；不再需要的，请撤回。",
    ),
    Code.PROPOSAL_NESTED: Message(
        "A proposal cannot be proposed, nor a decision on one.",
        "报送件及其审批不能再行报送。",
        "Propose the command itself; whoever may decide on proposals does it directly.",
        "请直接报送相应命令；有审批权限的，请直接审批。",
    ),
    Code.PROPOSAL_OUTDATED: Message(
        "What was proposed as {kind} cannot be read by this version of the program.",
        "本版程序无法读取以 {kind} 报送的内容。",
        "Reject it with that reason, and let it be proposed anew.",
        "请以此为由退回，并请报送人重新报送。",
    ),
    Code.PROPOSES_NOTHING: Message(
        "What is proposed is so already: approving it would record nothing.",
        "所报内容与现有登记一致，审批后不会产生任何记录。",
        "Look at the entity as it is, and propose what is to change.",
        "请查看该对象的现有登记，仅报送需要变更的内容。",
    ),
    Code.SEVERAL_PERSONS: Message(
        "What is proposed holds personal data of several persons: {persons}.",
        "所报内容含有多人的个人信息：{persons}。",
        "Propose what is of each of them by itself.",
        "请按人员分别报送。",
    ),
}
