"""The terms of imports (导入用语)."""

from __future__ import annotations

from enum import StrEnum

from graphql_api.imports.columns import CHINESE, Kind
from graphql_api.imports.outcome import State

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Kind: ("ImportKind", "What the rows of a file are about. 行的类别。"),
    State: ("ImportState", "How an import ended. 导入状态。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    *((kind, f"{CHINESE[kind]}。") for kind in Kind),
    (State.RECORDED, "What the file asks for was recorded. 已入账。"),
    (State.UNCHANGED, "The register says all of it already. 无变化。"),
    (State.DECIDED, "It would be recorded; nothing was. 试算通过。"),
    (State.REFUSED, "There are errors; nothing was recorded. 未导入。"),
    (State.STOPPED, "What is recorded stays; the same file goes on, or the import is reversed. 中止。"),
    (State.REVERSED, "Everything that it recorded was retracted. 已撤回。"),
)
