"""What there is to look among (搜索范围)."""

from __future__ import annotations

from enum import StrEnum


class SearchNoun(StrEnum):
    """The nouns that are found by their names; each is the noun of the registry in capitals."""

    ORGANIZATION = "ORGANIZATION"
    FUNCTION = "FUNCTION"
    INSTRUMENT = "INSTRUMENT"
    REORGANIZATION = "REORGANIZATION"
    PERSON = "PERSON"
    MEASURE = "MEASURE"
    POST = "POST"
    MANDATE = "MANDATE"
    PROGRAMME = "PROGRAMME"


SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    SearchNoun: ("SearchNoun", "What there is to look among. 查找范围。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (SearchNoun.ORGANIZATION, "组织"),
    (SearchNoun.FUNCTION, "职能"),
    (SearchNoun.INSTRUMENT, "文件"),
    (SearchNoun.REORGANIZATION, "机构改革"),
    (SearchNoun.PERSON, "人员"),
    (SearchNoun.MEASURE, "改革措施"),
    (SearchNoun.POST, "职务"),
    (SearchNoun.PERSON, "人员"),
    (SearchNoun.MANDATE, "承接事项"),
    (SearchNoun.PROGRAMME, "计划"),
)
