"""The enumerations of posts and appointments (任职枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.appointment.kinds import Basis, EndReason, Mode
from registry.post.kinds import Title

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Title: ("PostTitle", "What the holder of a post is called. 职务名称。"),
    Mode: ("AppointmentMode", "How the holder of a post serves. 任职方式。"),
    Basis: ("AppointmentBasis", "By what right somebody holds a post. 任职依据。"),
    EndReason: ("AppointmentEndReason", "Why somebody no longer holds a post. 离任原因。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Title.CHAIR, "主席"),
    (Title.VICE_CHAIR, "副主席"),
    (Title.PRESIDENT, "理事长"),
    (Title.VICE_PRESIDENT, "副理事长"),
    (Title.SECRETARY_GENERAL, "秘书长"),
    (Title.DEPUTY_SECRETARY_GENERAL, "副秘书长"),
    (Title.DIRECTOR, "理事"),
    (Title.STANDING_DIRECTOR, "常务理事"),
    (Title.SUPERVISOR, "监事"),
    (Title.CHIEF_SUPERVISOR, "监事长"),
    (Title.DELEGATE, "代表"),
    (Title.MEMBER, "委员"),
    (Title.STANDING_MEMBER, "常委"),
    (Title.PARTY_SECRETARY, "书记"),
    (Title.PARTY_GROUP_MEMBER, "党组成员"),
    (Title.DEPARTMENT_HEAD, "部长"),
    (Title.DEPUTY_DEPARTMENT_HEAD, "副部长"),
    (Title.INSTRUCTOR, "党建指导员"),
    (Title.LEADER, "组长"),
    (Title.LIAISON_LEADER, "分管、联系领导"),
    (Title.STAFF, "工作人员"),
    (Title.OTHER, "其他: the post's own name says what."),
    (Mode.FULL_TIME, "专职"),
    (Mode.PART_TIME, "兼职"),
    (Mode.SECONDED, "挂职"),
    (Basis.ELECTED, "选举"),
    (Basis.APPOINTED, "任命"),
    (Basis.CO_OPTED, "增补"),
    (Basis.ENGAGED, "聘任"),
    (Basis.RECOMMENDED, "举荐"),
    (Basis.EX_OFFICIO, "当然任职"),
    (EndReason.TERM_ENDED, "届满"),
    (EndReason.RESIGNED, "辞职"),
    (EndReason.DISMISSED, "免职"),
    (EndReason.RECALLED, "罢免、撤换"),
    (EndReason.TRANSFERRED, "调离"),
    (EndReason.RETIRED, "退休"),
    (EndReason.DECEASED, "去世"),
    (EndReason.POST_ABOLISHED, "职务撤销"),
    (EndReason.EXPIRED, "聘期已满: the end that it was made with."),
    (EndReason.OTHER, "其他"),
)
