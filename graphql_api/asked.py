"""What an HTTP request asks (请求解析), as the draft GraphQL over HTTP says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import ClientDisconnect, Request

from graphql_api.accepted import charset_of, media_of
from graphql_api.problems import Problem, problem

MIN_POSITION = "minPosition"
"""Where extensions, or an address, say how far the log must have come before there is an answer."""

OPERATION_ID = "operationId"
"""Where extensions, or the address that ends it, say what an operation is called beside others."""

_JSON = "application/json"
_PARAMETERS = frozenset({"query", "documentId", "operationName", "variables", "extensions"})


class UnreadableRequestError(Exception):
    """A request is no operation; ``problem`` and ``chinese`` say what is wrong with it."""

    def __init__(self, told: str, chinese: str = "请求有误", *, status: int = 400) -> None:
        """Say what is wrong."""
        super().__init__(told)
        self.chinese = chinese
        self.status = status


class Asked(Struct, frozen=True):
    """An operation as it was sent: a document, or the name of one that is registered.

    ``min_position`` is what its extensions say of how far the log must have come, ``operation_id`` what they
    call it beside others on one stream; both may be anything.
    """

    query: str | None
    document_id: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    min_position: object = None
    operation_id: object = None

    def naming(self, query: str) -> Asked:
        """Return the operation with the document that its name stands for."""
        return replace(self, query=query)


def is_get(request: Request) -> bool:
    """Say whether an answer is asked for by GET, or what it would be by HEAD."""
    return request.method in {"GET", "HEAD"}


async def read_request(request: Request) -> Asked:
    """Return what ``request`` asks; raises UnreadableRequestError, or GraphQLError for what is not JSON."""
    if is_get(request):
        return asked_of(_parameters(request))
    if request.method != "POST":
        raise problem(Problem.METHOD_NOT_ALLOWED, method=request.method)
    given = request.headers.get("content-type", "")
    if media_of(given) != _JSON or charset_of(given) not in {None, "utf-8", "utf8"}:
        raise problem(Problem.UNSUPPORTED_MEDIA_TYPE, given=given[:100] or "not given (未注明)")
    require_plain(request)
    return asked_of(object_of(await _body(request), "body"))


async def _body(request: Request) -> bytes:
    """Return the body: what it may come to, and for how long it may come, is seen to before."""
    parts: list[bytes] = []
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def require_plain(request: Request) -> None:
    """Raise GraphQLError for a body that is packed: it may unfold into any length."""
    encoding = request.headers.get("content-encoding", "identity")
    if encoding.strip().lower() != "identity":
        media = media_of(request.headers.get("content-type", ""))
        raise problem(Problem.UNSUPPORTED_MEDIA_TYPE, given=f"{media} as {encoding[:50]}")


def _parameters(request: Request) -> Mapping[str, Any]:
    """Return the parameters of an address; what is JSON there is read."""
    given: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name in given:
            raise UnreadableRequestError(f"{name[:50]} is given twice")
        if name in _PARAMETERS:
            # An empty parameter is one that was left out, as forms write it.
            given[name] = text or None
    for name in ("variables", "extensions"):
        if given.get(name) is not None:
            given[name] = object_of(given[name].encode(), name)
    return given


def object_of(content: bytes, name: str) -> dict[str, Any]:
    """Return the JSON object that ``content``, called ``name``, is; raises UnreadableRequestError."""
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UnreadableRequestError(f"The {name} is not JSON") from error
    if not isinstance(found, dict):
        raise UnreadableRequestError(f"The {name} is not a JSON object")
    return found


def asked_of(given: Mapping[str, Any]) -> Asked:
    """Return what the members of a request ask; raises UnreadableRequestError."""
    query, document_id = _text(given, "query"), _text(given, "documentId")
    if (query is None) == (document_id is None):
        raise UnreadableRequestError("Give either a query or a documentId")
    for name in ("variables", "extensions"):
        if not isinstance(given.get(name), dict | None):
            raise UnreadableRequestError(f"{name} is neither an object nor null")
    extensions = given.get("extensions") or {}
    return Asked(
        query,
        document_id,
        _text(given, "operationName"),
        given.get("variables"),
        extensions.get(MIN_POSITION),
        extensions.get(OPERATION_ID),
    )


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if not isinstance(value, str | None):
        raise UnreadableRequestError(f"{name} is neither a string nor null")
    return value
