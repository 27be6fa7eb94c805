"""An identity provider that does as it is told: rotates keys, lies, is slow to answer, or goes away."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import Key, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "kexie-page"
CLIENT_SECRET = "the-secret-of-the-client"  # noqa: S105 - the provider of the tests knows no other
AUDIENCE = "kexie-api"

_PATIENCE_SECONDS = 10.0


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


class TestProvider:
    """What the provider knows, and what it was asked."""

    __test__ = False

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.keys: dict[str, RSAKey] = {}
        self.rotate("first")
        self.document: dict[str, Any] = {}
        self.elsewhere: str | None = None
        self.away = False
        self.asked: list[str] = []
        self.claims: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def rotate(self, name: str) -> None:
        """Sign with a new key from now on, and publish no other."""
        self.keys = {name: RSAKey.generate_key(2048, {"kid": name, "use": "sig"})}

    def token(
        self,
        claims: dict[str, Any] | None = None,
        header: dict[str, Any] | None = None,
        *,
        key: Key | None = None,
    ) -> str:
        """Return a token that is in order but for what is given; one of None is left out."""
        name, own = next(iter(self.keys.items()))
        now = int(time.time())
        said: dict[str, Any] = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "clerk-7",
            "iat": now,
            "exp": now + 300,
        }
        said |= {name: _moment(value, now) for name, value in (claims or {}).items()}
        kept = {name: value for name, value in said.items() if value is not None}
        algorithm = (header or {}).get("alg", "RS256")
        return jwt.encode({"alg": algorithm, "kid": name, **(header or {})}, kept, key or own, [algorithm])

    def app(self) -> Starlette:
        """Return the provider as an application."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/jwks", self._jwks),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _configuration(self, _: Request) -> Response:
        self.asked.append("configuration")
        if self.away:
            return Response(status_code=503)
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/logout",
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse({**document, **self.document})

    async def _jwks(self, _: Request) -> Response:
        self.asked.append("jwks")
        if self.away:
            return Response(status_code=503)
        if self.elsewhere is not None:
            return RedirectResponse(self.elsewhere, 302)
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.keys.values()]})

    async def _authorize(self, request: Request) -> Response:
        """Consent at once."""
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer, **self.answer}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        hashed = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        fits = (
            base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() == asked["code_challenge"]
            and asked["code_challenge_method"] == "S256"
            and form.get("redirect_uri") == asked["redirect_uri"]
            and request.headers.get("authorization") == f"Basic {basic}"
        )
        if not fits:
            return JSONResponse({"error": "invalid_grant"}, 400)
        said = {"aud": CLIENT, "nonce": asked["nonce"], "name": "王某", **self.claims}
        return JSONResponse({"access_token": "opaque", "token_type": "Bearer", "id_token": self.token(said)})


def _moment(value: object, now: int) -> object:
    """Return a time that was given from now on, or whatever else it is."""
    return now + int(value.total_seconds()) if isinstance(value, timedelta) else value


@contextlib.contextmanager
def provided() -> Iterator[TestProvider]:
    """Run a provider on a port of this machine for as long as the context lasts."""
    port = free_port()
    provider = TestProvider(port)
    config = uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_config=None, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="provider", daemon=True)
    thread.start()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not server.started:
        assert time.monotonic() < deadline, "the provider does not start"
        time.sleep(0.01)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(_PATIENCE_SECONDS)
        assert not thread.is_alive(), "the provider does not stop"
