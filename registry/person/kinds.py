"""The vocabulary of people: gender, sectors of employment, levels of titles (人员类别)."""

from __future__ import annotations

from enum import StrEnum


class Gender(StrEnum):
    """Gender as the identity card says it (性别, GB/T 2261.1); left open when it is not known."""

    MALE = "MALE"  # 男
    FEMALE = "FEMALE"  # 女


class Sector(StrEnum):
    """Where people work, in the words of the plan (所在领域)."""

    ENTERPRISE = "ENTERPRISE"  # 企业
    UNIVERSITY = "UNIVERSITY"  # 高校
    INSTITUTE = "INSTITUTE"  # 科研院所
    RURAL = "RURAL"  # 农村
    GOVERNMENT = "GOVERNMENT"  # 党政机关
    ASSOCIATION = "ASSOCIATION"  # 科协系统
    SCHOOL = "SCHOOL"  # 中小学
    HOSPITAL = "HOSPITAL"  # 医疗卫生
    NEW_ECONOMIC = "NEW_ECONOMIC"  # 新经济组织
    NEW_SOCIAL = "NEW_SOCIAL"  # 新型社会组织
    NEW_RESEARCH = "NEW_RESEARCH"  # 新型研发机构
    STRATEGIC_INDUSTRY = "STRATEGIC_INDUSTRY"  # 战略性新兴产业
    OTHER = "OTHER"  # 其他


class StaffingMode(StrEnum):
    """On what footing somebody is employed (用人方式; plan, part 2, section 1)."""

    ESTABLISHED = "ESTABLISHED"  # 编制内
    SOCIAL_WORKER = "SOCIAL_WORKER"  # 社工
    VOLUNTEER = "VOLUNTEER"  # 志愿者
    PURCHASED_SERVICE = "PURCHASED_SERVICE"  # 购买服务
    OTHER = "OTHER"  # 其他


class TitleLevel(StrEnum):
    """Levels of professional titles (职称级别)."""

    SENIOR = "SENIOR"  # 正高级
    ASSOCIATE = "ASSOCIATE"  # 副高级
    MIDDLE = "MIDDLE"  # 中级
    JUNIOR = "JUNIOR"  # 初级
