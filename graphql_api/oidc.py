"""Tokens that an identity provider signs (身份令牌): who they are about, or why they count for nothing."""

from __future__ import annotations

import binascii
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import JoseError

from graphql_api.fetching import ProviderError
from graphql_api.principal import Principal
from graphql_api.problems import Problem, problem
from graphql_api.provider import Provider

ALGORITHMS: Mapping[str, str] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    **dict.fromkeys(("EdDSA", "Ed25519"), "OKP"),
}
"""What a token may be signed with, and the kind of key that takes. Neither ``none`` nor what both sides share
a key for is among it: the published key would serve to forge tokens."""

SKEW_SECONDS = 60
"""How far the provider's clock may be off."""

LONGEST_TOKEN = 16_000
_LONGEST_SUBJECT = 255
_PARTS = 3
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})

_SIGNATURES = jws.JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
_SIGNATURES.max_header_length = 4_000
_SIGNATURES.max_payload_length = LONGEST_TOKEN


class TokenError(Exception):
    """A token counts for nothing; the reason is for the log, never for its bearer."""


class Verifier:
    """Verifies what a provider signed; a token's own jku, x5u, x5c and jwk are not looked at."""

    def __init__(self, provider: Provider, clock: Callable[[], float] = time.time) -> None:
        """Take the word of ``provider``."""
        self.provider = provider
        self._clock = clock

    async def claims(self, token: str, audience: str) -> dict[str, Any]:
        """Return what a token for ``audience`` says; raises TokenError, or ProviderError without any keys."""
        header = _header(token)
        algorithm, identity = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
            message = "signed in a way that is not accepted"
            raise TokenError(message)
        if identity is not None and not isinstance(identity, str):
            message = "names its key by what is no name"
            raise TokenError(message)
        kind = header.get("typ", "JWT")
        if not isinstance(kind, str) or kind.lower() not in _TYPES:
            message = "of another type"
            raise TokenError(message)
        key = await self.provider.key(identity, ALGORITHMS[algorithm])
        if key is None or key.algorithm not in {None, algorithm}:
            message = "signed by a key that the provider does not publish for this"
            raise TokenError(message)
        try:
            payload = jws.deserialize_compact(token, key.key, [algorithm], _SIGNATURES).payload
            claims = orjson.loads(payload or b"")
        except (JoseError, ValueError, TypeError) as error:
            message = "not signed by the provider"
            raise TokenError(message) from error
        if not isinstance(claims, dict):
            message = "says nothing"
            raise TokenError(message)
        self._check(claims, audience)
        return claims

    def _check(self, claims: Mapping[str, Any], audience: str) -> None:
        now = self._clock()
        heard = claims.get("aud")
        times = {name: claims.get(name) for name in ("exp", "iat", "nbf")}
        wrong = {
            "of another issuer": claims.get("iss") != self.provider.issuer,
            "for another audience": audience not in (heard if isinstance(heard, list) else [heard]),
            "without its times": not all(_is_time(times[name]) for name in ("exp", "iat")),
            "with a time that is none": times["nbf"] is not None and not _is_time(times["nbf"]),
            "without a subject": not _is_subject(claims.get("sub")),
        }
        found = next((what for what, so in wrong.items() if so), None)
        if found is not None:
            raise TokenError(found)
        if claims["exp"] <= now - SKEW_SECONDS:
            raise TokenError("expired")
        if max(claims["iat"], claims.get("nbf") or 0) > now + SKEW_SECONDS:
            raise TokenError("not good yet")


class BearerTokens:
    """Tells whom an access token is about."""

    def __init__(self, verifier: Verifier, audience: str) -> None:
        """Accept tokens that were made for ``audience``."""
        self._verifier = verifier
        self._audience = audience

    async def principal(self, token: str) -> Principal | None:
        """Return the user, or None; raises GraphQLError when the provider is needed and away."""
        try:
            claims = await self._verifier.claims(token, self._audience)
        except TokenError:
            return None
        except ProviderError as error:
            raise problem(Problem.SIGN_IN_UNAVAILABLE) from error
        # An ID token says that somebody signed in somewhere; it is no permission to act for them. Keycloak
        # marks its kinds in the payload.
        if "at_hash" in claims or "c_hash" in claims or claims.get("typ", "Bearer") != "Bearer":
            return None
        return Principal.of_user(claims["sub"])


def _header(token: str) -> dict[str, Any]:
    """Return the header of a token, unverified: it says which key to try, and nothing else."""
    parts = token.split(".") if len(token) <= LONGEST_TOKEN else []
    if len(parts) != _PARTS:
        message = "no signed token"
        raise TokenError(message)
    try:
        found = orjson.loads(urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)))
    except (ValueError, binascii.Error) as error:
        message = "no signed token"
        raise TokenError(message) from error
    if not isinstance(found, dict) or "crit" in found:
        message = "no signed token that this program understands"
        raise TokenError(message)
    return found


def _is_time(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given < 1e11  # noqa: PLR2004 - the year 5138


def _is_subject(given: object) -> bool:
    return isinstance(given, str) and 0 < len(given) <= _LONGEST_SUBJECT and given.isprintable()
