"""Signing in and out with a browser (网页登录): authorization code with PKCE, and a session on the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus, urlencode

import structlog
from graphql import GraphQLError
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from graphql_api.attempts import Attempts, TooManyAttemptsError
from graphql_api.body import refused
from graphql_api.callers import Front, address_of
from graphql_api.fetching import ProviderError
from graphql_api.keys import OUT_OF_REACH
from graphql_api.oidc import TokenError, Verifier
from graphql_api.problems import Problem, problem
from graphql_api.provider import Published
from graphql_api.sessions import Sessions, SignInUnderWay

_log = structlog.get_logger(__name__)

CALLBACK = "/signin/callback"
_SIGN_IN_SECONDS = 600
_LONGEST_CODE = 4_000
_LONGEST_STATE = 100
_LOCAL = re.compile(r"/(?![/\\])[!-\[\]-~]{0,500}")
"""An address on this very site: what browsers might read as another host's, or split, is none."""


class Client(Struct, frozen=True):
    """What the provider knows the register as (客户端)."""

    identity: str
    secret: str | None


class Desk(Struct, frozen=True):
    """What signing in needs; there once the application has started. Without a client nothing is offered."""

    sessions: Sessions
    attempts: Attempts
    beginnings: Attempts
    verifier: Verifier | None
    client: Client | None


