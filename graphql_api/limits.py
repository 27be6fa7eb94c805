"""Bounds on what a document may ask, checked before it costs anything (限制)."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES = 200_000
"""A request's body at most; a long plan of a reorganization has a tenth of that."""

TOKENS = 1_000
DEPTH = 10
INTROSPECTION_DEPTH = 20
ALIASES = 15
ROOT_FIELDS = 10


class BodyLimit:
    """Refuses a request whose body is too long, before it is read whole."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = next((v for n, v in scope["headers"] if n == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > BODY_BYTES:
            await _TOO_LONG(scope, receive, send)
            return
        received = 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > BODY_BYTES:
                raise HTTPException(413, "The request is too long. 请求过长。")
            return message

        await self._app(scope, receiving, send)


_TOO_LONG = PlainTextResponse("The request is too long. 请求过长。\n", status_code=413)


def parse_within_limits(text: str) -> DocumentNode:
    """Return the document; raises GraphQLError when it is too long, deep, wide or does not parse."""
    document = parse(text, max_tokens=TOKENS)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            _check(operation, fragments)
    return document


def _check(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> None:
    aliases = 0
    introspects = False
    for depth, field in _fields(operation.selection_set, fragments, 1, ()):
        introspects = introspects or field.name.value in ("__schema", "__type")
        aliases += field.alias is not None
        limit = INTROSPECTION_DEPTH if introspects else DEPTH
        if depth > limit:
            raise _too_much("deeper than", limit, "层级超过")
        if aliases > ALIASES:
            raise _too_much("more aliases than", ALIASES, "别名超过")
    if len(operation.selection_set.selections) > ROOT_FIELDS:
        raise _too_much("more root fields than", ROOT_FIELDS, "根字段超过")


def _fields(
    selection_set: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    depth: int,
    path: tuple[str, ...],
) -> Iterator[tuple[int, FieldNode]]:
    """Yield every field with its depth; a fragment that spreads itself is left to validation."""
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            yield depth, node
            if node.selection_set is not None:
                yield from _fields(node.selection_set, fragments, depth + 1, path)
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(node.selection_set, fragments, depth, path)
        elif isinstance(node, FragmentSpreadNode):
            name = node.name.value
            fragment = fragments.get(name)
            if fragment is not None and name not in path:
                yield from _fields(fragment.selection_set, fragments, depth, (*path, name))


def _too_much(what: str, limit: int, chinese: str) -> GraphQLError:
    return GraphQLError(
        f"The document has {what} {limit}.",
        extensions={
            "code": "TOO_COMPLEX",
            "messageZh": f"查询{chinese} {limit}。",
            "advice": "Ask for less at a time; orgChart shows whole trees flat.",
            "adviceZh": "请减少一次查询的内容;整棵架构树请用 orgChart。",
        },
    )
