"""A file sent with a mutation (随变更上传文件), as the GraphQL multipart request specification says.

The form has ``operations``, the operation as JSON with null where the file belongs; ``map``, which says for
the file where that is; and the file. One operation and one file, at one place: a file that stands at two
places, or at none, is a mistake of its sender.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from graphql import GraphQLError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from graphql_api.accepted import FORM, media_of
from graphql_api.asked import Asked, asked_of, object_of, require_plain
from graphql_api.intake import form_of
from graphql_api.problems import Problem, problem

_TEXTS = ("operations", "map")


def is_form(request: Request) -> bool:
    """Say whether a request may carry a file."""
    return request.method == "POST" and media_of(request.headers.get("content-type", "")) == FORM


@asynccontextmanager
async def asked_with_file(request: Request) -> AsyncIterator[Asked]:
    """Give what a form asks, the file among its variables; raises UnreadableRequestError, or GraphQLError."""
    require_plain(request)
    async with form_of(request, len(_TEXTS)) as form:
        yield _asked(form)


def _asked(form: FormData) -> Asked:
    parts = dict(form.multi_items())
    if len(parts) != len(form.multi_items()):
        raise _wrong("Two parts of the form have one name", "表单中有同名的部分")
    files = {name: part for name, part in parts.items() if isinstance(part, UploadFile)}
    if len(files) != 1:
        raise _wrong("The form has no file", "表单中没有文件")
    texts = {name: part for name, part in parts.items() if isinstance(part, str)}
    if texts.keys() != set(_TEXTS):
        raise _wrong(
            "Beside the file the form has operations and map", "除文件外，表单应有 operations 与 map"
        )
    operations, places = (object_of(texts[name].encode(), name) for name in _TEXTS)
    ((name, file),) = files.items()
    _put(operations, _path(places, name), file)
    return asked_of(operations)


def _path(places: Mapping[str, Any], name: str) -> list[str]:
    """Return where the file called ``name`` belongs, step by step."""
    if places.keys() != {name}:
        raise _wrong("The map names the file that is sent, and no other", "map 应只列出所上传的文件")
    said = places[name]
    if not isinstance(said, list) or len(said) != 1 or not isinstance(said[0], str):
        raise _wrong("The map gives the file one place, in a list", "map 应以列表给出文件的唯一位置")
    path: list[str] = said[0].split(".")
    if path[0] != "variables" or len(path) == 1:
        raise _wrong("The place of a file begins with variables.", "文件的位置应以 variables. 开头")
    return path


def _put(operations: dict[str, Any], path: list[str], file: UploadFile) -> None:
    """Put the file into the operation, at the null that stands for it."""
    place: Any = operations
    for step in path[:-1]:
        place = place[_key(place, step)]
    last = _key(place, path[-1])
    if place[last] is not None:
        raise _wrong("Where the file belongs is something else than null", "文件的位置不是 null")
    place[last] = file


def _key(place: object, step: str) -> str | int:
    """Return the key in ``place`` that a step of a path means; raises GraphQLError if it has none."""
    if isinstance(place, dict) and step in place:
        return step
    if isinstance(place, list) and step in map(str, range(len(place))):
        return int(step)
    raise _wrong("The map points nowhere", "map 所指的位置不存在")


def _wrong(english: str, chinese: str) -> GraphQLError:
    return problem(Problem.INVALID_UPLOAD, problem=english.rstrip("."), chinese=chinese)
