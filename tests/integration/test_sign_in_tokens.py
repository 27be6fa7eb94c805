"""Tokens of an identity provider over HTTP: what is accepted, and every way to forge one that is known."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey
from websockets.exceptions import ConnectionClosed

from tests.support.provider import AUDIENCE, CLIENT, TestProvider, provided
from tests.support.serving import Client, Served
from tests.support.signing_in import another_address, desk
from tests.support.socketing import connected, opened

NOW = int(time.time())
EXPORT = "/export/reports/staffing.xlsx"
"""Answers 401 to what is nobody's, and 403 to somebody without the right."""


def status(front_desk: Served, token: str) -> int:
    headers = {"authorization": f"Bearer {token}", **another_address()}
    return front_desk.anybody.http.get(EXPORT, headers=headers).status_code


@pytest.mark.parametrize(
    ("claims", "header"),
    [
        ({}, {}),
        ({}, {"typ": "at+jwt"}),
        ({"aud": ["others", AUDIENCE]}, {}),
        ({"exp": timedelta(seconds=-30)}, {}),
        ({"iat": timedelta(seconds=30), "nbf": timedelta(seconds=30)}, {}),
        ({"typ": "Bearer"}, {}),
    ],
)
def test_a_token_in_order_is_somebodys(
    front_desk: Served, provider: TestProvider, claims: dict[str, Any], header: dict[str, Any]
) -> None:
    assert status(front_desk, provider.token(claims, header)) == 403


def test_what_a_token_claims_to_be_allowed_counts_for_nothing(
    front_desk: Served, provider: TestProvider
) -> None:
    boast = {
        "role": "administrator",
        "roles": ["administrator"],
        "scope": "admin",
        "groups": ["administrator"],
    }
    assert status(front_desk, provider.token(boast)) == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": timedelta(seconds=-3600)},
        # A minute of skew is allowed, and no more.
        {"exp": timedelta(seconds=-62)},
        {"iat": timedelta(seconds=90)},
        {"nbf": timedelta(seconds=90)},
        {"exp": None},
        {"exp": "4102444800"},
        {"exp": True},
        {"iat": None},
        {"iat": timedelta(seconds=3600)},
        {"nbf": timedelta(seconds=3600)},
        {"nbf": "soon"},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": CLIENT},
        {"aud": None},
        {"aud": ["others"]},
        {"aud": AUDIENCE + "x"},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "a\nb"},
        {"sub": 7},
        {"at_hash": "x"},
        {"typ": "ID"},
        {"typ": "Refresh"},
    ],
    ids=str,
)
def test_a_token_that_says_the_wrong_thing_is_nobodys(
    front_desk: Served, provider: TestProvider, claims: dict[str, Any]
) -> None:
    assert status(front_desk, provider.token(claims)) == 401


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed_by_nobody(provider: TestProvider, algorithm: str) -> str:
    payload = provider.token().split(".")[1]
    return f"{encoded({'alg': algorithm, 'kid': next(iter(provider.keys))})}.{payload}."


def signed_with_the_public_key(provider: TestProvider) -> str:
    """Take the published key for a shared secret, as verifiers did that believed a token's algorithm."""
    (name, key), *_ = provider.keys.items()
    payload = provider.token().split(".")[1]
    content = f"{encoded({'alg': 'HS256', 'kid': name, 'typ': 'JWT'})}.{payload}"
    mac = hmac.digest(key.as_pem(private=False), content.encode(), hashlib.sha256)
    return f"{content}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def altered(provider: TestProvider) -> str:
    header, _, signature = provider.token().split(".")
    claims = {"iss": provider.issuer, "aud": AUDIENCE, "sub": "boss", "iat": NOW, "exp": NOW + 3000}
    return f"{header}.{encoded(claims)}.{signature}"


OTHER = RSAKey.generate_key(2048, {"kid": "first"})
PUBLIC = OTHER.as_dict(private=False)

