"""Whatever somebody signs in with, and whose it is (凭证)."""

from __future__ import annotations

import hashlib

from graphql_api.attempts import Attempts
from graphql_api.keys import PREFIX, Keys
from graphql_api.oidc import LONGEST_TOKEN, BearerTokens
from graphql_api.principal import Principal
from graphql_api.sessions import Sessions

_REMEMBERED = 10_000


class Credentials:
    """Tells whose an API key, a provider's token or a session is, and slows down who only guesses."""

    def __init__(
        self, keys: Keys, sessions: Sessions, attempts: Attempts, bearer: BearerTokens | None = None
    ) -> None:
        """Look at each kind by its own means; without ``bearer`` no provider's token is anybody's."""
        self._keys = keys
        self._sessions = sessions
        self._attempts = attempts
        self._bearer = bearer
        self._seen: dict[bytes, None] = {}

    async def principal(
        self, authorization: object, *, session: str | None = None, address: str = ""
    ) -> Principal | None:
        """Return who it is, or None; raises GraphQLError when nobody can tell, or ``address`` has to wait.

        What stands in the header counts, also when it is nobody's: then a session is not looked at.
        """
        token = _bearer(authorization)
        if token is None:
            # A cookie outlives its session, and its 256 bits are not guessed: it is never counted.
            found = None if session is None else await self._sessions.find(session)
            return None if found is None else found.principal
        # Neither who came with this very token before, good or expired since, is guessing, nor need they wait
        # because somebody else at their address is.
        digest = hashlib.sha256(token.encode()).digest()
        if digest in self._seen:
            return await self._of_token(token)
        self._attempts.check(address)
        principal = await self._of_token(token)
        if principal is None:
            self._attempts.failed(address)
        self._remember(digest)
        return principal

    def _remember(self, digest: bytes) -> None:
        self._seen[digest] = None
        if len(self._seen) > _REMEMBERED:
            del self._seen[next(iter(self._seen))]

    async def _of_token(self, token: str) -> Principal | None:
        if token.startswith(PREFIX):
            return await self._keys.principal(token)
        if self._bearer is None or len(token) > LONGEST_TOKEN:
            return None
        return await self._bearer.principal(token)


def _bearer(authorization: object) -> str | None:
    if not isinstance(authorization, str):
        return None
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token else None
