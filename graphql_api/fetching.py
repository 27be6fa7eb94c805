"""What the server asks of the identity provider (对身份提供方的请求), without being led elsewhere."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

_SECONDS = 5.0
_LONGEST_BYTES = 500_000
_OK = 200


class ProviderError(Exception):
    """The provider cannot be reached, or answers what makes no sense."""


def is_allowed_issuer(url: str) -> bool:
    """Say whether an address may be an issuer: https, or plain http on this machine's loopback for trials."""
    parts = urlsplit(url)
    if parts.username or parts.password or parts.query or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


class Fetcher:
    """Asks the provider of ``issuer`` for JSON.

    An address comes from the issuer's own documents, so it is looked at before it is asked: https, and either
    on the issuer's own host or on one whose addresses are all public. A redirect is never followed, an answer
    is cut off when it grows too long, and no proxy or password of the environment is used.
    """

    def __init__(self, issuer: str) -> None:
        """Ask on behalf of sign-in by ``issuer``."""
        parts = urlsplit(issuer)
        self._issuer_host = parts.hostname
        self._schemes = {"https", parts.scheme}
        self._client = httpx.AsyncClient(
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=False,
            headers={"accept": "application/json"},
            limits=httpx.Limits(max_connections=10),
        )

    async def get(self, url: str) -> dict[str, Any]:
        """Return the JSON object at ``url``; raises ProviderError."""
        return await self._json("GET", url)

    async def post(
        self, url: str, form: Mapping[str, str], basic: tuple[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the JSON object that answers ``form``; raises ProviderError."""
        auth = None if basic is None else httpx.BasicAuth(*basic)
        return await self._json("POST", url, data=form, auth=auth)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()

    async def _json(self, method: str, url: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on to httpx
        await self._look_at(url)
        try:
            async with asyncio.timeout(2 * _SECONDS), self._client.stream(method, url, **more) as response:
                if response.status_code != _OK:
                    message = f"{method} {_place(url)} answered {response.status_code}"
                    raise ProviderError(message)
                content = await _read(response)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            message = f"{method} {_place(url)} failed: {type(error).__name__}"
            raise ProviderError(message) from error
        try:
            found = orjson.loads(content)
        except orjson.JSONDecodeError as error:
            message = f"{_place(url)} answered no JSON"
            raise ProviderError(message) from error
        if not isinstance(found, dict):
            message = f"{_place(url)} answered no JSON object"
            raise ProviderError(message)
        return found

    async def _look_at(self, url: str) -> None:
        """Refuse an address that the issuer has no business sending this server to."""
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            message = "an address of the provider is malformed"
            raise ProviderError(message) from error
        if parts.scheme not in self._schemes or not parts.hostname or parts.username or parts.password:
            message = f"{_place(url)} is not an https address"
            raise ProviderError(message)
        if parts.hostname == self._issuer_host:
            return
        try:
            found = await asyncio.get_running_loop().getaddrinfo(
                parts.hostname, port, type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            message = f"{_place(url)} has no address"
            raise ProviderError(message) from error
        if not all(_is_public(entry[4][0]) for entry in found):
            message = f"{_place(url)} is neither the issuer's host nor public"
            raise ProviderError(message)


async def _read(response: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > _LONGEST_BYTES:
            message = "the provider's answer is too long"
            raise ProviderError(message)
    return bytes(content)


def _place(url: str) -> str:
    """Return what of an address may stand in a log: no user, no query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_public(address: object) -> bool:
    found = ipaddress.ip_address(str(address).partition("%")[0])
    return found.is_global and not found.is_multicast
