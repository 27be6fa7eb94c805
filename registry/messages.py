"""What each refusal says and advises, in English and in Chinese (拒绝用语)."""

from __future__ import annotations

from typing import NamedTuple

from registry.codes import Code


class Message(NamedTuple):
    """The sentence and advice of a code, in both languages; a refusal's details fill what is in braces."""

    english: str
    chinese: str
    advice_english: str
    advice_chinese: str


MESSAGES: dict[Code, Message] = {
    Code.NOT_FOUND: Message(
        "There is no {noun} {id}.",
        "不存在{noun} {id}。",
        "Check the id; establish or record it first.",
        "请核对编号，或先登记该对象。",
    ),
    Code.ALREADY_EXISTS: Message(
        "{id} is already in the register.",
        "{id} 已经登记。",
        "Use another id, or change the existing entity.",
        "请换用新的编号，或修改已有对象。",
    ),
    Code.WRONG_NOUN: Message(
        "{id} is a {actual}, not a {expected}.",
        "{id} 是 {actual}，不是 {expected}。",
        "Give the id of a {expected}.",
        "请填写 {expected} 的编号。",
    ),
    Code.INVALID_INPUT: Message(
        "{field}: {problem}",
        "{field}：{problem}",
        "Correct the field and send the command again under a new id.",
        "请改正该字段，用新的命令编号重新提交。",
    ),
    Code.INVALID_DATE: Message(
        "{field} {date}: {problem}",
        "{field} {date}:{problem}",
        "Correct the date; a month is written as its first day, a year as 1 January.",
        "请改正日期；只知月份写当月 1 日，只知年份写 1 月 1 日。",
    ),
    Code.INVALID_IDENTIFIER: Message(
        "{value} is not a valid {scheme}: {problem}",
        "{value} 不是有效的 {scheme}：{problem}",
        "Copy the identifier from the certificate again.",
        "请按证书重新录入。",
    ),
    Code.NOT_ALIVE: Message(
        "{id} does not exist on {date}.",
        "{id} 在 {date} 不存在（未成立或已注销）。",
        "Choose a date inside its life, or correct its establishment or dissolution.",
        "请选择其存续期内的日期，或先更正其成立、注销日期。",
    ),
    Code.NOT_ALLOWED_IN_STATUS: Message(
        "{id} is {status} on {date}; that does not allow this change.",
        "{id} 在 {date} 的状态为 {status}，不允许此变更。",
        "Look at its history; correct the earlier event if that one is wrong.",
        "请查看其历史；若较早的记录有误，请先更正。",
    ),
    Code.LATER_EVENT_CONFLICTS: Message(
        "The event at position {position} ({topic}, effective {date}) would become impossible: {problem}.",
        "位置 {position} 的事件（{topic}，{date} 生效）将不再成立：{problem_chinese}。",
        "Correct or retract that event first, or choose another date.",
        "请先更正或撤回该事件，或改用其他日期。",
    ),
    Code.OUTSIDE_LIFE: Message(
        "The {reference} of {source} to {target} from {start} to {end} is not within the life of {target}.",
        "{source} 与 {target} 的{reference}（{start} 至 {end}）超出 {target} 的存续期。",
        "Give an end date inside its life, or choose another superior or holder.",
        "请填写存续期内的截止日期，或另选上级、承接单位。",
    ),
    Code.DANGLING: Message(
        "{count} thing(s) would be left dangling: {list}.",
        "将有 {count} 项悬空：{list}。",
        "Give a disposition for each: end, move, dissolve, shift, redirect or retract.",
        "请逐项填写处置方式：终止、划转、一并注销、顺延、改挂或撤回。",
    ),
    Code.CYCLE: Message(
        "{child} would be its own superior in {hierarchy}: {path}.",
        "{child} 在 {hierarchy} 中将成为自己的上级：{path}。",
        "Choose another superior, or move the units in between first.",
        "请另选上级，或先调整中间单位。",
    ),
    Code.HIERARCHY_KINDS: Message(
        "A {child_kind} cannot stand under a {superior_kind} in {hierarchy}.",
        "{hierarchy} 中 {child_kind} 不能置于 {superior_kind} 之下。",
        "Choose a superior of a fitting kind, or another hierarchy.",
        "请选择类别相符的上级，或改用其他隶属关系。",
    ),
    Code.MUST_BELONG: Message(
        "A {kind} must belong to an organization at all times; {id} would not from {start} to {end}.",
        "{kind} 在任何时候都必须有所隶属；{id} 在 {start} 至 {end} 将无隶属。",
        "Give its superior in PART_OF for the whole of its life.",
        "请为其整个存续期指定隶属单位。",
    ),
    Code.MEMBER_KINDS: Message(
        "A {member_kind} cannot be a {member_class} member of a {organization_kind}.",
        "{member_kind} 不能以 {member_class} 类别成为 {organization_kind} 的会员。",
        "Choose another class; organizations join as CORPORATE, an organ through whom it belongs to.",
        "请另选会员类别；单位以团体（单位）会员加入，内部机构由其所属单位加入。",
    ),
    Code.ALREADY_MEMBER: Message(
        "The membership {holder} has that member in that organization from {start} to {end}.",
        "该会员在该组织已有会籍 {holder}（{start} 至 {end}）。",
        "Change that membership, or end it first.",
        "请变更该会籍，或先终止该会籍。",
    ),
    Code.MEMBER_NUMBER_TAKEN: Message(
        "Another membership, {holder}, has that number in the organization from {start} to {end}.",
        "该会员号在 {start} 至 {end} 属于会籍 {holder}。",
        "Check the number; correct the other membership first if that one is wrong.",
        "请核对会员号；若对方登记有误，请先更正。",
    ),
    Code.ALREADY_AFFILIATED: Message(
        "The person has a Party affiliation, {holder}, from {start} to {end}; nobody has two.",
        "该同志在 {start} 至 {end} 已有组织关系 {holder}，一人只能有一处。",
        "Transfer that affiliation; taking part elsewhere without one is a participation.",
        "请转接该组织关系；不转组织关系而参加活动的，请登记为参加。",
    ),
    Code.HOLDS_NO_AFFILIATION: Message(
        "{organization} is a {subtype} from {start} to {end}; people take part there without an affiliation.",
        "{organization} 在 {start} 至 {end} 为{subtype}，不接收组织关系。",
        "Record a participation there, and the affiliation with a branch.",
        "请登记为参加，组织关系落在党支部。",
    ),
    Code.NO_PARTY_ORGANIZATION: Message(
        "{organization} is a {kind}, not a Party organization.",
        "{organization} 的类别为 {kind}，不是党组织。",
        "Name the Party organization itself, not the unit that it belongs to or covers.",
        "请填写党组织本身，而不是其所在或覆盖的单位。",
    ),
    Code.NO_SUCH_TRANSFER: Message(
        "There is no transfer of {id} before {date} that was presented on {received_on}.",
        "{id} 在 {date} 之前没有可于 {received_on} 接收的转接。",
        "Record the transfer first; a receipt is dated on or after it, and is recorded when it is back.",
        "请先登记转接；回执日期不得早于转接之日，也不得晚于登记生效之日。",
    ),
    Code.LETTER_EXPIRED: Message(
        "The letter of {id} was valid until {valid_until} and was presented on {received_on}.",
        "{id} 的介绍信有效期至 {valid_until}，而接收日期为 {received_on}。",
        "Record another transfer with a new letter, or correct the validity.",
        "请重新开具介绍信并登记转接，或更正有效期。",
    ),
    Code.ALREADY_PARTICIPATES: Message(
        "The person takes part in that Party organization already from {start} to {end}: {holder}.",
        "该同志在 {start} 至 {end} 已参加该党组织：{holder}。",
        "End that participation first, or correct it.",
        "请先终止或更正该项参加。",
    ),
    Code.NO_LEGAL_PERSON: Message(
        "{name} is a {kind}, which is no legal person.",
        "{name} 为 {kind}，不具备法人资格。",
        "Record the registration of the organization that it belongs to.",
        "请登记其所属单位的法人信息。",
    ),
    Code.ALREADY_ENDED: Message(
        "{id} ended on {ended}; it does not go on from {date}.",
        "{id} 已于 {ended} 到期或终止，不能自 {date} 起延续。",
        "Date the extension no later than that day, or begin a new one.",
        "请将延续日期定在该日或之前，或另行登记新的一项。",
    ),
    Code.ALREADY_REPORTED: Message(
        "A figure for {value} is reported by {holder} from {start} to {end}.",
        "该单位该指标该期间（{value}）已有数据 {holder}（{start} 至 {end}）。",
        "Amend the figure that is there, or withdraw it first.",
        "请更正已有数据，或先撤销该数据。",
    ),
    Code.IDENTIFIER_TAKEN: Message(
        "{scheme} {value} belongs to {holder} from {start} to {end}.",
        "{scheme} {value} 在 {start} 至 {end} 属于 {holder}。",
        "Check the identifier; withdraw it from the other organization first if that one is wrong.",
        "请核对标识；若对方登记有误，请先注销其标识。",
    ),
    Code.NO_SUCH_RELATION: Message(
        "{child} has no {relation} to {superior} on {date}.",
        "{child} 在 {date} 与 {superior} 没有{relation}。",
        "Look at the organization on that date, and name what it has.",
        "请查看该日的登记情况后再填写。",
    ),
    Code.NOT_HELD: Message(
        "{function} is not held by {holder} on {date}.",
        "{function} 在 {date} 不由 {holder} 承担。",
        "Name the organization that holds it on that date.",
        "请填写该日实际承担此职能的单位。",
    ),
    Code.TERM_OVERLAPS: Message(
        "{value} sits for the term {holder} from {start} to {end}.",
        "{value} 在 {start} 至 {end} 处于届次 {holder}。",
        "End that term first, or renew it: one act ends it and opens the next.",
        "请先结束该届，或办理换届：一次办理即结束上届、开始新届。",
    ),
    Code.SEATS_TAKEN: Message(
        "Post {post} has {seats} seat(s); on {date} it would have {holders} holder(s).",
        "职务 {post} 设 {seats} 席；{date} 将有 {holders} 人任职。",
        "End an appointment by that day, choose another day, or change the seats first.",
        "请先办理离任，或改用其他日期，或先变更席位。",
    ),
    Code.ALREADY_HOLDS: Message(
        "{person} holds post {post} by appointment {appointment} from {start} to {end}.",
        "{person} 在 {start} 至 {end} 已任职务 {post}（任职 {appointment}）。",
        "End that appointment first, or choose days after it.",
        "请先办理该任职的离任，或改用其后的日期。",
    ),
    Code.NOT_EMPLOYED: Message(
        "{id} is not in the employment {employment} on {date}.",
        "{id} 在 {date} 没有任职 {employment}。",
        "Look at the employments on that date, and name one of them.",
        "请查看该日的任职情况后再填写。",
    ),
    Code.NOT_DISTINGUISHED: Message(
        "{id} bears no title or award of that name on {date}.",
        "{id} 在 {date} 没有该名称的职称或奖励。",
        "Look at the titles and awards on that date, and write the name as it is there.",
        "请查看该日的职称、奖励，按登记的名称填写。",
    ),
    Code.MERGED: Message(
        "{id} is merged into {into}.",
        "{id} 已并入 {into}。",
        "Send the command to {into}; if they are two people after all, retract the merger first.",
        "请对 {into} 提交；若并非同一人，请先撤回合并。",
    ),
    Code.HAS_ALIASES: Message(
        "{alias} is merged into {id}, which has to stay for it.",
        "{alias} 已并入 {id}，{id} 须予保留。",
        "Retract that merger first, or merge with MergePersons, which takes it along.",
        "请先撤回该合并，或用 MergePersons 一并合并。",
    ),
    Code.PERSONS_DIFFER: Message(
        "{id} and {into} differ in {field}.",
        "{id} 与 {into} 的 {field} 不一致。",
        "Correct whichever is wrong before you merge them; if neither is, they are two people.",
        "请先更正有误的一方再合并；若均无误，则并非同一人。",
    ),
    Code.INVALID_IDENTITY_NUMBER: Message(
        "That is no identity number: {problem}.",
        "公民身份号码有误：{problem}。",
        "Copy the number from the identity card again.",
        "请按居民身份证重新录入。",
    ),
    Code.IDENTITY_NUMBER_TAKEN: Message(
        "{holder} bears this identity number from {start} to {end}.",
        "该公民身份号码在 {start} 至 {end} 属于 {holder}。",
        "Use that record; if both are of one person, merge them; if the other is wrong, correct it first.",
        "请使用该人员记录；若两条记录为同一人，请合并；若对方登记有误，请先更正。",
    ),
    Code.IDENTITY_DISAGREES: Message(
        "The identity number of {id} tells another {field}.",
        "{id} 的公民身份号码与 {field} 不一致。",
        "Correct the number or the {field}, whichever is wrong.",
        "请改正公民身份号码或 {field}。",
    ),
    Code.ALREADY_CORRECTED: Message(
        "The event at position {position} is already retracted.",
        "位置 {position} 的事件已被撤回。",
        "Retract the retraction to restore it.",
        "如需恢复，请撤回那次撤回。",
    ),
    Code.IS_CONSEQUENCE: Message(
        "The event at position {position} is a consequence of the act at position {cause}.",
        "位置 {position} 的事件是位置 {cause} 之行为的结果。",
        "Correct the act; its consequences follow.",
        "请更正该行为本身，其结果将随之更正。",
    ),
    Code.CANNOT_CORRECT: Message(
        "The event at position {position} cannot be corrected so: {problem}.",
        "位置 {position} 的事件不能如此更正：{problem}。",
        "Look at the stream's events, and correct the one that holds the fact.",
        "请查看该对象的事件，更正记载该事实的事件。",
    ),
    Code.PREVIEW_CHANGED: Message(
        "The register changed since the preview: what would happen is no longer what was shown.",
        "预览之后登记内容已有变化：将要发生的与所见不同。",
        "Look at the preview again and adopt that one.",
        "请重新预览，再通过新的预览。",
    ),
    Code.VERSION_CONFLICT: Message(
        "{id} is at version {actual}, not {expected}.",
        "{id} 的版本为 {actual}，不是 {expected}。",
        "Read it again and decide on what it is now.",
        "请重新读取后再提交。",
    ),
    Code.COMMAND_ID_REUSED: Message(
        "Command id {id} was used for another command.",
        "命令编号 {id} 已用于另一条命令。",
        "Make a new id for each command; repeat an id only to repeat the same command.",
        "每条命令请使用新的编号；仅在重发同一命令时使用相同编号。",
    ),
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
        "This process writes the projections {ours}; the register now reads {active}.",
        "本进程写入投影 {ours}，而登记系统现用 {active}。",
        "Restart this process; send the same command again.",
        "请重启本进程，并重发同一命令。",
    ),
    Code.STOPPING: Message(
        "The registry is stopping; the command was not taken.",
        "登记系统正在停止，未接收该命令。",
        "Send the same command again after the restart.",
        "请在重启后重发同一命令。",
    ),
    Code.MEASURE_CODE_TAKEN: Message(
        "The code {value} is that of the measure {holder} from {start} to {end}.",
        "措施代码 {value} 在 {start} 至 {end} 属于 {holder}。",
        "Give the measure another code, or change the one that has it.",
        "请另编代码，或修改已有措施。",
    ),
    Code.NOT_OF_MEASURE: Message(
        "The measure {measure} has no {what} on {date}.",
        "措施 {measure} 在 {date} 没有 {what}。",
        "Look at the measure on that date, and name a part, milestone or finding that it has.",
        "请查看该日的措施情况，填写已有的分工、节点或督导问题。",
    ),
    Code.UNREADABLE_PREDICATE: Message(
        "The predicate in {field} cannot be read: {english}.",
        "{field} 中的条件有误：{chinese}。",
        "Correct the text at that character; docs/predicates.md says what can be written.",
        "请在该处改正；写法见 docs/predicates.md。",
    ),
    Code.UNKNOWN_CRITERION: Message(
        "There is no definition {name} in force on {date}.",
        "{date} 没有生效的口径 {name}。",
        "Define it first, or name another one that is in force all the time.",
        "请先确定该口径，或改用一直有效的口径。",
    ),
    Code.CRITERION_MISFITS: Message(
        "The definition {name} is about a {actual}, and is used of a {expected}.",
        "口径 {name} 针对 {actual}，却用于 {expected}。",
        "Define another one about a {expected}.",
        "请另行确定针对 {expected} 的口径。",
    ),
    Code.CRITERION_CYCLE: Message(
        "The definition {criterion} would come to mean itself: {path}.",
        "口径 {criterion} 将循环引用自身：{path}。",
        "Let its predicate, or one on the way, not refer back.",
        "请修改其条件或途中某一口径的条件，避免循环。",
    ),
    Code.CRITERION_TAKEN: Message(
        "The definition {holder} is called {value} from {start} to {end}.",
        "{start} 至 {end} 口径 {value} 已由 {holder} 使用。",
        "Give it another name, or redefine the one that there is.",
        "请另取代码，或调整已有口径。",
    ),
    Code.RULE_CODE_TAKEN: Message(
        "The code {value} is that of the rule {holder} from {start} to {end}.",
        "规则代码 {value} 在 {start} 至 {end} 属于 {holder}。",
        "Give the rule another code, or revise the one that has it.",
        "请另编代码，或修订已有规则。",
    ),
    Code.PERSON_ERASED: Message(
        "The personal data of {id} was erased for ever.",
        "{id} 的个人信息已被永久清除。",
        "Nothing can be recorded about this record any more; register the person anew if need be.",
        "该记录不能再登记任何内容；如确有需要，请重新登记该人员。",
    ),
    Code.HOLDS_POST: Message(
        "{id} holds a post on {date} or later, by the appointment {appointment}.",
        "{id} 在 {date} 或之后仍担任职务（任职 {appointment}）。",
        "End the appointment first, then erase.",
        "请先办理离任，再行清除。",
    ),
    Code.GRANTS_FORBIDDEN: Message(
        "Only an administrator may say who may do what, or correct what was said of it.",
        "只有管理员可以授予、撤销角色，或更正授权记录。",
        "Ask an administrator to do it.",
        "请由管理员办理。",
    ),
    Code.OUTSIDE_AUTHORITY: Message(
        "This concerns something that is not there, or that lies outside the part of the register you keep.",
        "所涉对象不存在，或不在您的管理范围之内。",
        "Check the ids; what reaches beyond your part is recorded by whoever keeps all of it.",
        "请核对编号；超出管理范围的事项，请由上级登记人员办理。",
    ),
}
