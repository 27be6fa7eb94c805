"""More associations at the grassroots, one for each way of being formed in each kind of place (基层科协)."""

from __future__ import annotations

from collections.abc import Iterator

from graphql_api.demo.records.organization import OrganizationRecord
from graphql_api.demo.strict import KnownDate, Record
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Tier

_ALONE, _REGION, _SECTOR, _HOST = (
    Formation.STANDALONE,
    Formation.REGIONAL_JOINT,
    Formation.SECTOR_WIDE,
    Formation.HOST_BASED,
)

_UNITS: tuple[tuple[str, Base | None, Formation | None, str, str], ...] = (
    ("装备配套企业", Base.ENTERPRISE, _ALONE, "金普新区科协", "2016"),
    ("轴承企业", Base.ENTERPRISE, _ALONE, "瓦房店市科协", "2016"),
    ("制药企业", Base.ENTERPRISE, _ALONE, "金普新区科协", "2019"),
    ("造船企业", Base.ENTERPRISE, _ALONE, "大连市科协", "2017"),
    ("软件企业", Base.ENTERPRISE, _HOST, "甘井子区科协", "2017"),
    ("食品企业", Base.ENTERPRISE, _HOST, "庄河市科协", "2019"),
    ("家居行业", Base.ENTERPRISE, _SECTOR, "庄河市科协", "2018"),
    ("水产加工行业", Base.ENTERPRISE, _SECTOR, "长海县科协", "2020"),
    ("高新园区", Base.PARK, _REGION, "大连市科协", "2016"),
    ("临港工业园区", Base.PARK, _REGION, "旅顺口区科协", "2018"),
    ("轴承产业园区", Base.PARK, _ALONE, "瓦房店市科协", "2019"),
    ("现代农业园区", Base.PARK, _HOST, "普兰店区科协", "2020"),
    ("理工大学", Base.UNIVERSITY, None, "大连市科协", "2014"),
    ("海洋大学", Base.UNIVERSITY, None, "大连市科协", "2019"),
    ("医科大学", Base.UNIVERSITY, None, "大连市科协", "2020"),
    ("材料研究所", Base.INSTITUTE, None, "大连市科协", "2016"),
    ("农业科学研究院", Base.INSTITUTE, None, "大连市科协", "2019"),
    ("果业村", Base.RURAL, None, "普兰店区科协", "2017"),
    ("海岛村", Base.RURAL, None, "长海县科协", "2019"),
)
"""A word for the name, where it sits, how it was formed, who guides it, since when."""

_TOWNSHIPS = (
    ("西岗区", "2014"),
    ("沙河口区", "2014"),
    ("甘井子区", "2015"),
    ("金州区", "2016"),
    ("普兰店区", "2017"),
    ("瓦房店市", "2019"),
)


def units() -> Iterator[Record]:
    """Yield them (基层科协)."""
    for word, base, formation, guided_by, since in _UNITS:
        yield OrganizationRecord(
            key=f"{word}科协（示例）",
            name=f"大连某{word}科学技术协会（示例）",
            kind=Kind.ASSOCIATION,
            base=base,
            formation=formation,
            under={Hierarchy.GUIDES: (guided_by,)},
            since=KnownDate(since),
            illustrative=True,
        )
    for district, since in _TOWNSHIPS:
        yield OrganizationRecord(
            key=f"{district}某街道科协（示例）",
            name=f"大连市{district}某街道科学技术协会（示例）",
            kind=Kind.ASSOCIATION,
            tier=Tier.TOWNSHIP,
            under={Hierarchy.GUIDES: (f"{district}科协",)},
            since=KnownDate(since),
            illustrative=True,
        )