class _FailedError(Exception):
    """A sign-in that is not completed, in both languages."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english, self.chinese = english, chinese


def local_address(given: str | None) -> str:
    """Return where to go after signing in: on this site, or its first page."""
    return given if given is not None and _LOCAL.fullmatch(given) else "/"


class SignInRoutes:
    """The addresses under ``/signin``, and ``/signout``."""

    def __init__(self, front: Front, desk: Callable[[], Desk]) -> None:
        """Serve browsers that come by ``front``."""
        self._front = front
        self._desk = desk

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/signin", self.begin, methods=["GET"]),
            Route(CALLBACK, self.finish, methods=["GET"]),
            Route("/signin/session", self.show, methods=["GET"]),
            Route("/signout", self.leave, methods=["POST"]),
        ]

    async def begin(self, request: Request) -> Response:
        """Send the browser to the provider, and remember what to expect back."""
        desk = self._desk()
        try:
            desk.beginnings.check(address_of(request))
            verifier, client = _offered(desk)
            published = await verifier.provider.published()
            following = local_address(request.query_params.get("next"))
            under_way = await desk.sessions.begin_sign_in(following)
        except GraphQLError as error:
            return _page(error)
        except ProviderError:
            return _page(problem(Problem.SIGN_IN_UNAVAILABLE))
        except OUT_OF_REACH:
            return _page(problem(Problem.UNAVAILABLE))
        # Every beginning costs a row for ten minutes, so there is a measure to them, too.
        desk.beginnings.failed(address_of(request))
        response = RedirectResponse(self._question(published, client, under_way), 303)
        # The answer comes back from another site, so this cookie has to be sent along from there (Lax).
        self._keep(response, self._front.sign_in_cookie, under_way.browser, _SIGN_IN_SECONDS, "lax")
        return response

    async def finish(self, request: Request) -> Response:
        """Turn the provider's answer into a session, once."""
        desk = self._desk()
        try:
            desk.attempts.check(address_of(request))
            claims, following = await self._claims(desk, request)
            old = request.cookies.get(self._front.session_cookie)
            if old:
                await desk.sessions.end(old)
            cookie = await desk.sessions.begin(claims["sub"], _shown(claims))
        except _FailedError as error:
            desk.attempts.failed(address_of(request))
            _log.info("sign-in failed", problem=error.english)
            answer = problem(Problem.SIGN_IN_FAILED, problem=error.english, chinese=error.chinese)
            return self._forget(_page(answer), self._front.sign_in_cookie)
        except GraphQLError as error:
            return _page(error)
        except ProviderError as error:
            _log.warning("sign-in failed", problem=str(error))
            return self._forget(_page(problem(Problem.SIGN_IN_UNAVAILABLE)), self._front.sign_in_cookie)
        except OUT_OF_REACH:
            return _page(problem(Problem.UNAVAILABLE))
        response = RedirectResponse(following, 303)
        longest = int(desk.sessions.longest.total_seconds())
        self._keep(response, self._front.session_cookie, cookie, longest, "strict")
        return self._forget(response, self._front.sign_in_cookie)

    async def show(self, request: Request) -> Response:
        """Tell the page whether one can sign in here, and who has."""
        desk = self._desk()
        try:
            cookie = self._front.session(request)
            found = None if cookie is None else await desk.sessions.find(cookie)
        except GraphQLError as error:
            return refused(error)
        who = None if found is None else {"name": found.principal.name, "shown": found.shown}
        return JSONResponse({"offered": desk.client is not None, "signedIn": who})

    async def leave(self, request: Request) -> Response:
        """End the session, and tell the page where the provider ends its own."""
        desk = self._desk()
        if not self._front.is_own(request):
            return refused(problem(Problem.CROSS_SITE))
        cookie = request.cookies.get(self._front.session_cookie)
        try:
            if cookie:
                await desk.sessions.end(cookie)
        except OUT_OF_REACH:
            return refused(problem(Problem.UNAVAILABLE))
        response = JSONResponse({"next": await self._goodbye(desk)})
        return self._forget(response, self._front.session_cookie)

    def _question(self, published: Published, client: Client, under_way: SignInUnderWay) -> str:
        asked = {
            "response_type": "code",
            "client_id": client.identity,
            "redirect_uri": self._front.origin + CALLBACK,
            "scope": "openid profile",
            "state": under_way.state,
            "nonce": under_way.nonce,
            "code_challenge": under_way.challenge,
            "code_challenge_method": "S256",
        }
        return _with(published.authorization_endpoint, asked)

    async def _claims(self, desk: Desk, request: Request) -> tuple[dict[str, Any], str]:
        """Return what the ID token says, and where the browser wanted to go."""
        verifier, client = _offered(desk)
        given = request.query_params
        state, code = given.get("state", ""), given.get("code", "")
        # The state is used up whatever else is wrong.
        taken = (
            await desk.sessions.take_sign_in(state, request.cookies.get(self._front.sign_in_cookie))
            if 0 < len(state) <= _LONGEST_STATE
            else None
        )
        if taken is None:
            raise _FailedError(
                "it was not begun in this browser, or too long ago", "并非由此浏览器发起，或已超时"
            )
        under_way, following = taken
        published = await verifier.provider.published()
        issuer = given.get("iss")
        if issuer != verifier.provider.issuer and (issuer is not None or published.names_itself):
            raise _FailedError("another provider answered", "答复来自其他认证服务")
        if "error" in given or not 0 < len(code) <= _LONGEST_CODE:
            raise _FailedError("the provider did not consent", "认证服务未予同意")
        answer = await self._exchange(verifier, published, client, under_way, code)
        return await _identified(verifier, client, under_way, answer), following

    async def _exchange(
        self, verifier: Verifier, published: Published, client: Client, under_way: SignInUnderWay, code: str
    ) -> dict[str, Any]:
        """Return what the provider gives for a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._front.origin + CALLBACK,
            "code_verifier": under_way.verifier,
        }
        basic = None
        if client.secret is not None and published.basic:
            # RFC 6749, 2.3.1: either is encoded as a form's value before it is joined by a colon.
            basic = (quote_plus(client.identity), quote_plus(client.secret))
        else:
            form["client_id"] = client.identity
            if client.secret is not None:
                form["client_secret"] = client.secret
        try:
            return await verifier.provider.fetcher.post(published.token_endpoint, form, basic)
        except ProviderError as error:
            _log.info("code refused", problem=str(error))
            raise _FailedError("the provider did not accept the code", "认证服务未接受授权码") from error

    async def _goodbye(self, desk: Desk) -> str:
        """Return where the browser goes after signing out: by the provider, if that has a way out."""
        if desk.verifier is None or desk.client is None:
            return "/"
        try:
            published = await desk.verifier.provider.published()
        except ProviderError:
            return "/"
        if published.end_session_endpoint is None:
            return "/"
        asked = {"client_id": desk.client.identity, "post_logout_redirect_uri": f"{self._front.origin}/"}
        return _with(published.end_session_endpoint, asked)

    def _keep(self, response: Response, name: str, value: str, seconds: int, same_site: Any) -> None:  # noqa: ANN401 - one of three words
        response.set_cookie(
            name, value, seconds, path="/", secure=self._front.secure, httponly=True, samesite=same_site
        )

    def _forget(self, response: Response, name: str) -> Response:
        response.delete_cookie(name, path="/", secure=self._front.secure, httponly=True, samesite="lax")
        return response


def _offered(desk: Desk) -> tuple[Verifier, Client]:
    if desk.verifier is None or desk.client is None:
        raise problem(Problem.NOT_FOUND, english="sign-in by a provider here", chinese="统一身份认证登录")
    return desk.verifier, desk.client


async def _identified(
    verifier: Verifier, client: Client, under_way: SignInUnderWay, answer: dict[str, Any]
) -> dict[str, Any]:
    """Return the claims of the ID token, which has to be the answer to this very sign-in."""
    token = answer.get("id_token")
    failed = _FailedError("the provider's answer does not fit the question", "认证服务的答复与请求不符")
    if not isinstance(token, str):
        raise failed
    try:
        claims = await verifier.claims(token, client.identity)
    except TokenError as error:
        _log.warning("ID token refused", problem=str(error))
        raise failed from error
    heard = claims["aud"]
    authorized = claims.get("azp", client.identity if heard in (client.identity, [client.identity]) else None)
    if claims.get("nonce") != under_way.nonce or authorized != client.identity:
        raise failed
    return claims


def _shown(claims: dict[str, Any]) -> str | None:
    """Return the name to greet with, if the provider gives one that can be shown."""
    names = (claims.get(name) for name in ("name", "preferred_username"))
    return next((name for name in names if isinstance(name, str) and name and name.isprintable()), None)


def _with(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _page(error: GraphQLError) -> Response:
    """Tell a person, who came by following a link, what is wrong and what to do."""
    told = error.extensions or {}
    lines = (told["messageZh"], told["adviceZh"], "", error.message, told["advice"], "", told["code"], "")
    headers = {"cache-control": "no-store"}
    if isinstance(error, TooManyAttemptsError):
        headers["retry-after"] = str(error.retry_after)
    return PlainTextResponse("\n".join(lines), refused(error).status_code, headers)
