"""The log's checkpoint, and proofs that an event is in it and that it only grew (日志证明)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.types import Info

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, require
from graphql_api.planner.checkpoint import checkpoint
from graphql_api.planner.declare import column, planned, resolved, shown
from graphql_api.problems import invalid
from graphql_api.types.scalars import Position

_HASHES = "Hashes of 32 bytes in base64, in the order of RFC 6962."


@strawberry.type(description="How large the log is, and the root of its tree (RFC 6962). 检查点。")
class Checkpoint:
    """The log at the snapshot of the answer, and what of it is signed."""

    size: Position = column(description="How many events it had when this was answered. 事件数。")
    root_hash: str = column(description="The root of the tree over them, in base64. 树根。")
    signed_size: Position | None = column(
        description="The size of the newest signed checkpoint; null before the first one. 已签名大小。"
    )
    signed_at: datetime | None = column(description="When that was signed. 签名时刻。")
    note: str | None = column(
        description="That checkpoint as a C2SP signed note, with the cosignatures of witnesses. 签名文本。"
    )


@strawberry.type(description="That an event is in the log of a size (RFC 6962, 2.1.1). 包含证明。")
class InclusionProof:
    """The path from a leaf to the root."""

    position: Position = shown(right=Right.CHART, description="The event. 日志位置。")
    size: Position = shown(right=Right.CHART, description="The size of the log. 日志大小。")
    leaf_hash: str = shown(right=Right.CHART, description="The hash of its leaf, in base64. 叶哈希。")
    root_hash: str = shown(right=Right.CHART, description="The root of that size, in base64. 树根。")
    hashes: list[str] = shown(right=Right.CHART, description=f"{_HASHES} 证明路径。")


@strawberry.type(description="That the log of one size begins with that of another. 一致性证明。")
class ConsistencyProof:
    """What both roots follow from (RFC 6962, section 2.1.2)."""

    from_: Position = shown(right=Right.CHART, description="The earlier size. 早先大小。", name="from")
    to: Position = shown(right=Right.CHART, description="The later size. 后来大小。")
    from_root_hash: str = shown(right=Right.CHART, description="The earlier root, in base64. 早先树根。")
    to_root_hash: str = shown(right=Right.CHART, description="The later root, in base64. 后来树根。")
    hashes: list[str] = shown(right=Right.CHART, description=f"{_HASHES} 证明路径。")


@strawberry.type
class ProofQuery:
    """What can be asked of the tree; hashes say nothing of the events, so that anybody may have them."""

    @planned(checkpoint, description="The log's checkpoint, of the snapshot of the answer. 检查点。")
    def checkpoint(self) -> Checkpoint:
        """Show what the rest of the answer was made from."""
        raise NotImplementedError

    @resolved(right=Right.CHART, description="Proves that an event is in the log of a size. 包含证明。")
    async def inclusion_proof(
        self,
        info: Info[Context, None],
        *,
        position: Annotated[Position, strawberry.argument(description="The event. 日志位置。")],
        size: Annotated[Position, strawberry.argument(description="That of a checkpoint. 日志大小。")],
    ) -> InclusionProof:
        """Prove that an event is in the log."""
        require(info, Right.CHART)
        try:
            leaf, root, proof = await info.context.services.proofs.inclusion(position, size)
        except ValueError as error:
            nodes = raw_info(info).field_nodes
            raise invalid("position", str(error), "日志中没有该位置或该大小", nodes) from error
        return InclusionProof(
            position=position, size=size, leaf_hash=_text(leaf), root_hash=_text(root), hashes=_texts(proof)
        )

    @resolved(right=Right.CHART, description="Proves that the log only grew between two sizes. 一致性证明。")
    async def consistency_proof(
        self,
        info: Info[Context, None],
        *,
        from_: Annotated[
            Position, strawberry.argument(name="from", description="The earlier size. 早先大小。")
        ],
        to: Annotated[Position, strawberry.argument(description="The later size. 后来大小。")],
    ) -> ConsistencyProof:
        """Prove that the log only grew."""
        require(info, Right.CHART)
        try:
            old, new, proof = await info.context.services.proofs.consistency(from_, to)
        except ValueError as error:
            nodes = raw_info(info).field_nodes
            raise invalid("from", str(error), "日志没有这样的大小", nodes) from error
        return ConsistencyProof(
            from_=from_, to=to, from_root_hash=_text(old), to_root_hash=_text(new), hashes=_texts(proof)
        )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _texts(hashes: Sequence[bytes]) -> list[str]:
    return [_text(one) for one in hashes]
