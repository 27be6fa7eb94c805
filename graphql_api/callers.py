"""From where a request comes (请求来源): whose page sent it, which session it brings, from which address."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

from msgspec import Struct
from starlette.requests import HTTPConnection

from graphql_api.context import Context, Services
from graphql_api.problems import Problem, problem
from graphql_api.settings import Settings
from registry.time import civil_date

_LONGEST_COOKIE = 100


class Front(Struct, frozen=True):
    """The address under which browsers know the register (对外地址).

    Cookies of an https address have the prefix that browsers let no subdomain and no plain http set.
    """

    origin: str
    secure: bool

    @classmethod
    def of(cls, settings: Settings) -> Front:
        """Return the front that the settings say."""
        url = settings.public_url or f"http://{settings.host}:{settings.port}"
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        # As browsers write an origin: in small letters, without the scheme's own port.
        netloc = parts.netloc.lower().removesuffix(":443" if secure else ":80")
        return cls(f"{parts.scheme}://{netloc}", secure)

    @property
    def session_cookie(self) -> str:
        """The name of the cookie of a session."""
        return "__Host-kexie_session" if self.secure else "kexie_session"

    @property
    def sign_in_cookie(self) -> str:
        """The name of the cookie of a sign-in under way."""
        return "__Host-kexie_sign_in" if self.secure else "kexie_sign_in"

    @property
    def position_cookie(self) -> str:
        """The name of the cookie that remembers how far a browser's last command came."""
        return "__Host-kexie_position" if self.secure else "kexie_position"

    def session(self, connection: HTTPConnection) -> str | None:
        """Return the session that a request brings; raises GraphQLError when another site made it bring that.

        A request that says itself who sends it brings none: what a page of another origin cannot know, it
        cannot make a browser send.
        """
        cookie = connection.cookies.get(self.session_cookie)
        if not cookie or len(cookie) > _LONGEST_COOKIE or "authorization" in connection.headers:
            return None
        if not self.is_own(connection):
            raise problem(Problem.CROSS_SITE)
        return cookie

    def is_elsewhere(self, connection: HTTPConnection) -> bool:
        """Say whether a page of another site sent this, by its browser's word."""
        origin, site = connection.headers.get("origin"), connection.headers.get("sec-fetch-site")
        if origin is not None and origin.lower() != self.origin:
            return True
        return site not in {None, "same-origin", "none"}

    def is_own(self, connection: HTTPConnection) -> bool:
        """Say whether the register's own page sent this: by its origin, or the browser's word for that.

        What has neither header is no page of a browser of our days, and may not use a browser's cookie.
        """
        origin, site = connection.headers.get("origin"), connection.headers.get("sec-fetch-site")
        if origin is not None and origin.lower() != self.origin:
            return False
        if connection.scope["type"] == "websocket":
            return origin is not None
        return site == "same-origin" if site is not None else origin is not None


def address_of(connection: HTTPConnection) -> str:
    """Return the address that failures are counted under; behind a trusted proxy, the client's."""
    return connection.client.host if connection.client is not None else "unknown"


async def context_of(connection: HTTPConnection, services: Callable[[], Services], front: Front) -> Context:
    """Return who asks, on which civil day; raises GraphQLError when nobody can tell, or may be told."""
    available = services()
    context = Context(
        services=available,
        request_id=str(connection.scope.get("state", {}).get("request_id") or uuid4()),
        today=civil_date(available.clock.now()),
        authorization=connection.headers.get("authorization"),
        session=front.session(connection),
        address=address_of(connection),
    )
    context.viewer = await context.signed_in()
    return context
