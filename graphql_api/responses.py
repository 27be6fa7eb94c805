"""Answers on their way out (应答): compressed where the client takes that, with a tag to know them by."""

from __future__ import annotations

import gzip
import hashlib
import sys
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from graphql_api.accepted import encoding

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_ENCODINGS = ("zstd", "gzip")
_SHORTEST_BYTES = 1_000
"""Below that an answer fits into one packet as it is."""

_GZIP_LEVEL, _ZSTD_LEVEL = 2, 1
"""Fast ones: a chart of 500 units shrinks to a tenth, and the loop is held up for a millisecond or less."""

NO_STORE = {"cache-control": "no-store"}


def compressed(
    request: Request, content: bytes, status: int, headers: Mapping[str, str], media_type: str
) -> Response:
    """Return the response that holds ``content``, in an encoding that the client takes.

    Compression tells of a secret beside text that an attacker chooses by how long both together are (BREACH).
    No page of another site can make a browser ask here in somebody's name, see :class:`Front`, and no answer
    of the API repeats what was asked beside a secret.
    """
    told = dict(headers)
    if len(content) >= _SHORTEST_BYTES:
        told["vary"] = ", ".join(filter(None, (told.get("vary"), "Accept-Encoding")))
        name = encoding(request.headers.get("accept-encoding", ""), _ENCODINGS)
        if name is not None:
            told["content-encoding"] = name
            content = _encoded(name, content)
    return Response(content, status, told, media_type)


def _encoded(name: str, content: bytes) -> bytes:
    if name == "zstd":
        return zstd.compress(content, _ZSTD_LEVEL)
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def entity_tag(content: bytes) -> str:
    """Return the tag of an answer, the same for all encodings of it: a weak one."""
    digest = hashlib.sha256(content).digest()[:18]
    return f'W/"{urlsafe_b64encode(digest).decode()}"'


def is_known(request: Request, tag: str) -> bool:
    """Say whether the client already has the answer of that tag."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in {part.strip() for part in given.split(",")}
