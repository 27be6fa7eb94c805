"""The identity provider (身份提供方): its published settings and its keys, cached."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from msgspec import Struct

from graphql_api.fetching import Fetcher, ProviderError

_log = structlog.get_logger(__name__)

FRESH_SECONDS = 600.0
"""For how long keys are used without looking whether they have changed."""

UNKNOWN_SECONDS = 15.0
"""Between two looks for a key that is not among the known ones, or after one that failed."""

_MOST_KEYS = 50
_LONGEST_NAME = 200
_LEAST_MODULUS = 342
"""Base64 characters of an RSA modulus of 2,048 bits."""

_KINDS: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


class PublicKey(Struct, frozen=True):
    """A key to verify with, its kind, and the one algorithm it is for, if its publisher says so."""

    key: Key
    kind: str
    algorithm: str | None


class Published(Struct, frozen=True):
    """What the provider publishes about itself (提供方元数据)."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str | None
    names_itself: bool
    basic: bool


class Provider:
    """The provider of one issuer.

    Keys stay in use while the provider is away: what it once signed stays signed. A key nobody knows makes
    one request at most every fifteen seconds, however many tokens name it.
    """

    def __init__(self, issuer: str, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        """Know the provider by its ``issuer``; nothing is asked yet."""
        self.issuer = issuer
        self.fetcher = fetcher
        self._clock = clock
        self._lock = asyncio.Lock()
        self._published: Published | None = None
        self._keys: dict[str | None, list[PublicKey]] = {}
        self._good_until = float("-inf")
        self._next_look = float("-inf")

    async def published(self) -> Published:
        """Return what the provider publishes; raises ProviderError when it never could be reached."""
        await self._refresh(needed=self._published is None)
        if self._published is None:
            message = "the provider is out of reach"
            raise ProviderError(message)
        return self._published

    async def key(self, identity: str | None, kind: str) -> PublicKey | None:
        """Return the key ``identity`` of a kind, or None; raises ProviderError when none is known at all.

        A token without a name of a key is verified where there is just one of its kind.
        """
        await self._refresh(needed=False)
        found = self._find(identity, kind)
        if found is None:
            await self._refresh(needed=True)
            found = self._find(identity, kind)
        if not self._keys:
            message = "the provider's keys are out of reach"
            raise ProviderError(message)
        return found

    def _find(self, identity: str | None, kind: str) -> PublicKey | None:
        if identity is None:
            every = [key for keys in self._keys.values() for key in keys if key.kind == kind]
            return every[0] if len(every) == 1 else None
        return next((key for key in self._keys.get(identity, ()) if key.kind == kind), None)

    async def _refresh(self, *, needed: bool) -> None:
        """Look at the provider again when it is time to, or, not too often, when something is missing."""
        if not self._due(needed=needed):
            return
        async with self._lock:
            if not self._due(needed=needed):
                return
            self._next_look = self._clock() + UNKNOWN_SECONDS
            try:
                published = self._read(
                    await self.fetcher.get(f"{self.issuer}/.well-known/openid-configuration")
                )
                keys = _keys(await self.fetcher.get(published.jwks_uri))
            except ProviderError as error:
                _log.warning("identity provider out of reach", issuer=self.issuer, problem=str(error))
                return
            self._published, self._keys = published, keys
            self._good_until = self._clock() + FRESH_SECONDS

    def _due(self, *, needed: bool) -> bool:
        now = self._clock()
        return now >= self._next_look and (needed or now >= self._good_until)

    def _read(self, found: Mapping[str, Any]) -> Published:
        """Return the document's content; it has to be about this issuer and no other."""
        if found.get("issuer") != self.issuer:
            message = "the provider's document is about another issuer"
            raise ProviderError(message)
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(isinstance(found.get(name), str) for name in needed):
            message = "the provider's document names too few endpoints"
            raise ProviderError(message)
        ways = found.get("token_endpoint_auth_methods_supported")
        end = found.get("end_session_endpoint")
        secure = self.issuer.startswith("https:")
        browsers = [found["authorization_endpoint"], *([end] if isinstance(end, str) else [])]
        if not all(url.startswith("https:" if secure else ("https:", "http:")) for url in browsers):
            message = "the provider sends browsers to an address that is not https"
            raise ProviderError(message)
        return Published(
            authorization_endpoint=found["authorization_endpoint"],
            token_endpoint=found["token_endpoint"],
            jwks_uri=found["jwks_uri"],
            end_session_endpoint=end if isinstance(end, str) else None,
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
            basic=not isinstance(ways, list) or "client_secret_basic" in ways,
        )


def _keys(found: Mapping[str, Any]) -> dict[str | None, list[PublicKey]]:
    """Return the keys to verify signatures with, by name; raises ProviderError when there are none."""
    given = found.get("keys")
    keys: dict[str | None, list[PublicKey]] = {}
    for entry in given[:_MOST_KEYS] if isinstance(given, list) else ():
        read = _key(entry) if isinstance(entry, dict) else None
        if read is not None:
            keys.setdefault(entry.get("kid"), []).append(read)
    if not keys:
        message = "the provider publishes no key to verify signatures with"
        raise ProviderError(message)
    return keys


def _key(entry: Mapping[str, Any]) -> PublicKey | None:
    """Return a public key for signatures, or None for anything else, secret and short keys among it."""
    kind, name, algorithm = (entry.get(field) for field in ("kty", "kid", "alg"))
    if not isinstance(kind, str) or kind not in _KINDS or entry.get("use", "sig") != "sig":
        return None
    if name is not None and not (isinstance(name, str) and len(name) <= _LONGEST_NAME):
        return None
    if kind == "RSA" and len(str(entry.get("n", ""))) < _LEAST_MODULUS:
        return None
    public = {field: entry[field] for field in ("kty", "n", "e", "crv", "x", "y") if field in entry}
    try:
        key = _KINDS[kind].import_key(public)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return PublicKey(key, kind, algorithm if isinstance(algorithm, str) else None)
