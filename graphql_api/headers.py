"""What every response tells the browser about itself (安全响应头)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
_HSTS = "max-age=31536000; includeSubDomains"

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""The policy of what is no page: should a browser take it for one, it loads and runs nothing."""

ALWAYS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": _PERMISSIONS,
    "content-security-policy": NOTHING,
}
"""What a response has unless it says otherwise itself."""


def security_headers(*, secure: bool) -> dict[str, str]:
    """Return the headers of a response; one under an https address keeps browsers to https."""
    return {**ALWAYS, **({"strict-transport-security": _HSTS} if secure else {})}


class SecurityHeaders:
    """Adds the headers to every response, those of errors among them."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """Wrap ``app``; ``secure`` says that browsers know it by an https address."""
        self._app = app
        headers = security_headers(secure=secure)
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._names = frozenset(name for name, _ in self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                more, names = self._headers, {name.lower() for name, _ in given}
                if not self._names.isdisjoint(names):
                    more = [header for header in more if header[0] not in names]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        await self._app(scope, receive, sending)
