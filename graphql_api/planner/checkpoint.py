"""The checkpoint of the log at the snapshot of the answer (检查点编译)."""

from __future__ import annotations

from graphql_api.planner.compiler import Compiler, Scope
from graphql_api.planner.selection import Selected
from graphql_api.planner.templates import plain

CHECKPOINT_LINE = (
    "(SELECT h.position || ' ' || encode(registry.root_of(h.peaks), 'base64') FROM registry.head AS h)"
)
"""Size and root on one line, as a printed report shows them."""

_VALUES = {
    "size": "(SELECT h.position FROM registry.head AS h)",
    "rootHash": "(SELECT encode(registry.root_of(h.peaks), 'base64') FROM registry.head AS h)",
    "signedSize": "(SELECT max(c.size) FROM registry.checkpoint AS c)",
    "signedAt": "(SELECT c.signed_at FROM registry.checkpoint AS c ORDER BY c.size DESC LIMIT 1)",
    "note": (
        "(SELECT c.note || coalesce((SELECT string_agg(s.line, '' ORDER BY s.witness)"
        " FROM registry.cosignature AS s WHERE s.size = c.size), '')"
        " FROM registry.checkpoint AS c ORDER BY c.size DESC LIMIT 1)"
    ),
}


def checkpoint(compiler: Compiler, field: Selected, _: Scope) -> str:
    """Compile ``checkpoint``: one statement is one snapshot, so it is that of the rest of the answer."""
    return compiler.build(plain(compiler, "Checkpoint", compiler.below(field, "Checkpoint"), _VALUES))
