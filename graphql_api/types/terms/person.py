"""The enumerations of people (人员枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel


class Ground(StrEnum):
    """Why two records may be of one person (疑似依据), the strongest first."""

    SAME_NUMBER = "SAME_NUMBER"
    SAME_NAME_AND_BIRTH = "SAME_NAME_AND_BIRTH"
    SAME_NAME_AND_EMPLOYER = "SAME_NAME_AND_EMPLOYER"
    SAME_NAME = "SAME_NAME"


SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Gender: ("Gender", "Gender as the identity card says it. 性别。"),
    Sector: ("Sector", "In which field people work, in the words of the plan. 所在领域。"),
    StaffingMode: ("StaffingMode", "On what footing somebody is employed. 用人方式。"),
    TitleLevel: ("TitleLevel", "The level of a professional title. 职称级别。"),
    Ground: ("DuplicateGround", "Why two records may be of one person. 疑似依据。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Gender.MALE, "男"),
    (Gender.FEMALE, "女"),
    (Sector.ENTERPRISE, "企业"),
    (Sector.UNIVERSITY, "高校"),
    (Sector.INSTITUTE, "科研院所"),
    (Sector.RURAL, "农村"),
    (Sector.GOVERNMENT, "党政机关"),
    (Sector.ASSOCIATION, "科协系统"),
    (Sector.SCHOOL, "中小学"),
    (Sector.HOSPITAL, "医疗卫生"),
    (Sector.NEW_ECONOMIC, "新经济组织"),
    (Sector.NEW_SOCIAL, "新型社会组织"),
    (Sector.NEW_RESEARCH, "新型研发机构"),
    (Sector.STRATEGIC_INDUSTRY, "战略性新兴产业"),
    (Sector.OTHER, "其他"),
    (StaffingMode.ESTABLISHED, "编制内"),
    (StaffingMode.SOCIAL_WORKER, "社工"),
    (StaffingMode.VOLUNTEER, "志愿者"),
    (StaffingMode.PURCHASED_SERVICE, "购买服务"),
    (StaffingMode.OTHER, "其他"),
    (TitleLevel.SENIOR, "正高级"),
    (TitleLevel.ASSOCIATE, "副高级"),
    (TitleLevel.MIDDLE, "中级"),
    (TitleLevel.JUNIOR, "初级"),
    (Ground.SAME_NUMBER, "身份号码相同"),
    (Ground.SAME_NAME_AND_BIRTH, "姓名相同、出生日期相符: both births are known, and fit each other."),
    (Ground.SAME_NAME_AND_EMPLOYER, "姓名与任职单位相同: at whatever time."),
    (Ground.SAME_NAME, "姓名相同: and the births, where known, do not speak against it."),
)
