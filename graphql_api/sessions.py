"""Sessions of browsers (浏览器会话), kept on the server: the cookie is a random text and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import NamedTuple

from msgspec import Struct

from graphql_api.keys import OUT_OF_REACH, Runner
from graphql_api.principal import Principal
from graphql_api.problems import Problem, problem
from registry.statements import statement

_BYTES = 32
_LONGEST_SHOWN = 100

_BEGIN = statement("graphql_api", "session_begin")
_FIND = statement("graphql_api", "session_find")
_SEEN = statement("graphql_api", "session_seen")
_END = statement("graphql_api", "session_end")
_END_ALL = statement("graphql_api", "session_end_all")
_SIGN_IN = statement("graphql_api", "sign_in_begin")
_TAKE = statement("graphql_api", "sign_in_take")


class Session(NamedTuple):
    """Whose session it is, and the name to greet with (会话)."""

    principal: Principal
    shown: str | None


class SignInUnderWay(Struct, frozen=True):
    """What one browser keeps while its user is with the provider (进行中的登录).

    ``browser`` is in its cookie alone. The nonce and the code's verifier are made from it, so what the
    database knows of a sign-in helps nobody to finish it.
    """

    browser: str
    state: str

    @property
    def nonce(self) -> str:
        """What the provider has to repeat in the ID token."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """The secret of PKCE."""
        return self._made("verifier")

    @property
    def challenge(self) -> str:
        """The hash of the verifier, which the provider is told first (S256)."""
        return _text(hashlib.sha256(self.verifier.encode()).digest())

    def _made(self, purpose: str) -> str:
        return _text(hmac.digest(self.browser.encode(), f"{purpose}:{self.state}".encode(), hashlib.sha256))


class Sessions:
    """Begins, finds and ends sessions; every request asks the database, so an ended one is over at once."""

    def __init__(self, runner: Runner, idle: timedelta, longest: timedelta) -> None:
        """Keep sessions that end when ``idle``, and after ``longest`` in any case."""
        self._runner = runner
        self._idle = idle
        self.longest = longest

    async def begin_sign_in(self, following: str) -> SignInUnderWay:
        """Remember a sign-in that leads to the local address ``following``, for ten minutes."""
        made = SignInUnderWay(secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
        await self._runner.execute(_SIGN_IN, _digest(made.state), _digest(made.browser), following)
        return made

    async def take_sign_in(self, state: str, browser: str | None) -> tuple[SignInUnderWay, str] | None:
        """Return the sign-in of ``state`` and where it leads, once; None when it is not this browser's.

        Whoever has the state of another's sign-in spoils it by this, and gains nothing.
        """
        row = await self._runner.fetchrow(_TAKE, _digest(state))
        if row is None or browser is None or not row["in_time"]:
            return None
        if not hmac.compare_digest(row["browser"], _digest(browser)):
            return None
        return SignInUnderWay(browser, state), row["next"]

    async def begin(self, subject: str, shown: str | None) -> str:
        """Begin a session of ``subject`` under a new cookie, and return that."""
        cookie = secrets.token_urlsafe(_BYTES)
        named = None if shown is None else shown[:_LONGEST_SHOWN]
        await self._runner.execute(_BEGIN, _digest(cookie), subject, named, self.longest)
        return cookie

    async def find(self, cookie: str) -> Session | None:
        """Return whose the session is, or None; raises GraphQLError when nobody can tell."""
        digest = _digest(cookie)
        try:
            row = await self._runner.fetchrow(_FIND, digest, self._idle)
            if row is None:
                return None
            if row["unseen"]:
                await self._runner.execute(_SEEN, digest)
        except OUT_OF_REACH as error:
            raise problem(Problem.UNAVAILABLE) from error
        return Session(Principal.of_user(row["subject"]), row["shown"])

    async def end(self, cookie: str) -> None:
        """End the session of a cookie, if there is one."""
        await self._runner.execute(_END, _digest(cookie))


async def end_sessions(runner: Runner, subject: str) -> int:
    """End all sessions of a user, and return how many there were."""
    return int((await runner.execute(_END_ALL, subject)).rpartition(" ")[2])


def _digest(text: str) -> bytes:
    """Return the hash a random text of 256 bits is kept by."""
    return hashlib.sha256(text.encode()).digest()


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
