"""The register with sign-in by a provider, and a browser's part of it over HTTP."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import httpx2
from pydantic import SecretStr

from graphql_api.settings import Settings
from tests.support.provider import AUDIENCE, CLIENT, CLIENT_SECRET, TestProvider, free_port
from tests.support.serving import Served, served

_addresses = (f"198.51.{high}.{low}" for high in itertools.count() for low in range(256))


def settings_for(issuer: str, **more: object) -> Settings:
    """Return the settings of a register whose people sign in at ``issuer``, behind a proxy here."""
    port = free_port()
    given: dict[str, object] = {
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "trusted_proxies": "127.0.0.1",
        "oidc_issuer": issuer,
        "oidc_audience": AUDIENCE,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
        "statement_seconds": 2,
        **more,
    }
    return Settings(**given)  # type: ignore[arg-type]  # checked by pydantic


@contextlib.contextmanager
def desk(database_url: str, provider: TestProvider, **more: object) -> Iterator[Served]:
    """Serve a register whose people sign in at ``provider``."""
    with served(database_url, settings_for(provider.issuer, **more)) as opened:
        yield opened


def another_address() -> dict[str, str]:
    """Return the header of a proxy for a client that nobody has heard of."""
    return {"x-forwarded-for": next(_addresses)}


def own_page(register: Served) -> dict[str, str]:
    """Return the headers that a browser adds for the register's own page."""
    return {"origin": register.url, "sec-fetch-site": "same-origin"}


class Browser:
    """A browser as far as HTTP goes: it keeps cookies, and follows where it is sent only when told to."""

    def __init__(self, register: Served) -> None:
        self.register = register
        headers = another_address()
        self.http = httpx2.Client(base_url=register.url, trust_env=False, headers=headers, timeout=30)

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def begin(self, following: str | None = None) -> str:
        """Begin to sign in, and return the address at the provider."""
        parameters = {} if following is None else {"next": following}
        response = self.http.get("/signin", params=parameters)
        assert response.status_code == 303, response.text
        return str(response.headers["location"])

    def consent(self, address: str) -> str:
        """Consent at the provider, and return the address that leads back."""
        response = httpx2.get(address, trust_env=False)
        assert response.status_code == 302, response.text
        return str(response.headers["location"])

    def sign_in(self, following: str | None = None) -> httpx2.Response:
        """Sign in, and return the last response of it."""
        return self.http.get(self.consent(self.begin(following)))

    def who(self) -> Mapping[str, str] | None:
        """Return whom the register takes this browser's user for."""
        response = self.http.get("/signin/session", headers={"sec-fetch-site": "same-origin"})
        found: Mapping[str, str] | None = response.json()["signedIn"]
        return found


def parameters_of(address: str) -> dict[str, str]:
    """Return the parameters of an address, each of which occurs once."""
    found = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


def told(response: httpx2.Response) -> str:
    """Return the code that a page for people ends with."""
    return response.text.split()[-1]