FORGERIES: dict[str, Callable[[TestProvider], str]] = {
    "none": lambda p: signed_by_nobody(p, "none"),
    "None": lambda p: signed_by_nobody(p, "None"),
    "no signature": lambda p: signed_by_nobody(p, "RS256"),
    "public key as secret": signed_with_the_public_key,
    "shared secret": lambda p: p.token(header={"alg": "HS256"}, key=OctKey.import_key("x" * 32)),
    "altered": altered,
    "another's key under its name": lambda p: p.token(key=OTHER),
    "another's key in the header": lambda p: p.token(header={"jwk": PUBLIC}, key=OTHER),
    "another's kind of key": lambda p: p.token(
        header={"alg": "ES256"}, key=ECKey.generate_key("P-256", {"kid": "first"})
    ),
    "jku": lambda p: p.token(header={"jku": f"{p.issuer}/evil"}, key=OTHER),
    "x5u": lambda p: p.token(header={"x5u": f"{p.issuer}/evil"}, key=OTHER),
    "path as kid": lambda p: p.token(header={"kid": "../../../../dev/null"}),
    "statement as kid": lambda p: p.token(header={"kid": "x' UNION SELECT 'y"}, key=OTHER),
    "critical extension": lambda p: (
        encoded({"alg": "RS256", "kid": "first", "crit": ["x"], "x": 1}) + "." + p.token().split(".", 1)[1]
    ),
    "encrypted": lambda p: p.token() + ".x.y",
    "other type": lambda p: p.token(header={"typ": "logout+jwt"}),
    "no JSON": lambda _: "a.b.c",
    "numbers for an object": lambda _: f"{encoded(1)}.{encoded(2)}.x",
    "kid a list": lambda p: f"{encoded({'alg': 'RS256', 'kid': ['first']})}." + p.token().split(".", 1)[1],
    "algorithm an object": lambda p: f"{encoded({'alg': {}, 'kid': 'first'})}." + p.token().split(".", 1)[1],
    "huge": lambda p: p.token({"more": "x" * 15_000}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_token_is_nobodys(front_desk: Served, provider: TestProvider, forgery: str) -> None:
    before = list(provider.asked)
    assert status(front_desk, FORGERIES[forgery](provider)) == 401
    assert set(provider.asked[len(before) :]) <= {"configuration", "jwks"}


def test_a_token_too_long_for_a_header_is_refused_in_words(front_desk: Served) -> None:
    response = front_desk.anybody.http.get(EXPORT, headers={"authorization": f"Bearer {'x' * 40_000}"})
    assert response.status_code == 431
    assert response.json()["errors"][0]["extensions"]["code"] == "HEADERS_TOO_LONG"


def test_a_forged_token_over_a_web_socket_is_turned_away(front_desk: Served, provider: TestProvider) -> None:
    with opened(Client(front_desk.url)) as connection:
        payload = {"Authorization": f"Bearer {FORGERIES['none'](provider)}"}
        connection.send(json.dumps({"type": "connection_init", "payload": payload}))
        with pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4403


def test_a_good_token_over_a_web_socket_is_let_in(front_desk: Served, provider: TestProvider) -> None:
    with connected(Client(front_desk.url, provider.token())) as socket:
        socket.subscribe("{ __typename }")
        assert socket.take(1) == [{"__typename": "Query"}]


def test_without_an_audience_no_providers_token_is_taken(database_url: str, provider: TestProvider) -> None:
    with desk(database_url, provider, oidc_audience=None) as register:
        assert status(register, provider.token()) == 401


def test_an_unknown_key_is_not_looked_for_at_every_request(database_url: str) -> None:
    with provided() as provider, desk(database_url, provider) as register:
        old = provider.token()
        assert status(register, old) == 403
        provider.rotate("second")
        # The look that found the first key was just now: the next one waits its fifteen seconds.
        assert status(register, provider.token()) == 401
        assert provider.asked.count("jwks") == 1


def test_a_provider_that_is_away_is_said_to_be(database_url: str) -> None:
    with provided() as provider, desk(database_url, provider) as register:
        provider.away = True
        headers = {"authorization": f"Bearer {provider.token()}", **another_address()}
        response = register.anybody.http.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"]["code"] == "SIGN_IN_UNAVAILABLE"
        page = register.anybody.http.get("/signin", headers=another_address())
        assert (page.status_code, "SIGN_IN_UNAVAILABLE" in page.text) == (503, True)
        assert register.viewer.data("{ __typename }") == {"__typename": "Query"}, "keys go on"


def test_known_keys_go_on_while_the_provider_is_away(database_url: str) -> None:
    with provided() as provider, desk(database_url, provider) as register:
        assert status(register, provider.token()) == 403
        provider.away = True
        assert status(register, provider.token({"sub": "another"})) == 403
        assert status(register, provider.token(header={"kid": "unknown"})) == 401


def test_a_redirect_to_the_inside_is_not_followed(database_url: str) -> None:
    with provided() as provider, provided() as inside, desk(database_url, provider) as register:
        provider.elsewhere = f"{inside.issuer}/jwks"
        assert status(register, provider.token()) == 503
        assert inside.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/jwks",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:1/jwks",
        "http://localhost:1/jwks",
        "file:///etc/passwd",
        "ftp://127.0.0.1/jwks",
        "http://user:password@127.0.0.1/jwks",
        "http://127.0.0.1:99999/jwks",
    ],
)
def test_keys_are_not_fetched_from_wherever_a_document_says(database_url: str, address: str) -> None:
    with provided() as provider, desk(database_url, provider) as register:
        provider.document = {"jwks_uri": address}
        assert status(register, provider.token()) == 503


def test_a_document_about_another_issuer_is_not_believed(database_url: str) -> None:
    with provided() as provider, desk(database_url, provider) as register:
        provider.document = {"issuer": "https://elsewhere.example"}
        assert status(register, provider.token()) == 503
